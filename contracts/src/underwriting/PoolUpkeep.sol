// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IPoolDesk} from "../interfaces/IPool.sol";
import {MarketId} from "../types/MarketId.sol";
import {Exposure, PoolRisk} from "./PoolRisk.sol";
import {Capital} from "./PoolWords.sol";

/// @title Following time and cards; anyone may do it
/// @notice Brings earned premium, days and cards up to now. Every other entry does as much of it as it needs.
abstract contract PoolUpkeep is PoolRisk, IPoolDesk {
    /// @inheritdoc IPoolDesk
    function poke(MarketId market, uint256 maxDays) external nonReentrant {
        Capital memory c = _loadCapital();
        Exposure memory e = _loadExposure(market);
        _catchUp(e, c, maxDays);
        _applyCards(e, c);
        _storeExposure(e);
        _refreshUtilisation(c);
        _storeCapital(c);
        emit MarketSynced(market, e.nonce, e.committed, e.variance);
    }

    /// @inheritdoc IPoolDesk
    function accrue() external nonReentrant {
        Capital memory c = _loadCapital();
        _refreshUtilisation(c);
        _storeCapital(c);
    }

    /// @inheritdoc IPoolDesk
    function syncPoolCard() external nonReentrant {
        Capital memory c = _loadCapital();
        (uint32 z, uint16 elSenior) = ORACLE.poolCard(address(this));
        _facts.z = uint24(z);
        _facts.seniorElBps = elSenior;
        _refreshUtilisation(c);
        _storeCapital(c);
    }
}
