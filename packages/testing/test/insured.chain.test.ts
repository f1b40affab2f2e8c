import { join } from 'node:path';
import { Instance } from 'prool';
import type { Address, Hex } from 'viem';
import {
  createTestClient,
  defineChain,
  encodeFunctionData,
  http,
  pad,
  parseAbi,
  parseEther,
  toHex,
} from 'viem';
import { mnemonicToAccount } from 'viem/accounts';
import { impersonateAccount, setBalance } from 'viem/actions';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pairAbi } from '../src/insured/amm.ts';
import { readArtifact } from '../src/insured/artifacts.ts';
import { balanceOf, batchCall, deploy, send, transferCall } from '../src/insured/chain.ts';
import type { Call, InsuredKind, InsuredWorld } from '../src/insured/index.ts';
import { deployInsured, exploit, insuredKinds, readMetric, seedPositions } from '../src/insured/index.ts';
import { testingRoot } from '../src/insured/packages.ts';

const port = 20_145;
const chain = defineChain({
  id: 31_338,
  name: 'insured',
  nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
  rpcUrls: { default: { http: [`http://127.0.0.1:${port}`] } },
});
const mnemonic = 'test test test test test test test test test test test junk';
const deployer = mnemonicToAccount(mnemonic).address;
const attacker = mnemonicToAccount(mnemonic, { addressIndex: 9 });
const client = createTestClient({ mode: 'anvil', chain, transport: http() });
const binary = join(testingRoot, '..', '..', 'scripts', 'anvil');
const anvil = Instance.anvil({ binary, chainId: chain.id, port });

const unit = 10n ** 6n;
const holders = Array.from({ length: 50 }, (_, index) => pad(toHex(0x1000 + index), { size: 20 }));
const positions = holders.map((holder, index) => ({ holder, amount: BigInt(1_000 + 10 * index) * unit }));

let asset: Address;
let world: InsuredWorld;

beforeAll(async () => {
  await anvil.start();
  const stable = 'artifacts/contracts/mocks/tokens/MintableERC20.sol/MintableERC20.json';
  asset = await deploy({ client, deployer }, readArtifact('@aave/core-v3', stable), ['USD Coin', 'USDC', 6]);
  world = await deployInsured({ client, deployer, asset, mintAsset });
  for (const kind of insuredKinds) await seedPositions(world, kind, positions);
});

afterAll(() => anvil.stop());

test('every holder has a position in every protocol, in proportion to what went in', async () => {
  for (const kind of insuredKinds) {
    const { token } = world.protocols[kind].position;
    const held = await Promise.all(holders.map((holder) => balanceOf(client, token, holder)));
    const first = Number(held[0]);
    positions.forEach(({ amount }, index) => {
      expect(Number(held[index]) / first, kind).toBeCloseTo(Number(amount) / 1e9, 4);
    });
  }
});

test('one unit put in is worth one unit at first', async () => {
  const { lending, bridge, vault } = await readAll();
  expect(bridge).toBe(10n ** 18n);
  expect(vault).toBe(10n ** 18n);
  // Interest accrues by the second, and Aave rounds each position to the nearest unit.
  expect(Number(lending) / 1e18).toBeCloseTo(1, 6);
});

test('ordinary use never lowers the value of an LP token', async () => {
  const { amm } = world.protocols;
  const before = await readMetric(client, amm.metric);
  const { pair = asset } = amm.contracts;
  await mintAsset(world.seeder, 1_000n * unit);
  const assetFirst = BigInt(asset) < BigInt(amm.contracts.token ?? asset);
  const out = 80_000n * 10n ** 18n;
  const args = [assetFirst ? 0n : out, assetFirst ? out : 0n, deployer, '0x'] as const;
  const swap = { target: pair, data: encodeFunctionData({ abi: pairAbi, functionName: 'swap', args }) };
  const calls = [transferCall(asset, pair, 1_000n * unit), swap];
  await send(client, deployer, batchCall(world.seeder, calls));
  expect(await readMetric(client, amm.metric)).toBeGreaterThanOrEqual(before);
});

