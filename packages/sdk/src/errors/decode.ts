import { decodeErrorResult, type Hex, isHex } from 'viem';
import { BreakwaterError, inputError } from './BreakwaterError.ts';
import { causes, type Link, text } from './causes.ts';
import { contractErrorsAbi, instructionOf } from './contractErrors.ts';
import { type ErrorContext, explain } from './explain.ts';
import { decodeTransport } from './transport.ts';

/**
 * Turns whatever was thrown on the way to a contract into an error that says what to do.
 *
 * Reads the errors of viem and of wallets down to their root, decodes the custom errors of every contract of ours and
 * of the tokens and libraries below them, and names troubles of node and wallet. Never throws.
 * @param error what was caught
 * @param context asset that amounts are shown in; without it they show in the asset's smallest unit
 */
export function decodeError(error: unknown, context: ErrorContext = {}): BreakwaterError {
  if (error instanceof BreakwaterError) return error;
  const chain = causes(error);
  const data = revertData(chain);
  if (data) return decodeRevert(data, { context, cause: error });
  return (
    decodeTransport(chain, error) ??
    decodeReason(chain, error) ??
    inputError('Unexpected', { reason: text(chain[0]) }, { cause: error })
  );
}

/**
 * Turns the data that a call reverted with into an error that says what to do.
 * @param data the revert data, `0x` included
 */
export function decodeRevert(
  data: Hex,
  { context = {}, cause }: { context?: ErrorContext; cause?: unknown } = {},
): BreakwaterError {
  if (data.length < 10) return inputError('RevertedSilently', {}, { cause });
  try {
    const { abiItem, args = [], errorName } = decodeErrorResult({ abi: contractErrorsAbi, data });
    if (errorName === 'Error') return inputError('RevertedWithReason', { reason: args[0] }, { cause });
    if (errorName === 'Panic') return panic(args[0], cause);
    const instruction = instructionOf(abiItem);
    if (instruction) {
      const values = Object.fromEntries(abiItem.inputs.map(({ name }, i) => [name || String(i), args[i]]));
      const texts = explain(instruction, { ...args, ...values }, context);
      return new BreakwaterError(errorName, { ...texts, values, cause });
    }
  } catch {
    // not one of the errors known here: said below
  }
  return inputError('RevertedUnknown', { data }, { cause });
}

const panics: Readonly<Record<number, string>> = {
  1: 'an assertion failed',
  17: 'arithmetic overflow',
  18: 'division by zero',
  33: 'an unknown enum value',
  34: 'badly stored bytes',
  49: 'pop of an empty list',
  50: 'an index out of range',
  65: 'out of memory',
  81: 'an empty function pointer',
};

function panic(code: unknown, cause: unknown): BreakwaterError {
  const number = Number(code);
  return inputError('Panicked', { code: number, reason: panics[number] ?? 'unknown' }, { cause });
}

/** Revert data, wherever node, wallet or viem put it. */
function revertData(chain: readonly Link[]): Hex | undefined {
  for (const link of [...chain].reverse()) {
    const data = dataIn(link.raw) ?? dataIn(link.data);
    if (data) return data;
  }
  return undefined;
}

function dataIn(value: unknown, depth = 0): Hex | undefined {
  if (typeof value === 'string') {
    const hex = value.startsWith('Reverted ') ? value.slice('Reverted '.length) : value;
    return isHex(hex) && hex.length >= 10 ? hex : undefined;
  }
  if (typeof value !== 'object' || value === null || depth > 3) return undefined;
  const { data, originalError } = value as { data?: unknown; originalError?: unknown };
  return dataIn(data, depth + 1) ?? dataIn(originalError, depth + 1);
}

function decodeReason(chain: readonly Link[], cause: unknown): BreakwaterError | undefined {
  const message = chain.map((link) => `${link.details ?? ''}\n${link.message ?? ''}`).join('\n');
  if (!/execution reverted|reverted/i.test(message)) return undefined;
  const reason = chain
    .map((link) => link.reason)
    .find((r) => typeof r === 'string' && r !== 'execution reverted');
  return reason
    ? inputError('RevertedWithReason', { reason }, { cause })
    : inputError('RevertedSilently', {}, { cause });
}
