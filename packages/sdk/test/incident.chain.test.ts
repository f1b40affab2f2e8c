import { encodeFunctionData } from 'viem';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addSalvage,
  approveSurrender,
  claimSalvage,
  closeIncident,
  type Deployment,
  getCover,
  getMarket,
  getPool,
  getPoolIncident,
  incidentBoardAbi,
  type PoolEntry,
  pay,
  payBatch,
  payRest,
  refundEnded,
  releaseSalvage,
  settleIncident,
  syncIncidents,
  topUp,
  unwindStream,
} from '../src/index.ts';
import {
  act,
  balanceOf,
  cardsOf,
  cover,
  firstOf,
  fund,
  now,
  publish,
  publishOthers,
  USD,
  underwrite,
} from './anvil/prepare.ts';
import { client, pass, people, sendAs, startWorld, stopWorld, type World } from './anvil/world.ts';

const { buyer, underwriter } = people;
const DAY = 86_400;
const WAD = 10n ** 18n;
const FINAL = 3;
const size = 250_000n * USD;
/** Of a total loss: what is left of a cover by the deductible of 5 %. */
const claim = (size * 95n) / 100n;

let world: World;
let deployment: Deployment;
let pool: PoolEntry;
const covers: bigint[] = [];

const named = (name: string) => expect.objectContaining({ name });
const dollars = (account: { address: `0x${string}` }) => balanceOf(world.asset, account.address);
const stateOf = (incident: bigint) => getPoolIncident(client, { deployment, pool, incident });

/** What the live trigger would report: it speaks for itself here, so that severities can be chosen. */
async function find(market: `0x${string}`, severity: number): Promise<void> {
  const { board, liveTrigger } = deployment.addresses;
  const finding = { state: FINAL, eventTime: Number(await now()), severity, unitValue: 0n, bond: 0n };
  const args = [market, finding] as const;
  await sendAs(
    liveTrigger,
    board,
    encodeFunctionData({ abi: incidentBoardAbi, functionName: 'submit', args }),
  );
}

beforeAll(async () => {
  world = await startWorld({ markets: 6 });
  deployment = world.deployment;
  pool = firstOf(deployment).pool;
  await fund(world.asset);
  const cards = await cardsOf(deployment);
  await publish(deployment, cards);
  await publishOthers(deployment);
  await underwrite(deployment, 'junior', 400_000n);
  await underwrite(deployment, 'senior', 600_000n);
  for (const { id: market } of deployment.markets) {
    covers.push(await cover(deployment, { market, cover: size, coverDays: 60 }));
  }
  await pass(10 * DAY);
  for (const [i, { id }] of deployment.markets.entries()) await find(id, i === 0 ? 100_000_000 : 10_000_000);
});

afterAll(() => stopWorld());

