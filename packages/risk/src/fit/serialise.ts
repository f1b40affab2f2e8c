import { DataError } from '../data/errors.ts';
import { MODEL_VERSION, type RiskParameters } from './parameters.ts';

/** Digits that numbers of a parameter file have: more than the records support, fewer than platforms differ in. */
const DIGITS = 6;

/** The text of a parameter file; the same for the same parameters. */
export function formatParameters(parameters: RiskParameters): string {
  return formatOrdered(parameters);
}

/** JSON with its keys in order and numbers with six significant digits. */
export function formatOrdered(value: object): string {
  return `${stringify(ordered(value), 0)}\n`;
}

/** Values as their file says them: what is computed from a file and from a fit is then the same. */
export function rounded<T extends object>(values: T): T {
  return ordered(values) as T;
}

/**
 * Reads a parameter file.
 * @throws DataError where it is none, or one of another version of the model
 */
export function parseParameters(json: unknown): RiskParameters {
  const model = (json as { model?: unknown } | null)?.model;
  const isComplete = ['provenance', 'hazard', 'severity', 'dependence'].every(
    (key) => typeof (json as Record<string, unknown> | null)?.[key] === 'object',
  );
  if (model !== MODEL_VERSION || !isComplete) {
    throw new DataError(
      model === MODEL_VERSION || model === undefined
        ? 'This is not a parameter file: make one with `breakwater risk fit --out FILE`.'
        : `The parameters are of model ${String(model)}, not ${MODEL_VERSION}: fit them anew with \`breakwater risk fit\`.`,
    );
  }
  return json as RiskParameters;
}

function ordered(value: unknown): unknown {
  if (typeof value === 'number') return roundedNumber(value);
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, one]) => [key, ordered(one)]));
}

function roundedNumber(value: number): number | null {
  if (!Number.isFinite(value)) return null;
  const number = Number.isInteger(value) ? value : Number(value.toPrecision(DIGITS));
  return number === 0 || Math.abs(number) < 1e-12 ? 0 : number;
}

/** JSON with lists of numbers on one line each. */
function stringify(value: unknown, depth: number): string {
  const indent = '  '.repeat(depth + 1);
  const close = '  '.repeat(depth);
  if (Array.isArray(value)) {
    if (value.every((one) => typeof one !== 'object' || one === null))
      return `[${value.map((one) => JSON.stringify(one)).join(', ')}]`;
    return `[\n${value.map((one) => indent + stringify(one, depth + 1)).join(',\n')}\n${close}]`;
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const lines = Object.entries(value).map(
    ([key, one]) => `${indent}${JSON.stringify(key)}: ${stringify(one, depth + 1)}`,
  );
  return `{\n${lines.join(',\n')}\n${close}}`;
}
