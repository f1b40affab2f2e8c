import { type Account, type Address, type Client, isAddressEqual } from 'viem';
import { getBlock, readContract } from 'viem/actions';
import type { Transaction } from '../action.ts';
import { type BreakwaterError, inputError } from '../errors/BreakwaterError.ts';
import { decodeError } from '../errors/decode.ts';
import type { ErrorContext } from '../errors/explain.ts';
import { nftAbi, tokenAbi } from '../standards.ts';
import { approveToken, checkApproval } from './approval.ts';
import { readAsset } from './asset.ts';
import { checkAuthority } from './authority.ts';
import type { Requirement } from './types.ts';

/** A transaction that fulfils a requirement. */
export type Step = {
  readonly transaction: Transaction;
  readonly text: string;
};

/** A requirement that is not fulfilled yet. */
export type Outstanding = {
  readonly requirement: Requirement;
  /** What the account can send to fulfil it, in order; empty when it cannot. */
  readonly steps: readonly Step[];
  /** What is missing, and what to do about it. */
  readonly error: BreakwaterError;
};

/**
 * Reads what is still to be done before an action can be sent. Reads only.
 * @param client a public client
 * @param account who will send the action
 * @param requirements those of the action
 * @param context asset that amounts are shown in where a token does not tell its symbol and decimals
 * @returns requirements not fulfilled, in their order; empty when the action can be sent
 * @throws RpcUnreachable, RpcTimeout and the like
 */
export async function checkRequirements(
  client: Client,
  account: Account | Address,
  requirements: readonly Requirement[],
  context: ErrorContext = {},
): Promise<Outstanding[]> {
  const address = typeof account === 'string' ? account : account.address;
  try {
    const checked = await Promise.all(
      requirements.map((requirement) => check(client, address, requirement, context)),
    );
    return checked.filter((outstanding) => outstanding !== undefined);
  } catch (error) {
    throw decodeError(error, context);
  }
}

function check(
  client: Client,
  account: Address,
  requirement: Requirement,
  context: ErrorContext,
): Promise<Outstanding | undefined> {
  switch (requirement.type) {
    case 'approval':
      return checkApproval(client, account, requirement, context);
    case 'tokenApproval':
      return checkTokenApproval(client, account, requirement);
    case 'balance':
      return checkBalance(client, account, requirement, context);
    case 'permit':
      return checkPermit(client, requirement);
    case 'deadline':
      return checkDeadline(client, requirement);
    case 'authority':
      return checkAuthority(client, account, requirement);
  }
}

type Of<Type extends Requirement['type']> = Extract<Requirement, { type: Type }>;

async function checkBalance(
  client: Client,
  account: Address,
  requirement: Of<'balance'>,
  fallback: ErrorContext,
) {
  const { token, amount } = requirement;
  const balance = await readContract(client, {
    address: token,
    abi: tokenAbi,
    functionName: 'balanceOf',
    args: [account],
  });
  if (balance >= amount) return undefined;
  const context = { asset: (await readAsset(client, token)) ?? fallback.asset };
  return {
    requirement,
    steps: [],
    error: inputError('BalanceTooSmall', { account, balance, token, amount }, { context }),
  };
}

async function checkTokenApproval(client: Client, account: Address, requirement: Of<'tokenApproval'>) {
  const { token, spender, id } = requirement;
  const contract = { address: token, abi: nftAbi } as const;
  const [approved, isOperator] = await Promise.all([
    readContract(client, { ...contract, functionName: 'getApproved', args: [id] }),
    readContract(client, { ...contract, functionName: 'isApprovedForAll', args: [account, spender] }),
  ]);
  if (isOperator || isAddressEqual(approved, spender)) return undefined;
  return {
    requirement,
    steps: [approveToken(token, spender, id)],
    error: inputError('TokenNotApproved', { spender, id, token }),
  };
}

async function checkPermit(client: Client, requirement: Of<'permit'>) {
  const { token, owner, spender, amount, nonce } = requirement;
  const contract = { address: token, abi: tokenAbi } as const;
  const [next, allowance, late] = await Promise.all([
    readContract(client, { ...contract, functionName: 'nonces', args: [owner] }),
    readContract(client, { ...contract, functionName: 'allowance', args: [owner, spender] }),
    checkDeadline(client, { type: 'deadline', deadline: requirement.deadline }),
  ]);
  if (allowance >= amount) return undefined;
  if (next !== nonce) return { requirement, steps: [], error: inputError('PermitUsed', { nonce, next }) };
  return late && { ...late, requirement };
}

async function checkDeadline(client: Client, requirement: Of<'deadline'>) {
  const { timestamp } = await getBlock(client);
  if (timestamp <= requirement.deadline) return undefined;
  const error = inputError('DeadlinePassed', { deadline: requirement.deadline, now: timestamp });
  return { requirement, steps: [], error };
}
