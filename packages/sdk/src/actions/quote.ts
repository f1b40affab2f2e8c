import { type ContractFunctionReturnType, decodeFunctionResult, encodeFunctionData, type Hex } from 'viem';
import { lensAbi } from '../abi/index.ts';
import { type Action, defineAction } from '../action.ts';
import { findPool } from '../deployment.ts';
import { decodeRevert } from '../errors/decode.ts';
import type { ErrorContext } from '../errors/explain.ts';
import { checkAmount, checkBytes, checkSmallUint } from '../validate.ts';
import { amountText, type OnPool } from './shared.ts';

export type QuoteParameters = OnPool & {
  /** Id of the market. */
  market: Hex;
  /** Most that is paid out, asset units. */
  cover: bigint;
  /** Whole UTC days of cover. */
  coverDays: number;
};

/** What a purchase would cost: amounts in asset units, times in seconds, utilisation 1e18 = 100 %. */
export type Quote = ContractFunctionReturnType<typeof lensAbi, 'nonpayable', 'quoteExact'>['quote'] & {
  /** Whether this is the price of this block; where not, the price is at most this. */
  readonly exact: boolean;
};

/**
 * The call that prices a purchase, to be simulated and not sent: it catches the market up first, which a plain read
 * cannot.
 * @throws ValueZero, ValueTooLarge, BytesInvalid, PoolNotInDeployment
 */
export function quote({ deployment, ...parameters }: QuoteParameters): Action {
  const pool = findPool(deployment, parameters.pool);
  const market = checkBytes('market', parameters.market, 32);
  const cover = checkAmount('cover', parameters.cover, 88, pool.asset);
  const coverDays = checkSmallUint('coverDays', parameters.coverDays, 16, 1n);
  return defineAction(deployment, {
    verb: 'quote',
    text: `Price ${amountText(pool, cover)} of cover for ${coverDays} days`,
    to: deployment.addresses.lens,
    data: encodeFunctionData({
      abi: lensAbi,
      functionName: 'quoteExact',
      args: [pool.address, market, cover, BigInt(coverDays)],
    }),
  });
}

/**
 * Reads what the call of `quote` returned.
 * @throws BreakwaterError why the pool would not sell, such as MarketFull or CardStale
 */
export function decodeQuote(data: Hex, context: ErrorContext = {}): Quote {
  const view = decodeFunctionResult({ abi: lensAbi, functionName: 'quoteExact', data });
  if (!view.ok) throw decodeRevert(view.reason, { context });
  return { ...view.quote, exact: view.poked };
}