test('a holder can leave every protocol with what went in, and no one else loses by it', async () => {
  const leaver = pad('0xbeef', { size: 20 });
  const amount = 2_000n * unit;
  const position = { holder: leaver, amount };
  await impersonateAccount(client, { address: leaver });
  await setBalance(client, { address: leaver, value: parseEther('10') });
  for (const kind of insuredKinds) {
    await seedPositions(world, kind, [position]);
    const before = await readMetric(client, world.protocols[kind].metric);
    const held = await balanceOf(client, asset, leaver);
    const { token } = world.protocols[kind].position;
    for (const call of exitCalls(kind, leaver, await balanceOf(client, token, leaver))) {
      await send(client, leaver, call);
    }
    const paid = (await balanceOf(client, asset, leaver)) - held;
    expect(Number(paid) / Number(world.protocols[kind].cost(amount)), kind).toBeCloseTo(1, 1);
    const after = await readMetric(client, world.protocols[kind].metric);
    expect(Number(after) / Number(before), kind).toBeCloseTo(1, 6);
  }
});

test.each(['amm', 'bridge'] as const)(
  'the published attack on the %s robs its holders and no others',
  async (kind) => {
    const before = await readAll();
    await setBalance(client, { address: attacker.address, value: parseEther('10') });
    const result = await exploit(world, { kind, attacker });
    const after = await readAll();

    expect(result.severity).toBeGreaterThan((999n * 10n ** 18n) / 1000n);
    expect(result.before.metric).toBe(before[kind]);
    expect(result.after.metric).toBe(after[kind]);
    expect(result.after.assetHeld).toBeLessThan(unit);
    expect(result.profit).toBeGreaterThan((99n * result.before.assetHeld) / 100n);
    for (const other of insuredKinds.filter((one) => one !== kind)) {
      expect(Number(after[other]) / Number(before[other]), other).toBeCloseTo(1, 6);
    }
    const { token } = world.protocols[kind].position;
    for (const holder of holders) expect(await balanceOf(client, token, holder)).toBeGreaterThan(0n);
  },
);

async function mintAsset(to: Address, amount: bigint): Promise<void> {
  const abi = parseAbi(['function mint(address to, uint256 amount)']);
  const data = encodeFunctionData({ abi, functionName: 'mint', args: [to, amount] });
  await send(client, deployer, { target: asset, data });
}

function exitCalls(kind: InsuredKind, holder: Address, balance: bigint): Call[] {
  const { insured, position, contracts } = world.protocols[kind];
  const abi = parseAbi([
    'function burn(address to)',
    'function withdraw(address claim, uint256 amount, uint32 gas, bytes data)',
    'function withdraw(address asset, uint256 amount, address to)',
    'function redeem(uint256 shares, address receiver, address owner)',
  ]);
  const to = (target: Address, data: Hex): Call => ({ target, data });
  switch (kind) {
    case 'amm': {
      const burn = encodeFunctionData({ abi, functionName: 'burn', args: [holder] });
      return [transferCall(position.token, insured, balance), to(insured, burn)];
    }
    case 'bridge': {
      const args = [position.token, balance, 0, '0x'] as const;
      const withdraw = encodeFunctionData({ abi, functionName: 'withdraw', args });
      return [to(contracts.farEnd ?? insured, withdraw)];
    }
    case 'lending': {
      const args = [asset, 2n ** 256n - 1n, holder] as const;
      return [to(insured, encodeFunctionData({ abi, functionName: 'withdraw', args }))];
    }
    case 'vault': {
      const args = [balance, holder, holder] as const;
      return [to(insured, encodeFunctionData({ abi, functionName: 'redeem', args }))];
    }
  }
}

async function readAll(): Promise<Record<InsuredKind, bigint>> {
  const read = (kind: InsuredKind) => readMetric(client, world.protocols[kind].metric);
  const [amm, bridge, lending, vault] = await Promise.all(insuredKinds.map(read));
  return { amm: amm ?? 0n, bridge: bridge ?? 0n, lending: lending ?? 0n, vault: vault ?? 0n };
}
