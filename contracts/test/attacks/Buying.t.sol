// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Leg} from "../../src/interfaces/ICoverRouter.sol";
import {IncidentState} from "../../src/interfaces/IIncidentBoard.sol";
import {IPoolEvents} from "../../src/interfaces/IPoolEvents.sol";
import {PoolState} from "../../src/interfaces/IPoolTypes.sol";
import {ITrancheVault} from "../../src/interfaces/ITrancheVault.sol";
import {CoverRouter} from "../../src/periphery/CoverRouter.sol";
import {CoverId} from "../../src/types/CoverId.sol";
import {MarketId} from "../../src/types/MarketId.sol";
import {UnderwritingFixture} from "../support/UnderwritingFixture.sol";

/// @notice Attacks by buying: at the wrong time, too cheaply, or of too much.
contract BuyingAttacksTest is UnderwritingFixture {
    uint256 private constant MAX = type(uint256).max;
    address private attacker = makeAddr("attacker");

    /// The attacker sees the failure in the mempool and buys within the event's own block.
    function test_Attack01_BuyingInTheEventsOwnBlock() public {
        CoverId id = _insure(10_000);
        uint256 eventTime = block.timestamp;
        vm.warp(block.timestamp + 12);
        _declare(eventTime);
        _refused(id);
    }

    /// The attacker buys a block after the event, while nobody has reported it; the report names the event's time.
    function test_Attack01_BuyingAfterTheEvent() public {
        uint256 eventTime = block.timestamp;
        vm.warp(block.timestamp + 12);
        CoverId id = _insure(10_000);
        _declare(eventTime);
        _refused(id);
    }

    /// The attacker knows the failure a waiting period ahead and is a block short; a block later it would be covered.
    function test_Attack01_BuyingABlockTooLateForTheWaitingPeriod() public {
        CoverId id = _insure(10_000);
        uint256 start = pool.policy(id).start;
        assertGe(start, block.timestamp + 72 hours);
        vm.warp(start);
        uint256 snapshot = vm.snapshotState();
        _declare(start - 1);
        _refused(id);
        vm.revertToState(snapshot);
        _declare(start);
        assertEq(pool.pay(id), 9500 * unit());
    }

    /// The attacker buys cover of ten times what it holds, breaks the insured contract and claims.
    function test_Attack02_BuyingAttackingAndClaiming() public {
        position.mint(attacker, 10_000 * unit());
        vm.prank(attacker);
        position.approve(address(surrender), 10_000 * unit());
        (CoverId id, uint256 premium) = buy(market, attacker, 100_000 * unit(), 60);
        vm.warp(pool.policy(id).start);
        fail(market, 1e8);
        uint256 payout = pool.pay(id);
        assertLe(payout, 9500 * unit(), "no more than the own loss, less the deductible");
        assertLe(payout, 10_000 * unit() + premium, "no profit");
        assertEq(position.balanceOf(attacker), 0, "the broken position is handed over");
        vm.expectPartialRevert(IPoolEvents.PolicyNotActive.selector);
        pool.pay(id);
    }

    /// The attacker takes a market's whole capacity in one purchase, hoping for the price of the first unit.
    function test_Attack03_TakingAllCapacityAtTheOldPrice() public view {
        uint256 slice = pool.quote(market, 10_000 * unit(), 60).premium;
        assertGt(pool.quote(market, 250_000 * unit(), 60).premium, 25 * slice * 11 / 10);
    }

    /// The attacker splits it into slices of one transaction.
    function test_Attack03_SplittingAPurchase() public {
        CoverRouter router = CoverRouter(deploy("CoverRouter", abi.encode(factory)));
        uint256 atOnce = pool.quote(market, 250_000 * unit(), 60).premium;
        Leg[] memory legs = new Leg[](25);
        for (uint256 i; i < legs.length; ++i) {
            legs[i] = Leg(address(pool), buyParams(market, attacker, 10_000 * unit(), 60));
            legs[i].params.maxPremium = uint96(atOnce);
        }
        asset.mint(attacker, 2 * atOnce);
        vm.startPrank(attacker);
        asset.approve(address(router), MAX);
        (, uint256 spent) = router.buy(legs, MAX, block.timestamp);
        assertGe(spent, atOnce);
    }

    /// The attacker deposits, hopes for a cheaper price in the same block or soon after, and leaves at once.
    function test_Attack04_DepositingForACheaperPrice() public {
        buyCover(market, holder, 100_000, 60);
        uint256 price = pool.quote(market, 100_000 * unit(), 60).premium;
        uint256 capital = pool.state().pricingCapital;
        fund(junior, attacker, 10_000_000);
        assertEq(pool.quote(market, 100_000 * unit(), 60).premium, price, "in the same block");
        requestAll(junior, attacker);
        assertGe(pool.quote(market, 100_000 * unit(), 60).premium, price, "having asked to leave");
        vm.expectRevert(
            abi.encodeWithSelector(ITrancheVault.NothingMatured.selector, block.timestamp + 7 days)
        );
        junior.strikeExit(MAX);
        fund(junior, attacker, 10_000_000);
        vm.warp(block.timestamp + 1 days);
        assertLe(pool.state().pricingCapital, capital * 11 / 10, "a tenth a day");
    }

    /// The attacker prolongs its cover once the market is suspect, within the last waiting period, or after the end.
    function test_Attack05_ExtendingOnSuspicionInGraceOrAfterTheEnd() public {
        CoverId id = _insure(10_000);
        asset.mint(attacker, 10_000 * unit());
        uint256 end = pool.policy(id).end;
        vm.warp(end - 4 days);
        refreshCards(market);
        uint256 snapshot = vm.snapshotState();
        find(market, IncidentState.Suspect, block.timestamp, 0);
        _extendRefused(id, IPoolEvents.OperationClosed.selector);
        vm.revertToState(snapshot);
        vm.warp(end - 72 hours + 1);
        _extendRefused(id, IPoolEvents.ExtensionTooLate.selector);
        vm.warp(end + 1 hours);
        _extendRefused(id, IPoolEvents.ExtensionTooLate.selector);
    }

    /// The attacker buys, extends and cancels again and again to make capacity appear or vanish.
    function test_Attack05_EditingFreesWhatWasTaken() public {
        buyCover(market, holder, 50_000, 60);
        PoolState memory before = pool.state();
        asset.mint(attacker, 100_000 * unit());
        for (uint256 i; i < 5; ++i) {
            CoverId id = _insure(20_000);
            vm.startPrank(attacker);
            pool.extend(id, 30, type(uint96).max);
            pool.cancel(id);
            vm.stopPrank();
        }
        PoolState memory s = pool.state();
        assertEq(s.totalCover, before.totalCover);
        assertEq(s.variance, before.variance);
        assertSolvent(0);
    }

    function _insure(uint256 cover) private returns (CoverId) {
        hold(attacker, cover * unit());
        return buyCover(market, attacker, cover, 30);
    }

    function _declare(uint256 eventTime) private {
        pool.settleIncident(find(market, IncidentState.Final, eventTime, 1e8));
    }

    function _refused(CoverId id) private {
        vm.expectPartialRevert(IPoolEvents.NotCoveredAtEvent.selector);
        pool.pay(id);
        CoverId[] memory ids = new CoverId[](1);
        ids[0] = id;
        assertEq(pool.payBatch(ids), 0);
    }

    function _extendRefused(CoverId id, bytes4 reason) private {
        vm.expectPartialRevert(reason);
        vm.prank(attacker);
        pool.extend(id, 30, type(uint96).max);
    }
}
