export { BOOK, type BookSettings, yearBooks } from './backtest/book.ts';
export {
  auc,
  brier,
  type Decile,
  deciles,
  expectedOverSeen,
  logLoss,
  type Outcome,
} from './backtest/metrics.ts';
export { type Plot, type Series, svgPlot } from './backtest/plot.ts';
export { compare, type SchemeResult, type YearResult } from './backtest/results.ts';
export {
  type BookCover,
  engineScheme,
  flatScheme,
  neptuneRate,
  neptuneScheme,
  nexusPremium,
  nexusScheme,
  type Scheme,
  type YearBook,
} from './backtest/schemes.ts';
export {
  type Judged,
  judge,
  judgeVariations,
  type ModelReport,
  type Records,
  reportOn,
  type Split,
  splitsOf,
} from './backtest/validate.ts';
export {
  type BookGroup,
  type BookInputs,
  type BookMarket,
  bookOfList,
  type ScoreBookFile,
} from './cards/bookOfList.ts';
export { MAX_VALIDITY } from './cards/bounds.ts';
export { type FlatMarketCard, flatten, unflatten } from './cards/flatten.ts';
export { type LiveMarket, portfolioOfCards } from './cards/fromCards.ts';
export {
  type Caution,
  type Cautions,
  groupCautions,
  HALF_DAY,
  marketCautions,
  moveRange,
  nextValues,
  type Publication,
  poolCautions,
  type Range,
} from './cards/limits.ts';
export { type ExplainedCard, type MarketCardInputs, marketCard } from './cards/marketCard.ts';
export { groupCard, poolCard } from './cards/otherCards.ts';
export { type BookEntry, portfolioOfBook } from './cards/poolBook.ts';
export { parseScoreBook, type ScoreBook } from './cards/scoreBook.ts';
export { threatMultiplier } from './cards/threat.ts';
export {
  type CardModel,
  type CardPolicy,
  defaultPolicy,
  type Effect,
  type GroupCardValues,
  type GroupScore,
  type GroupWeight,
  type HazardFactor,
  type MarketCardValues,
  type MarketReading,
  type MarketScore,
  type PoolCardValues,
  type ThreatSignal,
} from './cards/types.ts';
export { canonicalCategory, categoryFamily, isContractCategory } from './data/categories.ts';
export { formatCsv, parseCsv } from './data/csv.ts';
export { type Day, dayOfSeconds, formatDay, parseDay } from './data/day.ts';
export { readHacksJson, readProtocolsJson } from './data/defillama.ts';
export { DataError } from './data/errors.ts';
export { mergeEvents } from './data/events.ts';
export { readIncidentsCsv } from './data/incidents.ts';
export { projectOf } from './data/project.ts';
export { readProtocolsCsv } from './data/protocols.ts';
export type {
  IncidentRecord,
  Loaded,
  LoadReport,
  ProtocolRecord,
  Reject,
  TvlSnapshot,
} from './data/records.ts';
export { CapitalExceededError, LoadExceededError } from './errors.ts';
export { applyCards, positionOf } from './exposure/applyCards.ts';
export { allocateCapital, eulerCapital, eulerShare, type Fraction } from './exposure/eulerCapital.ts';
export { type MarginalPrice, marginalPrice } from './exposure/marginalPrice.ts';
export { lossUnit, poolExpectedLoss } from './exposure/poolExpectedLoss.ts';
export { bookVariance, exposureOf, idiosyncratic, systematic } from './exposure/variance.ts';
export { loadOf, reweighGroups, weigh } from './exposure/weigh.ts';
export { LARGE, MATCHED_SHARE } from './fit/figures.ts';
export { type FitInputs, fitRisk } from './fit/fit.ts';
export {
  type Input,
  modelOf,
  type Provenance,
  type RiskParameters,
} from './fit/parameters.ts';
export { formatOrdered, formatParameters, parseParameters } from './fit/serialise.ts';
export { type AgeMultipliers, effectiveYears } from './hazard/age.ts';
export { credibilityWeight, credibilityYears, posteriorRate } from './hazard/credibility.ts';
export { type Features, featuresOf } from './hazard/features.ts';
export {
  type CauseKind,
  GROUP_PRIORS,
  type SharedCause,
  shockGroups,
  shockGroupsOf,
} from './hazard/groups.ts';
export { type History, historyOf } from './hazard/history.ts';
export { type HazardModel, type Prediction, predict } from './hazard/model.ts';
export { type CodeFacts, codeFactors } from './hazard/runtime.ts';
export { toFloat40 } from './integer/float40.ts';
export { mulDivDown, mulDivUp } from './integer/mulDiv.ts';
export { sqrt, sqrtUp } from './integer/sqrt.ts';
export { poissonBinomial, vasicekQuantile } from './portfolio/exact/limits.ts';
export {
  distributionMean,
  distributionQuantile,
  exactMean,
  type LossDistribution,
  lossRecursion,
} from './portfolio/exact/lossRecursion.ts';
export { textbookCopula } from './portfolio/exact/textbookCopula.ts';
export {
  allocateTail,
  type LossMeasures,
  lossMeasures,
  type Tail,
  type TailShares,
  tailOf,
} from './portfolio/lossMeasures.ts';
export { type PastYear, pastYear } from './portfolio/replay.ts';
export { meanOf, severityLaw } from './portfolio/severityLaw.ts';
export {
  type PathRunner,
  type PathTask,
  runTask,
  type SimulateOptions,
  type Simulation,
  simulatePortfolio,
} from './portfolio/simulate.ts';
export {
  groupScenario,
  largestGroup,
  type PastIncident,
  type ReplayMarket,
  replayScenario,
  type Scenario,
  type StressResult,
  stress,
} from './portfolio/stress.ts';
export { type TailMultiplier, tailMultiplier } from './portfolio/tailMultiplier.ts';
export {
  type CurvePoint,
  lossCurve,
  type TrancheLoss,
  type TrancheLosses,
  trancheLosses,
} from './portfolio/trancheLosses.ts';
export type { Capital, Membership, Name, Portfolio, SeverityLaw, ShockGroup } from './portfolio/types.ts';
export { type CancellationInputs, cancellationRefund, streamRate } from './premium/cancellation.ts';
export { expectedLoss } from './premium/expectedLoss.ts';
export { feeOn } from './premium/feeOn.ts';
export { type PremiumInputs, premium } from './premium/premium.ts';
export { psiDown, psiUp } from './premium/psi.ts';
export { requiredCapitalDown, requiredCapitalUp } from './premium/requiredCapital.ts';
export { seniorCharge } from './premium/seniorCharge.ts';
export { utilisationBps } from './premium/utilisation.ts';
export {
  freeCapital,
  growPricingCapital,
  PRICING_FLOOR,
  PRICING_GROWTH,
  type PricingCapitalInputs,
} from './pricingCapital.ts';
export { checkSale } from './sale/checkSale.ts';
export { checkGates, gearingCap, groupCap, marketCap, utilisationGate } from './sale/gates.ts';
export type { Quote, QuoteResult } from './sale/quote.ts';
export { type Extension, quoteExtension } from './sale/quoteExtension.ts';
export { type Purchase, quotePremium } from './sale/quotePremium.ts';
export type { GateRefusal, InputRefusal, Refusal, SaleRefusal } from './sale/refusal.ts';
export type { ListInputs } from './score/hazardOf.ts';
export type { Factor } from './score/reasons.ts';
export { atLeastOne, formatScores, type Score, type ScoreInputs, scoreProtocols } from './score/score.ts';
export { type LossShare, meanLossShare, meanSquareLossShare } from './severity/lossShare.ts';
export { expectedShare, type ShareBySize } from './severity/shareBySize.ts';
export { cappedMean, type ParetoTail, tailProbability } from './severity/tail.ts';
export { poissonInterval } from './statistics/special.ts';
export type { Estimate } from './statistics/summary.ts';
export {
  type ShareClass,
  toAssetsDown,
  toAssetsUp,
  toSharesDown,
  toSharesUp,
  VIRTUAL_ASSETS,
  VIRTUAL_SHARES,
} from './tranches/shares.ts';
export { type ByTranche, type SplitInputs, splitPremium } from './tranches/split.ts';
export { payoutRatio, recovery, waterfall } from './tranches/waterfall.ts';
export {
  type Book,
  type Exposure,
  type GroupCard,
  type GroupId,
  type GroupLoad,
  HARD_GROUP,
  isHardGroup,
  type Market,
  type PoolTerms,
  type Position,
  type RiskCard,
  type RiskWeights,
} from './types.ts';
export {
  BPS,
  CAPITAL_UNIT,
  DAY,
  MAX_COVER,
  MAX_GROUP_COVER,
  MAX_TERM,
  MIN_TERM,
  RATE,
  WAD,
  YEAR,
} from './units.ts';
