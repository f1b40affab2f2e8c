import { BreakwaterError } from '@breakwater/sdk';
import type { Artifacts } from '@breakwater/sdk/deploy';
import {
  type LocalNode,
  type Outcome,
  prepareWorld,
  runIncident,
  type World,
} from '@breakwater/testing/world';
import type { Surroundings } from '../output.ts';
import { entryLine } from './render.ts';

/** Protocols of the world that can be robbed. */
export const robbable = ['bridge', 'amm'] as const;

/** What both commands of the local world take. */
export type WorldValues = {
  readonly artifacts: string | undefined;
  readonly fast: true | undefined;
  readonly exploit: (typeof robbable)[number] | undefined;
};

/** What a world shall be. */
export type Play = {
  readonly artifacts: Artifacts;
  readonly genesis: bigint;
  readonly started: number;
  readonly holders: number;
  readonly robbed: (typeof robbable)[number];
  readonly save?: (manifest: string) => Promise<void>;
};

/** Blocks that everything but waiting may take, from the exploit to the last payout. */
const allowedBlocks = 5n;

/** Ratios that differ by less are equal, 1e18 = 1: where severity is short of 100 %, what is proven rounds by position. */
const equalWithin = 10n ** 12n;

/** Number of holders, and what is robbed. */
export function settingsOf({ fast, exploit }: WorldValues): Pick<Play, 'holders' | 'robbed'> {
  return { holders: fast ? 60 : 1_000, robbed: exploit ?? 'bridge' };
}

/** Builds a world, robs it, has everyone paid; says on standard error what is going on. */
export async function play(
  node: LocalNode,
  options: Play,
  io: Surroundings,
): Promise<{ world: World; outcome: Outcome }> {
  const onEntry = (entry: Parameters<typeof entryLine>[0]) => io.stderr(entryLine(entry));
  const world = await prepareWorld({ node, ...options, onEntry });
  const outcome = await runIncident(world);
  return { world, outcome };
}

/**
 * Checks that the drill shows what it must.
 * @throws DrillFailed which names everything that does not hold
 */
export function requireSuccess(
  outcome: Outcome,
  holders: number,
  report: Readonly<Record<string, unknown>>,
): void {
  const { blocksToLastPayout, persistenceBlocks, holdersPaid, claimsSkipped, ratioMin, ratioMax } = outcome;
  const late = blocksToLastPayout - persistenceBlocks;
  const problems = [
    late > allowedBlocks && `the last payout came ${late} blocks after the persistence window`,
    holdersPaid !== holders && `${holdersPaid} of ${holders} holders were paid`,
    claimsSkipped > 0 && `${claimsSkipped} claims were skipped`,
    ratioMax - ratioMin > equalWithin && `holders got between ${ratioMin} and ${ratioMax} of 1e18`,
    outcome.books.difference !== 0n && `the books are off by ${outcome.books.difference}`,
  ].filter((problem) => problem !== false);
  if (problems.length === 0) return;
  throw new BreakwaterError('DrillFailed', {
    message: `The drill failed: ${problems.join('; ')}.`,
    instruction: 'Look at the timeline.',
    values: report,
  });
}
