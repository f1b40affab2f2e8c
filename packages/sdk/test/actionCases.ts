import { type Abi, type Address, type Hex, toHex } from 'viem';
import * as sdk from '../src/index.ts';
import { type Action, encodeCoverId, findPool, type Requirement, toEncodedTerms } from '../src/index.ts';
import { account, deployment, market, terms, word } from './world.ts';

const { addresses } = deployment;
export const core = findPool(deployment, account(0x2001));
export const ether = findPool(deployment, account(0x2002));
export const pool = core.address;
export const cover = encodeCoverId({ pool: 1n, sequence: 77n });
export const asset = core.asset.address;
export const alice = account(0xa11ce);
export const bob = account(0xb0b);
export const zero = account(0);
export const signature: Hex = `0x${'11'.repeat(32)}${'22'.repeat(32)}1b`;
export const parts = { r: `0x${'11'.repeat(32)}`, s: `0x${'22'.repeat(32)}`, v: 27 };
export const permit = { owner: alice, amount: 500n, nonce: 3n, deadline: 900n, signature };
const signed = [
  { signer: bob, signature: '0xbb' as Hex },
  { signer: account(1), signature: '0xaa' as Hex },
];

export const approval = (spender: Address, amount: bigint): Requirement => ({
  type: 'approval',
  token: asset,
  spender,
  amount,
});
const balance = (amount: bigint): Requirement => ({ type: 'balance', token: asset, amount });
export const authority = (action: Action): Requirement => ({
  type: 'authority',
  manager: addresses.accessManager,
  target: action.transaction.to,
  data: action.transaction.data,
});

type Case = {
  action: Action;
  to: Address;
  abi: Abi | readonly unknown[];
  call: string;
  args: readonly unknown[];
  requirements?: readonly Requirement[] | 'authority';
};

export const purchase = { market, cover: 1_000n, coverDays: 30, recipient: alice, maxPremium: 50n };
export const leg = {
  pool,
  params: { ...purchase, insured: zero, integrator: zero },
};
const card = { el: 1, v: 2, w: [1, 2, 3, 4], maxShare: 5, maxCover: 6n, validUntil: 7n, nonce: 8 } as const;
export const report = {
  market,
  round: 4n,
  state: 'confirmed',
  eventTime: 1_000n,
  severity: 5,
  bond: 6n,
  evidence: word(7),
} as const;
export const settings = {
  asset,
  curator: alice,
  raiseWindowDays: 7,
  exitDelayDays: 7,
  feeBps: 1_000,
  costOfCapitalBps: 1_500,
  gateBps: 8_500,
  minJuniorBps: 2_000,
  gearing: 10,
  name: 'Core',
  symbol: 'CORE',
};
export const onPool = { deployment, pool };
export const onCover = { deployment, cover };
export const incident = 9n;
const encoded = toEncodedTerms(terms);

