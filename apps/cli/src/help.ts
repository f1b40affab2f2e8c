import type { Command, CommandGroup } from './command.ts';
import type { Options } from './options.ts';
import { globalOptions, kebab } from './parse.ts';

/** The list of commands. */
export function overview(groups: readonly CommandGroup[]): string {
  const width = Math.max(...groups.flatMap(({ commands }) => commands.map(({ name }) => name.length)));
  const sections = groups
    .filter(({ commands }) => commands.length > 0)
    .map(({ title, commands }) => {
      const lines = commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}\n`);
      return `\n${title}:\n${lines.join('')}`;
    });
  return `Usage: breakwater <command> [options]
       breakwater help <command>
       breakwater --version
${sections.join('')}
Options of every command:
${optionLines(globalOptions)}`;
}

/** The help of one command. */
export function commandHelp({ name, summary, details, options }: Command): string {
  const own = optionLines(options);
  return [
    `Usage: breakwater ${name} [options]\n`,
    `${capital(summary)}.${details ? ` ${details}` : ''}\n`,
    ...(own ? [`Options:\n${own}`] : []),
    `Options of every command:\n${optionLines(globalOptions)}`,
  ].join('\n');
}

function optionLines(options: Options): string {
  const rows = Object.entries(options).map(([name, { placeholder, help, presence }]) => ({
    left: `  --${kebab(name)}${placeholder === undefined ? '' : ` ${placeholder}`}`,
    right: presence === 'required' ? `${help} (required)` : help,
  }));
  const width = Math.max(0, ...rows.map(({ left }) => left.length));
  return rows.map(({ left, right }) => `${left.padEnd(width)}  ${right}\n`).join('');
}

function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
