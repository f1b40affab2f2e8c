import { hashTypedData } from 'viem';
import { readContract } from 'viem/actions';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  accrue,
  buyMany,
  cancel,
  collectFees,
  type Deployment,
  decodePurchases,
  getCover,
  getPool,
  getPoolMarket,
  giveConsent,
  nftAbi,
  type PoolEntry,
  permit2Address,
  permit2TypedData,
  poke,
  renew,
  rollingAllowance,
  setRollingOrder,
  transfer,
} from '../src/index.ts';
import { permit2Code } from './anvil/permit2.ts';
import {
  act,
  balanceOf,
  cardsOf,
  cover,
  firstOf,
  fund,
  now,
  publish,
  USD,
  underwrite,
} from './anvil/prepare.ts';
import { chain, client, clock, pass, people, startWorld, stopWorld } from './anvil/world.ts';

const { buyer, governor, guardian, underwriter } = people;
const DAY = 86_400n;

let deployment: Deployment;
let pool: PoolEntry;

const named = (name: string) => expect.objectContaining({ name });
const dollars = (account: { address: `0x${string}` }) => balanceOf(pool.asset.address, account.address);

beforeAll(async () => {
  const world = await startWorld();
  deployment = world.deployment;
  pool = firstOf(deployment).pool;
  await fund(world.asset);
  await publish(deployment, await cardsOf(deployment));
  await underwrite(deployment);
});

afterAll(() => stopWorld());

