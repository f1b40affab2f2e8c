import { recoverSigners, type SignedBy } from '@breakwater/sdk';
import { type Hex, hashTypedData, isHex } from 'viem';
import { cliError } from './errors.ts';
import { readJson } from './files.ts';

/** A file with something that was signed: its fields beside the signatures. */
export type SignedFile = {
  readonly path: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly signatures: readonly Hex[];
};

/**
 * Reads `{ "<what>": {...}, "signatures": ["0x...", ...] }`.
 * @throws FileUnreadable, FileInvalid
 */
export async function readSigned(cwd: string, path: string, what: string): Promise<SignedFile> {
  const json = (await readJson(cwd, path)) as Record<string, unknown> | null;
  const content = json?.[what];
  if (typeof content !== 'object' || content === null) throw invalid(path, `it has no object "${what}"`);
  const signatures = json?.signatures;
  if (!Array.isArray(signatures) || !signatures.every((signature) => isHex(signature))) {
    throw invalid(path, 'it has no list "signatures" of bytes in hexadecimal');
  }
  return { path, fields: content as Record<string, unknown>, signatures };
}

/** A whole number in a signed file, as JSON number or decimal text. */
export function numberIn({ path, fields }: SignedFile, name: string): bigint {
  const value = fields[name];
  if ((typeof value === 'number' && Number.isSafeInteger(value)) || /^\d+$/.test(String(value))) {
    return BigInt(value as number | string);
  }
  throw invalid(path, `${name} is not a whole number`);
}

/** Bytes or an address in a signed file. */
export function hexIn({ path, fields }: SignedFile, name: string): Hex {
  const value = fields[name];
  if (isHex(value, { strict: true })) return value;
  throw invalid(path, `${name} is not bytes in hexadecimal`);
}

/** Who signed a typed message. */
export function signersOf(
  typedData: Parameters<typeof hashTypedData>[0],
  { signatures }: SignedFile,
): Promise<SignedBy[]> {
  return recoverSigners(hashTypedData(typedData), signatures);
}

/** The error that a file holds something else. */
export function invalid(path: string, problem: string) {
  return cliError('FileInvalid', `${path} cannot be used: ${problem}.`, 'Correct the file.');
}
