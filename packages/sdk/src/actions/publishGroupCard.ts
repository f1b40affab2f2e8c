import { encodeFunctionData } from 'viem';
import { riskOracleAbi } from '../abi/index.ts';
import { type Action, defineAction } from '../action.ts';
import { type GroupCardToSign, groupCardTypedData } from '../typedData/cards.ts';
import { type SignedBy, sortBySigner } from '../typedData/signatures.ts';
import { checkList } from '../validate.ts';
import type { OnDeployment } from './shared.ts';

export type PublishGroupCardParameters = OnDeployment & {
  card: GroupCardToSign;
  /** Signatures of the card (`groupCardTypedData`), in any order. */
  signatures: readonly SignedBy[];
};

/**
 * Publishes the risk card of a group that publishers have signed. Anyone may send it.
 * @throws ValueTooLarge, ListEmpty, ListTooLong
 */
export function publishGroupCard({ deployment, card, signatures }: PublishGroupCardParameters): Action {
  const { message } = groupCardTypedData(deployment, card);
  const sorted = sortBySigner(checkList('signatures', signatures, 32)).map(({ signature }) => signature);
  return defineAction(deployment, {
    verb: 'publishGroupCard',
    text: `Publish card ${card.nonce} of group ${card.group}`,
    to: deployment.addresses.oracle,
    data: encodeFunctionData({
      abi: riskOracleAbi,
      functionName: 'publishGroup',
      args: [message, sorted],
    }),
  });
}
