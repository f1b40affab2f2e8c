import {
  encodeAbiParameters,
  type Hex,
  hashTypedData,
  keccak256,
  parseAbiParameters,
  parseCompactSignature,
  recoverAddress,
  toHex,
} from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { describe, expect, it } from 'vitest';
import {
  checkQuorum,
  compactSignature,
  encodeQuorumProof,
  groupCardTypedData,
  marketCardTypedData,
  permit2TypedData,
  permitTypedData,
  poolCardTypedData,
  recoverSigners,
  reportRound,
  reportTypedData,
  sortBySigner,
} from '../src/index.ts';
import { account, deployment, market, word } from './world.ts';

const keys = [1, 2, 3, 4].map((number) => privateKeyToAccount(word(number)));
const ascending = [...keys].sort((a, b) => (BigInt(a.address) < BigInt(b.address) ? -1 : 1));
const card = {
  market,
  el: 1,
  v: 2,
  w: [1, 2, 3, 4],
  maxShare: 5,
  maxCover: 6n,
  validUntil: 7n,
  nonce: 8,
} as const;
const text = (value: string) => keccak256(toHex(value));

/** EIP-712 by hand, as the contracts compute it. */
function digest(name: string, contract: Hex, struct: Hex): Hex {
  const separator = keccak256(
    encodeAbiParameters(parseAbiParameters('bytes32, bytes32, bytes32, uint256, address'), [
      text('EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)'),
      text(name),
      text('1'),
      BigInt(deployment.chainId),
      contract,
    ]),
  );
  return keccak256(`0x1901${separator.slice(2)}${struct.slice(2)}`);
}

const { operatorQuorum, oracle } = deployment.addresses;

describe('messages hash as the contracts hash them', () => {
  it('market card', () => {
    const struct = encodeAbiParameters(
      parseAbiParameters('bytes32, bytes32, uint32, uint32, bytes32, uint16, uint48, uint40, uint24'),
      [
        text(
          'MarketCard(bytes32 market,uint32 el,uint32 v,uint16[4] w,uint16 maxShare,uint48 maxCover,uint40 validUntil,uint24 nonce)',
        ),
        market,
        1,
        2,
        keccak256(encodeAbiParameters(parseAbiParameters('uint16[4]'), [[1, 2, 3, 4]])),
        5,
        6,
        7,
        8,
      ],
    );
    expect(hashTypedData(marketCardTypedData(deployment, card))).toBe(
      digest('Breakwater Risk Oracle', oracle, keccak256(struct)),
    );
  });

  it('group card', () => {
    const struct = encodeAbiParameters(
      parseAbiParameters('bytes32, uint16, uint32, uint32, uint40, uint24'),
      [
        text('GroupCard(uint16 group,uint32 s,uint32 cap,uint40 validUntil,uint24 nonce)'),
        0x8001,
        2,
        3,
        4,
        5,
      ],
    );
    const message = groupCardTypedData(deployment, { group: 0x8001, s: 2, cap: 3, validUntil: 4n, nonce: 5 });
    expect(hashTypedData(message)).toBe(digest('Breakwater Risk Oracle', oracle, keccak256(struct)));
  });

  it('pool card', () => {
    const struct = encodeAbiParameters(
      parseAbiParameters('bytes32, address, uint32, uint16, uint40, uint24'),
      [
        text('PoolCard(address pool,uint32 z,uint16 elSenior,uint40 validUntil,uint24 nonce)'),
        account(5),
        2,
        3,
        4,
        5,
      ],
    );
    const message = poolCardTypedData(deployment, {
      pool: account(5),
      z: 2,
      elSenior: 3,
      validUntil: 4n,
      nonce: 5,
    });
    expect(hashTypedData(message)).toBe(digest('Breakwater Risk Oracle', oracle, keccak256(struct)));
  });

  it('report', () => {
    const struct = encodeAbiParameters(
      parseAbiParameters('bytes32, bytes32, uint64, uint8, uint40, uint32, uint96, bytes32, bytes32'),
      [
        text(
          'Report(bytes32 market,uint64 round,uint8 state,uint40 eventTime,uint32 severity,uint96 bond,bytes32 evidence,bytes32 configDigest)',
        ),
        market,
        2n,
        1,
        3,
        4,
        5n,
        word(6),
        word(7),
      ],
    );
    const report = {
      market,
      round: 2n,
      state: 'suspect',
      eventTime: 3n,
      severity: 4,
      bond: 5n,
      evidence: word(6),
    } as const;
    expect(hashTypedData(reportTypedData(deployment, report, word(7)))).toBe(
      digest('Breakwater Operator Quorum', operatorQuorum, keccak256(struct)),
    );
  });
});

