import {
  decodeCoverId,
  getCover,
  getExitRequests,
  getIncident,
  getIncidents,
  getMarket,
  getPool,
  getPosition,
} from '@breakwater/sdk';
import { formatUnits } from 'viem';
import type { PoolEntry } from '../actionCommand.ts';
import { type CommandGroup, defineCommand } from '../command.ts';
import { address, cover, incident, integer, market, pool, required, tranche } from '../options.ts';
import { fields, percentText, table, timeText } from '../output.ts';

const SHARE = 100_000_000n;
const WAD = 10n ** 18n;

const figureOf =
  ({ asset }: PoolEntry) =>
  (value: bigint) =>
    `${formatUnits(value, asset.decimals)} ${asset.symbol}`;

const holder = address('whose; the sender when left out');

export const reading: CommandGroup = {
  title: 'Reading',
  commands: [
    defineCommand({
      name: 'status',
      summary: 'chain, deployment, pools and markets',
      options: {},
      run: async ({ open }) => {
        const { deployment, now } = await open();
        const time = await now();
        const { chainId, addresses, pools, markets } = deployment;
        return {
          data: { chainId, time, addresses, pools, markets: markets.map(({ id, name }) => ({ id, name })) },
          text: [
            fields([['Chain', chainId], ['Time', timeText(time)], ...Object.entries(addresses)]),
            table(
              ['Pool', 'Name', 'Asset', 'Address'],
              pools.map(({ index, name, asset, address: at }) => [index, name, asset.symbol, at]),
            ),
            table(
              ['Market', 'Id'],
              markets.map(({ name, id }) => [name, id]),
            ),
          ].join('\n'),
        };
      },
    }),
    defineCommand({
      name: 'pool',
      summary: 'figures of a pool',
      options: { pool },
      run: async ({ values, open }) => {
        const session = await open();
        const entry = session.pool(values.pool);
        const read = await getPool(session.client, { deployment: session.deployment, pool: entry });
        const figure = figureOf(entry);
        return {
          data: read,
          text: fields([
            ['Pool', `${entry.index} ${entry.name}`],
            ['Junior', figure(read.junior)],
            ['Senior', figure(read.senior)],
            ['Sold cover', figure(read.totalCover)],
            ['Required capital', figure(read.requiredCapital)],
            ['Utilisation', percentText(read.utilisation, WAD)],
            ['Unearned premium', figure(read.unearned)],
            ['Open incidents', figure(read.heldLiability)],
            ['In escrow', figure(read.escrow)],
            ['Winding down', read.windingDown ? 'yes' : 'no'],
          ]),
        };
      },
    }),
    defineCommand({
      name: 'market',
      summary: 'state of a market',
      options: { market },
      run: async ({ values, open }) => {
        const session = await open();
        const id = session.market(values.market);
        const read = await getMarket(session.client, { deployment: session.deployment, market: id });
        return {
          data: read,
          text: fields([
            ['Market', read.entry?.name ?? '-'],
            ['Id', read.id],
            ['Registered', read.registered ? 'yes' : 'no'],
            ['Phase', read.phase],
            ['Closed', [...read.closedOperations, ...read.haltedOperations].join(', ') || 'nothing'],
            ['Incident', read.incident === 0n ? 'none' : read.incident],
          ]),
        };
      },
    }),
    defineCommand({
      name: 'cover',
      summary: 'a cover and who is party to it',
      options: { cover: required(cover('the cover')) },
      run: async ({ values, open }) => {
        const { client, deployment } = await open();
        const read = await getCover(client, { deployment, cover: values.cover });
        const { pool: index, sequence } = decodeCoverId(read.id);
        return {
          data: read,
          text: fields([
            ['Cover', `${index}-${sequence}`],
            ['Market', read.market],
            ['Amount', figureOf(read.pool)(read.cover)],
            ['Starts', timeText(read.start)],
            ['Ends', timeText(read.end)],
            ['State', read.state],
            ['Holder', read.holder],
            ['Insured', read.insured],
            ['Standing order', read.rollingOrder ? `${read.rollingOrder.addDays} days each time` : 'none'],
          ]),
        };
      },
    }),
    defineCommand({
      name: 'incident',
      summary: 'an incident on the board',
      options: { incident: required(incident) },
      run: async ({ values, open }) => {
        const { client, deployment } = await open();
        const read = await getIncident(client, { deployment, incident: values.incident });
        return {
          data: read,
          text: fields([
            ['Incident', read.number],
            ['Market', read.market],
            ['State', read.state],
            ['Route', read.route],
            ['Severity', percentText(read.severity, SHARE)],
            ['Happened', timeText(read.eventTime)],
          ]),
        };
      },
    }),
    defineCommand({
      name: 'incidents',
      summary: 'incidents, newest first',
      options: { limit: integer('NUMBER', 'most that are listed; 20 when left out', 1n) },
      run: async ({ values, open }) => {
        const { client, deployment } = await open();
        const list = await getIncidents(client, { deployment, limit: Number(values.limit ?? 20n) });
        return {
          data: list,
          text: table(
            ['Incident', 'State', 'Severity', 'Happened', 'Market'],
            list.map((each) => [
              each.number,
              each.state,
              percentText(each.severity, SHARE),
              timeText(each.eventTime),
              each.market,
            ]),
          ),
        };
      },
    }),
    defineCommand({
      name: 'position',
      summary: 'what an account has in a tranche, and its exits',
      options: { pool, tranche: required(tranche('junior or senior')), account: holder },
      run: async ({ values, open }) => {
        const session = await open();
        const { client, deployment } = session;
        const entry = session.pool(values.pool);
        const account = values.account ?? session.sender();
        const asked = { deployment, pool: entry, tranche: values.tranche, account };
        const [position, exits] = await Promise.all([
          getPosition(client, asked),
          getExitRequests(client, asked),
        ]);
        const figure = figureOf(entry);
        const share = (value: bigint) => formatUnits(value, entry.asset.decimals + 3);
        return {
          data: { ...position, exits },
          text: [
            fields([
              ['Account', account],
              ['Shares', `${share(position.shares)}, worth ${figure(position.assets)}`],
              ['Claimable', `${share(position.claimableShares)}, worth ${figure(position.claimableAssets)}`],
            ]),
            table(
              ['Exit', 'Shares', 'Pending', 'In escrow', 'Claimable', 'Due'],
              exits.map((each) => [
                each.id,
                share(each.shares),
                share(each.pending),
                share(each.escrowed),
                share(each.claimable),
                timeText(each.maturesAt),
              ]),
            ),
          ].join('\n'),
        };
      },
    }),
  ],
};
