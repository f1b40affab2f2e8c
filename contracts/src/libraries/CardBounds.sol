// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {
    GroupCardMessage,
    IRiskOracle,
    MarketCardMessage,
    PoolCardMessage
} from "../interfaces/IRiskOracle.sol";
import {HARD_GROUP} from "../types/MarketStatus.sol";

/// @title Immutable bounds of risk cards
/// @notice Refuses a card outside them with the field's name, its value and what is allowed.
library CardBounds {
    uint256 internal constant MIN_EL = 250_000;
    uint256 internal constant MIN_VARIANCE = 1e4;
    uint256 internal constant MAX_RATE = 1e8;
    uint256 internal constant MIN_WEIGHT = 100;
    uint256 internal constant MAX_WEIGHT = 1e4;
    uint256 internal constant MAX_SHARE = 2500;
    uint256 internal constant MAX_HARD_CAP = 10_000;
    uint256 internal constant MAX_SOFT_CAP = 200_000;
    uint32 internal constant MIN_Z = 35_000;
    uint32 internal constant MAX_Z = 75_000;
    uint256 internal constant MAX_SENIOR_EL = 10_000;
    uint40 internal constant MAX_VALIDITY = 30 days;

    function check(MarketCardMessage calldata card) internal view {
        bound("el", card.el, MIN_EL, MAX_RATE);
        bound("v", card.v, MIN_VARIANCE, MAX_RATE);
        for (uint256 i; i < 4; ++i) {
            if (card.w[i] != 0) bound("w", card.w[i], MIN_WEIGHT, MAX_WEIGHT);
        }
        bound("maxShare", card.maxShare, 1, MAX_SHARE);
        bound("maxCover", card.maxCover, 1, type(uint48).max);
        validity(card.validUntil);
    }

    function check(GroupCardMessage calldata card) internal view {
        group(card.group);
        bound("s", card.s, MIN_VARIANCE, MAX_RATE);
        bound("cap", card.cap, 1, card.group & HARD_GROUP == 0 ? MAX_SOFT_CAP : MAX_HARD_CAP);
        validity(card.validUntil);
    }

    function check(PoolCardMessage calldata card) internal view {
        bound("z", card.z, MIN_Z, MAX_Z);
        bound("elSenior", card.elSenior, 0, MAX_SENIOR_EL);
        validity(card.validUntil);
    }

    function group(uint16 id) internal pure {
        bound("group", id, 1, type(uint16).max);
    }

    function validity(uint40 validUntil) private view {
        uint40 time = uint40(block.timestamp);
        if (validUntil <= time) revert IRiskOracle.CardExpired(validUntil);
        if (validUntil > time + MAX_VALIDITY) {
            revert IRiskOracle.CardValidTooLong(validUntil, time + MAX_VALIDITY);
        }
    }

    function bound(string memory field, uint256 value, uint256 least, uint256 most) private pure {
        if (value < least || value > most) revert IRiskOracle.CardOutOfBounds(field, value, least, most);
    }
}
