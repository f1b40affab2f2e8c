import { describe, expect, it } from 'vitest';
import {
  groupCautions,
  HALF_DAY,
  moveRange,
  nextValues,
  type Publication,
  poolCautions,
} from '../../src/cards/limits.ts';

const start = 40_000 * HALF_DAY;
const at = (halfDays: number, values: number): Publication<number> => ({
  time: start + halfDays * HALF_DAY,
  values,
});

describe('the range of a rate', () => {
  it('is from a half to four times a value long in force', () => {
    expect(moveRange([at(0, 100)], 'rate', start + 1)).toEqual({ least: 50, most: 400 });
    expect(moveRange([at(0, 101)], 'rate', start + 1)).toEqual({ least: 51, most: 404 });
  });

  it('is not widened by many steps towards caution', () => {
    const history = [at(0, 100), at(10, 400)];
    expect(moveRange(history, 'rate', start + 10 * HALF_DAY + 60).most).toBe(400);
    expect(moveRange(history, 'rate', start + 12 * HALF_DAY).most).toBe(400);
    expect(moveRange(history, 'rate', start + 13 * HALF_DAY).most).toBe(1_600);
  });

  it('lets a cautious move be undone for a day, and keeps many steps away from caution apart', () => {
    const raised = [at(0, 100), at(10, 400)];
    expect(moveRange(raised, 'rate', start + 10 * HALF_DAY + 60).least).toBe(50);
    expect(moveRange(raised, 'rate', start + 14 * HALF_DAY).least).toBe(200);
    const lowered = [at(0, 100), at(10, 50)];
    expect(moveRange(lowered, 'rate', start + 10 * HALF_DAY + 60).least).toBe(50);
    expect(moveRange(lowered, 'rate', start + 12 * HALF_DAY).least).toBe(50);
    expect(moveRange(lowered, 'rate', start + 13 * HALF_DAY).least).toBe(25);
  });
});

describe('the range of a cap', () => {
  it('is from a quarter to twice a value long in force', () => {
    expect(moveRange([at(0, 100)], 'cap', start + 1)).toEqual({ least: 25, most: 200 });
    expect(moveRange([at(0, 101)], 'cap', start + 1)).toEqual({ least: 26, most: 202 });
  });
});

describe('the next card', () => {
  it('RISK-3: goes as far as it may, and says when it has arrived', () => {
    const history = [{ time: start, values: { s: 1_000, cap: 10_000 } }];
    const next = (s: number, cap: number) => nextValues({ s, cap }, history, groupCautions, start + 1);
    expect(next(3_000, 10_000)).toEqual({ values: { s: 3_000, cap: 10_000 }, reached: true });
    expect(next(9_000, 1_000)).toEqual({ values: { s: 4_000, cap: 2_500 }, reached: false });
    expect(next(100, 90_000)).toEqual({ values: { s: 500, cap: 20_000 }, reached: false });
  });

  it('is free the first time', () => {
    expect(nextValues({ s: 5, cap: 6 }, [], groupCautions, start).values).toEqual({ s: 5, cap: 6 });
  });

  it('moves the expected loss of senior freely below its floor', () => {
    const history = [{ time: start, values: { z: 50_000, elSenior: 0 } }];
    const next = (elSenior: number) =>
      nextValues({ z: 50_000, elSenior }, history, poolCautions, start + 1).values.elSenior;
    expect([next(0), next(7), next(40), next(90)]).toEqual([0, 7, 40, 40]);
  });

  it('never moves a weight between nothing and something', () => {
    const history = [{ time: start, values: { s: 0, cap: 1 } }];
    expect(nextValues({ s: 100, cap: 1 }, history, groupCautions, start + 1).values.s).toBe(0);
  });
});
