import type { Name, Portfolio, SeverityLaw } from '../../src/portfolio/types.ts';

/** A name that loses everything, without deductible or groups, unless said otherwise. */
export function nameOf(given: Partial<Name> & { failure: number }): Name {
  return { id: 'name', cover: 1, severity: 0, deductible: 0, groups: [], ...given };
}

export function portfolioOf(
  names: readonly Name[],
  given: Partial<Portfolio> & { law?: SeverityLaw } = {},
): Portfolio {
  const { law = [1], ...rest } = given;
  return { names, groups: [], severities: [law], correlation: 0, ...rest };
}

/** How many paths have each loss. */
export function countsOf(losses: ArrayLike<number>, unit = 1): Map<number, number> {
  const counts = new Map<number, number>();
  for (let i = 0; i < losses.length; i++) {
    const loss = (losses[i] ?? 0) * unit;
    counts.set(loss, (counts.get(loss) ?? 0) + 1);
  }
  return counts;
}

/** Standard deviations between a frequency and the chance it should have. */
export function scoreOf(count: number, paths: number, chance: number): number {
  return (count / paths - chance) / Math.sqrt((chance * (1 - chance)) / paths);
}
