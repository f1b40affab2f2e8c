/**
 * What the chain tells of a market's code when it is priced. No record of past incidents holds these facts for protocols
 * that were not exploited, so their effects are priors and not fitted. Undefined is unknown, which changes nothing.
 */
export type CodeFacts = {
  /** The code can be exchanged. */
  readonly isUpgradeable?: boolean | undefined;
  /** Least notice of an exchange, hours. */
  readonly upgradeDelayHours?: number | undefined;
  /** One key alone can exchange the code or move deposits. */
  readonly hasSingleAdminKey?: boolean | undefined;
  /** The source is published and compiles to the deployed bytecode. */
  readonly isSourceVerified?: boolean | undefined;
  /** An audit whose attested scope (ERC-7512) matches the deployed bytecode. */
  readonly isAuditMatched?: boolean | undefined;
};

/** A factor on the hazard that is believed, not fitted. */
export type PriorFactor = {
  readonly name: string;
  readonly value: number;
  /** Bounds that a later fit may not leave. */
  readonly low: number;
  readonly high: number;
};

/** The factors, each within its bounds. */
export const CODE_PRIORS = {
  upgradeableAtOnce: { name: 'upgradeable without notice', value: 1.2, low: 1, high: 1.5 },
  upgradeableLater: { name: 'upgradeable with notice', value: 1.05, low: 1, high: 1.3 },
  singleAdminKey: { name: 'one admin key', value: 1.5, low: 1, high: 2.5 },
  sourceNotVerified: { name: 'source not verified', value: 1.5, low: 1, high: 2.5 },
  auditMatched: { name: 'audit matches the bytecode', value: 0.85, low: 0.6, high: 1.2 },
} as const satisfies Readonly<Record<string, PriorFactor>>;

/** The product stays within these bounds. */
export const CODE_BOUNDS = { low: 0.6, high: 3 } as const;

/** Notice from which an exchange of code can be seen coming, hours. */
const NOTICE_HOURS = 24;

/** The factors that apply. */
export function codeFactors(facts: CodeFacts): readonly PriorFactor[] {
  const upgrade =
    (facts.upgradeDelayHours ?? 0) >= NOTICE_HOURS
      ? CODE_PRIORS.upgradeableLater
      : CODE_PRIORS.upgradeableAtOnce;
  return [
    ...(facts.isUpgradeable ? [upgrade] : []),
    ...(facts.hasSingleAdminKey ? [CODE_PRIORS.singleAdminKey] : []),
    ...(facts.isSourceVerified === false ? [CODE_PRIORS.sourceNotVerified] : []),
    ...(facts.isAuditMatched ? [CODE_PRIORS.auditMatched] : []),
  ];
}

/** Product of the factors that apply, within the bounds. */
export function codeMultiplier(facts: CodeFacts): number {
  const product = codeFactors(facts).reduce((all, { value }) => all * value, 1);
  return Math.min(CODE_BOUNDS.high, Math.max(CODE_BOUNDS.low, product));
}
