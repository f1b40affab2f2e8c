import { type Client, createClient, custom, type Hex, numberToHex } from 'viem';
import { describe, expect, it } from 'vitest';
import {
  buy,
  checkChain,
  deposit,
  type Progress,
  poolAbi,
  sendAction,
  simulateAction,
  tokenAbi,
  trancheVaultAbi,
  type Wallet,
} from '../src/index.ts';
import { type Answers, block, chain, revertWith } from './chain.ts';
import { account, deployment, market, word } from './world.ts';

const alice = account(0xa11ce);
const pool = account(0x2001);
const action = deposit({ deployment, pool, tranche: 'junior', assets: 100n, receiver: alice });

/** A chain that mines what the wallet sends at once. */
function world({
  answers = {},
  chainId = deployment.chainId,
  status = '0x1',
}: {
  answers?: Answers;
  chainId?: number;
  status?: Hex;
} = {}) {
  const sent: { to: Hex; data: Hex; gas?: Hex }[] = [];
  let allowance = 0n;
  const { client } = chain({
    abis: [tokenAbi, trancheVaultAbi, poolAbi],
    answers: {
      balanceOf: () => 100n,
      allowance: () => allowance,
      deposit: () => 100_000n,
      ...answers,
    },
    other: {
      eth_getTransactionReceipt: ([hash]) => ({
        blockHash: word(1),
        blockNumber: '0x64',
        contractAddress: null,
        cumulativeGasUsed: '0x1',
        effectiveGasPrice: '0x1',
        from: alice,
        gasUsed: '0x1',
        logs: [],
        logsBloom: `0x${'00'.repeat(256)}`,
        status,
        to: pool,
        transactionHash: hash,
        transactionIndex: '0x0',
        type: '0x2',
      }),
      eth_blockNumber: () => '0x64',
      eth_estimateGas: () => '0x186a0',
      eth_getBlockByNumber: () => block(1_000n),
    },
  });
  const wallet: Wallet = createClient({
    account: alice,
    transport: custom({
      request: async ({ method, params }: { method: string; params?: unknown }) => {
        if (method === 'eth_chainId') return numberToHex(chainId);
        if (method !== 'eth_sendTransaction') throw new Error(`no ${method}`);
        const [transaction] = params as [{ to: Hex; data: Hex; gas?: Hex }];
        sent.push(transaction);
        allowance = 100n;
        return word(sent.length);
      },
    }),
  });
  return { client, wallet, sent };
}

const rejects = (promise: Promise<unknown>, name: string) =>
  expect(promise).rejects.toThrow(expect.objectContaining({ name }));

describe('sending an action', () => {
  it('approves what is missing, then sends, and tells each stage', async () => {
    const { wallet, client, sent } = world();
    const stages: Progress['stage'][] = [];
    const receipt = await sendAction(wallet, client, action, {
      onProgress: ({ stage }) => stages.push(stage),
    });
    expect(sent.map(({ to }) => to)).toEqual([
      deployment.pools[0]?.asset.address,
      deployment.pools[0]?.junior,
    ]);
    expect(receipt.transactionHash).toBe(word(2));
    expect(sent.map(({ gas }) => BigInt(gas ?? 0))).toEqual([175_000n, 175_000n]);
    expect(stages).toEqual(['checking', 'confirming', 'waiting', 'confirming', 'waiting']);
  });

  it('sends nothing when the balance is too small', async () => {
    const { wallet, client, sent } = world({ answers: { balanceOf: () => 99n } });
    await rejects(sendAction(wallet, client, action), 'BalanceTooSmall');
    expect(sent).toEqual([]);
  });

  it('sends nothing from a wallet on another chain', async () => {
    const { wallet, client, sent } = world({ chainId: 1 });
    await rejects(sendAction(wallet, client, action), 'ChainDiffers');
    expect(sent).toEqual([]);
  });

  it('sends nothing that would fail', async () => {
    const { wallet, client, sent } = world({
      answers: {
        allowance: () => 100n,
        deposit: () => {
          throw revertWith('JuniorTooSmall', [100n, 150n]);
        },
      },
    });
    await rejects(sendAction(wallet, client, action), 'JuniorTooSmall');
    expect(sent).toEqual([]);
  });

  it('without an account is refused', async () => {
    const { client } = world();
    const wallet: Wallet = createClient({ transport: custom({ request: async () => '0x1' }) });
    await rejects(sendAction(wallet, client, action), 'AccountMissing');
  });

  it('that is mined and reverts is told', async () => {
    const { wallet, client } = world({ answers: { allowance: () => 100n }, status: '0x0' });
    await rejects(sendAction(wallet, client, action), 'TransactionReverted');
  });
});

describe('simulating an action', () => {
  it('returns what the call returns, or why it fails', async () => {
    const { client } = world();
    expect(await simulateAction(client, action, { account: alice })).toBe(
      `0x${(100_000).toString(16).padStart(64, '0')}`,
    );
    const purchase = buy({
      deployment,
      pool,
      market,
      cover: 1n,
      coverDays: 30,
      recipient: alice,
      maxPremium: 1n,
    });
    const failing = world({
      answers: {
        buy: () => {
          throw revertWith('PremiumAboveMax', [2n, 1n]);
        },
      },
    });
    await rejects(simulateAction(failing.client, purchase, { account: alice }), 'PremiumAboveMax');
  });
});

describe('checking the chain', () => {
  it('names both chains', async () => {
    const { client }: { client: Client } = world();
    await expect(checkChain(client, deployment.chainId)).resolves.toBeUndefined();
    await expect(checkChain(client, 1)).rejects.toThrow(
      expect.objectContaining({ values: { actual: deployment.chainId, expected: 1 } }),
    );
  });
});
