import { type GroupId, hardGroup } from '@breakwater/sdk';
import type { MarketConfig } from '@breakwater/sdk/deploy';
import {
  type Address,
  encodeAbiParameters,
  type Hex,
  keccak256,
  parseAbi,
  parseAbiParameters,
  stringToHex,
  zeroHash,
} from 'viem';
import { readContract } from 'viem/actions';
import { pairAbi } from '../insured/amm.ts';
import type {
  InsuredKind,
  InsuredProtocol,
  InsuredWorld,
  Metric,
  MetricPart,
  MetricTerm,
} from '../insured/index.ts';
import { insuredKinds, readMetric } from '../insured/index.ts';
import { localChainId } from './anvil.ts';
import { poolNames } from './pools.ts';

const WAD = 10n ** 18n;

/** Shock groups of the world: what several markets have in common. */
export const groups = {
  /** The one stable asset: soft, since its price may slip for everyone without anyone losing all. */
  stablecoin: 1,
  forwarderCode: hardGroup(1),
  timelockCode: hardGroup(2),
  lendingCode: hardGroup(3),
} as const satisfies Record<string, GroupId>;

type Wording = { name: string; groups: readonly GroupId[]; thresholdPercent: number; text: string };

const wordings: Readonly<Record<InsuredKind, Wording>> = {
  amm: {
    name: 'CHRN pair',
    groups: [groups.stablecoin, groups.forwarderCode],
    thresholdPercent: 10,
    text: 'Pays when the liquidity behind one LP token of the pair falls by 10 % or more and stays down.',
  },
  bridge: {
    name: 'Standard bridge',
    groups: [groups.stablecoin, groups.timelockCode],
    thresholdPercent: 5,
    text: 'Pays when the asset in custody behind one bridged token falls by 5 % or more and stays down.',
  },
  lending: {
    name: 'Lending market',
    groups: [groups.stablecoin, groups.lendingCode],
    thresholdPercent: 5,
    text: 'Pays when what lies and is lent behind one unit supplied falls by 5 % or more and stays down.',
  },
  vault: {
    name: 'Savings vault',
    groups: [groups.stablecoin, groups.lendingCode],
    thresholdPercent: 5,
    text: 'Pays when the assets behind one share of the vault fall by 5 % or more and stay down.',
  },
};

/** Name of the market that insures a protocol. */
export function marketName(kind: InsuredKind): string {
  return wordings[kind].name;
}

/** The four markets, each on one insured protocol, sold by every pool. */
export async function marketConfigs(world: InsuredWorld): Promise<MarketConfig[]> {
  const configs: MarketConfig[] = [];
  for (const kind of insuredKinds) {
    const protocol = world.protocols[kind];
    const { name, text, thresholdPercent, groups: inGroups } = wordings[kind];
    configs.push({
      name,
      pools: [...poolNames],
      terms: {
        scope: {
          level: 'contract',
          chainId: BigInt(localChainId),
          protocol: protocol.name,
          contracts: [protocol.insured],
          poolKey: zeroHash,
          selectors: [],
        },
        asset: world.asset,
        predicate: 'viewMetric',
        predicateConfig: await predicateConfig(world, protocol, thresholdPercent),
        exposure: 'surrenderExposure',
        exposureConfig: encodeAbiParameters(
          parseAbiParameters('address positionToken, uint128 rate, bool useUnitValue'),
          [protocol.position.token, WAD, true],
        ),
        routes: ['liveTrigger', 'operatorQuorum'],
        groups: [...inGroups],
        waitingPeriod: 72 * 3_600,
        raiseWindow: 7 * 86_400,
        claimWindow: 90 * 86_400,
        deductibleBps: 500,
        termsURI: `data:text/plain,${encodeURIComponent(text)}`,
        termsHash: keccak256(stringToHex(text)),
      },
    });
  }
  return configs;
}

type ViewTerm = { target: Address; callData: Hex; word: number; join: number; scale: bigint };

/** How a term joins those before it: numbers of the predicate of view calls. */
const joins = { plus: 0, times: 2 } as const;

const configParameters = parseAbiParameters([
  'Config config',
  'struct Term { address target; bytes callData; uint8 word; uint8 join; uint128 scale; }',
  'struct Config { Term[] numerator; Term[] denominator; uint8 root; uint32 threshold; uint128 unitScale; }',
]);

/** The insured protocol's metric in the form the predicate of view calls takes. */
async function predicateConfig(
  world: InsuredWorld,
  protocol: InsuredProtocol,
  thresholdPercent: number,
): Promise<Hex> {
  const { metric } = protocol;
  const isRoot = metric.numerator.combine === 'rootOfProduct';
  const numerator = viewTerms(metric.numerator);
  const denominator = metric.denominator.terms;
  return encodeAbiParameters(configParameters, [
    {
      numerator,
      // Both sides are rooted, so what is divided by is squared.
      denominator: isRoot ? joined([...denominator, ...denominator], 'times') : joined(denominator, 'plus'),
      root: isRoot ? 2 : 1,
      threshold: thresholdPercent * 1_000_000,
      unitScale: await unitScale(world, protocol, metric),
    },
  ]);
}

function viewTerms({ combine, terms }: MetricPart): ViewTerm[] {
  return joined(terms, combine === 'sum' ? 'plus' : 'times');
}

function joined(terms: readonly MetricTerm[], join: keyof typeof joins): ViewTerm[] {
  return terms.map(({ target, data, word }, i) => ({
    target,
    callData: data,
    word,
    join: i === 0 ? joins.plus : joins[join],
    scale: WAD,
  }));
}

/** Worth of a position unit in the asset while the metric is 1e18. */
async function unitScale(
  { client, asset }: InsuredWorld,
  { kind, insured }: InsuredProtocol,
  metric: Metric,
): Promise<bigint> {
  // One unit of the others is one unit of the asset times the metric.
  if (kind !== 'amm') return WAD;
  const pair = { address: insured, abi: pairAbi } as const;
  const [first, [reserve0, reserve1]] = await Promise.all([
    readContract(client, { ...pair, functionName: 'token0' }),
    readContract(client, { ...pair, functionName: 'getReserves' }),
  ]);
  const supply = await readContract(client, {
    address: insured,
    abi: parseAbi(['function totalSupply() view returns (uint256)']),
    functionName: 'totalSupply',
  });
  const reserve = first.toLowerCase() === asset.toLowerCase() ? reserve0 : reserve1;
  // The asset's side is half of what the pair is worth.
  return (2n * reserve * WAD * WAD) / (supply * (await readMetric(client, metric)));
}
