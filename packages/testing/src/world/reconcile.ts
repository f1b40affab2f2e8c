import { type Deployment, type Incident, surrenderExposureAbi } from '@breakwater/sdk';
import type { Address } from 'viem';
import { getBlockNumber, readContract } from 'viem/actions';
import { balanceOf } from '../insured/chain.ts';
import type { WorldClient } from './anvil.ts';
import { type PoolBooks, readBooks, sum } from './books.ts';
import type { Payout } from './payouts.ts';

/** Two figures that must be one. */
export type Check = {
  readonly text: string;
  readonly expected: bigint;
  readonly actual: bigint;
  /** Never below zero; units of what is compared. */
  readonly difference: bigint;
};

/** The books of the world after the payouts. */
export type Reconciliation = {
  readonly block: bigint;
  readonly pools: readonly PoolBooks[];
  readonly checks: readonly Check[];
  /** Of all checks together; 0 when every unit is where it should be. */
  readonly difference: bigint;
};

/** Compares what pools hold, what they say they hold, what came in, what went out, and what holders got. */
export async function reconcile(
  client: WorldClient,
  parameters: {
    deployment: Deployment;
    incident: Incident;
    payouts: readonly Payout[];
    positionToken: Address;
  },
): Promise<Reconciliation> {
  const { deployment, incident, payouts } = parameters;
  const block = await getBlockNumber(client);
  const pools = await Promise.all(
    deployment.pools.map((pool) => readBooks(client, deployment, pool, incident, block)),
  );
  const received = sum(payouts.map((payout) => payout.received));
  const lost = sum(
    pools.map(({ fromJunior, fromSenior, fromEscrow }) => fromJunior + fromSenior + fromEscrow),
  );
  const checks = [
    ...pools.flatMap(checksOf),
    check('holders: received = paid by the pools', sum(pools.map(({ paid }) => paid)), received),
    check(
      'capital lost + premium salvaged = received + left in reserve',
      lost + sum(pools.map(({ premiumSalvaged }) => premiumSalvaged)),
      received + sum(pools.map(({ reserve }) => reserve)),
    ),
    {
      ...check('holders: each received what was due', sum(payouts.map(({ due }) => due)), received),
      difference: sum(payouts.map((payout) => distance(payout.due, payout.received))),
    },
    await custodyCheck(client, { ...parameters, block }),
  ];
  return { block, pools, checks, difference: sum(checks.map(({ difference }) => difference)) };
}

function checksOf(books: PoolBooks): Check[] {
  const { pool, balance, junior, senior, unearned, fees, owed, reserve, paid, fromJunior, fromSenior } =
    books;
  const { deposits, premiums, feesTaken, refunded, premiumSalvaged, paidByLogs } = books;
  return [
    check(
      `${pool.name}: balance = tranches + unearned + fees + owed + reserve`,
      junior + senior + unearned + fees + owed + reserve,
      balance,
    ),
    check(
      `${pool.name}: balance = deposits + premiums - claims - refunds`,
      deposits + premiums - paidByLogs - refunded,
      balance,
    ),
    check(
      `${pool.name}: tranches = deposits + premium earned - loss`,
      deposits +
        (premiums - feesTaken - unearned - refunded - owed - premiumSalvaged) -
        fromJunior -
        fromSenior,
      junior + senior,
    ),
    check(`${pool.name}: claims paid = claims logged`, paidByLogs, paid),
  ];
}

/** Every position unit handed over is in custody for the tranches of a pool. */
async function custodyCheck(
  client: WorldClient,
  parameters: { deployment: Deployment; incident: Incident; positionToken: Address; block: bigint },
): Promise<Check> {
  const { deployment, incident, positionToken, block } = parameters;
  const { surrenderExposure: address } = deployment.addresses;
  const custody = await Promise.all(
    deployment.pools.map((pool) =>
      readContract(client, {
        address,
        abi: surrenderExposureAbi,
        functionName: 'custodyOf',
        args: [pool.address, incident.number],
        blockNumber: block,
      }),
    ),
  );
  const held = await balanceOf(client, positionToken, address, block);
  return check('positions in custody = positions handed over', sum(custody.map(([, units]) => units)), held);
}

function check(text: string, expected: bigint, actual: bigint): Check {
  return { text, expected, actual, difference: distance(expected, actual) };
}

function distance(a: bigint, b: bigint): bigint {
  return a < b ? b - a : a - b;
}
