// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IPoolEvents} from "../../../src/interfaces/IPoolEvents.sol";
import {MarketState, PoolState} from "../../../src/interfaces/IPoolTypes.sol";
import {GroupCardMessage, MarketCardMessage} from "../../../src/interfaces/IRiskOracle.sol";
import {CoverId} from "../../../src/types/CoverId.sol";
import {MarketId} from "../../../src/types/MarketId.sol";
import {UnderwritingFixture} from "../../support/UnderwritingFixture.sol";

contract PokeTest is UnderwritingFixture {
    CoverId internal id;

    function setUp() public override {
        super.setUp();
        id = buyCover(market, holder, 50_000, 30);
    }

    function test_WhenDaysPassed_CoverStartsAndEnds() public {
        uint256 start = pool.policy(id).start;
        uint256 end = pool.policy(id).end;
        vm.warp(start - 1);
        pool.poke(market, type(uint256).max);
        assertEq(pool.marketState(market).active, 0);
        vm.warp(start);
        pool.poke(market, type(uint256).max);
        assertEq(pool.marketState(market).active, 50_000 * unit());
        vm.warp(end);
        pool.poke(market, type(uint256).max);
        assertEq(pool.marketState(market).active, 0);
        assertEq(pool.marketState(market).committed, 50_000 * unit());
        assertEq(pool.activeAt(market, start - 1), 0);
        assertEq(pool.activeAt(market, start), 50_000 * unit());
        assertEq(pool.activeAt(market, end - 1), 50_000 * unit());
    }

    function test_WhenPokedInSteps_EndsWhereOneStepEnds() public {
        CoverId second = buyCover(market, keeper, 20_000, 45);
        vm.warp(pool.policy(second).end + 3 days);
        uint256 snapshot = vm.snapshotState();
        pool.poke(market, type(uint256).max);
        PoolState memory whole = pool.state();
        MarketState memory m = pool.marketState(market);
        vm.revertToState(snapshot);
        for (uint256 i; i < 30; ++i) {
            pool.poke(market, 3);
        }
        PoolState memory steps = pool.state();
        assertEq(steps.variance, whole.variance, "PRICE-1");
        assertEq(steps.totalCover, whole.totalCover);
        assertEq(pool.marketState(market).processedDay, m.processedDay);
        assertEq(pool.marketState(market).active, m.active);
    }

    function test_WhenMoreDaysPassedThanAPurchaseCatchesUp_TheMarketIsOverstated() public {
        vm.warp(block.timestamp + 29 days);
        refreshCards(market);
        vm.warp(block.timestamp + 29 days);
        buyCover(market, holder, 1000, 30);
        assertEq(pool.marketState(market).committed, 51_000 * unit());
        pool.poke(market, type(uint256).max);
        assertEq(pool.marketState(market).committed, 1000 * unit());
        assertSolvent(0);
    }

    function test_WhenTheCardChanged_ReweighsTheMarket() public {
        PoolState memory before = pool.state();
        MarketCardMessage memory c = cardOf(market);
        c.v = 4_000_000;
        publishMarket(c);
        assertEq(pool.state().variance, before.variance);
        pool.poke(market, 0);
        PoolState memory s = pool.state();
        uint256 x = 50_000 * unit();
        assertEq(s.variance - before.variance, 2_000_000 * x * x * 1e8, "PRICE-1");
        assertEq(pool.marketState(market).cardNonce, 2);
    }

    function test_WhenAGroupsCardChanged_ReweighsTheGroup() public {
        MarketId other = openMarket("other");
        buyCover(other, holder, 10_000, 30);
        uint256 before = pool.state().variance;
        GroupCardMessage memory c = groupCardOf(SOFT);
        c.s = 2_000_000;
        publishGroup(c);
        pool.poke(other, 0);
        uint256 y = 2000 * 60_000 * unit();
        assertEq(pool.state().variance - before, 1_000_000 * y * y, "PRICE-1");
    }

    function test_WhenCardsAreStale_Pokes() public {
        vm.warp(block.timestamp + 200 days);
        pool.poke(market, type(uint256).max);
        assertEq(pool.state().totalCover, 0);
    }

    function test_WhenAccrued_PremiumIsDistributedOnce() public {
        vm.warp(block.timestamp + 7 days + 3 hours);
        PoolState memory seen = pool.state();
        pool.accrue();
        pool.accrue();
        PoolState memory s = pool.state();
        assertEq(s.junior, seen.junior);
        assertEq(s.senior, seen.senior);
        assertEq(s.unearned, seen.unearned);
        assertSolvent(0);
    }

    function testFuzz_WhenAccruedOften_NothingIsCreatedOrLost(uint256[8] memory steps) public {
        buyCover(openMarket("other"), keeper, 33_333, 47);
        for (uint256 i; i < 8; ++i) {
            vm.warp(block.timestamp + bound(steps[i], 0, 15 days));
            pool.accrue();
            assertSolvent(0);
        }
    }

    function test_WhenThePoolsCardChanged_TakesZ() public {
        uint256 before = pool.state().requiredCapital;
        publishPool(60_000, 20);
        assertApproxEqAbs(pool.state().requiredCapital, before * 60_000 / 75_000, 1);
        pool.syncPoolCard();
    }

    function test_RevertWhen_TheMarketIsNotOfThisPool() public {
        MarketId other = registry.register(termsOf("other"));
        vm.expectRevert(abi.encodeWithSelector(IPoolEvents.MarketNotAttached.selector, other));
        pool.poke(other, 1);
    }

    function test_RevertWhen_TheFutureIsAsked() public {
        vm.expectPartialRevert(IPoolEvents.MarketBehind.selector);
        pool.activeAt(market, block.timestamp + 1 days);
    }
}
