import { type Deployment, type Incident, liveTriggerAbi } from '@breakwater/sdk';
import type { Artifacts } from '@breakwater/sdk/deploy';
import { readContract, setNextBlockTimestamp } from 'viem/actions';
import { type ExploitableKind, type ExploitResult, exploit, type InsuredWorld } from '../insured/index.ts';
import { people } from './accounts.ts';
import type { LocalNode } from './anvil.ts';
import { sum } from './books.ts';
import { depositCapital } from './capital.ts';
import { insuredMarkets, type LockedValues, publishCards } from './cards.ts';
import { DAY, HOUR, now } from './clock.ts';
import { deployBreakwater, deployProtocols } from './deploy.ts';
import { type Holder, planHolders, plannedCover, positionsOf } from './holders.ts';
import { type Keeper, observeAll, recognise, settleAndPay, unwindStreams } from './keeper.ts';
import { comparePayouts, type Payout, readMoments, readUnits } from './payouts.ts';
import { capitalOf, poolNames } from './pools.ts';
import { buyCovers, fundHolders, readBalances, type SoldCover } from './purchases.ts';
import { type Reconciliation, reconcile } from './reconcile.ts';
import { startTimeline, type Timeline, type TimelineEntry } from './timeline.ts';
import { withManualMining } from './transactions.ts';

/** What a world is made of. */
export type WorldOptions = {
  readonly node: LocalNode;
  readonly artifacts: Artifacts;
  /** Time of the first block, seconds. */
  readonly genesis: bigint;
  /** When everything began, as `performance.now()` gives it. */
  readonly started: number;
  readonly holders: number;
  /** The protocol that is robbed. */
  readonly robbed: ExploitableKind;
  /** Keeps the manifest of the deployment. */
  readonly save?: (manifest: string) => void | Promise<void>;
  /** Told of each step when it is done. */
  readonly onEntry?: (entry: TimelineEntry) => void;
};

/** A world before the exploit: everything stands, cover has started. */
export type World = {
  readonly node: LocalNode;
  readonly insured: InsuredWorld;
  readonly deployment: Deployment;
  readonly keeper: Keeper;
  readonly robbed: ExploitableKind;
  readonly holders: readonly Holder[];
  readonly sold: readonly SoldCover[];
  readonly locked: LockedValues;
  readonly timeline: Timeline;
};

/** What the drill has shown, all read from the chain. */
export type Outcome = {
  readonly exploit: ExploitResult;
  readonly incident: Incident;
  /** From the exploit's block. */
  readonly blocksToDeclaration: bigint;
  readonly blocksToLastPayout: bigint;
  /** Blocks over which the trigger wants the breach to persist. */
  readonly persistenceBlocks: bigint;
  readonly payouts: readonly Payout[];
  /** Different accounts that were paid. */
  readonly holdersPaid: number;
  readonly claimsSkipped: number;
  /** Asset units. */
  readonly paid: bigint;
  /** 1e18 = 1. */
  readonly ratioMin: bigint;
  readonly ratioMax: bigint;
  readonly books: Reconciliation;
};

/** Hours between two observations of a market's health. */
const observationHours = 12n;

/** Deploys everything, sells cover to all holders and lets it start, the keeper observing all the while. */
export async function prepareWorld(options: WorldOptions): Promise<World> {
  const { node, robbed, genesis, started } = options;
  const { client } = node;
  const timeline = startTimeline(client, { genesis, started, onEntry: options.onEntry ?? (() => {}) });
  const holders = planHolders(options.holders, robbed);
  const liquidity = 4n * plannedCover(holders, robbed);

  const insured = await deployProtocols(client, liquidity);
  const kinds = Object.values(insured.protocols);
  await timeline.mark(
    `${kinds.length} third-party protocols deployed: ${kinds.map(({ name }) => name).join(', ')}`,
  );

  const save = options.save ?? (() => {});
  const deployment = await deployBreakwater(node, { insured, artifacts: options.artifacts, save });
  const { pools, markets } = deployment;
  await timeline.mark(
    `Breakwater deployed: ${pools.length} pools of two tranches, ${markets.length} markets`,
  );

  await depositCapital(
    client,
    deployment,
    poolNames.map((name, i) => capitalOf(name, plannedCover(holders, robbed, i))),
  );
  await timeline.mark('Capital deposited into both tranches of both pools');

  const locked = lockedValues(insured, holders, liquidity);
  const cards = await publishCards(client, deployment, locked);
  await timeline.mark(`${cards} risk cards published, each signed by a quorum`);

  await fundHolders(client, insured, holders);
  await timeline.mark(`${holders.length} holders have real positions`);

  const sold = await buyCovers(client, { deployment, insured }, holders);
  await timeline.mark(`${sold.length} covers sold to ${holders.length} holders`);

  const keeper = { client, deployment, account: people.keeper };
  const world = { node, insured, deployment, keeper, robbed, holders, sold, locked, timeline };
  const times = await observeUntilStart(world);
  await timeline.mark(`Cover has started; ${markets.length} markets observed healthy ${times} times`);
  return world;
}

