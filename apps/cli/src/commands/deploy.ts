import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import { serializeDeployment } from '@breakwater/sdk';
import {
  checkDeployment,
  type DeploymentManifest,
  parseDeploymentConfig,
  parseManifest,
  runDeployment,
  type StepProgress,
} from '@breakwater/sdk/deploy';
import { type Address, formatEther, formatGwei } from 'viem';
import { getGasPrice } from 'viem/actions';
import { readAccount } from '../account/account.ts';
import { readArtifacts } from '../artifacts.ts';
import { type CommandGroup, defineCommand, type Given, type GlobalValues } from '../command.ts';
import { cliError, UsageError } from '../errors.ts';
import { readJson, readTextIfPresent } from '../files.ts';
import { flag, required, text } from '../options.ts';
import { fields, type Result, type Surroundings, table } from '../output.ts';
import { connect, defaultManifests, walletOf } from '../session.ts';

const options = {
  config: required(text('FILE', 'JSON with what the deployment shall be')),
  dryRun: flag('prints the plan with addresses and gas, and sends nothing'),
  artifacts: text('FOLDER', 'compiled contracts; out-optimized by default, built when it is not up to date'),
};

export const deploying: CommandGroup = {
  title: 'Deployment',
  commands: [
    defineCommand({
      name: 'deploy',
      summary: 'deploys, or goes on with a deployment that was stopped',
      details:
        'Every address follows from account, configuration and code, so the command can be stopped anywhere and run again: it asks the chain what is there and sends the rest. The manifest says where everything is.',
      options,
      run: deploy,
    }),
  ],
};

async function deploy(given: Given<typeof options>): Promise<Result> {
  const { values, globals, io, progress } = given;
  const config = parseDeploymentConfig(await readJson(io.cwd, values.config));
  const account = await readAccount(globals, io);
  if (!account) {
    throw new UsageError(
      'No account to deploy with is given: add --keystore FILE --password-file FILE, --private-key-env NAME, or --unlocked ADDRESS.',
      'deploy',
    );
  }
  const { client, chainId } = await connect(globals);
  if (chainId !== config.chainId) {
    throw cliError(
      'ChainDiffers',
      `The node at ${globals.rpc} is on chain ${chainId}, the configuration is for chain ${config.chainId}.`,
      'Give the right --rpc, or the configuration of this chain.',
    );
  }
  const folder = values.artifacts === undefined ? undefined : resolve(io.cwd, values.artifacts);
  const artifacts = await readArtifacts(folder, progress);
  const path = manifestPath(globals, io, chainId);
  const text = await readTextIfPresent(path);
  const manifest = text === undefined ? undefined : parseManifest(text);
  const common = { publicClient: client, config, artifacts, manifest };
  if (values.dryRun) {
    const plan = await checkDeployment({ ...common, deployer: account.address });
    return planResult(plan, account.address, await getGasPrice(client));
  }
  let sent = 0;
  const finished = await runDeployment({
    ...common,
    walletClient: walletOf(globals, account),
    save: (next) => saveManifest(path, next),
    onStep: (step) => {
      if (step.status === 'done') sent++;
      tell(step, progress);
    },
  });
  return {
    data: { manifest: path, sent, ...finished },
    text: fields([
      ['Chain', finished.chainId],
      ['Transactions', sent === 0 ? 'none: everything is there' : sent],
      ['Manifest', relative(io.cwd, path)],
      ...Object.entries(finished.addresses),
    ]),
  };
}

function manifestPath(globals: GlobalValues, io: Surroundings, chainId: number): string {
  if (globals.deployment !== undefined) return resolve(io.cwd, globals.deployment);
  return defaultManifests(chainId)[0] as string;
}

/** Written beside and moved into place, so that a stop in the middle leaves the old one. */
async function saveManifest(path: string, manifest: DeploymentManifest): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(`${path}.new`, serializeDeployment(manifest));
  await rename(`${path}.new`, path);
}

function tell({ step, index, total, status, hash, gasUsed }: StepProgress, progress: (line: string) => void) {
  const place = `[${String(index + 1).padStart(String(total).length)}/${total}]`;
  const news = {
    present: `${step.text}: there already`,
    closed: `${step.text}: left to the governor`,
    missing: undefined,
    sending: undefined,
    sent: `${step.text}: waiting for ${hash}`,
    done: `${step.text}: done, ${gasUsed} gas`,
  }[status];
  if (news !== undefined) progress(`${place} ${news}`);
}

function planResult(
  { plan, steps }: Awaited<ReturnType<typeof checkDeployment>>,
  deployer: Address,
  gasPrice: bigint,
): Result {
  const rows = steps.map(({ step, status }) => ({
    id: step.id,
    text: step.text,
    status,
    address: 'address' in step ? step.address : undefined,
    gas: status === 'missing' ? step.gas : 0n,
    to: step.transaction.to,
  }));
  const gas = rows.reduce((sum, row) => sum + row.gas, 0n);
  const states = { present: 'is there', closed: 'the governor', missing: 'to do' } as Record<string, string>;
  return {
    data: { deployer, digest: plan.digest, addresses: plan.addresses, steps: rows, gas, gasPrice },
    text: [
      table(
        ['Step', 'State', 'Gas, about', 'Address'],
        rows.map((row) => [row.text, states[row.status] ?? row.status, row.gas, row.address ?? '']),
      ),
      fields([
        ['Deployer', deployer],
        ['Gas', `about ${gas}`],
        ['Cost', `about ${formatEther(gas * gasPrice)} at ${formatGwei(gasPrice)} gwei`],
        ['Sent', 'nothing'],
      ]),
    ].join('\n'),
  };
}
