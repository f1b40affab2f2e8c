import { encodeFunctionData, zeroHash } from 'viem';
import { readContract } from 'viem/actions';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  attest,
  buy,
  buyMany,
  closeOperations,
  type Deployment,
  decodePurchases,
  depositWithPermit,
  extend,
  fundBond,
  getCover,
  getExitRequests,
  getExtensionQuote,
  getIncidents,
  getMarket,
  getPool,
  getPoolMarket,
  getPosition,
  getPublishers,
  getQuote,
  getRiskInputs,
  getTranche,
  type MarketEntry,
  marketKeyOf,
  marketRegistryAbi,
  operatorQuorumAbi,
  type PoolEntry,
  parseDeployment,
  permitTypedData,
  readPermit,
  reportRound,
  reportTypedData,
  requestExit,
  sendAction,
  serializeDeployment,
  signPermit,
  toEncodedTerms,
  transfer,
} from '../src/index.ts';
import { act, cardsOf, firstOf, fund, now, publish, signed, USD, underwrite } from './anvil/prepare.ts';
import {
  chain,
  client,
  inOneSecond,
  pass,
  people,
  send,
  signers,
  startWorld,
  stopWorld,
  tokenTestAbi,
  type World,
  walletOf,
} from './anvil/world.ts';

const { buyer, underwriter } = people;

let world: World;
let deployment: Deployment;
let pool: PoolEntry;
let market: MarketEntry;

const named = (name: string) => expect.objectContaining({ name });

beforeAll(async () => {
  world = await startWorld();
  deployment = parseDeployment(serializeDeployment(world.deployment));
  ({ pool, market } = firstOf(deployment));
  await fund(world.asset);
});

afterAll(() => stopWorld());