describe('rounds', () => {
  it('have the turn in their high 32 bits', () => {
    expect(reportRound(3, 7)).toBe(0x3_0000_0007n);
    expect(() => reportRound(0, 1)).toThrow(expect.objectContaining({ name: 'ValueZero' }));
    expect(() => reportRound(1, 2 ** 32)).toThrow(expect.objectContaining({ name: 'ValueTooLarge' }));
  });
});

describe('permits', () => {
  const chainId = deployment.chainId;

  it('are those of EIP-2612 and Permit2', () => {
    const permit = {
      token: account(1),
      owner: account(2),
      spender: account(3),
      amount: 4n,
      deadline: 5n,
      nonce: 6n,
    };
    const message = permitTypedData({ ...permit, chainId, name: 'USD', version: '2' });
    expect(message.message).toEqual({
      owner: account(2),
      spender: account(3),
      value: 4n,
      nonce: 6n,
      deadline: 5n,
    });
    expect(message.domain).toEqual({ name: 'USD', version: '2', chainId, verifyingContract: account(1) });
    const { domain } = permit2TypedData({ ...permit, chainId });
    expect(domain).not.toHaveProperty('version');
  });

  it('for nothing are refused', () => {
    const permit = {
      token: account(1),
      owner: account(2),
      spender: account(3),
      amount: 0n,
      deadline: 5n,
      nonce: 6n,
    };
    const refused = expect.objectContaining({ name: 'ValueZero' });
    expect(() => permitTypedData({ ...permit, chainId, name: 'USD', version: '1' })).toThrow(refused);
    expect(() => permit2TypedData({ ...permit, chainId })).toThrow(refused);
  });
});

describe('signatures', () => {
  const message = marketCardTypedData(deployment, card);
  const hash = hashTypedData(message);
  const sign = () => Promise.all(keys.map((key) => key.signTypedData(message)));

  it('are sorted by signer, each signer once', async () => {
    const signatures = await sign();
    const sorted = await recoverSigners(hash, [...signatures, ...signatures].reverse());
    expect(sorted.map(({ signer }) => signer)).toEqual(ascending.map(({ address }) => address));
    expect(sortBySigner([...sorted].reverse())).toEqual(sorted);
  });

  it('of the wrong length are refused', async () => {
    await expect(recoverSigners(hash, ['0x12'])).rejects.toThrow(
      expect.objectContaining({ name: 'BytesInvalid' }),
    );
  });

  it('are counted against the quorum', async () => {
    const signed = await recoverSigners(hash, await sign());
    const list = keys.map(({ address }) => address);
    expect(() => checkQuorum(signed, { list, quorum: 4 })).not.toThrow();
    expect(() => checkQuorum(signed.slice(1), { list, quorum: 4 })).toThrow(
      expect.objectContaining({ name: 'SignaturesShort', values: { valid: 3, quorum: 4 } }),
    );
    expect(() => checkQuorum(signed, { list: list.slice(1), quorum: 2 })).toThrow(
      expect.objectContaining({ name: 'SignatureForeign' }),
    );
  });

  it('of operators walk the committed list', async () => {
    const signed = await recoverSigners(hash, (await sign()).slice(0, 2));
    const operators = ascending.map(({ address }) => address);
    const { signers, proof } = encodeQuorumProof(operators, signed);
    let rest = proof.slice(2);
    const walked: string[] = [];
    for (const [i] of operators.entries()) {
      const length = (signers >> BigInt(i)) & 1n ? 128 : 40;
      const part: Hex = `0x${rest.slice(0, length)}`;
      rest = rest.slice(length);
      const signature = length === 128 ? parseCompactSignature(part) : undefined;
      walked.push(
        signature
          ? await recoverAddress({
              hash,
              signature: {
                r: signature.r,
                s: toS(signature.yParityAndS),
                yParity: toParity(signature.yParityAndS),
              },
            })
          : part,
      );
    }
    expect(rest).toBe('');
    expect(walked.map((address) => address.toLowerCase())).toEqual(
      operators.map((address) => address.toLowerCase()),
    );
    expect(() => encodeQuorumProof(operators.slice(0, 1), signed)).toThrow(
      expect.objectContaining({ name: 'SignatureForeign' }),
    );
  });

  it('become 64 bytes', async () => {
    const [signature] = await sign();
    expect(compactSignature(signature ?? '0x')).toHaveLength(130);
  });
});

function toS(vs: Hex): Hex {
  return toHex(BigInt(vs) & (2n ** 255n - 1n), { size: 32 });
}

function toParity(vs: Hex): number {
  return Number(BigInt(vs) >> 255n);
}
