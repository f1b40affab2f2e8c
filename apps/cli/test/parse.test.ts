import { describe, expect, it } from 'vitest';
import { defineCommand } from '../src/command.ts';
import {
  address,
  amount,
  cover,
  days,
  flag,
  integer,
  many,
  percent,
  required,
  time,
  tranche,
} from '../src/options.ts';
import { parseCall } from '../src/parse.ts';

const command = defineCommand({
  name: 'test',
  summary: 'takes everything',
  options: {
    amount: required(amount('an amount')),
    maxPremium: amount('another'),
    to: address('an address'),
    days: days('days'),
    cover: many(cover('covers')),
    tranche: tranche('a tranche'),
    rate: percent('a rate'),
    until: time('a moment'),
    count: integer('NUMBER', 'a number'),
    remove: flag('a flag'),
  },
  run: async () => undefined,
});

const usdc = { symbol: 'USDC', decimals: 6 };

function parse(...args: string[]) {
  return parseCall(command, ['--amount', '1', ...args]).values;
}

function amountOf(text: string, asset = usdc): bigint {
  const read = parseCall(command, ['--amount', text]).values.amount as (a: typeof usdc) => bigint;
  return read(asset);
}

describe('amounts', () => {
  it.each([
    ['1', 1_000_000n],
    ['0.25', 250_000n],
    ['1500.000001', 1_500_000_001n],
    ['0', 0n],
    ['00.5', 500_000n],
  ])('reads %s', (text, units) => {
    expect(amountOf(text)).toBe(units);
  });

  it.each(['1,000', '1e6', '.5', '1.', ' 1', '0x10', '1_000', ''])('refuses "%s"', (text) => {
    expect(() => amountOf(text)).toThrow(/--amount is ".*"; it must be an amount such as 1500/);
  });

  it('refuses more decimals than the asset has, rather than rounding', () => {
    expect(() => amountOf('0.0000001')).toThrow('0.0000001 has more than the 6 decimals that USDC has.');
    expect(amountOf('0.0000001', { symbol: 'DAI', decimals: 18 })).toBe(100_000_000_000n);
  });
});

describe('other values', () => {
  it('reads addresses and checks their checksum', () => {
    const lower = '0x70997970c51812dc3a010c7d01b50e0d17dc79c8';
    expect(parse('--to', lower).to).toBe('0x70997970C51812dc3A010C7d01b50e0d17dc79C8');
    expect(() => parse('--to', '0x70997970C51812dc3A010C7d01b50e0d17dc79c8')).toThrow(/checksum/);
    expect(() => parse('--to', '0x12')).toThrow(/--to is "0x12"; it must be an address: 20 bytes/);
  });

  it('reads covers by token, or by pool and number', () => {
    expect(parse('--cover', '2-5', '--cover', '18446744073709551617').cover).toEqual([
      (2n << 64n) | 5n,
      (1n << 64n) | 1n,
    ]);
    expect(() => parse('--cover', 'two')).toThrow(/it must be a cover/);
  });

  it('reads moments', () => {
    const at = (text: string) => (parse('--until', text).until as (now: bigint) => bigint)(1_000n);
    expect(at('+2h')).toBe(8_200n);
    expect(at('+3d')).toBe(260_200n);
    expect(at('1900000000')).toBe(1_900_000_000n);
    expect(at('2031-01-31')).toBe(1_927_584_000n);
    expect(at('2031-01-31T12:00:00Z')).toBe(1_927_627_200n);
    expect(() => at('tomorrow')).toThrow(/it must be a moment/);
    expect(() => at('2031-13-31')).toThrow(/it must be a moment/);
  });

  it('reads percentages as shares of 1e8, tranches and whole numbers', () => {
    expect(parse('--rate', '2.5', '--tranche', 'senior', '--days', '30', '--count', '0')).toMatchObject({
      rate: 2_500_000,
      tranche: 'senior',
      days: 30,
      count: 0n,
    });
    expect(() => parse('--rate', '2%')).toThrow(/percentage/);
    expect(() => parse('--tranche', 'middle')).toThrow(/junior or senior/);
    expect(() => parse('--days', '0')).toThrow(/a whole number from 1/);
    expect(() => parse('--days', '1.5')).toThrow(/a whole number from 1/);
  });
});

describe('calls', () => {
  it('names what is missing, unknown, given twice or without a value', () => {
    expect(() => parseCall(command, [])).toThrow('Option --amount AMOUNT is missing.');
    expect(() => parse('--max-premum', '3')).toThrow(
      'Unknown option --max-premum. Did you mean --max-premium?',
    );
    expect(() => parse('--nonsense')).toThrow('Unknown option --nonsense.');
    expect(() => parse('--days', '1', '--days', '2')).toThrow('Option --days is given 2 times.');
    expect(() => parse('--days')).toThrow('Option --days needs a value.');
    expect(() => parse('--remove=yes')).toThrow('Option --remove takes no value.');
    expect(() => parse('5')).toThrow('Unexpected argument 5: values are given with options.');
  });

  it('leaves optional values out and reads flags', () => {
    expect(parse('--remove')).toMatchObject({ remove: true, days: undefined, cover: [] });
  });

  it('checks what every command takes', () => {
    expect(() => parse('--rpc', 'localhost:8545')).toThrow(/--rpc is "localhost:8545"/);
    expect(() => parse('--unlocked', 'me')).toThrow(/--unlocked is "me"; it must be an address/);
    expect(parseCall(command, ['--help']).help).toBe(true);
  });
});
