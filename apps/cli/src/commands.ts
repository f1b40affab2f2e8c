import type { Command, CommandGroup } from './command.ts';
import { covers } from './commands/covers.ts';
import { deploying } from './commands/deploy.ts';
import { incidents } from './commands/incidents.ts';
import { markets } from './commands/markets.ts';
import { reading } from './commands/reading.ts';
import { risk } from './commands/risk.ts';
import { riskModel } from './commands/riskModel.ts';
import { underwriting } from './commands/underwriting.ts';
import { localWorld } from './commands/world.ts';

/** Every command there is, in the order of the help. */
export const commandGroups: readonly CommandGroup[] = [
  localWorld,
  reading,
  covers,
  underwriting,
  incidents,
  markets,
  riskModel,
  risk,
  deploying,
];

export const commands: readonly Command[] = commandGroups.flatMap((group) => group.commands);
