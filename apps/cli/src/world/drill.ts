import { resolve } from 'node:path';
import type { Outcome, World } from '@breakwater/testing/world';
import { readArtifacts } from '../artifacts.ts';
import type { Given } from '../command.ts';
import type { Options } from '../options.ts';
import type { Result } from '../output.ts';
import { withNode } from './node.ts';
import { play, requireSuccess, settingsOf, type WorldValues } from './play.ts';
import { booksTable, outcomeFields, timelineTable } from './render.ts';

/** The drill is the same every time: a morning in January 2026. */
const genesis = 1_767_592_800n;

const WAD = 10n ** 18n;

/** Runs `breakwater drill`: a world of its own, robbed, recognised and paid once. */
export async function drill(
  given: Omit<Given<Options>, 'values'> & { values: WorldValues },
): Promise<Result> {
  const { io, values } = given;
  const say = (line: string) => io.stderr(`${line}\n`);
  const folder = values.artifacts === undefined ? undefined : resolve(io.cwd, values.artifacts);
  const artifacts = await readArtifacts(folder, say);
  const { holders, robbed } = settingsOf(values);
  const started = performance.now();
  return withNode({ genesis }, async (node) => {
    const { world, outcome } = await play(node, { artifacts, genesis, started, holders, robbed }, io);
    const data = reportOf(outcome, (performance.now() - started) / 1000);
    requireSuccess(outcome, holders, data);
    return { data, text: textOf(world, outcome, holders) };
  });
}

function reportOf(outcome: Outcome, wallSeconds: number) {
  return {
    blocksToDeclaration: plain(outcome.blocksToDeclaration),
    blocksToLastPayout: plain(outcome.blocksToLastPayout),
    persistenceBlocks: plain(outcome.persistenceBlocks),
    wallSeconds: Math.round(wallSeconds * 10) / 10,
    holders: outcome.holdersPaid,
    paid: plain(outcome.paid),
    ratioMin: ratio(outcome.ratioMin),
    ratioMax: ratio(outcome.ratioMax),
    difference: plain(outcome.books.difference),
  };
}

function textOf({ timeline }: World, outcome: Outcome, holders: number): string {
  return [timelineTable(timeline.entries), booksTable(outcome.books), outcomeFields(outcome, holders)].join(
    '\n',
  );
}

/** A number where it is exact. */
function plain(value: bigint): number | bigint {
  return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
}

function ratio(wad: bigint): number {
  return Number(wad) / Number(WAD);
}
