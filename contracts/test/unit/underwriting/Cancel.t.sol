// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IncidentState} from "../../../src/interfaces/IIncidentBoard.sol";
import {IPoolEvents} from "../../../src/interfaces/IPoolEvents.sol";
import {Policy, PolicyState, PoolState} from "../../../src/interfaces/IPoolTypes.sol";
import {MarketCardMessage} from "../../../src/interfaces/IRiskOracle.sol";
import {CoverId, toCoverId} from "../../../src/types/CoverId.sol";
import {PHASE_SUSPECT} from "../../../src/types/MarketStatus.sol";
import {UnderwritingFixture} from "../../support/UnderwritingFixture.sol";

contract CancelTest is UnderwritingFixture {
    CoverId internal id;
    uint256 internal premium;
    uint256 internal end;

    function setUp() public override {
        super.setUp();
        (id, premium) = buy(market, holder, 50_000 * unit(), 90);
        end = pool.policy(id).end;
    }

    function test_WhenNotStarted_IsVoidAndFreesCapacityAtOnce() public {
        _cancel();
        Policy memory p = pool.policy(id);
        assertEq(uint8(p.state), uint8(PolicyState.Void));
        assertEq(p.rate, 0);
        assertEq(pool.state().variance, 0);
        assertEq(pool.marketState(market).committed, 0);
        (uint256 weighted, uint256 unweighted,) = pool.groupState(HARD);
        assertEq(weighted + unweighted, 0);
        vm.warp(end + 10 days);
        pool.poke(market, type(uint256).max);
        assertEq(pool.marketState(market).active, 0);
        assertSolvent(0);
    }

    function test_WhenStarted_RunsToTheNextBoundary() public {
        vm.warp(pool.policy(id).start + 5 days + 7 hours);
        _cancel();
        uint256 stop = (block.timestamp / 1 days + 1) * 1 days;
        assertEq(pool.policy(id).end, stop);
        assertEq(pool.state().totalCover, 50_000 * unit());
        vm.warp(stop + 8 days);
        pool.poke(market, type(uint256).max);
        assertEq(pool.state().totalCover, 0);
        assertEq(pool.activeAt(market, stop - 1), 50_000 * unit());
        assertEq(pool.activeAt(market, stop), 0);
    }

    function test_WhenStarted_StaysClaimableForWhatHappenedBefore() public {
        vm.warp(pool.policy(id).start + 5 days);
        uint256 eventTime = block.timestamp;
        vm.warp(block.timestamp + 1 days);
        _cancel();
        hold(holder, 50_000 * unit());
        uint256 incident = find(market, IncidentState.Final, eventTime, 1e8);
        pool.settleIncident(incident);
        assertEq(pool.pay(id), 47_500 * unit());
    }

    function test_WhenCancelled_GivesTheExpectedLossPartLessTheFee() public {
        vm.warp(block.timestamp + 20 days);
        uint256 left = end - block.timestamp;
        uint256 expected = 50_000 * unit() * 2 * left / (100 * 365 days);
        uint256 unearned = pool.policy(id).rate * left >> 16;
        assertLt(expected, unearned);
        assertEq(_cancel(), expected * 9000 / 10_000);
        assertSolvent(0);
    }

    function test_WhenRiskRose_GivesNoMoreThanTheUnearnedPremium() public {
        vm.warp(block.timestamp + 2 days);
        MarketCardMessage memory c = cardOf(market);
        c.el = 8_000_000;
        publishMarket(c);
        vm.warp(block.timestamp + 2 days);
        c = cardOf(market);
        c.el = 32_000_000;
        publishMarket(c);
        uint256 unearned = pool.policy(id).rate * (end - block.timestamp) >> 16;
        assertEq(_cancel(), unearned * 9000 / 10_000);
    }

    function test_WhenRiskFell_GivesLess() public {
        vm.warp(block.timestamp + 2 days);
        MarketCardMessage memory c = cardOf(market);
        c.el = 1_000_000;
        publishMarket(c);
        uint256 expected = 50_000 * unit() * (end - block.timestamp) / (100 * 365 days);
        assertEq(_cancel(), expected * 9000 / 10_000);
    }

    function test_WhenCancelled_TheRestStreamsToTheOldEnd() public {
        vm.warp(block.timestamp + 20 days);
        _cancel();
        PoolState memory s = pool.state();
        assertGe(s.unearned, s.streamRate * (end - block.timestamp) >> 16, "STREAM-1");
        assertGt(s.streamRate, 0);
        vm.warp(end);
        s = pool.state();
        assertEq(s.unearned, 0);
        assertEq(s.streamRate, 0);
        assertSolvent(0);
    }

    function test_WhenCancelledAgain_GivesNothing() public {
        vm.warp(pool.policy(id).start);
        _cancel();
        assertEq(_cancel(), 0);
        assertSolvent(0);
        vm.warp(block.timestamp + 1 days);
        vm.expectPartialRevert(IPoolEvents.CoverEnded.selector);
        _cancel();
    }

    function test_WhenTheCardIsStale_StillCancels() public {
        vm.warp(block.timestamp + 31 days);
        assertGt(_cancel(), 0);
    }

    function test_WhenTheTokenMoved_TheNewHolderCancels() public {
        vm.prank(holder);
        coverToken.transferFrom(holder, keeper, id.toTokenId());
        vm.expectPartialRevert(IPoolEvents.NotHolder.selector);
        vm.prank(holder);
        pool.cancel(id);
        vm.prank(keeper);
        uint256 refund = pool.cancel(id);
        assertEq(asset.balanceOf(keeper), refund);
    }

    function test_RevertWhen_TheCallerIsNotTheHolder() public {
        vm.expectRevert(abi.encodeWithSelector(IPoolEvents.NotHolder.selector, id, address(this), holder));
        pool.cancel(id);
    }

    function test_RevertWhen_TheCoverHasEnded() public {
        vm.warp(end);
        vm.expectRevert(abi.encodeWithSelector(IPoolEvents.CoverEnded.selector, id, end));
        _cancel();
    }

    function test_RevertWhen_TheMarketHasEnded() public {
        vm.warp(pool.policy(id).start);
        fail(market, 1e8);
        vm.expectPartialRevert(IPoolEvents.OperationClosed.selector);
        _cancel();
    }

    function test_RevertWhen_TheMarketIsSuspected() public {
        find(market, IncidentState.Suspect, block.timestamp, 0);
        vm.expectRevert(
            abi.encodeWithSelector(IPoolEvents.OperationClosed.selector, market, 0, PHASE_SUSPECT, 0)
        );
        _cancel();
        find(market, IncidentState.Rejected, block.timestamp, 0);
        assertGt(_cancel(), 0);
    }

    function test_RevertWhen_ItIsVoid() public {
        _cancel();
        vm.expectPartialRevert(IPoolEvents.PolicyNotActive.selector);
        _cancel();
    }

    function test_RevertWhen_ThePolicyIsOfAnotherPool() public {
        vm.expectPartialRevert(IPoolEvents.PolicyOfAnotherPool.selector);
        pool.cancel(toCoverId(9, id.sequence()));
    }

    function _cancel() private returns (uint256) {
        vm.prank(holder);
        return pool.cancel(id);
    }
}
