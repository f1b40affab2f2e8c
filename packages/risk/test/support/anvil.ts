import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Instance } from 'prool';
import type { Abi, Address, Chain, Client, Hex, Transport } from 'viem';
import { BaseError, createClient, defineChain, encodeDeployData, http } from 'viem';
import { mnemonicToAccount } from 'viem/accounts';
import { sendTransaction, waitForTransactionReceipt } from 'viem/actions';

/** A local chain of one test file. */
export type LocalChain = {
  readonly client: Client<Transport, Chain>;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Deploys a contract of contracts/test, as forge built it. */
  deploy(contract: string): Promise<Address>;
};

const root = join(import.meta.dirname, '..', '..', '..', '..');
const mnemonic = 'test test test test test test test test test test test junk';
const deployer = mnemonicToAccount(mnemonic).address;

/** A local chain whose calls may be large, and on which test contracts may be. */
export function localChain(port: number): LocalChain {
  const chain: Chain = defineChain({
    id: 31_338,
    name: 'risk',
    nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
    rpcUrls: { default: { http: [`http://127.0.0.1:${port}`] } },
  });
  const transport = http(undefined, { timeout: 120_000, retryCount: 0 });
  const client: Client<Transport, Chain> = createClient({ chain, transport });
  const anvil = Instance.anvil({
    binary: join(root, 'scripts', 'anvil'),
    chainId: chain.id,
    port,
    codeSizeLimit: 100_000,
    gasLimit: 10_000_000_000,
  });
  return {
    client,
    start: async () => {
      await anvil.start();
    },
    stop: () => anvil.stop(),
    deploy: async (contract) => {
      const file = join(root, 'out', `${contract}.sol`, `${contract}.json`);
      const artifact: { abi: Abi; bytecode: { object: Hex } } = JSON.parse(readFileSync(file, 'utf8'));
      const data = encodeDeployData({ abi: artifact.abi, bytecode: artifact.bytecode.object });
      // Less than a transaction may take, more than any deployment does.
      const hash = await sendTransaction(client, { account: deployer, chain, data, gas: 16_000_000n });
      const { contractAddress } = await waitForTransactionReceipt(client, { hash, pollingInterval: 50 });
      if (!contractAddress) throw new Error(`${contract} was not deployed`);
      return contractAddress;
    },
  };
}

/** Calls `ask` with `size` cases at a time and joins the answers. */
export async function inBatches<Case, Result>(
  cases: readonly Case[],
  size: number,
  ask: (batch: readonly Case[]) => Promise<readonly Result[]>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let i = 0; i < cases.length; i += size) {
    const answer = await ask(cases.slice(i, i + size)).catch((error: unknown) => {
      // The whole message would repeat megabytes of arguments.
      throw new Error(
        `cases ${i} to ${i + size}: ${error instanceof BaseError ? error.shortMessage : error}`,
      );
    });
    results.push(...answer);
  }
  return results;
}
