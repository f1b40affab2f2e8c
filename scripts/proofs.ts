// What `npm run prove` proves: contracts under contracts/test/proofs, each with a fault that must break it.

export type Proof = {
  /** Contract in `file`; its natspec says what it proves. */
  contract: string;
  /** In contracts/test/proofs, without `.proof.sol`. */
  file: string;
  /** Id in docs/invariants.md. */
  invariant: string;
  /** Stands in for solady's mathematics: `SameValue` where two calls are compared, `WideValue` beyond 2^256. */
  mathematics: 'AnyValue' | 'SameValue' | 'WideValue';
  /** `range`: that with the compiler's checks no operation goes above its word or below zero; otherwise its assertions. */
  asks?: 'range';
  /** Asserts of the sources with the compiler's checks; by the proof of this name they never strike. */
  range?: string;
  /** Source in contracts/src whose only `text` becomes `becomes`. */
  fault: { source: string; text: string; becomes: string };
};

const tranches = 'libraries/TrancheMath.sol';
const premium = 'libraries/PremiumMath.sol';

export const proofs: readonly Proof[] = [
  {
    contract: 'WaterfallProof',
    file: 'Tranches',
    invariant: 'SOLVENCY-3',
    mathematics: 'AnyValue',
    fault: { source: tranches, text: 'min(loss - fromJunior, senior)', becomes: 'min(loss, senior)' },
  },
  {
    contract: 'RecoveryProof',
    file: 'Tranches',
    invariant: 'SOLVENCY-2',
    mathematics: 'AnyValue',
    fault: { source: tranches, text: 'toJunior = recovered - toSenior', becomes: 'toJunior = recovered' },
  },
  {
    contract: 'PayoutProof',
    file: 'Claims',
    invariant: 'SOLVENCY-2',
    mathematics: 'AnyValue',
    fault: {
      source: 'libraries/ClaimMath.sol',
      text: 'return claim * share / 1e8;',
      becomes: 'return (claim * share + 1e8 - 1) / 1e8;',
    },
  },
  {
    contract: 'SplitProof',
    file: 'Tranches',
    invariant: 'SOLVENCY-1',
    mathematics: 'AnyValue',
    fault: {
      source: tranches,
      text: 'if (i.senior == 0) return (i.earned, 0);',
      becomes: 'if (i.senior == 0) return (0, 0);',
    },
  },
  {
    contract: 'RatioProof',
    file: 'Tranches',
    invariant: 'EQUALITY-1',
    mathematics: 'SameValue',
    fault: {
      source: tranches,
      text: 'mulDiv(capital, 1e18, total)',
      becomes: 'mulDivUp(capital, 1e18, total)',
    },
  },
  {
    contract: 'SharesProof',
    file: 'Tranches',
    invariant: 'CAPITAL-2',
    mathematics: 'AnyValue',
    fault: {
      source: tranches,
      text: 'return Math.fullMulDiv(shares, total + VIRTUAL_ASSETS',
      becomes: 'return Math.fullMulDivUp(shares, total + VIRTUAL_ASSETS',
    },
  },
  {
    contract: 'PremiumRangeProof',
    file: 'Premium',
    invariant: 'PRICE-2',
    mathematics: 'WideValue',
    asks: 'range',
    fault: {
      source: premium,
      text: 'psiUp(p.requiredAfter, capital) - psiDown(p.requiredBefore, capital)',
      becomes: 'psiDown(p.requiredAfter, capital) - psiUp(p.requiredBefore, capital)',
    },
  },
  {
    contract: 'PremiumFloorProof',
    file: 'Premium',
    invariant: 'PRICE-2',
    mathematics: 'WideValue',
    range: 'PremiumRangeProof',
    fault: {
      source: premium,
      text: 'net = Math.divUp(rate * p.term, YEAR * CAPITAL_UNIT)',
      becomes: 'net = rate * p.term / (YEAR * CAPITAL_UNIT)',
    },
  },
  {
    contract: 'PremiumTermProof',
    file: 'Premium',
    invariant: 'PRICE-3',
    mathematics: 'WideValue',
    range: 'PremiumRangeProof',
    fault: {
      source: premium,
      text: 'net = Math.divUp(rate * p.term, YEAR * CAPITAL_UNIT)',
      becomes: 'net = Math.divUp(rate * YEAR, p.term)',
    },
  },
  {
    contract: 'ExpectedLossProof',
    file: 'PremiumParts',
    invariant: 'PRICE-2',
    mathematics: 'AnyValue',
    fault: {
      source: premium,
      text: 'return Math.fullMulDiv(cover * el, term',
      becomes: 'return Math.fullMulDivUp(cover * el, term',
    },
  },
  {
    contract: 'ChargeProof',
    file: 'PremiumParts',
    invariant: 'PRICE-3',
    mathematics: 'AnyValue',
    fault: { source: premium, text: 's + Math.fullMulDiv(s, s', becomes: 's + Math.fullMulDivUp(s, s' },
  },
  {
    contract: 'RequiredCapitalProof',
    file: 'PremiumParts',
    invariant: 'ROUNDING-1',
    mathematics: 'AnyValue',
    fault: { source: premium, text: 'root * root < variance', becomes: 'root * root > variance' },
  },
  {
    contract: 'FeeProof',
    file: 'PremiumParts',
    invariant: 'ROUNDING-1',
    mathematics: 'AnyValue',
    fault: {
      source: premium,
      text: 'return Math.mulDivUp(net, feeBps',
      becomes: 'return Math.mulDiv(net, feeBps',
    },
  },
  {
    contract: 'SeniorChargeProof',
    file: 'PremiumParts',
    invariant: 'PRICE-3',
    mathematics: 'AnyValue',
    fault: { source: premium, text: 'if (u <= 6000) return 200', becomes: 'if (u <= 6000) return 201' },
  },
  {
    contract: 'VarianceProof',
    file: 'PremiumParts',
    invariant: 'PRICE-1',
    mathematics: 'AnyValue',
    fault: { source: 'libraries/ExposureMath.sol', text: 'v * x * x * 1e8', becomes: 'v * x * x * 1e16' },
  },
];
