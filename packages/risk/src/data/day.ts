/** A day as days since 1970-01-01, UTC. */
export type Day = number;

/** Days of a year of 365 days: rates are per such a year. */
export const YEAR_DAYS = 365;

const pattern = /^(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?$/;

/** Reads a date such as 2031-01-31, with or without a time after it; undefined where it is none. */
export function parseDay(text: string): Day | undefined {
  const match = pattern.exec(text.trim());
  if (!match) return undefined;
  const [, year = '', month = '', day = ''] = match;
  const milliseconds = Date.UTC(Number(year), Number(month) - 1, Number(day));
  const at = new Date(milliseconds);
  if (at.getUTCMonth() !== Number(month) - 1 || at.getUTCDate() !== Number(day)) return undefined;
  return milliseconds / 86_400_000;
}

/** The day of a moment in seconds since 1970. */
export function dayOfSeconds(seconds: number): Day {
  return Math.floor(seconds / 86_400);
}

/** A day as 2031-01-31. */
export function formatDay(day: Day): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}
