/// <reference types="node" />

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Abi, Hex } from 'viem';

const require = createRequire(import.meta.url);

const source = `// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;
import {ERC20} from "solady/tokens/ERC20.sol";

/// A token with permit that anyone can mint; with \`strict\` an allowance must be zero before it is changed.
contract Token is ERC20 {
    bool public strict;

    function name() public pure override returns (string memory) { return "US Dollar"; }
    function symbol() public pure override returns (string memory) { return "USD"; }
    function decimals() public pure override returns (uint8) { return 6; }
    function mint(address to, uint256 amount) external { _mint(to, amount); }
    function burn(address from, uint256 amount) external { _burn(from, amount); }
    function setStrict(bool value) external { strict = value; }

    function approve(address spender, uint256 amount) public override returns (bool) {
        require(!strict || amount == 0 || allowance(msg.sender, spender) == 0, "reset first");
        return super.approve(spender, amount);
    }
}`;

/** Compiles the token of these tests. */
export function compileToken(): { abi: Abi; bytecode: Hex } {
  const solc: { compile(input: string, callbacks: object): string } = require('solc');
  const input = {
    language: 'Solidity',
    sources: { 'Token.sol': { content: source } },
    settings: {
      evmVersion: 'prague',
      remappings: ['solady/=solady/src/'],
      outputSelection: { '*': { '*': ['abi', 'evm.bytecode.object'] } },
    },
  };
  const read = (path: string) => ({ contents: readFileSync(require.resolve(path), 'utf8') });
  const output = JSON.parse(solc.compile(JSON.stringify(input), { import: read }));
  const token = output.contracts?.['Token.sol']?.Token;
  if (!token) throw new Error(JSON.stringify(output.errors));
  return { abi: token.abi, bytecode: `0x${token.evm.bytecode.object}` };
}
