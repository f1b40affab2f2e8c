import type { Client } from 'viem';
import { call, readContract } from 'viem/actions';
import { poolAbi } from '../abi/index.ts';
import { decodeQuote, type Quote, type QuoteParameters, quote } from '../actions/quote.ts';
import { type OnCover, poolOf } from '../actions/shared.ts';
import { findPool } from '../deployment.ts';
import { decodeError } from '../errors/decode.ts';
import { checkSmallUint } from '../validate.ts';
import { at, type ReadOptions } from './read.ts';

/**
 * What a purchase would cost in this block, exactly: through the lens, which catches the market up first.
 * @returns amounts in asset units; the premium rounds up
 * @throws BreakwaterError why the pool would not sell, such as MarketFull or CardStale; RpcUnreachable and the like
 */
export async function getQuote(client: Client, parameters: QuoteParameters & ReadOptions): Promise<Quote> {
  const context = findPool(parameters.deployment, parameters.pool);
  const { transaction } = quote(parameters);
  try {
    const { data = '0x' } = await call(client, { ...transaction, ...at(parameters) });
    return decodeQuote(data, context);
  } catch (error) {
    throw decodeError(error, context);
  }
}

/**
 * What an extension would cost; never less than the true price.
 * @param parameters.addDays whole days added
 * @throws BreakwaterError why the pool would not extend, such as ExtensionTooLate; RpcUnreachable and the like
 */
export async function getExtensionQuote(
  client: Client,
  parameters: OnCover & { addDays: number } & ReadOptions,
): Promise<Quote> {
  const pool = poolOf(parameters);
  try {
    const price = await readContract(client, {
      address: pool.address,
      abi: poolAbi,
      functionName: 'quoteExtension',
      args: [parameters.cover, BigInt(checkSmallUint('addDays', parameters.addDays, 16, 1n))],
      ...at(parameters),
    });
    return { ...price, exact: false };
  } catch (error) {
    throw decodeError(error, pool);
  }
}
