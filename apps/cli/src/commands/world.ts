import { type CommandGroup, defineCommand } from '../command.ts';

/** Commands of the local world. What they do is loaded when they run: it brings compilers and test protocols along. */
export const localWorld: CommandGroup = {
  title: 'Local world',
  commands: [
    defineCommand({
      name: 'start',
      summary: 'starts a local world: chain, deployment, insured protocols',
      options: {},
      run: async (given) => (await import('../world/start.ts')).start(given),
    }),
    defineCommand({
      name: 'drill',
      summary: 'plays an incident through in a local world, from exploit to payout',
      options: {},
      run: async (given) => (await import('../world/drill.ts')).drill(given),
    }),
  ],
};
