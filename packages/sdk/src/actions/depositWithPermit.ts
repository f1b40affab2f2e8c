import { type Address, encodeFunctionData } from 'viem';
import { coverRouterAbi } from '../abi/index.ts';
import { type Action, defineAction } from '../action.ts';
import { findPool } from '../deployment.ts';
import { permitRequirement, type SignedPermit, splitSignature } from '../typedData/permit.ts';
import { checkAddress, checkAmount, checkUint } from '../validate.ts';
import { amountText, balanceOf, type OnPool, type TrancheName } from './shared.ts';

export type DepositWithPermitParameters = OnPool & {
  tranche: TrancheName;
  /** Asset units; at most what the permit is for. */
  assets: bigint;
  /** Account that receives the shares. */
  receiver: Address;
  /** Least shares that are accepted. */
  minShares: bigint;
  /** Last second in which this may happen. */
  deadline: bigint;
  /** Signed EIP-2612 permit of the sender for the router. */
  permit: SignedPermit;
};

/**
 * Puts capital into a tranche in one transaction, paid by a signed permit. Shares round down.
 * @throws ValueZero, ValueTooLarge, AddressInvalid, PoolNotInDeployment
 */
export function depositWithPermit(parameters: DepositWithPermitParameters): Action {
  const { deployment, tranche, permit } = parameters;
  const { router } = deployment.addresses;
  const pool = findPool(deployment, parameters.pool);
  const assets = checkAmount('assets', parameters.assets, 96, pool.asset);
  const receiver = checkAddress('receiver', parameters.receiver);
  const minShares = checkUint('minShares', parameters.minShares, 256);
  const deadline = checkUint('deadline', parameters.deadline, 256, 1n);
  const signed = { value: permit.amount, deadline: permit.deadline, ...splitSignature(permit.signature) };
  return defineAction(deployment, {
    verb: 'depositWithPermit',
    text: `Deposit ${amountText(pool, assets)} into the ${tranche} tranche of ${pool.name}`,
    to: router,
    data: encodeFunctionData({
      abi: coverRouterAbi,
      functionName: 'depositWithPermit',
      args: [pool.address, tranche === 'senior', assets, receiver, minShares, deadline, signed],
    }),
    requirements: [
      { type: 'deadline', deadline },
      balanceOf(pool, assets),
      permitRequirement(pool.asset.address, router, permit),
    ],
  });
}
