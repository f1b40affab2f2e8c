import { encodeFunctionData } from 'viem';
import { riskOracleAbi } from '../abi/index.ts';
import { type Action, defineAction } from '../action.ts';
import type { GroupId } from '../codec/groups.ts';
import { checkSmallUint } from '../validate.ts';
import { authorityFor, type OnDeployment } from './shared.ts';

export type AlertGroupParameters = OnDeployment & {
  group: GroupId;
  /** End of the alert, seconds; at most 3 days away; then the group rests as long. */
  until: bigint;
};

/**
 * Stops sales in all markets of a shock group for a while. Guardian only.
 * @throws ValueZero, ValueTooLarge
 */
export function alertGroup({ deployment, ...parameters }: AlertGroupParameters): Action {
  const { oracle } = deployment.addresses;
  const group = checkSmallUint('group', parameters.group, 16, 1n);
  const until = checkSmallUint('until', parameters.until, 40, 1n);
  const data = encodeFunctionData({ abi: riskOracleAbi, functionName: 'alertGroup', args: [group, until] });
  return defineAction(deployment, {
    verb: 'alertGroup',
    text: `Stop sales in all markets of group ${group}`,
    to: oracle,
    data,
    requirements: [authorityFor(deployment, oracle, data)],
  });
}
