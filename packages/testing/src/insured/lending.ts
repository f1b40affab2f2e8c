import type { Abi, Address } from 'viem';
import { encodeFunctionData, parseAbi, zeroAddress } from 'viem';
import { readContract } from 'viem/actions';
import type { Artifact } from './artifacts.ts';
import { link, readArtifact } from './artifacts.ts';
import type { Call } from './chain.ts';
import { addressOf, approveCall, batchCall, deploy, send, sendAll } from './chain.ts';
import { balanceTerm, supplyTerm } from './metric.ts';
import type { InsuredProtocol, Setup } from './types.ts';

const abi = parseAbi([
  'struct Reserve { address aTokenImpl; address stableDebtTokenImpl; address variableDebtTokenImpl; uint8 underlyingAssetDecimals; address interestRateStrategyAddress; address underlyingAsset; address treasury; address incentivesController; string aTokenName; string aTokenSymbol; string variableDebtTokenName; string variableDebtTokenSymbol; string stableDebtTokenName; string stableDebtTokenSymbol; bytes params; }',
  'struct Data { uint256 configuration; uint128 liquidityIndex; uint128 currentLiquidityRate; uint128 variableBorrowIndex; uint128 currentVariableBorrowRate; uint128 currentStableBorrowRate; uint40 lastUpdateTimestamp; uint16 id; address aTokenAddress; address stableDebtTokenAddress; address variableDebtTokenAddress; address interestRateStrategyAddress; uint128 accruedToTreasury; uint128 unbacked; uint128 isolationModeTotalDebt; }',
  'function setACLAdmin(address)',
  'function setACLManager(address)',
  'function setPriceOracle(address)',
  'function setPoolImpl(address)',
  'function setPoolConfiguratorImpl(address)',
  'function getPool() view returns (address)',
  'function getPoolConfigurator() view returns (address)',
  'function addPoolAdmin(address)',
  'function initReserves(Reserve[] reserves)',
  'function setReserveBorrowing(address asset, bool enabled)',
  'function setReserveFactor(address asset, uint256 factor)',
  'function configureReserveAsCollateral(address asset, uint256 ltv, uint256 threshold, uint256 bonus)',
  'function getReserveData(address asset) view returns (Data)',
  'function supply(address asset, uint256 amount, address onBehalfOf, uint16 referral)',
  'function borrow(address asset, uint256 amount, uint256 rateMode, uint16 referral, address onBehalfOf)',
  'function mint(address to, uint256 amount)',
]);

const ray = 10n ** 27n;
const variableRate = 2n;

const artifact = (folder: string, name: string) =>
  readArtifact('@aave/core-v3', `artifacts/contracts/${folder}/${name}.sol/${name}.json`);

/**
 * An Aave V3 market with two reserves: the asset, which holders supply, and a collateral token,
 * against which the deployer borrows a quarter of the asset's first liquidity.
 */
export async function deployLending(setup: Setup): Promise<InsuredProtocol> {
  const { client, deployer, asset, assetDecimals, seeder } = setup;
  const admin = addressOf(deployer);
  const collateral = await deploy(setup, artifact('mocks/tokens', 'MintableERC20'), [
    'Wrapped Ether',
    'WETH',
    18,
  ]);
  const { pool, configurator, provider } = await deployPool(setup, [
    { token: asset, price: 10n ** 8n },
    { token: collateral, price: 2_000n * 10n ** 8n },
  ]);
  const reserves = await describeReserves(setup, provider, pool, [
    { token: asset, decimals: assetDecimals },
    { token: collateral, decimals: 18 },
  ]);
  const collateralArgs = [collateral, 7500n, 8000n, 10500n] as const;
  await sendAll(setup, [
    {
      target: configurator,
      data: encodeFunctionData({ abi, functionName: 'initReserves', args: [reserves] }),
    },
    {
      target: configurator,
      data: encodeFunctionData({ abi, functionName: 'setReserveBorrowing', args: [asset, true] }),
    },
    {
      target: configurator,
      data: encodeFunctionData({ abi, functionName: 'setReserveFactor', args: [asset, 1000n] }),
    },
    {
      target: configurator,
      data: encodeFunctionData({ abi, functionName: 'configureReserveAsCollateral', args: collateralArgs }),
    },
  ]);

  const supply = (token: Address, amount: bigint, holder: Address): Call => ({
    target: pool,
    data: encodeFunctionData({ abi, functionName: 'supply', args: [token, amount, holder, 0] }),
  });
  const first = [approveCall(asset, pool), supply(asset, setup.liquidity, seeder)];
  await send(client, deployer, batchCall(seeder, first));

  // The borrower's collateral is worth the whole liquidity, at $1 for a unit of the asset.
  const debt = setup.liquidity / 4n;
  const pledge = (setup.liquidity * 10n ** 18n) / 10n ** BigInt(assetDecimals) / 2_000n;
  await sendAll(setup, [
    { target: collateral, data: encodeFunctionData({ abi, functionName: 'mint', args: [admin, pledge] }) },
    approveCall(collateral, pool),
    supply(collateral, pledge, admin),
    {
      target: pool,
      data: encodeFunctionData({ abi, functionName: 'borrow', args: [asset, debt, variableRate, 0, admin] }),
    },
  ]);

  const { aTokenAddress: aToken, variableDebtTokenAddress: debtToken } = await readContract(client, {
    address: pool,
    abi,
    functionName: 'getReserveData',
    args: [asset],
  });
  return {
    kind: 'lending',
    name: 'Aave V3 market',
    contracts: { pool, configurator, provider, aToken, debtToken, collateral },
    insured: pool,
    position: { token: aToken, decimals: assetDecimals },
    metric: {
      description: '(cash + debt) / aToken supply: assets behind one unit supplied',
      numerator: { combine: 'sum', terms: [balanceTerm(asset, aToken), supplyTerm(debtToken)] },
      denominator: { combine: 'sum', terms: [supplyTerm(aToken)] },
    },
    open: (holder, amount) => [supply(asset, amount, holder)],
    cost: (amount) => amount,
  };
}

