// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IPoolSales} from "../interfaces/IPool.sol";
import {PoolBase, PoolSystem} from "./PoolBase.sol";
import {PoolCover} from "./PoolCover.sol";
import {PoolDeposits} from "./PoolDeposits.sol";
import {PoolPayments} from "./PoolPayments.sol";
import {PoolRelay} from "./PoolRelay.sol";

/// @title A risk pool: what holders and underwriters use most
/// @notice Everything else a pool answers is in the other parts of its code, on the same storage.
contract Pool is PoolCover, PoolDeposits, PoolPayments, PoolRelay {
    constructor(PoolSystem memory system, address secondPart) PoolBase(system) PoolRelay(secondPart) {}

    /// @inheritdoc IPoolSales
    function asset() external view returns (address) {
        return _asset();
    }

    /// @inheritdoc IPoolSales
    function exitDelay() external view returns (uint256) {
        return uint256(_facts.exitDelayDays) * DAY;
    }
}
