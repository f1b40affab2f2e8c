import fc from 'fast-check';
import { decodeFunctionData, encodeFunctionData, keccak256, slice } from 'viem';
import { describe, expect, it } from 'vitest';
import {
  computeMarketId,
  decodeCoverId,
  decodeCoverTerms,
  decodeGroupCard,
  decodeMarketStatus,
  decodeRiskCard,
  encodeCoverId,
  encodeCoverTerms,
  encodeGroupCard,
  encodeMarketStatus,
  encodeRiskCard,
  fromEncodedTerms,
  hardGroup,
  isHardGroup,
  isOperationOpen,
  type MarketStatus,
  marketKeyOf,
  marketRegistryAbi,
  packGroups,
  toEncodedTerms,
  unpackGroups,
} from '../src/index.ts';
import { market, terms } from './world.ts';

const uint = (bits: number) => fc.bigInt({ min: 0n, max: (1n << BigInt(bits)) - 1n });
const small = (bits: number) => fc.integer({ min: 0, max: 2 ** bits - 1 });
const groups = fc.array(fc.integer({ min: 1, max: 65_535 }), { maxLength: 4 });
const operations = fc.subarray(['buy', 'extend'] as const);
const day = small(16).map((days) => BigInt(days) * 86_400n);

describe('packed words', () => {
  it('brings a cover number back', () => {
    fc.assert(
      fc.property(uint(192), uint(64), (pool, sequence) => {
        expect(decodeCoverId(encodeCoverId({ pool, sequence }))).toEqual({ pool, sequence });
      }),
    );
  });

  it('brings cover terms back', () => {
    fc.assert(
      fc.property(fc.record({ cover: uint(88), rate: uint(80), start: day, end: day }), (value) => {
        expect(decodeCoverTerms(encodeCoverTerms(value))).toEqual(value);
      }),
    );
  });

  it('brings a market status back', () => {
    const status = fc.record<MarketStatus>({
      groups,
      closedOperations: operations,
      haltedOperations: operations,
      phase: fc.constantFrom('open', 'suspect', 'ended'),
      closedUntil: uint(40),
      waitingPeriod: small(16).map((hours) => BigInt(hours) * 3_600n),
      deductibleBps: small(16),
      raiseWindow: small(8).map((days) => BigInt(days) * 86_400n),
      claimWindow: small(16).map((days) => BigInt(days) * 86_400n),
      registered: fc.boolean(),
    });
    fc.assert(
      fc.property(status, (value) => {
        expect(decodeMarketStatus(encodeMarketStatus(value))).toEqual(value);
      }),
    );
  });

  it('brings a risk card back', () => {
    const card = fc.record({
      el: small(32),
      v: small(32),
      w: fc.tuple(small(16), small(16), small(16), small(16)),
      maxShare: small(16),
      maxCover: uint(48),
      validUntil: uint(40),
      nonce: fc.integer({ min: 1, max: 2 ** 24 - 1 }),
    });
    fc.assert(
      fc.property(card, (value) => {
        expect(decodeRiskCard(encodeRiskCard(value))).toEqual(value);
      }),
    );
  });

  it('brings a group card back', () => {
    const card = fc.record({
      s: small(32),
      cap: small(32),
      validUntil: uint(40),
      alertUntil: uint(40),
      nonce: fc.integer({ min: 1, max: 2 ** 24 - 1 }),
    });
    fc.assert(
      fc.property(card, (value) => {
        expect(decodeGroupCard(encodeGroupCard(value))).toEqual(value);
      }),
    );
  });

  it('brings groups back', () => {
    fc.assert(
      fc.property(groups, (list) => {
        expect(unpackGroups(packGroups(list))).toEqual(list);
      }),
    );
  });

  it('has the bits where the contracts have them', () => {
    const card = {
      el: 1,
      v: 1,
      w: [1, 1, 1, 1],
      maxShare: 1,
      maxCover: 1n,
      validUntil: 1n,
      nonce: 1,
    } as const;
    const bits = [0, 32, 64, 80, 96, 112, 128, 144, 192, 232];
    expect(encodeRiskCard(card)).toBe(bits.reduce((sum, bit) => sum | (1n << BigInt(bit)), 0n));
    expect(encodeGroupCard({ s: 1, cap: 1, validUntil: 1n, alertUntil: 1n, nonce: 1 })).toBe(
      [0, 32, 64, 104, 144].reduce((sum, bit) => sum | (1n << BigInt(bit)), 0n),
    );
    expect(encodeCoverTerms({ cover: 1n, rate: 1n, start: 86_400n, end: 86_400n })).toBe(
      [0, 88, 168, 184].reduce((sum, bit) => sum | (1n << BigInt(bit)), 0n),
    );
  });

  it('refuses what would spill into the next field', () => {
    const card = { s: 2 ** 32, cap: 0, validUntil: 0n, alertUntil: 0n, nonce: 0 };
    expect(() => encodeGroupCard(card)).toThrow(expect.objectContaining({ name: 'ValueTooLarge' }));
    expect(() => encodeCoverId({ pool: 1n, sequence: 1n << 64n })).toThrow('sequence is');
    expect(() => encodeCoverId({ pool: -1n, sequence: 1n })).toThrow(
      expect.objectContaining({ name: 'ValueTooSmall' }),
    );
    expect(() => packGroups([1, 2, 3, 4, 5])).toThrow(expect.objectContaining({ name: 'ListTooLong' }));
    expect(() => packGroups([0])).toThrow(expect.objectContaining({ name: 'ValueZero' }));
  });

  it('knows a word that was never written', () => {
    expect(decodeRiskCard(0n)).toBeUndefined();
    expect(decodeGroupCard(0n)).toBeUndefined();
    expect(decodeMarketStatus(0n).registered).toBe(false);
  });
});

