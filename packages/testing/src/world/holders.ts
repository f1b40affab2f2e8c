import { type Hex, hexToBigInt, keccak256, type LocalAccount, stringToHex } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import type { ExploitableKind, InsuredKind, Position } from '../insured/index.ts';
import { insuredKinds } from '../insured/index.ts';
import { holderKey } from './accounts.ts';
import { poolNames } from './pools.ts';

/** A cover to buy. */
export type PlannedCover = {
  /** Place of the pool in `poolNames`. */
  readonly pool: number;
  readonly kind: InsuredKind;
  /** Asset units. */
  readonly cover: bigint;
  /** Whole UTC days. */
  readonly days: number;
};

/** Somebody with real positions who buys cover on them. */
export type Holder = {
  readonly number: number;
  readonly account: LocalAccount;
  readonly key: Hex;
  /** Worth of each position to open, asset units. */
  readonly positions: Readonly<Partial<Record<InsuredKind, bigint>>>;
  /** Bought one by one from the pools, or all at once through the router. */
  readonly covers: readonly PlannedCover[];
  readonly viaRouter: boolean;
};

const unit = 10n ** 6n;

/**
 * Plans the holders, the same ones every time: each has a position in the protocol that will be robbed and cover on it.
 * Three in ten have one in another protocol as well. One in ten insures more than the position is worth; one in ten
 * buys through the router, half from either pool.
 */
export function planHolders(count: number, robbed: ExploitableKind): Holder[] {
  const others = insuredKinds.filter((kind) => kind !== robbed);
  return Array.from({ length: count }, (_, number) => planHolder(number, robbed, others));
}

function planHolder(number: number, robbed: ExploitableKind, others: readonly InsuredKind[]): Holder {
  const draw = drawing(number);
  const digit = number % 10;
  const pool = Math.floor(number / 10) % poolNames.length;
  const days = draw(30, 90);
  const worth = BigInt(draw(500_000_000, 3_000_000_000));
  const positions: Partial<Record<InsuredKind, bigint>> = { [robbed]: worth };
  const share = digit === 9 ? draw(110, 130) : draw(50, 95);
  const cover = (worth * BigInt(share)) / 100n;

  const viaRouter = digit === 2 || digit === 5;
  const covers: PlannedCover[] =
    digit === 5
      ? poolNames.map((_, i) => ({ pool: i, kind: robbed, cover: cover / 2n, days }))
      : [{ pool, kind: robbed, cover, days }];
  if (digit < 3) {
    const kind = others[Math.floor(number / 10) % others.length] as InsuredKind;
    const other = BigInt(draw(200, 1_500)) * unit;
    positions[kind] = other;
    covers.push({ pool: 1 - pool, kind, cover: (other * BigInt(draw(50, 100))) / 100n, days: draw(14, 180) });
  }
  const key = holderKey(number);
  return { number, account: privateKeyToAccount(key), key, positions, covers, viaRouter };
}

/** Positions of a kind that holders want opened. */
export function positionsOf(holders: readonly Holder[], kind: InsuredKind): Position[] {
  return holders.flatMap(({ account, positions }) => {
    const amount = positions[kind];
    return amount === undefined ? [] : [{ holder: account.address, amount }];
  });
}

/** Cover that holders will buy from a pool on a market, asset units. */
export function plannedCover(holders: readonly Holder[], kind: InsuredKind, pool?: number): bigint {
  return holders
    .flatMap(({ covers }) => covers)
    .filter((planned) => planned.kind === kind && (pool === undefined || planned.pool === pool))
    .reduce((sum, { cover }) => sum + cover, 0n);
}

/** Whole numbers within bounds, both included, that depend on the holder's number alone. */
function drawing(number: number): (min: number, max: number) => number {
  let state = stringToHex(`breakwater local drawing ${number}`);
  return (min, max) => {
    state = keccak256(state);
    return min + Number(hexToBigInt(state) % BigInt(max - min + 1));
  };
}
