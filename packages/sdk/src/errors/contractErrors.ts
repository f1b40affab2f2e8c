import { type Abi, toFunctionSelector } from 'viem';
import { errorsAbi } from '../abi/errors.ts';
import type { Instruction } from './explain.ts';
import { moduleInstructions } from './moduleInstructions.ts';
import { poolInstructions } from './poolInstructions.ts';
import { protocolInstructions } from './protocolInstructions.ts';
import { standardErrorsAbi } from './standardErrors.ts';
import { standardInstructions } from './standardInstructions.ts';

type AbiError = Extract<Abi[number], { type: 'error' }>;

/** Every error that a call may end with: of all our contracts, and of what they are built on. Each signature once. */
export const contractErrorsAbi: readonly AbiError[] = unique([...errorsAbi, ...standardErrorsAbi]);

const instructions: Readonly<Record<string, Instruction>> = {
  ...standardInstructions,
  ...moduleInstructions,
  ...protocolInstructions,
  ...poolInstructions,
};

/** Instruction for an error of a contract; undefined when nothing is known of it. */
export function instructionOf({ name, inputs }: AbiError): Instruction | undefined {
  return instructions[`${name}(${inputs.map(({ type }) => type).join()})`] ?? instructions[name];
}

function unique(errors: readonly AbiError[]): AbiError[] {
  return [...new Map(errors.map((error) => [selectorOf(error), error])).values()];
}

function selectorOf(error: AbiError): string {
  return toFunctionSelector({ ...error, type: 'function', outputs: [], stateMutability: 'view' });
}
