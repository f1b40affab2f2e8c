import {
  checkpoint,
  claimEscrowSalvage,
  claimExit,
  claimSalvage,
  collectFees,
  deposit,
  depositWithPermit,
  getPosition,
  permitTypedData,
  readPermit,
  releaseEscrowSalvage,
  releaseSalvage,
  requestExit,
  setOperator,
  signPermit,
  strikeExit,
} from '@breakwater/sdk';
import type { PoolEntry } from '../actionCommand.ts';
import { actionCommand } from '../actionCommand.ts';
import type { CommandGroup } from '../command.ts';
import { cliError } from '../errors.ts';
import {
  address,
  amount,
  flag,
  incident,
  integer,
  option,
  pool,
  readAmount,
  required,
  time,
  tranche,
} from '../options.ts';

const which = required(tranche('junior or senior'));

/** An amount of tranche shares, or all there are. */
const shares = option('SHARES', 'tranche shares, or `all`; all when left out', (given) =>
  given === 'all' ? undefined : readAmount(given),
);

const request = integer('NUMBER', 'number of the exit request, from 1', 1n);

/** Tranche shares have three decimals more than the asset. */
function shareUnit({ asset }: PoolEntry) {
  return { symbol: 'the share', decimals: asset.decimals + 3 };
}

function orNothing(found: bigint, what: string): bigint {
  if (found > 0n) return found;
  throw cliError('NothingThere', `The account has no ${what} in this tranche.`, 'Check tranche and account.');
}

