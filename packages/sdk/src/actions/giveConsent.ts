import { encodeFunctionData } from 'viem';
import { coverTokenAbi } from '../abi/index.ts';
import { type Action, defineAction } from '../action.ts';
import { coverText, type OnDeployment } from './shared.ts';

export type GiveConsentParameters = OnDeployment & { cover: bigint };

/**
 * The insured account agrees that its position is handed over for a cover that it did not itself receive at the
 * purchase. Only the insured account can send it.
 */
export function giveConsent({ deployment, cover }: GiveConsentParameters): Action {
  return defineAction(deployment, {
    verb: 'giveConsent',
    text: `Agree that your position is handed over for ${coverText(cover)}`,
    to: deployment.addresses.coverToken,
    data: encodeFunctionData({ abi: coverTokenAbi, functionName: 'giveConsent', args: [cover] }),
  });
}
