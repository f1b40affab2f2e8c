import type { Address } from 'viem';
import { encodeFunctionData, parseAbi } from 'viem';
import { addressOf, approveCall, batchCall, deploy, send } from './chain.ts';
import { compilePackage, pick } from './compile.ts';
import { supplyTerm, term } from './metric.ts';
import type { InsuredProtocol, Setup } from './types.ts';

const abi = parseAbi([
  'function deposit(uint256 assets, address receiver) returns (uint256)',
  'function availableLiquidity() view returns (uint256)',
  'function totalBorrowed() view returns (uint256)',
]);

/**
 * Gearbox's `PoolV3`, an ERC-4626 vault, with its `LinearInterestRateModelV3`. Nobody governs it
 * here: the seeder stands where its access list and register would be, and it answers neither.
 */
export async function deployVault(setup: Setup): Promise<InsuredProtocol> {
  const { client, deployer, asset, assetDecimals, seeder } = setup;
  const gearbox = compilePackage({
    package: '@gearbox-protocol/core-v3',
    solc: 'solc-0.8.19',
    contracts: [
      { file: 'contracts/pool/PoolV3.sol', name: 'PoolV3' },
      { file: 'contracts/pool/LinearInterestRateModelV3.sol', name: 'LinearInterestRateModelV3' },
    ],
    aliases: { '@openzeppelin/contracts': 'openzeppelin-4.9.6' },
    optimizerRuns: 1000,
  });
  // Utilisation points and slopes in basis points, as the published pools set them.
  const model = await deploy(setup, pick(gearbox, 'LinearInterestRateModelV3'), [
    7000,
    9000,
    0,
    200,
    250,
    6000,
    false,
  ]);
  const vault = await deploy(setup, pick(gearbox, 'PoolV3'), [
    seeder,
    seeder,
    asset,
    addressOf(deployer),
    model,
    2n ** 256n - 1n,
    'Diesel Asset',
    'dASSET',
  ]);

  const open = (holder: Address, amount: bigint) => [
    {
      target: vault,
      data: encodeFunctionData({ abi, functionName: 'deposit', args: [amount, holder] }),
    },
  ];
  const first = [approveCall(asset, vault), ...open(seeder, setup.liquidity)];
  await send(client, deployer, batchCall(seeder, first));

  return {
    kind: 'vault',
    name: 'Gearbox V3 pool (ERC-4626)',
    contracts: { vault, model },
    insured: vault,
    position: { token: vault, decimals: assetDecimals },
    metric: {
      // Not totalAssets(): the pool counts its liquidity in storage, so a theft would not show.
      description: '(availableLiquidity + totalBorrowed) / totalSupply: assets behind one share',
      numerator: {
        combine: 'sum',
        terms: [term(vault, abi, 'availableLiquidity'), term(vault, abi, 'totalBorrowed')],
      },
      denominator: { combine: 'sum', terms: [supplyTerm(vault)] },
    },
    open,
    cost: (amount) => amount,
  };
}
