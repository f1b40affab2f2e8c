import type { ErrorContext } from '@breakwater/sdk';
import type { Command } from './command.ts';
import { commandGroups, commands } from './commands.ts';
import { renderError, UsageError } from './errors.ts';
import { commandHelp, overview } from './help.ts';
import { jsonText, type Surroundings } from './output.ts';
import { distance, kebab, parseCall } from './parse.ts';
import { openSession, type Session } from './session.ts';
import { version } from './version.ts';

/**
 * Runs a command.
 * @param args what stands after the program's name
 * @returns the exit code: 0, 1 when something went wrong, 2 when it was called in a wrong way
 */
export async function run(args: readonly string[], io: Surroundings): Promise<number> {
  const [name, ...rest] = nameFirst(args);
  const isJson = args.includes('--json');
  let session: Session | undefined;
  try {
    const asked = informationFor(name, rest);
    if (asked !== undefined) {
      io.stdout(asked);
      return 0;
    }
    const command = findCommand(name ?? '');
    const { values, globals, help } = parseCall(command, withArgument(command, rest));
    if (help) {
      io.stdout(commandHelp(command));
      return 0;
    }
    const result = await command.run({
      values,
      globals,
      io,
      progress: (line) => {
        if (!globals.json) io.stderr(`${line}\n`);
      },
      open: async () => {
        session ??= await openSession(globals, io);
        return session;
      },
    });
    if (result) io.stdout(globals.json ? jsonText(result.data) : result.text);
    return 0;
  } catch (error) {
    const context: ErrorContext = session?.context() ?? {};
    const { text, json, exitCode } = renderError(error, context);
    if (isJson) io.stdout(json);
    else io.stderr(text);
    return exitCode;
  }
}

/** Names of two words, such as `risk explain`, as one argument. */
function nameFirst(args: readonly string[]): readonly string[] {
  const [first, second, ...rest] = args;
  const name = `${first} ${second}`;
  return commands.some((command) => command.name === name) ? [name, ...rest] : args;
}

/** What stands right after the name, for a command that takes its main option so. */
function withArgument({ argument }: Command, args: readonly string[]): readonly string[] {
  const [first, ...rest] = args;
  if (argument === undefined || first === undefined || first.startsWith('-')) return args;
  return [`--${argument}`, first, ...rest];
}

function informationFor(name: string | undefined, rest: readonly string[]): string | undefined {
  if (name === '--version') return `${version}\n`;
  if (name === undefined) throw new UsageError(`No command is given.\n\n${overview(commandGroups)}`);
  if (name !== 'help' && name !== '--help' && name !== '-h') return undefined;
  const [about] = nameFirst(rest);
  return about === undefined ? overview(commandGroups) : commandHelp(findCommand(about));
}

function findCommand(name: string): Command {
  const found = commands.find((command) => command.name === name);
  if (found) return found;
  const similar = similarTo(name);
  const hint = similar.length > 0 ? ` Did you mean ${similar.join(' or ')}?` : '';
  throw new UsageError(`There is no command ${name}.${hint}`);
}

/** Commands that were perhaps meant: nearly the same name, the SDK's name of the action, or else a word in common. */
function similarTo(name: string): string[] {
  const family = commands.filter((command) => command.name.startsWith(`${name} `));
  if (family.length > 0) return family.map((command) => command.name);
  const asked = kebab(name);
  const near = commands.filter(
    (command) => distance(command.name, asked) <= 2 || (command.verb && kebab(command.verb) === asked),
  );
  const words = asked.split('-').filter((word) => word.length > 2);
  const related = commands.filter((command) => command.name.split('-').some((word) => words.includes(word)));
  return (near.length > 0 ? near : related).slice(0, 4).map((command) => command.name);
}
