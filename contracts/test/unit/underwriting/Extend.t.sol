// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IncidentState} from "../../../src/interfaces/IIncidentBoard.sol";
import {IPoolEvents} from "../../../src/interfaces/IPoolEvents.sol";
import {PoolState} from "../../../src/interfaces/IPoolTypes.sol";
import {CoverId, toCoverId} from "../../../src/types/CoverId.sol";
import {OP_EXTEND} from "../../../src/types/MarketStatus.sol";
import {UnderwritingFixture} from "../../support/UnderwritingFixture.sol";

contract ExtendTest is UnderwritingFixture {
    CoverId internal id;
    uint256 internal end;

    function setUp() public override {
        super.setUp();
        id = buyCover(market, holder, 50_000, 30);
        end = pool.policy(id).end;
        asset.mint(keeper, 1e6 * unit());
        vm.prank(keeper);
        asset.approve(address(pool), type(uint256).max);
    }

    function test_WhenExtended_MovesTheEndAndChargesTheQuote() public {
        uint256 price = pool.quoteExtension(id, 30).premium;
        uint256 premium = _extend(30);
        assertEq(premium, price);
        assertEq(asset.balanceOf(keeper), 1e6 * unit() - premium);
        assertEq(pool.policy(id).end, end + 30 days);
        assertSolvent(0);
    }

    function test_WhenExtended_ChangesNoExposure() public {
        PoolState memory before = pool.state();
        _extend(30);
        PoolState memory s = pool.state();
        assertEq(s.variance, before.variance);
        assertEq(s.totalCover, before.totalCover);
    }

    function test_WhenExtended_StreamsToTheNewEnd() public {
        vm.warp(block.timestamp + 5 days);
        _extend(30);
        PoolState memory s = pool.state();
        assertLe(s.streamRate * (end + 30 days - block.timestamp) >> 16, s.unearned, "STREAM-1");
        vm.warp(end + 30 days);
        s = pool.state();
        assertEq(s.unearned, 0);
        assertEq(s.streamRate, 0);
    }

    function test_WhenExtended_CoverLeavesAfterTheNewEnd() public {
        _extend(30);
        vm.warp(end + 30 days + 8 days - 1);
        pool.poke(market, type(uint256).max);
        assertEq(pool.state().totalCover, 50_000 * unit());
        vm.warp(end + 30 days + 8 days);
        pool.poke(market, type(uint256).max);
        assertEq(pool.state().totalCover, 0);
    }

    function test_WhenExactlyAWaitingPeriodIsLeft_Extends() public {
        vm.warp(end - 72 hours);
        refreshCards(market);
        _extend(1);
        assertEq(pool.policy(id).end, end + 1 days);
    }

    function test_RevertWhen_LessThanAWaitingPeriodIsLeft() public {
        vm.warp(end - 72 hours + 1);
        refreshCards(market);
        vm.expectRevert(abi.encodeWithSelector(IPoolEvents.ExtensionTooLate.selector, id, end - 72 hours));
        _extend(30);
    }

    function test_RevertWhen_PremiumIsAboveMax() public {
        uint256 price = pool.quoteExtension(id, 30).premium;
        vm.expectRevert(abi.encodeWithSelector(IPoolEvents.PremiumAboveMax.selector, price, 1));
        vm.prank(keeper);
        pool.extend(id, 30, 1);
    }

    function test_RevertWhen_NoDaysAreAdded() public {
        vm.expectPartialRevert(IPoolEvents.TermOutOfBounds.selector);
        _extend(0);
    }

    function test_RevertWhen_TheEndIsMoreThanAYearAway() public {
        vm.expectPartialRevert(IPoolEvents.TermOutOfBounds.selector);
        _extend(332);
        _extend(331);
    }

    function test_RevertWhen_ThePolicyIsVoid() public {
        vm.prank(holder);
        pool.cancel(id);
        vm.expectPartialRevert(IPoolEvents.PolicyNotActive.selector);
        _extend(30);
    }

    function test_RevertWhen_ThePolicyWasPaid() public {
        vm.warp(pool.policy(id).start);
        hold(holder, 50_000 * unit());
        fail(market, 1e8);
        pool.pay(id);
        vm.expectPartialRevert(IPoolEvents.PolicyNotActive.selector);
        _extend(30);
    }

    function test_RevertWhen_ThePolicyDoesNotExist() public {
        CoverId missing = toCoverId(pool.poolIndex(), id.sequence() + 1);
        vm.expectPartialRevert(IPoolEvents.PolicyNotActive.selector);
        pool.extend(missing, 30, type(uint96).max);
    }

    function test_RevertWhen_ThePolicyIsOfAnotherPool() public {
        CoverId other = toCoverId(9, id.sequence());
        vm.expectRevert(abi.encodeWithSelector(IPoolEvents.PolicyOfAnotherPool.selector, other));
        pool.extend(other, 30, type(uint96).max);
    }

    function test_RevertWhen_ExtendingIsClosed() public {
        registry.close(market, OP_EXTEND);
        vm.expectPartialRevert(IPoolEvents.OperationClosed.selector);
        _extend(30);
        buyCover(market, holder, 1000, 30);
    }

    function test_RevertWhen_TheMarketIsSuspect() public {
        find(market, IncidentState.Suspect, block.timestamp, 0);
        vm.expectPartialRevert(IPoolEvents.OperationClosed.selector);
        _extend(30);
    }

    function test_RevertWhen_TheCardIsStale() public {
        vm.warp(block.timestamp + 30 days + 1);
        vm.expectPartialRevert(IPoolEvents.CardStale.selector);
        _extend(30);
    }

    function test_RevertWhen_ThePoolWindsDown() public {
        pool.startWindDown();
        vm.expectRevert(IPoolEvents.PoolWindingDown.selector);
        _extend(30);
    }

    function test_WhenExtendedDaily_NeverCheaperThanAtOnce() public {
        uint256 snapshot = vm.snapshotState();
        uint256 atOnce = _extend(10);
        vm.revertToState(snapshot);
        uint256 sum;
        for (uint256 i; i < 10; ++i) {
            sum += _extend(1);
        }
        assertGe(sum, atOnce);
        assertLe(sum, atOnce + 40);
    }

    function _extend(uint16 addDays) private returns (uint256) {
        vm.prank(keeper);
        return pool.extend(id, addDays, type(uint96).max);
    }
}
