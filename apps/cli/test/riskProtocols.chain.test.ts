import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lossMeasures, parseScoreBook, simulatePortfolio } from '@breakwater/risk';
import { getPool, getRiskInputs, type MarketEntry } from '@breakwater/sdk';
import { type LocalNode, prepareWorld, startAnvil, type World } from '@breakwater/testing/world';
import { formatUnits } from 'viem';
import { getBlock } from 'viem/actions';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readArtifacts } from '../src/artifacts.ts';
import { root } from '../src/files.ts';
import { readLivePool } from '../src/risk/livePool.ts';
import { wantedMarketCard } from '../src/risk/wanted.ts';
import { artifactFolder } from './support/chain.ts';

const scores = parseScoreBook(
  JSON.parse(readFileSync(join(root, 'deployments/scores.example.json'), 'utf8')),
);

let node: LocalNode;
let world: World;
let blockNumber: bigint;

beforeAll(async () => {
  node = await startAnvil({ genesis: 1_767_592_800n });
  const artifacts = await readArtifacts(artifactFolder, () => {});
  const started = performance.now();
  world = await prepareWorld({
    node,
    artifacts,
    genesis: 1_767_592_800n,
    started,
    holders: 60,
    robbed: 'bridge',
  });
  blockNumber = (await getBlock(node.client)).number;
});
afterAll(() => node?.stop());

describe('a simulation of the local world', () => {
  it.each(['scores', 'cards'])('RISK-5: loses on average what el says, from %s', async (source) => {
    const { deployment } = world;
    for (const pool of deployment.pools) {
      const book = source === 'scores' ? scores : undefined;
      const given = { deployment, pool, blockNumber, correlation: 0, years: 1 };
      const { portfolio } = await readLivePool(node.client, { ...given, scores: book });
      const { mean } = lossMeasures(await simulatePortfolio(portfolio, { paths: 1_000_000, seed: 5n }));
      let expected = 0;
      for (const { id, cover, deductible } of portfolio.names) {
        const market = deployment.markets.find((each) => each.id === id) as MarketEntry;
        const el =
          (await getRiskInputs(node.client, { deployment, market: market.id, blockNumber })).card?.el ?? 0;
        const at = { deployment, market, scores, signals: [], blockNumber };
        const wanted = (await wantedMarketCard(node.client, at)).values.el;
        expected += cover * (1 - deductible) * ((book ? wanted : el) / 1e8);
        // The world's card was made before its last positions were opened.
        expect(wanted / el).toBeGreaterThan(0.9);
        expect(wanted / el).toBeLessThan(1.1);
      }
      // A market fails at most once in a year, and no two shocks add up: a little less than the sum.
      expect(mean / expected).toBeGreaterThan(0.97);
      expect(mean / expected).toBeLessThan(1.02);
    }
  });
});

describe('the insured value of third-party protocols', () => {
  it('is what their positions are worth, and at least what lies in them', async () => {
    const { deployment } = world;
    for (const market of deployment.markets) {
      const { insured, reading, values, effects } = await wantedMarketCard(node.client, {
        deployment,
        market,
        scores,
        signals: [],
        blockNumber,
      });
      const { positions = 0, balances, most, least } = insured;
      expect(most, market.name).toBe(Math.max(positions, balances));
      expect(positions, market.name).toBeGreaterThan(0.99 * balances);
      // Half of a pair is the other token; a lender has lent some.
      if (market.name === 'CHRN pair') expect(positions / balances).toBeCloseTo(2, 2);
      if (market.name === 'Standard bridge') expect(positions / balances).toBeCloseTo(1, 6);
      expect(reading.pools).toBe(2);
      expect(values.maxCover).toBe(Math.floor(least / 8));
      expect(effects.reduce((sum, { effect }) => sum + effect, 0)).toBe(values.el);
    }
  });

  it('makes a portfolio of everything that a pool has sold', async () => {
    const { deployment } = world;
    for (const pool of deployment.pools) {
      const given = { deployment, pool, blockNumber, correlation: 0.02, years: 1 };
      const state = await getPool(node.client, { deployment, pool, blockNumber });
      for (const book of [scores, undefined]) {
        const live = await readLivePool(node.client, { ...given, scores: book });
        const cover = live.portfolio.names.reduce((sum, name) => sum + name.cover, 0);
        expect(cover).toBeCloseTo(Number(formatUnits(state.totalCover, pool.asset.decimals)), 6);
        expect(live.z * Math.sqrt(live.variance)).toBeCloseTo(
          Number(formatUnits(state.requiredCapital, pool.asset.decimals)),
          4,
        );
      }
    }
  });
});
