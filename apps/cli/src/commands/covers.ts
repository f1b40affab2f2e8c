import {
  approveSurrender,
  buy,
  buyMany,
  cancel,
  extend,
  getCover,
  getExtensionQuote,
  getQuote,
  giveConsent,
  type Quote,
  renew,
  rollingAllowance,
  setRollingOrder,
  transfer,
} from '@breakwater/sdk';
import { formatUnits } from 'viem';
import type { PoolEntry } from '../actionCommand.ts';
import { actionCommand } from '../actionCommand.ts';
import { type CommandGroup, defineCommand } from '../command.ts';
import { cliError, UsageError } from '../errors.ts';
import {
  address,
  amount,
  cover,
  days,
  flag,
  integer,
  many,
  market,
  option,
  percent,
  pool,
  readAmount,
  readInteger,
  required,
  time,
  Unreadable,
} from '../options.ts';
import { fields, percentText, type Result, timeText } from '../output.ts';

const maxPremium = amount('most that is paid, fee included; one percent over the price when left out');

/** A little more than the quoted price, which moves with every sale before. */
function withMargin(premium: bigint): bigint {
  return premium + premium / 100n + 1n;
}

function quoteResult(quote: Quote, { asset }: PoolEntry): Result {
  const figure = (value: bigint) => `${formatUnits(value, asset.decimals)} ${asset.symbol}`;
  return {
    data: { ...quote, asset },
    text: fields([
      ['Premium', `${quote.exact ? '' : 'at most '}${figure(quote.premium)}, fee included`],
      ['Fee', figure(quote.fee)],
      ['Expected loss', figure(quote.expectedLoss)],
      ['Starts', timeText(quote.start)],
      ['Ends', timeText(quote.end)],
      ['Utilisation before', percentText(quote.utilisationBefore, 10n ** 18n)],
      ['Utilisation after', percentText(quote.utilisationAfter, 10n ** 18n)],
    ]),
  };
}

const purchase = option('MARKET:AMOUNT:DAYS[:POOL]', 'one cover; given once for each', (given) => {
  const [marketName, amountText, daysText, poolName] = given.split(':');
  if (!marketName || !amountText || !daysText)
    throw new Unreadable('MARKET:AMOUNT:DAYS or MARKET:AMOUNT:DAYS:POOL');
  return {
    market: marketName,
    cover: readAmount(amountText),
    coverDays: Number(readInteger(daysText, 1n)),
    pool: poolName,
  };
});

