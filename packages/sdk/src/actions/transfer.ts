import { type Address, encodeFunctionData } from 'viem';
import { type Action, defineAction } from '../action.ts';
import { nftAbi } from '../standards.ts';
import { checkAddress } from '../validate.ts';
import { coverText, type OnDeployment } from './shared.ts';

export type TransferParameters = OnDeployment & {
  cover: bigint;
  /** Holder. */
  from: Address;
  /** New holder; a contract must accept ERC-721 tokens. */
  to: Address;
};

/**
 * Transfers a cover: its payment goes to the new holder, the insured account stays the same.
 * @throws AddressInvalid
 */
export function transfer({ deployment, cover, from, to }: TransferParameters): Action {
  const receiver = checkAddress('to', to);
  return defineAction(deployment, {
    verb: 'transfer',
    text: `Transfer ${coverText(cover)} to ${receiver}`,
    to: deployment.addresses.coverToken,
    data: encodeFunctionData({
      abi: nftAbi,
      functionName: 'safeTransferFrom',
      args: [checkAddress('from', from), receiver, cover],
    }),
  });
}
