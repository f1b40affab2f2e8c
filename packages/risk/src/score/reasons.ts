import type { Day } from '../data/day.ts';
import type { Features } from '../hazard/features.ts';
import type { HazardModel } from '../hazard/model.ts';
import { termValue } from '../hazard/terms.ts';
import { at } from '../statistics/cholesky.ts';

/** A factor on a protocol's hazard against a grown protocol with $10M in no particular category or chain. */
export type Factor = { readonly name: string; readonly factor: number };

/** How many factors a score names. */
const MOST = 5;

/** The factors of a protocol, the strongest first. Family and category are one. */
export function factorsOf(
  { terms, coefficients, course }: HazardModel,
  one: Features,
  day: Day,
): readonly Factor[] {
  const effect = (prefix: string) =>
    terms.names.reduce(
      (sum, name, k) =>
        name.startsWith(prefix) ? sum + at(coefficients, k) * termValue(name, one, day) : sum,
      0,
    );
  const age = one.listed === undefined ? Number.POSITIVE_INFINITY : day - one.listed;
  const ageFactor = age < 91 ? course.age[0] : age < 183 ? course.age[1] : 1;
  const factors: readonly Factor[] = [
    { name: sizeText(one), factor: Math.exp(effect('tvl') + effect('small') + effect('large')) },
    { name: `category ${one.category}`, factor: Math.exp(effect('family:') + effect('category:')) },
    { name: 'exploited before', factor: Math.exp(effect('exploited')) },
    { name: 'dead', factor: Math.exp(effect('dead')) },
    { name: chainText(one), factor: Math.exp(effect('chain:')) },
    { name: `listed for ${age} days`, factor: ageFactor },
  ];
  return factors
    .filter(({ factor }) => Math.abs(Math.log(factor)) > 0.01)
    .sort((a, b) => Math.abs(Math.log(b.factor)) - Math.abs(Math.log(a.factor)));
}

/** The strongest factors in words. */
export function reasonsOf(model: HazardModel, one: Features, day: Day): readonly string[] {
  return factorsOf(model, one, day)
    .slice(0, MOST)
    .map(({ name, factor }) => `${name} x${factor.toFixed(2)}`);
}

function sizeText({ tvl }: Features): string {
  if (tvl === undefined) return 'value locked unknown';
  const [scale, unit] = tvl.usd >= 1e9 ? [1e9, 'B'] : tvl.usd >= 1e6 ? [1e6, 'M'] : [1e3, 'k'];
  return `value locked $${(tvl.usd / scale).toPrecision(3)}${unit}`;
}

function chainText({ chains }: Features): string {
  const [first = 'none', ...rest] = chains;
  return rest.length === 0 ? `chain ${first}` : `chains ${first} and ${rest.length} more`;
}