describe('a cover on the chain', () => {
  it('is paid by a Permit2 signature, which serves once', async () => {
    await clock.setCode({ address: permit2Address, bytecode: permit2Code() });
    const { market } = firstOf(deployment);
    const purchase = { pool, market: market.id, cover: 1_000n * USD, coverDays: 30, maxPremium: 100n * USD };
    const deadline = (await now()) + 3_600n;
    const permit = { amount: 200n * USD, nonce: 5n, deadline };
    const { router } = deployment.addresses;
    const typedData = permit2TypedData({
      ...permit,
      token: pool.asset.address,
      spender: router,
      chainId: chain.id,
    });
    const signature = await buyer.sign({ hash: hashTypedData(typedData) });
    const action = buyMany({
      deployment,
      purchases: [purchase, { ...purchase, coverDays: 20 }],
      maxTotal: 200n * USD,
      deadline,
      permit2: { ...permit, signature },
    });
    const before = await dollars(buyer);
    const bought = decodePurchases((await act('buyer', action)).logs);
    const spent = bought.reduce((sum, { premium }) => sum + premium, 0n);
    expect(bought).toHaveLength(2);
    expect(before - (await dollars(buyer))).toBe(spent);
    expect(await balanceOf(pool.asset.address, router)).toBe(0n);
    const [first] = bought;
    expect((await getCover(client, { deployment, cover: first?.id ?? 0n })).holder).toBe(buyer.address);
    await expect(act('buyer', action)).rejects.toThrow(named('InvalidNonce'));

    const other = await underwriter.sign({ hash: hashTypedData(typedData) });
    const forged = buyMany({
      deployment,
      purchases: [purchase],
      maxTotal: 100n * USD,
      deadline,
      permit2: { ...permit, nonce: 6n, signature: other },
    });
    await expect(act('buyer', forged)).rejects.toThrow(named('InvalidSigner'));
  });

  it('is cancelled by its holder alone, and refunded', async () => {
    const id = await cover(deployment, { cover: 20_000n * USD });
    await expect(act('underwriter', cancel({ deployment, cover: id }))).rejects.toThrow(
      expect.objectContaining({
        name: 'NotHolder',
        message: expect.stringContaining(buyer.address),
        values: expect.objectContaining({ holder: buyer.address, caller: underwriter.address }),
      }),
    );
    const [sold, before] = [(await getPool(client, { deployment, pool })).totalCover, await dollars(buyer)];
    await act('buyer', cancel({ deployment, cover: id }));
    expect((await getCover(client, { deployment, cover: id })).state).toBe('void');
    expect((await getPool(client, { deployment, pool })).totalCover).toBe(sold - 20_000n * USD);
    expect(await dollars(buyer)).toBeGreaterThan(before);
  });

  it('for somebody else waits for the consent of the insured account', async () => {
    const parties = { recipient: underwriter.address, insured: buyer.address };
    const id = await cover(deployment, { cover: 1_000n * USD, ...parties });
    expect(await getCover(client, { deployment, cover: id })).toMatchObject({
      holder: underwriter.address,
      insured: buyer.address,
      hasConsent: false,
    });
    await expect(act('underwriter', giveConsent({ deployment, cover: id }))).rejects.toThrow(
      named('NotInsured'),
    );
    await act('buyer', giveConsent({ deployment, cover: id }));
    expect((await getCover(client, { deployment, cover: id })).hasConsent).toBe(true);
  });

  it('is transferred by its holder alone', async () => {
    const id = await cover(deployment, { cover: 1_000n * USD });
    const away = { deployment, cover: id, from: buyer.address, to: guardian.address };
    await expect(act('underwriter', transfer(away))).rejects.toThrow(named('NotOwnerNorApproved'));
    await act('buyer', transfer(away));
    const owner = await readContract(client, {
      address: deployment.addresses.coverToken,
      abi: nftAbi,
      functionName: 'ownerOf',
      args: [id],
    });
    expect(owner).toBe(guardian.address);
    await expect(act('buyer', cancel({ deployment, cover: id }))).rejects.toThrow(named('NotHolder'));
  });

  it('is renewed by a standing order within a day, for a tip', async () => {
    const id = await cover(deployment, { cover: 10_000n * USD });
    const order = { addDays: 20, maxRate: 50_000_000, tip: 2n * USD };
    const allowance = rollingAllowance({ ...order, amount: 10_000n * USD, renewals: 1 });
    await act('buyer', setRollingOrder({ deployment, cover: id, ...order, allowance }));
    const { end, rollingOrder } = await getCover(client, { deployment, cover: id });
    expect(rollingOrder).toMatchObject({ ...order, tip: Number(order.tip), payer: buyer.address });
    await expect(act('guardian', renew({ deployment, cover: id }))).rejects.toThrow(named('RenewalNotDue'));

    await pass(Number(end - 3n * DAY - 3_600n - (await now())));
    await expect(act('guardian', renew({ deployment, cover: id }))).rejects.toThrow(named('CardStale'));
    await publish(deployment, await cardsOf(deployment, 2));
    const [tips, paid] = [await dollars(guardian), await dollars(buyer)];
    await act('guardian', renew({ deployment, cover: id }));
    expect((await getCover(client, { deployment, cover: id })).end).toBe(end + 20n * DAY);
    expect((await dollars(guardian)) - tips).toBe(order.tip);
    const cost = paid - (await dollars(buyer));
    expect(cost).toBeGreaterThan(order.tip);
    expect(cost).toBeLessThanOrEqual(allowance);

    const none = { addDays: 0, maxRate: 0, tip: 0n, allowance: 0n };
    await act('buyer', setRollingOrder({ deployment, cover: id, ...none }));
    expect((await getCover(client, { deployment, cover: id })).rollingOrder).toBeUndefined();
  });

  it('earns its premium by the second, which anyone can have booked', async () => {
    await pass(86_400);
    const before = await getPool(client, { deployment, pool });
    await act('guardian', accrue({ deployment, pool }));
    const after = await getPool(client, { deployment, pool });
    expect(after.unearned).toBeLessThanOrEqual(before.unearned);
    expect(after.capital + after.unearned).toBe(before.capital + before.unearned);
    expect(after.capital).toBeGreaterThan(500_000n * USD);
  });

  it('is taken out of the pool once it is over, by a poke', async () => {
    const { market } = firstOf(deployment);
    const read = () => getPoolMarket(client, { deployment, pool, market: market.id });
    await pass(60 * 86_400);
    const before = await read();
    expect(before.committed).toBeGreaterThan(0n);
    await act('guardian', poke({ deployment, pool, market: market.id }));
    const after = await read();
    expect(after.processedDay).toBe((await now()) / DAY);
    expect(after).toMatchObject({ committed: 0n, active: 0n });
    expect(await getPool(client, { deployment, pool })).toMatchObject({ totalCover: 0n, unearned: 0n });
  });

  it('leaves its fee to the fee recipient', async () => {
    const { feesOwed } = await getPool(client, { deployment, pool });
    expect(feesOwed).toBeGreaterThan(0n);
    await act('buyer', collectFees({ deployment, pool, account: governor.address }));
    expect(await dollars(governor)).toBe(feesOwed);
    expect((await getPool(client, { deployment, pool })).feesOwed).toBe(0n);
    await expect(act('buyer', collectFees({ deployment, pool, account: governor.address }))).rejects.toThrow(
      named('AmountZero'),
    );
  });
});
