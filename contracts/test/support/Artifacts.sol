// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Test} from "forge-std/Test.sol";

/// @notice Deploys from the artifacts directory named by BREAKWATER_ARTIFACTS, so that tests can run against the
/// optimized build. Where it is set to nothing, from what forge compiled for this run, as coverage needs: its artifacts are
/// in no directory. A test imports what it deploys, so that it is built.
abstract contract Artifacts is Test {
    function deploy(string memory name, bytes memory arguments) internal returns (address) {
        string memory directory = vm.envOr("BREAKWATER_ARTIFACTS", string("out"));
        if (bytes(directory).length == 0) {
            return vm.deployCode(string.concat(name, ".sol:", name), arguments);
        }
        return vm.deployCode(string.concat(directory, "/", name, ".sol/", name, ".json"), arguments);
    }
}
