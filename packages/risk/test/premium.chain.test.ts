import fc from 'fast-check';
import { type Address, parseAbi } from 'viem';
import { readContract } from 'viem/actions';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  CAPITAL_UNIT,
  expectedLoss,
  feeOn,
  idiosyncratic,
  payoutRatio,
  premium,
  psiDown,
  psiUp,
  recovery,
  requiredCapitalDown,
  requiredCapitalUp,
  seniorCharge,
  splitPremium,
  systematic,
  toAssetsDown,
  toAssetsUp,
  toSharesDown,
  toSharesUp,
  waterfall,
  YEAR,
} from '../src/index.ts';
import { inBatches, localChain } from './support/anvil.ts';
import { sized } from './support/arbitraries.ts';

const chain = localChain(20_245);
const { client } = chain;

const abi = parseAbi([
  'struct Premium { uint256 cover; uint256 term; uint256 el; uint256 requiredBefore; uint256 requiredAfter; uint256 pricingCapital; uint256 costOfCapitalBps; }',
  'struct Split { uint256 earned; uint256 elapsed; uint256 junior; uint256 senior; uint256 expectedLoss; uint256 seniorElBps; uint256 utilisationBps; uint256 minJuniorBps; }',
  'function requiredCapital(uint256[2][]) pure returns (uint256[2][])',
  'function psi(uint256[2][]) pure returns (uint256[2][])',
  'function premium(Premium[]) pure returns (uint256[])',
  'function rates(uint256[3][]) pure returns (uint256[3][])',
  'function terms(uint256[3][]) pure returns (uint256[2][])',
  'function split(Split[]) pure returns (uint256[2][])',
  'function losses(uint256[3][]) pure returns (uint256[5][])',
  'function shares(uint256[3][]) pure returns (uint256[4][])',
]);

/** Cases of the premium; of each other function a fifth as many. */
const CASES = 20_000;
const FEWER = CASES / 5;
const seed = 20_245;

let address: Address;

beforeAll(async () => {
  await chain.start();
  address = await chain.deploy('PremiumHarness');
});

afterAll(() => chain.stop());

/** A number up to `max` where the ends are as likely as anything between. */
const ends = (least: bigint, max: bigint) =>
  fc.oneof(
    { weight: 1, arbitrary: fc.constantFrom(least, max) },
    { weight: 3, arbitrary: fc.bigInt({ min: least, max }) },
  );
/** An amount of at most `bits` bits: 1, the most, whole units of 6 and 18 decimals, or any. */
const amount = (bits: number) =>
  fc.oneof(
    { weight: 1, arbitrary: fc.constantFrom(1n, 10n ** 6n, 10n ** 18n, 2n ** BigInt(bits) - 1n) },
    { weight: 4, arbitrary: sized(bits, 1n) },
  );
const rate = ends(1n, 100_000_000n);
const z = ends(35_000n, 75_000n);
const term = ends(14n * 86_400n, 365n * 86_400n);

/** A market's purchase in a pool with one group, utilisation after it being anything up to just below the gate. */
const purchase = fc
  .record({
    cover: amount(88),
    committed: fc.oneof(fc.constant(0n), amount(88)),
    elsewhere: fc.oneof(fc.constant(0n), amount(94)),
    v: rate,
    s: rate,
    w: ends(1n, 10_000n),
    el: rate,
    term,
    z,
    gateBps: ends(5_000n, 9_500n),
    /** Of the gate, in millionths. */
    reached: fc.oneof(fc.constantFrom(1n, 1_000_000n), fc.bigInt({ min: 1n, max: 1_000_000n })),
    costOfCapitalBps: ends(500n, 5_000n),
  })
  .map(({ cover, committed, elsewhere, v, s, w, el, term, z, gateBps, reached, costOfCapitalBps }) => {
    const variance = (x: bigint) =>
      idiosyncratic(v, x) + 4n * systematic(s, w * x + 10_000n * elsewhere) + idiosyncratic(v, elsewhere);
    const requiredBefore = requiredCapitalDown(variance(committed), z);
    const requiredAfter = requiredCapitalUp(variance(committed + cover), z);
    const capital = (requiredAfter * 10_000n * 1_000_000n) / (CAPITAL_UNIT * gateBps * reached) + 1n;
    const most = 2n ** 96n - 1n;
    const pricingCapital = capital > most ? most : capital;
    const rest = { requiredBefore, requiredAfter, pricingCapital, costOfCapitalBps, gateBps };
    return { cover, term, el, ...rest };
  })
  .filter(({ requiredAfter, pricingCapital, gateBps }) => {
    return requiredAfter <= ((pricingCapital * CAPITAL_UNIT) / 10_000n) * gateBps;
  });

/** Purchases of a year where one unit of the charge, 1e-12 of the asset, decides whether the premium is one more. */
const onEdge = fc
  .record({
    remainder: fc.bigInt({ min: 1n, max: 9_999n }),
    /** Cost of capital and its inverse modulo 1e8. */
    cost: fc.constantFrom([501n, 75_249_501n], [1_501n, 27_248_501n], [4_999n, 74_994_999n]),
  })
  .map(({ remainder, cost: [costOfCapitalBps = 0n, inverse = 0n] }) => {
    // CoC x S leaves `remainder` over a multiple of 1e8, so that the charge is rounded up from a multiple of 1e4;
    const charge = (remainder * inverse) % 100_000_000n;
    const whole = (charge * costOfCapitalBps) / 100_000_000n;
    // and cover fills up the asset unit. In a large pool Psi is S, and one for its rounding.
    const cover = 100_000_000n - (whole % 100_000_000n);
    const required = { requiredBefore: 0n, requiredAfter: charge - 1n };
    return { cover, term: YEAR, el: 1n, ...required, pricingCapital: 2n ** 95n, costOfCapitalBps };
  });

