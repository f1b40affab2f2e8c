import { place, take } from './bits.ts';

/** Terms of a cover as `CoverBought` carries them in one word. */
export type CoverTerms = {
  /** Cover, asset units. */
  cover: bigint;
  /** Premium streamed to the tranches, asset units per second times 2^16. */
  rate: bigint;
  /** First and last moment of cover, seconds; both on UTC day boundaries. */
  start: bigint;
  end: bigint;
};

const fields = {
  cover: { offset: 0, width: 88 },
  rate: { offset: 88, width: 80 },
  startDay: { offset: 168, width: 16 },
  endDay: { offset: 184, width: 16 },
} as const;

const DAY = 86_400n;

/** Reads the word `terms` of a `CoverBought` event. */
export function decodeCoverTerms(word: bigint): CoverTerms {
  return {
    cover: take(word, fields.cover),
    rate: take(word, fields.rate),
    start: take(word, fields.startDay) * DAY,
    end: take(word, fields.endDay) * DAY,
  };
}

/**
 * The word of a cover's terms. Times round down to days.
 * @throws ValueTooLarge when a field does not fit
 */
export function encodeCoverTerms(terms: CoverTerms): bigint {
  return (
    place('cover', terms.cover, fields.cover) |
    place('rate', terms.rate, fields.rate) |
    place('start', terms.start / DAY, fields.startDay) |
    place('end', terms.end / DAY, fields.endDay)
  );
}
