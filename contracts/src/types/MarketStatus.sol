// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice What a pool needs of a market, in one word:
/// groups 4 x u16 (bits 0-63) | closed operations u8 (64-71) | phase u8 (72-79) | closed until u40 (80-119)
/// | waiting hours u16 (120-135) | deductible bps u16 (136-151) | raise window in days u8 (152-159)
/// | claim window in days u16 (160-175) | registered u8 (176-183) | halted operations u8 (184-191).
/// An unused group is 0; no group has id 0. Closed operations are closed for a while, halted ones until opened again.
type MarketStatus is uint256;

/// @dev Operations that can be closed, one bit each. None of them touches claims.
uint8 constant OP_BUY = 1;
uint8 constant OP_EXTEND = 2;
uint8 constant OP_ALL = 3;

/// @dev Phases of a market.
uint8 constant PHASE_OPEN = 0;
uint8 constant PHASE_SUSPECT = 1;
uint8 constant PHASE_ENDED = 2;

/// @dev A group id with this bit set is hard: a total loss of all its markets must be payable.
uint16 constant HARD_GROUP = 0x8000;

using MarketStatusLib for MarketStatus global;

/// @notice Packs, reads and changes a market's status. The word of a market that is not registered is 0.
library MarketStatusLib {
    function groups(MarketStatus s) internal pure returns (uint64) {
        return uint64(MarketStatus.unwrap(s));
    }

    function closedOperations(MarketStatus s) internal pure returns (uint8) {
        return uint8(MarketStatus.unwrap(s) >> 64);
    }

    function phase(MarketStatus s) internal pure returns (uint8) {
        return uint8(MarketStatus.unwrap(s) >> 72);
    }

    /// @notice End of the time-limited closure of the closed operations.
    function closedUntil(MarketStatus s) internal pure returns (uint40) {
        return uint40(MarketStatus.unwrap(s) >> 80);
    }

    function waitingPeriod(MarketStatus s) internal pure returns (uint256) {
        return uint256(uint16(MarketStatus.unwrap(s) >> 120)) * 1 hours;
    }

    function deductibleBps(MarketStatus s) internal pure returns (uint256) {
        return uint16(MarketStatus.unwrap(s) >> 136);
    }

    function raiseWindow(MarketStatus s) internal pure returns (uint256) {
        return uint256(uint8(MarketStatus.unwrap(s) >> 152)) * 1 days;
    }

    function claimWindow(MarketStatus s) internal pure returns (uint256) {
        return uint256(uint16(MarketStatus.unwrap(s) >> 160)) * 1 days;
    }

    function registered(MarketStatus s) internal pure returns (bool) {
        return uint8(MarketStatus.unwrap(s) >> 176) != 0;
    }

    /// @notice Operations closed without limit, until they are opened again.
    function haltedOperations(MarketStatus s) internal pure returns (uint8) {
        return uint8(MarketStatus.unwrap(s) >> 184);
    }

    /// @notice Whether `operation` may be done at `time`.
    function allows(MarketStatus s, uint8 operation, uint256 time) internal pure returns (bool) {
        if (!registered(s) || phase(s) != PHASE_OPEN || haltedOperations(s) & operation != 0) return false;
        return closedOperations(s) & operation == 0 || time >= closedUntil(s);
    }

    /// @notice Status of a market that is registered, open, and has all its operations.
    function pack(
        uint64 groups_,
        uint16 waitingHours,
        uint16 deductibleBps_,
        uint8 raiseWindowDays,
        uint16 claimWindowDays
    ) internal pure returns (MarketStatus) {
        uint256 x = uint256(groups_) | (uint256(waitingHours) << 120) | (uint256(deductibleBps_) << 136);
        x |= (uint256(raiseWindowDays) << 152) | (uint256(claimWindowDays) << 160) | (uint256(1) << 176);
        return MarketStatus.wrap(x);
    }

    function withPhase(MarketStatus s, uint8 phase_) internal pure returns (MarketStatus) {
        uint256 kept = MarketStatus.unwrap(s) & ~(uint256(type(uint8).max) << 72);
        return MarketStatus.wrap(kept | (uint256(phase_) << 72));
    }

    function withClosure(MarketStatus s, uint8 operations, uint40 until)
        internal
        pure
        returns (MarketStatus)
    {
        uint256 cleared =
            (uint256(type(uint8).max) << 64) | (uint256(type(uint40).max) << 80);
        uint256 kept = MarketStatus.unwrap(s) & ~cleared;
        return MarketStatus.wrap(kept | (uint256(operations) << 64) | (uint256(until) << 80));
    }

    function withHalt(MarketStatus s, uint8 operations) internal pure returns (MarketStatus) {
        uint256 kept = MarketStatus.unwrap(s) & ~(uint256(type(uint8).max) << 184);
        return MarketStatus.wrap(kept | (uint256(operations) << 184));
    }
}
