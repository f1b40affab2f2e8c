import { type Address, type Hex, keccak256, type LocalAccount, stringToHex } from 'viem';
import { mnemonicToAccount, type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts';

/** The phrase every local chain uses: its keys are public, and worth nothing anywhere else. */
export const mnemonic = 'test test test test test test test test test test test junk';

/** Accounts of the phrase that the node funds. */
export const walletCount = 10;

/** Who acts in the world, by number in the phrase. */
const numbers = {
  deployer: 0,
  governor: 1,
  guardian: 2,
  curator: 3,
  keeper: 4,
  juniorUnderwriter: 5,
  seniorUnderwriter: 6,
  attacker: 7,
  firstWallet: 8,
  secondWallet: 9,
} as const;

/** What an account does in the world. */
export type PersonName = keyof typeof numbers;

/** The accounts with a part in the world. */
export type People = Readonly<Record<PersonName, LocalAccount>>;

const accountOf = (name: PersonName) => mnemonicToAccount(mnemonic, { addressIndex: numbers[name] });

export const people: People = {
  deployer: accountOf('deployer'),
  governor: accountOf('governor'),
  guardian: accountOf('guardian'),
  curator: accountOf('curator'),
  keeper: accountOf('keeper'),
  juniorUnderwriter: accountOf('juniorUnderwriter'),
  seniorUnderwriter: accountOf('seniorUnderwriter'),
  attacker: accountOf('attacker'),
  firstWallet: accountOf('firstWallet'),
  secondWallet: accountOf('secondWallet'),
};

/** Three who sign risk cards, ascending. */
export const publishers: readonly PrivateKeyAccount[] = named('publisher', 3);

/** Seven who sign reports, ascending. */
export const operators: readonly PrivateKeyAccount[] = named('operator', 7);

/** Private key of a holder, from 0. */
export function holderKey(number: number): Hex {
  return keyOf(`holder ${number}`);
}

/** An account as people who want to use it need it. */
export type ListedAccount = { readonly name: string; readonly address: Address; readonly privateKey: Hex };

/** The funded accounts with their keys. */
export function listAccounts(): ListedAccount[] {
  return Object.entries(numbers).map(([name, addressIndex]) => {
    const account = mnemonicToAccount(mnemonic, { addressIndex });
    const key = account.getHdKey().privateKey;
    if (!key) throw new Error(`account ${name} has no key`);
    return { name, address: account.address, privateKey: `0x${Buffer.from(key).toString('hex')}` };
  });
}

function named(name: string, count: number): PrivateKeyAccount[] {
  return Array.from({ length: count }, (_, i) => privateKeyToAccount(keyOf(`${name} ${i}`))).sort((a, b) =>
    BigInt(a.address) < BigInt(b.address) ? -1 : 1,
  );
}

function keyOf(name: string): Hex {
  return keccak256(stringToHex(`breakwater local ${name}`));
}
