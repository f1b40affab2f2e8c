import { describe, expect, it } from 'vitest';
import { exactMean } from '../../src/portfolio/exact/lossRecursion.ts';
import { textbookCopula } from '../../src/portfolio/exact/textbookCopula.ts';
import { nameOf, portfolioOf } from '../support/portfolios.ts';

describe('the textbook copula', () => {
  it('has the exact mean and the chance of joint failure of its correlation', () => {
    const names = [nameOf({ failure: 0.3, cover: 2 }), nameOf({ failure: 0.3, cover: 3, deductible: 0.5 })];
    const portfolio = portfolioOf(names, { correlation: 0.5 });
    const paths = 400_000;
    const losses = textbookCopula(portfolio, paths);
    const mean = losses.reduce((sum, loss) => sum + loss, 0) / paths;
    expect(Math.abs(mean - exactMean(portfolio))).toBeLessThan(0.01);
    // Bivariate normal: both below the 30 % quantile at correlation 0.5.
    const both = losses.filter((loss) => loss === 3.5).length / paths;
    expect(Math.abs(both - 0.156767)).toBeLessThan(0.003);
  });
});
