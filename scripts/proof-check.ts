// How a proof's sources are made from the shipped ones, and what the answers of the checker amount to.

import { replaceOnce } from './planted.ts';
import type { Proof } from './proofs.ts';

export type Verdict = 'proven' | 'refuted' | 'unknown';
export type Check = { verdict: Verdict; detail: string; seconds: number };
export type Row = { proof: Proof; clean: Check; faulty: Check };
export type Diagnostic = {
  severity: string;
  message: string;
  sourceLocation?: { file: string; start: number; end: number };
};

const shipped = 'contracts/src/';

export function plantFault(source: string, { contract, fault }: Proof): string {
  const change = { file: fault.source, find: fault.text, replace: fault.becomes };
  return replaceOnce(source, change, `${contract}, "${fault.text}"`);
}

/**
 * The same source with the compiler's checks: the checker takes unchecked products modulo 2^256, which it cannot reason
 * about. Where nothing overflows, both do the same.
 */
export function withChecks(source: string): string {
  const checked = source.replaceAll('unchecked {', '{');
  if (/\bunchecked\s*\{/.test(checked)) throw new Error('"unchecked" is not written as it is looked for.');
  return checked;
}

/** What the checker is asked to look for. */
export function targetsOf({ asks }: Proof): readonly string[] {
  return asks === 'range' ? ['overflow', 'underflow'] : ['assert'];
}

/**
 * Proven only where everything looked for is shown not to be; refuted only by values, not by a checker that gives up. A
 * range counts the stand-ins' own arithmetic too: a product that overflowed there would leave values out.
 */
export function judge(
  diagnostics: readonly Diagnostic[],
  sources: ReadonlyMap<string, string>,
  asks: Proof['asks'],
): Omit<Check, 'seconds'> {
  const error = diagnostics.find(({ severity }) => severity === 'error');
  if (error) return { verdict: 'unknown', detail: error.message };
  const safe = diagnostics.filter(({ message }) => /check is safe/.test(message));
  const broken = diagnostics.filter(({ message }) => /\bhappens here\b/.test(message));
  const open = diagnostics.filter(({ severity, message }) => severity === 'warning' && !expected(message));
  if (broken.length > 0) return { verdict: 'refuted', detail: describe(broken, sources) };
  if (open.length > 0) return { verdict: 'unknown', detail: describe(open, sources) };
  const ofLibrary = safe.filter(({ sourceLocation }) => sourceLocation?.file.startsWith(shipped));
  if ((asks === 'range' ? ofLibrary : safe).length === 0)
    return { verdict: 'unknown', detail: 'nothing was checked' };
  return { verdict: 'proven', detail: 'everything asked for holds' };
}

/** A proof about sources with checks holds for the shipped ones only together with the proof of the range. */
export function conclude(rows: readonly Row[]): Row[] {
  return rows.map((row) => {
    const { range } = row.proof;
    if (!range || row.clean.verdict !== 'proven') return row;
    const stands = rows.find(({ proof }) => proof.contract === range)?.clean.verdict === 'proven';
    return stands ? row : { ...row, clean: { ...row.clean, verdict: 'unknown', detail: `${range} is open` } };
  });
}

/** The proofs of a name with those they stand on; all without a name. */
export function choose(proofs: readonly Proof[], only: string | undefined): readonly Proof[] {
  if (!only) return proofs;
  const wanted = proofs.find(({ contract }) => contract === only);
  if (!wanted) throw new Error(`No proof is called ${only}.`);
  return proofs.filter(({ contract }) => contract === only || contract === wanted.range);
}

/** Assembly is in the stand-ins (any value) and in what solady's casts revert with; the checker says that it skips it. */
function expected(message: string): boolean {
  return /Assertion checker does not.*assembly|Inline assembly may cause/s.test(message);
}

function describe(diagnostics: readonly Diagnostic[], sources: ReadonlyMap<string, string>): string {
  return diagnostics
    .map(({ message, sourceLocation: at }) => {
      const text = at ? sources.get(at.file)?.slice(at.start, at.end) : undefined;
      return text ? `${message.split('\n')[0]} ${text}` : message;
    })
    .join('; ');
}
