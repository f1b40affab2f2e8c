import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  eulerCapital,
  exposureOf,
  feeOn,
  moveRange,
  type Publication,
  premium,
  requiredCapitalDown,
  requiredCapitalUp,
} from '@breakwater/risk';
import {
  buy,
  type Deployment,
  deposit,
  getPool,
  getPoolCard,
  getPoolMarket,
  getQuote,
  getRiskInputs,
  groupCardTypedData,
  type MarketEntry,
  type PoolEntry,
  publishGroupCard,
  riskOracleAbi,
  sendAction,
  serializeDeployment,
} from '@breakwater/sdk';
import { type Address, createClient, custom, type Hex, hashTypedData, http } from 'viem';
import { call, getBlock, getContractEvents, readContract } from 'viem/actions';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readMarkets } from '../src/risk/bookMarkets.ts';
import { groupHistory } from '../src/risk/cardHistory.ts';
import { type PassResult, type Publisher, publishOnce } from '../src/risk/publisher.ts';
import { watch } from '../src/risk/watch.ts';
import { anvil, chain, client, rpc, startChain, stopChain } from './support/chain.ts';
import { breakwater } from './support/io.ts';
import {
  deployRiskWorld,
  drain,
  keyEnv,
  publisherAccounts,
  scoreJson,
  scores,
  transfer,
  underwriterAccount,
} from './support/riskWorld.ts';

let asset: Address;
let vault: Address;
let deployment: Deployment;
let fresh: Hex;
let folder: string;
let logged: string[];

beforeAll(async () => {
  asset = await startChain();
  const world = await deployRiskWorld(asset);
  deployment = world.deployment;
  vault = world.vaults[0] as Address;
});
afterAll(stopChain);
beforeEach(async () => {
  fresh = await anvil.snapshot();
  logged = [];
  folder = mkdtempSync(join(tmpdir(), 'risk-'));
  writeFileSync(join(folder, 'scores.json'), JSON.stringify(scoreJson));
  writeFileSync(join(folder, 'manifest.json'), serializeDeployment(deployment));
});
afterEach(async () => {
  await anvil.revert({ id: fresh });
  rmSync(folder, { recursive: true });
});

const marketNamed = (name: string) =>
  deployment.markets.find((market) => market.name === name) as MarketEntry;
const wallet = createClient({
  chain,
  transport: http(rpc),
  account: underwriterAccount,
  pollingInterval: 10,
});

function publisherOf(given: Partial<Publisher> = {}): Publisher {
  return {
    client,
    wallet: () => wallet,
    deployment,
    keys: publisherAccounts.slice(0, 2),
    scores: async () => scores,
    cwd: folder,
    signals: undefined,
    markets: deployment.markets,
    pools: [],
    validity: 7 * 86_400,
    tolerance: 0.02,
    log: (line) => logged.push(line),
    cache: new Map(),
    ...given,
  };
}

const risk = (command: string, ...more: string[]) =>
  breakwater(['risk', command, ...more, '--rpc', rpc, '--deployment', 'manifest.json', '--json'], {
    cwd: folder,
    env: { ...keyEnv, SENDER: keyEnv.PUBLISHER_3 ?? '' },
  });

const publishArgs = ['--scores', 'scores.json', '--publisher-key-env', 'PUBLISHER_1,PUBLISHER_2'];
const sender = ['--private-key-env', 'SENDER'];

const hazardOf = async (name: string, ...more: string[]) =>
  JSON.parse((await risk('explain', name, '--scores', 'scores.json', ...more)).stdout);

const cardOf = async (name: string) =>
  (await getRiskInputs(client, { deployment, market: marketNamed(name).id })).card;

