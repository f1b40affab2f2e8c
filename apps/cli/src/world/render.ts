import type { Outcome, Reconciliation, TimelineEntry } from '@breakwater/testing/world';
import { formatUnits } from 'viem';
import { fields, table } from '../output.ts';

/** A whole number with commas between thousands. */
export function grouped(value: bigint | number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** An amount of the world's asset, to its smallest unit. */
export function dollars(units: bigint): string {
  const [whole = '', fraction = ''] = formatUnits(units, 6).split('.');
  return `${grouped(whole as unknown as bigint)}.${fraction.padEnd(6, '0')}`;
}

/** A line of the timeline while it is being made. */
export function entryLine({ step, block, wallMilliseconds }: TimelineEntry): string {
  return `${(wallMilliseconds / 1000).toFixed(1).padStart(6)} s  block ${String(block).padStart(4)}  ${step}\n`;
}

/** The timeline, each step with its block, times, gas and transactions. */
export function timelineTable(entries: readonly TimelineEntry[]): string {
  const rows = entries.map(({ step, block, chainSeconds, wallMilliseconds, gas, transactions }) => [
    block,
    chainSeconds,
    (wallMilliseconds / 1000).toFixed(1),
    grouped(gas),
    transactions,
    step,
  ]);
  return table(['Block', 'Chain s', 'Wall s', 'Gas', 'Txs', 'Step'], rows);
}

/** Where every unit of the pools is, and the checks of the books. */
export function booksTable({ pools, checks, difference, block }: Reconciliation): string {
  const names = pools.map(({ pool }) => pool.name);
  const rows: (readonly [string, (books: Reconciliation['pools'][number]) => bigint])[] = [
    ['Deposited', ({ deposits }) => deposits],
    ['Premiums', ({ premiums }) => premiums],
    ['Claims paid', ({ paidByLogs }) => -paidByLogs],
    ['Holds', ({ balance }) => balance],
    ['  junior', ({ junior }) => junior],
    ['  senior', ({ senior }) => senior],
    ['  premium not earned yet', ({ unearned }) => unearned],
    ['  fees', ({ fees }) => fees],
    ['  exits and refunds', ({ owed }) => owed],
    ['  reserve of the incident', ({ reserve }) => reserve],
    ['Lost by junior', ({ fromJunior }) => fromJunior],
    ['Lost by senior', ({ fromSenior }) => fromSenior],
  ];
  return [
    `Books at block ${block}, in dollars\n`,
    table(
      ['', ...names],
      rows.map(([label, amount]) => [label, ...pools.map((books) => dollars(amount(books)))]),
    ),
    '\nChecks, in smallest units\n',
    table(
      ['Difference', 'Expected', 'Found', 'What'],
      checks.map(({ text, expected, actual, difference: off }) => [
        off,
        grouped(expected),
        grouped(actual),
        text,
      ]),
    ),
    `\nDifference of the books: ${difference}\n`,
  ].join('');
}

/** What the drill has shown. */
export function outcomeFields(outcome: Outcome, holders: number): string {
  const { incident, persistenceBlocks, blocksToDeclaration, blocksToLastPayout } = outcome;
  return fields([
    ['Severity', `${Number(incident.severity) / 1e6} %`],
    ['Persistence', `${persistenceBlocks} blocks`],
    ['Exploit to declaration', `${blocksToDeclaration} blocks`],
    ['Exploit to last payout', `${blocksToLastPayout} blocks`],
    ['Holders paid', `${grouped(outcome.holdersPaid)} of ${grouped(holders)}`],
    ['Paid', `${dollars(outcome.paid)} dollars`],
    [
      'Paid by due',
      `${formatUnits(outcome.ratioMin, 18)} at least, ${formatUnits(outcome.ratioMax, 18)} at most`,
    ],
  ]);
}
