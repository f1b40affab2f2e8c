// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {FixedPointMathLib as Math} from "solady/utils/FixedPointMathLib.sol";

import {PoolBase} from "./PoolBase.sol";

/// @title How long escrow waits and what holds it back
/// @notice Escrow of a day waits one raise window and a day of grace, and longer while an incident could take it.
abstract contract PoolEscrow is PoolBase {
    /// @dev After R, so that an incident raised in the last moment is always seen before an escrow is paid.
    uint256 private constant ESCROW_GRACE = 1;

    /// @dev What open incidents could still take from a tranche's escrow: all of it may be needed for junior as soon as
    /// anything is held, for senior only what junior's live capital does not bear.
    function _reachOf(bool senior) internal view returns (uint256) {
        if (!senior) return _held;
        return Math.zeroFloorSub(_held, _loadCapital().junior);
    }

    /// @dev A batch holds strikes of a whole day; its wait counts from the day's end.
    function _escrowMatures(uint256 day) internal view returns (uint256) {
        return (day + 1 + _raiseWindowDays() + ESCROW_GRACE) * DAY;
    }
}