describe('breakwater risk', () => {
  it("reads what the chain says of a market's code, for the markets file", async () => {
    const call = ['risk', 'code', 'Vault 1', '--rpc', rpc, '--deployment', 'manifest.json'];
    const read = await breakwater([...call, '--json'], { cwd: folder });
    const { code } = JSON.parse(read.stdout) as { code: Record<string, unknown> };
    expect(code).toEqual({ isUpgradeable: false });
    const json = { markets: [{ market: 'Vault 1', slug: 'vault', groups: [], code }] };
    expect(readMarkets(json).markets[0]?.code).toEqual(code);

    writeFileSync(join(folder, 'audits.json'), JSON.stringify([null]));
    const refused = await breakwater([...call, '--audits', 'audits.json'], { cwd: folder });
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('needs contract') });
    const lost = await breakwater([...call.slice(0, 4), 'http://127.0.0.1:1', ...call.slice(5)], {
      cwd: folder,
    });
    expect(lost).toMatchObject({ code: 1, stderr: expect.stringContaining('cannot be reached') });
  });

  it('publishes what it explains, and nothing a second time', async () => {
    const explained = JSON.parse((await risk('explain', 'Vault 2', '--scores', 'scores.json')).stdout);
    const sum = explained.factors.reduce(
      (total: number, each: { basisPoints: number }) => total + each.basisPoints,
      0,
    );
    expect(sum).toBeCloseTo(explained.elBasisPoints, 9);
    expect(explained.insured).toMatchObject({ positions: 100_000, balances: 100_000 });

    const first = await risk('publish', ...publishArgs, ...sender);
    expect(first).toMatchObject({ code: 0 });
    expect(JSON.parse(first.stdout).published).toEqual([
      'group 3',
      'group 32773',
      'market Vault 1',
      'market Vault 2',
      'pool Core',
    ]);
    const card = await cardOf('Vault 2');
    if (!card) throw new Error('no card');
    const { validUntil, nonce, ...values } = card;
    expect({ ...values, maxCover: Number(values.maxCover) }).toEqual(explained.card);
    expect(nonce).toBe(1);
    expect(validUntil).toBeGreaterThan((await getBlock(client)).timestamp + 6n * 86_400n);

    const second = await risk('publish', ...publishArgs, ...sender);
    expect(JSON.parse(second.stdout).published).toEqual([]);
  });

  it('names keys that are short of a quorum, and scores that do not fit', async () => {
    const short = await risk(
      'publish',
      '--scores',
      'scores.json',
      '--publisher-key-env',
      'PUBLISHER_1',
      ...sender,
    );
    expect(short).toMatchObject({ code: 1, stdout: expect.stringContaining('wants 2 publishers') });
    const wrong = { ...scoreJson, markets: { 'Vault 1': { ...scoreJson.markets['Vault 2'] } } };
    writeFileSync(join(folder, 'scores.json'), JSON.stringify(wrong));
    expect((await risk('explain', 'Vault 1', '--scores', 'scores.json')).stdout).toContain('GroupsDiffer');
    writeFileSync(join(folder, 'scores.json'), '{}');
    expect((await risk('explain', 'Vault 1', '--scores', 'scores.json')).stdout).toContain('ScoresInvalid');
  });

  it('drafts cards for others to sign, who refuse what differs from their own finding', async () => {
    const drafted = await risk(
      'publish',
      '--scores',
      'scores.json',
      '--publisher-key-env',
      'PUBLISHER_1',
      '--drafts',
      'd',
    );
    expect(drafted).toMatchObject({ code: 0 });
    const sign = (name: string, key: string) =>
      risk('sign', '--file', `d/${name}`, '--scores', 'scores.json', '--publisher-key-env', key);
    const path = join(folder, 'd/market-vault-1-1.json');
    const original = readFileSync(path, 'utf8');
    const json = JSON.parse(original);
    for (const change of [{ el: json.card.el * 2 }, { w: [9_999, 0, 0, 0] }]) {
      writeFileSync(path, JSON.stringify({ ...json, card: { ...json.card, ...change } }));
      expect((await sign('market-vault-1-1.json', 'PUBLISHER_2')).stdout).toContain('CardDiffers');
    }
    for (const change of [{ nonce: 2 }, { validUntil: Number(json.card.validUntil) + 30 * 86_400 }]) {
      writeFileSync(path, JSON.stringify({ ...json, card: { ...json.card, ...change } }));
      expect((await sign('market-vault-1-1.json', 'PUBLISHER_2')).stdout).toContain('it is not card 1');
    }
    writeFileSync(path, original);
    for (const [kind, name] of [
      ['group', 'group-3-1.json'],
      ['market', 'market-vault-1-1.json'],
      ['pool', 'pool-core-1.json'],
    ]) {
      const signed = await sign(name ?? '', 'PUBLISHER_3');
      expect(JSON.parse(signed.stdout)).toMatchObject({ signatures: 2 });
      const sent = await breakwater(
        [
          `publish-${kind}-card`,
          '--file',
          `d/${name}`,
          '--rpc',
          rpc,
          '--deployment',
          'manifest.json',
          ...sender,
        ],
        { cwd: folder, env: { SENDER: keyEnv.PUBLISHER_3 ?? '' } },
      );
      expect(sent).toMatchObject({ code: 0 });
    }
    expect((await cardOf('Vault 1'))?.nonce).toBe(1);
  });
});

