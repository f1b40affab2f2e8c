import { parseScoreBook, type ScoreBook } from '@breakwater/risk';
import type { Deployment } from '@breakwater/sdk';
import { type DeploymentConfig, runDeployment } from '@breakwater/sdk/deploy';
import {
  type Address,
  bytesToHex,
  concat,
  encodeAbiParameters,
  encodeFunctionData,
  getAddress,
  type Hex,
  pad,
  parseAbi,
  parseAbiParameters,
} from 'viem';
import { type HDAccount, mnemonicToAccount } from 'viem/accounts';
import { sendTransaction, waitForTransactionReceipt } from 'viem/actions';
import { artifacts, client, configFor, wallet } from './chain.ts';
import { compileToken } from './token.ts';

const accountAt = (addressIndex: number): HDAccount =>
  mnemonicToAccount('test test test test test test test test test test test junk', { addressIndex });

/** Guardian, curator and underwriter, who are the publishers of the deployment. */
export const publisherAccounts = [2, 3, 4].map(accountAt);
export const underwriterAccount = accountAt(4);

/** Environment with the publishers' keys. */
export const keyEnv = Object.fromEntries(
  publisherAccounts.map((account, i) => [
    `PUBLISHER_${i + 1}`,
    bytesToHex(account.getHdKey().privateKey ?? new Uint8Array(32)),
  ]),
);

const abi = parseAbi([
  'function totalSupply() view returns (uint256)',
  'function balanceOf(address) view returns (uint256)',
  'function transfer(address, uint256) returns (bool)',
]);

/** Sends a call from the underwriter, who holds all tokens. */
export async function sendAs(to: Address, data: Hex): Promise<bigint> {
  const account = underwriterAccount.address;
  const hash = await sendTransaction(client, { account, to, data, chain: null });
  const { status, blockNumber } = await waitForTransactionReceipt(client, { hash });
  if (status !== 'success') throw new Error(`${hash} reverted`);
  return blockNumber;
}

/** Moves dollars of the asset, whole units. @returns the block */
export function transfer(asset: Address, to: Address, units: number): Promise<bigint> {
  const args = [to, BigInt(units) * 10n ** 6n] as const;
  return sendAs(asset, encodeFunctionData({ abi, functionName: 'transfer', args }));
}

/** Takes dollars out of a vault: the chain lets us act as the vault. */
export async function drain(asset: Address, vault: Address, units: number): Promise<bigint> {
  const to = underwriterAccount.address;
  const data = encodeFunctionData({
    abi,
    functionName: 'transfer',
    args: [to, BigInt(units) * 10n ** 6n],
  });
  const request = client.request as (call: { method: string; params: unknown[] }) => Promise<unknown>;
  await request({ method: 'anvil_setBalance', params: [vault, '0xde0b6b3a7640000'] });
  await request({ method: 'anvil_impersonateAccount', params: [vault] });
  const hash = await sendTransaction(client, { account: vault, to: asset, data, chain: null });
  const { blockNumber } = await waitForTransactionReceipt(client, { hash });
  return blockNumber;
}

export type RiskWorld = { readonly deployment: Deployment; readonly vaults: readonly Address[] };

/** Deploys one pool that sells two markets, each on a vault whose shares are worth what it holds of the asset. */
export async function deployRiskWorld(asset: Address): Promise<RiskWorld> {
  const vaults: Address[] = [];
  for (let i = 0; i < 2; i++) {
    const hash = await sendTransaction(wallet, { data: concat([compileToken(), pad(asset)]) });
    const { contractAddress } = await waitForTransactionReceipt(client, { hash });
    if (!contractAddress) throw new Error('no vault');
    const vault = getAddress(contractAddress);
    await transfer(asset, vault, 100_000);
    vaults.push(vault);
  }
  const config = configFor(asset);
  const [market] = config.markets;
  if (!market) throw new Error('no market');
  const markets = vaults.map((vault, i): DeploymentConfig['markets'][number] => ({
    ...market,
    name: `Vault ${i + 1}`,
    terms: {
      ...market.terms,
      scope: { ...market.terms.scope, protocol: `Vault ${i + 1}`, contracts: [vault] },
      predicateConfig: metricOf(asset, vault),
      exposureConfig: encodeAbiParameters(parseAbiParameters('address, uint128, bool'), [
        vault,
        10n ** 18n,
        true,
      ]),
      groups: i === 0 ? [3] : [3, 0x8005],
    },
  }));
  const deployment = await runDeployment({
    walletClient: wallet,
    publicClient: client,
    artifacts,
    config: { ...config, markets },
    save: () => {},
  });
  return { deployment, vaults };
}

/** Assets behind a share: what the vault holds by the supply of its shares. */
function metricOf(asset: Address, vault: Address): Hex {
  const term = (target: Address, callData: Hex) => ({
    target,
    callData,
    word: 0,
    join: 0,
    scale: 10n ** 18n,
  });
  const balance = encodeFunctionData({ abi, functionName: 'balanceOf', args: [vault] });
  const supply = encodeFunctionData({ abi, functionName: 'totalSupply' });
  return encodeAbiParameters(
    parseAbiParameters([
      'Config config',
      'struct Term { address target; bytes callData; uint8 word; uint8 join; uint128 scale; }',
      'struct Config { Term[] numerator; Term[] denominator; uint8 root; uint32 threshold; uint128 unitScale; }',
    ]),
    [
      {
        numerator: [term(asset, balance)],
        denominator: [term(vault, supply)],
        root: 1,
        threshold: 5_000_000,
        unitScale: 10n ** 18n,
      },
    ],
  );
}

const market = (groups: readonly { group: number; weight: number }[]) => ({
  factors: [{ name: 'category lending', multiplier: 1.85 }],
  failures: 0,
  years: 1,
  groups,
});

/** The score book as a file holds it. */
export const scoreJson = {
  model: {
    baseHazard: 0.05,
    size: { perDecade: 2.36, small: 1, large: 1 },
    severity: { totalMass: 0.087, alpha: 0.374, beta: 1.551 },
    shareBySize: { intercept: -0.5, slope: -1.4 },
  },
  markets: {
    'Vault 1': market([{ group: 3, weight: 0.1 }]),
    'Vault 2': market([
      { group: 3, weight: 0.1 },
      { group: 0x8005, weight: 0.5 },
    ]),
  },
  groups: { 3: { rate: 0.01 }, 32773: { rate: 0.008 } },
  assets: { USD: 1 },
  correlation: 0.02,
};

export const scores: ScoreBook = parseScoreBook(scoreJson);
