import fc from 'fast-check';
import {
  type Address,
  decodeErrorResult,
  decodeFunctionResult,
  encodeFunctionData,
  type Hex,
  pad,
  parseAbi,
  toHex,
} from 'viem';
import { call } from 'viem/actions';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  applyCards,
  type Book,
  bookVariance,
  CAPITAL_UNIT,
  DAY,
  eulerCapital,
  exposureOf,
  type GroupId,
  growPricingCapital,
  loadOf,
  lossUnit,
  type Market,
  type Position,
  poolExpectedLoss,
  positionOf,
  quoteExtension,
  quotePremium,
  type Refusal,
  requiredCapitalUp,
  weigh,
} from '../src/index.ts';
import { inBatches, localChain } from './support/anvil.ts';
import { now, sized } from './support/arbitraries.ts';
import { type BookStep, bookWalk } from './support/bookWalks.ts';
import { atGate, atStorage, type QuoteCase, quoteCase } from './support/quoteCases.ts';
import { groupWord, riskCardWord, riskInputs, statusWord } from './support/words.ts';

const chain = localChain(20_246);
const seed = 20_246;
const CASES = 10_000;

const abi = parseAbi([
  'struct RiskInputs { uint256 card; uint256 group0; uint256 group1; uint256 group2; uint256 group3; }',
  'struct QuoteCase { uint24 z; uint16 feeBps; uint16 costOfCapitalBps; uint16 gateBps; uint8 gearing; uint8 decimals; uint8 flags; uint96 pricing; uint96 totalCover; uint48 expectedLoss; uint96 held; uint256 variance; uint256 status; uint8 marketFlags; uint88 committed; uint256 applied; RiskInputs inputs; uint256[4] groups; uint256 cover; uint256 coverDays; uint256 endDay; }',
  'struct BookStep { bytes32 market; uint256 status; RiskInputs inputs; uint256 committed; }',
  'struct PoolState { uint256 junior; uint256 senior; uint256 unearned; uint256 streamRate; uint256 feesOwed; uint256 integratorFees; uint256 escrow; uint256 refunds; uint256 pricingCapital; uint256 requestedExits; uint256 totalCover; uint256 variance; uint256 requiredCapital; uint256 heldLiability; bool short; bool windingDown; }',
  'struct Quote { uint256 premium; uint256 fee; uint256 expectedLoss; uint256 start; uint256 end; uint256 utilisationBefore; uint256 utilisationAfter; }',
  'function quotes(QuoteCase[] cases) returns (bool[] ok, bytes[] data, uint256[] capital, PoolState[] states, uint256 time)',
  'function walk(BookStep[] steps, uint8 decimals) returns (uint256[11][])',
  'function pricingCapital(uint256[6][] cases) returns (uint256[])',
  'function quote(bytes32 market, uint256 cover, uint256 coverDays) view returns (Quote)',
  'error AmountZero()',
  'error Overflow()',
  'error AmountTooLarge(uint256 amount, uint256 max)',
  'error MarketNotAttached(bytes32 market)',
  'error OperationClosed(bytes32 market, uint8 operation, uint8 phase, uint40 closedUntil)',
  'error CardMissing(bytes32 market)',
  'error CardStale(bytes32 market, uint256 validUntil, uint256 time)',
  'error GroupCardStale(uint16 group, uint256 validUntil, uint256 time)',
  'error GroupAlerted(uint16 group, uint256 until)',
  'error ExtensionTooLate(uint256 cover, uint256 latest)',
  'error TermOutOfBounds(uint256 term, uint256 min, uint256 max)',
  'error UtilisationAboveGate(uint256 requiredCapital, uint256 max)',
  'error MarketFull(bytes32 market, uint256 cover, uint256 max)',
  'error GroupFull(uint16 group, uint256 cover, uint256 max)',
  'error PoolFull(uint256 cover, uint256 max)',
  'error PoolWindingDown()',
  'error PoolShort(uint256 heldLiability, uint256 capital)',
]);

let address: Address;

beforeAll(async () => {
  await chain.start();
  address = await chain.deploy('QuoteHarness');
});

afterAll(() => chain.stop());