describe('operations of a market', () => {
  const open: MarketStatus = {
    groups: [],
    closedOperations: [],
    haltedOperations: [],
    phase: 'open',
    closedUntil: 0n,
    waitingPeriod: 0n,
    deductibleBps: 0,
    raiseWindow: 0n,
    claimWindow: 0n,
    registered: true,
  };

  it('are open in a registered market without closure', () => {
    expect(isOperationOpen(open, 'buy', 0n)).toBe(true);
    expect(isOperationOpen({ ...open, registered: false }, 'buy', 0n)).toBe(false);
    expect(isOperationOpen({ ...open, phase: 'suspect' }, 'buy', 0n)).toBe(false);
    expect(isOperationOpen({ ...open, phase: 'ended' }, 'extend', 0n)).toBe(false);
  });

  it('open again when a closure ends, and never by themselves when halted', () => {
    const closed: MarketStatus = { ...open, closedOperations: ['buy'], closedUntil: 100n };
    expect(isOperationOpen(closed, 'buy', 99n)).toBe(false);
    expect(isOperationOpen(closed, 'extend', 99n)).toBe(true);
    expect(isOperationOpen(closed, 'buy', 100n)).toBe(true);
    expect(isOperationOpen({ ...open, haltedOperations: ['buy'] }, 'buy', 10n ** 10n)).toBe(false);
  });
});

describe('groups', () => {
  it('carry their hardness in bit 15', () => {
    expect(hardGroup(1)).toBe(0x8001);
    expect(isHardGroup(0x8001)).toBe(true);
    expect(isHardGroup(0x7fff)).toBe(false);
  });
});

describe('market terms', () => {
  it('hash to the id by the argument bytes of register, which are abi.encode(terms)', () => {
    const call = encodeFunctionData({
      abi: marketRegistryAbi,
      functionName: 'register',
      args: [toEncodedTerms(terms)],
    });
    expect(market).toBe(keccak256(slice(call, 4)));
    expect(decodeFunctionData({ abi: marketRegistryAbi, data: call }).functionName).toBe('register');
  });

  it('come back from the form of the ABI', () => {
    expect(fromEncodedTerms(toEncodedTerms(terms))).toEqual(terms);
  });

  it('give another id when any part differs', () => {
    expect(computeMarketId({ ...terms, deductibleBps: 501 })).not.toBe(market);
    expect(computeMarketId({ ...terms, scope: { ...terms.scope, level: 'contract' } })).not.toBe(market);
    expect(computeMarketId({ ...terms, groups: [3] })).not.toBe(market);
  });

  it('have a key of the first 40 bits', () => {
    expect(marketKeyOf(market)).toBe(BigInt(market.slice(0, 12)));
  });
});
