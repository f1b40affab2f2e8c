import type { Instruction } from './explain.ts';

/** Errors of router, lens, routes and exposure modules. */
export const moduleInstructions: Record<string, Instruction> = {
  // router and lens
  LegsEmpty: ['There is nothing to buy.', 'Give at least one purchase.'],
  PoolNotGenuine: ['{pool} is not a pool of this deployment.', 'Check the address and the chain.'],
  AssetDiffers: [
    'Pool {pool} holds {asset}, the first pool of the purchase {expected}.',
    'Buy from the pools of one asset in one transaction.',
  ],
  TotalAboveMax: [
    'The total is {total:amount}, above your maximum of {maxTotal:amount}.',
    'Look at the new prices and raise the maximum, or buy less.',
  ],
  Expired: ['The deadline was {deadline:time}; it is {time:time}.', 'Send it again with a later deadline.'],
  PaymentShort: [
    'You hold or allow {available:amount}; {needed:amount} is needed.',
    'Bring in the difference, or approve {needed:amount}.',
  ],
  SharesBelowMin: [
    'The deposit would give {shares} shares, fewer than the {minShares} you accept.',
    'Look at the new share price and lower the minimum, or do not deposit.',
  ],
  Permit2Missing: [
    'Permit2 is not on this chain.',
    'Approve the router in a transaction of its own instead.',
  ],
  OnlySelf: ['The lens calls this function itself.', 'Call the page functions of the lens instead.'],
  // live trigger
  SpreadOutOfBounds: [
    'A spread of {blocks} blocks is not between {min} and {max}.',
    'Choose a spread within these bounds.',
  ],
  CallerNotDirect: [
    '{caller} may not do this: only an account without code, calling directly, may take samples.',
    'Send it from an ordinary account, not through a contract or a wallet with code.',
  ],
  NotEvaluable: [
    'The insured contract of market {market} does not answer with a value.',
    'Use another route, such as the operator quorum, or try again later.',
  ],
  CaseIsOpen: ['A case of market {market} is open.', 'Take a sample instead.'],
  MetricBreached: [
    'The metric is {value}, a breach against the baseline of {baseline}.',
    'Take a sample instead: that opens a case.',
  ],
  MetricHealthy: [
    'The metric is {value}, which is no breach of the baseline of {baseline}.',
    'There is nothing to report; observe it instead.',
  ],
  ObservedTooSoon: ['The market was observed a short time ago.', 'Observe it again after {notBefore:time}.'],
  BaselineMissing: [
    'There are {observations} healthy observations; {needed} are needed for a baseline.',
    'Observe the market while it is healthy, or use another route.',
  ],
  BaselineTooOld: [
    'The last healthy observation was at {lastHealthy:time}, more than {maxAge:duration} ago.',
    'Use another route, such as the operator quorum.',
  ],
  SampleTooEarly: ['The next sample counts from block {notBefore} on.', 'Take it then.'],
  DismissedRecently: [
    'A case was dismissed a short time ago.',
    'A new one can be opened from block {notBefore} on.',
  ],
  // operator quorum
  StateNotAllowed: [
    'Operators cannot report an incident as {state:incident}.',
    'Report it as suspect or confirmed.',
  ],
  RoundOfAnotherTurn: [
    'Round {round} is not of turn {turn}, in which the market is now.',
    'Have a report signed whose round has {turn} in its high 32 bits, if it is still right.',
  ],
  SignersBarred: [
    'Operators who signed two reports of one round are among the signers (places {barred}).',
    'Leave their signatures out.',
  ],
  SignersOutOfList: [
    'The bitmap {signers} names more than the {operators} operators.',
    'Build it from the list of operators that is committed.',
  ],
  ProofLengthWrong: [
    'The proof is {length} bytes, {expected} are expected.',
    'Build it anew from the signatures.',
  ],
  ProofWrong: [
    'The signatures are not those of the committed operators over this report.',
    'Check the list of operators, the report and the configuration they signed for.',
  ],
  SuspicionWithoutBond: ['A suspicion needs a bond.', 'Have a report with a bond above zero signed.'],
  OperatorsInvalid: ['The list of operators is not valid: {reason}.', 'Correct the list or the thresholds.'],
  OperatorsUnknown: [
    'This list of operators is not the committed one.',
    'Read the list from the event OperatorsSet.',
  ],
  ReportsDoNotConflict: [
    'The two reports do not contradict each other.',
    'Give two different reports of one market and round.',
  ],
  SignatureNotOperators: [
    'A signature is not by operator {operator}.',
    'Give the signatures of that operator over both reports.',
  ],
  // exposure
  ExposureDiffers: [
    'The market proves its losses by {exposure}.',
    'Register the terms with that module instead.',
  ],
  MarketAlreadyConfigured: [
    'The exposure terms of market {market} are registered already.',
    'Nothing is left to do.',
  ],
  'PoolUnknown(address)': ['{pool} is not a pool of this deployment.', 'Check the address and the chain.'],
  NothingToRelease: [
    '{account} has no positions to take out for incident {incident} of pool {pool}.',
    'Only those who held shares at the declaration have a part, and each part is sent once.',
  ],
  GasTooLow: [
    'The transaction has {left} gas left where {needed} is needed.',
    'Send it again with a higher gas limit.',
  ],
};
