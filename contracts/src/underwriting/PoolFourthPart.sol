// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {PoolBase, PoolSystem} from "./PoolBase.sol";
import {PoolViews} from "./PoolViews.sol";

/// @title Fourth part of a pool's code: quotes and reading
/// @notice Reached only through the parts before it.
contract PoolFourthPart is PoolViews {
    constructor(PoolSystem memory system) PoolBase(system) {}
}