/** Runs the exploit, has it recognised and everyone paid, and compares the books. */
export async function runIncident(world: World): Promise<Outcome> {
  const { node, insured, deployment, keeper, robbed, holders, sold, timeline } = world;
  const { client } = node;
  const market = marketOf(deployment, robbed);

  const robbery = await exploit(insured, { kind: robbed, attacker: people.attacker });
  await timeline.mark(`Exploit: ${insured.protocols[robbed].name} robbed`);
  const units = await readUnits(client, insured, robbed, holders, robbery.block - 1n);
  const accounts = holders.map(({ account }) => account.address);
  const before = await readBalances(client, insured.asset, accounts);

  const incident = await withManualMining(client, async () => {
    const found = await recognise(keeper, market, async (samples) => {
      await timeline.mark(`Sample ${samples} by the live trigger: broken`);
    });
    const receipts = await settleAndPay(keeper, found);
    const declared = receipts.slice(0, deployment.pools.length);
    await timeline.add(`Incident ${found.number} declared in ${declared.length} pools`, declared);
    await timeline.add('Every holder paid', receipts.slice(declared.length));
    await unwindStreams(keeper, found);
    await timeline.mark('Premium of the ended market taken out of the streams');
    return found;
  });

  const after = await readBalances(client, insured.asset, accounts);
  const payouts = comparePayouts({
    sold,
    holders,
    kind: robbed,
    incident,
    deductibleBps: BigInt(market.terms.deductibleBps),
    units,
    received: after.map((balance, i) => balance - (before[i] ?? 0n)),
  });
  const positionToken = insured.protocols[robbed].position.token;
  const books = await reconcile(client, { deployment, incident, payouts, positionToken });
  const { declared, lastPaid, paidTo, skipped } = await readMoments(client, deployment, incident);
  const spread = await readContract(client, {
    address: deployment.addresses.liveTrigger,
    abi: liveTriggerAbi,
    functionName: 'spread',
  });
  const ratios = payouts.map(({ ratio }) => ratio);
  return {
    exploit: robbery,
    incident,
    blocksToDeclaration: declared - robbery.block,
    blocksToLastPayout: lastPaid - robbery.block,
    persistenceBlocks: spread,
    payouts,
    holdersPaid: paidTo.size,
    claimsSkipped: skipped,
    paid: sum(payouts.map(({ received }) => received)),
    ratioMin: ratios.reduce((least, ratio) => (ratio < least ? ratio : least)),
    ratioMax: ratios.reduce((most, ratio) => (ratio > most ? ratio : most)),
    books,
  };
}

/** Lets time pass until all cover has started, and some hours more. */
async function observeUntilStart({
  keeper,
  sold,
  node,
  deployment,
}: Omit<World, 'timeline'>): Promise<number> {
  const { client } = node;
  if (sold.length === 0) throw new Error('nobody has bought');
  const bought = await now(client);
  const { waitingPeriod } = deployment.markets[0]?.terms ?? { waitingPeriod: 0 };
  const start = ((bought + BigInt(waitingPeriod)) / DAY + 1n) * DAY;
  let times = 0;
  await withManualMining(client, async () => {
    for (let time = bought + HOUR; time < start + DAY / 2n; time += observationHours * HOUR) {
      await setNextBlockTimestamp(client, { timestamp: time });
      await observeAll(keeper, deployment.markets);
      times++;
    }
  });
  return times;
}

function lockedValues(insured: InsuredWorld, holders: readonly Holder[], liquidity: bigint): LockedValues {
  const values = Object.values(insured.protocols).map(({ kind }) => {
    const locked = liquidity + sum(positionsOf(holders, kind).map(({ amount }) => amount));
    return [kind, Number(locked / 10n ** 6n)];
  });
  return Object.fromEntries(values) as LockedValues;
}

function marketOf(deployment: Deployment, kind: ExploitableKind) {
  const found = insuredMarkets(deployment).find((candidate) => candidate.kind === kind);
  if (!found) throw new Error(`the deployment has no market on ${kind}`);
  return found.market;
}
