import type { Level } from '../hazard/level.ts';
import type { HazardModel } from '../hazard/model.ts';
import type { RunOff } from '../hazard/runOff.ts';
import type { Scales } from '../hazard/terms.ts';
import type { LossShare } from '../severity/lossShare.ts';
import type { ShareBySize } from '../severity/shareBySize.ts';
import type { ParetoTail } from '../severity/tail.ts';
import type { Estimate } from '../statistics/summary.ts';

/** Version of the model: a parameter file of another one is not read. */
export const MODEL_VERSION = 1;

/** A file that parameters were fitted from. */
export type Input = { readonly sha256: string; readonly rows: number; readonly kept: number };

/** Where parameters come from. */
export type Provenance = {
  readonly engine: string;
  /** Day up to which records were used; nothing later takes part. */
  readonly asOf: string;
  readonly listDay: string;
  readonly followUp: { readonly start: string; readonly end: string };
  readonly inputs: { readonly incidents: Input; readonly protocols: Input };
};

/** All that is fitted: what `fitRisk` returns and the parameter file holds. */
export type RiskParameters = {
  readonly model: number;
  readonly provenance: Provenance;
  readonly hazard: {
    readonly terms: readonly string[];
    readonly coefficients: readonly number[];
    /** Posterior covariance (inverse Fisher information plus prior precision): lower triangle, row by row. */
    readonly covariance: readonly (readonly number[])[];
    readonly scales: Scales;
    readonly exploitedUnknown: number;
    readonly age: readonly [Estimate, Estimate];
    readonly runOff: RunOff;
    readonly levels: readonly Level[];
    /** Variance between protocols of what multiplies their hazard, beyond the terms. */
    readonly structuralVariance: Estimate;
    readonly credibilityYears: number;
  };
  readonly severity: {
    /** Expected share by size: what prices use. */
    readonly shareBySize: ShareBySize;
    /** Distribution of the share over all sizes. */
    readonly lossShare: LossShare;
    readonly lossShareIntervals: Readonly<Record<string, Estimate>>;
    readonly elasticity: Estimate;
    readonly tail: ParetoTail;
    readonly tailShape: Estimate;
  };
  readonly dependence: {
    /** Clustering of events in months beyond chance, and the correlation it stands for. */
    readonly monthly: Estimate;
    readonly correlation: Estimate;
    /** The least correlation that prices use, whatever the records say. */
    readonly correlationFloor: number;
    readonly byChain: Estimate;
    readonly byCategory: Estimate;
  };
  readonly figures: Readonly<Record<string, Estimate>>;
  readonly diagnostics: Readonly<Record<string, number>>;
};

/** The model that parameters describe. */
export function modelOf({ hazard }: RiskParameters): HazardModel {
  const size = hazard.terms.length;
  const covariance = Array.from({ length: size * size }, (_, i) => {
    const [a, b] = [Math.floor(i / size), i % size];
    return hazard.covariance[Math.max(a, b)]?.[Math.min(a, b)] ?? 0;
  });
  return {
    terms: { kind: 'full', names: hazard.terms, priors: [] },
    scales: hazard.scales,
    coefficients: hazard.coefficients,
    covariance,
    course: { age: [hazard.age[0].value, hazard.age[1].value], runOff: hazard.runOff.value },
    exploitedUnknown: hazard.exploitedUnknown,
    logEvidence: Number.NaN,
  };
}
