// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {PoolBase, PoolSystem} from "./PoolBase.sol";
import {PoolLimits} from "./PoolLimits.sol";
import {PoolRefunds} from "./PoolRefunds.sol";
import {PoolRelay} from "./PoolRelay.sol";
import {PoolSalvage} from "./PoolSalvage.sol";
import {PoolSettable} from "./PoolSettable.sol";
import {PoolUnwinding} from "./PoolUnwinding.sol";
import {PoolUpkeep} from "./PoolUpkeep.sol";

/// @title Third part of a pool's code: upkeep, recovery and settings
/// @notice Reached only through the parts before it.
contract PoolThirdPart is
    PoolUpkeep,
    PoolUnwinding,
    PoolSettable,
    PoolSalvage,
    PoolLimits,
    PoolRefunds,
    PoolRelay
{
    constructor(PoolSystem memory system, address fourthPart) PoolBase(system) PoolRelay(fourthPart) {}
}