const sample = <T>(arbitrary: fc.Arbitrary<T>, numRuns = FEWER): T[] =>
  fc.sample(arbitrary, { seed, numRuns });

test('premiums of 20,000 purchases, from 1 unit to 2^88 and up to the gate', async () => {
  const cases = [...sample(purchase, CASES), ...sample(onEdge, 100)];
  const answers = await inBatches(cases, 2_000, (batch) =>
    readContract(client, { address, abi, functionName: 'premium', args: [batch] }),
  );
  const theirs = answers.map((net) => [net]);
  expectSame(
    cases.map((one) => [premium(one)]),
    theirs,
    cases,
  );
});

test('required capital of any variance', async () => {
  const root = sized(124);
  const square = fc.tuple(root, fc.bigInt({ min: -1n, max: 1n })).map(([x, d]) => (x === 0n ? x : x * x + d));
  const cases = sample(fc.tuple(fc.oneof(sized(252), square), z));
  const answers = await inBatches(cases, 2_000, (batch) =>
    readContract(client, { address, abi, functionName: 'requiredCapital', args: [batch] }),
  );
  const ours = cases.map(([variance, z]) => [
    requiredCapitalDown(variance, z),
    requiredCapitalUp(variance, z),
  ]);
  expectSame(ours, answers, cases);
});

test('Psi up to 99.99 % of capital', async () => {
  const cases = sample(
    fc.tuple(sized(96, 1n), fc.bigInt({ min: 0n, max: 999_900n })).map(([k, u]) => {
      const capital = k * CAPITAL_UNIT;
      return [(capital * u) / 1_000_000n, capital] as const;
    }),
  );
  const answers = await inBatches(cases, 2_000, (batch) =>
    readContract(client, { address, abi, functionName: 'psi', args: [batch] }),
  );
  expectSame(
    cases.map(([s, capital]) => [psiDown(s, capital), psiUp(s, capital)]),
    answers,
    cases,
  );
});

test('fees, expected loss and the senior charge', async () => {
  const cases = sample(fc.tuple(amount(96), fc.oneof(rate, sized(16)), term));
  const answers = await inBatches(cases, 2_000, (batch) =>
    readContract(client, { address, abi, functionName: 'rates', args: [batch] }),
  );
  const ours = cases.map(([x, r, t]) => [feeOn(x, r), expectedLoss(x, r, t), seniorCharge(r)]);
  expectSame(ours, answers, cases);
});

test('terms of the variance', async () => {
  const cases = sample(fc.tuple(rate, amount(96), ends(1n, 10_000n)));
  const answers = await inBatches(cases, 2_000, (batch) =>
    readContract(client, { address, abi, functionName: 'terms', args: [batch] }),
  );
  const ours = cases.map(([c, x, w]) => [idiosyncratic(c, x), systematic(c, w * x)]);
  expectSame(ours, answers, cases);
});

test('the split of a premium', async () => {
  const cases = sample(
    fc.record({
      earned: sized(96),
      elapsed: fc.bigInt({ min: 0n, max: 400n * 86_400n }),
      junior: sized(96),
      senior: sized(96),
      expectedLoss: sized(96),
      seniorElBps: sized(14),
      utilisationBps: sized(16),
      minJuniorBps: ends(500n, 10_000n),
    }),
  );
  const answers = await inBatches(cases, 2_000, (batch) =>
    readContract(client, { address, abi, functionName: 'split', args: [batch] }),
  );
  const ours = cases.map((one) => {
    const { junior, senior } = splitPremium(one);
    return [junior, senior];
  });
  expectSame(ours, answers, cases);
});

test('waterfall, recovery and ratio', async () => {
  const cases = sample(fc.tuple(sized(96), sized(96), sized(96)));
  const answers = await inBatches(cases, 2_000, (batch) =>
    readContract(client, { address, abi, functionName: 'losses', args: [batch] }),
  );
  const ours = cases.map(([loss, junior, senior]) => {
    const [taken, back] = [waterfall(loss, { junior, senior }), recovery(loss, senior)];
    return [taken.junior, taken.senior, back.junior, back.senior, payoutRatio(loss, junior, senior)];
  });
  expectSame(ours, answers, cases);
});

test('shares and assets', async () => {
  const cases = sample(fc.tuple(sized(112), sized(128), sized(96)));
  const answers = await inBatches(cases, 2_000, (batch) =>
    readContract(client, { address, abi, functionName: 'shares', args: [batch] }),
  );
  const ours = cases.map(([x, supply, total]) => {
    const at = { supply, total };
    return [toSharesDown(x, at), toSharesUp(x, at), toAssetsDown(x, at), toAssetsUp(x, at)];
  });
  expectSame(ours, answers, cases);
});

/** Equality to the unit; the first case that differs is shown with its inputs. */
function expectSame(
  ours: readonly bigint[][],
  theirs: readonly (readonly bigint[])[],
  cases: readonly unknown[],
): void {
  expect(theirs.length).toBe(cases.length);
  const i = ours.findIndex((one, n) => one.some((value, k) => value !== theirs[n]?.[k]));
  if (i >= 0) expect({ case: cases[i], is: ours[i] }).toEqual({ case: cases[i], is: theirs[i] });
}
