import { place, take } from './bits.ts';

const poolField = { offset: 64, width: 192 };
const sequenceField = { offset: 0, width: 64 };

/** Parts of a cover's number. */
export type CoverIdParts = {
  /** Index of the pool that sold it, from 1. */
  pool: bigint;
  /** Number within the pool. */
  sequence: bigint;
};

/**
 * Number of a cover and of its ERC-721 token.
 * @throws ValueTooLarge when a part does not fit
 */
export function encodeCoverId({ pool, sequence }: CoverIdParts): bigint {
  return place('pool', pool, poolField) | place('sequence', sequence, sequenceField);
}

/** Pool and number within the pool of a cover. */
export function decodeCoverId(cover: bigint): CoverIdParts {
  return { pool: take(cover, poolField), sequence: take(cover, sequenceField) };
}
