import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { testingRoot } from './insured/packages.ts';

const document = join(testingRoot, '..', '..', 'docs', 'concepts', 'errors.md');

/** A row of the table of bad input in docs/concepts/errors.md. */
export type BadInput = {
  readonly input: string;
  /** Error of the contract with its values; empty where no contract is asked. */
  readonly revert: string;
  /** `file: test` of the contracts' tests; empty where there is none. */
  readonly contractTest: string;
  /** Name of the SDK's error. */
  readonly error: string;
  /** What the SDK's message must match. */
  readonly message: RegExp;
  /** Exit code of the command line. */
  readonly exit: number;
};

/** Reads the table of bad input, which drives the tests of SDK and command line. */
export function readBadInputs(): BadInput[] {
  const lines = readFileSync(document, 'utf8').split('\n');
  const start = lines.findIndex((line) => line.startsWith('| Bad input'));
  const rows = lines.slice(start + 2);
  const end = rows.findIndex((line) => !line.startsWith('|'));
  return rows.slice(0, end === -1 ? undefined : end).map((line) => {
    const cells = line.split('|').map((cell) => cell.trim().replaceAll('`', ''));
    const [, input = '', revert = '', contractTest = '', error = '', message = '', exit = ''] = cells;
    return { input, revert, contractTest, error, message: patternOf(message), exit: Number(exit) };
  });
}

/** A sentence as a pattern; `…` stands for any figure, name or address. */
function patternOf(sentence: string): RegExp {
  const parts = sentence.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.+')}$`);
}

/** Addresses of nodes that do not work, each in its own way. */
export type BrokenNodes = {
  readonly refuses: string;
  readonly hasNoHost: string;
  readonly isSilent: string;
  readonly fails: string;
  readonly isNoNode: string;
  /** Answers JSON that is no answer. */
  readonly isOther: string;
  readonly stop: () => Promise<void>;
};

/** Starts servers that are no working nodes. */
export async function startBrokenNodes(): Promise<BrokenNodes> {
  const silent = createServer(() => {});
  const failing = createServer((_, response) => response.writeHead(500).end('<h1>Server error</h1>'));
  const page = createServer((_, response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome</h1>'),
  );
  const other = createServer((_, response) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"status":"ok"}'),
  );
  const gone = createServer(() => {});
  const [isSilent = '', fails = '', isNoNode = '', isOther = '', refuses = ''] = await Promise.all(
    [silent, failing, page, other, gone].map(listen),
  );
  await close(gone);
  return {
    isSilent,
    fails,
    isNoNode,
    isOther,
    refuses,
    hasNoHost: 'http://node.invalid:8545',
    stop: async () => {
      await Promise.all([silent, failing, page, other].map(close));
    },
  };
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
