import type { Given } from '../command.ts';
import { cliError } from '../errors.ts';
import type { Options } from '../options.ts';
import type { Result } from '../output.ts';

/** Runs `breakwater drill`. */
export async function drill(_: Given<Options>): Promise<Result | undefined> {
  throw cliError('NotAvailable', '`breakwater drill` is not available yet.', 'Use another command.');
}
