import { encodeFunctionData } from 'viem';
import { riskOracleAbi } from '../abi/index.ts';
import { type Action, defineAction } from '../action.ts';
import { type MarketCard, marketCardTypedData } from '../typedData/cards.ts';
import { type SignedBy, sortBySigner } from '../typedData/signatures.ts';
import { checkList } from '../validate.ts';
import type { OnDeployment } from './shared.ts';

export type PublishMarketCardParameters = OnDeployment & {
  card: MarketCard;
  /** Signatures of the card (`marketCardTypedData`), in any order. */
  signatures: readonly SignedBy[];
};

/**
 * Publishes the risk card of a market that publishers have signed. Anyone may send it.
 * @throws ValueTooLarge, ListEmpty, ListTooLong
 */
export function publishMarketCard({ deployment, card, signatures }: PublishMarketCardParameters): Action {
  const { message } = marketCardTypedData(deployment, card);
  const sorted = sortBySigner(checkList('signatures', signatures, 32)).map(({ signature }) => signature);
  return defineAction(deployment, {
    verb: 'publishMarketCard',
    text: `Publish card ${card.nonce} of market ${card.market}`,
    to: deployment.addresses.oracle,
    data: encodeFunctionData({
      abi: riskOracleAbi,
      functionName: 'publishMarket',
      args: [message, sorted],
    }),
  });
}