/** Steps of one story: each begins where the one before ended. */
describe('six incidents at once on the chain', () => {
  const [one, two] = [1n, 2n];
  let first: bigint;

  it('are taken note of, and the first is declared below one', async () => {
    await act('guardian', syncIncidents({ deployment, pool, upTo: 6n }));
    expect((await getPool(client, { deployment, pool })).short).toBe(true);
    await act('guardian', settleIncident({ deployment, pool, incident: one }));
    const state = await stateOf(one);
    expect(state).toMatchObject({ declared: true, isFinal: true, liability: claim });
    expect(state.ratio).toBeLessThan(WAD);
    expect((await getMarket(client, { deployment, market: firstOf(deployment).market.id })).phase).toBe(
      'ended',
    );
  });

  it('pay what there is for now', async () => {
    const { ratio } = await stateOf(one);
    const units = 500_000n * USD;
    await act('buyer', approveSurrender({ deployment, positionToken: world.position, units }));
    const before = await dollars(buyer);
    await act('guardian', pay({ deployment, cover: covers[0] ?? 0n }));
    first = (await dollars(buyer)) - before;
    expect(first).toBe((claim * (ratio / 10n ** 10n)) / 10n ** 8n);
    expect((await getCover(client, { deployment, cover: covers[0] ?? 0n })).state).toBe('paid');
    await expect(act('guardian', payRest({ deployment, cover: covers[0] ?? 0n }))).rejects.toThrow(
      named('NothingToPay'),
    );
  });

  it('are topped up once the others take less, and the rest is paid', async () => {
    for (let incident = two; incident <= 6n; incident++) {
      await act('guardian', settleIncident({ deployment, pool, incident }));
    }
    await act('guardian', topUp({ deployment, pool, incident: one }));
    expect(await stateOf(one)).toMatchObject({ ratio: WAD, moved: claim });
    const before = await dollars(buyer);
    await act('guardian', payRest({ deployment, cover: covers[0] ?? 0n }));
    expect((await dollars(buyer)) - before).toBe(claim - first);
    expect((await getCover(client, { deployment, cover: covers[0] ?? 0n })).state).toBe('settled');
    expect((await stateOf(one)).paid).toBe(claim);
    await expect(act('guardian', topUp({ deployment, pool, incident: one }))).rejects.toThrow(
      named('NothingToPay'),
    );
  });

  it('are paid in a batch, which skips who has nothing', async () => {
    const before = await dollars(buyer);
    const batch = [covers[2] ?? 0n, covers[0] ?? 0n];
    await act('guardian', payBatch({ deployment, pool, covers: batch }));
    expect((await dollars(buyer)) - before).toBe(claim / 10n);
  });

  it('give the unearned premium of an ended market back', async () => {
    const refund = refundEnded({ deployment, cover: covers[1] ?? 0n });
    await expect(act('guardian', refund)).rejects.toThrow(named('StreamNotUnwound'));
    await act('guardian', unwindStream({ deployment, pool, incident: two }));
    await expect(act('guardian', unwindStream({ deployment, pool, incident: two }))).rejects.toThrow(
      named('StreamUnwound'),
    );
    const { refunds } = await getPool(client, { deployment, pool });
    const before = await dollars(buyer);
    await act('guardian', refund);
    const refunded = (await dollars(buyer)) - before;
    expect(refunded).toBeGreaterThan(0n);
    expect((await getPool(client, { deployment, pool })).refunds).toBe(refunds - refunded);
  });

  it('share recovered funds and handed-over positions among those who held', async () => {
    const of = { deployment, pool, incident: one } as const;
    await act('buyer', addSalvage({ ...of, amount: 1_000n * USD }));
    expect((await stateOf(one)).salvage).toBe(1_000n * USD);
    const { fromJunior, fromSenior, moved } = await stateOf(one);
    for (const [tranche, bore] of [
      ['junior', fromJunior],
      ['senior', fromSenior],
    ] as const) {
      if (bore === 0n) continue;
      const [money, units] = [
        await dollars(underwriter),
        await balanceOf(world.position, underwriter.address),
      ];
      const share = { ...of, tranche, account: underwriter.address };
      await act('guardian', claimSalvage(share));
      const due = (1_000n * USD * bore) / moved;
      const got = (await dollars(underwriter)) - money;
      expect(got).toBeLessThanOrEqual(due);
      expect(due - got).toBeLessThan(USD / 1_000n);
      await expect(act('guardian', claimSalvage(share))).rejects.toThrow(named('NothingToClaim'));
      await act('guardian', releaseSalvage(share));
      expect(await balanceOf(world.position, underwriter.address)).toBeGreaterThan(units);
      await expect(act('guardian', releaseSalvage(share))).rejects.toThrow(named('NothingToRelease'));
    }
  });

  it('are closed after the claim window, and what nobody claimed goes back', async () => {
    const close = closeIncident({ deployment, pool, incident: two });
    await expect(act('guardian', close)).rejects.toThrow(named('ClaimWindowOpen'));
    const { moved, salvage: premium } = await stateOf(two);
    expect(moved).toBeGreaterThan(0n);
    await pass(91 * DAY);
    await act('guardian', close);
    const { closed, salvage, paid, fromJunior, fromSenior, ...rest } = await stateOf(two);
    expect(closed).toBe(true);
    // Closing took what it was still owed before.
    const taken = fromJunior + fromSenior + rest.fromJuniorEscrow + rest.fromSeniorEscrow;
    expect(taken).toBeGreaterThanOrEqual(moved);
    expect(salvage).toBe(premium + taken - paid);
    expect(fromJunior).toBeGreaterThan(0n);
    const before = await dollars(underwriter);
    const share = {
      deployment,
      pool,
      incident: two,
      tranche: 'junior',
      account: underwriter.address,
    } as const;
    await act('guardian', claimSalvage(share));
    expect(await dollars(underwriter)).toBeGreaterThan(before);
    await expect(act('guardian', pay({ deployment, cover: covers[1] ?? 0n }))).rejects.toThrow(
      named('ClaimWindowOver'),
    );
  });
});
