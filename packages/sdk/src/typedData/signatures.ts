import {
  type Address,
  concat,
  type Hex,
  isAddressEqual,
  parseSignature,
  recoverAddress,
  serializeCompactSignature,
  signatureToCompactSignature,
} from 'viem';
import { inputError } from '../errors/BreakwaterError.ts';
import { checkList } from '../validate.ts';

/** A signature of 65 bytes, and whose it is. */
export type SignedBy = { readonly signer: Address; readonly signature: Hex };

/**
 * Whose the signatures of a message are, in ascending order of signers, each signer once.
 * @param hash what was signed (`hashTypedData` of the message)
 * @throws BytesInvalid when a signature is not 65 bytes
 */
export async function recoverSigners(hash: Hex, signatures: readonly Hex[]): Promise<SignedBy[]> {
  const recovered = await Promise.all(
    signatures.map(async (signature) => {
      if (signature.length !== 132) {
        throw inputError('BytesInvalid', { field: 'signature', value: signature, size: 65 });
      }
      return { signer: await recoverAddress({ hash, signature }), signature };
    }),
  );
  return sortBySigner(recovered);
}

/** Signatures in ascending order of their signers, each signer once: the order in which contracts take them. */
export function sortBySigner(signatures: readonly SignedBy[]): SignedBy[] {
  const bySigner = new Map(signatures.map((signed) => [BigInt(signed.signer), signed]));
  return [...bySigner.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, signed]) => signed);
}

/**
 * Checks that enough publishers have signed before anything is sent.
 * @throws SignatureForeign, SignaturesShort
 */
export function checkQuorum(
  signatures: readonly SignedBy[],
  { list, quorum }: { list: readonly Address[]; quorum: number },
): void {
  const sorted = sortBySigner(signatures);
  const foreign = sorted.find(({ signer }) => !list.some((publisher) => isAddressEqual(publisher, signer)));
  if (foreign) throw inputError('SignatureForeign', { signer: foreign.signer });
  if (sorted.length < quorum) throw inputError('SignaturesShort', { valid: sorted.length, quorum });
}

/** Signatures of a committed list of operators, as `OperatorQuorum` takes them. */
export type QuorumProof = {
  /** Bit i is set when the i-th operator signed. */
  readonly signers: bigint;
  /** In the order of the list: 64 bytes (EIP-2098) of who signed, 20 bytes of who did not. */
  readonly proof: Hex;
};

/**
 * Puts the proof of a quorum together.
 * @param operators the whole list, in the order it was committed (ascending)
 * @throws ListEmpty, ListTooLong, SignatureForeign when a signer is not among the operators
 */
export function encodeQuorumProof(
  operators: readonly Address[],
  signatures: readonly SignedBy[],
): QuorumProof {
  checkList('operators', operators, 31);
  const bySigner = new Map(signatures.map(({ signer, signature }) => [BigInt(signer), signature]));
  const places = new Set(operators.map((operator) => BigInt(operator)));
  const foreign = signatures.find(({ signer }) => !places.has(BigInt(signer)));
  if (foreign) throw inputError('SignatureForeign', { signer: foreign.signer });
  let signers = 0n;
  const parts = operators.map((operator, i): Hex => {
    const signature = bySigner.get(BigInt(operator));
    if (signature === undefined) return operator;
    signers |= 1n << BigInt(i);
    return compactSignature(signature);
  });
  return { signers, proof: concat(parts) };
}

/** A signature of 65 bytes in the 64 bytes of EIP-2098. */
export function compactSignature(signature: Hex): Hex {
  return serializeCompactSignature(signatureToCompactSignature(parseSignature(signature)));
}
