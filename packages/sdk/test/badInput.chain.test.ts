import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BrokenNodes, readBadInputs, startBrokenNodes } from '@breakwater/testing/bad-input';
import { createClient, type Hex, http } from 'viem';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  attachMarket,
  BreakwaterError,
  buy,
  buyMany,
  cancel,
  checkChain,
  checkRequirements,
  closeOperations,
  type Deployment,
  deposit,
  extend,
  type MarketEntry,
  type PoolEntry,
} from '../src/index.ts';
import { act, cardsOf, cover, firstOf, fund, now, publish, USD, underwrite } from './anvil/prepare.ts';
import { client, clock, pass, people, startWorld, stopWorld, type World } from './anvil/world.ts';

const contractTests = join(import.meta.dirname, '../../../contracts/test');
const DAY = 86_400;

let world: World;
let deployment: Deployment;
let pool: PoolEntry;
let market: MarketEntry;
let nodes: BrokenNodes;
let fresh: Hex;

beforeAll(async () => {
  nodes = await startBrokenNodes();
  world = await startWorld();
  deployment = world.deployment;
  ({ pool, market } = firstOf(deployment));
  await fund(world.asset);
  await publish(deployment, await cardsOf(deployment));
  await underwrite(deployment);
});

afterAll(async () => {
  await nodes.stop();
  await stopWorld();
});

beforeEach(async () => {
  fresh = await clock.snapshot();
});

afterEach(async () => {
  await clock.revert({ id: fresh });
});

const purchase = () => ({
  deployment,
  pool,
  market: market.id,
  cover: 1_000n * USD,
  coverDays: 30,
  recipient: people.buyer.address,
  maxPremium: 100n * USD,
});
const ask = (url: string) =>
  checkChain(createClient({ transport: http(url, { retryCount: 0, timeout: 300 }) }), 1);

/** How each row of the table is provoked. */
const provoke: Readonly<Record<string, () => unknown>> = {
  'wrong asset': () => {
    const euro = { ...pool, asset: { address: world.position, symbol: 'EUR', decimals: 6 } };
    const purchases = [purchase(), { ...purchase(), pool: euro }];
    return buyMany({ deployment, purchases, maxTotal: 200n * USD, deadline: 2n ** 40n });
  },
  'zero amount': () => buy({ ...purchase(), cover: 0n }),
  'huge amount': () => buy({ ...purchase(), cover: 2n ** 88n }),
  'more than a market may carry': () => cover(deployment, { cover: 200_000n * USD }),
  'price above the maximum': () => cover(deployment, { cover: 1_000n * USD, maxPremium: 1n }),
  'closed market': async () => {
    const until = (await now()) + 3_600n;
    await act('guardian', closeOperations({ deployment, market: market.id, operations: ['buy'], until }));
    await cover(deployment, { cover: 1_000n * USD });
  },
  'stale card': async () => {
    await pass(21 * DAY);
    await cover(deployment, { cover: 1_000n * USD });
  },
  'expired cover': async () => {
    const id = await cover(deployment, { cover: 1_000n * USD });
    await pass(40 * DAY);
    await act('buyer', cancel({ deployment, cover: id }));
  },
  'extension too late': async () => {
    const id = await cover(deployment, { cover: 1_000n * USD, coverDays: 14 });
    await pass(16 * DAY);
    await act('buyer', extend({ deployment, cover: id, addDays: 30, maxPremium: 100n * USD }));
  },
  'deadline passed': () =>
    act(
      'buyer',
      buyMany({ deployment, purchases: [purchase()], maxTotal: 100n * USD, deadline: 1_000_000_000n }),
    ),
  'not the holder': async () => {
    const id = await cover(deployment, { cover: 1_000n * USD });
    await act('underwriter', cancel({ deployment, cover: id }));
  },
  'no role': () => act('buyer', attachMarket({ deployment, pool, market: market.id })),
  'short allowance': async () => {
    const { requirements } = buy(purchase());
    const [outstanding] = await checkRequirements(client, people.buyer, requirements);
    throw outstanding?.error;
  },
  'short balance': () => {
    const receiver = people.buyer.address;
    return act('buyer', deposit({ deployment, pool, tranche: 'junior', assets: 5_000_000n * USD, receiver }));
  },
  'node on another chain': () =>
    act('buyer', buy({ ...purchase(), deployment: { ...deployment, chainId: 10 } })),
  'node that refuses connections': () => ask(nodes.refuses),
  'node whose name is unknown': () => ask(nodes.hasNoHost),
  'node that does not answer in time': () => ask(nodes.isSilent),
  'node that answers HTTP 500': () => ask(nodes.fails),
  'address that is no node': () => ask(nodes.isNoNode),
};

const rows = readBadInputs();

async function caught(run: () => unknown): Promise<BreakwaterError> {
  const error = await Promise.resolve()
    .then(run)
    .then(
      () => undefined,
      (reason: unknown) => reason,
    );
  expect(error).toBeInstanceOf(BreakwaterError);
  return error as BreakwaterError;
}

describe('bad input', () => {
  it('has a row for every case, and a case for every row', () => {
    expect(rows.map(({ input }) => input)).toEqual(Object.keys(provoke));
  });

  it.each(rows.filter(({ contractTest }) => contractTest !== ''))(
    'of $input is refused by a contract in a test',
    ({ contractTest }) => {
      const [file = '', name = ''] = contractTest.split(': ');
      const path = join(contractTests, file);
      expect(existsSync(path), path).toBe(true);
      expect(readFileSync(path, 'utf8')).toContain(`function ${name}(`);
    },
  );

  it.each(rows)('of $input is told as $error', async ({ input, error: name, message }) => {
    const error = await caught(provoke[input] ?? (() => {}));
    expect(error.name).toBe(name);
    expect(error.message).toMatch(message);
    expect(error.message).not.toMatch(/\d units/);
    expect(error.instruction).toMatch(/^[A-Z].*\.$/);
  });

  it('of an address that answers other JSON is told like that of no node', async () => {
    expect((await caught(() => ask(nodes.isOther))).name).toBe('RpcInvalid');
  });
});
