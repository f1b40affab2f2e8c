// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IRiskOracle, MarketCardMessage} from "../../../src/interfaces/IRiskOracle.sol";
import {MarketId} from "../../../src/types/MarketId.sol";
import {RiskCard} from "../../../src/types/RiskCards.sol";
import {OracleFixture} from "../../support/OracleFixture.sol";

contract PublishMarketTest is OracleFixture {
    function test_WhenFirst_StoresEveryField() public {
        MarketCardMessage memory card = typicalMarket();
        vm.expectEmit(address(oracle));
        emit IRiskOracle.MarketCardPublished(MARKET, card);
        publish(card);
        assertStored(card);
    }

    function test_WhenNext_ReplacesTheCard() public {
        publish(typicalMarket());
        vm.warp(START + 1 hours);
        MarketCardMessage memory card = typicalMarket();
        (card.el, card.v, card.maxShare, card.maxCover) = (3_000_000, 900_000, 1000, 1_500_000);
        (card.w[0], card.w[1]) = (1000, 10_000);
        publish(card);
        assertEq(card.nonce, 2);
        assertStored(card);
    }

    function test_WhenAtTheBounds_IsAccepted() public {
        MarketCardMessage memory card = typicalMarket();
        (card.el, card.v, card.maxShare, card.maxCover) = (250_000, 1e4, 1, 1);
        card.w = [uint16(100), 0, 0, 0];
        card.validUntil = uint40(block.timestamp + 1);
        publish(card);
        card = typicalMarket();
        card.market = MarketId.wrap(bytes32(uint256(1)));
        (card.el, card.v, card.maxShare, card.maxCover) = (1e8, 1e8, 2500, type(uint48).max);
        (card.w, card.nonce) = ([uint16(10_000), 10_000, 10_000, 10_000], 1);
        card.validUntil = uint40(block.timestamp + 30 days);
        publish(card);
        assertStored(card);
    }

    function test_WhenTheOldCardIsStale_TheNextIsTakenStill() public {
        publish(typicalMarket());
        vm.warp(START + 400 days);
        publish(typicalMarket());
        assertEq(oracle.marketNonce(MARKET), 2);
    }

    function test_RevertWhen_ElOutOfBounds() public {
        MarketCardMessage memory card = typicalMarket();
        card.el = 249_999;
        expectOutOfBounds(card, "el", 249_999, 250_000, 1e8);
        card.el = 1e8 + 1;
        expectOutOfBounds(card, "el", 1e8 + 1, 250_000, 1e8);
    }

    function test_RevertWhen_VOutOfBounds() public {
        MarketCardMessage memory card = typicalMarket();
        card.v = 9999;
        expectOutOfBounds(card, "v", 9999, 1e4, 1e8);
        card.v = 1e8 + 1;
        expectOutOfBounds(card, "v", 1e8 + 1, 1e4, 1e8);
    }

    function test_RevertWhen_AnyWOutOfBounds(uint256 index) public {
        index = bound(index, 0, 3);
        MarketCardMessage memory card = typicalMarket();
        card.w[index] = 99;
        expectOutOfBounds(card, "w", 99, 100, 1e4);
        card.w[index] = 10_001;
        expectOutOfBounds(card, "w", 10_001, 100, 1e4);
    }

    function test_RevertWhen_MaxShareOutOfBounds() public {
        MarketCardMessage memory card = typicalMarket();
        card.maxShare = 0;
        expectOutOfBounds(card, "maxShare", 0, 1, 2500);
        card.maxShare = 2501;
        expectOutOfBounds(card, "maxShare", 2501, 1, 2500);
    }

    function test_RevertWhen_MaxCoverZero() public {
        MarketCardMessage memory card = typicalMarket();
        card.maxCover = 0;
        expectOutOfBounds(card, "maxCover", 0, 1, type(uint48).max);
    }

    function test_RevertWhen_Expired() public {
        MarketCardMessage memory card = typicalMarket();
        card.validUntil = uint40(block.timestamp);
        expectRefused(card, abi.encodeWithSelector(IRiskOracle.CardExpired.selector, block.timestamp));
    }

    function test_RevertWhen_ValidForTooLong() public {
        MarketCardMessage memory card = typicalMarket();
        uint256 max = block.timestamp + 30 days;
        card.validUntil = uint40(max + 1);
        expectRefused(card, abi.encodeWithSelector(IRiskOracle.CardValidTooLong.selector, max + 1, max));
    }

    function test_RevertWhen_NonceNotNext() public {
        MarketCardMessage memory card = typicalMarket();
        card.nonce = 0;
        expectRefused(card, abi.encodeWithSelector(IRiskOracle.NonceNotNext.selector, 0, 1));
        card.nonce = 2;
        expectRefused(card, abi.encodeWithSelector(IRiskOracle.NonceNotNext.selector, 2, 1));
    }

    function test_RevertWhen_ElMovesTooFast() public {
        publish(typicalMarket());
        MarketCardMessage memory card = typicalMarket();
        card.el = 8_000_001;
        expectTooFast(card, "el", 8_000_001, 1_000_000, 8_000_000);
        card.el = 999_999;
        expectTooFast(card, "el", 999_999, 1_000_000, 8_000_000);
    }

    function test_RevertWhen_VMovesTooFast() public {
        publish(typicalMarket());
        MarketCardMessage memory card = typicalMarket();
        card.v = 4_000_001;
        expectTooFast(card, "v", 4_000_001, 500_000, 4_000_000);
    }

    function test_RevertWhen_WMovesTooFast() public {
        publish(typicalMarket());
        MarketCardMessage memory card = typicalMarket();
        card.w[0] = 999;
        expectTooFast(card, "w", 999, 1000, 8000);
    }

    function test_RevertWhen_WBecomesZero() public {
        publish(typicalMarket());
        MarketCardMessage memory card = typicalMarket();
        card.w[1] = 0;
        expectTooFast(card, "w", 0, 2500, 20_000);
        vm.warp(START + 30 days);
        card = typicalMarket();
        card.w[1] = 0;
        expectTooFast(card, "w", 0, 2500, 20_000);
    }

    function test_RevertWhen_WBecomesNonzero() public {
        publish(typicalMarket());
        vm.warp(START + 30 days);
        MarketCardMessage memory card = typicalMarket();
        card.w[3] = 100;
        expectTooFast(card, "w", 100, 0, 0);
    }

    function test_RevertWhen_CapsMoveTooFast() public {
        MarketCardMessage memory card = typicalMarket();
        (card.maxShare, card.maxCover) = (1000, 1_000_001);
        publish(card);
        card = typicalMarket();
        (card.maxShare, card.maxCover) = (2001, 1_000_001);
        expectTooFast(card, "maxShare", 2001, 250, 2000);
        (card.maxShare, card.maxCover) = (249, 1_000_001);
        expectTooFast(card, "maxShare", 249, 250, 2000);
        (card.maxShare, card.maxCover) = (1000, 2_000_003);
        expectTooFast(card, "maxCover", 2_000_003, 250_001, 2_000_002);
        (card.maxShare, card.maxCover) = (1000, 250_000);
        expectTooFast(card, "maxCover", 250_000, 250_001, 2_000_002);
    }

    /// A decrease sent in many small steps goes no further than one step.
    function test_RevertWhen_DecreaseInManySmallSteps() public {
        publish(typicalMarket());
        MarketCardMessage memory card;
        for (uint256 i = 1; i <= 100; ++i) {
            vm.warp(START + i * 10 minutes);
            card = typicalMarket();
            card.el = uint32(2_000_000 - i * 10_000);
            publish(card);
        }
        vm.warp(block.timestamp + 10 minutes);
        card = typicalMarket();
        card.el = 999_999;
        expectTooFast(card, "el", 999_999, 1_000_000, 4_000_000);
    }

    function test_WhenRaised_MayBeUndoneForADay() public {
        vm.warp(START / 12 hours * 12 hours + 5 hours);
        publish(typicalMarket());
        vm.warp(block.timestamp + 10 days);
        MarketCardMessage memory card = typicalMarket();
        card.el = 8_000_000;
        publish(card);
        vm.warp(block.timestamp + 24 hours);
        card = typicalMarket();
        card.el = 1_000_000;
        publish(card);
        assertStored(card);
    }

    function test_RevertWhen_ARaiseIsUndoneAfterTwoDays() public {
        publish(typicalMarket());
        vm.warp(START + 10 days);
        MarketCardMessage memory card = typicalMarket();
        card.el = 8_000_000;
        publish(card);
        vm.warp(block.timestamp + 48 hours);
        card = typicalMarket();
        expectTooFast(card, "el", 2_000_000, 4_000_000, 32_000_000);
    }

    /// A day after a raise that was undone, the value of a day ago is the raised one: what is in force may stay.
    function test_WhenARaiseWasUndone_TheCardCanBeRenewed() public {
        vm.warp(START / 12 hours * 12 hours);
        publish(typicalMarket());
        vm.warp(block.timestamp + 10 days + 6 hours);
        MarketCardMessage memory card = typicalMarket();
        card.el = 8_000_000;
        publish(card);
        vm.warp(block.timestamp + 20 hours);
        publish(typicalMarket());
        for (uint256 i; i < 20; ++i) {
            vm.warp(block.timestamp + 3 hours);
            publish(typicalMarket());
        }
        assertEq(currentCard().el(), 2_000_000);
    }

    function test_WhenCautionIsNeededAgain_RisesFourfoldWithinThirtySixHours(uint256 offset) public {
        publish(typicalMarket());
        vm.warp(START + 10 days + bound(offset, 0, 24 hours));
        MarketCardMessage memory card = typicalMarket();
        card.el = 8_000_000;
        publish(card);
        vm.warp(block.timestamp + 36 hours);
        card = typicalMarket();
        card.el = 32_000_000;
        publish(card);
        assertStored(card);
    }

    function test_GasOfASteadyPublication() public {
        publish(typicalMarket());
        for (uint256 i = 1; i < 5; ++i) {
            vm.warp(START + i * 1 days);
            MarketCardMessage memory card = typicalMarket();
            card.el += uint32(i);
            bytes[] memory signatures = signed(digestOf(card));
            vm.cool(address(oracle));
            uint256 before = gasleft();
            oracle.publishMarket(card, signatures);
            if (i > 1) assertLt(before - gasleft(), 80_000);
        }
    }

    /// Every field anywhere about its bounds, the first card of a market: in force only what is within all of them.
    function testFuzz_WhatIsInForceIsWithinTheBounds(uint256 field, uint256 value) public {
        MarketCardMessage memory card = typicalMarket();
        field = bound(field, 0, 8);
        if (field == 0) card.el = uint32(bound(value, 0, 2e8));
        else if (field == 1) card.v = uint32(bound(value, 0, 2e8));
        else if (field == 2) card.maxShare = uint16(bound(value, 0, 5000));
        else if (field == 3) card.maxCover = uint48(bound(value, 0, 3));
        else if (field == 4) card.validUntil = uint40(block.timestamp + bound(value, 0, 60 days));
        else card.w[field - 5] = uint16(bound(value, 0, 20_000));
        (bool published,) =
            address(oracle).call(abi.encodeCall(oracle.publishMarket, (card, signed(digestOf(card)))));
        bool within = card.el >= 250_000 && card.el <= 1e8 && card.v >= 1e4 && card.v <= 1e8
            && card.maxShare >= 1 && card.maxShare <= 2500 && card.maxCover >= 1
            && card.validUntil > block.timestamp && card.validUntil <= block.timestamp + 30 days;
        for (uint256 i; i < 4; ++i) {
            within = within && (card.w[i] == 0 || (card.w[i] >= 100 && card.w[i] <= 1e4));
        }
        assertEq(published, within, "CARD-1");
        assertEq(oracle.marketNonce(MARKET), within ? 1 : 0, "CARD-1");
        if (within) assertStored(card);
        else assertEq(RiskCard.unwrap(currentCard()), 0, "CARD-1");
    }

    function currentCard() internal view returns (RiskCard) {
        return oracle.inputs(MARKET, 0).card;
    }

    function assertStored(MarketCardMessage memory card) internal view {
        RiskCard stored = oracle.inputs(card.market, 0).card;
        assertEq(stored.el(), card.el);
        assertEq(stored.v(), card.v);
        for (uint256 i; i < 4; ++i) {
            assertEq(stored.w(i), card.w[i]);
        }
        assertEq(stored.maxShare(), card.maxShare);
        assertEq(stored.maxCover(), card.maxCover);
        assertEq(stored.validUntil(), card.validUntil);
        assertEq(stored.nonce(), card.nonce);
        assertEq(oracle.marketNonce(card.market), card.nonce);
    }

    function expectOutOfBounds(
        MarketCardMessage memory card,
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
        MarketCardMessage memory card,
        string memory field,
        uint256 value,
        uint256 min,
        uint256 max
    ) internal {
        expectRefused(
            card, abi.encodeWithSelector(IRiskOracle.CardMovesTooFast.selector, field, value, min, max)
        );
    }

    function expectRefused(MarketCardMessage memory card, bytes memory reason) internal {
        bytes[] memory signatures = signed(digestOf(card));
        vm.expectRevert(reason);
        oracle.publishMarket(card, signatures);
    }
}
