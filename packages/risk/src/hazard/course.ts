import { YEAR_DAYS } from '../data/day.ts';
import type { ProtocolRecord } from '../data/records.ts';
import type { Prior } from '../statistics/poisson.ts';
import type { Course } from './age.ts';
import { type Cohort, EXPLOIT_LOSS } from './model.ts';
import { ageMultipliers, fitPanel, type PanelFit } from './panel.ts';
import { fitRunOff, type RunOff } from './runOff.ts';

/** How long the panel looks back from the end of a follow-up, years. */
export const PANEL_YEARS = 3;

/**
 * What is believed of a list's run-off before any record: values go stale and protocols empty, about a quarter a year, and
 * a trend of a year or two is no law. It keeps a short follow-up from being extrapolated. The panel's decline is no prior:
 * it counts the same events again, or those of newcomers, who grow.
 */
const USUAL: Prior = { mean: 0.25, sd: 0.25 };

/** Course of the hazard within a cohort's window, with what it was fitted from. */
export type FittedCourse = { readonly course: Course; readonly panel: PanelFit; readonly runOff: RunOff };

/** Age multipliers and run-off as of the end of a cohort's window, from the panel of all listed and from its events. */
export function courseOf(protocols: readonly ProtocolRecord[], cohort: Cohort): FittedCourse {
  const { start, end } = cohort.window;
  const exploits = cohort.events.filter(({ day, lossUsd }) => day < end && lossUsd >= EXPLOIT_LOSS);
  const panel = fitPanel(protocols, exploits, { from: end - PANEL_YEARS * YEAR_DAYS, to: end });
  const members = new Set(cohort.members.map(({ slug }) => slug));
  const days = exploits
    .filter(({ slug, day }) => day >= start && members.has(slug ?? ''))
    .map(({ day }) => day);
  const runOff = fitRunOff(days, start, end, USUAL);
  return { panel, runOff, course: { age: ageMultipliers(panel), runOff: runOff.value } };
}
