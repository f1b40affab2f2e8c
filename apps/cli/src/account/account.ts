import type { Account, Address, Hex } from 'viem';
import { privateKeyToAccount, toAccount } from 'viem/accounts';
import type { GlobalValues } from '../command.ts';
import { cliError, UsageError } from '../errors.ts';
import { readJson, readText } from '../files.ts';
import type { Surroundings } from '../output.ts';
import { decryptKeystore } from './keystore.ts';

/**
 * The account that was named in the options; undefined when none was.
 * @throws UsageError, FileUnreadable, KeystoreInvalid, PasswordWrong
 */
export async function readAccount(globals: GlobalValues, io: Surroundings): Promise<Account | undefined> {
  const { keystore, passwordFile, privateKeyEnv, unlocked } = globals;
  const ways = [keystore, privateKeyEnv, unlocked].filter((way) => way !== undefined);
  if (ways.length > 1) {
    throw new UsageError('Give one of --keystore, --private-key-env and --unlocked, not several.');
  }
  if (passwordFile !== undefined && keystore === undefined) {
    throw new UsageError('--password-file belongs to --keystore, which is missing.');
  }
  if (keystore !== undefined) return readKeystore(keystore, passwordFile, io);
  if (privateKeyEnv !== undefined) return fromKey(io.env[privateKeyEnv], privateKeyEnv);
  if (unlocked !== undefined) return toAccount(unlocked as Address);
  return undefined;
}

async function readKeystore(path: string, passwordFile: string | undefined, io: Surroundings) {
  if (passwordFile === undefined) throw new UsageError('--keystore needs --password-file FILE.');
  const [json, password] = await Promise.all([readJson(io.cwd, path), readText(io.cwd, passwordFile)]);
  // Editors end a file with a line break that is not part of the password.
  return privateKeyToAccount(decryptKeystore(json, password.replace(/\r?\n$/, '')));
}

function fromKey(value: string | undefined, name: string): Account {
  if (value === undefined || value === '') {
    throw cliError(
      'PrivateKeyMissing',
      `The environment variable ${name} is not set.`,
      'Set it to the private key, or name another one.',
    );
  }
  const key = value.startsWith('0x') ? value : `0x${value}`;
  try {
    return privateKeyToAccount(key as Hex);
  } catch {
    // The cause would print the key.
    throw cliError(
      'PrivateKeyInvalid',
      `The environment variable ${name} does not hold a private key.`,
      'Set it to 32 bytes in hexadecimal.',
    );
  }
}
