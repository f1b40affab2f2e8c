import type { Address, Hex } from 'viem';
import { deepFreeze } from '../action.ts';
import { checkAddress, checkAmount, checkUint } from '../validate.ts';

/** Permit2, at the same address on every chain that has it. */
export const permit2Address: Address = '0x000000000022D473030F116dDEE9F6B43aC78BA3';

const types = {
  PermitTransferFrom: [
    { name: 'permitted', type: 'TokenPermissions' },
    { name: 'spender', type: 'address' },
    { name: 'nonce', type: 'uint256' },
    { name: 'deadline', type: 'uint256' },
  ],
  TokenPermissions: [
    { name: 'token', type: 'address' },
    { name: 'amount', type: 'uint256' },
  ],
} as const;

/** A transfer that a Permit2 signature allows once. */
export type Permit2Parameters = {
  token: Address;
  /** Most that is taken, asset units. */
  amount: bigint;
  /** The router. */
  spender: Address;
  /** Any number not used before by the owner. */
  nonce: bigint;
  /** Seconds. */
  deadline: bigint;
  chainId: number;
};

/** A signed Permit2 transfer, as actions take it. */
export type SignedPermit2 = {
  readonly amount: bigint;
  readonly nonce: bigint;
  readonly deadline: bigint;
  readonly signature: Hex;
};

/**
 * The EIP-712 message of a Permit2 signature transfer.
 * @throws AddressInvalid, ValueZero, ValueTooLarge
 */
export function permit2TypedData(permit: Permit2Parameters) {
  return deepFreeze({
    domain: { name: 'Permit2', chainId: permit.chainId, verifyingContract: permit2Address },
    types,
    primaryType: 'PermitTransferFrom',
    message: {
      permitted: {
        token: checkAddress('token', permit.token),
        amount: checkAmount('amount', permit.amount, 256),
      },
      spender: checkAddress('spender', permit.spender),
      nonce: checkUint('nonce', permit.nonce, 256),
      deadline: checkUint('deadline', permit.deadline, 256),
    },
  });
}
