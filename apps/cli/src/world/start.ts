import type { Given } from '../command.ts';
import { cliError } from '../errors.ts';
import type { Options } from '../options.ts';
import type { Result } from '../output.ts';

/** Runs `breakwater start`. */
export async function start(_: Given<Options>): Promise<Result | undefined> {
  throw cliError('NotAvailable', '`breakwater start` is not available yet.', 'Use another command.');
}
