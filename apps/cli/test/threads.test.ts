import { lossMeasures, type Portfolio, severityLaw, simulatePortfolio } from '@breakwater/risk';
import { describe, expect, it } from 'vitest';
import { startThreads } from '../src/risk/threads.ts';

const book: Portfolio = {
  names: Array.from({ length: 30 }, (_, i) => ({
    id: `name ${i}`,
    cover: 1_000 + i,
    failure: 0.05,
    severity: 0,
    deductible: 0.05,
    groups: [{ group: 1, weight: 0.3 }],
  })),
  groups: [{ group: 1, rate: 0.05, severity: 0 }],
  severities: [severityLaw({ totalMass: 0.087, alpha: 0.374, beta: 1.551 }, 64)],
  correlation: 0.02,
};

describe('threads', () => {
  it('RISK-1: give the same losses whatever their number, and tell how far they are', async () => {
    const options = { paths: 150_000, seed: 5n };
    const here = await simulatePortfolio(book, options);
    for (const count of [1, 3]) {
      const threads = await startThreads(count);
      const told: number[] = [];
      const onProgress = (done: number) => told.push(done);
      const there = await simulatePortfolio(book, { ...options, runner: threads.run, onProgress });
      await threads.close();
      expect(there.losses).toEqual(here.losses);
      expect(told).toHaveLength(10);
      expect(lossMeasures(there)).toEqual(lossMeasures(here));
    }
  });
});
