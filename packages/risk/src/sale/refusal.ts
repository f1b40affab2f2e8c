import type { GroupId } from '../types.ts';

/** A sale gate that does not let a purchase through; `excess` is by how much it is over, asset units, above zero. */
export type GateRefusal =
  | {
      readonly name: 'UtilisationAboveGate';
      /** S after the purchase and the most of it, asset units, rounded down. */
      readonly requiredCapital: bigint;
      readonly max: bigint;
      readonly excess: bigint;
    }
  | {
      readonly name: 'MarketFull';
      readonly market: string;
      /** Cover of the market after the purchase, asset units. */
      readonly cover: bigint;
      readonly max: bigint;
      readonly excess: bigint;
    }
  | {
      readonly name: 'GroupFull';
      readonly group: GroupId;
      /** Unweighted cover of the group after the purchase, asset units. */
      readonly cover: bigint;
      readonly max: bigint;
      readonly excess: bigint;
    }
  | {
      readonly name: 'PoolFull';
      /** Total cover after the purchase, asset units. */
      readonly cover: bigint;
      readonly max: bigint;
      readonly excess: bigint;
    };

/** Sales are stopped, whatever is bought. Times in seconds. */
export type SaleRefusal =
  | { readonly name: 'PoolWindingDown' }
  | { readonly name: 'PoolShort'; readonly heldLiability: bigint }
  | { readonly name: 'MarketNotAttached'; readonly market: string }
  | { readonly name: 'OperationClosed'; readonly market: string }
  | { readonly name: 'CardMissing'; readonly market: string }
  | {
      readonly name: 'CardStale';
      readonly market: string;
      readonly validUntil: bigint;
      readonly time: bigint;
    }
  | {
      readonly name: 'GroupCardStale';
      readonly group: GroupId;
      readonly validUntil: bigint;
      readonly time: bigint;
    }
  | { readonly name: 'GroupAlerted'; readonly group: GroupId; readonly until: bigint };

/** What was asked for cannot be sold by any pool. */
export type InputRefusal =
  | { readonly name: 'AmountZero' }
  | { readonly name: 'AmountTooLarge'; readonly amount: bigint; readonly max: bigint }
  | {
      /** A group would carry more than a pool can store; the contract's error has no figures. */
      readonly name: 'Overflow';
      readonly group: GroupId;
      /** Unweighted cover of the group after the purchase, asset units. */
      readonly cover: bigint;
      readonly max: bigint;
    }
  | {
      /** The waiting period before the end of the policy has begun. */
      readonly name: 'ExtensionTooLate';
      /** Last moment of an extension, seconds. */
      readonly latest: bigint;
    }
  | {
      readonly name: 'TermOutOfBounds';
      /** Seconds from now to the end. */
      readonly term: bigint;
      readonly min: bigint;
      readonly max: bigint;
    };

/** Why a pool does not sell, with the name and the figures of the contract's error. */
export type Refusal = GateRefusal | SaleRefusal | InputRefusal;
