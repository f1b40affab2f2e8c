import { type Abi, toFunctionSelector } from 'viem';
import * as abis from '../abi/index.ts';
import type { Instruction } from './explain.ts';
import { poolInstructions } from './poolInstructions.ts';
import { protocolInstructions } from './protocolInstructions.ts';
import { standardErrorsAbi } from './standardErrors.ts';
import { standardInstructions } from './standardInstructions.ts';

/** Every error that a call may end with: of all our contracts, and of what they are built on. Each signature once. */
export const contractErrorsAbi: readonly AbiError[] = unique([
  ...Object.values(abis as Record<string, readonly { type: string }[]>).flatMap((abi) => abi.filter(isError)),
  ...standardErrorsAbi,
]);

/** Instruction for an error of a contract; undefined when nothing is known of it. */
export function instructionOf(name: string): Instruction | undefined {
  return poolInstructions[name] ?? protocolInstructions[name] ?? standardInstructions[name];
}

function isError(item: { type: string }): item is AbiError {
  return item.type === 'error';
}

function unique(errors: readonly AbiError[]): AbiError[] {
  return [...new Map(errors.map((error) => [selectorOf(error), error])).values()];
}

function selectorOf(error: AbiError): string {
  return toFunctionSelector({ ...error, type: 'function', outputs: [], stateMutability: 'view' });
}
