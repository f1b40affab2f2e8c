// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {IncidentState} from "../../../src/interfaces/IIncidentBoard.sol";
import {UnderwritingFixture} from "../../support/UnderwritingFixture.sol";

/// @notice Whoever does what everyone needs is tipped from the fees owed: once for each event, never for dust.
contract TipsTest is UnderwritingFixture {
    uint256 internal constant ALL = type(uint256).max;
    uint256 internal tip;

    function setUp() public override {
        super.setUp();
        pool.setParameter("tip", 300);
        tip = 3 * unit();
        buyCover(market, holder, 200_000, 60);
        assertGt(pool.state().feesOwed, 5 * tip);
    }

    function test_WhenExitsAreStruck_TheFirstOfTheDayIsTipped() public {
        requestAll(senior, underwriter);
        vm.warp(block.timestamp + 7 days);
        uint256 fees = pool.state().feesOwed;
        vm.startPrank(keeper);
        senior.strikeExit(100_000 * unit() * 1000);
        assertEq(asset.balanceOf(keeper), tip);
        senior.strikeExit(ALL);
        vm.stopPrank();
        assertEq(asset.balanceOf(keeper), tip);
        assertEq(pool.state().feesOwed, fees - tip);
        assertSolvent(0);
    }

    function test_WhenDustIsStruck_ThereIsNoTip() public {
        vm.prank(underwriter);
        senior.requestRedeem(2900 * unit() * 1000, underwriter, underwriter);
        vm.warp(block.timestamp + 7 days);
        vm.prank(keeper);
        senior.strikeExit(ALL);
        assertEq(asset.balanceOf(keeper), 0);
    }

    function test_WhenFeesDoNotReach_TheWorkIsDoneAllTheSame() public {
        pool.collectFees(treasury);
        requestAll(senior, underwriter);
        vm.warp(block.timestamp + 7 days);
        vm.prank(keeper);
        senior.strikeExit(ALL);
        assertEq(asset.balanceOf(keeper), 0);
        assertGt(pool.state().escrow, 0);
    }

    /// A tip that the asset refuses stays with the fees, and what it was for is done.
    function test_WhenTheTipIsRefused_TheWorkIsDoneAllTheSame() public {
        vm.warp(block.timestamp + 5 days);
        uint256 fees = pool.state().feesOwed;
        bytes memory transfer = abi.encodeCall(IERC20.transfer, (keeper, tip));
        uint256 incident = find(market, IncidentState.Final, block.timestamp, 1e8);
        vm.startPrank(keeper);
        vm.mockCallRevert(address(asset), transfer, "refused");
        pool.settleIncident(incident);
        assertTrue(pool.incidentState(incident).declared);
        assertEq(pool.state().feesOwed, fees);
        vm.clearMockedCalls();
        vm.mockCall(address(asset), transfer, abi.encode(false));
        pool.unwindStream(incident);
        assertEq(pool.state().feesOwed, fees);
        // What answers nothing has taken it.
        vm.clearMockedCalls();
        vm.warp(block.timestamp + 91 days);
        vm.mockCall(address(asset), transfer, "");
        pool.closeIncident(incident);
        assertEq(pool.state().feesOwed, fees - tip);
        vm.stopPrank();
    }

    function test_WhenALossIsWoundUp_EachStepIsTippedOnce() public {
        vm.warp(block.timestamp + 5 days);
        uint256 incident = fail(market, 1e8);
        vm.startPrank(keeper);
        pool.unwindStream(incident);
        assertEq(asset.balanceOf(keeper), tip);
        vm.warp(block.timestamp + 91 days);
        pool.closeIncident(incident);
        assertEq(asset.balanceOf(keeper), 2 * tip);
        vm.expectRevert();
        pool.closeIncident(incident);
        vm.stopPrank();
        assertSolvent(0);
    }
}
