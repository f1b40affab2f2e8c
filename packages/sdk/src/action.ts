import { type Address, type Hex, isAddress } from 'viem';
import type { Deployment } from './deployment.ts';
import { inputError } from './errors/BreakwaterError.ts';
import type { Requirement } from './requirements/types.ts';

/** A call as a wallet sends it. */
export type Transaction = {
  readonly to: Address;
  readonly data: Hex;
  /** Native currency sent along, wei. */
  readonly value: bigint;
  /** Least gas to offer, where what a node estimates would let the call do less than it could. */
  readonly gas?: bigint;
};

/** What an action does, for people and for programs. */
export type Summary = {
  /** Name of the builder, such as `buy`. */
  readonly verb: string;
  /** One English sentence. */
  readonly text: string;
};

/** A transaction, what must be true before it is sent, and what it does. Frozen all the way down. */
export type Action = {
  /** Chain the transaction is meant for. */
  readonly chainId: number;
  readonly transaction: Transaction;
  /** In the order in which they are fulfilled; see `checkRequirements`. */
  readonly requirements: readonly Requirement[];
  readonly summary: Summary;
};

/** Parts of an action as its builder gives them. */
export type ActionParts = {
  verb: string;
  text: string;
  to: Address;
  data: Hex;
  value?: bigint;
  gas?: bigint;
  requirements?: readonly Requirement[];
};

/**
 * Puts an action together and freezes it.
 * @throws AddressInvalid when `to` is no address
 */
export function defineAction(deployment: Deployment, parts: ActionParts): Action {
  if (!isAddress(parts.to, { strict: false })) {
    throw inputError('AddressInvalid', { field: 'to', value: String(parts.to) });
  }
  return deepFreeze({
    chainId: deployment.chainId,
    transaction: {
      to: parts.to,
      data: parts.data,
      value: parts.value ?? 0n,
      ...(parts.gas === undefined ? {} : { gas: parts.gas }),
    },
    requirements: [...(parts.requirements ?? [])],
    summary: { verb: parts.verb, text: parts.text },
  });
}

/** Freezes a plain value and everything in it. */
export function deepFreeze<const T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    for (const part of Object.values(value)) deepFreeze(part);
    Object.freeze(value);
  }
  return value;
}
