import { encodeFunctionData } from 'viem';
import { mine, readContract } from 'viem/actions';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  approveSurrender,
  buy,
  decodePurchases,
  getCover,
  getIncident,
  getPoolIncident,
  liveTriggerAbi,
  observe,
  pay,
  sample,
  settleIncident,
  tokenAbi,
} from '../src/index.ts';
import { act, cardsOf, firstOf, fund, publish, USD, underwrite } from './anvil/prepare.ts';
import {
  client,
  clock,
  pass,
  people,
  send,
  startWorld,
  stopWorld,
  tokenTestAbi,
  type World,
} from './anvil/world.ts';

const buyer = people.buyer.address;
const supply = 10n ** 12n;
const DAY = 86_400;

let world: World;

beforeAll(async () => {
  world = await startWorld();
  await fund(world.asset);
  await publish(world.deployment, await cardsOf(world.deployment));
  await underwrite(world.deployment);
});

afterAll(() => stopWorld());

function positionCall(functionName: 'mint' | 'burn'): Promise<void> {
  const args = [people.deployer.address, supply] as const;
  return send(world.position, encodeFunctionData({ abi: tokenTestAbi, functionName, args }));
}

describe('a loss that the live trigger sees', () => {
  it('is paid, less the deductible, for the position handed over', async () => {
    const { deployment } = world;
    const { pool, market } = firstOf(deployment);
    const { terms } = market;
    await positionCall('mint');

    const cover = 50_000n * USD;
    const purchase = { deployment, pool, market: market.id, cover, coverDays: 30, recipient: buyer };
    const bought = await act('buyer', buy({ ...purchase, maxPremium: 10_000n * USD }));
    const [{ id = 0n } = {}] = decodePurchases(bought.logs);
    await pass(5 * DAY);
    await act('buyer', observe({ deployment, terms }));
    await pass(3_601);
    await act('buyer', observe({ deployment, terms }));
    await expect(act('buyer', sample({ deployment, terms }))).rejects.toThrow(
      expect.objectContaining({ name: 'MetricHealthy' }),
    );

    await positionCall('burn');
    await expect(act('buyer', observe({ deployment, terms }))).rejects.toThrow(
      expect.objectContaining({ name: 'MetricBreached' }),
    );
    const trigger = { address: deployment.addresses.liveTrigger, abi: liveTriggerAbi } as const;
    const gap = await readContract(client, { ...trigger, functionName: 'sampleGap' });
    await act('buyer', sample({ deployment, terms }));
    expect((await getIncident(client, { deployment, incident: 1n })).state).toBe('suspect');
    for (let samples = 1; samples < 5; samples++) {
      await mine(clock, { blocks: Number(gap), interval: 1 });
      await act('buyer', sample({ deployment, terms }));
    }
    expect(await getIncident(client, { deployment, incident: 1n })).toMatchObject({
      state: 'final',
      severity: 50_000_000,
    });

    await act('guardian', settleIncident({ deployment, pool, incident: 1n }));
    expect(await getPoolIncident(client, { deployment, pool, incident: 1n })).toMatchObject({
      declared: true,
      isFinal: true,
      ratio: 10n ** 18n,
    });

    await expect(act('guardian', pay({ deployment, cover: id }))).rejects.toThrow(
      expect.objectContaining({ name: 'NothingProven' }),
    );
    const units = cover / 2n;
    await act('buyer', approveSurrender({ deployment, positionToken: world.position, units }));
    const balance = () =>
      readContract(client, { address: world.asset, abi: tokenAbi, functionName: 'balanceOf', args: [buyer] });
    const before = await balance();
    await act('guardian', pay({ deployment, cover: id }));
    expect((await balance()) - before).toBe((units * 9_500n) / 10_000n);
    expect((await getCover(client, { deployment, cover: id })).state).toMatch(/paid|settled/);
    await expect(act('guardian', pay({ deployment, cover: id }))).rejects.toThrow();
  });
});
