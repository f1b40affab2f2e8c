import type { Address, TypedData } from 'viem';
import { deepFreeze } from '../action.ts';
import type { Deployment } from '../deployment.ts';

/** An EIP-712 message to one of our contracts, whose domains have version 1. */
export function messageTo<
  const Types extends TypedData,
  const Name extends keyof Types & string,
  const Message,
>(
  contract: { readonly name: string; readonly address: Address },
  { chainId }: Deployment,
  { types, primaryType, message }: { types: Types; primaryType: Name; message: Message },
) {
  return deepFreeze({
    domain: { name: contract.name, version: '1', chainId, verifyingContract: contract.address },
    types,
    primaryType,
    message,
  });
}
