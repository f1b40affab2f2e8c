import { inputError } from '../errors/BreakwaterError.ts';
import { place, take } from './bits.ts';

/** Number of a shock group, 1 to 65,535; bit 15 says that it is hard. */
export type GroupId = number;

const HARD = 0x8000;

/** Whether a total loss of all markets of the group must be payable (shared code, bridge, key). */
export function isHardGroup(group: GroupId): boolean {
  return (group & HARD) !== 0;
}

/** Number of a hard group from its number among the hard ones. */
export function hardGroup(number: number): GroupId {
  return number | HARD;
}

/**
 * Up to four groups in one word, 16 bits each, the first lowest.
 * @throws ListTooLong, ValueZero, ValueTooLarge
 */
export function packGroups(groups: readonly GroupId[]): bigint {
  if (groups.length > 4) throw inputError('ListTooLong', { field: 'groups', length: groups.length, max: 4 });
  let word = 0n;
  groups.forEach((group, i) => {
    if (group === 0) throw inputError('ValueZero', { field: `groups[${i}]` });
    word |= place(`groups[${i}]`, group, { offset: 16 * i, width: 16 });
  });
  return word;
}

/** Groups in a word, without unused places. */
export function unpackGroups(word: bigint): GroupId[] {
  return [0, 1, 2, 3]
    .map((i) => Number(take(word, { offset: 16 * i, width: 16 })))
    .filter((group) => group !== 0);
}
