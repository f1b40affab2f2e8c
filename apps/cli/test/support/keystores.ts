/** Key and password of the test vectors of the Web3 Secret Storage definition. */
export const testKey = '0x7a28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9d';
export const testPassword = 'testpassword';

/** That key as `cast wallet import` writes it. */
export const scryptKeystore = {
  version: 3,
  id: 'f63cc3aa-1c85-448d-9f4d-3d2a3a84f4c9',
  crypto: {
    cipher: 'aes-128-ctr',
    cipherparams: { iv: 'a0e0cacd6c435bb2eddc6311f61f3bc3' },
    ciphertext: '1956db7886cd4a1465f7420081119711b29f24968a5d85227e6ac492471cc27f',
    kdf: 'scrypt',
    kdfparams: {
      dklen: 32,
      n: 8192,
      r: 8,
      p: 1,
      salt: '0ea65a69cd88367237274f33128391ca7ea677e5c3a50e98235aff4f3171d04f',
    },
    mac: '2002e44703b2eec9d78c4958a65c65b74b1b2d94b5756f5dd6a2ac3a65c38f97',
  },
};
