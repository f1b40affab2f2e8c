import { decodeFunctionData, encodeFunctionData, type Hex } from 'viem';
import { describe, expect, it } from 'vitest';
import {
  accessManagerAbi,
  checkRequirements,
  nftAbi,
  permit2Address,
  poolAbi,
  type Requirement,
  readPermit,
  tokenAbi,
} from '../src/index.ts';
import { type Answers, chain } from './chain.ts';
import { account, word } from './world.ts';

const token = account(0xa55e7);
const spender = account(0x2001);
const alice = account(0xa11ce);

const check = (requirement: Requirement, answers: Answers) => {
  const { client } = chain({ abis: [tokenAbi, nftAbi, accessManagerAbi], answers });
  return checkRequirements(client, alice, [requirement]);
};
const dollar: Answers = { symbol: () => 'USD', decimals: () => 6 };
const decode = (data: Hex) => decodeFunctionData({ abi: tokenAbi, data });

describe('an approval', () => {
  const requirement: Requirement = { type: 'approval', token, spender, amount: 100n };

  it('that is there is not asked for', async () => {
    expect(await check(requirement, { allowance: () => 100n })).toEqual([]);
  });

  it('that is missing is asked for exactly', async () => {
    const [outstanding] = await check(requirement, { allowance: () => 0n });
    expect(outstanding?.error.name).toBe('AllowanceTooSmall');
    expect(outstanding?.steps.map(({ transaction }) => decode(transaction.data).args)).toEqual([
      [spender, 100n],
    ]);
    expect(outstanding?.steps[0]?.transaction.to).toBe(token);
  });

  it('that is too small is raised in one step where the token allows it', async () => {
    const [outstanding] = await check(requirement, { allowance: () => 5n, approve: () => true });
    expect(outstanding?.steps).toHaveLength(1);
  });

  it('is reset to zero first where the token refuses to change it', async () => {
    const [outstanding] = await check(requirement, {
      allowance: () => 5n,
      approve: ([, amount]) => {
        if (amount !== 0n) throw Object.assign(new Error('execution reverted'), { code: 3 });
        return true;
      },
    });
    expect(outstanding?.steps.map(({ transaction }) => decode(transaction.data).args)).toEqual([
      [spender, 0n],
      [spender, 100n],
    ]);
  });
});

describe('a balance', () => {
  const requirement: Requirement = { type: 'balance', token, amount: 100n };

  it('that is too small cannot be fulfilled from here', async () => {
    expect(await check(requirement, { balanceOf: () => 100n })).toEqual([]);
    const [outstanding] = await check(requirement, { balanceOf: () => 99n });
    expect(outstanding?.steps).toEqual([]);
    expect(outstanding?.error.values).toMatchObject({ balance: 99n, amount: 100n });
  });
});

describe('what is short', () => {
  const approval: Requirement = { type: 'approval', token, spender, amount: 2_500_000n };
  const balance: Requirement = { type: 'balance', token, amount: 2_500_000n };

  it('is said in the units and with the symbol of its token', async () => {
    const [allowed] = await check(approval, { ...dollar, allowance: () => 500_000n, approve: () => true });
    expect(allowed?.error.message).toBe(`${spender} may move 0.5 USD of token ${token}; 2.5 USD is needed.`);
    expect(allowed?.error.instruction).toBe('Approve 2.5 USD first.');
    expect(allowed?.steps[0]?.text).toBe(`Allow ${spender} to move 2.5 USD of token ${token}`);
    const [held] = await check(balance, { ...dollar, balanceOf: () => 1n });
    expect(held?.error.message).toBe(`${alice} holds 0.000001 USD of token ${token}; 2.5 USD is needed.`);
  });

  it('is said in the asset that is given where the token does not tell, else in its smallest units', async () => {
    const { client } = chain({ abis: [tokenAbi], answers: { balanceOf: () => 1n } });
    const context = { asset: { symbol: 'EUR', decimals: 2 } };
    const [shown] = await checkRequirements(client, alice, [balance], context);
    expect(shown?.error.message).toContain('0.01 EUR');
    expect((await check(balance, { balanceOf: () => 1n }))[0]?.error.message).toContain('2,500,000 units');
  });

  it('never shows more of a symbol than 32 printable characters', async () => {
    const symbol = `\u001b[31m${'A'.repeat(100)}\n`;
    const [shown] = await check(balance, { symbol: () => symbol, decimals: () => 6, balanceOf: () => 0n });
    expect(shown?.error.message).toContain(`2.5 [31m${'A'.repeat(28)} is needed`);
  });
});

