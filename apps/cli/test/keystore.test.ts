import { privateKeyToAddress } from 'viem/accounts';
import { describe, expect, it } from 'vitest';
import { decryptKeystore } from '../src/account/keystore.ts';
import { scryptKeystore, testKey, testPassword } from './support/keystores.ts';

/** The PBKDF2 test vector of the Web3 Secret Storage definition. */
const pbkdf2Keystore = {
  version: 3,
  id: '3198bc9c-6672-5ab3-d995-4942343ae5b6',
  crypto: {
    cipher: 'aes-128-ctr',
    cipherparams: { iv: '6087dab2f9fdbbfaddc31a909735c1e6' },
    ciphertext: '5318b4d5bcd28de64ee5559e671353e16f075ecae9f99c7a79a38af5f869aa46',
    kdf: 'pbkdf2',
    kdfparams: {
      c: 262_144,
      dklen: 32,
      prf: 'hmac-sha256',
      salt: 'ae3cd4e7013836a3df6bd7241b12db061dbe2c6785853cce422d148a624ce0bd',
    },
    mac: '517ead924a9d0dc3124507e3393d175ce3ff7c1e96529c6c555ce9e51205e9b2',
  },
};

describe('decryptKeystore', () => {
  it('opens a scrypt keystore that another program wrote', () => {
    expect(decryptKeystore(scryptKeystore, testPassword)).toBe(testKey);
    expect(privateKeyToAddress(testKey)).toBe('0x008AeEda4D805471dF9b2A5B0f38A0C3bCBA786b');
  });

  it('opens the PBKDF2 vector of the definition', () => {
    expect(decryptKeystore(pbkdf2Keystore, testPassword)).toBe(testKey);
  });

  it('says that the password is wrong', () => {
    expect(() => decryptKeystore(pbkdf2Keystore, 'testpasswort')).toThrow(
      expect.objectContaining({ name: 'PasswordWrong', instruction: 'Check the password file.' }),
    );
  });

  it.each([
    ['another version', { version: 1 }, /version 1, not 3/],
    ['no crypto', { version: 3 }, /crypto is missing/],
    ['another cipher', changed({ cipher: 'aes-256-gcm' }), /cipher is aes-256-gcm/],
    ['another kdf', changed({ kdf: 'argon2id' }), /kdf is argon2id/],
    ['a cut ciphertext', changed({ ciphertext: '5318' }), /ciphertext is not 32 bytes/],
    ['text for bytes', changed({ mac: 'none' }), /mac is not bytes/],
    ['too much memory', scrypt({ n: 2 ** 22, r: 64 }), /more than 1 GiB/],
    ['an n that is no power of two', scrypt({ n: 1000 }), /power of two/],
    ['an n too large for r', scrypt({ n: 2 ** 18, r: 1, p: 8 }), /n of scrypt is too large for its r/],
  ])('refuses %s', (_, keystore, problem) => {
    expect(() => decryptKeystore(keystore, testPassword)).toThrow(problem);
  });
});

function changed(crypto: object) {
  return { ...pbkdf2Keystore, crypto: { ...pbkdf2Keystore.crypto, ...crypto } };
}

function scrypt(kdfparams: object) {
  const { crypto } = scryptKeystore;
  return { ...scryptKeystore, crypto: { ...crypto, kdfparams: { ...crypto.kdfparams, ...kdfparams } } };
}
