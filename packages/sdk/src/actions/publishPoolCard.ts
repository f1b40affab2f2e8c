import { encodeFunctionData } from 'viem';
import { riskOracleAbi } from '../abi/index.ts';
import { type Action, defineAction } from '../action.ts';
import { type PoolCardToSign, poolCardTypedData } from '../typedData/cards.ts';
import { type SignedBy, sortBySigner } from '../typedData/signatures.ts';
import { checkList } from '../validate.ts';
import type { OnDeployment } from './shared.ts';

export type PublishPoolCardParameters = OnDeployment & {
  card: PoolCardToSign;
  /** Signatures of the card (`poolCardTypedData`), in any order. */
  signatures: readonly SignedBy[];
};

/**
 * Publishes the risk card of a pool that publishers have signed. Anyone may send it.
 * @throws ValueTooLarge, ListEmpty, ListTooLong
 */
export function publishPoolCard({ deployment, card, signatures }: PublishPoolCardParameters): Action {
  const { message } = poolCardTypedData(deployment, card);
  const sorted = sortBySigner(checkList('signatures', signatures, 32)).map(({ signature }) => signature);
  return defineAction(deployment, {
    verb: 'publishPoolCard',
    text: `Publish card ${card.nonce} of pool ${card.pool}`,
    to: deployment.addresses.oracle,
    data: encodeFunctionData({
      abi: riskOracleAbi,
      functionName: 'publishPool',
      args: [message, sorted],
    }),
  });
}
