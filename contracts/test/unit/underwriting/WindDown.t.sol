// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IPoolEvents} from "../../../src/interfaces/IPoolEvents.sol";
import {CoverId} from "../../../src/types/CoverId.sol";
import {UnderwritingFixture} from "../../support/UnderwritingFixture.sol";

contract WindDownTest is UnderwritingFixture {
    CoverId internal id;

    function setUp() public override {
        super.setUp();
        id = buyCover(market, holder, 50_000, 30);
        pool.startWindDown();
    }

    function test_WhenWindingDown_NothingNewComesIn() public {
        assertTrue(pool.state().windingDown);
        vm.expectRevert(IPoolEvents.PoolWindingDown.selector);
        pool.quote(market, unit(), 30);
        vm.expectRevert(IPoolEvents.PoolWindingDown.selector);
        pool.extend(id, 30, type(uint96).max);
        assertEq(senior.maxDeposit(keeper), 0);
    }

    function test_WhenCoverIsOpen_ItsClaimsArePaid() public {
        hold(holder, 50_000 * unit());
        vm.warp(pool.policy(id).start);
        fail(market, 1e8);
        assertEq(pool.pay(id), 47_500 * unit());
    }

    function test_WhenCoverIsOpen_JuniorStaysBehindSenior() public {
        requestAll(junior, underwriter);
        vm.warp(block.timestamp + 7 days);
        junior.strikeExit(type(uint256).max);
        assertGe(pool.state().junior * 5, pool.state().junior + pool.state().senior);
    }

    function test_WhenNoCoverIsLeft_EveryoneLeaves() public {
        vm.warp(pool.policy(id).end + 8 days);
        pool.poke(market, type(uint256).max);
        uint256 first = requestAll(junior, underwriter);
        uint256 second = requestAll(senior, underwriter);
        vm.warp(block.timestamp + 7 days);
        junior.strikeExit(type(uint256).max);
        senior.strikeExit(type(uint256).max);
        vm.warp(block.timestamp + 9 days);
        uint256 a = junior.claimableRedeemRequest(first, underwriter);
        uint256 b = senior.claimableRedeemRequest(second, underwriter);
        vm.startPrank(underwriter);
        junior.redeem(a, underwriter, underwriter);
        senior.redeem(b, underwriter, underwriter);
        pool.collectFees(treasury);
        assertLe(asset.balanceOf(address(pool)), 2000);
        assertSolvent(0);
    }

    function test_WhenWindingDown_HoldersMayCancel() public {
        vm.prank(holder);
        assertGt(pool.cancel(id), 0);
    }
}
