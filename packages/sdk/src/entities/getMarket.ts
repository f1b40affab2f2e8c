import type { Address, Client, Hex } from 'viem';
import { readContract } from 'viem/actions';
import { incidentBoardAbi, marketRegistryAbi } from '../abi/index.ts';
import { decodeMarketStatus, type MarketStatus } from '../codec/marketStatus.ts';
import type { MarketId } from '../codec/marketTerms.ts';
import type { Deployment, MarketEntry } from '../deployment.ts';
import { checkBytes } from '../validate.ts';
import { at, type ReadOptions, reading } from './read.ts';

export type Market = MarketStatus & {
  readonly id: MarketId;
  /** Asset in which cover is denominated and paid. */
  readonly asset: Address;
  /** Module that proves the loss; the zero address means parametric. */
  readonly exposure: Address;
  /** Number of the open or last incident; 0 when there was none. */
  readonly incident: bigint;
  /** Name and terms, where the manifest lists the market. */
  readonly entry: MarketEntry | undefined;
};

/**
 * Reads a market.
 * @throws BytesInvalid, ContractMissing, RpcUnreachable and the like
 */
export function getMarket(
  client: Client,
  { deployment, market, ...options }: { deployment: Deployment; market: Hex } & ReadOptions,
): Promise<Market> {
  return reading(async () => {
    const id = checkBytes('market', market, 32);
    const { board, registry } = deployment.addresses;
    const contract = { address: registry, abi: marketRegistryAbi, args: [id], ...at(options) } as const;
    const [status, asset, exposure, incident] = await Promise.all([
      readContract(client, { ...contract, functionName: 'status' }),
      readContract(client, { ...contract, functionName: 'assetOf' }),
      readContract(client, { ...contract, functionName: 'exposureOf' }),
      readContract(client, {
        ...contract,
        address: board,
        abi: incidentBoardAbi,
        functionName: 'incidentOf',
      }),
    ]);
    const entry = deployment.markets.find((candidate) => candidate.id === id);
    return { ...decodeMarketStatus(status), id, asset, exposure, incident, entry };
  });
}
