import { type CommandGroup, defineCommand } from '../command.ts';
import { choice, flag, integer, text } from '../options.ts';

const worldOptions = {
  exploit: choice(['bridge', 'amm'], 'protocol that is robbed; bridge by default'),
  fast: flag('60 holders instead of 1,000'),
  artifacts: text('FOLDER', 'compiled contracts; out-optimized by default, built when it is not up to date'),
};

/** Commands of the local world. What they do is loaded when they run: it brings compilers and test protocols along. */
export const localWorld: CommandGroup = {
  title: 'Local world',
  commands: [
    defineCommand({
      name: 'start',
      summary: 'plays the drill on a local chain, then keeps it up for wallets and the app',
      details:
        'Writes deployments/local.json, lists accounts with ether and dollars, and stays up until Ctrl-C. Needs nothing but a checkout on which `npm install` ran.',
      options: {
        port: integer('PORT', 'port of the local chain; 8545 by default', 1n),
        ...worldOptions,
      },
      run: async (given) => (await import('../world/start.ts')).start(given),
    }),
    defineCommand({
      name: 'drill',
      summary: 'plays an incident through on a local chain, from exploit to payout',
      details:
        'Deploys four third-party protocols and Breakwater, sells cover to 1,000 holders, runs a published exploit, has it recognised and everyone paid, and compares the books to the unit. Progress is on standard error. With --json prints one object: blocksToDeclaration and blocksToLastPayout from the block of the exploit, persistenceBlocks, wallSeconds, holders, paid in units of the asset, ratioMin and ratioMax of what each holder got by what was due, and the difference of the books. Fails unless all holders got the same ratio, the books are exact, and the last payout came at most 5 blocks after the persistence window.',
      options: worldOptions,
      run: async (given) => (await import('../world/drill.ts')).drill(given),
    }),
  ],
};
