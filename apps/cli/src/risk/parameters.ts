import { join } from 'node:path';
import { parseParameters, type RiskParameters } from '@breakwater/risk';
import { readJson, root } from '../files.ts';

/** The parameters that are used where no others are named. */
const committed = join(root, 'packages', 'risk', 'params', 'hazard.json');

/** Reads a parameter file; the committed one where none is named. */
export async function readParameters(cwd: string, path: string | undefined): Promise<RiskParameters> {
  return parseParameters(await readJson(cwd, path ?? committed));
}
