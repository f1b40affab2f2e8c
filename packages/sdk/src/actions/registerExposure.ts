import { encodeFunctionData } from 'viem';
import { surrenderExposureAbi } from '../abi/index.ts';
import { type Action, defineAction } from '../action.ts';
import { type MarketTerms, toEncodedTerms } from '../codec/marketTerms.ts';
import type { OnDeployment } from './shared.ts';

export type RegisterExposureParameters = OnDeployment & { terms: MarketTerms };

/** Gives the surrender module the exposure terms of a registered market, once. Anyone may send it. */
export function registerExposure({ deployment, terms }: RegisterExposureParameters): Action {
  return defineAction(deployment, {
    verb: 'registerExposure',
    text: `Register how losses in ${terms.scope.protocol} are proven`,
    to: deployment.addresses.surrenderExposure,
    data: encodeFunctionData({
      abi: surrenderExposureAbi,
      functionName: 'register',
      args: [toEncodedTerms(terms)],
    }),
  });
}