describe('a publisher', () => {
  it('moves the card within blocks of a shift of the insured value', async () => {
    const market = marketNamed('Vault 1');
    const stop = new AbortController();
    const passes = passCounter();
    const watching = watch(publisherOf(), { interval: 50, signal: stop.signal, onPass: passes.add });
    await passes.until((pass) => pass.published.length === 0);
    const before = await cardOf('Vault 1');

    const shifted = await transfer(asset, vault, 90_000);
    await passes.until((pass) => pass.published.includes('market Vault 1'));
    const after = await cardOf('Vault 1');
    expect(after?.maxCover).toBe((190_000n * 25n) / 100n);
    expect(after?.el).not.toBe(before?.el);
    const events = await getContractEvents(client, {
      address: deployment.addresses.oracle,
      abi: riskOracleAbi,
      eventName: 'MarketCardPublished',
      args: { market: market.id },
      fromBlock: shifted,
    });
    expect(Number((events[0]?.blockNumber ?? 0n) - shifted)).toBeLessThanOrEqual(2);
    stop.abort();
    await watching;
  });

  it('goes as far as the limits allow, and on as time passes', async () => {
    const publisher = publisherOf();
    await publishOnce(publisher);
    await transfer(asset, vault, 600_000);
    await publishOnce(publisher);
    // Seven times as much is insured, a cap may double.
    expect((await cardOf('Vault 1'))?.maxCover).toBe(50_000n);
    expect(logged.at(-1)).toContain('as far as the limits allow now');
    for (let day = 0; day < 4; day++) {
      await anvil.increaseTime({ seconds: 2 * 86_400 });
      await anvil.mine({ blocks: 1 });
      const { failed } = await publishOnce(publisher);
      expect(failed).toEqual([]);
    }
    expect((await cardOf('Vault 1'))?.maxCover).toBe(175_000n);
    // Towards caution a cap may fall to a quarter at once.
    await drain(asset, vault, 690_000);
    await publishOnce(publisher);
    expect((await cardOf('Vault 1'))?.maxCover).toBe(43_750n);
  });

  it('raises el at once on a threat signal, and lowers it slowly', async () => {
    const publisher = publisherOf({ signals: 'signals.json' });
    const seenAt = Number((await getBlock(client)).timestamp);
    const write = (signals: object[]) => writeFileSync(join(folder, 'signals.json'), JSON.stringify(signals));
    write([]);
    await publishOnce(publisher);
    const calm = (await cardOf('Vault 1'))?.el ?? 0;
    const calmHazard = (await hazardOf('Vault 1')).hazard;
    write([
      { market: 'Vault 1', reason: 'attack contract deployed', multiplier: 3, seenAt, halfLifeDays: 10 },
    ]);
    const signalled = await hazardOf('Vault 1', '--signals', 'signals.json');
    expect(signalled.hazard / calmHazard).toBeCloseTo(3, 4);
    expect((await publishOnce(publisher)).published).toEqual(['market Vault 1']);
    const alarmed = (await cardOf('Vault 1'))?.el ?? 0;
    expect(alarmed / signalled.card.el).toBeCloseTo(1, 4);
    await anvil.increaseTime({ seconds: 10 * 86_400 });
    await anvil.mine({ blocks: 1 });
    await publishOnce(publisher);
    expect((((await cardOf('Vault 1'))?.el ?? 0) - calm) / (alarmed - calm)).toBeCloseTo(0.5, 3);
  });

  it('renews a card that ends soon', async () => {
    const publisher = publisherOf();
    await publishOnce(publisher);
    await anvil.increaseTime({ seconds: 3 * 86_400 });
    await anvil.mine({ blocks: 1 });
    expect((await publishOnce(publisher)).published).toEqual([]);
    await anvil.increaseTime({ seconds: 86_400 });
    await anvil.mine({ blocks: 1 });
    expect((await publishOnce(publisher)).published).toHaveLength(4);
    expect(logged.at(-1)).toContain('ends soon');
  });

  it('publishes again what a replaced block took away', async () => {
    const stop = new AbortController();
    const passes = passCounter();
    const before = await anvil.snapshot();
    const watching = watch(publisherOf(), { interval: 50, signal: stop.signal, onPass: passes.add });
    await passes.until((pass) => pass.published.length === 0);
    await anvil.revert({ id: before });
    await passes.until((pass) => pass.published.length === 4);
    expect(logged.some((line) => line.includes('was replaced'))).toBe(true);
    expect((await cardOf('Vault 1'))?.nonce).toBe(1);
    stop.abort();
    await watching;
  });

  it('can be killed and started again', async () => {
    const args = ['risk', 'publish', '--watch', '--interval', '1', '--skip-pools', '--rpc', rpc, '--json'];
    const start = () =>
      spawn(
        process.execPath,
        [
          join(import.meta.dirname, '../bin/breakwater.mjs'),
          ...args,
          '--deployment',
          'manifest.json',
          ...publishArgs,
          ...sender,
        ],
        {
          cwd: folder,
          env: { ...process.env, ...keyEnv, SENDER: keyEnv.PUBLISHER_3 },
          stdio: ['ignore', 'pipe', 'ignore'],
        },
      );
    const first = start();
    await lineFrom(first);
    first.kill('SIGKILL');
    await transfer(asset, vault, 50_000);
    const second = start();
    expect(JSON.parse(await lineFrom(second))).toMatchObject({ published: ['market Vault 1'], failed: [] });
    second.kill('SIGTERM');
    expect(await new Promise((resolve) => second.once('exit', resolve))).toBe(0);
    expect((await cardOf('Vault 1'))?.nonce).toBe(2);
    expect((await cardOf('Vault 2'))?.nonce).toBe(1);
  });

  it('lets another publish first, and looks again', async () => {
    const others = publisherOf({ keys: publisherAccounts.slice(1) });
    let raced = false;
    // Just before this publisher's first card is sent, another publishes the same.
    const racing = publisherOf({
      client: createClient({
        chain,
        pollingInterval: 10,
        transport: custom(
          {
            request: async ({ method, params }) => {
              if (/estimateGas|fillTransaction/.test(method) && !raced) {
                raced = true;
                await publishOnce(others);
              }
              return client.request({ method, params } as Parameters<typeof client.request>[0]);
            },
          },
          { retryCount: 0 },
        ),
      }),
    });
    const { failed } = await publishOnce(racing);
    expect(failed).toContain('group 3: NonceNotNext');
    expect(logged.some((line) => line.includes('somebody else published'))).toBe(true);
    expect(await publishOnce(racing)).toMatchObject({ published: [], failed: [] });
  });

  it('outlasts a node that does not answer', async () => {
    let isDown = true;
    const flaky = createClient({
      chain,
      pollingInterval: 10,
      transport: custom(
        {
          request: async (call) => {
            if (isDown) throw new Error('connection refused');
            return client.request(call as Parameters<typeof client.request>[0]);
          },
        },
        { retryCount: 0 },
      ),
    });
    const stop = new AbortController();
    const passes = passCounter();
    const log = (line: string) => {
      logged.push(line);
      isDown = false;
    };
    const watching = watch(publisherOf({ client: flaky, log }), {
      interval: 20,
      signal: stop.signal,
      onPass: passes.add,
    });
    await passes.until((pass) => pass.published.length === 4);
    expect(logged[0]).toMatch(/Nothing could be read: .* Trying again/s);
    stop.abort();
    await watching;
  });
});

