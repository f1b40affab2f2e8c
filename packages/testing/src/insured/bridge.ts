import type { Address } from 'viem';
import { encodeFunctionData, parseAbi, zeroAddress } from 'viem';
import { readArtifact } from './artifacts.ts';
import { addressOf, approveCall, batchCall, deploy, send, sendAll } from './chain.ts';
import { compileOwn, compilePackage, pick } from './compile.ts';
import { balanceTerm, supplyTerm } from './metric.ts';
import type { InsuredProtocol, Setup } from './types.ts';

const abi = parseAbi([
  'function setCode(bytes code)',
  'function setOwner(address owner)',
  'function initialize(address messenger, address l2TokenBridge)',
  'function depositERC20To(address l1Token, address l2Token, address to, uint256 amount, uint32 l2Gas, bytes data)',
]);

const artifact = (path: string) => {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return readArtifact('@eth-optimism/contracts', `artifacts/contracts/${path}.sol/${name}.json`);
};

/**
 * Optimism's standard bridge, both ends on this chain: `L1StandardBridge` behind its
 * `L1ChugSplashProxy` keeps the asset, `L2StandardBridge` mints the claims on it. Between them
 * stands a messenger of ours that delivers at once, so deposits and withdrawals both work. The owner
 * is OpenZeppelin's `TimelockController` of a version with CVE-2021-39168.
 */
export async function deployBridge(setup: Setup): Promise<InsuredProtocol> {
  const { client, deployer, asset, seeder } = setup;
  const messenger = await deploy(setup, compileOwn('LoopbackMessenger'));
  const implementation = artifact('L1/messaging/L1StandardBridge');
  if (implementation.deployedBytecode === undefined) throw new Error('the bridge has no code');
  const custody = await deploy(setup, artifact('chugsplash/L1ChugSplashProxy'), [addressOf(deployer)]);
  const farEnd = await deploy(setup, artifact('L2/messaging/L2StandardBridge'), [messenger, custody]);
  const claim = await deploy(setup, artifact('standards/L2StandardERC20'), [
    farEnd,
    asset,
    'Bridged Asset',
    'bASSET',
  ]);
  const code = implementation.deployedBytecode;
  const timelock = await deployTimelock(setup);
  await sendAll(setup, [
    { target: custody, data: encodeFunctionData({ abi, functionName: 'setCode', args: [code] }) },
    {
      target: custody,
      data: encodeFunctionData({ abi, functionName: 'initialize', args: [messenger, farEnd] }),
    },
    { target: custody, data: encodeFunctionData({ abi, functionName: 'setOwner', args: [timelock] }) },
  ]);

  const open = (holder: Address, amount: bigint) => [
    {
      target: custody,
      data: encodeFunctionData({
        abi,
        functionName: 'depositERC20To',
        args: [asset, claim, holder, amount, 200_000, '0x'],
      }),
    },
  ];
  const first = [approveCall(asset, custody), ...open(seeder, setup.liquidity)];
  await send(client, deployer, batchCall(seeder, first));

  return {
    kind: 'bridge',
    name: 'Optimism standard bridge',
    contracts: { custody, farEnd, claim, messenger, timelock },
    insured: custody,
    // The far end's standard token always has 18 decimals; amounts keep the asset's units.
    position: { token: claim, decimals: 18 },
    metric: {
      description: 'asset in custody / claims minted: backing of one claim',
      numerator: { combine: 'sum', terms: [balanceTerm(asset, custody)] },
      denominator: { combine: 'sum', terms: [supplyTerm(claim)] },
    },
    open,
    cost: (amount) => amount,
  };
}

/** A timelock of two days: the deployer proposes, anyone executes what is due. */
function deployTimelock(setup: Setup): Promise<Address> {
  const openZeppelin = compilePackage({
    package: 'openzeppelin-4.3.0',
    solc: 'solc-0.8.19',
    contracts: [{ file: 'governance/TimelockController.sol', name: 'TimelockController' }],
    optimizerRuns: 200,
  });
  const args = [172_800n, [addressOf(setup.deployer)], [zeroAddress]];
  return deploy(setup, pick(openZeppelin, 'TimelockController'), args);
}
