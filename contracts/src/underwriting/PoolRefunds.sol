// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {FixedPointMathLib as Math} from "solady/utils/FixedPointMathLib.sol";
import {SafeTransferLib} from "solady/utils/SafeTransferLib.sol";

import {IPoolDesk} from "../interfaces/IPool.sol";
import {CoverId} from "../types/CoverId.sol";
import {PoolBase} from "./PoolBase.sol";
import {Capital, PolicyWord} from "./PoolWords.sol";

/// @title Premium of cover that capital did not fully carry goes back to its policies
/// @notice Anyone asks for it, as often as they like: what was held back goes to the holder once, rounded down. What a day's
/// later touches may still add to waits for the next day, so that asking early loses nothing.
abstract contract PoolRefunds is PoolBase, IPoolDesk {
    /// @inheritdoc IPoolDesk
    function refundShortfall(CoverId id) external nonReentrant returns (uint256 amount) {
        if (id.poolIndex() != _poolIndex()) revert PolicyOfAnotherPool(id);
        Capital memory c = _loadCapital();
        _storeCapital(c);
        uint64 sequence = id.sequence();
        PolicyWord p = _settleShortfall(id, _policies[sequence], _fixedShortfall(c.facts.shortfallPoints()));
        // Dust: of a stream that earned less than a unit since a touch, less was held back than is owed.
        uint256 withheld = _withheld;
        amount = Math.min(_shortfallOwed[sequence], withheld);
        if (amount == 0) revert NothingToPay(id);
        _policies[sequence] = p;
        delete _shortfallOwed[sequence];
        _withheld = withheld - amount;
        (address holder,) = COVER.partiesOf(id);
        SafeTransferLib.safeTransfer(_asset(), holder, amount);
        emit PremiumRefunded(id, holder, amount);
    }

    /// @inheritdoc IPoolDesk
    function shortfallOf(CoverId id) external view nonReadReentrant returns (uint256) {
        if (id.poolIndex() != _poolIndex()) revert PolicyOfAnotherPool(id);
        PolicyWord p = _policies[id.sequence()];
        return _shortfallOwed[id.sequence()] + _shortfallOf(id, p, _fixedShortfall(_facts.shortfallPoints));
    }
}
