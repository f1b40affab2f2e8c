// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {FixedPointMathLib as Math} from "solady/utils/FixedPointMathLib.sol";

import {IPoolIncidents} from "../interfaces/IPool.sol";
import {PoolLoss} from "./PoolLoss.sol";
import {LOSS_CLOSED, LOSS_FINAL, Loss} from "./PoolWords.sol";

/// @title After a loss: the claim window ends
/// @notice Anyone may do it, once for an incident.
abstract contract PoolClosing is PoolLoss {
    /// @inheritdoc IPoolIncidents
    function closeIncident(uint256 incident) external nonReentrant {
        Loss storage l = _losses[incident];
        if (l.stage != LOSS_FINAL) revert IncidentNotFinal(incident);
        if (block.timestamp <= l.claimsUntil) revert ClaimWindowOpen(l.claimsUntil);
        if (_isShort(l)) {
            if (_held != 0 || _confirmed != 0) revert IncidentStillOwed(incident);
            // What the others let go is taken before the claim to it ends.
            _topUp(incident, l);
        }
        // r2 = min(1, reserve / proven claims), the claims at the severity that became final.
        uint256 share = l.share;
        uint256 whole = l.severity == 0 ? 0 : uint256(l.finalSeverity) * 1e8 / l.severity;
        if (l.proven != 0) {
            share = Math.max(share, Math.min(whole, Math.fullMulDiv(_reserved(l), 1e8, l.proven)));
        }
        uint256 owed = Math.max(l.paid, l.early + Math.fullMulDivUp(l.proven, share, 1e8));
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
}
