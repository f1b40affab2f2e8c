import { type ErrorContext, explain } from './explain.ts';
import { type InputErrorName, inputInstructions } from './inputInstructions.ts';

/** Values of an error by name: the typed arguments of the contract's error, or what was given and what is allowed. */
export type ErrorValues = Readonly<Record<string, unknown>>;

/**
 * An error that says what happened and what to do.
 *
 * `name` is the name of the contract's error (`PremiumAboveMax`), of the checked input (`ValueTooLarge`) or of the
 * trouble on the way (`RpcUnreachable`). `message` is the sentence, `instruction` what to do about it, `values` the
 * figures in their own units, `cause` the error it was made from.
 */
export class BreakwaterError extends Error {
  override readonly name: string;
  readonly instruction: string;
  readonly values: ErrorValues;

  constructor(
    name: string,
    parts: { message: string; instruction: string; values?: ErrorValues; cause?: unknown },
  ) {
    super(parts.message, parts.cause === undefined ? undefined : { cause: parts.cause });
    this.name = name;
    this.instruction = parts.instruction;
    this.values = parts.values ?? {};
  }

  override toString(): string {
    return `${this.name}: ${this.message} ${this.instruction}`;
  }
}

/** Makes the error of a check that is done before anything is sent. */
export function inputError(
  name: InputErrorName,
  values: ErrorValues = {},
  options: { context?: ErrorContext; cause?: unknown } = {},
): BreakwaterError {
  const { message, instruction } = explain(inputInstructions[name], values, options.context);
  return new BreakwaterError(name, { message, instruction, values, cause: options.cause });
}
