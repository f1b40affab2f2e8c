import { type Address, type Client, encodeFunctionData } from 'viem';
import { call, readContract } from 'viem/actions';
import { inputError } from '../errors/BreakwaterError.ts';
import { type ErrorContext, formatAmount } from '../errors/explain.ts';
import { nftAbi, tokenAbi } from '../standards.ts';
import { readAsset } from './asset.ts';
import type { Outstanding, Step } from './check.ts';
import type { ApprovalRequirement } from './types.ts';

/**
 * The transaction that lets `spender` move exactly `amount` of an ERC-20 token.
 * @param context the token, for the text
 */
export function approveAmount(
  token: Address,
  spender: Address,
  amount: bigint,
  context: ErrorContext = {},
): Step {
  const data = encodeFunctionData({ abi: tokenAbi, functionName: 'approve', args: [spender, amount] });
  return {
    transaction: { to: token, data, value: 0n },
    text:
      amount === 0n
        ? `Reset the allowance of ${spender} to zero`
        : `Allow ${spender} to move ${formatAmount(amount, context)} of token ${token}`,
  };
}

/** The transaction that lets `spender` move one ERC-721 token. */
export function approveToken(token: Address, spender: Address, id: bigint): Step {
  const data = encodeFunctionData({ abi: nftAbi, functionName: 'approve', args: [spender, id] });
  return {
    transaction: { to: token, data, value: 0n },
    text: `Allow ${spender} to move token ${id} of ${token}`,
  };
}

/**
 * Compares an allowance with what is needed. Where the token refuses to change an allowance that is not zero, setting
 * it to zero comes first.
 */
export async function checkApproval(
  client: Client,
  account: Address,
  requirement: ApprovalRequirement,
  fallback: ErrorContext,
): Promise<Outstanding | undefined> {
  const { token, spender, amount } = requirement;
  const allowance = await readContract(client, {
    address: token,
    abi: tokenAbi,
    functionName: 'allowance',
    args: [account, spender],
  });
  if (allowance >= amount) return undefined;
  const context = { asset: (await readAsset(client, token)) ?? fallback.asset };
  const approve = approveAmount(token, spender, amount, context);
  const mustReset = allowance > 0n && !(await succeeds(client, account, approve));
  return {
    requirement,
    steps: mustReset ? [approveAmount(token, spender, 0n), approve] : [approve],
    error: inputError('AllowanceTooSmall', { spender, allowance, token, amount }, { context }),
  };
}

async function succeeds(client: Client, account: Address, { transaction }: Step): Promise<boolean> {
  try {
    await call(client, { account, ...transaction });
    return true;
  } catch {
    return false;
  }
}
