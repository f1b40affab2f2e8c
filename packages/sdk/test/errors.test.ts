import { type AbiParameter, encodeErrorResult } from 'viem';
import { describe, expect, it } from 'vitest';
import * as abis from '../src/abi/index.ts';
import { contractErrorsAbi, instructionOf } from '../src/errors/contractErrors.ts';
import { explain, isUnit, placeholders } from '../src/errors/explain.ts';
import { inputInstructions } from '../src/errors/inputInstructions.ts';
import { BreakwaterError, decodeRevert } from '../src/index.ts';
import { account, word } from './world.ts';

const signature = (error: { name: string; inputs: readonly AbiParameter[] }) =>
  `${error.name}(${error.inputs.map(({ type }) => type).join()})`;

const all = contractErrorsAbi.map((error) => [signature(error), error] as const);

/** An argument of each type that errors have. */
function sample(type: string): unknown {
  if (type === 'address') return account(0xabc);
  if (type === 'bool') return true;
  if (type === 'string') return 'a text';
  if (type === 'bytes') return '0x1234';
  if (type.startsWith('bytes')) return word(5).slice(0, 2 + 2 * Number(type.slice(5)));
  if (type.endsWith('[]')) return [sample(type.slice(0, -2))];
  const bits = Number(type.replace(/\D/g, ''));
  return bits <= 48 ? 2 : 2n;
}

describe('every error of the contracts', () => {
  it('is known here', () => {
    const known = new Set(all.map(([text]) => text));
    const declared = Object.values<readonly { type: string }[]>(abis)
      .flat()
      .filter((item): item is (typeof contractErrorsAbi)[number] => item.type === 'error')
      .map(signature);
    expect(declared.filter((text) => !known.has(text))).toEqual([]);
  });

  it.each(all)('%s says what to do', (_, error) => {
    const instruction = instructionOf(error);
    expect(instruction, 'an instruction').toBeDefined();
    if (!instruction) return;
    for (const { name, unit } of placeholders(instruction)) {
      const known = error.inputs.some((input, i) => input.name === name || String(i) === name);
      expect(known, `{${name}} is a value of the error`).toBe(true);
      if (unit) expect(isUnit(unit), `{${name}:${unit}} has a unit`).toBe(true);
    }
  });

  it.each(all)('%s is decoded with its values', (_, error) => {
    const args = error.inputs.map(({ type }) => sample(type));
    const data = encodeErrorResult({ abi: [error], errorName: error.name, args });
    const decoded = decodeRevert(data);
    expect(decoded).toBeInstanceOf(BreakwaterError);
    expect(decoded.name).toBe(error.name);
    expect(Object.values(decoded.values)).toEqual(args);
    for (const text of [decoded.message, decoded.instruction]) {
      expect(text).toMatch(/^\S.*[.]$/);
      expect(text).not.toMatch(/[{}?]|undefined/);
    }
  });
});

describe('every error of the checks', () => {
  it.each(Object.entries(inputInstructions))('%s is two sentences', (_, [message, instruction]) => {
    expect(message).toMatch(/[.]$/);
    expect(instruction).toMatch(/[.]$/);
    for (const { unit } of placeholders([message, instruction])) if (unit) expect(isUnit(unit)).toBe(true);
  });

  it('has no name of a contract error', () => {
    const names = new Set(contractErrorsAbi.map(({ name }) => name));
    expect(Object.keys(inputInstructions).filter((name) => names.has(name))).toEqual([]);
  });
});

describe('figures in sentences', () => {
  const say = (template: string, value: unknown, context = {}) =>
    explain([template, ''], { value }, context).message;

  it('show amounts in the asset where it is known', () => {
    expect(say('{value:amount}', 1_234_567n)).toBe('1,234,567 units');
    expect(say('{value:amount}', 1_234_567n, { asset: { symbol: 'USD', decimals: 6 } })).toBe('1.234567 USD');
  });

  it('show times, durations and shares', () => {
    expect(say('{value:time}', 1_700_000_000n)).toBe('2023-11-14 22:13 UTC');
    expect(say('{value:time}', 2n ** 255n)).toBe('the end of time');
    expect(say('{value:time}', 0n)).toBe('no set time');
    expect(say('{value:day}', 19_675n)).toBe('2023-11-14');
    expect(say('{value:duration}', 86_400n)).toBe('1 day');
    expect(say('{value:duration}', 129_600n)).toBe('1.5 days');
    expect(say('{value:duration}', 7_200n)).toBe('2 hours');
    expect(say('{value:duration}', 1n)).toBe('1 second');
    expect(say('{value:bps}', 550n)).toBe('5.5 %');
    expect(say('{value:share}', 12_500_000n)).toBe('12.5 %');
  });

  it('show names where there are names', () => {
    expect(say('{value:name}', '0x6275790000000000000000000000000000000000000000000000000000000000')).toBe(
      'buy',
    );
    expect(say('{value:name}', word(1))).toBe(word(1));
    expect(say('{value:operation}', 3n)).toBe('buying and extending');
    expect(say('{value:group}', 0x8002)).toBe('hard group 2');
    expect(say('{value:phase}', 1)).toBe('suspect');
  });
});