describe('the limits', () => {
  it('RISK-3: are those of the oracle, after publications at any times', async () => {
    // Steps of half-days, and where within the range the next card goes.
    const steps: [number, number][] = [
      [0.3, 1],
      [0.1, 1],
      [1.4, 0],
      [0.9, 0.5],
      [0.2, 0],
      [3.1, 1],
      [1, 0],
      [0.5, 0.2],
      [2.2, 0.7],
    ];
    let card = { group: 3, s: 2_000_000, cap: 8_000, nonce: 0 };
    const send = async (changes: Partial<typeof card>) => {
      const { timestamp } = await getBlock(client);
      const next = { ...card, ...changes, nonce: card.nonce + 1, validUntil: timestamp + 86_400n };
      const hash = hashTypedData(groupCardTypedData(deployment, next));
      const signatures = await Promise.all(
        publisherAccounts
          .slice(0, 2)
          .map(async (key) => ({ signer: key.address, signature: await key.sign({ hash }) })),
      );
      return { next, action: publishGroupCard({ deployment, card: next, signatures }) };
    };
    const accepts = async (changes: Partial<typeof card>) => {
      const { action } = await send(changes);
      return sendProbe(action.transaction);
    };
    const publish = async (changes: Partial<typeof card>) => {
      const { next, action } = await send(changes);
      await sendAction(wallet, client, action);
      card = { group: next.group, s: next.s, cap: next.cap, nonce: next.nonce };
    };
    const cache = new Map();
    await publish({});
    for (const [halfDays, share] of steps) {
      await anvil.increaseTime({ seconds: Math.round(halfDays * 43_200) });
      await anvil.mine({ blocks: 1 });
      const block = await getBlock(client);
      const at = { client, deployment, blockNumber: block.number };
      const { publications } = await groupHistory({ ...at, cache }, 3);
      const time = Number(block.timestamp);
      const afresh = (await groupHistory(at, 3)).publications;
      // What is kept says the same as everything.
      expect(moveRange(series(publications, 's'), 'rate', time)).toEqual(
        moveRange(series(afresh, 's'), 'rate', time),
      );
      const s = moveRange(series(publications, 's'), 'rate', time);
      const cap = moveRange(series(publications, 'cap'), 'cap', time);
      const within = ({ least, most }: typeof cap, low: number, high: number) => [
        Math.max(least, low),
        Math.min(most, high),
      ];
      const [leastS, mostS] = within(s, 10_000, 100_000_000) as [number, number];
      const [leastCap, mostCap] = within(cap, 1, 200_000) as [number, number];
      expect([await accepts({ s: leastS }), await accepts({ s: mostS })]).toEqual([true, true]);
      expect([await accepts({ cap: leastCap }), await accepts({ cap: mostCap })]).toEqual([true, true]);
      expect([await accepts({ s: leastS - 1 }), await accepts({ s: mostS + 1 })]).toEqual([false, false]);
      expect([await accepts({ cap: leastCap - 1 }), await accepts({ cap: mostCap + 1 })]).toEqual([
        false,
        false,
      ]);
      await publish({
        s: Math.round(leastS + share * (mostS - leastS)),
        cap: Math.round(mostCap - share * (mostCap - leastCap)),
      });
    }
  });
});

