import type { Address, Client } from 'viem';
import { readContract } from 'viem/actions';
import type { ErrorContext } from '../errors/explain.ts';
import { tokenAbi } from '../standards.ts';

/**
 * Symbol and decimals of a token, so that what is short of it can be said in figures people read. Undefined where the
 * token does not tell. Its symbol is foreign text: 32 printable characters of it at most.
 */
export async function readAsset(client: Client, token: Address): Promise<ErrorContext['asset']> {
  const contract = { address: token, abi: tokenAbi } as const;
  try {
    const [symbol, decimals] = await Promise.all([
      readContract(client, { ...contract, functionName: 'symbol' }),
      readContract(client, { ...contract, functionName: 'decimals' }),
    ]);
    const printable = symbol.replace(/[^\x20-\x7e]/g, '').slice(0, 32);
    return { symbol: printable || 'units of the token', decimals };
  } catch {
    return undefined;
  }
}
