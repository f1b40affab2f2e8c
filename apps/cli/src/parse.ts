import { parseArgs } from 'node:util';
import type { Command, GlobalValues } from './command.ts';
import { UsageError } from './errors.ts';
import { flag, type Option, type Options, readAddress, text, Unreadable } from './options.ts';

/** Options that every command takes. */
export const globalOptions = {
  rpc: text('URL', 'node to use, http://127.0.0.1:8545 by default'),
  timeout: text('SECONDS', 'longest wait for an answer of the node, 30 by default'),
  deployment: text('FILE', 'manifest, deployments/<chain id>.json or deployments/local.json by default'),
  json: flag('prints JSON for machines'),
  keystore: text('FILE', 'account to send with: an encrypted keystore; with --password-file'),
  passwordFile: text('FILE', 'file with the password of the keystore'),
  privateKeyEnv: text('NAME', 'account to send with: environment variable that holds its private key'),
  unlocked: text('ADDRESS', 'account to send with: one that the node signs for'),
  help: flag('prints the help of the command'),
} as const satisfies Options;

/** What was given to a command. */
export type ParsedCall = {
  readonly values: Readonly<Record<string, unknown>>;
  readonly globals: GlobalValues;
  readonly help: boolean;
};

/**
 * Reads the arguments of a command.
 * @throws UsageError which names the option and what it expects
 */
export function parseCall(command: Command, args: readonly string[]): ParsedCall {
  const options: Options = { ...globalOptions, ...command.options };
  const given = split(command, options, args);
  if (given.help) return { values: {}, globals: readGlobals(given), help: true };
  const values = Object.fromEntries(
    Object.entries(command.options).map(([name, option]) => [name, readOption(command, name, option, given)]),
  );
  return { values, globals: readGlobals(given), help: false };
}

/** `maxPremium` -> `max-premium`. */
export function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

type Raw = Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>;

function split(command: Command, options: Options, args: readonly string[]): Raw {
  const config = Object.fromEntries(
    Object.entries(options).map(([name, { placeholder }]) => [
      kebab(name),
      {
        type: placeholder === undefined ? 'boolean' : 'string',
        multiple: placeholder !== undefined,
      } as const,
    ]),
  );
  try {
    const { values } = parseArgs({ args: [...args], options: config, strict: true, allowPositionals: false });
    return Object.fromEntries(Object.keys(options).map((name) => [name, values[kebab(name)]]));
  } catch (error) {
    throw new UsageError(explainArgs(error as Error & { code?: string }, Object.keys(config)), command.name);
  }
}

function explainArgs(error: Error & { code?: string }, known: readonly string[]): string {
  const named = /'([^']+)'/.exec(error.message)?.[1]?.split(' ')[0] ?? '';
  switch (error.code) {
    case 'ERR_PARSE_ARGS_UNKNOWN_OPTION': {
      const asked = kebab(named.replace(/^-+/, ''));
      const similar =
        known.find((name) => distance(name, asked) <= 2) ??
        known.find((name) => asked.length > 2 && name.split('-').includes(asked));
      return `Unknown option ${named}.${similar ? ` Did you mean --${similar}?` : ''}`;
    }
    case 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL':
      return `Unexpected argument ${named}: values are given with options.`;
    case 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE':
      return /does not take an argument/.test(error.message)
        ? `Option ${named} takes no value.`
        : `Option ${named} needs a value.`;
    default:
      return error.message;
  }
}

function readOption(
  command: Command,
  name: string,
  { presence, read, placeholder }: Option<unknown, 'required' | 'optional' | 'many'>,
  given: Raw,
): unknown {
  const raw = given[name];
  const texts = Array.isArray(raw) ? (raw as readonly string[]) : raw === true ? [''] : [];
  if (presence === 'required' && texts.length === 0) {
    throw new UsageError(`Option --${kebab(name)} ${placeholder} is missing.`, command.name);
  }
  if (presence !== 'many' && texts.length > 1) {
    throw new UsageError(`Option --${kebab(name)} is given ${texts.length} times.`, command.name);
  }
  const values = texts.map((value) => {
    try {
      return read(value);
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      throw new UsageError(`--${kebab(name)} is "${value}"; it must be ${error.message}.`, command.name);
    }
  });
  return presence === 'many' ? values : values[0];
}

function readGlobals(given: Raw): GlobalValues {
  const last = (name: keyof typeof globalOptions) => (given[name] as readonly string[] | undefined)?.at(-1);
  const unlocked = last('unlocked');
  return {
    rpc: readUrl(last('rpc') ?? 'http://127.0.0.1:8545'),
    timeout: readTimeout(last('timeout') ?? '30'),
    deployment: last('deployment'),
    json: given.json === true,
    keystore: last('keystore'),
    passwordFile: last('passwordFile'),
    privateKeyEnv: last('privateKeyEnv'),
    unlocked: unlocked === undefined ? undefined : readUnlocked(unlocked),
  };
}

function readUnlocked(given: string): string {
  try {
    return readAddress(given);
  } catch (error) {
    throw new UsageError(`--unlocked is "${given}"; it must be ${(error as Error).message}.`);
  }
}

function readTimeout(given: string): number {
  if (/^[1-9]\d{0,3}$/.test(given)) return Number(given) * 1_000;
  throw new UsageError(`--timeout is "${given}"; it must be a whole number of seconds from 1 to 9999.`);
}

function readUrl(given: string): string {
  if (URL.canParse(given) && /^https?:$/.test(new URL(given).protocol)) return given;
  throw new UsageError(`--rpc is "${given}"; it must be an address such as http://127.0.0.1:8545.`);
}

/** Number of letters to change, add or leave out between two words. */
export function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
