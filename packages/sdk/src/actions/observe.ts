import { encodeFunctionData } from 'viem';
import { liveTriggerAbi } from '../abi/index.ts';
import { type Action, defineAction } from '../action.ts';
import { type MarketTerms, toEncodedTerms } from '../codec/marketTerms.ts';
import type { OnDeployment } from './shared.ts';

export type ObserveParameters = OnDeployment & { terms: MarketTerms };

/**
 * Records a market's metric while it is healthy, which sets the baseline. Anyone may send it, from an account without
 * code.
 */
export function observe({ deployment, terms }: ObserveParameters): Action {
  return defineAction(deployment, {
    verb: 'observe',
    text: `Record the health of ${terms.scope.protocol}`,
    to: deployment.addresses.liveTrigger,
    data: encodeFunctionData({ abi: liveTriggerAbi, functionName: 'observe', args: [toEncodedTerms(terms)] }),
  });
}