test('RISK-6: quotes of 10,000 purchases and extensions, or the error that refuses them', async () => {
  const gates = [1n, 2n ** 40n, 2n ** 60n].flatMap((n) => [atGate(n, 0n), atGate(n, 1n)]);
  const cases = [...gates, atStorage(0n), atStorage(1n), ...fc.sample(quoteCase, { seed, numRuns: CASES })];
  const answers = await inBatches(cases, 200, askQuotes);
  const names = new Map<string, number>();
  cases.forEach((one, i) => {
    const ours = answerOf(one);
    const theirs = answers[i];
    if (theirs === undefined) throw new Error('no answer');
    names.set(theirs.name, (names.get(theirs.name) ?? 0) + 1);
    expect({ case: one, is: ours }).toEqual({ case: one, is: theirs });
  });
  // Enough of each, so that none of them goes untested.
  expect(names.get('quote')).toBeGreaterThan(CASES / 5);
  for (const error of ['UtilisationAboveGate', 'MarketFull', 'GroupFull', 'PoolFull', 'ExtensionTooLate']) {
    expect(names.get(error), error).toBeGreaterThan(100);
  }
  expect(names.size).toBe(18);
});

test('RISK-6: the running figures of a book after every one of 4,000 steps', async () => {
  for (const { decimals, steps } of fc.sample(bookWalk, { seed, numRuns: 40 })) {
    const positions = new Map<number, Position>();
    const markets = new Map<number, Market>();
    const coefficients = new Map<GroupId, number>();
    let book: Book = { ...exposureOf([], new Map()), terms: { ...noTerms, decimals }, pricingCapital: 0n };
    const ours = steps.map((step) => {
      const { at, groups, committed } = step;
      const before = {
        ...newMarket,
        ...markets.get(at),
        groups,
        groupCards: step.groupCards,
        card: step.card,
      };
      const touched = applyCards(book, before);
      const from = positionOf(touched.market);
      const to = { ...from, committed };
      book = weigh(touched.book, from, to);
      markets.set(at, { ...touched.market, committed });
      positions.set(at, to);
      for (const [i, group] of groups.entries()) coefficients.set(group, step.groupCards[i]?.s ?? 0);
      const all = [...positions.values()];
      expect(book.variance).toBe(bookVariance(all, coefficients));
      const loads = groups.flatMap((group) => {
        const { weighted, unweighted } = loadOf(book, group);
        return [weighted, unweighted];
      });
      const lossUnits = poolExpectedLoss(all, decimals) / lossUnit(decimals);
      const figures = [book.variance, book.totalCover, lossUnits, ...loads];
      return [...figures, ...Array<bigint>(11 - figures.length).fill(0n)];
    });
    expect(await askWalk(steps, decimals)).toEqual(ours);
  }
});

test('pricing capital as it falls and grows', async () => {
  const elapsed = fc.oneof(fc.constant(0n), fc.bigInt({ min: 0n, max: 400n * DAY }));
  const amount = sized(91);
  const tuple = fc.tuple(amount, amount, amount, fc.oneof(fc.constant(0n), amount), amount, elapsed);
  // From nothing, where a 64th of free capital is the base.
  const fromNothing = fc.tuple(amount, amount, fc.constant(0n), fc.constant(0n), sized(91, 1n), elapsed);
  const cases = [
    ...fc.sample(tuple, { seed, numRuns: 4_000 }),
    ...fc.sample(fromNothing, { seed, numRuns: 1_000 }),
  ];
  const answers = await inBatches(cases, 1_000, async (batch) => {
    const data = encodeFunctionData({ abi, functionName: 'pricingCapital', args: [batch] });
    return decodeFunctionResult({ abi, functionName: 'pricingCapital', data: await answer(data) });
  });
  const ours = cases.map(([junior, senior, pricingCapital, requestedExits, totalCover, elapsed]) =>
    growPricingCapital({ junior, senior, pricingCapital, requestedExits, totalCover, elapsed }),
  );
  expect(answers).toEqual(ours);
});

const noTerms = { z: 0, feeBps: 0, costOfCapitalBps: 0, gateBps: 0, gearing: 0 };

const newMarket: Market = {
  ...{ id: '', groups: [], committed: 0n, groupCards: [], attached: true, open: true, waitingPeriod: 0n },
};

/**
 * What a quote comes to, in one shape for both sides: the name and figures of the quote or of the error; and what the
 * pool says of its market and of itself before.
 */
type Answer = { name: string; figures: unknown; capital: bigint; state: PoolFigures };

/** What of a pool's `state()` a book is made of, or follows from it. */
type PoolFigures = Pick<Book, 'pricingCapital' | 'totalCover' | 'variance'> & {
  requiredCapital: bigint;
  windingDown: boolean;
  shortBy: bigint | undefined;
};

