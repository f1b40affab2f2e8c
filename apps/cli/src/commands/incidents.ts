import {
  type Action,
  addSalvage,
  attest,
  closeIncident,
  fundBond,
  lapseIncident,
  type OnCover,
  observe,
  operatorQuorumAbi,
  pay,
  payBatch,
  payRest,
  type Report,
  refundEnded,
  refundShortfall,
  reportTypedData,
  sample,
  settleIncident,
  syncIncidents,
  topUp,
  unwindStream,
} from '@breakwater/sdk';
import type { Address } from 'viem';
import { readContract } from 'viem/actions';
import { actionCommand } from '../actionCommand.ts';
import type { CommandGroup } from '../command.ts';
import { UsageError } from '../errors.ts';
import {
  amount,
  cover,
  incident,
  integer,
  many,
  market,
  option,
  pool,
  readAddress,
  required,
  text,
} from '../options.ts';
import { hexIn, invalid, numberIn, readSigned, type SignedFile, signersOf } from '../signed.ts';

const ofIncident = { pool, incident: required(incident) };
const ofCover = { cover: required(cover('the cover')) };

/** A command of an action that is about one cover; amounts are shown as its pool counts them. */
function coverCommand({ build, ...given }: CoverCommand) {
  return actionCommand({
    ...given,
    options: ofCover,
    build: ({ values, session }) => {
      session.poolOfCover(values.cover);
      return build({ deployment: session.deployment, cover: values.cover });
    },
  });
}

type CoverCommand = {
  readonly name: string;
  readonly verb: string;
  readonly summary: string;
  readonly build: (parameters: OnCover) => Action;
};

function readReport(file: SignedFile): Report {
  const state = file.fields.state;
  if (state !== 'suspect' && state !== 'confirmed') {
    throw invalid(file.path, 'state is neither suspect nor confirmed');
  }
  return {
    market: hexIn(file, 'market'),
    round: numberIn(file, 'round'),
    state,
    eventTime: numberIn(file, 'eventTime'),
    severity: Number(numberIn(file, 'severity')),
    bond: numberIn(file, 'bond'),
    evidence: hexIn(file, 'evidence'),
  };
}

