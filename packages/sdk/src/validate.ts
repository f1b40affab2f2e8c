import { type Address, getAddress, type Hex, isAddress, isHex, size } from 'viem';
import { inputError } from './errors/BreakwaterError.ts';
import type { ErrorContext } from './errors/explain.ts';

/**
 * An address in its checksummed form.
 * @throws AddressInvalid when it is none, or its checksum is wrong
 */
export function checkAddress(field: string, value: string): Address {
  if (!isAddress(value)) throw inputError('AddressInvalid', { field, value: String(value) });
  return getAddress(value);
}

/** An unsigned whole number of at most `bits` bits.
 * @throws ValueTooSmall, ValueTooLarge, ValueNotWhole
 */
export function checkUint(
  field: string,
  value: bigint | number,
  bits: number,
  min = 0n,
  context: ErrorContext = {},
): bigint {
  if (typeof value === 'number' && !Number.isInteger(value))
    throw inputError('ValueNotWhole', { field, value });
  const number = BigInt(value);
  const max = (1n << BigInt(bits)) - 1n;
  if (number < min) {
    throw inputError(
      number === 0n ? 'ValueZero' : 'ValueTooSmall',
      { field, value: number, min },
      { context },
    );
  }
  if (number > max) throw inputError('ValueTooLarge', { field, value: number, max }, { context });
  return number;
}

/** An unsigned number of at most 48 bits, as ABIs take it.
 * @throws ValueTooSmall, ValueTooLarge, ValueNotWhole
 */
export function checkSmallUint(field: string, value: bigint | number, bits: number, min = 0n): number {
  return Number(checkUint(field, value, bits, min));
}

/** An amount above zero of at most `bits` bits.
 * @param asset what it is an amount of, for the error
 * @throws ValueZero, ValueTooSmall, ValueTooLarge
 */
export function checkAmount(
  field: string,
  value: bigint,
  bits: number,
  asset?: ErrorContext['asset'],
): bigint {
  return checkUint(field, value, bits, 1n, { asset });
}

/** Hexadecimal bytes of a given length.
 * @throws BytesInvalid
 */
export function checkBytes(field: string, value: Hex, length: number): Hex {
  if (!isHex(value) || value.length !== 2 + 2 * length) {
    throw inputError('BytesInvalid', { field, value, size: length });
  }
  return value.toLowerCase() as Hex;
}

/** Bytes of any length.
 * @throws BytesInvalid
 */
export function checkHex(field: string, value: Hex): Hex {
  if (!isHex(value) || value.length % 2 !== 0) {
    throw inputError('BytesInvalid', { field, value, size: isHex(value) ? size(value) : 'whole' });
  }
  return value;
}

/** A list with 1 to `max` entries.
 * @throws ListEmpty, ListTooLong
 */
export function checkList<T>(field: string, list: readonly T[], max: number): readonly T[] {
  if (list.length === 0) throw inputError('ListEmpty', { field });
  if (list.length > max) throw inputError('ListTooLong', { field, length: list.length, max });
  return list;
}