describe('an approval of a token by number', () => {
  const requirement: Requirement = { type: 'tokenApproval', token, spender, id: 7n };

  it('counts by number or for all', async () => {
    expect(await check(requirement, { getApproved: () => spender, isApprovedForAll: () => false })).toEqual(
      [],
    );
    expect(await check(requirement, { getApproved: () => alice, isApprovedForAll: () => true })).toEqual([]);
    const [outstanding] = await check(requirement, {
      getApproved: () => alice,
      isApprovedForAll: () => false,
    });
    expect(outstanding?.steps).toHaveLength(1);
    expect(outstanding?.error.name).toBe('TokenNotApproved');
  });
});

describe('a permit', () => {
  const requirement: Requirement = {
    type: 'permit',
    token,
    owner: alice,
    spender,
    amount: 100n,
    nonce: 3n,
    deadline: 1_000n,
  };

  it('counts while its nonce is next and its deadline not over', async () => {
    expect(await check(requirement, { nonces: () => 3n, allowance: () => 0n })).toEqual([]);
    const [used] = await check(requirement, { nonces: () => 4n, allowance: () => 0n });
    expect(used?.error.name).toBe('PermitUsed');
    const [late] = await check({ ...requirement, deadline: 999n }, { nonces: () => 3n, allowance: () => 0n });
    expect(late?.error.name).toBe('DeadlinePassed');
    expect(late?.requirement.type).toBe('permit');
  });

  it('is not needed any more once its allowance is there', async () => {
    expect(await check(requirement, { nonces: () => 4n, allowance: () => 100n })).toEqual([]);
  });
});

describe('a deadline', () => {
  it('is held against the time of the chain', async () => {
    expect(await check({ type: 'deadline', deadline: 1_000n }, {})).toEqual([]);
    const [late] = await check({ type: 'deadline', deadline: 999n }, {});
    expect(late?.error.values).toEqual({ deadline: 999n, now: 1_000n });
  });
});

describe('an authority', () => {
  const data = encodeFunctionData({ abi: poolAbi, functionName: 'startWindDown' });
  const manager = account(0x1000);
  const requirement: Requirement = { type: 'authority', manager, target: spender, data };

  it('without delay is there or is missing', async () => {
    expect(await check(requirement, { canCall: () => [true, 0] })).toEqual([]);
    const [missing] = await check(requirement, { canCall: () => [false, 0] });
    expect(missing?.error.name).toBe('PermissionMissing');
    expect(missing?.steps).toEqual([]);
  });

  it('with a delay is scheduled, waited for, and then there', async () => {
    const scheduled = (time: number) => ({
      canCall: () => [false, 3_600],
      hashOperation: () => word(1),
      getSchedule: () => time,
    });
    const [unscheduled] = await check(requirement, scheduled(0));
    expect(unscheduled?.error.name).toBe('ScheduleMissing');
    const [step] = unscheduled?.steps ?? [];
    expect(step?.transaction.to).toBe(manager);
    expect(decodeFunctionData({ abi: accessManagerAbi, data: step?.transaction.data ?? '0x' }).args).toEqual([
      spender,
      data,
      0,
    ]);
    const [waiting] = await check(requirement, scheduled(1_001));
    expect(waiting?.error.name).toBe('ScheduleWaiting');
    expect(await check(requirement, scheduled(1_000))).toEqual([]);
  });
});

describe('what a permit needs', () => {
  const fail = () => {
    throw Object.assign(new Error('execution reverted'), { code: 3 });
  };
  const read = (answers: Answers) =>
    readPermit(chain({ abis: [tokenAbi], answers }).client, { token, owner: alice });

  it('is read from the domain of the token, or by name and version', async () => {
    const own = { nonces: () => 2n, DOMAIN_SEPARATOR: () => word(1), name: () => 'USD', version: fail };
    expect(await read({ ...own, eip712Domain: fail })).toEqual({ nonce: 2n, name: 'USD', version: '1' });
    const domain = ['0x0f', 'Dollar', '2', 1n, token, word(0), []];
    expect(await read({ ...own, eip712Domain: () => domain })).toEqual({
      nonce: 2n,
      name: 'Dollar',
      version: '2',
    });
  });

  it('is missing on a token without permit', async () => {
    const none = {
      nonces: fail,
      DOMAIN_SEPARATOR: fail,
      name: () => 'USD',
      version: fail,
      eip712Domain: fail,
    };
    await expect(read(none)).rejects.toThrow(expect.objectContaining({ name: 'PermitUnsupported' }));
  });

  it('of Permit2 is at the address that all chains share', () => {
    expect(permit2Address).toMatch(/^0x0000000000/);
  });
});
