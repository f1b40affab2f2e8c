// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IncidentState} from "../interfaces/IIncidentBoard.sol";

/// @notice All of an incident that a move reads and writes, in one word: number u32 (bits 0-31) | raise window in days u8
/// (32-39) | state u4 (40-43) | route's number u8 (44-51) | event time u40 (52-91) | time of the last change of state u40
/// (92-131) | severity u28, 1e8 = 100 % (132-159) | bond u96 (160-255).
type IncidentWord is uint256;

using IncidentWordLib for IncidentWord global;

/// @notice Packs, reads and moves an incident's word. The word of a market without incident is 0.
library IncidentWordLib {
    /// @notice Requires `severity_` < 2^28: the board lets at most 1e8 pass.
    function pack(
        uint32 number_,
        uint8 windowDays_,
        IncidentState state_,
        uint8 route_,
        uint40 eventTime_,
        uint40 changedAt_,
        uint32 severity_,
        uint96 bond_
    ) internal pure returns (IncidentWord) {
        uint256 x = uint256(number_) | (uint256(windowDays_) << 32) | (uint256(state_) << 40);
        x |= (uint256(route_) << 44) | (uint256(eventTime_) << 52) | (uint256(changedAt_) << 92);
        x |= (uint256(severity_) << 132) | (uint256(bond_) << 160);
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
            uint32(number(w)),
            uint8(IncidentWord.unwrap(w) >> 32),
            state_,
            route_,
            eventTime_,
            changedAt_,
            severity_,
            bond_
        );
    }

    function number(IncidentWord w) internal pure returns (uint256) {
        return uint32(IncidentWord.unwrap(w));
    }

    function raiseWindow(IncidentWord w) internal pure returns (uint256) {
        return uint256(uint8(IncidentWord.unwrap(w) >> 32)) * 1 days;
    }

    function state(IncidentWord w) internal pure returns (IncidentState) {
        return IncidentState((IncidentWord.unwrap(w) >> 40) & 0xf);
    }

    function route(IncidentWord w) internal pure returns (uint8) {
        return uint8(IncidentWord.unwrap(w) >> 44);
    }

    function eventTime(IncidentWord w) internal pure returns (uint40) {
        return uint40(IncidentWord.unwrap(w) >> 52);
    }

    /// @notice Of a suspicion, this is when it was raised.
    function changedAt(IncidentWord w) internal pure returns (uint40) {
        return uint40(IncidentWord.unwrap(w) >> 92);
    }

    function severity(IncidentWord w) internal pure returns (uint32) {
        return uint32((IncidentWord.unwrap(w) >> 132) & 0xfffffff);
    }

    function bond(IncidentWord w) internal pure returns (uint96) {
        return uint96(IncidentWord.unwrap(w) >> 160);
    }
}
