import { type Address, encodeFunctionData, type Hex } from 'viem';
import { coverRouterAbi } from '../abi/index.ts';
import { type Action, defineAction } from '../action.ts';
import { findPool, type PoolEntry, type PoolReference } from '../deployment.ts';
import { inputError } from '../errors/BreakwaterError.ts';
import type { Requirement } from '../requirements/types.ts';
import { permitRequirement, type SignedPermit, splitSignature } from '../typedData/permit.ts';
import { permit2Address, type SignedPermit2 } from '../typedData/permit2.ts';
import { checkAmount, checkBytes, checkList, checkSmallUint, checkUint } from '../validate.ts';
import { amountText, approvalOf, balanceOf, type OnDeployment, optionalAddress } from './shared.ts';

/** One purchase of several. */
export type Purchase = {
  pool: PoolReference;
  /** Id of the market. */
  market: Hex;
  /** Most that is paid out, asset units. */
  cover: bigint;
  /** Whole UTC days of cover. */
  coverDays: number;
  /** Account that receives the token; by default the sender. */
  recipient?: Address | undefined;
  /** Account whose position is insured; by default the recipient. */
  insured?: Address | undefined;
  /** Most this cover costs, fee included, asset units. */
  maxPremium: bigint;
  /** Receives part of the fee. */
  integrator?: Address | undefined;
};

export type BuyManyParameters = OnDeployment & {
  /** All in pools of one asset. */
  purchases: readonly Purchase[];
  /** Most that all cost together, fees included, asset units. */
  maxTotal: bigint;
  /** Last second in which this may happen. */
  deadline: bigint;
  /** The quoted total, asset units: what the sender must hold. By default the most it may cost. */
  premium?: bigint | undefined;
  /** Pays by a signed EIP-2612 permit for the router instead of an approval. */
  permit?: SignedPermit | undefined;
  /** Pays by a signed Permit2 transfer to the router instead of an approval. */
  permit2?: SignedPermit2 | undefined;
};

/**
 * Buys several covers in one transaction through the router, which returns what they cost less. All or none.
 * @throws ListEmpty, ListTooLong, ValueZero, ValueTooLarge, AddressInvalid, AssetsDiffer, PoolNotInDeployment
 */
export function buyMany(parameters: BuyManyParameters): Action {
  const { deployment } = parameters;
  const { router } = deployment.addresses;
  const pools = checkList('purchases', parameters.purchases, 50).map(({ pool }) =>
    findPool(deployment, pool),
  );
  const [first] = pools;
  if (!first) throw inputError('ListEmpty', { field: 'purchases' });
  const other = pools.find((pool) => pool.asset.address !== first.asset.address);
  if (other) throw inputError('AssetsDiffer', { first: first.asset.symbol, second: other.asset.symbol });

  const legs = parameters.purchases.map((purchase, i) => encodeLeg(pools[i] ?? first, purchase));
  const maxTotal = checkAmount('maxTotal', parameters.maxTotal, 256, first.asset);
  const deadline = checkUint('deadline', parameters.deadline, 256, 1n);
  const sum = legs.reduce((total, leg) => total + leg.params.maxPremium, 0n);
  const most = sum < maxTotal ? sum : maxTotal;

  const { data, payment } = encodePayment(parameters, { legs, maxTotal, deadline }, [
    approvalOf(first, router, most),
    approvalOf(first, permit2Address, most),
  ]);
  return defineAction(deployment, {
    verb: 'buyMany',
    text: `Buy ${legs.length} covers for at most ${amountText(first, most)} together`,
    to: router,
    data,
    requirements: [{ type: 'deadline', deadline }, balanceOf(first, parameters.premium ?? most), ...payment],
  });
}

function encodeLeg({ address, asset }: PoolEntry, purchase: Purchase) {
  return {
    pool: address,
    params: {
      market: checkBytes('market', purchase.market, 32),
      cover: checkAmount('cover', purchase.cover, 88, asset),
      coverDays: checkSmallUint('coverDays', purchase.coverDays, 16, 1n),
      recipient: optionalAddress('recipient', purchase.recipient),
      insured: optionalAddress('insured', purchase.insured),
      maxPremium: checkAmount('maxPremium', purchase.maxPremium, 96, asset),
      integrator: optionalAddress('integrator', purchase.integrator),
    },
  };
}

function encodePayment(
  { deployment, permit, permit2 }: BuyManyParameters,
  call: { legs: ReturnType<typeof encodeLeg>[]; maxTotal: bigint; deadline: bigint },
  [toRouter, toPermit2]: [ReturnType<typeof approvalOf>, ReturnType<typeof approvalOf>],
): { data: Hex; payment: Requirement[] } {
  const args = [call.legs, call.maxTotal, call.deadline] as const;
  if (permit) {
    const { amount: value, deadline, signature } = permit;
    const signed = { value, deadline, ...splitSignature(signature) };
    return {
      data: encodeFunctionData({
        abi: coverRouterAbi,
        functionName: 'buyWithPermit',
        args: [...args, signed],
      }),
      payment: [permitRequirement(toRouter.token, deployment.addresses.router, permit)],
    };
  }
  if (permit2) {
    const { amount, nonce, deadline, signature } = permit2;
    const signed = { amount, nonce, deadline, signature };
    return {
      data: encodeFunctionData({
        abi: coverRouterAbi,
        functionName: 'buyWithPermit2',
        args: [...args, signed],
      }),
      payment: [{ type: 'deadline', deadline }, toPermit2],
    };
  }
  return {
    data: encodeFunctionData({ abi: coverRouterAbi, functionName: 'buy', args }),
    payment: [toRouter],
  };
}
