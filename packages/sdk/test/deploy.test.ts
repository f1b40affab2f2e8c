import {
  type Abi,
  type Address,
  parseAbi,
  recoverTransactionAddress,
  type TransactionSerializedLegacy,
  toFunctionSelector,
} from 'viem';
import { describe, expect, it } from 'vitest';
import {
  authorityAbi,
  coverRouterAbi,
  incidentBoardAbi,
  lensAbi,
  liveTriggerAbi,
  marketRegistryAbi,
  operatorQuorumAbi,
  poolAbi,
  riskOracleAbi,
  surrenderExposureAbi,
} from '../src/abi/index.ts';
import {
  type Artifacts,
  artifactPaths,
  curatorFunctions,
  curatorRole,
  type DeploymentConfig,
  deploymentProxy,
  parseArtifact,
  parseDeploymentConfig,
  parseManifest,
  planDeployment,
  roleFunctions,
} from '../src/deploy/index.ts';
import { serializeDeployment } from '../src/index.ts';
import { deployment, terms } from './world.ts';

const accounts = [1, 2, 3].map((digit): Address => `0x${String(digit).repeat(40)}`);
const [deployer, governor, asset] = accounts as [Address, Address, Address];

const system =
  'struct System { address registry; address oracle; address board; address coverToken; address factory; address authority; address feeRecipient; }';
const abis: Record<keyof Artifacts, Abi> = {
  deployer: [],
  authority: authorityAbi,
  registry: marketRegistryAbi,
  oracle: riskOracleAbi,
  board: incidentBoardAbi,
  poolFourthPart: parseAbi([system, 'constructor(System system)']),
  poolThirdPart: parseAbi([system, 'constructor(System system, address fourthPart)']),
  poolSecondPart: parseAbi([system, 'constructor(System system, address thirdPart)']),
  pool: parseAbi([system, 'constructor(System system, address secondPart)']),
  factory: parseAbi(['constructor(address poolImplementation)']),
  coverMetadata: [],
  coverToken: parseAbi(['constructor(address factory, address metadata)']),
  router: coverRouterAbi,
  lens: lensAbi,
  liveTrigger: liveTriggerAbi,
  operatorQuorum: operatorQuorumAbi,
  surrenderExposure: surrenderExposureAbi,
  viewMetric: [],
};
const artifacts = Object.fromEntries(
  Object.entries(abis).map(([key, abi], i) => [key, { abi, bytecode: `0x60${String(10 + i)}` }]),
) as unknown as Artifacts;

const pool = {
  asset,
  curator: governor,
  curatorDelay: 3_600,
  raiseWindowDays: 7,
  exitDelayDays: 7,
  feeBps: 1_000,
  costOfCapitalBps: 1_500,
  gateBps: 8_500,
  minJuniorBps: 2_000,
  gearing: 10,
  name: 'Core',
  symbol: 'CORE',
};

const config: DeploymentConfig = {
  chainId: 1,
  salt: '',
  governor: { account: governor, delay: 86_400 },
  guardian: asset,
  feeRecipient: governor,
  publishers: { accounts, quorum: 2 },
  operators: { accounts, suspendThreshold: 2, attestThreshold: 3 },
  triggerSpread: 300,
  bondFloors: [{ route: 'operatorQuorum', asset, floor: 1_000n }],
  pools: [pool, { ...pool, name: 'Second' }],
  markets: [],
};

const plan = (changed: Partial<DeploymentConfig> = {}, account = deployer, compiled = artifacts) =>
  planDeployment({ config: { ...config, ...changed }, artifacts: compiled, deployer: account });

describe('planDeployment', () => {
  it('gives every step and every contract once, administration last', () => {
    const { steps, contracts } = plan();
    const ids = steps.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(Object.values(contracts)).size).toBe(17);
    expect(ids.slice(0, 3)).toEqual(['proxy', 'deployer', 'contract:authority']);
    expect(ids.slice(-4)).toEqual(['pool:Core', 'pool:Second', 'roles', 'handover']);
  });

  it('plans the same again, and elsewhere when anything that is deployed differs', () => {
    const { digest, addresses } = plan();
    expect(plan()).toMatchObject({ digest, addresses });
    const rewritten = { ...artifacts, lens: { ...artifacts.lens, bytecode: '0x6099' as const } };
    const others = [
      plan({ salt: 'second' }),
      plan({ chainId: 10 }),
      plan({ triggerSpread: 301 }),
      plan({ feeRecipient: asset }),
      plan({}, governor),
      plan({}, deployer, rewritten),
    ];
    const digests = new Set([digest, ...others.map((other) => other.digest)]);
    expect(digests.size).toBe(1 + others.length);
    expect(new Set(others.map(({ addresses: { registry } }) => registry)).size).toBe(others.length);
  });

  it('keeps its addresses when only what is set up afterwards differs', () => {
    const { digest } = plan();
    expect(plan({ pools: [], guardian: deployer, bondFloors: [] }).digest).toBe(digest);
  });

  it('counts pools on from those that are known', () => {
    const pools = { Second: 7n };
    const steps = planDeployment({ config, artifacts, deployer, pools }).steps;
    const addressOf = (id: string) => steps.find((step) => step.id === id && step.kind === 'pool');
    expect(addressOf('pool:Core')).not.toEqual(addressOf('pool:Second'));
    expect(curatorRole(7n)).toBe((1n << 32n) | 7n);
  });

  it('leaves the deployer administrator when it is the governor', () => {
    const facts = (account: Address) => {
      const last = plan({ governor: { account, delay: 0 } }).steps.at(-1);
      return last?.kind === 'handover' ? last.facts.map(({ type }) => type) : [];
    };
    expect(facts(governor)).toEqual(['member', 'noMember']);
    expect(facts(deployer)).toEqual(['member']);
  });

  it('names the contract whose constructor takes something else', () => {
    const wrong = { ...artifacts, lens: { ...artifacts.lens, abi: parseAbi(['constructor(uint256 x)']) } };
    expect(() => plan({}, deployer, wrong)).toThrow(/Lens\.sol\/Lens\.json cannot be used: its constructor/);
  });
});

