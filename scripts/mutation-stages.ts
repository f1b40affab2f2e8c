// Which tests are run against a fault, nearest first.

/**
 * Tests to run together: files below contracts/test; where a function is named, its result alone counts. Tests that link the
 * source into themselves are compiled anew, in a folder of their own.
 */
export type Stage = {
  name: string;
  tests: string;
  only?: string;
  linked?: boolean;
  environment: Record<string, string>;
};

/** Tests nearest to a source, by the start of its path below contracts/src. */
const nearest: readonly [string, string][] = [
  ['underwriting/PoolPayments', 'unit/underwriting/{Pay,PayBatch,PayRest}.t.sol'],
  [
    'underwriting/PoolLoss',
    'unit/underwriting/{SettleIncident,TopUp,Held,ShortTwice,SeniorSalvage,PayRest,Salvage}.t.sol',
  ],
  ['underwriting/PoolClosing', 'unit/underwriting/{CloseIncident,ClosingShort,UnwindStream}.t.sol'],
  ['underwriting/PoolSalvage', 'unit/underwriting/{Salvage,EscrowSalvage,SeniorSalvage}.t.sol'],
  ['underwriting/PoolExits', 'unit/underwriting/{StrikeExit,ClaimExit,RequestExit}.t.sol'],
  ['underwriting/PoolCover', 'unit/underwriting/{Buy,Extend,ExtendEdges,Cancel,Renew}.t.sol'],
  [
    'underwriting/Pool',
    'unit/underwriting/{Buy,Extend,ExtendEdges,Cancel,Deposit,Poke,Settings,StreamSplit,StrikeExit}.t.sol',
  ],
  [
    'underwriting/',
    'unit/underwriting/{ExitQueue,TrancheShares,Epochs,RequestExit,ClaimExit,Deposit,Factory}.t.sol',
  ],
  ['libraries/Card', 'unit/pricing/*.t.sol'],
  ['libraries/TermsCheck', 'unit/markets/*.t.sol'],
  ['libraries/CommittedQuorum', 'unit/incidents/operator-quorum/*.t.sol'],
  ['libraries/BoundedCall', 'unit/incidents/{live-trigger,view-metric}/*.t.sol'],
  ['libraries/', 'unit/underwriting/{Buy,Cancel,Poke,SettleIncident,Deposit}.t.sol'],
  ['incidents/', 'unit/incidents/board/*.t.sol'],
  ['periphery/', 'unit/periphery/*.t.sol'],
];
/** Tests of one file that link the source into a contract of their own: they see no fault in what is deployed. */
const linked: Readonly<Record<string, string>> = {
  'libraries/DayBucket.sol': 'unit/underwriting/PoolWords.t.sol',
  'libraries/ExpiryBitmap.sol': 'unit/underwriting/ExpiryBitmap.t.sol',
  'libraries/Float40.sol': 'unit/underwriting/Float40.t.sol',
  'libraries/PremiumMath.sol': 'unit/pricing/PremiumMath.t.sol',
  'libraries/PriceHistory.sol': 'unit/underwriting/PriceHistory.t.sol',
  'libraries/ShortfallIndex.sol': 'unit/underwriting/ShortfallIndex.t.sol',
  'libraries/TrancheMath.sol': 'unit/underwriting/TrancheMath.t.sol',
  'underwriting/ExitQueue.sol': 'unit/underwriting/ExitQueue.t.sol',
  'underwriting/PoolWords.sol': 'unit/underwriting/PoolWords.t.sol',
  'underwriting/TrancheShares.sol': 'unit/underwriting/TrancheShares.t.sol',
};

/** @param source below contracts/src */
export function stagesOf(source: string): Stage[] {
  const stages: Stage[] = [];
  const own = linked[source];
  if (own) stages.push({ name: own, tests: own, linked: true, environment: {} });
  const close = nearest.find(([start]) => source.startsWith(start))?.[1] ?? 'unit/**/*.t.sol';
  stages.push({ name: close, tests: close, environment: {} });
  const all = '{unit,integration,regression,conformance,attacks,invariant}/**/*.t.sol';
  return [...stages, { name: 'all', tests: all, environment: {} }];
}