describe('against the contracts', () => {
  it('a market has the id that the registry computes', async () => {
    const id = await readContract(client, {
      address: deployment.addresses.registry,
      abi: marketRegistryAbi,
      functionName: 'idOf',
      args: [toEncodedTerms(market.terms)],
    });
    expect(id).toBe(market.id);
    expect(await getMarket(client, { deployment, market: market.id })).toMatchObject({
      registered: true,
      phase: 'open',
      groups: [3],
      waitingPeriod: 259_200n,
      deductibleBps: 500,
      raiseWindow: 604_800n,
      claimWindow: 7_776_000n,
      asset: pool.asset.address,
    });
    expect(await getPoolMarket(client, { deployment, pool, market: market.id })).toMatchObject({
      attached: true,
    });
  });

  it('cards signed by publishers are published and read back', async () => {
    const cards = await cardsOf(deployment);
    await publish(deployment, cards);
    const { market: id, ...card } = cards.market;
    const { group, ...values } = cards.group;
    expect(await getRiskInputs(client, { deployment, market: id })).toEqual({
      card,
      groups: [{ group, card: { ...values, alertUntil: 0n } }],
    });
    await expect(publish(deployment, cards)).rejects.toThrow(named('NonceNotNext'));
    expect(await getPublishers(client, { deployment })).toEqual({
      list: signers.map(({ address }) => address),
      quorum: 2,
    });
  });

  it('capital comes in by approval, and by permit', async () => {
    const assets = 500_000n * USD;
    await underwrite(deployment);

    const owner = underwriter.address;
    const deadline = (await now()) + 3_600n;
    const typedData = permitTypedData({
      token: pool.asset.address,
      owner,
      spender: deployment.addresses.router,
      amount: assets,
      deadline,
      chainId: chain.id,
      ...(await readPermit(client, { token: pool.asset.address, owner })),
    });
    const permit = await signPermit(walletOf('underwriter'), typedData);
    const action = depositWithPermit({
      deployment,
      pool,
      tranche: 'senior',
      assets,
      receiver: owner,
      minShares: 1n,
      deadline,
      permit,
    });
    await act('underwriter', action);
    await expect(act('underwriter', action)).rejects.toThrow(named('BalanceTooSmall'));

    expect((await getPool(client, { deployment, pool })).capital).toBe(2n * assets);
    expect(await getTranche(client, { deployment, pool, tranche: 'senior' })).toMatchObject({
      totalAssets: assets,
    });
    const position = await getPosition(client, { deployment, pool, tranche: 'junior', account: owner });
    expect(position.assets).toBe(assets);
  });

  it('cover is quoted, bought at that price, read, extended and transferred', async () => {
    const cover = 50_000n * USD;
    const quoted = { deployment, pool, market: market.id, cover, coverDays: 90 };
    const purchase = { ...quoted, recipient: buyer.address };
    await expect(act('buyer', buy({ ...purchase, maxPremium: 1n }))).rejects.toThrow(
      expect.objectContaining({
        name: 'PremiumAboveMax',
        message: expect.stringMatching(/^The premium is [\d.]+ USD, above your maximum of 0.000001 USD\.$/),
      }),
    );
    const { quote, receipt } = await inOneSecond(async () => {
      await pass(0);
      const quote = await getQuote(client, quoted);
      return { quote, receipt: await act('buyer', buy({ ...purchase, maxPremium: quote.premium })) };
    });
    expect(quote.exact).toBe(true);
    expect(quote.premium).toBeGreaterThan(0n);
    const [purchased] = decodePurchases(receipt.logs);
    const id = purchased?.id ?? 0n;
    expect(purchased).toMatchObject({
      cover,
      pool: pool.address.toLowerCase(),
      premium: quote.premium,
      end: quote.end,
      market: marketKeyOf(market.id),
    });
    const bought = await getCover(client, { deployment, cover: id });
    expect(bought).toMatchObject({
      cover,
      market: market.id,
      state: 'active',
      holder: buyer.address,
      insured: buyer.address,
      hasConsent: true,
    });
    expect([bought.start, bought.end]).toEqual([quote.start, quote.end]);

    const extension = await getExtensionQuote(client, { deployment, cover: id, addDays: 30 });
    await act('buyer', extend({ deployment, cover: id, addDays: 30, maxPremium: extension.premium * 2n }));
    expect((await getCover(client, { deployment, cover: id })).end).toBe(bought.end + 30n * 86_400n);

    await act('buyer', transfer({ deployment, cover: id, from: buyer.address, to: underwriter.address }));
    expect(await getCover(client, { deployment, cover: id })).toMatchObject({
      holder: underwriter.address,
      insured: buyer.address,
    });
    await expect(getCover(client, { deployment, cover: id + 1n })).rejects.toThrow(
      named('TokenDoesNotExist'),
    );
  });

  it('an allowance is reset to zero first where the token wants that', async () => {
    await send(
      world.asset,
      encodeFunctionData({ abi: tokenTestAbi, functionName: 'setStrict', args: [true] }),
    );
    const purchase = {
      deployment,
      pool,
      market: market.id,
      cover: USD * 1_000n,
      coverDays: 30,
      recipient: buyer.address,
    };
    const stages: string[] = [];
    await sendAction(walletOf('buyer'), client, buy({ ...purchase, maxPremium: 5_000n * USD }), {
      onProgress: (progress) => progress.stage === 'confirming' && stages.push(progress.text),
    });
    expect(stages).toHaveLength(3);
    expect(stages[0]).toMatch(/^Reset/);
    await send(
      world.asset,
      encodeFunctionData({ abi: tokenTestAbi, functionName: 'setStrict', args: [false] }),
    );
  });

  it('several covers are bought at once', async () => {
    const purchase = { pool, market: market.id, cover: 1_000n * USD, coverDays: 30, maxPremium: 100n * USD };
    const deadline = (await now()) + 3_600n;
    const before = (await getPool(client, { deployment, pool })).totalCover;
    await act(
      'buyer',
      buyMany({ deployment, purchases: [purchase, purchase], maxTotal: 200n * USD, deadline }),
    );
    expect((await getPool(client, { deployment, pool })).totalCover).toBe(before + 2_000n * USD);
    const late = buyMany({ deployment, purchases: [purchase], maxTotal: 200n * USD, deadline: 1n });
    await expect(act('buyer', late)).rejects.toThrow(named('DeadlinePassed'));
  });

  it('an exit is requested and read', async () => {
    const account = underwriter.address;
    const on = { deployment, pool, tranche: 'senior' } as const;
    const { shares } = await getPosition(client, { ...on, account });
    await act('underwriter', requestExit({ ...on, shares: shares / 2n, owner: account }));
    const [request] = await getExitRequests(client, { ...on, account });
    expect(request).toMatchObject({
      shares: shares / 2n,
      pending: shares / 2n,
      escrowed: 0n,
      claimable: 0n,
      claimed: 0n,
    });
    expect(request?.maturesAt).toBe((await now()) + 7n * 86_400n);
  });

  it('a restricted call is refused, or scheduled and waited for', async () => {
    const action = closeOperations({ deployment, market: market.id, operations: ['buy'] });
    await expect(act('buyer', action)).rejects.toThrow(named('PermissionMissing'));
    await expect(act('governor', action)).rejects.toThrow(named('ScheduleWaiting'));
    await pass(3_601);
    await act('governor', action);
    expect((await getMarket(client, { deployment, market: market.id })).haltedOperations).toEqual(['buy']);

    const quoted = { deployment, pool, market: market.id, cover: USD, coverDays: 30 };
    await expect(getQuote(client, quoted)).rejects.toThrow(named('OperationClosed'));
  });

  it('a report of the operators becomes an incident', async () => {
    const address = deployment.addresses.operatorQuorum;
    const bond = 1_000_000_000n;
    await act('buyer', fundBond({ deployment, route: address, asset: world.asset, amount: bond }));
    const digest = await readContract(client, {
      address,
      abi: operatorQuorumAbi,
      functionName: 'configDigest',
    });
    const report = {
      market: market.id,
      round: reportRound(1, 1),
      state: 'confirmed',
      eventTime: await now(),
      severity: 40_000_000,
      bond,
      evidence: zeroHash,
    } as const;
    const signatures = await signed(reportTypedData(deployment, report, digest), 3);
    const operators = signers.map((signer) => signer.address);
    const short = attest({ deployment, report, operators, signatures: signatures.slice(1) });
    await expect(act('buyer', short)).rejects.toThrow(named('QuorumShort'));
    await act('buyer', attest({ deployment, report, operators, signatures }));
    const [incident] = await getIncidents(client, { deployment });
    expect(incident).toMatchObject({
      number: 1n,
      market: market.id,
      state: 'confirmed',
      severity: 40_000_000,
    });
    expect((await getMarket(client, { deployment, market: market.id })).incident).toBe(1n);
  });
});
