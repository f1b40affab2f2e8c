// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {FixedPointMathLib as Math} from "solady/utils/FixedPointMathLib.sol";
import {SafeCastLib} from "solady/utils/SafeCastLib.sol";
import {SafeTransferLib} from "solady/utils/SafeTransferLib.sol";

import {IPoolIncidents} from "../interfaces/IPool.sol";
import {DayBucket} from "../libraries/DayBucket.sol";
import {CoverId} from "../types/CoverId.sol";
import {PoolLoss} from "./PoolLoss.sol";
import {Capital, LOSS_CLOSED, LOSS_FINAL, Loss, PolicyWord} from "./PoolWords.sol";

/// @title After a loss: the claim window ends, the ended market's premium goes back
/// @notice Anyone may do it; each step is done once for an incident, or once for a policy.
abstract contract PoolClosing is PoolLoss {
    using SafeCastLib for uint256;

    /// @dev No cover ends later than this from its last change.
    uint256 private constant MAX_COVER_DAYS = 366;

    /// @inheritdoc IPoolIncidents
    function closeIncident(uint256 incident) external nonReentrant {
        Loss storage l = _losses[incident];
        if (l.stage != LOSS_FINAL) revert IncidentNotFinal(incident);
        if (block.timestamp <= l.claimsUntil) revert ClaimWindowOpen(l.claimsUntil);
        // r2 = min(1, reserve / proven claims), the claims at the severity that became final.
        uint256 share = l.share;
        uint256 whole = l.severity == 0 ? 0 : uint256(l.finalSeverity) * 1e8 / l.severity;
        if (l.proven != 0) share = Math.max(share, Math.min(whole, Math.fullMulDiv(l.moved, 1e8, l.proven)));
        uint256 owed = Math.max(l.paid, Math.fullMulDivUp(l.proven, share, 1e8));
        uint256 left = Math.zeroFloorSub(l.moved, owed);
        _leaveShort(l);
        l.stage = LOSS_CLOSED;
        l.share = uint32(share);
        l.salvage += uint96(left);
        l.moved -= uint96(left);
        _updateShort(_loadCapital());
        emit IncidentReleased(incident, left);
        _tip();
    }

    /// @inheritdoc IPoolIncidents
    function unwindStream(uint256 incident) external nonReentrant {
        Loss storage l = _losses[incident];
        if (l.stage != LOSS_FINAL && l.stage != LOSS_CLOSED) revert IncidentNotFinal(incident);
        if (l.unwoundAt != 0) revert StreamUnwound(incident);
        l.unwoundAt = uint40(block.timestamp);
        Capital memory c = _loadCapital();
        uint256 lost = l.finalSeverity;
        uint256 refundable;
        uint256 today = block.timestamp / DAY;
        for (uint256 day = today + 1; day <= today + MAX_COVER_DAYS; ++day) {
            if (DayBucket.unwrap(_buckets[l.key][day]) == 0) continue;
            uint256 rate = _buckets[l.key][day].rate();
            uint256 back = rate - rate * lost / 1e8;
            refundable += _refundOf(rate, day, block.timestamp, lost);
            c.rate -= back;
            _moveRateEnding(day, 0, back);
        }
        c.unearned -= refundable;
        c.streamChanged = true;
        _refunds += refundable.toUint96();
        _refreshUtilisation(c);
        _storeCapital(c);
        emit StreamUnwoundOf(incident, refundable);
        _tip();
    }

    /// @inheritdoc IPoolIncidents
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

    /// @dev (1 - severity) x rate x time left, rounded down.
    function _refundOf(uint256 rate, uint256 day, uint256 from, uint256 severity)
        private
        pure
        returns (uint256)
    {
        return (rate * (day * DAY - from) * (1e8 - severity) / 1e8) >> 16;
    }
}
