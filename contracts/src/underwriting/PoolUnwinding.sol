// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {SafeCastLib} from "solady/utils/SafeCastLib.sol";
import {SafeTransferLib} from "solady/utils/SafeTransferLib.sol";

import {IPoolDesk} from "../interfaces/IPool.sol";
import {DayBucket} from "../libraries/DayBucket.sol";
import {CoverId} from "../types/CoverId.sol";
import {PoolRisk} from "./PoolRisk.sol";
import {PoolTips} from "./PoolTips.sol";
import {Capital, LOSS_CLOSED, LOSS_FINAL, Loss, PolicyWord} from "./PoolWords.sol";

/// @title The premium of a market that ended: back for cover that was not used up, the rest to who bore the loss
/// @notice Anyone may do it, once for an incident and once for a policy.
abstract contract PoolUnwinding is PoolRisk, PoolTips, IPoolDesk {
    using SafeCastLib for uint256;

    /// @dev No cover ends later than this from its last change.
    uint256 private constant MAX_COVER_DAYS = 366;

    /// @inheritdoc IPoolDesk
    function unwindStream(uint256 incident) external nonReentrant {
        Loss storage l = _losses[incident];
        if (l.stage != LOSS_FINAL && l.stage != LOSS_CLOSED) revert IncidentNotFinal(incident);
        if (l.unwoundAt != 0) revert StreamUnwound(incident);
        l.unwoundAt = uint40(block.timestamp);
        Capital memory c = _loadCapital();
        uint256 refundable;
        uint256 kept;
        uint256 today = block.timestamp / DAY;
        for (uint256 day = today + 1; day <= today + MAX_COVER_DAYS; ++day) {
            if (DayBucket.unwrap(_buckets[l.key][day]) == 0) continue;
            uint256 rate = _buckets[l.key][day].rate();
            uint256 refund = _refundOf(rate, day, block.timestamp, l.finalSeverity);
            refundable += refund;
            kept += _leftOf(rate, day, block.timestamp) - refund;
            c.rate -= rate;
            _moveRateEnding(day, 0, rate);
        }
        c.unearned -= refundable + kept;
        c.streamChanged = true;
        _refunds += refundable.toUint96();
        _giveToBearers(incident, l, c, kept);
        _refreshUtilisation(c);
        _storeCapital(c);
        emit StreamUnwoundOf(incident, refundable);
        _tip();
    }

    /// @inheritdoc IPoolDesk
    function refundEnded(CoverId id) external nonReentrant returns (uint256 amount) {
        (, Loss storage l,) = _lossFor(id);
        PolicyWord p = _policies[id.sequence()];
        if (l.unwoundAt == 0) revert StreamNotUnwound(_marketIds[l.key]);
        if (p.endDay() * DAY > l.unwoundAt) {
            amount = _refundOf(p.rate(), p.endDay(), l.unwoundAt, l.finalSeverity);
        }
        if (amount == 0) revert NothingToPay(id);
        p = _settleShortfall(id, p, _facts.shortfallPoints);
        _policies[id.sequence()] = p.withoutRate();
        _refunds -= uint96(amount);
        (address holder,) = COVER.partiesOf(id);
        SafeTransferLib.safeTransfer(_asset(), holder, amount);
        emit PremiumRefunded(id, holder, amount);
    }

    /// @dev Premium of cover that was used up is earned by those who bore its loss, not by who comes after; where nobody
    /// bore any, by the tranches.
    function _giveToBearers(uint256 incident, Loss storage l, Capital memory c, uint256 kept) private {
        if (kept == 0) return;
        if (_borne(l) == 0) return _distribute(c, kept);
        l.salvage += kept.toUint96();
        emit SalvageReceived(incident, address(this), kept);
    }

    /// @dev rate x time left, rounded down.
    function _leftOf(uint256 rate, uint256 day, uint256 from) private pure returns (uint256) {
        return (rate * (day * DAY - from)) >> 16;
    }

    /// @dev (1 - severity) x rate x time left, rounded down.
    function _refundOf(uint256 rate, uint256 day, uint256 from, uint256 severity)
        private
        pure
        returns (uint256)
    {
        return (rate * (day * DAY - from) * (1e8 - severity) / 1e8) >> 16;
    }
}
