import { type Day, YEAR_DAYS } from '../data/day.ts';
import { projectOf } from '../data/project.ts';
import type { IncidentRecord, ProtocolRecord } from '../data/records.ts';
import { cohortOf } from '../hazard/cohort.ts';
import { courseOf } from '../hazard/course.ts';
import { type History, historyOf } from '../hazard/history.ts';
import { countEvents, EXPLOIT_LOSS, fitHazard, predict } from '../hazard/model.ts';
import { chooseScales } from '../hazard/scales.ts';
import { ABLATIONS, CANDIDATES, type ModelKind, type Scales, type Variation } from '../hazard/terms.ts';
import { at } from '../statistics/cholesky.ts';
import { randomOf } from '../statistics/random.ts';
import { bootstrapAll, type Estimate } from '../statistics/summary.ts';
import { auc, brier, type Decile, deciles, expectedOverSeen, logLoss, type Outcome } from './metrics.ts';

/** Records that validation reads; nothing is taken from them that is not before the day it is used on. */
export type Records = {
  readonly protocols: readonly ProtocolRecord[];
  /** Merged exploits. */
  readonly events: readonly IncidentRecord[];
  /** All incidents, for what was exploited before. */
  readonly incidents: readonly IncidentRecord[];
};

/** A follow-up cut in two: fitted on what is before the split, judged on what is from it on. */
export type Split = { readonly listDay: Day; readonly split: Day; readonly end: Day };

/** A member of the list with what each model said of it, and what happened. */
export type Judged = {
  readonly project: string;
  readonly tvlUsd: number;
  readonly by: Readonly<Record<string, Outcome>>;
};

export type Scores = {
  readonly protocols: number;
  readonly events: number;
  readonly auc: Estimate;
  readonly logLoss: Estimate;
  readonly brier: Estimate;
  readonly expectedOverSeen: Estimate;
  readonly deciles: readonly Decile[];
};

/** Out-of-time scores of a model, and by how much its AUC and log loss differ from the baseline's, pair by pair. */
export type ModelReport = Scores & { readonly gain: Estimate; readonly logLossChange: Estimate };

const kinds: readonly ModelKind[] = ['baseline', 'baselineCategories', 'full'];

/** Fits all models before a split and lets them predict what is after it. */
export function judge(records: Records, split: Split): readonly Judged[] {
  const setting = settingOf(records, split);
  const outcomes = kinds.map(
    (kind) => [kind, outcomesOf(setting, kind, chooseScales(setting.train, kind, setting.course))] as const,
  );
  return joined(setting, outcomes);
}

/** The full model with one term more or one group of terms less, each beside the full model itself. */
export function judgeVariations(records: Records, split: Split): readonly Judged[] {
  const setting = settingOf(records, split);
  const scales = chooseScales(setting.train, 'full', setting.course);
  const variations: readonly (readonly [string, Variation])[] = [
    ['full', {}],
    ...CANDIDATES.map((plus) => [`+ ${plus}`, { plus }] as const),
    ...ABLATIONS.map((minus) => [`- ${minus}`, { minus }] as const),
  ];
  return joined(
    setting,
    variations.map(([name, variation]) => [name, outcomesOf(setting, 'full', scales, variation)] as const),
  );
}

function settingOf({ protocols, events, incidents }: Records, { listDay, split, end }: Split) {
  const known = events.filter(({ day }) => day < split);
  const history: History = historyOf(incidents.filter(({ day }) => day < split));
  const train = cohortOf(protocols, known, history, listDay, { start: listDay, end: split });
  const test = cohortOf(protocols, events, history, listDay, { start: split, end });
  return { train, test, course: courseOf(protocols, train).course };
}

type Setting = ReturnType<typeof settingOf>;

function outcomesOf(
  { train, test, course }: Setting,
  kind: ModelKind,
  scales: Scales,
  variation: Variation = {},
): readonly Outcome[] {
  const model = fitHazard(train, kind, course, scales, variation);
  const seen = countEvents(test, EXPLOIT_LOSS);
  return test.members.map((one, i) => {
    const { expected, untilFirst } = predict(model, one, test.window, test.listDay);
    return { probability: -Math.expm1(-untilFirst), expected, events: at(seen, i) };
  });
}

function joined(
  { test }: Setting,
  outcomes: readonly (readonly [string, readonly Outcome[]])[],
): readonly Judged[] {
  const nothing = { probability: 0, expected: 0, events: 0 };
  return test.members.map(({ slug, tvl }, i) => ({
    project: projectOf(slug),
    tvlUsd: tvl?.usd ?? 0,
    by: Object.fromEntries(outcomes.map(([name, list]) => [name, list[i] ?? nothing])),
  }));
}

/**
 * Scores of one model beside a reference's, with 95 % intervals from drawing projects with replacement: the entries of
 * one project are not independent.
 * @param reference the model that the gain is over
 */
export function reportOn(
  judged: readonly Judged[],
  name: string,
  reference: string,
  { seed, times = 1_000 }: { seed: number; times?: number },
): ModelReport {
  const of = (model: string, indices: readonly number[]) =>
    indices.flatMap((i) => judged[i]?.by[model] ?? []);
  const all = of(
    name,
    judged.map((_, i) => i),
  );
  const scores = bootstrapAll(
    unitsOf(judged),
    (indices) => {
      const own = of(name, indices);
      const other = of(reference, indices);
      const area = auc(own);
      const loss = logLoss(own);
      return {
        auc: area,
        logLoss: loss,
        brier: brier(own),
        expectedOverSeen: expectedOverSeen(own),
        gain: name === reference ? 0 : area - auc(other),
        logLossChange: name === reference ? 0 : loss - logLoss(other),
      };
    },
    { random: randomOf(seed), times },
  );
  return {
    protocols: judged.length,
    events: all.reduce((sum, { events }) => sum + events, 0),
    ...scores,
    deciles: deciles(all),
  };
}

/** Places of the entries of each project. */
function unitsOf(judged: readonly Judged[]): readonly (readonly number[])[] {
  const units = new Map<string, number[]>();
  for (const [i, { project }] of judged.entries()) {
    const unit = units.get(project);
    if (unit) unit.push(i);
    else units.set(project, [i]);
  }
  return [...units.values()];
}

/** The splits of a follow-up at which it is judged: the middle first, then after a third and after two thirds. */
export function splitsOf(listDay: Day, end: Day): readonly Split[] {
  const years = (end - listDay) / YEAR_DAYS;
  return [1 / 2, 1 / 3, 2 / 3].map((share) => ({
    listDay,
    split: listDay + Math.round(share * years * YEAR_DAYS),
    end,
  }));
}
