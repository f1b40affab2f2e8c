import fc from 'fast-check';
import { type Address, parseAbi } from 'viem';
import { simulateContract } from 'viem/actions';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inBatches, localChain } from './support/anvil.ts';
import { balances, covers, exits, type History, prices, type Step, shortfall } from './support/histories.ts';
import {
  balanceWalks,
  coverWalks,
  exitWalks,
  lossWalks,
  priceWalks,
  shortfallWalks,
} from './support/historyWalks.ts';
import { losses } from './support/losses.ts';

const chain = localChain(20_248);
const seed = 20_248;
/** Walks of each kind. */
const WALKS = 1_000;

const abi = parseAbi(['function walks(string history, uint256[4][][] steps) returns (uint256[3][][])']);

let address: Address;

beforeAll(async () => {
  await chain.start();
  address = await chain.deploy('HistoryHarness');
});

afterAll(() => chain.stop());

test('prices of shares: the lowest since a day', () => compare('prices', priceWalks, prices));
test('balances and supply at snapshots', () => compare('balances', balanceWalks, balances));
test('cover active on a day, and committed until it may be forgotten', () =>
  compare('covers', coverWalks, covers));
test('exits: what is claimed, claimable, pending, and was in escrow at a snapshot', () =>
  compare('exits', exitWalks, exits));
test('the index of premium held back, at day boundaries', () =>
  compare('shortfall', shortfallWalks, shortfall));
test('losses one after the other: who bears them, in what ratio, and what comes back', () =>
  compare('losses', lossWalks, losses));

/** Every answer of every walk is the same; the first that is not is shown with the steps up to it. */
async function compare(name: string, arbitrary: fc.Arbitrary<Step[]>, start: () => History): Promise<void> {
  const walks = fc.sample(arbitrary, { seed, numRuns: WALKS });
  const answers = await inBatches(walks, 100, async (batch) => {
    const args = [name, batch] as const;
    const { result } = await simulateContract(chain.client, { address, abi, functionName: 'walks', args });
    return result;
  });
  expect(answers.length).toBe(WALKS);
  let looked = 0;
  walks.forEach((walk, n) => {
    const history = start();
    walk.forEach((step, i) => {
      const ours = history(step);
      const theirs = answers[n]?.[i];
      if (ours.some((figure) => figure !== 0n)) ++looked;
      if (ours.some((figure, k) => figure !== theirs?.[k])) {
        const steps = walk.slice(0, i + 1).map((one) => one.join(' '));
        expect(theirs, `walk ${n}: ${steps.join(', ')}`).toEqual(ours);
      }
    });
  });
  // A walk that asks nothing, or is told nothing, shows nothing.
  expect(looked).toBeGreaterThan(WALKS);
}
