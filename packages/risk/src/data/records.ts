import type { Day } from './day.ts';

/** Total value locked of a protocol in one day's list. */
export type TvlSnapshot = { readonly day: Day; readonly usd: number };

/** What the lists say about a protocol. Undefined is unknown, which is another thing than none. */
export type ProtocolRecord = {
  readonly slug: string;
  readonly name: string;
  /** Identifier in the source, which incidents may refer to. */
  readonly id?: string | undefined;
  /** Slug of the parent, where several entries are one project. */
  readonly parent?: string | undefined;
  /** Categories by the day of the list they stand in, oldest first; never empty. */
  readonly categories: readonly { readonly day: Day; readonly name: string }[];
  /** 0 none, 1 partial, 2 yes, 3 fork of an audited one. */
  readonly audits?: number | undefined;
  readonly isFork?: boolean | undefined;
  /** Slugs or names of what it was forked from, where the source tells. */
  readonly forkedFrom: readonly string[];
  readonly chains: readonly string[];
  readonly oracleCount?: number | undefined;
  readonly oracles: readonly string[];
  /** Oldest first. */
  readonly tvl: readonly TvlSnapshot[];
  /** Days of the lists it stands in, or is absent from. */
  readonly lists: readonly { readonly day: Day; readonly present: boolean }[];
  readonly listed?: Day | undefined;
  readonly deadFrom?: Day | undefined;
};

/** One loss event, as recorded. */
export type IncidentRecord = {
  readonly day: Day;
  readonly name: string;
  readonly chains: readonly string[];
  readonly technique: string;
  readonly lossUsd: number;
  readonly recoveredUsd: number;
  /** Slug of the protocol; undefined where none was found. */
  readonly slug?: string | undefined;
  /** Category of the protocol where the record itself says it. */
  readonly category?: string | undefined;
  /** The slug was made after the event: the protocol was in no list when it happened. */
  readonly slugIsLater: boolean;
  /** Somebody inside took the money: another peril than an exploit. */
  readonly isRugPull: boolean;
  /** The loss was passed on from another incident. */
  readonly isContagion: boolean;
  readonly forkedFrom: readonly string[];
  /** Share of the protocol's value locked that was lost, at most 1. */
  readonly lossShare?: number | undefined;
  /** Value locked before the event, USD. */
  readonly tvlBefore?: number | undefined;
};

/** A row that is not used, and why. */
export type Reject = { readonly row: number; readonly key: string; readonly reason: string };

/** What reading a file did. */
export type LoadReport = {
  readonly rows: number;
  readonly kept: number;
  /** Rows that say nothing that another does not. */
  readonly duplicates: number;
  readonly rejects: readonly Reject[];
  /** Values that were not usable and are treated as unknown, by column. */
  readonly unusable: Readonly<Record<string, number>>;
  readonly unknownColumns: readonly string[];
  readonly missingColumns: readonly string[];
};

export type Loaded<T> = { readonly records: readonly T[]; readonly report: LoadReport };
