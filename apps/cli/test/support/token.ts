import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Hex } from 'viem';

const require = createRequire(import.meta.url);

const source = `// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;
import {ERC20} from "solady/tokens/ERC20.sol";

contract Token is ERC20 {
    constructor(address holder) { _mint(holder, 1_000_000e6); }
    function name() public pure override returns (string memory) { return "US Dollar"; }
    function symbol() public pure override returns (string memory) { return "USD"; }
    function decimals() public pure override returns (uint8) { return 6; }
}`;

/** Creation code of a token with six decimals and a million of it; its holder is appended. */
export function compileToken(): Hex {
  const solc: { compile(input: string, callbacks: object): string } = require('solc');
  const input = {
    language: 'Solidity',
    sources: { 'Token.sol': { content: source } },
    settings: {
      evmVersion: 'prague',
      remappings: ['solady/=solady/src/'],
      outputSelection: { '*': { '*': ['evm.bytecode.object'] } },
    },
  };
  const read = (path: string) => ({ contents: readFileSync(require.resolve(path), 'utf8') });
  const output = JSON.parse(solc.compile(JSON.stringify(input), { import: read }));
  const token = output.contracts?.['Token.sol']?.Token;
  if (!token) throw new Error(JSON.stringify(output.errors));
  return `0x${token.evm.bytecode.object}`;
}
