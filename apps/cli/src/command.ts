import type { Option, Options, Values } from './options.ts';
import type { Result, Surroundings } from './output.ts';
import type { Session } from './session.ts';

/** Options that most commands share. */
export type GlobalValues = {
  readonly rpc: string;
  /** Longest wait for an answer of the node, milliseconds. */
  readonly timeout: number;
  readonly deployment: string | undefined;
  readonly json: boolean;
  readonly keystore: string | undefined;
  readonly passwordFile: string | undefined;
  readonly privateKeyEnv: string | undefined;
  readonly unlocked: string | undefined;
};

/** What a command is given when it runs. */
export type Given<O extends Options> = {
  readonly values: Values<O>;
  readonly globals: GlobalValues;
  readonly io: Surroundings;
  /** Says what is going on, on standard error; silent with --json. */
  readonly progress: (line: string) => void;
  /** Connects to node and deployment; once. */
  readonly open: () => Promise<Session>;
};

/** A command as the table holds it. */
export type Command = {
  readonly name: string;
  readonly summary: string;
  /** More than the summary, for the command's own help. */
  readonly details?: string | undefined;
  readonly options: Readonly<Record<string, Option<unknown, Presence>>>;
  /** Option that may be given without its name, right after the command's. */
  readonly argument?: string | undefined;
  /** Action of the SDK that it sends, if it does. */
  readonly verb?: string | undefined;
  /** Returns nothing when it wrote its output itself. */
  readonly run: (given: Given<Options>) => Promise<Result | undefined>;
};

type Presence = 'required' | 'optional' | 'many';

/** A command with the types of its options' values. */
export function defineCommand<const O extends Options>(spec: {
  name: string;
  summary: string;
  details?: string;
  verb?: string;
  argument?: string;
  options: O;
  run: (given: Given<O>) => Promise<Result | undefined>;
}): Command {
  // Values are read with the very options of this command, so they have its types.
  return { ...spec, run: (given) => spec.run(given as unknown as Given<O>) };
}

/** Commands that belong together in the help. */
export type CommandGroup = { readonly title: string; readonly commands: readonly Command[] };
