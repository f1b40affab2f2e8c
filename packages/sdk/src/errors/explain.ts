import { formatUnits } from 'viem';

/** What happened, and what to do: sentences with `{value}` or `{value:unit}` in them. */
export type Instruction = readonly [message: string, instruction: string];

/** Turns asset units into figures people read. */
export type ErrorContext = {
  /** Asset of the pool that is acted on. */
  asset?: { readonly symbol: string; readonly decimals: number } | undefined;
};

type Units = Record<string, (value: unknown, context: ErrorContext) => string>;

const units = {
  amount: formatAmount,
  figure: (value, context) => (context.asset ? formatAmount(value, context) : formatValue(value)),
  time: (value) => formatTime(toBigInt(value)),
  day: (value) => formatTime(toBigInt(value) * 86_400n).slice(0, 10),
  duration: (value) => formatDuration(toBigInt(value)),
  bps: (value) => `${formatUnits(toBigInt(value), 2)} %`,
  share: (value) => `${formatUnits(toBigInt(value), 6)} %`,
  name: (value) => formatName(String(value)),
  group: (value) => `${Number(value) & 0x8000 ? 'hard' : 'soft'} group ${Number(value) & 0x7fff}`,
  operation: (value) =>
    ['cancelling', 'buying', 'extending', 'buying and extending'][Number(value)] ?? String(value),
  phase: (value) => ['open', 'suspect', 'ended'][Number(value)] ?? String(value),
  incident: (value) => ['none', 'suspect', 'confirmed', 'final', 'rejected'][Number(value)] ?? String(value),
  policy: (value) => ['none', 'active', 'void', 'paid', 'settled'][Number(value)] ?? String(value),
} satisfies Units;

/** Fills in a template. A value that is missing shows as `?`. */
export function explain(
  [message, instruction]: Instruction,
  values: Readonly<Record<string, unknown>>,
  context: ErrorContext = {},
): { message: string; instruction: string } {
  const fill = (text: string) =>
    text.replace(/\{(\w+)(?::(\w+))?\}/g, (_, name: string, unit?: string) => {
      const value = values[name];
      if (value === undefined) return '?';
      const format = unit ? units[unit as keyof typeof units] : undefined;
      return format ? format(value, context) : formatValue(value);
    });
  return { message: fill(message), instruction: fill(instruction) };
}

/** Names of the values that a template mentions, each with its unit. */
export function placeholders([message, instruction]: Instruction): {
  name: string;
  unit: string | undefined;
}[] {
  return [...`${message} ${instruction}`.matchAll(/\{(\w+)(?::(\w+))?\}/g)].map(([, name = '', unit]) => ({
    name,
    unit,
  }));
}

/** Whether `unit` may stand in a template. */
export function isUnit(unit: string): boolean {
  return unit in units;
}

/** An amount in the asset, where it is known; in its smallest units where not. */
export function formatAmount(value: unknown, { asset }: ErrorContext): string {
  const amount = toBigInt(value);
  return asset ? `${formatUnits(amount, asset.decimals)} ${asset.symbol}` : `${group(amount)} units`;
}

function formatValue(value: unknown): string {
  if (typeof value === 'bigint') return group(value);
  if (Array.isArray(value)) return value.map(formatValue).join(', ');
  return String(value);
}

function toBigInt(value: unknown): bigint {
  return typeof value === 'bigint' ? value : BigInt(Math.trunc(Number(value)) || 0);
}

function group(value: bigint): string {
  return value.toString().replace(/\B(?=(\d{3})+$)/g, ',');
}

function formatTime(seconds: bigint): string {
  if (seconds === 0n) return 'no set time';
  if (seconds > 8_640_000_000_000n) return 'the end of time';
  return `${new Date(Number(seconds) * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function formatDuration(seconds: bigint): string {
  const [size, noun] =
    seconds >= 86_400n ? [86_400n, 'day'] : seconds >= 3_600n ? [3_600n, 'hour'] : ([1n, 'second'] as const);
  const tenths = (seconds * 10n) / size;
  const figure = tenths % 10n === 0n ? `${group(tenths / 10n)}` : `${group(tenths / 10n)}.${tenths % 10n}`;
  return `${figure} ${noun}${figure === '1' ? '' : 's'}`;
}

/** A `bytes32` that holds text, as settings and operations do. */
function formatName(value: string): string {
  if (!/^0x[0-9a-f]{64}$/i.test(value)) return value;
  const bytes = value.slice(2).replace(/(00)+$/, '');
  const text = bytes.replace(/../g, (pair) => String.fromCharCode(Number.parseInt(pair, 16)));
  return /^[\x20-\x7e]+$/.test(text) ? text : value;
}
