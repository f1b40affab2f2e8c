import { createDecipheriv, pbkdf2Sync, scryptSync, timingSafeEqual } from 'node:crypto';
import { bytesToHex, type Hex, hexToBytes, keccak256 } from 'viem';
import { cliError } from '../errors.ts';

/** Most memory that deriving a key may take, bytes. */
const MAX_MEMORY = 2 ** 30;

/**
 * Decrypts a version 3 keystore (Web3 Secret Storage): scrypt or PBKDF2, AES-128-CTR, Keccak MAC.
 * @param json the parsed file
 * @returns the private key
 * @throws KeystoreInvalid, PasswordWrong
 */
export function decryptKeystore(json: unknown, password: string): Hex {
  const root = object(json, 'the file');
  if (root.version !== 3) throw invalid(`it is version ${String(root.version)}, not 3`);
  // Older writers put it in upper case.
  const crypto = object(root.crypto ?? root.Crypto, 'crypto');
  if (crypto.cipher !== 'aes-128-ctr') throw invalid(`its cipher is ${String(crypto.cipher)}`);
  const ciphertext = hex(crypto.ciphertext, 'ciphertext', 32);
  const iv = hex(object(crypto.cipherparams, 'cipherparams').iv, 'iv', 16);
  const mac = hex(crypto.mac, 'mac', 32);

  const key = deriveKey(crypto.kdf, object(crypto.kdfparams, 'kdfparams'), password);
  const expected = hexToBytes(keccak256(Buffer.concat([key.subarray(16, 32), ciphertext])));
  if (!timingSafeEqual(expected, mac)) {
    throw cliError('PasswordWrong', 'The password does not open the keystore.', 'Check the password file.');
  }
  const decipher = createDecipheriv('aes-128-ctr', key.subarray(0, 16), iv);
  return bytesToHex(Buffer.concat([decipher.update(ciphertext), decipher.final()]));
}

function deriveKey(kdf: unknown, parameters: Record<string, unknown>, password: string): Buffer {
  const salt = hex(parameters.salt, 'salt');
  if (number(parameters.dklen, 'dklen', 32) !== 32) throw invalid('its dklen is not 32');
  if (kdf === 'scrypt') {
    const N = number(parameters.n, 'n', 2 ** 24);
    const r = number(parameters.r, 'r', 2 ** 10);
    const p = number(parameters.p, 'p', 2 ** 10);
    const memory = 128 * r * (N + p + 2);
    if (memory > MAX_MEMORY) throw invalid('its scrypt parameters ask for more than 1 GiB of memory');
    if ((N & (N - 1)) !== 0 || N < 2) throw invalid('n of scrypt is not a power of two');
    // RFC 7914; the library behind node:crypto insists on it.
    if (Math.log2(N) >= 16 * r) throw invalid('n of scrypt is too large for its r');
    return scryptSync(password, salt, 32, { N, r, p, maxmem: 2 * memory });
  }
  if (kdf === 'pbkdf2') {
    if (parameters.prf !== 'hmac-sha256') throw invalid(`its prf is ${String(parameters.prf)}`);
    return pbkdf2Sync(password, salt, number(parameters.c, 'c', 2 ** 27), 32, 'sha256');
  }
  throw invalid(`its kdf is ${String(kdf)}`);
}

function object(value: unknown, name: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) throw invalid(`${name} is missing`);
  return value as Record<string, unknown>;
}

function number(value: unknown, name: string, max: number): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 1 || value > max) {
    throw invalid(`${name} is not a whole number from 1 to ${max}`);
  }
  return value;
}

function hex(value: unknown, name: string, length?: number): Uint8Array {
  const digits = typeof value === 'string' ? value.replace(/^0x/i, '') : '';
  if (!/^([0-9a-f]{2})+$/i.test(digits)) throw invalid(`${name} is not bytes in hexadecimal`);
  const bytes = Buffer.from(digits, 'hex');
  if (length !== undefined && bytes.length !== length) throw invalid(`${name} is not ${length} bytes`);
  return bytes;
}

function invalid(problem: string) {
  return cliError(
    'KeystoreInvalid',
    `The keystore cannot be used: ${problem}.`,
    'Give a version 3 keystore as wallets and nodes write it.',
  );
}
