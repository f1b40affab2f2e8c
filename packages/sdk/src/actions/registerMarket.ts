import { encodeFunctionData } from 'viem';
import { marketRegistryAbi } from '../abi/index.ts';
import { type Action, defineAction } from '../action.ts';
import { type MarketTerms, toEncodedTerms } from '../codec/marketTerms.ts';
import { checkAddress, checkList } from '../validate.ts';
import type { OnDeployment } from './shared.ts';

export type RegisterMarketParameters = OnDeployment & { terms: MarketTerms };

/**
 * Registers a market; anyone may. Its id is `computeMarketId(terms)`. It can be sold where a pool's curator attaches it
 * and publishers have signed a card for it.
 * @throws AddressInvalid, ListEmpty, ListTooLong
 */
export function registerMarket({ deployment, terms }: RegisterMarketParameters): Action {
  checkAddress('terms.asset', terms.asset);
  checkAddress('terms.predicate', terms.predicate);
  checkAddress('terms.exposure', terms.exposure);
  for (const route of checkList('terms.routes', terms.routes, 8)) checkAddress('terms.routes', route);
  return defineAction(deployment, {
    verb: 'registerMarket',
    text: `Register a market on ${terms.scope.protocol}`,
    to: deployment.addresses.registry,
    data: encodeFunctionData({
      abi: marketRegistryAbi,
      functionName: 'register',
      args: [toEncodedTerms(terms)],
    }),
  });
}
