import type { Address, Client, Hex } from 'viem';
import { getBlockNumber, getLogs } from 'viem/actions';
import { deepFreeze } from '../action.ts';
import { extendDeployment, type PoolEntry } from '../deployment.ts';
import { getPoolEntry } from '../entities/getPoolEntry.ts';
import { decodeError } from '../errors/decode.ts';
import { checkChain, type Wallet } from '../execute.ts';
import type { Artifacts } from './artifacts.ts';
import { findPoolNumber, hasCode, isDone, isOpen, type Site } from './check.ts';
import { deployError } from './errors.ts';
import { type DeploymentPlan, type PoolNumbers, planDeployment } from './plan.ts';
import { sendStep, waitForEarlier } from './send.ts';
import type { DeploymentConfig, DeploymentManifest, DeployStep } from './types.ts';

/**
 * Where a step stands. `present`: the chain has it already. `closed`: it is not there, and only the governor can still
 * do it.
 */
export type StepStatus = 'present' | 'closed' | 'missing' | 'sending' | 'sent' | 'done';

export type StepProgress = {
  readonly step: DeployStep;
  /** From 0. */
  readonly index: number;
  readonly total: number;
  readonly status: StepStatus;
  readonly hash?: Hex | undefined;
  readonly gasUsed?: bigint | undefined;
};

type Common = {
  publicClient: Client;
  config: DeploymentConfig;
  artifacts: Artifacts;
  /** What an earlier run saved. */
  manifest?: DeploymentManifest | undefined;
};

export type RunDeploymentParameters = Common & {
  /** Signs and sends; must have an account. */
  walletClient: Wallet;
  /** Keeps the manifest; called whenever it changed, before the next transaction is sent. */
  save: (manifest: DeploymentManifest) => void | Promise<void>;
  onStep?: ((progress: StepProgress) => void) | undefined;
  /** Longest wait for a transaction, milliseconds; 300,000 by default. */
  timeout?: number | undefined;
};

/**
 * Deploys, or goes on with a deployment that was stopped anywhere. Before each step the chain is asked whether the step
 * was done, so nothing is done twice: what was sent and not recorded is found again. Contracts' addresses follow from
 * account, configuration and code; they do not depend on nonces, and nobody else can deploy there.
 * @returns the finished manifest
 * @throws DeployerMissing, ChainDiffers, DeploymentDiffers, TransactionsPending, ConstructorFailed, StepFailed, and
 * whatever the chain answers, each with what to do about it
 */
export async function runDeployment(parameters: RunDeploymentParameters): Promise<DeploymentManifest> {
  const { walletClient: wallet, publicClient: client, timeout = 300_000, onStep, save } = parameters;
  const { account } = wallet;
  if (!account) throw deployError('DeployerMissing', {});
  try {
    await checkChain(wallet, parameters.config.chainId);
    await waitForEarlier(client, account.address, timeout);
    const walk = await startWalk(parameters, account.address);
    const keep = async (manifest: DeploymentManifest) => {
      walk.manifest = deepFreeze(manifest);
      await save(walk.manifest);
    };
    if (walk.manifest !== parameters.manifest) await keep(walk.manifest);

    const total = walk.plan.steps.length;
    for (let index = 0; index < total; index++) {
      const step = walk.plan.steps[index] as DeployStep;
      const tell = (status: StepStatus, rest: Partial<StepProgress> = {}) =>
        onStep?.({ step, index, total, status, ...rest });
      const status = await walkStep(walk, step);
      if (status !== 'missing') {
        tell(status);
      } else {
        tell('sending');
        const onHash = (hash: Hex) => tell('sent', { hash });
        const receipt = await sendStep({ wallet, client, account, timeout, onHash }, step);
        if ((await walkStep(walk, step)) === 'missing') {
          throw deployError('StepFailed', { step: step.text, hash: receipt.transactionHash });
        }
        tell('done', { hash: receipt.transactionHash, gasUsed: receipt.gasUsed });
      }
      const manifest = await extend(walk, step);
      if (manifest) await keep(manifest);
    }
    if (!walk.manifest.progress.finished) {
      await keep({ ...walk.manifest, progress: { ...walk.manifest.progress, finished: true } });
    }
    return walk.manifest;
  } catch (error) {
    throw decodeError(error);
  }
}

/**
 * Says of every step whether it was done, without sending anything. A step after one that is missing is not asked for.
 * @param parameters.deployer account that would send
 * @throws ChainDiffers, DeploymentDiffers, RpcUnreachable and the like
 */
