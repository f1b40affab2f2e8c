import {
  accrue,
  alertGroup,
  attachMarket,
  closeOperations,
  createPool,
  detachMarket,
  groupCardTypedData,
  marketCardTypedData,
  openOperations,
  poke,
  poolCardTypedData,
  publishGroupCard,
  publishMarketCard,
  publishPoolCard,
  registerExposure,
  registerMarket,
  setParameter,
  startWindDown,
  syncPoolCard,
} from '@breakwater/sdk';
import { parseMarketTerms, parsePoolSettings, resolveTerms } from '@breakwater/sdk/deploy';
import { actionCommand } from '../actionCommand.ts';
import type { CommandGroup } from '../command.ts';
import { readJson } from '../files.ts';
import {
  choice,
  integer,
  many,
  market,
  option,
  pool,
  readInteger,
  required,
  text,
  time,
} from '../options.ts';
import { hexIn, invalid, numberIn, readSigned, type SignedFile, signersOf } from '../signed.ts';

const signedFile = { file: required(text('FILE', 'JSON with the card and its signatures')) };
const cardDetails = (card: string) =>
  `The file holds {"card": {${card}}, "signatures": [...]}, one signature of each publisher.`;

function weightsIn(file: SignedFile): readonly [number, number, number, number] {
  const weights = file.fields.w;
  if (!Array.isArray(weights) || weights.length > 4 || !weights.every(Number.isInteger)) {
    throw invalid(file.path, 'w is not a list of at most four whole numbers');
  }
  const [w0 = 0, w1 = 0, w2 = 0, w3 = 0] = weights as number[];
  return [w0, w1, w2, w3];
}

const small = (file: SignedFile, name: string) => Number(numberIn(file, name));

