import { type Address, getAddress, type Hex, isAddress, isHex } from 'viem';
import { UsageError } from './errors.ts';

/** An option of a command: what it is called in help, and how its text is read. */
export type Option<T, Presence extends 'required' | 'optional' | 'many' = 'optional'> = {
  readonly placeholder: string | undefined;
  readonly help: string;
  readonly presence: Presence;
  /** Throws `Unreadable` with what is expected. */
  readonly read: (text: string) => T;
};

export type Options = Readonly<Record<string, Option<unknown, 'required' | 'optional' | 'many'>>>;

/** Values of options by name. */
export type Values<O extends Options> = {
  readonly [K in keyof O]: O[K] extends Option<infer T, infer Presence>
    ? Presence extends 'required'
      ? T
      : Presence extends 'many'
        ? readonly T[]
        : T | undefined
    : never;
};

/** An amount as people write it; what it is in units depends on the decimals of its asset. */
export type HumanAmount = (asset: { symbol: string; decimals: number }) => bigint;

/** Says what an option expects. */
export class Unreadable extends Error {}

export function required<T>(option: Option<T>): Option<T, 'required'> {
  return { ...option, presence: 'required' };
}

export function many<T>(option: Option<T>): Option<T, 'many'> {
  return { ...option, presence: 'many' };
}

export function option<T>(placeholder: string, help: string, read: (text: string) => T): Option<T> {
  return { placeholder, help, presence: 'optional', read };
}

/** Present or absent. */
export function flag(help: string): Option<true> {
  return { placeholder: undefined, help, presence: 'optional', read: () => true };
}

export function text(placeholder: string, help: string): Option<string> {
  return option(placeholder, help, (given) => given);
}

export function address(help: string): Option<Address> {
  return option('ADDRESS', help, readAddress);
}

export function readAddress(given: string): Address {
  if (!isAddress(given, { strict: false })) {
    throw new Unreadable('an address: 20 bytes in hexadecimal, starting with 0x');
  }
  if (!isAddress(given)) throw new Unreadable('an address whose checksum is right, or one all in lower case');
  return getAddress(given);
}

/** An amount in whole units of the asset, with decimals. */
export function amount(help: string): Option<HumanAmount> {
  return option('AMOUNT', help, readAmount);
}

export function readAmount(given: string): HumanAmount {
  const match = /^(\d{1,60})(?:\.(\d{1,36}))?$/.exec(given);
  if (!match) throw new Unreadable('an amount such as 1500 or 0.25, without separators');
  const [, whole = '', fraction = ''] = match;
  return ({ symbol, decimals }) => {
    if (fraction.length > decimals) {
      throw new UsageError(`${given} has more than the ${decimals} decimals that ${symbol} has.`);
    }
    return BigInt(whole + fraction.padEnd(decimals, '0'));
  };
}

/** A whole number. */
export function integer(placeholder: string, help: string, min = 0n): Option<bigint> {
  return option(placeholder, help, (given) => readInteger(given, min));
}

export function readInteger(given: string, min = 0n): bigint {
  if (!/^\d{1,78}$/.test(given) || BigInt(given) < min) throw new Unreadable(`a whole number from ${min}`);
  return BigInt(given);
}

/** A whole number of days. */
export function days(help: string): Option<number> {
  return option('DAYS', help, (given) => Number(readInteger(given, 1n)));
}

/** Cover by its token's number, or as pool and number within it: 1-16777217. */
export function cover(help: string): Option<bigint> {
  return option('COVER', help, readCover);
}

export function readCover(given: string): bigint {
  const parts = /^(\d{1,20})-(\d{1,20})$/.exec(given);
  if (parts) return (BigInt(parts[1] ?? 0) << 64n) | BigInt(parts[2] ?? 0);
  if (/^\d{1,78}$/.test(given)) return BigInt(given);
  throw new Unreadable('a cover: the number of its token, or pool and number such as 1-16777217');
}

export function tranche(help: string): Option<'junior' | 'senior'> {
  return option('TRANCHE', help, (given) => {
    if (given !== 'junior' && given !== 'senior') throw new Unreadable('junior or senior');
    return given;
  });
}

/** A day, as 2031-01-31. */
export function day(help: string): Option<string> {
  return option('DATE', help, (given) => {
    const isDay =
      /^\d{4}-\d{2}-\d{2}$/.test(given) && new Date(`${given}T00:00:00Z`).toJSON()?.startsWith(given);
    if (!isDay) throw new Unreadable('a day such as 2031-01-31');
    return given;
  });
}

/** A number above zero, with decimals. */
export function positive(placeholder: string, help: string, most: number): Option<number> {
  return option(placeholder, help, (given) => {
    const number = /^\d{1,9}(\.\d{1,9})?$/.test(given) ? Number(given) : Number.NaN;
    if (!(number > 0 && number <= most)) throw new Unreadable(`a number above 0 and at most ${most}`);
    return number;
  });
}

/** A percentage, in basis points of a basis point: 1e8 = 100 %. */
export function percent(help: string): Option<number> {
  return option('PERCENT', help, (given) => {
    const match = /^(\d{1,3})(?:\.(\d{1,6}))?$/.exec(given);
    if (!match) throw new Unreadable('a percentage such as 2.5, without the sign');
    return Number((match[1] ?? '') + (match[2] ?? '').padEnd(6, '0'));
  });
}

/** A moment: from now, as a date, or in seconds since 1970. */
export function time(help: string): Option<(now: bigint) => bigint> {
  return option('TIME', help, readTime);
}

const unitSeconds: Readonly<Record<string, bigint>> = { s: 1n, m: 60n, h: 3_600n, d: 86_400n };

export function readTime(given: string): (now: bigint) => bigint {
  const ahead = /^\+(\d{1,9})([smhd])$/.exec(given);
  if (ahead) return (now) => now + BigInt(ahead[1] ?? 0) * (unitSeconds[ahead[2] ?? 's'] ?? 1n);
  if (/^\d{9,11}$/.test(given)) return () => BigInt(given);
  const isDate = /^\d{4}-\d{2}-\d{2}(T[\d:.]+Z)?$/.test(given);
  const milliseconds = isDate ? Date.parse(given) : Number.NaN;
  if (Number.isNaN(milliseconds)) {
    throw new Unreadable('a moment: +2h, +3d, 2031-01-31, 2031-01-31T12:00:00Z, or seconds since 1970');
  }
  return () => BigInt(Math.floor(milliseconds / 1000));
}

/** Bytes of a given length in hexadecimal. */
export function bytes(placeholder: string, length: number, help: string): Option<Hex> {
  return option(placeholder, help, (given) => {
    if (!isHex(given, { strict: true }) || given.length !== 2 + 2 * length) {
      throw new Unreadable(`${length} bytes in hexadecimal, starting with 0x`);
    }
    return given.toLowerCase() as Hex;
  });
}

/** One of a few words. */
export function choice<const T extends string>(choices: readonly T[], help: string): Option<T> {
  return option(choices.join('|'), help, (given) => {
    const chosen = choices.find((candidate) => candidate === given);
    if (chosen === undefined) throw new Unreadable(`one of ${choices.join(', ')}`);
    return chosen;
  });
}

/** A pool by address, number or name; the only one there is when left out. */
export const pool = text(
  'POOL',
  'the pool: address, number or name; may be left out where there is one only',
);

/** A market by id or name; the only one there is when left out. */
export const market = text('MARKET', 'the market: id or name; may be left out where there is one only');

/** An incident by its number. */
export const incident = integer('NUMBER', 'number of the incident, from 1', 1n);