describe('roles', () => {
  it('are for functions that the contracts have', () => {
    const has = (abi: Abi, signature: string) =>
      abi.some(
        (item) => item.type === 'function' && toFunctionSelector(item) === toFunctionSelector(signature),
      );
    for (const { contract, functions } of roleFunctions) {
      for (const signature of functions) expect(has(abis[contract], signature), signature).toBe(true);
    }
    for (const signature of curatorFunctions) expect(has(poolAbi, signature), signature).toBe(true);
  });
});

describe('files', () => {
  const text = (value: object) =>
    JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? part.toString() : part));

  it('reads the configuration it was given', () => {
    expect(parseDeploymentConfig(text(config))).toEqual(config);
  });

  it.each([
    ['config.chainId: it is not a whole number', { chainId: 'one' }],
    ['config.governor.delay: it is not between', { governor: { account: governor, delay: -1 } }],
    ['config.guardian: it is the zero address', { guardian: `0x${'0'.repeat(40)}` }],
    [
      'config.publishers.accounts: entry 1 is not after',
      { publishers: { accounts: [asset, governor], quorum: 2 } },
    ],
    ['config.pools[0].gearing: it is not between 1 and 20', { pools: [{ ...pool, gearing: 21 }] }],
    ['config.pools: Core is in it twice', { pools: [pool, pool] }],
    ['config.bondFloors[0].route: it is neither', { bondFloors: [{ route: 'court', asset, floor: 1 }] }],
    ['config.bondFloors[0].floor: it is zero', { bondFloors: [{ route: asset, asset, floor: 0 }] }],
  ])('names the place: %s', (problem, changed) => {
    expect(() => parseDeploymentConfig(text({ ...config, ...changed }))).toThrow(
      expect.objectContaining({ name: 'ConfigInvalid', message: expect.stringContaining(problem) }),
    );
  });

  it('asks for a least bond in each asset in which operators report', () => {
    const markets = [{ name: 'Vault', pools: [], terms: { ...terms, asset, routes: ['operatorQuorum'] } }];
    expect(parseDeploymentConfig(text({ ...config, markets })).markets).toHaveLength(1);
    expect(() => parseDeploymentConfig(text({ ...config, markets, bondFloors: [] }))).toThrow(
      expect.objectContaining({
        name: 'ConfigInvalid',
        message: expect.stringContaining('config.bondFloors: it has none of operatorQuorum'),
      }),
    );
  });

  it('reads a manifest with its progress', () => {
    const progress = { digest: `0x${'ab'.repeat(32)}` as const, deployer, finished: false };
    expect(
      parseManifest(serializeDeployment({ ...deployment, progress } as typeof deployment)),
    ).toMatchObject({
      chainId: deployment.chainId,
      progress,
    });
    expect(() => parseManifest(serializeDeployment(deployment))).toThrow(/deployment\.progress/);
  });

  it('reads artifacts of forge and refuses what cannot be deployed', () => {
    const artifact = (object: string) => ({ abi: [], bytecode: { object } });
    expect(parseArtifact(artifact('0x6001'), artifactPaths.pool)).toEqual({ abi: [], bytecode: '0x6001' });
    expect(() => parseArtifact(artifact('0x'), 'I.json')).toThrow('it has no bytecode');
    expect(() => parseArtifact(artifact('0x60__$ab$__'), 'L.json')).toThrow('libraries must be linked');
    expect(() => parseArtifact(null, 'N.json')).toThrow('it has no ABI or no bytecode');
  });
});

describe('the deployment proxy', () => {
  it('comes from the account that its transaction is signed by', async () => {
    const serializedTransaction = deploymentProxy.transaction as TransactionSerializedLegacy;
    expect(await recoverTransactionAddress({ serializedTransaction })).toBe(deploymentProxy.signer);
  });
});
