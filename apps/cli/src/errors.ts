import { DataError } from '@breakwater/risk';
import { BreakwaterError, decodeError, type ErrorContext } from '@breakwater/sdk';
import { jsonText } from './output.ts';

/** A mistake in how a command was called. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  /** Command whose help says more. */
  readonly command: string | undefined;

  constructor(message: string, command?: string) {
    super(message);
    this.command = command;
  }
}

/** An error of the command line itself, with what to do about it. */
export function cliError(
  name: string,
  message: string,
  instruction: string,
  cause?: unknown,
): BreakwaterError {
  return new BreakwaterError(name, { message, instruction, cause });
}

/** What is printed about an error, and the exit code: 2 for usage, 1 for everything else. */
export type RenderedError = { readonly text: string; readonly json: string; readonly exitCode: 1 | 2 };

/** Turns whatever was thrown into one readable message that says what to do. */
export function renderError(thrown: unknown, context: ErrorContext = {}): RenderedError {
  if (thrown instanceof UsageError) {
    const instruction = `See \`breakwater help${thrown.command ? ` ${thrown.command}` : ''}\`.`;
    return {
      text: `${thrown.message}\n${instruction}\n`,
      json: jsonText({ error: { name: thrown.name, message: thrown.message, instruction } }),
      exitCode: 2,
    };
  }
  if (thrown instanceof DataError) {
    // Its message says what to do.
    const { name, message } = thrown;
    return { text: `${message}\n`, json: jsonText({ error: { name, message } }), exitCode: 1 };
  }
  const { name, message, instruction, values } = decodeError(thrown, context);
  return {
    text: `${message}\n${instruction}\n`,
    json: jsonText({ error: { name, message, instruction, values } }),
    exitCode: 1,
  };
}