/** Every action with what it must encode. */
export const cases: Record<string, Case> = {
  addSalvage: {
    action: sdk.addSalvage({ ...onPool, incident, amount: 5n }),
    to: pool,
    abi: sdk.poolAbi,
    call: 'addSalvage',
    args: [incident, 5n],
    requirements: [balance(5n), approval(pool, 5n)],
  },
  alertGroup: {
    action: sdk.alertGroup({ deployment, group: 3, until: 400n }),
    to: addresses.oracle,
    abi: sdk.riskOracleAbi,
    call: 'alertGroup',
    args: [3, 400],
    requirements: 'authority',
  },
  approveSurrender: {
    action: sdk.approveSurrender({ deployment, positionToken: bob, units: 12n }),
    to: bob,
    abi: sdk.tokenAbi,
    call: 'approve',
    args: [addresses.surrenderExposure, 12n],
  },
  attachMarket: {
    action: sdk.attachMarket({ ...onPool, market }),
    to: pool,
    abi: sdk.poolAbi,
    call: 'attachMarket',
    args: [market],
    requirements: 'authority',
  },
  attest: {
    action: sdk.attest({
      deployment,
      report,
      operators: [account(1), bob],
      signatures: [{ signer: bob, signature }],
    }),
    to: addresses.operatorQuorum,
    abi: sdk.operatorQuorumAbi,
    call: 'attest',
    args: [
      { ...report, state: 2, eventTime: 1_000 },
      2n,
      `${account(1).toLowerCase()}${'11'.repeat(32)}${'22'.repeat(32)}`,
    ],
  },
  buy: {
    action: sdk.buy({ ...onPool, ...purchase, insured: bob, premium: 40n, integrator: bob }),
    to: pool,
    abi: sdk.poolAbi,
    call: 'buy',
    args: [{ ...purchase, insured: bob, integrator: bob }],
    requirements: [balance(40n), approval(pool, 50n)],
  },
  buyMany: {
    action: sdk.buyMany({
      deployment,
      purchases: [
        { pool, ...purchase },
        { pool, ...purchase },
      ],
      maxTotal: 90n,
      deadline: 800n,
    }),
    to: addresses.router,
    abi: sdk.coverRouterAbi,
    call: 'buy',
    args: [[leg, leg], 90n, 800n],
    requirements: [{ type: 'deadline', deadline: 800n }, balance(90n), approval(addresses.router, 90n)],
  },
  cancel: { action: sdk.cancel(onCover), to: pool, abi: sdk.poolAbi, call: 'cancel', args: [cover] },
  checkpoint: {
    action: sdk.checkpoint({ ...onPool, tranche: 'senior' }),
    to: core.senior,
    abi: sdk.trancheVaultAbi,
    call: 'checkpoint',
    args: [],
  },
  claimEscrowSalvage: {
    action: sdk.claimEscrowSalvage({ ...onPool, incident, tranche: 'senior', requestId: 3n }),
    to: pool,
    abi: sdk.poolAbi,
    call: 'claimEscrowSalvage',
    args: [incident, true, 3n],
  },
  claimExit: {
    action: sdk.claimExit({ ...onPool, tranche: 'senior', shares: 5n, receiver: bob, controller: alice }),
    to: core.senior,
    abi: sdk.trancheVaultAbi,
    call: 'redeem',
    args: [5n, bob, alice],
  },
  claimSalvage: {
    action: sdk.claimSalvage({ ...onPool, incident, tranche: 'senior', account: alice }),
    to: pool,
    abi: sdk.poolAbi,
    call: 'claimSalvage',
    args: [incident, true, alice],
  },
  closeIncident: {
    action: sdk.closeIncident({ ...onPool, incident }),
    to: pool,
    abi: sdk.poolAbi,
    call: 'closeIncident',
    args: [incident],
  },
  closeOperations: {
    action: sdk.closeOperations({ deployment, market, operations: ['buy', 'extend'] }),
    to: addresses.registry,
    abi: sdk.marketRegistryAbi,
    call: 'close',
    args: [market, 3],
    requirements: 'authority',
  },
  collectFees: {
    action: sdk.collectFees({ ...onPool, account: bob }),
    to: pool,
    abi: sdk.poolAbi,
    call: 'collectFees',
    args: [bob],
  },
  createPool: {
    action: sdk.createPool({ deployment, settings }),
    to: addresses.factory,
    abi: sdk.poolFactoryAbi,
    call: 'create',
    args: [{ ...settings, accessGate: zero }],
  },
  deposit: {
    action: sdk.deposit({ ...onPool, tranche: 'junior', assets: 70n, receiver: bob }),
    to: core.junior,
    abi: sdk.trancheVaultAbi,
    call: 'deposit',
    args: [70n, bob],
    requirements: [balance(70n), approval(core.junior, 70n)],
  },
  depositWithPermit: {
    action: sdk.depositWithPermit({
      ...onPool,
      tranche: 'senior',
      assets: 70n,
      receiver: bob,
      minShares: 60n,
      deadline: 800n,
      permit,
    }),
    to: addresses.router,
    abi: sdk.coverRouterAbi,
    call: 'depositWithPermit',
    args: [pool, true, 70n, bob, 60n, 800n, { value: 500n, deadline: 900n, ...parts }],
    requirements: [
      { type: 'deadline', deadline: 800n },
      balance(70n),
      {
        type: 'permit',
        token: asset,
        spender: addresses.router,
        owner: alice,
        amount: 500n,
        nonce: 3n,
        deadline: 900n,
      },
    ],
  },
  detachMarket: {
    action: sdk.detachMarket({ ...onPool, market }),
    to: pool,
    abi: sdk.poolAbi,
    call: 'detachMarket',
    args: [market],
    requirements: 'authority',
  },
  extend: {
    action: sdk.extend({ ...onCover, addDays: 30, maxPremium: 20n }),
    to: pool,
    abi: sdk.poolAbi,
    call: 'extend',
    args: [cover, 30, 20n],
    requirements: [balance(20n), approval(pool, 20n)],
  },
  fundBond: {
    action: sdk.fundBond({ deployment, route: bob, asset, amount: 8n }),
    to: addresses.board,
    abi: sdk.incidentBoardAbi,
    call: 'fundBond',
    args: [bob, asset, 8n],
    requirements: [balance(8n), approval(addresses.board, 8n)],
  },
  giveConsent: {
    action: sdk.giveConsent(onCover),
    to: addresses.coverToken,
    abi: sdk.coverTokenAbi,
    call: 'giveConsent',
    args: [cover],
  },
  lapseIncident: {
    action: sdk.lapseIncident({ deployment, incident }),
    to: addresses.board,
    abi: sdk.incidentBoardAbi,
    call: 'lapse',
    args: [incident],
  },
  observe: {
    action: sdk.observe({ deployment, terms }),
    to: addresses.liveTrigger,
    abi: sdk.liveTriggerAbi,
    call: 'observe',
    args: [encoded],
  },
  openOperations: {
    action: sdk.openOperations({ deployment, market }),
    to: addresses.registry,
    abi: sdk.marketRegistryAbi,
    call: 'open',
    args: [market],
    requirements: 'authority',
  },
  pay: { action: sdk.pay(onCover), to: pool, abi: sdk.poolAbi, call: 'pay', args: [cover] },
  payBatch: {
    action: sdk.payBatch({ ...onPool, covers: [cover, cover + 1n] }),
    to: pool,
    abi: sdk.poolAbi,
    call: 'payBatch',
    args: [[cover, cover + 1n]],
  },
  payRest: { action: sdk.payRest(onCover), to: pool, abi: sdk.poolAbi, call: 'payRest', args: [cover] },
  poke: {
    action: sdk.poke({ ...onPool, market }),
    to: pool,
    abi: sdk.poolAbi,
    call: 'poke',
    args: [market, 64n],
  },
  publishGroupCard: {
    action: sdk.publishGroupCard({
      deployment,
      card: { group: 3, s: 1, cap: 2, validUntil: 3n, nonce: 4 },
      signatures: signed,
    }),
    to: addresses.oracle,
    abi: sdk.riskOracleAbi,
    call: 'publishGroup',
    args: [{ group: 3, s: 1, cap: 2, validUntil: 3, nonce: 4 }, ['0xaa', '0xbb']],
  },
  publishMarketCard: {
    action: sdk.publishMarketCard({ deployment, card: { market, ...card }, signatures: signed }),
    to: addresses.oracle,
    abi: sdk.riskOracleAbi,
    call: 'publishMarket',
    args: [{ market, ...card, maxCover: 6, validUntil: 7 }, ['0xaa', '0xbb']],
  },
  publishPoolCard: {
    action: sdk.publishPoolCard({
      deployment,
      card: { pool, z: 1, elSenior: 2, validUntil: 3n, nonce: 4 },
      signatures: signed,
    }),
    to: addresses.oracle,
    abi: sdk.riskOracleAbi,
    call: 'publishPool',
    args: [{ pool, z: 1, elSenior: 2, validUntil: 3, nonce: 4 }, ['0xaa', '0xbb']],
  },
  quote: {
    action: sdk.quote({ ...onPool, market, cover: 1_000n, coverDays: 30 }),
    to: addresses.lens,
    abi: sdk.lensAbi,
    call: 'quoteExact',
    args: [pool, market, 1_000n, 30n],
  },
  refundEnded: {
    action: sdk.refundEnded(onCover),
    to: pool,
    abi: sdk.poolAbi,
    call: 'refundEnded',
    args: [cover],
  },
  refundShortfall: {
    action: sdk.refundShortfall(onCover),
    to: pool,
    abi: sdk.poolAbi,
    call: 'refundShortfall',
    args: [cover],
  },
  registerExposure: {
    action: sdk.registerExposure({ deployment, terms }),
    to: addresses.surrenderExposure,
    abi: sdk.surrenderExposureAbi,
    call: 'register',
    args: [encoded],
  },
  registerMarket: {
    action: sdk.registerMarket({ deployment, terms }),
    to: addresses.registry,
    abi: sdk.marketRegistryAbi,
    call: 'register',
    args: [encoded],
  },
  releaseEscrowSalvage: {
    action: sdk.releaseEscrowSalvage({ ...onPool, incident, tranche: 'senior', requestId: 3n }),
    to: addresses.surrenderExposure,
    abi: sdk.surrenderExposureAbi,
    call: 'releaseEscrowSalvage',
    args: [pool, incident, true, 3n],
  },
  releaseSalvage: {
    action: sdk.releaseSalvage({ ...onPool, incident, tranche: 'junior', account: alice }),
    to: addresses.surrenderExposure,
    abi: sdk.surrenderExposureAbi,
    call: 'releaseSalvage',
    args: [pool, incident, false, alice],
  },
  renew: { action: sdk.renew(onCover), to: pool, abi: sdk.poolAbi, call: 'renew', args: [cover] },
  requestExit: {
    action: sdk.requestExit({ ...onPool, tranche: 'junior', shares: 6n, owner: alice }),
    to: core.junior,
    abi: sdk.trancheVaultAbi,
    call: 'requestRedeem',
    args: [6n, alice, alice],
  },
  sample: {
    action: sdk.sample({ deployment, terms }),
    to: addresses.liveTrigger,
    abi: sdk.liveTriggerAbi,
    call: 'sample',
    args: [encoded],
  },
  setParameter: {
    action: sdk.setParameter({ ...onPool, name: 'feeBps', value: 900n }),
    to: pool,
    abi: sdk.poolAbi,
    call: 'setParameter',
    args: [toHex('feeBps', { size: 32 }), 900n],
    requirements: 'authority',
  },
  setRollingOrder: {
    action: sdk.setRollingOrder({ ...onCover, addDays: 30, maxRate: 3_000_000, tip: 2n, allowance: 99n }),
    to: pool,
    abi: sdk.poolAbi,
    call: 'setRollingOrder',
    args: [cover, 30, 3_000_000, 2],
    requirements: [approval(pool, 99n)],
  },
  settleIncident: {
    action: sdk.settleIncident({ ...onPool, incident }),
    to: pool,
    abi: sdk.poolAbi,
    call: 'settleIncident',
    args: [incident],
  },
  startWindDown: {
    action: sdk.startWindDown(onPool),
    to: pool,
    abi: sdk.poolAbi,
    call: 'startWindDown',
    args: [],
    requirements: 'authority',
  },
  accrue: {
    action: sdk.accrue(onPool),
    to: pool,
    abi: sdk.poolAbi,
    call: 'accrue',
    args: [],
  },
  syncPoolCard: {
    action: sdk.syncPoolCard(onPool),
    to: pool,
    abi: sdk.poolAbi,
    call: 'syncPoolCard',
    args: [],
  },
  setOperator: {
    action: sdk.setOperator({ ...onPool, tranche: 'junior', operator: bob, approved: true }),
    to: core.junior,
    abi: sdk.trancheVaultAbi,
    call: 'setOperator',
    args: [bob, true],
  },
  strikeExit: {
    action: sdk.strikeExit({ ...onPool, tranche: 'senior' }),
    to: core.senior,
    abi: sdk.trancheVaultAbi,
    call: 'strikeExit',
    args: [2n ** 256n - 1n],
  },
  syncIncidents: {
    action: sdk.syncIncidents({ ...onPool, upTo: 4n }),
    to: pool,
    abi: sdk.poolAbi,
    call: 'syncIncidents',
    args: [4n],
  },
  topUp: {
    action: sdk.topUp({ ...onPool, incident }),
    to: pool,
    abi: sdk.poolAbi,
    call: 'topUp',
    args: [incident],
  },
  transfer: {
    action: sdk.transfer({ deployment, cover, from: alice, to: bob }),
    to: addresses.coverToken,
    abi: sdk.nftAbi,
    call: 'safeTransferFrom',
    args: [alice, bob, cover],
  },
  unwindStream: {
    action: sdk.unwindStream({ ...onPool, incident }),
    to: pool,
    abi: sdk.poolAbi,
    call: 'unwindStream',
    args: [incident],
  },
};
