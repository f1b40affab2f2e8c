import type { Address, Hex } from 'viem';

/** The sender lets `spender` move at least `amount` of `token` (asset units). */
export type ApprovalRequirement = {
  readonly type: 'approval';
  readonly token: Address;
  readonly spender: Address;
  readonly amount: bigint;
};

/** The sender lets `spender` move the ERC-721 token `id` of `token`. */
export type TokenApprovalRequirement = {
  readonly type: 'tokenApproval';
  readonly token: Address;
  readonly spender: Address;
  readonly id: bigint;
};

/** The sender holds at least `amount` of `token` (asset units). */
export type BalanceRequirement = {
  readonly type: 'balance';
  readonly token: Address;
  readonly amount: bigint;
};

/** The signed permit in the transaction still counts: right nonce, not expired; or the allowance is there already. */
export type PermitRequirement = {
  readonly type: 'permit';
  readonly token: Address;
  readonly owner: Address;
  readonly spender: Address;
  readonly amount: bigint;
  readonly nonce: bigint;
  /** Seconds. */
  readonly deadline: bigint;
};

/** The chain's time is not past `deadline` (seconds). */
export type DeadlineRequirement = {
  readonly type: 'deadline';
  readonly deadline: bigint;
};

/** The access manager lets the sender call `target`, at once or after a scheduled delay. */
export type AuthorityRequirement = {
  readonly type: 'authority';
  readonly manager: Address;
  readonly target: Address;
  readonly data: Hex;
};

/** What must be true before an action is sent, as data. */
export type Requirement =
  | ApprovalRequirement
  | TokenApprovalRequirement
  | BalanceRequirement
  | PermitRequirement
  | DeadlineRequirement
  | AuthorityRequirement;
