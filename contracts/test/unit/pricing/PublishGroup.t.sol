// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {GroupCardMessage, IRiskOracle} from "../../../src/interfaces/IRiskOracle.sol";
import {GroupCard} from "../../../src/types/RiskCards.sol";
import {OracleFixture} from "../../support/OracleFixture.sol";

contract PublishGroupTest is OracleFixture {
    function test_WhenFirst_StoresEveryField() public {
        GroupCardMessage memory card = typicalGroup(SOFT);
        vm.expectEmit(address(oracle));
        emit IRiskOracle.GroupCardPublished(SOFT, card);
        publish(card);
        assertStored(card, 0);
    }

    function test_WhenAlerted_KeepsTheAlert() public {
        uint40 until = uint40(block.timestamp + 2 days);
        vm.prank(guardian);
        oracle.alertGroup(SOFT, until);
        publish(typicalGroup(SOFT));
        assertStored(typicalGroupStored(), until);
        publish(typicalGroup(SOFT));
        assertEq(groupCard(SOFT).alertUntil(), until);
        assertEq(groupCard(SOFT).nonce(), 2);
    }

    /// An alert before the first card does not make the first card count as a move.
    function test_WhenAlertedBeforeTheFirstCard_OnlyBoundsApply() public {
        vm.prank(guardian);
        oracle.alertGroup(SOFT, uint40(block.timestamp + 1));
        GroupCardMessage memory card = typicalGroup(SOFT);
        (card.s, card.cap) = (1e8, 200_000);
        publish(card);
        assertStored(card, block.timestamp + 1);
    }

    function test_WhenHard_TheCapIsAtMostAllCapital() public {
        GroupCardMessage memory card = typicalGroup(HARD);
        card.cap = 10_000;
        publish(card);
        assertStored(card, 0);
        card = typicalGroup(HARD);
        card.cap = 10_001;
        expectOutOfBounds(card, "cap", 10_001, 1, 10_000);
    }

    function test_RevertWhen_SoftCapOutOfBounds() public {
        GroupCardMessage memory card = typicalGroup(SOFT);
        card.cap = 200_001;
        expectOutOfBounds(card, "cap", 200_001, 1, 200_000);
        card.cap = 0;
        expectOutOfBounds(card, "cap", 0, 1, 200_000);
    }

    function test_RevertWhen_GroupIsZero() public {
        expectOutOfBounds(typicalGroup(0), "group", 0, 1, type(uint16).max);
    }

    function test_RevertWhen_SOutOfBounds() public {
        GroupCardMessage memory card = typicalGroup(SOFT);
        card.s = 9999;
        expectOutOfBounds(card, "s", 9999, 1e4, 1e8);
        card.s = 1e8 + 1;
        expectOutOfBounds(card, "s", 1e8 + 1, 1e4, 1e8);
    }

    function test_RevertWhen_Expired() public {
        GroupCardMessage memory card = typicalGroup(SOFT);
        card.validUntil = uint40(block.timestamp);
        expectRefused(card, abi.encodeWithSelector(IRiskOracle.CardExpired.selector, block.timestamp));
    }

    function test_RevertWhen_ValidForTooLong() public {
        GroupCardMessage memory card = typicalGroup(SOFT);
        uint256 max = block.timestamp + 30 days;
        card.validUntil = uint40(max + 1);
        expectRefused(card, abi.encodeWithSelector(IRiskOracle.CardValidTooLong.selector, max + 1, max));
    }

    function test_RevertWhen_NonceNotNext() public {
        publish(typicalGroup(SOFT));
        GroupCardMessage memory card = typicalGroup(SOFT);
        card.nonce = 1;
        expectRefused(card, abi.encodeWithSelector(IRiskOracle.NonceNotNext.selector, 1, 2));
    }

    function test_RevertWhen_MovesTooFast() public {
        publish(typicalGroup(SOFT));
        GroupCardMessage memory card = typicalGroup(SOFT);
        card.s = 249_999;
        expectTooFast(card, "s", 249_999, 250_000, 2_000_000);
        card.s = 2_000_001;
        expectTooFast(card, "s", 2_000_001, 250_000, 2_000_000);
        (card.s, card.cap) = (500_000, 16_001);
        expectTooFast(card, "cap", 16_001, 2000, 16_000);
        card.cap = 1999;
        expectTooFast(card, "cap", 1999, 2000, 16_000);
    }

    /// Every field anywhere about its bounds, the first card of a group: in force only what is within all of them.
    function testFuzz_WhatIsInForceIsWithinTheBounds(bool hard, uint256 field, uint256 value) public {
        uint16 id = hard ? HARD : SOFT;
        uint256 most = hard ? 10_000 : 200_000;
        GroupCardMessage memory card = typicalGroup(id);
        field = bound(field, 0, 2);
        if (field == 0) card.s = uint32(bound(value, 0, 2e8));
        else if (field == 1) card.cap = uint32(bound(value, 0, 2 * most));
        else card.validUntil = uint40(block.timestamp + bound(value, 0, 60 days));
        (bool published,) =
            address(oracle).call(abi.encodeCall(oracle.publishGroup, (card, signed(digestOf(card)))));
        bool within = card.s >= 1e4 && card.s <= 1e8 && card.cap >= 1 && card.cap <= most
            && card.validUntil > block.timestamp && card.validUntil <= block.timestamp + 30 days;
        assertEq(published, within, "CARD-1");
        if (within) assertStored(card, 0);
        else assertEq(GroupCard.unwrap(groupCard(id)), 0, "CARD-1");
    }

    function typicalGroupStored() internal view returns (GroupCardMessage memory card) {
        card = typicalGroup(SOFT);
        card.nonce -= 1;
    }

    function groupCard(uint16 id) internal view returns (GroupCard) {
        return oracle.inputs(MARKET, id).group0;
    }

    function assertStored(GroupCardMessage memory card, uint256 alertUntil) internal view {
        GroupCard stored = groupCard(card.group);
        assertEq(stored.s(), card.s);
        assertEq(stored.cap(), card.cap);
        assertEq(stored.validUntil(), card.validUntil);
        assertEq(stored.alertUntil(), alertUntil);
        assertEq(stored.nonce(), card.nonce);
        assertEq(oracle.groupNonce(card.group), card.nonce);
    }

    function expectOutOfBounds(
        GroupCardMessage memory card,
        string memory field,
        uint256 value,
        uint256 min,
        uint256 max
    ) internal {
        expectRefused(
            card, abi.encodeWithSelector(IRiskOracle.CardOutOfBounds.selector, field, value, min, max)
        );
    }

    function expectTooFast(
        GroupCardMessage memory card,
        string memory field,
        uint256 value,
        uint256 min,
        uint256 max
    ) internal {
        expectRefused(
            card, abi.encodeWithSelector(IRiskOracle.CardMovesTooFast.selector, field, value, min, max)
        );
    }

    function expectRefused(GroupCardMessage memory card, bytes memory reason) internal {
        bytes[] memory signatures = signed(digestOf(card));
        vm.expectRevert(reason);
        oracle.publishGroup(card, signatures);
    }
}
