// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IPoolEvents} from "../../../src/interfaces/IPoolEvents.sol";
import {CoverId} from "../../../src/types/CoverId.sol";
import {MarketId} from "../../../src/types/MarketId.sol";
import {UnderwritingFixture} from "../../support/UnderwritingFixture.sol";

contract PayBatchTest is UnderwritingFixture {
    CoverId[] internal ids;

    function setUp() public override {
        super.setUp();
        for (uint256 i; i < 4; ++i) {
            address account = makeAddr(vm.toString(i));
            hold(account, 10_000 * unit());
            ids.push(buyCover(market, account, 10_000, 30));
        }
        vm.warp(pool.policy(ids[0]).start);
    }

    function test_WhenAllAreEligible_PaysAll() public {
        uint256 incident = fail(market, 1e8);
        assertEq(pool.payBatch(ids), 38_000 * unit());
        assertEq(pool.incidentState(incident).paid, 38_000 * unit());
        assertSolvent(0);
    }

    function test_WhenOneIsPaidAlready_SkipsIt() public {
        uint256 incident = fail(market, 1e8);
        pool.pay(ids[1]);
        vm.expectEmit(address(pool));
        emit IPoolEvents.ClaimSkipped(incident, ids[1], IPoolEvents.PolicyNotActive.selector);
        assertEq(pool.payBatch(ids), 28_500 * unit());
    }

    function test_WhenOneIsThereTwice_PaysItOnce() public {
        fail(market, 1e8);
        ids.push(ids[0]);
        assertEq(pool.payBatch(ids), 38_000 * unit());
    }

    function test_WhenOneWasNotCovered_SkipsIt() public {
        ids.push(buyCover(market, holder, 10_000, 30));
        hold(holder, 10_000 * unit());
        uint256 incident = fail(market, 1e8);
        vm.expectEmit(address(pool));
        emit IPoolEvents.ClaimSkipped(incident, ids[4], IPoolEvents.NotCoveredAtEvent.selector);
        assertEq(pool.payBatch(ids), 38_000 * unit());
    }

    function test_WhenOneProvesNothing_SkipsItAndItCanClaimLater() public {
        address poor = makeAddr("2");
        vm.prank(poor);
        position.approve(address(surrender), 0);
        fail(market, 1e8);
        assertEq(pool.payBatch(ids), 28_500 * unit());
        vm.prank(poor);
        position.approve(address(surrender), type(uint256).max);
        assertEq(pool.pay(ids[2]), 9500 * unit());
    }

    function test_WhenOneIsOfAnotherMarket_SkipsIt() public {
        MarketId other = openMarket("other");
        ids.push(buyCover(other, holder, 1000, 30));
        uint256 incident = fail(market, 1e8);
        vm.expectEmit(address(pool));
        emit IPoolEvents.ClaimSkipped(incident, ids[4], IPoolEvents.IncidentNotOfPool.selector);
        assertEq(pool.payBatch(ids), 38_000 * unit());
    }

    function test_WhenTheClaimWindowIsOver_PaysNothing() public {
        fail(market, 1e8);
        vm.warp(block.timestamp + 90 days + 1);
        assertEq(pool.payBatch(ids), 0);
    }

    function test_WhenEmpty_PaysNothing() public {
        assertEq(pool.payBatch(new CoverId[](0)), 0);
    }

    function test_RevertWhen_NothingWasDeclared() public {
        vm.expectPartialRevert(IPoolEvents.IncidentNotDeclarable.selector);
        pool.payBatch(ids);
    }

    function test_WhenTheExposureModuleBreaks_SkipsEveryoneAndPullReverts() public {
        fail(market, 1e8);
        vm.mockCallRevert(address(surrender), bytes(""), "broken");
        assertEq(pool.payBatch(ids), 0);
        vm.expectRevert("broken");
        pool.pay(ids[0]);
        vm.clearMockedCalls();
        assertEq(pool.payBatch(ids), 38_000 * unit());
    }
}
