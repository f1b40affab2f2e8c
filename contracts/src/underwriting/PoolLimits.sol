// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {FixedPointMathLib as Math} from "solady/utils/FixedPointMathLib.sol";

import {IAccessGate} from "../interfaces/IExposure.sol";
import {Incident, IncidentState} from "../interfaces/IIncidentBoard.sol";
import {IPoolDesk} from "../interfaces/IPool.sol";
import {PoolEscrow} from "./PoolEscrow.sol";
import {
    Capital,
    FLAG_GATED,
    FLAG_SHORT,
    FLAG_WINDING_DOWN,
    MARKET_ENDED,
    MARKET_KNOWN
} from "./PoolWords.sol";

/// @title What a pool takes and lets go at this moment
/// @notice Most that goes in, whether exits are open, and what waits in escrow.
/// @dev Vaults answer by it what the standards ask: never more than would succeed.
abstract contract PoolLimits is PoolEscrow, IPoolDesk {
    /// @dev As many as a payment takes note of by itself.
    uint256 private constant INCIDENTS_AHEAD = 8;

    /// @inheritdoc IPoolDesk
    function maxDeposit(bool senior) external view nonReadReentrant returns (uint256) {
        if (_facts.flags & (FLAG_WINDING_DOWN | FLAG_SHORT) != 0) return 0;
        Capital memory c = _loadCapital();
        uint256 room = Math.zeroFloorSub(MAX_TRANCHE, senior ? c.senior : c.junior);
        if (!senior) return room;
        uint256 most = c.junior * 1e4 / _facts.minJuniorBps;
        return Math.min(room, Math.zeroFloorSub(most, c.junior + c.senior));
    }

    /// @inheritdoc IPoolDesk
    function mayDeposit(address account) external view returns (bool) {
        if (_facts.flags & FLAG_GATED == 0) return true;
        try IAccessGate(_accessGate).allows(address(this), account, "deposit") returns (bool allowed) {
            return allowed;
        } catch {
            return false;
        }
    }

    /// @inheritdoc IPoolDesk
    function exitsOpen(bool senior) external view nonReadReentrant returns (bool) {
        if (_facts.flags & FLAG_SHORT != 0 || _reachOf(senior) != 0) return false;
        uint256 count = BOARD.incidentCount();
        if (count > _syncedIncidents + INCIDENTS_AHEAD) return false;
        for (uint256 at = _syncedIncidents + 1; at <= count; ++at) {
            Incident memory i = BOARD.incident(at);
            uint8 flags = _markets[i.market].flags();
            if (flags & (MARKET_KNOWN | MARKET_ENDED) == MARKET_KNOWN && i.state != IncidentState.Rejected) {
                return false;
            }
        }
        return true;
    }

    /// @inheritdoc IPoolDesk
    function escrowOf(bool senior, uint256 day)
        external
        view
        returns (uint256 assets, uint256 units, uint256 maturesAt)
    {
        uint256 word = _escrow[senior][day];
        return (uint128(word), word >> 128, _escrowMatures(day));
    }
}
