import { inputError } from '../errors/BreakwaterError.ts';

/** A field of a packed word. */
export type Field = { readonly offset: number; readonly width: number };

/** Reads a field of a word. */
export function take(word: bigint, { offset, width }: Field): bigint {
  return BigInt.asUintN(width, word >> BigInt(offset));
}

/**
 * A field at its place in a word, the rest zero.
 * @throws ValueTooSmall, ValueTooLarge when the value does not fit: a carry would corrupt its neighbour silently
 */
export function place(name: string, value: bigint | number, { offset, width }: Field): bigint {
  const number = BigInt(value);
  const max = (1n << BigInt(width)) - 1n;
  if (number < 0n) throw inputError('ValueTooSmall', { field: name, value: number, min: 0n });
  if (number > max) throw inputError('ValueTooLarge', { field: name, value: number, max });
  return number << BigInt(offset);
}
