import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  claimExit,
  type Deployment,
  getExitRequests,
  getPool,
  getPosition,
  getTranche,
  type PoolEntry,
  requestExit,
  setOperator,
  strikeExit,
} from '../src/index.ts';
import { act, balanceOf, cardsOf, firstOf, fund, publish, USD, underwrite } from './anvil/prepare.ts';
import { client, pass, people, startWorld, stopWorld } from './anvil/world.ts';

const account = people.underwriter.address;
const DAY = 86_400;

let deployment: Deployment;
let pool: PoolEntry;

beforeAll(async () => {
  const world = await startWorld();
  deployment = world.deployment;
  pool = firstOf(deployment).pool;
  await fund(world.asset);
  await publish(deployment, await cardsOf(deployment));
  await underwrite(deployment, 'junior', 300_000n);
  await underwrite(deployment, 'senior', 200_000n);
});

afterAll(() => stopWorld());

describe('an exit on the chain', () => {
  it('is struck when it is due, waits in escrow, and is claimed', async () => {
    const on = { deployment, pool, tranche: 'senior' } as const;
    const { shares } = await getPosition(client, { ...on, account });
    const leaving = shares / 4n;
    await act('underwriter', requestExit({ ...on, shares: leaving, owner: account }));
    const claim = claimExit({ ...on, shares: leaving, receiver: account, controller: account });
    await expect(act('underwriter', claim)).rejects.toThrow();

    await pass(7 * DAY);
    await act('guardian', strikeExit(on));
    expect(await getExitRequests(client, { ...on, account })).toMatchObject([
      { shares: leaving, pending: 0n, escrowed: leaving, claimable: 0n },
    ]);
    expect((await getPool(client, { deployment, pool })).escrow).toBe(50_000n * USD);
    expect((await getTranche(client, on)).totalAssets).toBe(150_000n * USD);

    await pass(9 * DAY);
    expect(await getPosition(client, { ...on, account })).toMatchObject({
      claimableShares: leaving,
      claimableAssets: 50_000n * USD,
    });
    const before = await balanceOf(pool.asset.address, account);
    await act('underwriter', claim);
    expect((await balanceOf(pool.asset.address, account)) - before).toBe(50_000n * USD);
    expect((await getPool(client, { deployment, pool })).escrow).toBe(0n);
    expect(await getExitRequests(client, { ...on, account })).toMatchObject([{ claimed: leaving }]);
  });

  it('is asked for by an operator, once the underwriter has named it', async () => {
    const on = { deployment, pool, tranche: 'junior' } as const;
    const request = requestExit({ ...on, shares: 1_000n, owner: account });
    await expect(act('guardian', request)).rejects.toThrow(
      expect.objectContaining({ name: 'ERC20InsufficientAllowance' }),
    );
    const operator = people.guardian.address;
    await act('underwriter', setOperator({ ...on, operator, approved: true }));
    await act('guardian', request);
    expect(await getExitRequests(client, { ...on, account })).toMatchObject([{ shares: 1_000n }]);
    await act('underwriter', setOperator({ ...on, operator, approved: false }));
    await expect(act('guardian', request)).rejects.toThrow();
  });
});
