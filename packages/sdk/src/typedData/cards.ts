import type { Address, Hex, TypedData } from 'viem';
import type { GroupId } from '../codec/groups.ts';
import type { RiskCard } from '../codec/riskCards.ts';
import type { Deployment } from '../deployment.ts';
import { checkAddress, checkBytes, checkSmallUint } from '../validate.ts';
import { messageTo } from './message.ts';

/** A market's card as publishers sign it. */
export type MarketCard = RiskCard & { readonly market: Hex };

/** A shock group's card as publishers sign it. */
export type GroupCardToSign = {
  readonly group: GroupId;
  /** Variance coefficient of the shock, 1e8 = 1. */
  readonly s: number;
  /** Most unweighted cover of the group, basis points of pricing capital. */
  readonly cap: number;
  /** Seconds. */
  readonly validUntil: bigint;
  readonly nonce: number;
};

/** A pool's card as publishers sign it. */
export type PoolCardToSign = {
  readonly pool: Address;
  /** Tail multiplier, 1e4 = 1; 35,000 to 75,000. */
  readonly z: number;
  /** Expected loss rate of the senior tranche, 1e4 = 100 % a year. */
  readonly elSenior: number;
  /** Seconds. */
  readonly validUntil: bigint;
  readonly nonce: number;
};

const marketTypes = {
  MarketCard: [
    { name: 'market', type: 'bytes32' },
    { name: 'el', type: 'uint32' },
    { name: 'v', type: 'uint32' },
    { name: 'w', type: 'uint16[4]' },
    { name: 'maxShare', type: 'uint16' },
    { name: 'maxCover', type: 'uint48' },
    { name: 'validUntil', type: 'uint40' },
    { name: 'nonce', type: 'uint24' },
  ],
} as const;

const groupTypes = {
  GroupCard: [
    { name: 'group', type: 'uint16' },
    { name: 's', type: 'uint32' },
    { name: 'cap', type: 'uint32' },
    { name: 'validUntil', type: 'uint40' },
    { name: 'nonce', type: 'uint24' },
  ],
} as const;

const poolTypes = {
  PoolCard: [
    { name: 'pool', type: 'address' },
    { name: 'z', type: 'uint32' },
    { name: 'elSenior', type: 'uint16' },
    { name: 'validUntil', type: 'uint40' },
    { name: 'nonce', type: 'uint24' },
  ],
} as const;

/**
 * The EIP-712 message of a market's card.
 * @throws BytesInvalid, ValueTooLarge when a field does not fit
 */
export function marketCardTypedData(deployment: Deployment, card: MarketCard) {
  const [w0, w1, w2, w3] = card.w.map((weight, i) => checkSmallUint(`w[${i}]`, weight, 16));
  return cardTo(deployment, {
    types: marketTypes,
    primaryType: 'MarketCard',
    message: {
      market: checkBytes('market', card.market, 32),
      el: checkSmallUint('el', card.el, 32),
      v: checkSmallUint('v', card.v, 32),
      w: [w0 ?? 0, w1 ?? 0, w2 ?? 0, w3 ?? 0] as const,
      maxShare: checkSmallUint('maxShare', card.maxShare, 16),
      maxCover: checkSmallUint('maxCover', card.maxCover, 48),
      validUntil: checkSmallUint('validUntil', card.validUntil, 40),
      nonce: checkSmallUint('nonce', card.nonce, 24, 1n),
    },
  });
}

/**
 * The EIP-712 message of a shock group's card.
 * @throws ValueZero, ValueTooLarge when a field does not fit
 */
export function groupCardTypedData(deployment: Deployment, card: GroupCardToSign) {
  return cardTo(deployment, {
    types: groupTypes,
    primaryType: 'GroupCard',
    message: {
      group: checkSmallUint('group', card.group, 16, 1n),
      s: checkSmallUint('s', card.s, 32),
      cap: checkSmallUint('cap', card.cap, 32),
      validUntil: checkSmallUint('validUntil', card.validUntil, 40),
      nonce: checkSmallUint('nonce', card.nonce, 24, 1n),
    },
  });
}

/**
 * The EIP-712 message of a pool's card.
 * @throws AddressInvalid, ValueTooLarge when a field does not fit
 */
export function poolCardTypedData(deployment: Deployment, card: PoolCardToSign) {
  return cardTo(deployment, {
    types: poolTypes,
    primaryType: 'PoolCard',
    message: {
      pool: checkAddress('pool', card.pool),
      z: checkSmallUint('z', card.z, 32),
      elSenior: checkSmallUint('elSenior', card.elSenior, 16),
      validUntil: checkSmallUint('validUntil', card.validUntil, 40),
      nonce: checkSmallUint('nonce', card.nonce, 24, 1n),
    },
  });
}

function cardTo<const Types extends TypedData, const Name extends keyof Types & string, const Message>(
  deployment: Deployment,
  parts: { types: Types; primaryType: Name; message: Message },
) {
  return messageTo(
    { name: 'Breakwater Risk Oracle', address: deployment.addresses.oracle },
    deployment,
    parts,
  );
}
