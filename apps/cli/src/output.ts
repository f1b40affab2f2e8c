/** What a command found or did: for machines, and for people. */
export type Result = {
  /** Plain value; whole numbers beyond 2^53 become decimal text. */
  readonly data: unknown;
  readonly text: string;
};

/** Where a command reads its surroundings and writes. */
export type Surroundings = {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Folder that relative paths count from. */
  readonly cwd: string;
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
};

/** JSON with bigints as decimal text. */
export function jsonText(data: unknown): string {
  const plain = (_: string, value: unknown) => (typeof value === 'bigint' ? value.toString() : value);
  return `${JSON.stringify(data, plain, 2)}\n`;
}

/** Labels and values, one a line. */
export function fields(rows: readonly (readonly [label: string, value: unknown])[]): string {
  const width = Math.max(0, ...rows.map(([label]) => label.length));
  return rows.map(([label, value]) => `${label.padEnd(width)}  ${String(value)}\n`).join('');
}

/** A table with a heading; the last column is not padded. */
export function table(heading: readonly string[], rows: readonly (readonly unknown[])[]): string {
  const all = [heading, ...rows.map((row) => row.map(String))];
  const widths = heading.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  return all
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}

/** A moment for people, UTC. */
export function timeText(seconds: bigint | number): string {
  if (BigInt(seconds) === 0n) return '-';
  return `${new Date(Number(seconds) * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** A share in percent with two decimals, rounded down; `scale` is 100 %. */
export function percentText(share: bigint | number, scale: bigint): string {
  const hundredths = (BigInt(share) * 10_000n) / scale;
  return `${hundredths / 100n}.${String(hundredths % 100n).padStart(2, '0')} %`;
}
