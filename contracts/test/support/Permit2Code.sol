// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Vm} from "forge-std/Vm.sol";

/// @notice The real Permit2 at its canonical address.
/// @dev Its code is read from the development dependency that carries it, where it stands as one literal. That code was
/// deployed on chain 31337 at another address, and remembers the domain of that: on every other chain it computes its own.
library Permit2Code {
    address internal constant CANONICAL = 0x000000000022D473030F116dDEE9F6B43aC78BA3;
    uint256 internal constant CHAIN_OF_WRONG_DOMAIN = 31337;

    string private constant SOURCE =
        "node_modules/@uniswap/v4-periphery/lib/permit2/test/utils/DeployPermit2.sol";

    /// @notice Call `vm.chainId` before, where forge's own chain id is set.
    function etch(Vm vm) internal {
        require(block.chainid != CHAIN_OF_WRONG_DOMAIN, "Permit2 has the domain of another address here");
        string[] memory parts = vm.split(vm.readFile(SOURCE), "hex\"");
        vm.etch(CANONICAL, vm.parseBytes(string.concat("0x", vm.split(parts[1], "\"")[0])));
    }
}
