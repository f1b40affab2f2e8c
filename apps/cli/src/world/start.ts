import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import {
  findPort,
  genesisBefore,
  keepUp,
  listAccounts,
  localChainId,
  type World,
} from '@breakwater/testing/world';
import { readArtifacts } from '../artifacts.ts';
import type { Given } from '../command.ts';
import { root } from '../files.ts';
import type { Options } from '../options.ts';
import { fields, table } from '../output.ts';
import { withNode } from './node.ts';
import { play, requireSuccess, settingsOf, type WorldValues } from './play.ts';
import { booksTable, outcomeFields, timelineTable } from './render.ts';

const manifestPath = join(root, 'deployments', 'local.json');
const usualPort = 8_545n;

export type StartValues = WorldValues & { readonly port: bigint | undefined };

/** Runs `breakwater start`: the drill in a world that then stays up, at the present, for wallets and the app. */
export async function start(
  given: Omit<Given<Options>, 'values'> & { values: StartValues },
): Promise<undefined> {
  const { io, values } = given;
  const say = (line: string) => io.stderr(`${line}\n`);
  const folder = values.artifacts === undefined ? undefined : resolve(io.cwd, values.artifacts);
  const port = Number(values.port ?? usualPort);
  // Before the contracts are built, which may take minutes.
  await findPort(port);
  const artifacts = await readArtifacts(folder, say);
  const { holders, robbed } = settingsOf(values);
  const genesis = genesisBefore(BigInt(Math.floor(Date.now() / 1000)));
  const started = performance.now();
  await withNode({ port, genesis }, async (node, interrupted) => {
    const save = (manifest: string) => writeManifest(manifest);
    const { world, outcome } = await play(node, { artifacts, genesis, started, holders, robbed, save }, io);
    io.stdout(`\n${timelineTable(world.timeline.entries)}\n${booksTable(outcome.books)}\n`);
    io.stdout(`${outcomeFields(outcome, holders)}\n`);
    requireSuccess(outcome, holders, {});
    const end = await keepUp(world, (error) => say(`Upkeep failed: ${String(error)}`));
    io.stdout(`${accountsText(world)}\n`);
    await interrupted;
    end();
    say('Stopping.');
  });
  return undefined;
}

async function writeManifest(manifest: string): Promise<void> {
  await mkdir(dirname(manifestPath), { recursive: true });
  await writeFile(`${manifestPath}.new`, manifest);
  await rename(`${manifestPath}.new`, manifestPath);
}

function accountsText({ node, insured, deployment, holders, robbed }: World): string {
  const roles = listAccounts().map(({ name, address, privateKey }) => [spaced(name), address, privateKey]);
  const some = holders
    .slice(0, 3)
    .map(({ number, account, key }) => [`holder ${number}`, account.address, key]);
  return [
    fields([
      ['Chain', `${localChainId} at ${node.url}`],
      ['Manifest', manifestPath],
      ['Dollar', insured.asset],
      ...deployment.pools.map(({ name, address }) => [`Pool ${name}`, address] as const),
      ...deployment.markets.map(({ name, id }) => [`Market ${name}`, id] as const),
      ['Robbed', insured.protocols[robbed].name],
    ]),
    '\nAccounts with ether and dollars; their keys are public, use them nowhere else\n',
    table(['Role', 'Address', 'Private key'], [...roles, ...some]),
    `\nThe world is up, with ${holders.length} holders. Ctrl-C ends it.\n`,
  ].join('');
}

/** `firstWallet` -> `first wallet`. */
function spaced(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
