import { run } from '../../src/run.ts';

/** What a command wrote, and its exit code. */
export type Outcome = { code: number; stdout: string; stderr: string };

/** Runs a command in this process. */
export async function breakwater(
  args: readonly string[],
  { env = {}, cwd = process.cwd() }: { env?: Record<string, string>; cwd?: string } = {},
): Promise<Outcome> {
  const written = { stdout: '', stderr: '' };
  const code = await run(args, {
    env,
    cwd,
    stdout: (text) => {
      written.stdout += text;
    },
    stderr: (text) => {
      written.stderr += text;
    },
  });
  return { code, ...written };
}
