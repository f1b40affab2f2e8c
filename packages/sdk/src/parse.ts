import { type Address, getAddress, type Hex, isAddress, isAddressEqual, isHex, zeroAddress } from 'viem';
import type { BreakwaterError } from './errors/BreakwaterError.ts';
import { inputError } from './errors/BreakwaterError.ts';

/** A JSON value with its place in the document, for messages that say where. */
export type Node = { readonly value: unknown; readonly path: string };

/**
 * The root of a document.
 * @param json the parsed JSON, or its text
 * @param path what the document is called in messages
 */
export function document(json: unknown, path: string): Node {
  if (typeof json !== 'string') return { value: json, path };
  try {
    return { value: JSON.parse(json), path };
  } catch (error) {
    throw invalid({ value: json, path }, `it is not JSON (${(error as Error).message})`);
  }
}

/** A part of an object; its value is undefined when it is absent. */
export function field(node: Node, name: string): Node {
  if (typeof node.value !== 'object' || node.value === null || Array.isArray(node.value)) {
    throw invalid(node, 'it is not an object');
  }
  return { value: (node.value as Record<string, unknown>)[name], path: `${node.path}.${name}` };
}

/** Entries of a list, each read by `read`. */
export function list<T>(node: Node, read: (entry: Node) => T): T[] {
  if (!Array.isArray(node.value)) throw invalid(node, 'it is not a list');
  return node.value.map((value, i) => read({ value, path: `${node.path}[${i}]` }));
}

/** A text, not empty unless that is allowed. */
export function string(node: Node, { empty = false }: { empty?: boolean } = {}): string {
  if (typeof node.value !== 'string') throw invalid(node, 'it is not a text');
  if (!empty && node.value === '') throw invalid(node, 'it is empty');
  return node.value;
}

/** One of a few texts. */
export function oneOf<const T extends string>(node: Node, values: readonly T[]): T {
  const value = values.find((candidate) => candidate === node.value);
  if (value === undefined) throw invalid(node, `it is not one of ${values.join(', ')}`);
  return value;
}

/** A whole number from `min` to `max`. */
export function integer(node: Node, min: number, max: number): number {
  const { value } = node;
  if (typeof value !== 'number' || !Number.isInteger(value)) throw invalid(node, 'it is not a whole number');
  if (value < min || value > max) throw invalid(node, `it is not between ${min} and ${max}`);
  return value;
}

/** A whole number of at most `bits` bits, as a JSON number or as decimal text. */
export function bigint(node: Node, bits: number): bigint {
  const { value } = node;
  const isText = typeof value === 'string' && /^\d{1,78}$/.test(value);
  if (!isText && !(typeof value === 'number' && Number.isSafeInteger(value) && value >= 0)) {
    throw invalid(node, 'it is not a whole number, or a number too large to be written without quotes');
  }
  const number = BigInt(value as string | number);
  if (number >= 1n << BigInt(bits)) throw invalid(node, `it does not fit into ${bits} bits`);
  return number;
}

/** An address, checksummed; upper and lower case may be mixed only in the right way. */
export function address(node: Node): Address {
  const { value } = node;
  if (typeof value !== 'string' || !isAddress(value)) throw invalid(node, 'it is not an address');
  return getAddress(value);
}

/** An address that is somebody. */
export function account(node: Node): Address {
  const value = address(node);
  if (isAddressEqual(value, zeroAddress)) throw invalid(node, 'it is the zero address');
  return value;
}

/** Refuses a list in which a key is twice. */
export function refuseTwice(node: Node, keys: readonly (bigint | string)[]): void {
  const twice = keys.find((key, i) => keys.indexOf(key) !== i);
  if (twice !== undefined) throw invalid(node, `${twice} is in it twice`);
}

/** Bytes in hexadecimal, lower case; exactly `length` when that is given. */
export function bytes(node: Node, length?: number): Hex {
  const { value } = node;
  if (typeof value !== 'string' || !isHex(value) || value.length % 2 !== 0) {
    throw invalid(node, 'it is not bytes in hexadecimal');
  }
  if (length !== undefined && value.length !== 2 + 2 * length)
    throw invalid(node, `it is not ${length} bytes`);
  return value.toLowerCase() as Hex;
}

/** The error that says where and what. */
export function invalid(node: Node, problem: string): BreakwaterError {
  return inputError('DeploymentInvalid', { path: node.path, problem });
}
