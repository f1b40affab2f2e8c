// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {GroupCard, GroupCardLib, RiskCard, RiskCardLib} from "../../../src/types/RiskCards.sol";
import {Test} from "forge-std/Test.sol";

contract RiskCardsTest is Test {
    function test_MarketCardComesBackAsPacked(
        uint32 el,
        uint32 v,
        uint16[4] memory w,
        uint16 maxShare,
        uint48 maxCover,
        uint40 validUntil,
        uint24 nonce
    ) public pure {
        RiskCard card = RiskCardLib.pack(el, v, w, maxShare, maxCover, validUntil, nonce);
        assertEq(card.el(), el);
        assertEq(card.v(), v);
        for (uint256 i; i < 4; ++i) {
            assertEq(card.w(i), w[i]);
        }
        assertEq(card.maxShare(), maxShare);
        assertEq(card.maxCover(), maxCover);
        assertEq(card.validUntil(), validUntil);
        assertEq(card.nonce(), nonce);
    }

    function test_GroupCardComesBackAsPacked(
        uint32 s,
        uint32 cap,
        uint40 validUntil,
        uint40 alertUntil,
        uint24 nonce
    ) public pure {
        GroupCard card = GroupCardLib.pack(s, cap, validUntil, alertUntil, nonce);
        assertEq(card.s(), s);
        assertEq(card.cap(), cap);
        assertEq(card.validUntil(), validUntil);
        assertEq(card.alertUntil(), alertUntil);
        assertEq(card.nonce(), nonce);
    }

    function test_MarketCardFillsItsWord() public pure {
        uint16[4] memory w = [type(uint16).max, type(uint16).max, type(uint16).max, type(uint16).max];
        RiskCard card = RiskCardLib.pack(
            type(uint32).max,
            type(uint32).max,
            w,
            type(uint16).max,
            type(uint48).max,
            type(uint40).max,
            type(uint24).max
        );
        assertEq(RiskCard.unwrap(card), type(uint256).max);
    }
}