export const underwriting: CommandGroup = {
  title: 'Underwriting',
  commands: [
    actionCommand({
      name: 'deposit',
      verb: 'deposit',
      summary: 'puts capital into a tranche',
      options: {
        pool,
        tranche: which,
        amount: required(amount('of the asset')),
        receiver: address('receives the shares; the sender when left out'),
      },
      build: ({ values, session }) => {
        const entry = session.pool(values.pool);
        return deposit({
          deployment: session.deployment,
          pool: entry,
          tranche: values.tranche,
          assets: values.amount(entry.asset),
          receiver: values.receiver ?? session.sender(),
        });
      },
    }),
    actionCommand({
      name: 'deposit-with-permit',
      verb: 'depositWithPermit',
      summary: 'puts capital into a tranche in one transaction, with a signed permit',
      options: {
        pool,
        tranche: which,
        amount: required(amount('of the asset')),
        minShares: option('SHARES', 'least shares that are accepted; none when left out', readAmount),
        receiver: address('receives the shares; the sender when left out'),
        deadline: time('until when this may happen; in an hour when left out'),
      },
      build: async ({ values, session }) => {
        const { client, deployment } = session;
        const entry = session.pool(values.pool);
        const owner = session.sender();
        const token = entry.asset.address;
        const assets = values.amount(entry.asset);
        const now = await session.now();
        const deadline = values.deadline?.(now) ?? now + 3_600n;
        const typedData = permitTypedData({
          ...(await readPermit(client, { token, owner })),
          token,
          owner,
          spender: deployment.addresses.router,
          amount: assets,
          deadline,
          chainId: deployment.chainId,
        });
        return depositWithPermit({
          deployment,
          pool: entry,
          tranche: values.tranche,
          assets,
          receiver: values.receiver ?? owner,
          minShares: values.minShares?.(shareUnit(entry)) ?? 0n,
          deadline,
          permit: await signPermit(session.wallet(), typedData),
        });
      },
    }),
    actionCommand({
      name: 'request-exit',
      verb: 'requestExit',
      summary: 'asks for shares to leave a tranche; the exit delay starts',
      options: {
        pool,
        tranche: which,
        shares,
        owner: address('whose shares they are; the sender when left out'),
        controller: address('who will claim; the owner when left out'),
      },
      build: async ({ values, session }) => {
        const { client, deployment } = session;
        const entry = session.pool(values.pool);
        const owner = values.owner ?? session.sender();
        const asked = { deployment, pool: entry, tranche: values.tranche };
        const all = async () => (await getPosition(client, { ...asked, account: owner })).shares;
        return requestExit({
          ...asked,
          shares: values.shares?.(shareUnit(entry)) ?? orNothing(await all(), 'shares'),
          owner,
          controller: values.controller,
        });
      },
    }),
    actionCommand({
      name: 'set-operator',
      verb: 'setOperator',
      summary: 'lets another account request and claim your exits from a tranche',
      details: 'The operator says where claimed assets go: name only whom you would give the shares.',
      options: {
        pool,
        tranche: which,
        operator: required(address('who may act for you')),
        remove: flag('takes it back'),
      },
      build: ({ values, session: { deployment, ...session } }) =>
        setOperator({
          deployment,
          pool: session.pool(values.pool),
          tranche: values.tranche,
          operator: values.operator,
          approved: !values.remove,
        }),
    }),
    actionCommand({
      name: 'strike-exit',
      verb: 'strikeExit',
      summary: 'strikes exits that are due, in order; anyone may',
      options: {
        pool,
        tranche: which,
        maxShares: option(
          'SHARES',
          'most shares that are struck; all that are due when left out',
          readAmount,
        ),
      },
      build: ({ values, session }) => {
        const entry = session.pool(values.pool);
        return strikeExit({
          deployment: session.deployment,
          pool: entry,
          tranche: values.tranche,
          maxShares: values.maxShares?.(shareUnit(entry)),
        });
      },
    }),
    actionCommand({
      name: 'checkpoint',
      verb: 'checkpoint',
      summary: 'notes what a share is worth today, which limits exits that are struck late; anyone may',
      options: { pool, tranche: which },
      build: ({ values, session }) =>
        checkpoint({
          deployment: session.deployment,
          pool: session.pool(values.pool),
          tranche: values.tranche,
        }),
    }),
    actionCommand({
      name: 'claim-exit',
      verb: 'claimExit',
      summary: 'takes out what was struck and is out of escrow',
      options: {
        pool,
        tranche: which,
        shares,
        receiver: address('receives the assets; the sender when left out'),
        controller: address('who made the request; the sender when left out'),
      },
      build: async ({ values, session }) => {
        const { client, deployment } = session;
        const entry = session.pool(values.pool);
        const controller = values.controller ?? session.sender();
        const asked = { deployment, pool: entry, tranche: values.tranche };
        const all = async () =>
          (await getPosition(client, { ...asked, account: controller })).claimableShares;
        return claimExit({
          ...asked,
          shares: values.shares?.(shareUnit(entry)) ?? orNothing(await all(), 'claimable shares'),
          receiver: values.receiver ?? session.sender(),
          controller,
        });
      },
    }),
    actionCommand({
      name: 'claim-salvage',
      verb: 'claimSalvage',
      summary: 'pays an account its part of what was recovered of an incident; anyone may',
      options: {
        pool,
        tranche: which,
        incident: required(incident),
        account: address('held shares at the declaration, and is paid; the sender when left out'),
      },
      build: ({ values, session }) =>
        claimSalvage({
          deployment: session.deployment,
          pool: session.pool(values.pool),
          tranche: values.tranche,
          incident: values.incident,
          account: values.account ?? session.sender(),
        }),
    }),
    actionCommand({
      name: 'claim-escrow-salvage',
      verb: 'claimEscrowSalvage',
      summary: 'pays an exit request its part of what was recovered, for what it had in escrow; anyone may',
      options: {
        pool,
        tranche: which,
        incident: required(incident),
        request: required(request),
      },
      build: ({ values, session }) =>
        claimEscrowSalvage({
          deployment: session.deployment,
          pool: session.pool(values.pool),
          tranche: values.tranche,
          incident: values.incident,
          requestId: values.request,
        }),
    }),
    actionCommand({
      name: 'release-salvage',
      verb: 'releaseSalvage',
      summary: 'sends an account its part of the positions handed over for an incident; anyone may',
      options: {
        pool,
        tranche: which,
        incident: required(incident),
        account: address('held shares at the declaration; the sender when left out'),
      },
      build: ({ values, session }) =>
        releaseSalvage({
          deployment: session.deployment,
          pool: session.pool(values.pool),
          tranche: values.tranche,
          incident: values.incident,
          account: values.account ?? session.sender(),
        }),
    }),
    actionCommand({
      name: 'release-escrow-salvage',
      verb: 'releaseEscrowSalvage',
      summary:
        'sends an exit request its part of the positions handed over, for what it had in escrow; anyone may',
      options: {
        pool,
        tranche: which,
        incident: required(incident),
        request: required(request),
      },
      build: ({ values, session }) =>
        releaseEscrowSalvage({
          deployment: session.deployment,
          pool: session.pool(values.pool),
          tranche: values.tranche,
          incident: values.incident,
          requestId: values.request,
        }),
    }),
    actionCommand({
      name: 'collect-fees',
      verb: 'collectFees',
      summary: 'pays the fee recipient or an integrator what it is owed; anyone may',
      options: { pool, account: address('who is paid; the sender when left out') },
      build: ({ values, session }) =>
        collectFees({
          deployment: session.deployment,
          pool: session.pool(values.pool),
          account: values.account ?? session.sender(),
        }),
    }),
  ],
};
