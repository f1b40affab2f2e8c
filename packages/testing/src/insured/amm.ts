import type { Address } from 'viem';
import { encodeFunctionData, parseAbi } from 'viem';
import { readContract } from 'viem/actions';
import { readArtifact } from './artifacts.ts';
import { addressOf, batchCall, deploy, send, sendAll, transferCall } from './chain.ts';
import { compilePackage, pick } from './compile.ts';
import { supplyTerm, term } from './metric.ts';
import type { InsuredProtocol, Setup } from './types.ts';

const factoryAbi = parseAbi([
  'function createPair(address, address) returns (address)',
  'function getPair(address, address) view returns (address)',
]);
const tokenAbi = parseAbi([
  'function initialize(address admin, string name, string symbol, string uri, address[] forwarders, address sale, address fee, uint256 feeBps)',
  'function mintTo(address to, uint256 amount)',
]);

/** What this file uses of a Uniswap V2 pair. */
export const pairAbi = parseAbi([
  'function getReserves() view returns (uint112 reserve0, uint112 reserve1, uint32 timestamp)',
  'function mint(address to) returns (uint256)',
  'function swap(uint256 amount0Out, uint256 amount1Out, address to, bytes data)',
  'function token0() view returns (address)',
]);

/** Whole tokens for one whole unit of the asset when the pair opens. */
const tokensPerAsset = 100n;

/**
 * A Uniswap V2 pair of the asset and a thirdweb `TokenERC20`, with the forwarder that token trusts.
 * The token's version combines ERC-2771 with `multicall`, the weakness published in December 2023.
 */
export async function deployAmm(setup: Setup): Promise<InsuredProtocol> {
  const { client, deployer, asset, assetDecimals, seeder } = setup;
  const thirdweb = compilePackage({
    package: '@thirdweb-dev/contracts',
    solc: 'solc-0.8.19',
    contracts: [
      { file: 'prebuilts/token/TokenERC20.sol', name: 'TokenERC20' },
      { file: 'infra/forwarder/Forwarder.sol', name: 'Forwarder' },
      { file: 'infra/TWProxy.sol', name: 'TWProxy' },
    ],
    optimizerRuns: 20,
  });
  const forwarder = await deploy(setup, pick(thirdweb, 'Forwarder'));
  const implementation = await deploy(setup, pick(thirdweb, 'TokenERC20'));
  const admin = addressOf(deployer);
  const initialize = encodeFunctionData({
    abi: tokenAbi,
    functionName: 'initialize',
    args: [admin, 'Chrono', 'CHRN', '', [forwarder], admin, admin, 0n],
  });
  const token = await deploy(setup, pick(thirdweb, 'TWProxy'), [implementation, initialize]);

  const factoryArtifact = readArtifact('@uniswap/v2-core', 'build/UniswapV2Factory.json');
  const factory = await deploy(setup, factoryArtifact, [admin]);
  const pairOf = { abi: factoryAbi, args: [asset, token] as const };
  await sendAll(setup, [
    { target: factory, data: encodeFunctionData({ ...pairOf, functionName: 'createPair' }) },
    {
      target: token,
      data: encodeFunctionData({ abi: tokenAbi, functionName: 'mintTo', args: [seeder, 10n ** 36n] }),
    },
  ]);
  const pair = await readContract(client, { ...pairOf, address: factory, functionName: 'getPair' });

  const toTokens = (amount: bigint) => (amount * tokensPerAsset * 10n ** 18n) / 10n ** BigInt(assetDecimals);
  // Liquidity goes in at the opening price, half in each side: worth `amount` in all.
  const open = (holder: Address, amount: bigint) => [
    transferCall(asset, pair, amount / 2n),
    transferCall(token, pair, toTokens(amount / 2n)),
    {
      target: pair,
      data: encodeFunctionData({ abi: pairAbi, functionName: 'mint', args: [holder] }),
    },
  ];
  await send(client, deployer, batchCall(seeder, open(seeder, setup.liquidity)));

  return {
    kind: 'amm',
    name: 'Uniswap V2 pair with a thirdweb token',
    contracts: { factory, pair, token, implementation, forwarder },
    insured: pair,
    position: { token: pair, decimals: 18 },
    metric: {
      description: 'sqrt(reserve0 * reserve1) / totalSupply: liquidity behind one LP token',
      numerator: {
        combine: 'rootOfProduct',
        terms: [term(pair, pairAbi, 'getReserves', [], 0), term(pair, pairAbi, 'getReserves', [], 1)],
      },
      denominator: { combine: 'sum', terms: [supplyTerm(pair)] },
    },
    open,
    cost: (amount) => amount / 2n,
  };
}
