import type { Instruction } from './explain.ts';

/** Errors of the pool. */
export const poolInstructions: Record<string, Instruction> = {
  AlreadyInitialised: ['The pool is set up already.', 'Nothing is left to do.'],
  NotAuthorised: [
    '{caller} may not call function {selector} here.',
    'Use an account that holds the role, or ask for it to be granted.',
  ],
  NotVault: [
    'Only a tranche vault of the pool may do this, not {caller}.',
    'Deposit and exit through the vault of the tranche.',
  ],
  NotFactory: ['Only the pool factory may do this, not {caller}.', 'Create pools through the factory.'],
  AmountZero: ['The amount is zero.', 'Give an amount above zero.'],
  AmountTooLarge: ['The amount of {amount:amount} is more than {max:amount}.', 'Use at most {max:amount}.'],
  PaymentRefused: [
    'The token did not move {amount:amount} from {from}.',
    'Hold that much, and approve it for the pool, or for the vault where you deposit.',
  ],
  TransferShortfall: [
    'The pool should have received {expected:amount} and received {received:amount}.',
    'Tokens that take a fee on transfer cannot be used; use the plain asset of the pool.',
  ],
  MarketNotAttached: [
    'This pool does not sell cover on market {market}.',
    'Choose a pool that has attached the market.',
  ],
  MarketAlreadyAttached: ['Market {market} is attached to the pool already.', 'Nothing is left to do.'],
  MarketKeyTaken: [
    'The short key {key} of this market is taken by market {by}.',
    'Register the market with a detail of its terms changed, which gives it another id, and attach that one.',
  ],
  MarketAssetDiffers: [
    'The market pays in {marketAsset}, the pool holds {poolAsset}.',
    'Attach the market to a pool of its own asset.',
  ],
  MarketRaiseWindowLonger: [
    'The market lets incidents be raised for {marketWindow:duration}, the pool only for {poolWindow:duration}.',
    'Attach it to a pool with a raise window of at least {marketWindow:duration}.',
  ],
  MarketNotRegistered: [
    'Market {market} is not registered.',
    'Register its terms first, or check the id and the chain.',
  ],
  ParametricNeedsGate: [
    'Market {market} pays without proof of loss, and this pool is open to everyone.',
    'Attach it to a permissioned pool, or register the market with an exposure module.',
  ],
  TooManyGroups: [
    'The markets of the pool would be in more than {max} shock groups.',
    'Detach a market of another group first, or use another pool.',
  ],
  OperationClosed: [
    'For market {market} {operation:operation} is closed (the market is {phase:phase}; closed until {closedUntil:time}).',
    'Wait until it opens again, or choose another market. Claims are not affected.',
  ],
  StreamUnwound: [
    'The premium stream of the market that incident {incident} ended is taken back already.',
    'Refund the covers of the market.',
  ],
  StreamNotUnwound: [
    'The premium stream of the ended market {market} is not taken back yet.',
    'Unwind the stream first; anyone can.',
  ],
  CardMissing: [
    'Market {market} has no risk card, so it has no price.',
    'Wait until the publishers have signed one, or choose another market.',
  ],
  CardStale: [
    'The risk card of market {market} was valid until {validUntil:time}; it is {time:time}.',
    'Wait for the next card, or publish the newest one.',
  ],
  GroupCardStale: [
    'The risk card of {group:group} was valid until {validUntil:time}; it is {time:time}.',
    'Wait for the next card, or publish the newest one.',
  ],
  GroupAlerted: [
    'There is an alert on {group:group} until {until:time}.',
    'Nothing is sold in its markets until then; try again later.',
  ],
  TermOutOfBounds: [
    'The term of {seconds_:duration} is not between {min:duration} and {max:duration}.',
    'Choose a number of days that ends within these bounds.',
  ],
  PremiumAboveMax: [
    'The premium is {premium:amount}, above your maximum of {max:amount}.',
    'Look at the new price and raise the maximum, or buy less cover.',
  ],
  UtilisationAboveGate: [
    'The pool would need {requiredCapital:amount} of risk capital, and may use {max:amount}.',
    'Buy less cover, use another pool, or wait for capital to come in.',
  ],
  MarketFull: [
    'Cover on market {market} would be {cover:amount}; this pool carries at most {max:amount}.',
    'Buy less cover, or spread it over several pools.',
  ],
  GroupFull: [
    'Cover in {group:group} would be {cover:amount}; this pool carries at most {max:amount}.',
    'Buy less cover, or spread it over several pools.',
  ],
  PoolFull: [
    'Total cover of the pool would be {cover:amount}; it carries at most {max:amount}.',
    'Buy less cover, or use another pool.',
  ],
  PoolWindingDown: [
    'The pool is winding down and sells nothing any more.',
    'Use another pool; cover and claims go on as before.',
  ],
  PoolShort: [
    'Open incidents could take {heldLiability:amount} of the {capital:amount} of the pool.',
    'Wait until they are resolved, or use another pool.',
  ],
  AccessRefused: [
    'The pool is permissioned and {account} may not {operation:name} in it.',
    'Ask the curator of the pool for admission, or use an open pool.',
  ],
  NotHolder: [
    'Only {holder} holds cover {cover}, not {caller}.',
    'Act with the account of the holder, or have the token transferred first.',
  ],
  PolicyNotActive: ['Cover {cover} is not active any more: {state:policy}.', 'Buy new cover if you need it.'],
  PolicyOfAnotherPool: [
    'Cover {cover} was sold by another pool.',
    'Call the pool named in the high bits of its number.',
  ],
  CoverEnded: [
    'Cover {cover} ended at {end:time}.',
    'Buy new cover; a loss from before the end can still be claimed.',
  ],
  ExtensionTooLate: [
    'Cover {cover} could be extended until {latest:time}: the new days need a waiting period too.',
    'Buy new cover instead.',
  ],
  RenewalNotDue: [
    'Cover {cover} can be renewed between {from:time} and {until:time}.',
    'Try again within that time, or extend it as its holder.',
  ],
  RollingOrderMissing: ['Cover {cover} has no standing order.', 'The holder sets one first.'],
  RollingOrderNotHolders: [
    'The standing order of cover {cover} is of {payer}, the cover is of {holder}.',
    'The new holder sets an order of their own.',
  ],
  MarketBehind: [
    'The pool has caught up market {market} only to {processedDay:day}.',
    'Poke the market with a higher number of days, more than once if need be, then try again.',
  ],
  JuniorTooSmall: [
    'Junior capital would be {junior:amount}, less than the {min:amount} it must keep.',
    'Use a smaller amount, or deposit into the junior tranche first.',
  ],
  ExitsBehindIncidents: [
    'The pool has taken note of {synced} of {count} incidents.',
    'Sync incidents up to {count} first; anyone can.',
  ],
  ExitHeld: [
    'Escrow of {escrow:amount} is held back for open incidents that could take {held:amount}.',
    'Wait until the incidents are resolved; the claim is not lost.',
  ],
  EscrowNotMatured: [
    'The exit struck on {day:day} is paid from {maturesAt:time} on.',
    'Claim it after that.',
  ],
  IncidentNotOfPool: [
    'Incident {incident} is not about a market of this pool.',
    'Check the number of the incident and the pool.',
  ],
  IncidentNotDeclarable: [
    'Incident {incident} is {state:incident}; a loss is declared once it is confirmed.',
    'Wait until the incident board has confirmed it.',
  ],
  IncidentNotFinal: [
    'Incident {incident} is not final yet.',
    'Wait until the incident board has made it final, then settle it.',
  ],
  NotCoveredAtEvent: [
    'Cover {cover} runs from {start:time} to {end:time}; the event was at {eventTime:time}.',
    'This cover is not due for this incident; it stays as it is.',
  ],
  ClaimWindowOver: ['Claims were taken until {until:time}.', 'Nothing can be claimed any more.'],
  IncidentStillOwed: [
    'Incident {incident} was paid below one, and another that is open or confirmed may still let go what it lacks.',
    'Close it once the others are final or rejected.',
  ],
  ClaimWindowOpen: ['Claims are taken until {until:time}.', 'Try again after that.'],
  NothingProven: [
    'No loss of the insured account of cover {cover} is proven.',
    'Prove or hand over its position first, as the terms of the market say.',
  ],
  NothingToPay: [
    'Nothing more is due on cover {cover} now.',
    'See the state of the incident: it is paid already, or the rest comes later.',
  ],
  NothingToClaim: [
    '{account} has nothing to claim from incident {incident}.',
    'Only those who held shares or escrow at the declaration have a part, and each part is paid once.',
  ],
  SalvageWaits: [
    'Incident {incident} may still be topped up, which changes the parts of its salvage.',
    'Top it up, or claim after its claim window is closed.',
  ],
  SettingOutOfBounds: [
    'Setting {setting:name} is {value}, not between {min} and {max}.',
    'Choose a value between {min} and {max}.',
  ],
};