export const covers: CommandGroup = {
  title: 'Cover',
  commands: [
    defineCommand({
      name: 'quote',
      verb: 'quote',
      summary: 'price of a cover, or of an extension, in this block',
      options: {
        pool,
        market,
        amount: amount('most that is paid out; for a new cover'),
        days: required(days('whole days of cover, or days added')),
        cover: cover('cover to extend, instead of a new one'),
      },
      run: async ({ values, open }) => {
        const { client, deployment, ...session } = await open();
        if (values.cover !== undefined) {
          const sold = session.poolOfCover(values.cover);
          const { cover, days: addDays } = values;
          return quoteResult(await getExtensionQuote(client, { deployment, cover, addDays }), sold);
        }
        if (values.amount === undefined) throw new UsageError('Option --amount AMOUNT is missing.', 'quote');
        const entry = session.pool(values.pool);
        const quote = await getQuote(client, {
          deployment,
          pool: entry,
          market: session.market(values.market),
          cover: values.amount(entry.asset),
          coverDays: values.days,
        });
        return quoteResult(quote, entry);
      },
    }),
    actionCommand({
      name: 'buy',
      verb: 'buy',
      summary: 'buys cover from one pool',
      options: {
        pool,
        market,
        amount: required(amount('most that is paid out')),
        days: required(days('whole UTC days of cover, after the waiting period')),
        maxPremium,
        recipient: address('receives the token; the sender when left out'),
        insured: address('whose position is insured; the recipient when left out'),
        integrator: address('receives part of the fee'),
      },
      build: async ({ values, session }) => {
        const { client, deployment } = session;
        const entry = session.pool(values.pool);
        const asked = {
          deployment,
          pool: entry,
          market: session.market(values.market),
          cover: values.amount(entry.asset),
          coverDays: values.days,
        };
        const { premium } = await getQuote(client, asked);
        return buy({
          ...asked,
          premium,
          maxPremium: values.maxPremium?.(entry.asset) ?? withMargin(premium),
          recipient: values.recipient ?? session.sender(),
          insured: values.insured,
          integrator: values.integrator,
        });
      },
    }),
    actionCommand({
      name: 'buy-many',
      verb: 'buyMany',
      summary: 'buys several covers in one transaction, all or none',
      options: {
        purchase: many(purchase),
        maxTotal: amount('most that all cost together; one percent over the price when left out'),
        deadline: time('until when this may happen; in an hour when left out'),
        insured: address('whose position is insured; the sender when left out'),
      },
      build: async ({ values, session }) => {
        const { client, deployment } = session;
        const quoted = await Promise.all(
          values.purchase.map(async ({ market: named, cover: size, coverDays, pool: seller }) => {
            const entry = session.pool(seller);
            const asked = {
              pool: entry,
              market: session.market(named),
              cover: size(entry.asset),
              coverDays,
              insured: values.insured,
            };
            const { premium } = await getQuote(client, { deployment, ...asked });
            return { ...asked, premium, maxPremium: withMargin(premium), entry };
          }),
        );
        const [first] = quoted;
        if (!first) throw new UsageError('Option --purchase is missing.', 'buy-many');
        const premium = quoted.reduce((sum, each) => sum + each.premium, 0n);
        const now = await session.now();
        return buyMany({
          deployment,
          purchases: quoted,
          premium,
          maxTotal: values.maxTotal?.(first.entry.asset) ?? withMargin(premium),
          deadline: values.deadline?.(now) ?? now + 3_600n,
        });
      },
    }),
    actionCommand({
      name: 'extend',
      verb: 'extend',
      summary: 'adds days to a cover',
      options: {
        cover: required(cover('the cover')),
        days: required(days('whole days added')),
        maxPremium,
      },
      build: async ({ values: { cover: id, days: addDays, maxPremium: most }, session }) => {
        const { client, deployment } = session;
        const { asset } = session.poolOfCover(id);
        const { premium } = await getExtensionQuote(client, { deployment, cover: id, addDays });
        const limit = most?.(asset) ?? withMargin(premium);
        return extend({ deployment, cover: id, addDays, maxPremium: limit, premium });
      },
    }),
    actionCommand({
      name: 'renew',
      verb: 'renew',
      summary: "renews a cover by its holder's standing order; anyone may, for the tip",
      options: { cover: required(cover('the cover')) },
      build: ({ values, session }) => {
        session.poolOfCover(values.cover);
        return renew({ deployment: session.deployment, cover: values.cover });
      },
    }),
    actionCommand({
      name: 'rolling-order',
      verb: 'setRollingOrder',
      summary: 'gives, changes or removes a standing order to renew a cover',
      options: {
        cover: required(cover('the cover')),
        days: days('days added at each renewal'),
        maxRate: percent('most that is accepted, percent of cover and year, fee included'),
        tip: amount('reward of whoever renews'),
        renewals: integer('NUMBER', 'renewals to approve in advance; 1 when left out', 1n),
        remove: flag('removes the order'),
      },
      build: async ({ values, session }) => {
        const { client, deployment } = session;
        const { asset } = session.poolOfCover(values.cover);
        if (values.remove) {
          const none = { addDays: 0, maxRate: 0, tip: 0n, allowance: 0n };
          return setRollingOrder({ deployment, cover: values.cover, ...none });
        }
        if (values.days === undefined || values.maxRate === undefined) {
          throw new UsageError('Give --days and --max-rate, or --remove.', 'rolling-order');
        }
        const order = { addDays: values.days, maxRate: values.maxRate, tip: values.tip?.(asset) ?? 0n };
        const { cover: size } = await getCover(client, { deployment, cover: values.cover });
        const renewals = Number(values.renewals ?? 1n);
        const allowance = rollingAllowance({ ...order, amount: size, renewals });
        return setRollingOrder({ deployment, cover: values.cover, ...order, allowance });
      },
    }),
    actionCommand({
      name: 'cancel',
      verb: 'cancel',
      summary: 'cancels a cover; what is not earned comes back as its terms say',
      options: { cover: required(cover('the cover')) },
      build: ({ values, session }) => {
        session.poolOfCover(values.cover);
        return cancel({ deployment: session.deployment, cover: values.cover });
      },
    }),
    actionCommand({
      name: 'transfer',
      verb: 'transfer',
      summary: 'transfers a cover; payments go to the new holder',
      options: {
        cover: required(cover('the cover')),
        to: required(address('new holder')),
        from: address('holder; the sender when left out'),
      },
      build: ({ values: { cover: id, to, from }, session }) =>
        transfer({ deployment: session.deployment, cover: id, from: from ?? session.sender(), to }),
    }),
    actionCommand({
      name: 'consent',
      verb: 'giveConsent',
      summary: 'agrees that your insured position is handed over for a cover',
      options: { cover: required(cover('the cover')) },
      build: ({ values, session }) => giveConsent({ deployment: session.deployment, cover: values.cover }),
    }),
    actionCommand({
      name: 'approve-surrender',
      verb: 'approveSurrender',
      summary: 'says how much of a position may be handed over at a claim',
      options: {
        positionToken: required(address('ERC-20 token of the insured position')),
        units: required(integer('UNITS', 'units of the token, in its smallest unit; 0 withdraws')),
      },
      build: ({ values: { positionToken, units }, session: { deployment } }) => {
        if (units >= 2n ** 256n) throw cliError('ValueTooLarge', 'units is too large.', 'Give fewer units.');
        return approveSurrender({ deployment, positionToken, units });
      },
    }),
  ],
};