describe('the capital of markets', () => {
  it('RISK-6: is that of the pool, to the unit', async () => {
    await publishOnce(publisherOf({ pools: deployment.pools }));
    const [pool] = deployment.pools;
    if (!pool) throw new Error('no pool');
    const receiver = underwriterAccount.address;
    await sendAction(
      wallet,
      client,
      deposit({ deployment, pool, tranche: 'junior', assets: 300_000_000_000n, receiver }),
    );
    for (const [name, amount] of [
      ['Vault 1', 9_876_543_211n],
      ['Vault 2', 7_000_000_001n],
      ['Vault 1', 1_234_567n],
    ] as const) {
      await expectMirroredQuote(pool, marketNamed(name), amount);
      await sendAction(
        wallet,
        client,
        buy({
          deployment,
          pool,
          market: marketNamed(name).id,
          recipient: receiver,
          cover: amount,
          coverDays: 30,
          maxPremium: 10_000_000_000n,
        }),
      );
    }
    const positions = await Promise.all(
      deployment.markets.map(async ({ id, terms: { groups } }) => {
        const [{ committed, capital }, { card }] = await Promise.all([
          getPoolMarket(client, { deployment, pool, market: id }),
          getRiskInputs(client, { deployment, market: id }),
        ]);
        if (!card) throw new Error('no card');
        return { groups, committed, card, capital };
      }),
    );
    const coefficients = new Map<number, number>();
    for (const group of [3, 0x8005]) {
      const { publications } = await groupHistory(
        { client, deployment, blockNumber: (await getBlock(client)).number },
        group,
      );
      coefficients.set(group, publications.at(-1)?.values.s ?? 0);
    }
    const exposure = exposureOf(positions, coefficients);
    const state = await getPool(client, { deployment, pool });
    expect(exposure.variance).toBe(state.variance);
    const [z] = await readContract(client, {
      address: deployment.addresses.oracle,
      abi: riskOracleAbi,
      functionName: 'poolCard',
      args: [pool.address],
    });
    for (const position of positions) {
      expect(position.capital).toBeGreaterThan(0n);
      expect(eulerCapital(exposure, position, BigInt(z))).toBe(position.capital);
    }
    const sum = positions.reduce((total, { capital }) => total + capital, 0n);
    expect(state.requiredCapital - sum).toBeLessThanOrEqual(2n);
    expect(state.requiredCapital - sum).toBeGreaterThanOrEqual(0n);

    const simulated = JSON.parse(
      (await risk('simulate', '--scores', 'scores.json', '--paths', '100000', '--threads', '2')).stdout,
    );
    const single = JSON.parse(
      (await risk('simulate', '--scores', 'scores.json', '--paths', '100000', '--threads', '1')).stdout,
    );
    expect({ ...simulated, seconds: 0 }).toEqual({ ...single, seconds: 0 });
    expect(simulated.measures.mean).toBeGreaterThan(0);
    const shares = simulated.allocation.reduce(
      (total: number, each: { share: number }) => total + each.share,
      0,
    );
    expect(shares).toBeCloseTo(1, 12);
    expect(simulated.stress.map(({ scenario }: { scenario: string }) => scenario)).toContain(
      'largest group lost: group 3',
    );
  });
});

