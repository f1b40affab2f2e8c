import { type Address, encodeFunctionData } from 'viem';
import { incidentBoardAbi } from '../abi/index.ts';
import { type Action, defineAction } from '../action.ts';
import { checkAddress, checkAmount } from '../validate.ts';
import type { OnDeployment } from './shared.ts';

export type FundBondParameters = OnDeployment & {
  /** Route the bond is for. */
  route: Address;
  /** Asset of the markets it stands behind. */
  asset: Address;
  /** Asset units. */
  amount: bigint;
};

/**
 * Deposits bond with the incident board for a route. Anyone may send it.
 * @throws ValueZero, ValueTooLarge, AddressInvalid
 */
export function fundBond({ deployment, ...parameters }: FundBondParameters): Action {
  const { board } = deployment.addresses;
  const route = checkAddress('route', parameters.route);
  const token = checkAddress('asset', parameters.asset);
  const amount = checkAmount('amount', parameters.amount, 96);
  return defineAction(deployment, {
    verb: 'fundBond',
    text: `Deposit ${amount} of ${token} as bond of route ${route}`,
    to: board,
    data: encodeFunctionData({
      abi: incidentBoardAbi,
      functionName: 'fundBond',
      args: [route, token, amount],
    }),
    requirements: [
      { type: 'balance', token, amount },
      { type: 'approval', token, spender: board, amount },
    ],
  });
}
