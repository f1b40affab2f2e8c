import { expect, test } from 'vitest';

import {
  choose,
  conclude,
  type Diagnostic,
  judge,
  plantFault,
  type Row,
  withChecks,
} from '../proof-check.ts';
import { type Proof, proofs } from '../proofs.ts';

const base = {
  file: 'F',
  invariant: 'PRICE-2',
  mathematics: 'AnyValue',
  fault: { source: 'F.sol', text: 'a + b', becomes: '$& - b' },
} as const;
const range: Proof = { ...base, contract: 'RangeProof', asks: 'range' };
const proof: Proof = { ...base, contract: 'FloorProof', range: 'RangeProof' };
const library = 'contracts/src/F.sol';
const sources = new Map([[library, 'return a + b;']]);

function info(message: string, file = library): Diagnostic {
  return { severity: 'info', message, sourceLocation: { file, start: 7, end: 12 } };
}

function warning(message: string): Diagnostic {
  return { ...info(message), severity: 'warning' };
}

function row(proof: Proof, verdict: 'proven' | 'unknown'): Row {
  const found = { verdict: 'refuted', detail: '', seconds: 1 } as const;
  return { proof, clean: { verdict, detail: '', seconds: 1 }, faulty: found };
}

test('a fault is planted where its text is there once, and refused otherwise', () => {
  expect(plantFault('return a + b;', proof)).toBe('return $& - b;');
  expect(() => plantFault('return a;', proof)).toThrow(
    'FloorProof, "a + b": the text is 0 times in F.sol, not once.',
  );
  expect(() => plantFault('a + b; a + b', proof)).toThrow('2 times');
});

test('checks are put back everywhere and nothing else is changed', () => {
  expect(withChecks('{ unchecked { a; } } unchecked { b; }')).toBe('{ { a; } } { b; }');
  expect(withChecks('// unchecked here\na;')).toBe('// unchecked here\na;');
  expect(() => withChecks('unchecked{ a; }')).toThrow('not written');
});

test('only what is shown safe throughout is proven, and only values refute', () => {
  const safe = info('BMC: Assertion violation check is safe!');
  const verdict = (...diagnostics: Diagnostic[]) => judge(diagnostics, sources, undefined).verdict;
  expect(verdict(safe)).toBe('proven');
  expect(verdict()).toBe('unknown');
  expect(verdict(safe, warning('BMC: Assertion violation might happen here.'))).toBe('unknown');
  expect(verdict(safe, warning('BMC: Assertion violation happens here.'))).toBe('refuted');
  expect(verdict(safe, warning('Unused local variable.'))).toBe('unknown');
  expect(verdict(safe, warning('Assertion checker does not support inline assembly.'))).toBe('proven');
  expect(verdict(safe, { severity: 'error', message: 'nothing after 240 s' })).toBe('unknown');
});

test('a range is proven by the operations of the library, and broken by any', () => {
  const safe = 'BMC: Overflow (resulting value larger than 2**256 - 1) check is safe!';
  const verdict = (...diagnostics: Diagnostic[]) => judge(diagnostics, sources, 'range').verdict;
  expect(verdict(info(safe))).toBe('proven');
  expect(verdict(info(safe, 'contracts/test/proofs/F.proof.sol'))).toBe('unknown');
  const broken = {
    ...warning('BMC: Underflow (resulting value less than 0) happens here.\nCounterexample:'),
    sourceLocation: { file: 'solady/utils/FixedPointMathLib.sol', start: 0, end: 1 },
  };
  expect(verdict(info(safe), broken)).toBe('refuted');
  expect(judge([warning('BMC: Overflow happens here.\nwith')], sources, 'range').detail).toBe(
    'BMC: Overflow happens here. a + b',
  );
});

test('what stands on an open range is open', () => {
  const verdicts = (...rows: Row[]) => conclude(rows).map(({ clean }) => clean.verdict);
  expect(verdicts(row(range, 'proven'), row(proof, 'proven'))).toEqual(['proven', 'proven']);
  expect(verdicts(row(range, 'unknown'), row(proof, 'proven'))).toEqual(['unknown', 'unknown']);
  expect(verdicts(row(proof, 'proven'))).toEqual(['unknown']);
});

test('one proof is taken with the range it stands on', () => {
  const other = { ...range, contract: 'OtherProof' };
  expect(choose([range, proof, other], 'FloorProof')).toEqual([range, proof]);
  expect(choose([range, proof, other], undefined)).toHaveLength(3);
  expect(() => choose([range], 'NoProof')).toThrow('No proof is called NoProof');
});

test('every range that is named asks for it', () => {
  for (const { range } of proofs) {
    if (range) expect(proofs.find(({ contract }) => contract === range)?.asks).toBe('range');
  }
});
