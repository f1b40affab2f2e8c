// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IncidentState} from "../interfaces/IIncidentBoard.sol";

/// @notice All of an incident that a move reads and writes, in one word: number u24 (bits 0-23) | raise window in days u8
/// (24-31) | state u8 (32-39) | route's number u8 (40-47) | event time u40 (48-87) | time of the last change of state u40
/// (88-127) | severity u32, 1e8 = 100 % (128-159) | bond u96 (160-255).
type IncidentWord is uint256;

using IncidentWordLib for IncidentWord global;

/// @notice Packs, reads and moves an incident's word. The word of a market without incident is 0.
library IncidentWordLib {
    function pack(
        uint24 number_,
        uint8 windowDays_,
        IncidentState state_,
        uint8 route_,
        uint40 eventTime_,
        uint40 changedAt_,
        uint32 severity_,
        uint96 bond_
    ) internal pure returns (IncidentWord) {
        uint256 x = uint256(number_) | (uint256(windowDays_) << 24) | (uint256(state_) << 32);
        x |= (uint256(route_) << 40) | (uint256(eventTime_) << 48) | (uint256(changedAt_) << 88);
        x |= (uint256(severity_) << 128) | (uint256(bond_) << 160);
        return IncidentWord.wrap(x);
    }

    /// @notice The same incident after a move.
    function moved(
        IncidentWord w,
        IncidentState state_,
        uint8 route_,
        uint40 eventTime_,
        uint40 changedAt_,
        uint32 severity_,
        uint96 bond_
    ) internal pure returns (IncidentWord) {
        return pack(
            uint24(number(w)),
            uint8(IncidentWord.unwrap(w) >> 24),
            state_,
            route_,
            eventTime_,
            changedAt_,
            severity_,
            bond_
        );
    }

    function number(IncidentWord w) internal pure returns (uint256) {
        return uint24(IncidentWord.unwrap(w));
    }

    function raiseWindow(IncidentWord w) internal pure returns (uint256) {
        return uint256(uint8(IncidentWord.unwrap(w) >> 24)) * 1 days;
    }

    function state(IncidentWord w) internal pure returns (IncidentState) {
        return IncidentState(uint8(IncidentWord.unwrap(w) >> 32));
    }

    function route(IncidentWord w) internal pure returns (uint8) {
        return uint8(IncidentWord.unwrap(w) >> 40);
    }

    function eventTime(IncidentWord w) internal pure returns (uint40) {
        return uint40(IncidentWord.unwrap(w) >> 48);
    }

    /// @notice Of a suspicion, this is when it was raised.
    function changedAt(IncidentWord w) internal pure returns (uint40) {
        return uint40(IncidentWord.unwrap(w) >> 88);
    }

    function severity(IncidentWord w) internal pure returns (uint32) {
        return uint32(IncidentWord.unwrap(w) >> 128);
    }

    function bond(IncidentWord w) internal pure returns (uint96) {
        return uint96(IncidentWord.unwrap(w) >> 160);
    }
}
