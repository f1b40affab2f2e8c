import { describe, expect, it } from 'vitest';
import {
  coverTokenAbi,
  encodeCoverId,
  encodeGroupCard,
  encodeMarketStatus,
  encodeRiskCard,
  getCover,
  getExitRequests,
  getExtensionQuote,
  getIncident,
  getIncidents,
  getMarket,
  getPool,
  getPoolCard,
  getPoolEntry,
  getPoolIncident,
  getPoolMarket,
  getPosition,
  getPublishers,
  getQuote,
  getRiskInputs,
  getTranche,
  incidentBoardAbi,
  lensAbi,
  marketRegistryAbi,
  poolAbi,
  poolFactoryAbi,
  riskOracleAbi,
  tokenAbi,
  trancheVaultAbi,
} from '../src/index.ts';
import { type Answers, chain } from './chain.ts';
import { account, deployment, market, word } from './world.ts';

const abis = [
  poolAbi,
  marketRegistryAbi,
  riskOracleAbi,
  incidentBoardAbi,
  coverTokenAbi,
  lensAbi,
  poolFactoryAbi,
  trancheVaultAbi,
  tokenAbi,
];
const client = (answers: Answers) => chain({ abis, answers }).client;
const pool = account(0x2001);
const onPool = { deployment, pool };
const alice = account(0xa11ce);

/** A struct of the pool with every figure zero but those given. */
function figures(functionName: string, given: Record<string, unknown>) {
  const item = poolAbi.find((entry) => entry.type === 'function' && entry.name === functionName);
  const [output] = item && 'outputs' in item ? item.outputs : [];
  const components = output && 'components' in output ? output.components : [];
  const zero = (type: string) =>
    type === 'bool' ? false : type === 'address' ? account(0) : type === 'bytes32' ? word(0) : 0n;
  return { ...Object.fromEntries(components.map(({ name, type }) => [name, zero(type)])), ...given };
}

describe('a pool', () => {
  const state = (given: Record<string, unknown>) => ({ state: () => figures('state', given) });

  it('is read with its capital and utilisation, rounded up', async () => {
    const read = await getPool(
      client(state({ junior: 30n, senior: 70n, pricingCapital: 90n, requiredCapital: 30n })),
      onPool,
    );
    expect(read.capital).toBe(100n);
    expect(read.utilisation).toBe(333_333_333_333_333_334n);
    expect(read.entry.name).toBe('Core');
  });

  it('without pricing capital has no utilisation', async () => {
    expect((await getPool(client(state({})), onPool)).utilisation).toBe(0n);
  });

  it('that is new is read from the factory', async () => {
    const answers: Answers = {
      poolCount: () => 3n,
      poolAt: () => account(0x2003),
      vaultsOf: () => [account(0x2103), account(0x2203)],
      asset: () => account(0xa55e7),
      symbol: () => 'USD',
      decimals: () => 6,
      name: () => 'New junior',
    };
    const entry = await getPoolEntry(client(answers), { deployment, index: 3n });
    expect(entry).toMatchObject({
      index: 3n,
      junior: account(0x2103),
      asset: { symbol: 'USD', decimals: 6 },
    });
    await expect(getPoolEntry(client(answers), { deployment, index: 4n })).rejects.toThrow(
      expect.objectContaining({ name: 'PoolNotInDeployment' }),
    );
  });

  it('has a card, and what it carries of a market', async () => {
    expect(await getPoolCard(client({ poolCard: () => [50_000, 12] }), onPool)).toEqual({
      z: 50_000,
      elSenior: 12,
    });
    const marketState = () => figures('marketState', { attached: true, committed: 5n });
    expect(await getPoolMarket(client({ marketState }), { ...onPool, market })).toMatchObject({
      attached: true,
      committed: 5n,
    });
  });

  it('is read at a block', async () => {
    const { client: atBlock, requests } = chain({ abis, answers: state({}) });
    await getPool(atBlock, { ...onPool, blockNumber: 77n });
    expect(requests.find(({ method }) => method === 'eth_call')?.params[1]).toBe('0x4d');
  });
});

describe('a market', () => {
  const status = {
    groups: [3, 0x8001],
    closedOperations: [],
    haltedOperations: ['buy'],
    phase: 'suspect',
    closedUntil: 0n,
    waitingPeriod: 259_200n,
    deductibleBps: 500,
    raiseWindow: 604_800n,
    claimWindow: 7_776_000n,
    registered: true,
  } as const;

  it('is read with its status and the entry of the manifest', async () => {
    const answers: Answers = {
      status: () => encodeMarketStatus(status),
      assetOf: () => account(0xa55e7),
      exposureOf: () => account(0),
      incidentOf: () => 4n,
    };
    const read = await getMarket(client(answers), { deployment, market });
    expect(read).toMatchObject({ ...status, id: market, incident: 4n });
    expect(read.entry?.name).toBe('Morpho');
  });

  it('has cards, its own and those of its groups', async () => {
    const card = {
      el: 1,
      v: 2,
      w: [5, 6, 0, 0],
      maxShare: 5,
      maxCover: 6n,
      validUntil: 7n,
      nonce: 8,
    } as const;
    const group = { s: 1, cap: 2, validUntil: 3n, alertUntil: 0n, nonce: 1 };
    const inputs = {
      card: encodeRiskCard(card),
      group0: encodeGroupCard(group),
      group1: 0n,
      group2: 0n,
      group3: 0n,
    };
    const answers: Answers = { status: () => encodeMarketStatus(status), inputs: () => inputs };
    const expected = {
      card,
      groups: [
        { group: 3, card: group },
        { group: 0x8001, card: undefined },
      ],
    };
    expect(await getRiskInputs(client(answers), { deployment, market })).toEqual(expected);
    expect(
      await getRiskInputs(client({ inputs: () => inputs }), { deployment, market, groups: [3, 0x8001] }),
    ).toEqual(expected);
  });

  it('has publishers of its cards', async () => {
    expect(await getPublishers(client({ publishers: () => [[alice], 1] }), { deployment })).toEqual({
      list: [alice],
      quorum: 1,
    });
  });
});