export const incidents: CommandGroup = {
  title: 'Incidents and payouts',
  commands: [
    actionCommand({
      name: 'report',
      verb: 'attest',
      summary: 'submits a report that operators signed',
      details:
        'The file holds {"report": {market, round, state, eventTime, severity, bond, evidence}, "signatures": [...]}: round has the market\'s turn on the board in its high 32 bits, state is suspect or confirmed, severity 1e8 for all of it, bond in units of the asset.',
      options: {
        file: required(text('FILE', 'JSON with the report and its signatures')),
        operator: many(
          option('ADDRESS', 'one operator; given for each of the whole list, ascending', readAddress),
        ),
      },
      build: async ({ values, session: { client, cwd, deployment } }) => {
        if (values.operator.length === 0) throw new UsageError('Option --operator is missing.', 'report');
        const file = await readSigned(cwd, values.file, 'report');
        const report = readReport(file);
        const digest = await readContract(client, {
          address: deployment.addresses.operatorQuorum,
          abi: operatorQuorumAbi,
          functionName: 'configDigest',
        });
        const signatures = await signersOf(reportTypedData(deployment, report, digest), file);
        return attest({ deployment, report, operators: values.operator, signatures });
      },
    }),
    actionCommand({
      name: 'observe',
      verb: 'observe',
      summary: 'records the health of what a market insures, as measured now',
      options: { market },
      build: ({ values, session }) =>
        observe({ deployment: session.deployment, terms: session.marketEntry(values.market).terms }),
    }),
    actionCommand({
      name: 'sample',
      verb: 'sample',
      summary: 'reports a breach that the chain itself shows',
      options: { market },
      build: ({ values, session }) =>
        sample({ deployment: session.deployment, terms: session.marketEntry(values.market).terms }),
    }),
    actionCommand({
      name: 'lapse',
      verb: 'lapseIncident',
      summary: 'ends a suspicion or confirmation that nothing followed',
      options: { incident: required(incident) },
      build: ({ values, session: { deployment } }) =>
        lapseIncident({ deployment, incident: values.incident }),
    }),
    actionCommand({
      name: 'sync',
      verb: 'syncIncidents',
      summary: 'has a pool take note of incidents',
      options: {
        pool,
        upTo: required(integer('NUMBER', 'number of the newest incident to take note of', 1n)),
      },
      build: ({ values, session }) =>
        syncIncidents({
          deployment: session.deployment,
          pool: session.pool(values.pool),
          upTo: values.upTo,
        }),
    }),
    actionCommand({
      name: 'settle',
      verb: 'settleIncident',
      summary: 'settles an incident in a pool: declares the loss, or undoes it',
      options: ofIncident,
      build: ({ values, session }) =>
        settleIncident({
          deployment: session.deployment,
          pool: session.pool(values.pool),
          incident: values.incident,
        }),
    }),
    coverCommand({
      name: 'pay',
      verb: 'pay',
      summary: 'pays a cover out; anyone may, the holder is paid',
      build: pay,
    }),
    actionCommand({
      name: 'pay-batch',
      verb: 'payBatch',
      summary: 'pays several covers of one pool out',
      options: { pool, cover: many(cover('a cover; given once for each')) },
      build: ({ values, session }) =>
        payBatch({
          deployment: session.deployment,
          pool: session.pool(values.pool),
          covers: values.cover,
        }),
    }),
    coverCommand({
      name: 'pay-rest',
      verb: 'payRest',
      summary: 'pays what a cover is still owed after a first payment',
      build: payRest,
    }),
    actionCommand({
      name: 'top-up',
      verb: 'topUp',
      summary: 'raises the payments of an incident from capital that came since',
      options: ofIncident,
      build: ({ values, session }) =>
        topUp({
          deployment: session.deployment,
          pool: session.pool(values.pool),
          incident: values.incident,
        }),
    }),
    actionCommand({
      name: 'close-incident',
      verb: 'closeIncident',
      summary: 'closes an incident in a pool after its claim window',
      options: ofIncident,
      build: ({ values, session }) =>
        closeIncident({
          deployment: session.deployment,
          pool: session.pool(values.pool),
          incident: values.incident,
        }),
    }),
    actionCommand({
      name: 'unwind-stream',
      verb: 'unwindStream',
      summary: 'takes the premium of an ended market out of the stream',
      options: ofIncident,
      build: ({ values, session }) =>
        unwindStream({
          deployment: session.deployment,
          pool: session.pool(values.pool),
          incident: values.incident,
        }),
    }),
    coverCommand({
      name: 'refund-ended',
      verb: 'refundEnded',
      summary: 'refunds the unearned premium of a cover whose market ended',
      build: refundEnded,
    }),
    coverCommand({
      name: 'refund-shortfall',
      verb: 'refundShortfall',
      summary: 'refunds the premium held back while a pool was short of capital',
      build: refundShortfall,
    }),
    actionCommand({
      name: 'add-salvage',
      verb: 'addSalvage',
      summary: 'pays recovered funds into an incident',
      options: { ...ofIncident, amount: required(amount('of the asset')) },
      build: ({ values, session }) => {
        const entry = session.pool(values.pool);
        return addSalvage({
          deployment: session.deployment,
          pool: entry,
          incident: values.incident,
          amount: values.amount(entry.asset),
        });
      },
    }),
    actionCommand({
      name: 'fund-bond',
      verb: 'fundBond',
      summary: 'deposits bond for a route',
      options: {
        route: required(
          option('ROUTE', 'live-trigger, operator-quorum, or the address of another one', (given) =>
            given === 'live-trigger' || given === 'operator-quorum' ? given : readAddress(given),
          ),
        ),
        pool,
        amount: required(amount('of the asset of the pool')),
      },
      build: ({ values, session }) => {
        const { addresses } = session.deployment;
        const { asset } = session.pool(values.pool);
        const ours = { 'live-trigger': addresses.liveTrigger, 'operator-quorum': addresses.operatorQuorum };
        return fundBond({
          deployment: session.deployment,
          route: values.route in ours ? ours[values.route as keyof typeof ours] : (values.route as Address),
          asset: asset.address,
          amount: values.amount(asset),
        });
      },
    }),
  ],
};
