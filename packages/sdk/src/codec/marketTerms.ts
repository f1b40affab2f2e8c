import {
  type Address,
  type ContractFunctionArgs,
  encodeAbiParameters,
  getAbiItem,
  type Hex,
  keccak256,
} from 'viem';
import { marketRegistryAbi } from '../abi/index.ts';
import type { GroupId } from './groups.ts';

/** Identity of a market: the keccak256 hash of its ABI-encoded terms. */
export type MarketId = Hex;

/** First 40 bits of a market's id: what a policy and its events carry. */
export type MarketKey = bigint;

/** How much of a protocol a market insures, from widest to narrowest. */
export type ScopeLevel = 'protocol' | 'contract' | 'pool' | 'function';

/** What is insured. Narrows what the terms say; the predicate alone decides on-chain. */
export type Scope = {
  readonly level: ScopeLevel;
  /** Chain on which the insured contracts live. */
  readonly chainId: bigint;
  /** Name of the protocol as people know it. */
  readonly protocol: string;
  /** Insured contracts; at least one unless the level is `protocol`. */
  readonly contracts: readonly Address[];
  /** Pool within a singleton contract; zero unless the level is `pool`. */
  readonly poolKey: Hex;
  /** Function selectors; empty unless the level is `function`. */
  readonly selectors: readonly Hex[];
};

/** The immutable terms of a market. Their hash is its id. Durations in seconds. */
export type MarketTerms = {
  readonly scope: Scope;
  /** Asset in which cover is denominated and paid. */
  readonly asset: Address;
  /** Module that says whether the insured contract is breached. */
  readonly predicate: Address;
  readonly predicateConfig: Hex;
  /** Module that proves the insured account's loss; the zero address means parametric. */
  readonly exposure: Address;
  readonly exposureConfig: Hex;
  /** Routes whose evidence the market accepts, at most 8. */
  readonly routes: readonly Address[];
  /** Shock groups, at most 4, ascending. */
  readonly groups: readonly GroupId[];
  /** From purchase to the earliest start of cover: 24 h to 14 d, whole hours. */
  readonly waitingPeriod: number;
  /** After an event, in which it must be raised: 2 to 30 d, whole days. */
  readonly raiseWindow: number;
  /** After the declaration, in which claims are taken: 30 to 365 d. */
  readonly claimWindow: number;
  /** Share of the loss the holder bears, basis points, 0 to 5,000. */
  readonly deductibleBps: number;
  /** The text as people read it: where it is, and its hash. */
  readonly termsURI: string;
  readonly termsHash: Hex;
};

/** Terms as the registry's ABI takes them. */
export type EncodedMarketTerms = ContractFunctionArgs<typeof marketRegistryAbi, 'nonpayable', 'register'>[0];

const levels: readonly ScopeLevel[] = ['protocol', 'contract', 'pool', 'function'];
const termsParameters = getAbiItem({ abi: marketRegistryAbi, name: 'idOf' }).inputs;

/** Terms in the form the registry's ABI takes. */
export function toEncodedTerms(terms: MarketTerms): EncodedMarketTerms {
  return { ...terms, scope: { ...terms.scope, level: levels.indexOf(terms.scope.level) } };
}

/** Terms from the form of the registry's ABI, as its events carry them. */
export function fromEncodedTerms(terms: EncodedMarketTerms): MarketTerms {
  return { ...terms, scope: { ...terms.scope, level: levels[terms.scope.level] ?? 'protocol' } };
}

/** ABI encoding of terms, equal to Solidity's `abi.encode(terms)`. */
export function encodeMarketTerms(terms: MarketTerms): Hex {
  return encodeAbiParameters(termsParameters, [toEncodedTerms(terms)]);
}

/** Id that terms have or would have, equal to `MarketRegistry.idOf`. */
export function computeMarketId(terms: MarketTerms): MarketId {
  return keccak256(encodeMarketTerms(terms));
}

/** The short key under which policies and events name a market. */
export function marketKeyOf(market: MarketId): MarketKey {
  return BigInt(market) >> 216n;
}