function answerOf({ book, market, cover, coverDays, endDay }: QuoteCase): Answer {
  const result =
    endDay === undefined
      ? quotePremium(book, market, { cover, coverDays, now })
      : quoteExtension(book, market, { cover, end: endDay * DAY, addDays: coverDays, now });
  const capital = eulerCapital(book, positionOf(market), BigInt(book.terms.z));
  const { pricingCapital, totalCover, variance, windingDown = false, shortBy } = book;
  const requiredCapital = requiredCapitalUp(variance, BigInt(book.terms.z)) / CAPITAL_UNIT;
  const state = { pricingCapital, totalCover, variance, windingDown, shortBy, requiredCapital };
  if (result.ok) return { name: 'quote', figures: result.quote, capital, state };
  return { ...refused(result.refusal), capital, state };
}

/** The arguments of the contract's error. By how much a gate is exceeded follows from them but for utilisation. */
function refused(refusal: Refusal): { name: string; figures: unknown } {
  const { name, ...rest } = refusal;
  if (name === 'Overflow') return { name, figures: [] };
  if (!('excess' in rest)) return { name, figures: Object.values(rest) };
  const { excess, ...figures } = rest;
  if ('cover' in figures) expect(excess).toBe(figures.cover - figures.max);
  else expect(excess - (figures.requiredCapital - figures.max)).toBeOneOf([0n, 1n]);
  return { name, figures: Object.values(figures) };
}

async function askQuotes(cases: readonly QuoteCase[]): Promise<Answer[]> {
  const args = cases.map(({ book, market, lossUnits, waitingHours, cover, coverDays, endDay }) => {
    const [a = 0n, b = 0n, c = 0n, d = 0n] = market.groups.map((group) => groupWord(loadOf(book, group)));
    return {
      ...book.terms,
      flags: (book.windingDown ? 2 : 0) | (book.shortBy === undefined ? 0 : 4),
      pricing: book.pricingCapital,
      totalCover: book.totalCover,
      expectedLoss: Number(lossUnits),
      held: book.shortBy ?? 0n,
      variance: book.variance,
      status: statusWord(market.groups, waitingHours, market.open ? 0 : 1),
      marketFlags: 4 | (market.attached ? 1 : 0),
      committed: market.committed,
      applied: riskCardWord(market.applied),
      inputs: riskInputs(market.card, market.groupCards),
      groups: [a, b, c, d] as const,
      cover,
      coverDays: BigInt(coverDays),
      endDay: endDay ?? 0n,
    };
  });
  const data = encodeFunctionData({ abi, functionName: 'quotes', args: [args] });
  const returned = await answer(data);
  const decoded = decodeFunctionResult({ abi, functionName: 'quotes', data: returned });
  const [ok, answers, capital, states, time] = decoded;
  expect(time).toBe(now);
  return answers.map((one, i) => {
    const read = states[i];
    if (read === undefined) throw new Error('no state');
    const { pricingCapital, totalCover, variance, windingDown, requiredCapital } = read;
    const shortBy = read.short ? read.heldLiability : undefined;
    const state = { pricingCapital, totalCover, variance, windingDown, shortBy, requiredCapital };
    return { ...(ok[i] ? quoted(one) : reverted(one)), capital: capital[i] ?? -1n, state };
  });
}

function quoted(data: Hex): { name: string; figures: unknown } {
  return { name: 'quote', figures: decodeFunctionResult({ abi, functionName: 'quote', data }) };
}

function reverted(data: Hex): { name: string; figures: unknown } {
  const { errorName, args = [] } = decodeErrorResult({ abi, data });
  // The registry's part in a closed market, and the capital of a short pool (always 0), are not ours to tell.
  // Nor is the policy that is extended too late.
  if (errorName === 'ExtensionTooLate') return { name: errorName, figures: args.slice(1) };
  const told = errorName === 'OperationClosed' || errorName === 'PoolShort' ? args.slice(0, 1) : args;
  return { name: errorName, figures: [...told] };
}

async function askWalk(
  steps: readonly BookStep[],
  decimals: number,
): Promise<readonly (readonly bigint[])[]> {
  const args = steps.map(({ at, groups, card, groupCards, committed }) => ({
    market: pad(toHex(at + 1), { size: 5, dir: 'left' }).padEnd(66, '0') as Hex,
    status: statusWord(groups, 24),
    inputs: riskInputs(card, groupCards),
    committed,
  }));
  const data = encodeFunctionData({ abi, functionName: 'walk', args: [args, decimals] });
  return decodeFunctionResult({ abi, functionName: 'walk', data: await answer(data) });
}

/** Runs a call at the time of all cases; what it writes is not kept. */
async function answer(data: Hex): Promise<Hex> {
  const { data: returned } = await call(chain.client, { to: address, data, blockOverrides: { time: now } });
  if (returned === undefined) throw new Error('the harness answered nothing');
  return returned;
}