export async function checkDeployment(
  parameters: Common & { deployer: Address },
): Promise<{ plan: DeploymentPlan; steps: { step: DeployStep; status: StepStatus }[] }> {
  try {
    const walk = await startWalk(parameters, parameters.deployer);
    const steps: { step: DeployStep; status: StepStatus }[] = [];
    for (let index = 0; index < walk.plan.steps.length; index++) {
      const status = await walkStep(walk, walk.plan.steps[index] as DeployStep);
      steps.push({ step: walk.plan.steps[index] as DeployStep, status });
    }
    return { plan: walk.plan, steps };
  } catch (error) {
    throw decodeError(error);
  }
}

/** A walk through the steps: what is known of the chain so far. */
type Walk = {
  readonly site: Site;
  readonly deployer: Address;
  readonly replan: (pools: PoolNumbers) => DeploymentPlan;
  plan: DeploymentPlan;
  pools: Record<string, bigint>;
  poolBlocks: Record<string, bigint>;
  manifest: DeploymentManifest;
};

async function startWalk(parameters: Common, deployer: Address): Promise<Walk> {
  const { publicClient: client, config, artifacts } = parameters;
  await checkChain(client, config.chainId);
  const replan = (pools: PoolNumbers) => planDeployment({ config, artifacts, deployer, pools });
  const plan = replan({});
  const { digest, addresses } = plan;
  const recorded = parameters.manifest?.progress.digest;
  if (recorded !== undefined && recorded !== digest) {
    throw deployError('DeploymentDiffers', { recorded, planned: digest });
  }
  // A manifest without its first contract is of a chain that was started anew.
  const isBegun = await hasCode(client, addresses.accessManager);
  const manifest = isBegun ? parameters.manifest : undefined;
  const block = manifest?.block ?? (await firstBlock(client, addresses.accessManager, isBegun));
  return {
    site: { client, addresses, block },
    deployer,
    replan,
    plan,
    pools: {},
    poolBlocks: {},
    manifest: manifest ?? {
      chainId: config.chainId,
      block,
      addresses,
      pools: [],
      markets: [],
      progress: { digest, deployer, finished: false },
    },
  };
}

async function walkStep(walk: Walk, step: DeployStep): Promise<'present' | 'closed' | 'missing'> {
  if (step.kind !== 'pool') {
    if (await isDone(walk.site, step)) return 'present';
    const isClosed = 'restricted' in step && !(await maySetUp(walk));
    return isClosed ? 'closed' : 'missing';
  }
  const found = await findPoolNumber(walk.site, step.pool);
  if (!found) return 'missing';
  walk.pools = { ...walk.pools, [step.pool.name]: found.index };
  walk.poolBlocks = { ...walk.poolBlocks, [step.pool.name]: found.block };
  walk.plan = walk.replan(walk.pools);
  return 'present';
}

async function maySetUp({ manifest, site, deployer }: Walk): Promise<boolean> {
  return !manifest.progress.finished && (await isOpen(site, deployer));
}

/** The manifest with what a step added; undefined when it has that already. */
async function extend(walk: Walk, step: DeployStep): Promise<DeploymentManifest | undefined> {
  const { manifest } = walk;
  if (step.kind === 'market' && !manifest.markets.some(({ id }) => id === step.market)) {
    const added = walk.plan.markets.filter(({ id }) => id === step.market);
    return { ...manifest, ...extendDeployment(manifest, { markets: added }) };
  }
  if (step.kind !== 'pool') return undefined;
  const { name, accessGate } = step.pool;
  const index = walk.pools[name];
  if (index === undefined || manifest.pools.some((pool) => pool.index === index)) return undefined;
  const read = await getPoolEntry(walk.site.client, { deployment: manifest, index });
  const pool: PoolEntry = { ...read, name, block: walk.poolBlocks[name] ?? read.block };
  const gated = accessGate === undefined ? pool : { ...pool, accessGate };
  return { ...manifest, ...extendDeployment(manifest, { pools: [gated] }) };
}

/** Block before which nothing of a deployment is; the newest when it was not begun. */
async function firstBlock(client: Client, accessManager: Address, isBegun: boolean): Promise<bigint> {
  if (!isBegun) return getBlockNumber(client, { cacheTime: 0 });
  const logs = await getLogs(client, { address: accessManager, fromBlock: 'earliest' }).catch(() => []);
  return logs[0]?.blockNumber ?? 0n;
}
