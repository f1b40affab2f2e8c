// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {PoolBase, PoolSystem} from "./PoolBase.sol";
import {PoolClosing} from "./PoolClosing.sol";
import {PoolRelay} from "./PoolRelay.sol";

/// @title Second part of a pool's code: exits and losses
contract PoolSecondPart is PoolClosing, PoolRelay {
    constructor(PoolSystem memory system, address thirdPart) PoolBase(system) PoolRelay(thirdPart) {}
}
