import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type LocalNode, startAnvil } from '@breakwater/testing/world';
import { type Abi, type Address, encodeDeployData, type Hex, keccak256, zeroAddress } from 'viem';
import { getBlockNumber, getCode, sendTransaction, waitForTransactionReceipt } from 'viem/actions';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCodeFacts } from '../src/risk/codeFacts.ts';

const { resolve } = createRequire(import.meta.url);
const deployer: Address = '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266';

/** Reads the owner: proxies want a call of their code when they are made. */
const anyCall = '0x8da5cb5b';

let node: LocalNode;
let logic: Address;

beforeAll(async () => {
  node = await startAnvil({ genesis: 1_767_592_800n });
  logic = await put('ProxyAdmin', [deployer]);
});
afterAll(() => node?.stop());

/** Puts a contract of OpenZeppelin, as published, on the chain. */
async function put(name: string, args: readonly unknown[]): Promise<Address> {
  const path = resolve(`@openzeppelin/contracts/build/contracts/${name}.json`);
  const { abi, bytecode } = JSON.parse(readFileSync(path, 'utf8')) as { abi: Abi; bytecode: Hex };
  const data = encodeDeployData({ abi, bytecode, args });
  const hash = await sendTransaction(node.client, { account: deployer, data, chain: null, gas: 6_000_000n });
  const { contractAddress, status } = await waitForTransactionReceipt(node.client, { hash });
  if (!contractAddress || status !== 'success') throw new Error(`${name} was not deployed`);
  return contractAddress;
}

async function factsOf(
  contracts: readonly Address[],
  audited?: Parameters<typeof readCodeFacts>[2]['audited'],
) {
  return readCodeFacts(node.client, contracts, { audited, blockNumber: await getBlockNumber(node.client) });
}

async function hashOf(address: Address): Promise<Hex> {
  return keccak256((await getCode(node.client, { address })) ?? '0x');
}

describe('what the chain says of code', () => {
  it('that cannot be exchanged', async () => {
    expect(await factsOf([logic])).toEqual({ isUpgradeable: false });
  });

  it('that one key can exchange at once', async () => {
    const proxy = await put('TransparentUpgradeableProxy', [logic, deployer, anyCall]);
    const facts = { isUpgradeable: true, upgradeDelayHours: 0, hasSingleAdminKey: true };
    expect(await factsOf([proxy])).toEqual(facts);
    expect(await factsOf([logic, proxy])).toEqual(facts);
  });

  it('that can be exchanged with notice', async () => {
    const timelock = await put('TimelockController', [172_800n, [deployer], [deployer], zeroAddress]);
    const proxy = await put('TransparentUpgradeableProxy', [logic, timelock, anyCall]);
    expect(await factsOf([proxy])).toEqual({ isUpgradeable: true, upgradeDelayHours: 48 });
    const hasty = await put('TransparentUpgradeableProxy', [logic, deployer, anyCall]);
    expect(await factsOf([proxy, hasty])).toMatchObject({ upgradeDelayHours: 0, hasSingleAdminKey: true });
  });

  it('whose administrator it cannot follow', async () => {
    const proxy = await put('ERC1967Proxy', [logic, anyCall]);
    // The proxy answers as what is behind it, in its own storage: no owner is named.
    expect(await factsOf([proxy])).toEqual({ isUpgradeable: true, upgradeDelayHours: 0 });
  });

  it('and whether it is what was audited, behind a proxy too', async () => {
    const proxy = await put('TransparentUpgradeableProxy', [logic, deployer, anyCall]);
    const codeHash = await hashOf(logic);
    expect(await factsOf([proxy], [{ contract: proxy, codeHash }])).toMatchObject({ isAuditMatched: true });
    expect(await factsOf([proxy, logic], [{ contract: proxy, codeHash }])).toMatchObject({
      isAuditMatched: false,
    });
    const another = { contract: proxy, codeHash: await hashOf(proxy) };
    expect(await factsOf([proxy], [another])).toMatchObject({ isAuditMatched: false });
  });
});
