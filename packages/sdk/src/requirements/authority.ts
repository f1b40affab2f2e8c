import { type Address, type Client, encodeFunctionData, slice } from 'viem';
import { getBlock, readContract } from 'viem/actions';
import { inputError } from '../errors/BreakwaterError.ts';
import { accessManagerAbi } from '../standards.ts';
import type { Outstanding, Step } from './check.ts';
import type { AuthorityRequirement } from './types.ts';

/**
 * The transaction that schedules a delayed call with the access manager, at the earliest time.
 * @param requirement that of the action which shall be sent after the delay
 */
export function scheduleCall({ manager, target, data }: AuthorityRequirement): Step {
  const schedule = encodeFunctionData({
    abi: accessManagerAbi,
    functionName: 'schedule',
    args: [target, data, 0],
  });
  return { transaction: { to: manager, data: schedule, value: 0n }, text: `Schedule the call to ${target}` };
}

/** Asks the access manager whether an account may make a call now, later, or not at all. */
export async function checkAuthority(
  client: Client,
  account: Address,
  requirement: AuthorityRequirement,
): Promise<Outstanding | undefined> {
  const { manager, target, data } = requirement;
  const contract = { address: manager, abi: accessManagerAbi } as const;
  const [immediate, delay] = await readContract(client, {
    ...contract,
    functionName: 'canCall',
    args: [account, target, slice(data, 0, 4)],
  });
  if (immediate) return undefined;
  if (delay === 0)
    return { requirement, steps: [], error: inputError('PermissionMissing', { account, target }) };

  const id = await readContract(client, {
    ...contract,
    functionName: 'hashOperation',
    args: [account, target, data],
  });
  const [readyAt, { timestamp }] = await Promise.all([
    readContract(client, { ...contract, functionName: 'getSchedule', args: [id] }),
    getBlock(client),
  ]);
  if (readyAt === 0) {
    const error = inputError('ScheduleMissing', { target, delay });
    return { requirement, steps: [scheduleCall(requirement)], error };
  }
  if (BigInt(readyAt) <= timestamp) return undefined;
  return { requirement, steps: [], error: inputError('ScheduleWaiting', { target, readyAt }) };
}