type Priced = { token: Address; price: bigint };

async function deployPool(setup: Setup, assets: readonly Priced[]) {
  const { client, deployer } = setup;
  const admin = addressOf(deployer);
  const configure = async (target: Address, functionName: string, argument: Address) => {
    const data = encodeFunctionData({ abi: abi as Abi, functionName, args: [argument] });
    await send(client, deployer, { target, data });
  };
  const provider = await deploy(setup, artifact('protocol/configuration', 'PoolAddressesProvider'), [
    'local',
    admin,
  ]);
  await configure(provider, 'setACLAdmin', admin);
  const acl = await deploy(setup, artifact('protocol/configuration', 'ACLManager'), [provider]);
  await configure(provider, 'setACLManager', acl);
  await configure(acl, 'addPoolAdmin', admin);

  const feeds: Address[] = [];
  for (const { price } of assets) {
    feeds.push(await deploy(setup, artifact('mocks/oracle/CLAggregators', 'MockAggregator'), [price]));
  }
  const tokens = assets.map(({ token }) => token);
  const oracleArgs = [provider, tokens, feeds, zeroAddress, zeroAddress, 10n ** 8n];
  const oracle = await deploy(setup, artifact('misc', 'AaveOracle'), oracleArgs);
  await configure(provider, 'setPriceOracle', oracle);

  const libraries = await deployLibraries(setup);
  const poolArtifact = link(artifact('protocol/pool', 'Pool'), libraries);
  await configure(provider, 'setPoolImpl', await deploy(setup, poolArtifact, [provider]));
  const configuratorArtifact = link(artifact('protocol/pool', 'PoolConfigurator'), libraries);
  await configure(provider, 'setPoolConfiguratorImpl', await deploy(setup, configuratorArtifact));

  const at = { address: provider, abi } as const;
  return {
    provider,
    pool: await readContract(client, { ...at, functionName: 'getPool' }),
    configurator: await readContract(client, { ...at, functionName: 'getPoolConfigurator' }),
  };
}

/** Aave's logic libraries; `FlashLoanLogic` is linked to `BorrowLogic`, so it comes last. */
async function deployLibraries(setup: Setup): Promise<Record<string, Address>> {
  const libraries: Record<string, Address> = {};
  const names = ['Borrow', 'Bridge', 'Configurator', 'EMode', 'Liquidation', 'Pool', 'Supply', 'FlashLoan'];
  for (const name of names.map((prefix) => `${prefix}Logic`)) {
    const library: Artifact = artifact('protocol/libraries/logic', name);
    libraries[name] = await deploy(setup, link(library, libraries));
  }
  return libraries;
}

type Listed = { token: Address; decimals: number };

async function describeReserves(setup: Setup, provider: Address, pool: Address, assets: readonly Listed[]) {
  const implementation = (name: string) => deploy(setup, artifact('protocol/tokenization', name), [pool]);
  const aTokenImpl = await implementation('AToken');
  const stableDebtTokenImpl = await implementation('StableDebtToken');
  const variableDebtTokenImpl = await implementation('VariableDebtToken');
  // Optimal use 90 %, then the slopes of Aave's own stablecoin markets.
  const curve = [(ray * 9n) / 10n, 0n, (ray * 4n) / 100n, (ray * 60n) / 100n];
  const stableCurve = [ray / 200n, (ray * 60n) / 100n, ray / 100n, (ray * 8n) / 100n, ray / 5n];
  const strategy = await deploy(setup, artifact('protocol/pool', 'DefaultReserveInterestRateStrategy'), [
    provider,
    ...curve,
    ...stableCurve,
  ]);
  const treasury = addressOf(setup.deployer);
  return assets.map(({ token, decimals }, index) => ({
    aTokenImpl,
    stableDebtTokenImpl,
    variableDebtTokenImpl,
    underlyingAssetDecimals: decimals,
    interestRateStrategyAddress: strategy,
    underlyingAsset: token,
    treasury,
    incentivesController: zeroAddress,
    aTokenName: `Aave Local ${index}`,
    aTokenSymbol: `aLOC${index}`,
    variableDebtTokenName: `Aave Local Variable Debt ${index}`,
    variableDebtTokenSymbol: `vLOC${index}`,
    stableDebtTokenName: `Aave Local Stable Debt ${index}`,
    stableDebtTokenSymbol: `sLOC${index}`,
    params: '0x' as const,
  }));
}
