import type { Address } from 'viem';
import { type Action, defineAction } from '../action.ts';
import { approveAmount } from '../requirements/approval.ts';
import { checkAddress, checkUint } from '../validate.ts';
import type { OnDeployment } from './shared.ts';

export type ApproveSurrenderParameters = OnDeployment & {
  /** ERC-20 token of the insured position. */
  positionToken: Address;
  /**
   * Units that may be handed over at the claim. The smaller of this and of what the lost share was worth is taken in
   * full, or nothing is: an account that holds less than the lost share approves exactly what it holds. 0 withdraws.
   */
  units: bigint;
};

/**
 * Lets the broken position be handed over when a claim is paid. Sent by the insured account, at best with the purchase.
 * @throws AddressInvalid, ValueTooLarge
 */
export function approveSurrender({ deployment, ...parameters }: ApproveSurrenderParameters): Action {
  const token = checkAddress('positionToken', parameters.positionToken);
  const units = checkUint('units', parameters.units, 256);
  const { transaction } = approveAmount(token, deployment.addresses.surrenderExposure, units);
  return defineAction(deployment, {
    verb: 'approveSurrender',
    text:
      units === 0n
        ? `Withdraw the approval that ${token} is handed over`
        : `Let up to ${units} units of ${token} be handed over when a claim is paid`,
    ...transaction,
  });
}
