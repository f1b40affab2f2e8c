// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {PoolBase, PoolSystem} from "./PoolBase.sol";
import {PoolLimits} from "./PoolLimits.sol";
import {PoolRefunds} from "./PoolRefunds.sol";
import {PoolSalvage} from "./PoolSalvage.sol";
import {PoolSettable} from "./PoolSettable.sol";
import {PoolViews} from "./PoolViews.sol";

/// @title Third part of a pool's code: recovery, settings and reading
contract PoolThirdPart is PoolViews, PoolSettable, PoolSalvage, PoolLimits, PoolRefunds {
    constructor(PoolSystem memory system) PoolBase(system) {}
}
