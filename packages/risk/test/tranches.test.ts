import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  payoutRatio,
  recovery,
  seniorCharge,
  splitPremium,
  toAssetsDown,
  toAssetsUp,
  toSharesDown,
  toSharesUp,
  WAD,
  waterfall,
} from '../src/index.ts';
import { sized } from './support/arbitraries.ts';

const bps = fc.bigInt({ min: 0n, max: 10_000n });
const inputs = fc.record({
  earned: sized(80),
  elapsed: fc.bigInt({ min: 0n, max: 31_536_000n }),
  junior: sized(90),
  senior: sized(90),
  expectedLoss: sized(80),
  seniorElBps: bps,
  utilisationBps: sized(16),
  minJuniorBps: fc.bigInt({ min: 500n, max: 10_000n }),
});

describe('split', () => {
  test('gives away what was earned, all of it', () => {
    fc.assert(
      fc.property(inputs, (one) => {
        const { junior, senior } = splitPremium(one);
        expect(junior >= 0n && senior >= 0n).toBe(true);
        expect(junior + senior).toBe(one.earned);
      }),
      { numRuns: 1_000 },
    );
  });

  test('an only tranche earns everything', () => {
    fc.assert(
      fc.property(inputs, (one) => {
        expect(splitPremium({ ...one, senior: 0n }).junior).toBe(one.earned);
        if (one.senior > 0n) expect(splitPremium({ ...one, junior: 0n }).senior).toBe(one.earned);
      }),
    );
  });

  test('a thin junior tranche earns no more than a whole one', () => {
    fc.assert(
      fc.property(inputs, (one) => {
        const whole = splitPremium({ ...one, minJuniorBps: 0n });
        expect(splitPremium(one).junior).toBeLessThanOrEqual(whole.junior);
      }),
    );
  });

  test('the charge of the senior tranche has its kink at 0.6 and its bound at 25 %', () => {
    expect([0n, 6_000n, 6_004n, 8_500n, 13_187n, 65_535n].map(seniorCharge)).toEqual([
      200n,
      200n,
      201n,
      1_000n,
      2_499n,
      2_500n,
    ]);
  });
});

describe('losses', () => {
  test('fall on junior first, exact to the unit', () => {
    fc.assert(
      fc.property(sized(90), sized(90), sized(90), (loss, junior, senior) => {
        const taken = waterfall(loss, { junior, senior });
        const borne = loss < junior + senior ? loss : junior + senior;
        expect(taken.junior + taken.senior).toBe(borne);
        if (taken.senior > 0n) expect(taken.junior).toBe(junior);
      }),
    );
  });

  test('recoveries make senior whole first', () => {
    fc.assert(
      fc.property(sized(90), sized(90), (recovered, lost) => {
        const { junior, senior } = recovery(recovered, lost);
        expect(junior + senior).toBe(recovered);
        if (junior > 0n) expect(senior).toBe(lost);
      }),
    );
  });

  test('the ratio never promises more than there is', () => {
    fc.assert(
      fc.property(sized(96), sized(96), sized(96), (capital, liability, others) => {
        const ratio = payoutRatio(capital, liability, others);
        expect(ratio).toBeLessThanOrEqual(WAD);
        expect((ratio * (liability + others)) / WAD).toBeLessThanOrEqual(capital);
        if (liability + others <= capital) expect(ratio).toBe(WAD);
      }),
    );
  });
});

describe('shares', () => {
  const shareClass = fc.record({ supply: sized(110), total: sized(96) });

  test('a deposit taken out at once never profits, nor does a redemption put back', () => {
    fc.assert(
      fc.property(shareClass, sized(96), (before, assets) => {
        const shares = toSharesDown(assets, before);
        const after = { supply: before.supply + shares, total: before.total + assets };
        expect(toAssetsDown(shares, after)).toBeLessThanOrEqual(assets);
        expect(toAssetsUp(toSharesDown(assets, before), before)).toBeLessThanOrEqual(assets);
        expect(toSharesUp(toAssetsDown(assets, before), before)).toBeLessThanOrEqual(assets);
      }),
      { numRuns: 1_000 },
    );
  });

  test('all shares are worth at most all assets', () => {
    fc.assert(
      fc.property(shareClass, (one) => {
        expect(toAssetsDown(one.supply, one)).toBeLessThanOrEqual(one.total);
      }),
    );
  });
});