describe('a cover', () => {
  const cover = encodeCoverId({ pool: 1n, sequence: 7n });
  const answers = (addDays: number): Answers => ({
    policy: () => ({ market, cover: 9n, rate: 1n, start: 2n, end: 3n, state: 2 }),
    rollingOrder: () => ({ payer: alice, addDays, maxRate: 5, tip: 6 }),
    partiesOf: () => [alice, account(2)],
    hasConsent: () => true,
  });

  it('is read with its parties', async () => {
    const read = await getCover(client(answers(0)), { deployment, cover });
    expect(read).toMatchObject({
      id: cover,
      state: 'void',
      holder: alice,
      insured: account(2),
      hasConsent: true,
    });
    expect(read.rollingOrder).toBeUndefined();
    expect((await getCover(client(answers(30)), { deployment, cover })).rollingOrder?.addDays).toBe(30);
  });

  it('has a price for its extension', async () => {
    const price = {
      premium: 5n,
      fee: 1n,
      expectedLoss: 1n,
      start: 2n,
      end: 3n,
      utilisationBefore: 4n,
      utilisationAfter: 5n,
    };
    const read = await getExtensionQuote(client({ quoteExtension: () => price }), {
      deployment,
      cover,
      addDays: 30,
    });
    expect(read).toEqual({ ...price, exact: false });
  });

  it('has a price before it is bought', async () => {
    const price = {
      premium: 5n,
      fee: 1n,
      expectedLoss: 1n,
      start: 2n,
      end: 3n,
      utilisationBefore: 4n,
      utilisationAfter: 5n,
    };
    const quoteExact = () => ({ ok: true, reason: '0x', poked: true, quote: price });
    const read = await getQuote(client({ quoteExact }), { ...onPool, market, cover: 9n, coverDays: 30 });
    expect(read).toEqual({ ...price, exact: true });
  });
});

describe('incidents', () => {
  const incident = () => ({
    market,
    route: alice,
    state: 2,
    eventTime: 1,
    raisedAt: 2,
    changedAt: 3,
    expiresAt: 4,
    severity: 5,
    unitValue: 6n,
    bond: 7n,
    drawn: 0n,
  });

  it('are read by number, and newest first', async () => {
    const board = client({ incident, incidentCount: () => 5n });
    expect((await getIncident(board, { deployment, incident: 3n })).state).toBe('confirmed');
    const numbers = async (page: { limit?: number; before?: bigint }) =>
      (await getIncidents(board, { deployment, ...page })).map(({ number }) => number);
    expect(await numbers({})).toEqual([5n, 4n, 3n, 2n, 1n]);
    expect(await numbers({ limit: 2 })).toEqual([5n, 4n]);
    expect(await numbers({ limit: 2, before: 4n })).toEqual([3n, 2n]);
    expect(await numbers({ before: 1n })).toEqual([]);
    expect(await numbers({ before: 99n })).toHaveLength(5);
  });

  it('are read within a pool', async () => {
    const incidentState = () => figures('incidentState', { declared: true, ratio: 10n ** 18n });
    expect(await getPoolIncident(client({ incidentState }), { ...onPool, incident: 1n })).toMatchObject({
      declared: true,
    });
  });
});

describe('a tranche', () => {
  const tranche = { ...onPool, tranche: 'senior' } as const;

  it('is read with its share price', async () => {
    const answers: Answers = {
      totalAssets: () => 100n,
      totalSupply: () => 100_000n,
      convertToAssets: ([shares]) => (shares as bigint) / 1_000n,
      maxDeposit: () => 50n,
    };
    expect(await getTranche(client(answers), tranche)).toMatchObject({
      vault: account(0x2201),
      sharePrice: 10n ** 15n,
      maxDeposit: 50n,
    });
  });

  it('holds positions: shares, their worth, and what can be claimed', async () => {
    const answers: Answers = {
      balanceOf: () => 5_000n,
      maxRedeem: () => 2_000n,
      convertToAssets: ([shares]) => (shares as bigint) / 1_000n,
      redeem: () => 3n,
    };
    expect(await getPosition(client(answers), { ...tranche, account: alice })).toEqual({
      shares: 5_000n,
      assets: 5n,
      claimableShares: 2_000n,
      claimableAssets: 3n,
    });
  });

  it('has exits that wait', async () => {
    const answers: Answers = {
      requestsOf: () => [4n],
      requestOf: () => ({
        controller: alice,
        maturesAt: 900,
        start: 0n,
        shares: 100n,
        claimed: 10n,
        earlier: 0n,
      }),
      unstruckOf: () => 40n,
      claimableRedeemRequest: () => 20n,
    };
    expect(await getExitRequests(client(answers), { ...tranche, account: alice })).toEqual([
      { id: 4n, shares: 100n, pending: 40n, escrowed: 30n, claimable: 20n, claimed: 10n, maturesAt: 900n },
    ]);
  });
});
