import { encodeFunctionData } from 'viem';
import { liveTriggerAbi } from '../abi/index.ts';
import { type Action, defineAction } from '../action.ts';
import { type MarketTerms, toEncodedTerms } from '../codec/marketTerms.ts';
import type { OnDeployment } from './shared.ts';

export type SampleParameters = OnDeployment & { terms: MarketTerms };

/**
 * Reads a market's metric as evidence: opens a case while it is breached, counts towards it, completes it, or dismisses
 * it when it is healthy. Anyone may send it, from an account without code.
 */
export function sample({ deployment, terms }: SampleParameters): Action {
  return defineAction(deployment, {
    verb: 'sample',
    text: `Report the state of ${terms.scope.protocol}`,
    to: deployment.addresses.liveTrigger,
    data: encodeFunctionData({ abi: liveTriggerAbi, functionName: 'sample', args: [toEncodedTerms(terms)] }),
  });
}
