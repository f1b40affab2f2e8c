import type { Course } from './age.ts';
import { type Cohort, fitHazard } from './model.ts';
import type { ModelKind, Scales } from './terms.ts';

const grid = [0.125, 0.25, 0.5, 1];

/** Where the search starts. */
export const START_SCALES: Scales = { family: 0.5, category: 0.5, chain: 0.25 };

/**
 * The priors' standard deviations under which the records of a cohort are likeliest (empirical Bayes, by the Laplace
 * evidence), by coordinate search on a grid. Only the cohort's own window is looked at.
 */
export function chooseScales(cohort: Cohort, kind: ModelKind, course: Course): Scales {
  let scales = START_SCALES;
  let best = fitHazard(cohort, kind, course, scales).logEvidence;
  const names = kind === 'full' ? (['family', 'category', 'chain'] as const) : (['category'] as const);
  for (let round = 0; round < 2; round++) {
    for (const name of names) {
      for (const sd of grid) {
        if (sd === scales[name]) continue;
        const other = { ...scales, [name]: sd };
        const evidence = fitHazard(cohort, kind, course, other).logEvidence;
        if (evidence > best) {
          best = evidence;
          scales = other;
        }
      }
    }
  }
  return scales;
}