/** The pool's live markets as the model sees them. */
async function readPositions(pool: PoolEntry, blockNumber: bigint) {
  const coefficients = new Map<number, number>();
  const positions = await Promise.all(
    deployment.markets.map(async ({ id, terms: { groups } }) => {
      const at = { deployment, market: id, blockNumber };
      const [{ committed }, inputs] = await Promise.all([
        getPoolMarket(client, { ...at, pool }),
        getRiskInputs(client, { ...at, groups }),
      ]);
      for (const { group, card } of inputs.groups) coefficients.set(group, card?.s ?? 0);
      if (!inputs.card) throw new Error('no card');
      return { id, groups, committed, card: inputs.card };
    }),
  );
  return { positions, coefficients };
}

/** The premium that the model finds from a live pool's state is the pool's own quote, to the unit. */
async function expectMirroredQuote(pool: PoolEntry, { id: market }: MarketEntry, cover: bigint) {
  const { number: blockNumber, timestamp } = await getBlock(client);
  const at = { deployment, pool, blockNumber };
  const [state, quote, { z }, { positions, coefficients }] = await Promise.all([
    getPool(client, at),
    getQuote(client, { ...at, market, cover, coverDays: 30 }),
    getPoolCard(client, at),
    readPositions(pool, blockNumber),
  ]);
  const bought = positions.map((each) =>
    each.id === market ? { ...each, committed: each.committed + cover } : each,
  );
  const net = premium({
    cover,
    term: quote.end - timestamp,
    el: BigInt(positions.find(({ id }) => id === market)?.card.el ?? 0),
    requiredBefore: requiredCapitalDown(exposureOf(positions, coefficients).variance, BigInt(z)),
    requiredAfter: requiredCapitalUp(exposureOf(bought, coefficients).variance, BigInt(z)),
    pricingCapital: state.pricingCapital,
    costOfCapitalBps: 1_500n,
  });
  expect(net + feeOn(net, 1_000n)).toBe(quote.premium);
}

/** One field of a history. */
function series<K extends string>(
  publications: readonly Publication<Readonly<Record<K, number>>>[],
  field: K,
): Publication<number>[] {
  return publications.map(({ time, values }) => ({ time, values: values[field] }));
}

/** First line that a process writes. */
function lineFrom(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let seen = '';
    child.once('error', reject);
    child.stdout?.on('data', (data: Buffer) => {
      seen += data.toString();
      if (seen.includes('\n')) resolve(seen.split('\n')[0] ?? '');
    });
  });
}

/** Collects passes, and waits for one. */
function passCounter() {
  let passes: PassResult[] = [];
  let wake = () => {};
  return {
    add: (pass: PassResult) => {
      passes.push(pass);
      wake();
    },
    until: async (isThis: (pass: PassResult) => boolean) => {
      for (;;) {
        const found = passes.some(isThis);
        passes = [];
        if (found) return;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}

async function sendProbe(transaction: { to: Address; data: Hex }): Promise<boolean> {
  return call(client, { account: underwriterAccount.address, ...transaction }).then(
    () => true,
    () => false,
  );
}
