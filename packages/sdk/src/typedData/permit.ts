import {
  type Account,
  type Address,
  type Chain,
  type Client,
  type Hex,
  parseSignature,
  type Transport,
} from 'viem';
import { readContract, signTypedData } from 'viem/actions';
import { deepFreeze } from '../action.ts';
import { inputError } from '../errors/BreakwaterError.ts';
import { decodeError } from '../errors/decode.ts';
import type { PermitRequirement } from '../requirements/types.ts';
import { tokenAbi } from '../standards.ts';
import { checkAddress, checkAmount, checkUint } from '../validate.ts';

const permitTypes = {
  Permit: [
    { name: 'owner', type: 'address' },
    { name: 'spender', type: 'address' },
    { name: 'value', type: 'uint256' },
    { name: 'nonce', type: 'uint256' },
    { name: 'deadline', type: 'uint256' },
  ],
} as const;

/** What an EIP-2612 permit says. */
export type PermitParameters = {
  token: Address;
  owner: Address;
  spender: Address;
  /** Asset units. */
  amount: bigint;
  /** Seconds. */
  deadline: bigint;
  chainId: number;
  /** Next nonce of the owner. */
  nonce: bigint;
  /** Name and version of the token's EIP-712 domain. */
  name: string;
  version: string;
};

/** An EIP-2612 permit to be signed. */
export type PermitTypedData = ReturnType<typeof permitTypedData>;

/** A signed permit, as actions take it. */
export type SignedPermit = {
  readonly owner: Address;
  readonly amount: bigint;
  readonly nonce: bigint;
  readonly deadline: bigint;
  readonly signature: Hex;
};

/**
 * The EIP-712 message of an EIP-2612 permit.
 * @throws AddressInvalid, ValueZero, ValueTooLarge
 */
export function permitTypedData(permit: PermitParameters) {
  return deepFreeze({
    domain: {
      name: permit.name,
      version: permit.version,
      chainId: permit.chainId,
      verifyingContract: checkAddress('token', permit.token),
    },
    types: permitTypes,
    primaryType: 'Permit',
    message: {
      owner: checkAddress('owner', permit.owner),
      spender: checkAddress('spender', permit.spender),
      value: checkAmount('amount', permit.amount, 256),
      nonce: checkUint('nonce', permit.nonce, 256),
      deadline: checkUint('deadline', permit.deadline, 256),
    },
  });
}

/**
 * Reads what is needed to sign a permit: nonce, and the domain by EIP-5267 or else by `name` and `version` ("1" where
 * the token does not say).
 * @throws PermitUnsupported when the token has no permit
 */
export async function readPermit(
  client: Client,
  { token, owner }: { token: Address; owner: Address },
): Promise<Pick<PermitParameters, 'nonce' | 'name' | 'version'>> {
  const contract = { address: token, abi: tokenAbi } as const;
  const optional = <T>(read: Promise<T>) =>
    read.catch((error: unknown) => {
      if (decodeError(error).name.startsWith('Rpc')) throw decodeError(error);
      return undefined;
    });
  const [nonce, separator, domain, name, version] = await Promise.all([
    optional(readContract(client, { ...contract, functionName: 'nonces', args: [owner] })),
    optional(readContract(client, { ...contract, functionName: 'DOMAIN_SEPARATOR' })),
    optional(readContract(client, { ...contract, functionName: 'eip712Domain' })),
    optional(readContract(client, { ...contract, functionName: 'name' })),
    optional(readContract(client, { ...contract, functionName: 'version' })),
  ]);
  if (nonce === undefined || separator === undefined) throw inputError('PermitUnsupported', { token });
  return { nonce, name: domain?.[1] ?? name ?? '', version: domain?.[2] ?? version ?? '1' };
}

/**
 * Has the wallet sign a permit.
 * @throws UserRejected
 */
export async function signPermit(
  wallet: Client<Transport, Chain | undefined, Account | undefined>,
  typedData: PermitTypedData,
): Promise<SignedPermit> {
  const { owner, value: amount, nonce, deadline } = typedData.message;
  try {
    const signature = await signTypedData(wallet, { account: wallet.account ?? owner, ...typedData });
    return deepFreeze({ owner, amount, nonce, deadline, signature });
  } catch (error) {
    throw decodeError(error);
  }
}

/** The requirement that a signed permit of a token for a spender still counts. */
export function permitRequirement(token: Address, spender: Address, permit: SignedPermit): PermitRequirement {
  const { owner, amount, nonce, deadline } = permit;
  return { type: 'permit', token, spender, owner, amount, nonce, deadline };
}

/**
 * A 65-byte signature in the parts that `permit` takes.
 * @throws BytesInvalid
 */
export function splitSignature(signature: Hex): { v: number; r: Hex; s: Hex } {
  if (signature.length !== 132)
    throw inputError('BytesInvalid', { field: 'signature', value: signature, size: 65 });
  const { r, s, yParity } = parseSignature(signature);
  return { r, s, v: 27 + yParity };
}
