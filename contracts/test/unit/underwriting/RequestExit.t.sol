// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IPoolEvents} from "../../../src/interfaces/IPoolEvents.sol";
import {ITrancheVault} from "../../../src/interfaces/ITrancheVault.sol";
import {ExitQueue} from "../../../src/underwriting/ExitQueue.sol";
import {TrancheShares} from "../../../src/underwriting/TrancheShares.sol";
import {UnderwritingFixture} from "../../support/UnderwritingFixture.sol";

contract RequestExitTest is UnderwritingFixture {
    function test_WhenRequested_SharesWaitInTheVault() public {
        uint256 shares = senior.balanceOf(underwriter);
        uint256 id = requestAll(senior, underwriter);
        assertEq(senior.balanceOf(underwriter), 0);
        assertEq(senior.balanceOf(address(senior)), shares);
        assertEq(senior.pendingRedeemRequest(id, underwriter), shares);
        assertEq(senior.pendingRedeemRequest(id, keeper), 0);
        assertEq(senior.claimableRedeemRequest(id, underwriter), 0);
        assertEq(senior.requestsOf(underwriter).length, 1);
        ExitQueue.Request memory r = senior.requestOf(id);
        assertEq(r.maturesAt, block.timestamp + 7 days);
        (uint256 pending, uint256 assets) = senior.pendingExits();
        assertEq(pending, shares);
        assertEq(assets, 600_000 * unit());
    }

    function test_WhenRequested_CapitalIsNotPricedAgainst() public {
        buyCover(market, holder, 50_000, 60);
        uint256 before = pool.quote(market, 50_000 * unit(), 60).premium;
        requestAll(senior, underwriter);
        assertEq(pool.state().requestedExits, 600_000 * unit());
        assertEq(pool.state().pricingCapital, 400_000 * unit(), "CAPITAL-1");
        assertGt(pool.quote(market, 50_000 * unit(), 60).premium, before);
    }

    function test_WhenRequested_TheSharesStillBearLosses() public {
        buyCover(market, holder, 200_000, 60);
        requestAll(junior, underwriter);
        vm.warp(block.timestamp + 5 days);
        uint256 before = pool.state().junior;
        fail(market, 1e8);
        assertEq(pool.state().junior, before - 190_000 * unit(), "EXIT-1");
    }

    function test_WhenTheDelayIsShortened_NobodyMaturesAheadOfTheQueue() public {
        uint256 first = requestAll(senior, underwriter);
        pool.setParameter("exitDelayDays", 3);
        fund(senior, keeper, 1000);
        uint256 second = requestAll(senior, keeper);
        assertEq(senior.requestOf(second).maturesAt, senior.requestOf(first).maturesAt);
    }

    function test_WhenAllowed_AnotherRequestsForTheOwner() public {
        vm.prank(underwriter);
        senior.approve(keeper, 1000);
        vm.prank(keeper);
        uint256 id = senior.requestRedeem(1000, keeper, underwriter);
        assertEq(senior.pendingRedeemRequest(id, keeper), 1000);
        vm.expectPartialRevert(TrancheShares.ERC20InsufficientAllowance.selector);
        vm.prank(keeper);
        senior.requestRedeem(1, keeper, underwriter);
    }

    function test_WhenOperator_NeedsNoAllowance() public {
        vm.prank(underwriter);
        senior.setOperator(keeper, true);
        vm.prank(keeper);
        senior.requestRedeem(1000, underwriter, underwriter);
        vm.prank(underwriter);
        senior.setOperator(keeper, false);
        vm.expectPartialRevert(TrancheShares.ERC20InsufficientAllowance.selector);
        vm.prank(keeper);
        senior.requestRedeem(1000, underwriter, underwriter);
    }

    function test_RevertWhen_NoSharesAreAsked() public {
        vm.expectRevert(ITrancheVault.SharesZero.selector);
        senior.requestRedeem(0, underwriter, underwriter);
    }

    function test_RevertWhen_TheOwnerHasFewer() public {
        uint256 shares = senior.balanceOf(underwriter);
        vm.expectPartialRevert(TrancheShares.ERC20InsufficientBalance.selector);
        vm.prank(underwriter);
        senior.requestRedeem(shares + 1, underwriter, underwriter);
    }

    function test_RevertWhen_TheCallerIsNotTheVault() public {
        vm.expectRevert(abi.encodeWithSelector(IPoolEvents.NotVault.selector, address(this)));
        pool.requestExit(true, 1, 1);
    }
}
