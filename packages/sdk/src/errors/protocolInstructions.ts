import type { Instruction } from './explain.ts';

/** Errors of registry, oracle, board, factory, vaults, cover token and modules. */
export const protocolInstructions: Record<string, Instruction> = {
  // tokens and vaults
  NotPool: ['Only a pool may do this, not {caller}.', 'Act through the pool.'],
  NotOperator: [
    '{caller} is not an operator of {controller}.',
    'Act as {controller}, or have it name you an operator.',
  ],
  AsyncOnly: [
    'Shares of a tranche leave only by request, after the exit delay.',
    'Request the exit, wait for the delay, then claim it.',
  ],
  SharesZero: ['The amount is too small for a single share.', 'Use a larger amount.'],
  MintUnderpaid: [
    'What was quoted for {shares} shares buys only {bought} by now: their price rose while the asset moved.',
    'Try again at the new price, or deposit an amount instead.',
  ],
  ClaimAboveClaimable: [
    '{shares} shares are asked for, {claimable} can be claimed now.',
    'Claim at most {claimable}; the rest follows when its exit is struck and out of escrow.',
  ],
  NothingMatured: ['No exit request is due; the next is on {nextMaturity:time}.', 'Try again after that.'],
  NotInsured: [
    'Only the insured account {insured} may agree for cover {cover}, not {caller}.',
    'Act as {insured}.',
  ],
  // market registry
  TermsNotWhole: [
    'In the terms {field} is {value}, not a multiple of {unit}.',
    'Round it to a multiple of {unit}.',
  ],
  RouteRepeated: ['Route {route} is in the terms twice.', 'List each route once.'],
  ClosureInPast: ['A closure until {until:time} is over already.', 'Choose a time in the future.'],
  PhaseUnknown: ['There is no phase {phase}.', 'Use 0 for open, 1 for suspect, 2 for ended.'],
  MarketAlreadyRegistered: [
    'Market {market} is registered already.',
    'Use it as it is: the same terms give the same market.',
  ],
  TermsOutOfBounds: [
    'In the terms {field} is {value}, not between {min} and {max}.',
    'Choose a value between {min} and {max}.',
  ],
  GroupsNotAscending: [
    'Group {next} comes after group {previous}.',
    'List each group once, in ascending order.',
  ],
  NotIncidentBoard: [
    'Only the incident board may do this, not {caller}.',
    'Submit evidence through a route instead.',
  ],
  OperationUnknown: [
    '{operations} names operations that do not exist.',
    'Use 1 for buying, 2 for extending, 3 for both.',
  ],
  ClosureTooLong: ['A closure until {until:time} is too long.', 'Close until {max:time} at most.'],
  ClosureTooSoon: [
    'This market was closed a short time ago.',
    'It can be closed again from {notBefore:time} on.',
  ],
  MarketAlreadyEnded: [
    'Market {market} has ended for good.',
    'Register a new market when the contract is safe again.',
  ],
  // risk oracle
  QuorumShort: ['There are {0} signatures, {1} are needed.', 'Collect more signatures.'],
  SignerOutOfOrder: [
    'The signature of {next} comes after that of {previous}.',
    'Sort signatures by signer, each once.',
  ],
  NotPublisher: [
    '{signer} is not a publisher.',
    'Leave that signature out, and check that all signed the same card.',
  ],
  NonceNotNext: [
    'The card has nonce {given}, the next is {expected}.',
    'Sign the card with nonce {expected}.',
  ],
  CardOutOfBounds: [
    'On the card {field} is {value}, not between {min} and {max}.',
    'Sign a card within these bounds.',
  ],
  CardMovesTooFast: [
    'On the card {field} moves to {value}; today it may be between {min} and {max}.',
    'Sign a card within these bounds, and the rest of the way on later days.',
  ],
  CardExpired: ['The card was valid until {validUntil:time}.', 'Sign a card that is valid longer.'],
  CardValidTooLong: [
    'The card is valid until {validUntil:time}, longer than {max:time}.',
    'Sign a card valid until {max:time} at most.',
  ],
  AlertTooLong: ['An alert until {until:time} is too long.', 'Alert until {max:time} at most.'],
  AlertTooSoon: [
    'The group was alerted a short time ago.',
    'A guardian may alert it again from {notBefore:time} on; a market can be closed by the governor.',
  ],
  AlertInPast: ['The alert would have ended at {until:time}.', 'Choose a time in the future.'],
  PublishersInvalid: [
    'The list of publishers is not valid.',
    'List each publisher once, in ascending order, with a quorum above half and not above their number.',
  ],
  // incident board
  RouteNotEnabled: ['Route {route} is not enabled.', 'Use a route that the board has enabled.'],
  RouteUnknown: ['The board has never enabled route {route}.', 'Check the address, or enable it first.'],
  RouteKindFixed: [
    'Route {route} was enabled with another kind: bonded is {bonded}.',
    'Enable it as it was; a route that differs needs another address.',
  ],
  RouteRetiring: [
    'The retirement of route {route} at {until:time} is announced already.',
    'Nothing is left to do; enabling it takes the announcement back.',
  ],
  RouteNotBonded: [
    'Route {route} opens incidents without a bond.',
    'Set floors only for routes that were enabled as bonded.',
  ],
  RouteNotAccepted: [
    'Market {market} does not accept evidence by route {route}.',
    'Use a route that its terms name.',
  ],
  IncidentUnknown: ['There is no incident {incident}.', 'Check the number.'],
  MoveNotAllowed: [
    'Incident {incident} is {from:incident} and cannot become {to:incident}.',
    'Read its state again; someone may have moved it before you.',
  ],
  SeverityRaised: [
    'The severity would rise from {from:share} to {to:share}.',
    'Report at most {from:share}.',
  ],
  SeverityOutOfBounds: [
    'The severity of {severity:share} is out of bounds.',
    'Report more than 0 % and at most 100 %.',
  ],
  EventInFuture: ['The event at {eventTime:time} is in the future.', 'Report an event that has happened.'],
  EventAfterSuspicion: [
    'The event at {eventTime:time} is later than the suspicion raised for it at {raisedAt:time}.',
    'Report when it happened, at {raisedAt:time} at the latest.',
  ],
  RaisedTooLate: [
    'The event at {eventTime:time} had to be raised before {deadline:time}.',
    'It can no longer be raised; a later event can.',
  ],
  NotYetLapsed: ['The incident lapses at {expiresAt:time}.', 'Try again after that.'],
  MarketClosed: [
    'Market {market} has ended or does not exist.',
    'Check the id; an ended market takes no new incident.',
  ],
  RouteNotOfIncident: [
    'Route {route} may not reject incident {incident}: it is neither its own route nor an arbiter.',
    'Reject it through the route that raised it, or through an arbiter.',
  ],
  IncidentNotInState: [
    'Incident {incident} is {state:incident}; this needs it to be {needed:incident}.',
    'Read its state again.',
  ],
  InterimAlreadyDrawn: [
    'Pool {pool} has drawn on the bond of incident {incident} already.',
    'Nothing is left to do.',
  ],
  BondShort: [
    'The bond locked would be {locked:amount}; {needed:amount} is needed.',
    'Fund the bond of the route, and have a report with enough bond signed.',
  ],
  BondTooLarge: ['The bond of {amount:amount} is more than {max:amount}.', 'Use at most {max:amount}.'],
  BondFloorUnset: [
    'Route {route} has no least bond in asset {asset} yet.',
    'Have the governor set one before it opens an incident in this asset.',
  ],
  BondFloorOutOfBounds: [
    'A least bond of {floor:amount} in asset {asset} is not between {min:amount} and {max:amount}.',
    'Choose one within these bounds; it may double every 30 days.',
  ],
  BondFloorTooSoon: [
    'The least bond was raised a short time ago.',
    'It can be raised again from {notBefore:time} on.',
  ],
  ReceiverInvalid: ['The receiver {receiver} is nobody.', 'Name an account that can use what is sent.'],
  TooManyRoutes: ['There are {max} routes already.', 'Use one of them.'],
  // factory and modules
  NameTooLong: ['The name has {length} bytes, at most {max} fit.', 'Choose a shorter name.'],
  PoolUnknown: ['There is no pool with number {index}.', 'Check the number: pools count from 1.'],
  ConfigInvalid: ['The configuration of the module is not valid: {reason}.', 'Correct it and try again.'],
};