export const markets: CommandGroup = {
  title: 'Markets, pools and risk cards',
  commands: [
    actionCommand({
      name: 'register-market',
      verb: 'registerMarket',
      summary: 'registers a market; anyone may',
      options: { terms: required(text('FILE', 'JSON with the terms; modules by name or address')) },
      build: async ({ values, session: { cwd, deployment } }) => {
        const terms = resolveTerms(parseMarketTerms(await readJson(cwd, values.terms)), deployment.addresses);
        return registerMarket({ deployment, terms });
      },
    }),
    actionCommand({
      name: 'register-exposure',
      verb: 'registerExposure',
      summary: 'registers how losses in a market are proven; anyone may',
      options: {
        market,
        terms: text('FILE', 'JSON with the terms, for a market the manifest does not list'),
      },
      build: async ({ values, session }) => {
        const { cwd, deployment } = session;
        const terms =
          values.terms === undefined
            ? session.marketEntry(values.market).terms
            : resolveTerms(parseMarketTerms(await readJson(cwd, values.terms)), deployment.addresses);
        return registerExposure({ deployment, terms });
      },
    }),
    actionCommand({
      name: 'create-pool',
      verb: 'createPool',
      summary: 'creates a pool with its two vaults; anyone may',
      options: { settings: required(text('FILE', 'JSON with the settings of the pool')) },
      build: async ({ values, session: { cwd, deployment } }) =>
        createPool({ deployment, settings: parsePoolSettings(await readJson(cwd, values.settings)) }),
    }),
    actionCommand({
      name: 'attach-market',
      verb: 'attachMarket',
      summary: 'curator: lets a pool sell cover on a market',
      options: { pool, market },
      build: ({ values, session }) =>
        attachMarket({
          deployment: session.deployment,
          pool: session.pool(values.pool),
          market: session.market(values.market),
        }),
    }),
    actionCommand({
      name: 'detach-market',
      verb: 'detachMarket',
      summary: 'curator: has a pool sell no more cover on a market',
      options: { pool, market },
      build: ({ values, session }) =>
        detachMarket({
          deployment: session.deployment,
          pool: session.pool(values.pool),
          market: session.market(values.market),
        }),
    }),
    actionCommand({
      name: 'set-parameter',
      verb: 'setParameter',
      summary: 'curator: changes a setting of a pool within its bounds',
      options: {
        pool,
        name: required(
          text('NAME', 'feeBps, costOfCapitalBps, gateBps, minJuniorBps, gearing, exitDelayDays, tip'),
        ),
        value: required(integer('VALUE', 'the new value')),
      },
      build: ({ values, session }) =>
        setParameter({
          deployment: session.deployment,
          pool: session.pool(values.pool),
          name: values.name,
          value: values.value,
        }),
    }),
    actionCommand({
      name: 'wind-down',
      verb: 'startWindDown',
      summary: 'curator: ends sales of a pool for good',
      options: { pool },
      build: ({ values, session }) =>
        startWindDown({ deployment: session.deployment, pool: session.pool(values.pool) }),
    }),
    actionCommand({
      name: 'poke',
      verb: 'poke',
      summary: 'catches a pool up with a market; anyone may',
      options: {
        pool,
        market,
        maxDays: integer('DAYS', 'most days that are caught up with; 64 when left out', 1n),
      },
      build: ({ values, session }) =>
        poke({
          deployment: session.deployment,
          pool: session.pool(values.pool),
          market: session.market(values.market),
          maxDays: values.maxDays,
        }),
    }),
    actionCommand({
      name: 'accrue',
      verb: 'accrue',
      summary: 'earns the premium of a pool up to now; anyone may',
      options: { pool },
      build: ({ values, session }) =>
        accrue({ deployment: session.deployment, pool: session.pool(values.pool) }),
    }),
    actionCommand({
      name: 'sync-pool-card',
      verb: 'syncPoolCard',
      summary: 'has a pool take its published risk card; anyone may',
      options: { pool },
      build: ({ values, session }) =>
        syncPoolCard({ deployment: session.deployment, pool: session.pool(values.pool) }),
    }),
    actionCommand({
      name: 'close-operations',
      verb: 'closeOperations',
      summary: 'guardian, for a while; governor, until opened again: stops sales or extensions of a market',
      options: {
        market,
        operation: many(choice(['buy', 'extend'], 'what is closed; given once for each, both when left out')),
        until: time('end of the closure, for the guardian; without it the governor closes'),
      },
      build: async ({ values: { operation, ...values }, session }) =>
        closeOperations({
          deployment: session.deployment,
          market: session.market(values.market),
          operations: operation.length > 0 ? operation : ['buy', 'extend'],
          until: values.until?.(await session.now()),
        }),
    }),
    actionCommand({
      name: 'open-operations',
      verb: 'openOperations',
      summary: 'governor: opens all operations of a market',
      options: { market },
      build: ({ values, session }) =>
        openOperations({ deployment: session.deployment, market: session.market(values.market) }),
    }),
    actionCommand({
      name: 'alert-group',
      verb: 'alertGroup',
      summary: 'guardian: stops sales in all markets of a shock group',
      options: {
        group: required(option('GROUP', 'number of the group', (given) => Number(readInteger(given, 1n)))),
        until: required(time('end of the alert, at most 3 days away')),
      },
      build: async ({ values, session }) =>
        alertGroup({
          deployment: session.deployment,
          group: values.group,
          until: values.until(await session.now()),
        }),
    }),
    actionCommand({
      name: 'publish-market-card',
      verb: 'publishMarketCard',
      summary: 'publishes the risk card of a market; anyone may',
      details: cardDetails('market, el, v, w, maxShare, maxCover, validUntil, nonce'),
      options: signedFile,
      build: async ({ values, session: { cwd, deployment } }) => {
        const file = await readSigned(cwd, values.file, 'card');
        const card = {
          market: hexIn(file, 'market'),
          el: small(file, 'el'),
          v: small(file, 'v'),
          w: weightsIn(file),
          maxShare: small(file, 'maxShare'),
          maxCover: numberIn(file, 'maxCover'),
          validUntil: numberIn(file, 'validUntil'),
          nonce: small(file, 'nonce'),
        };
        const signatures = await signersOf(marketCardTypedData(deployment, card), file);
        return publishMarketCard({ deployment, card, signatures });
      },
    }),
    actionCommand({
      name: 'publish-group-card',
      verb: 'publishGroupCard',
      summary: 'publishes the risk card of a shock group; anyone may',
      details: cardDetails('group, s, cap, validUntil, nonce'),
      options: signedFile,
      build: async ({ values, session: { cwd, deployment } }) => {
        const file = await readSigned(cwd, values.file, 'card');
        const card = {
          group: small(file, 'group'),
          s: small(file, 's'),
          cap: small(file, 'cap'),
          validUntil: numberIn(file, 'validUntil'),
          nonce: small(file, 'nonce'),
        };
        const signatures = await signersOf(groupCardTypedData(deployment, card), file);
        return publishGroupCard({ deployment, card, signatures });
      },
    }),
    actionCommand({
      name: 'publish-pool-card',
      verb: 'publishPoolCard',
      summary: 'publishes the risk card of a pool; anyone may',
      details: cardDetails('pool, z, elSenior, validUntil, nonce'),
      options: signedFile,
      build: async ({ values, session: { cwd, deployment } }) => {
        const file = await readSigned(cwd, values.file, 'card');
        const card = {
          pool: hexIn(file, 'pool'),
          z: small(file, 'z'),
          elSenior: small(file, 'elSenior'),
          validUntil: numberIn(file, 'validUntil'),
          nonce: small(file, 'nonce'),
        };
        const signatures = await signersOf(poolCardTypedData(deployment, card), file);
        return publishPoolCard({ deployment, card, signatures });
      },
    }),
  ],
};
