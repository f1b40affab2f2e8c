export { type ListedAccount, listAccounts } from './accounts.ts';
export { findPort, type LocalNode, localChainId, startAnvil } from './anvil.ts';
export type { PoolBooks } from './books.ts';
export type { Payout } from './payouts.ts';
export type { Check, Reconciliation } from './reconcile.ts';
export { type Outcome, prepareWorld, runIncident, type World, type WorldOptions } from './scenario.ts';
export type { TimelineEntry } from './timeline.ts';
export { genesisBefore, keepUp } from './upkeep.ts';
