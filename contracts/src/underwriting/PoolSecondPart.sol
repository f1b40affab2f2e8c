// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {PoolBase, PoolSystem} from "./PoolBase.sol";
import {PoolClosing} from "./PoolClosing.sol";
import {PoolRelay} from "./PoolRelay.sol";

/// @title Second part of a pool's code: exits and losses
/// @notice Runs by delegate call on the pool's storage; what it does not know it hands to the third part.
contract PoolSecondPart is PoolClosing, PoolRelay {
    constructor(PoolSystem memory system, address thirdPart) PoolBase(system) PoolRelay(thirdPart) {}
}
