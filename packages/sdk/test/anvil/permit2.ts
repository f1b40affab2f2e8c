/// <reference types="node" />

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Hex } from 'viem';

const require = createRequire(import.meta.url);

/**
 * The code of Permit2, as the package that carries it has it in the source of its own test. On chain 31337 it would have
 * the domain of another address; on every other it computes its own.
 */
export function permit2Code(): Hex {
  const path = require.resolve('@uniswap/v4-periphery/lib/permit2/test/utils/DeployPermit2.sol');
  const [, code] = /hex"([0-9a-f]+)"/.exec(readFileSync(path, 'utf8')) ?? [];
  if (!code) throw new Error(`no code in ${path}`);
  return `0x${code}`;
}
