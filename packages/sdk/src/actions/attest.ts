import { type Address, encodeFunctionData } from 'viem';
import { operatorQuorumAbi } from '../abi/index.ts';
import { type Action, defineAction } from '../action.ts';
import { encodeReport, type Report } from '../typedData/report.ts';
import { encodeQuorumProof, type SignedBy } from '../typedData/signatures.ts';
import type { OnDeployment } from './shared.ts';

export type AttestParameters = OnDeployment & {
  report: Report;
  /** The whole list of operators, in the order it was committed (ascending). */
  operators: readonly Address[];
  /** Signatures of the report (`reportTypedData`). */
  signatures: readonly SignedBy[];
};

/**
 * Passes a report that operators have signed on to the incident board. Anyone may send it.
 * @throws BytesInvalid, ValueZero, ValueTooLarge, ListEmpty, SignatureForeign
 */
export function attest({ deployment, report, operators, signatures }: AttestParameters): Action {
  const { signers, proof } = encodeQuorumProof(operators, signatures);
  return defineAction(deployment, {
    verb: 'attest',
    text: `Report market ${report.market} as ${report.state}, signed by ${signatures.length} operators`,
    to: deployment.addresses.operatorQuorum,
    data: encodeFunctionData({
      abi: operatorQuorumAbi,
      functionName: 'attest',
      args: [encodeReport(report), signers, proof],
    }),
  });
}
