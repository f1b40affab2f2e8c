// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IncidentState} from "../../../src/interfaces/IIncidentBoard.sol";
import {IPoolEvents} from "../../../src/interfaces/IPoolEvents.sol";
import {ITrancheVault} from "../../../src/interfaces/ITrancheVault.sol";
import {MarketId} from "../../../src/types/MarketId.sol";
import {UnderwritingFixture} from "../../support/UnderwritingFixture.sol";

contract ClaimExitTest is UnderwritingFixture {
    uint256 internal shares;
    uint256 internal request;
    uint256 internal maturesAt;

    function setUp() public override {
        super.setUp();
        buyCover(market, holder, 100_000, 60);
        shares = 100_000 * unit() * 1000;
        vm.startPrank(underwriter);
        request = senior.requestRedeem(shares, underwriter, underwriter);
        junior.requestRedeem(shares, underwriter, underwriter);
        vm.stopPrank();
        vm.warp(block.timestamp + 7 days);
        senior.strikeExit(type(uint256).max);
        junior.strikeExit(type(uint256).max);
        (,, maturesAt) = pool.escrowOf(true, block.timestamp / 1 days);
    }

    function test_WhenEscrowHasMatured_PaysIt() public {
        vm.warp(maturesAt);
        assertEq(senior.claimableRedeemRequest(request, underwriter), shares);
        uint256 escrow = pool.state().escrow;
        uint256 paid = _claim(shares);
        assertEq(asset.balanceOf(underwriter), paid);
        assertEq(pool.state().escrow, escrow - paid);
        assertGe(paid, 100_000 * unit());
        assertEq(senior.maxRedeem(underwriter), 0);
        assertSolvent(0);
    }

    function test_WhenClaimedInParts_PaysNoMoreThanAtOnce() public {
        vm.warp(maturesAt);
        (uint256 all,,) = pool.escrowOf(true, maturesAt / 1 days - 9);
        uint256 paid = _claim(shares / 3) + _claim(1) + _claim(shares - shares / 3 - 1);
        assertLe(paid, all);
        assertGe(paid + 3, all);
        assertSolvent(0);
    }

    function test_WhenOperator_ClaimsToAnyReceiver() public {
        vm.warp(maturesAt);
        vm.prank(underwriter);
        senior.setOperator(keeper, true);
        vm.prank(keeper);
        uint256 paid = senior.redeem(shares, holder, underwriter);
        assertEq(asset.balanceOf(holder), paid);
    }

    function test_RevertWhen_EscrowHasNotMatured() public {
        vm.warp(maturesAt - 1);
        assertEq(senior.maxRedeem(underwriter), 0);
        vm.expectRevert(abi.encodeWithSelector(ITrancheVault.ClaimAboveClaimable.selector, shares, 0));
        _claim(shares);
    }

    function test_RevertWhen_MoreIsClaimedThanStruck() public {
        vm.warp(maturesAt);
        vm.expectRevert(
            abi.encodeWithSelector(ITrancheVault.ClaimAboveClaimable.selector, shares + 1, shares)
        );
        _claim(shares + 1);
    }

    function test_RevertWhen_TheCallerIsAStranger() public {
        vm.warp(maturesAt);
        vm.expectRevert(abi.encodeWithSelector(ITrancheVault.NotOperator.selector, keeper, underwriter));
        vm.prank(keeper);
        senior.redeem(shares, keeper, underwriter);
    }

    function test_RevertWhen_NoSharesAreClaimed() public {
        vm.expectRevert(ITrancheVault.SharesZero.selector);
        _claim(0);
    }

    function test_RevertWhen_TheCallerIsNotTheVault() public {
        vm.expectRevert(abi.encodeWithSelector(IPoolEvents.NotVault.selector, address(this)));
        pool.payExit(true, 1, 1, address(this));
    }

    function test_RevertWhen_AnOpenIncidentMayNeedJuniorsEscrow() public {
        vm.warp(maturesAt);
        find(market, IncidentState.Suspect, block.timestamp, 0);
        vm.expectPartialRevert(IPoolEvents.ExitHeld.selector);
        vm.prank(underwriter);
        junior.redeem(shares, underwriter, underwriter);
    }

    function test_WhenJuniorBearsTheOpenIncident_SeniorIsPaid() public {
        vm.warp(maturesAt);
        find(market, IncidentState.Suspect, block.timestamp, 0);
        assertGt(_claim(shares), 0);
    }

    function test_RevertWhen_MoreIncidentsAreOpenThanOneCallReads() public {
        MarketId[] memory markets = new MarketId[](9);
        for (uint256 i; i < 9; ++i) {
            markets[i] = openMarket(softTerms(vm.toString(i)));
        }
        vm.warp(maturesAt);
        for (uint256 i; i < 9; ++i) {
            find(markets[i], IncidentState.Suspect, block.timestamp, 0);
        }
        vm.expectRevert(abi.encodeWithSelector(IPoolEvents.ExitsBehindIncidents.selector, 8, 9));
        _claim(shares);
        pool.syncIncidents(9);
        _claim(shares);
    }

    function test_WhenALossEmptiedTheEscrow_PaysNothing() public {
        MarketId[] memory markets = new MarketId[](5);
        for (uint256 i; i < 5; ++i) {
            markets[i] = openMarket(softTerms(vm.toString(i)));
            buyCover(markets[i], holder, 190_000, 60);
        }
        vm.warp(block.timestamp + 4 days);
        vm.prank(underwriter);
        senior.requestRedeem(shares, underwriter, underwriter);
        vm.warp(block.timestamp + 7 days);
        senior.strikeExit(type(uint256).max);
        uint256 day = block.timestamp / 1 days;
        (uint256 before,,) = pool.escrowOf(true, day);
        for (uint256 i; i < 5; ++i) {
            uint256 incident = find(markets[i], IncidentState.Final, block.timestamp, 1e8);
            pool.syncIncidents(incident);
        }
        for (uint256 i = 1; i <= 5; ++i) {
            pool.settleIncident(i);
        }
        (uint256 left,,) = pool.escrowOf(true, day);
        assertLt(left, before / 1e6 + 1);
        assertSolvent(0);
    }

    function _claim(uint256 amount) private returns (uint256) {
        vm.prank(underwriter);
        return senior.redeem(amount, underwriter, underwriter);
    }

    /// @dev A day's escrow may still be taken by a loss until it matures: not even the vault gets it before.
    function test_RevertWhen_TheVaultAsksBeforeMaturity() public {
        uint256 day = block.timestamp / 1 days;
        vm.warp(maturesAt - 1);
        vm.startPrank(address(junior));
        vm.expectRevert(abi.encodeWithSelector(IPoolEvents.EscrowNotMatured.selector, day, maturesAt));
        pool.payExit(false, day, 1, underwriter);
        vm.warp(maturesAt);
        assertEq(pool.payExit(false, day, 1, underwriter), 1);
    }

    function test_RevertWhen_OpenIncidentsExceedCapital() public {
        MarketId[] memory markets = new MarketId[](5);
        for (uint256 i; i < 5; ++i) {
            markets[i] = openMarket(softTerms(vm.toString(i)));
            buyCover(markets[i], holder, 190_000, 60);
        }
        vm.warp(maturesAt);
        assertEq(senior.maxRedeem(underwriter), shares);
        for (uint256 i; i < 5; ++i) {
            find(markets[i], IncidentState.Suspect, block.timestamp, 0);
        }
        assertEq(senior.maxRedeem(underwriter), 0);
        vm.expectPartialRevert(IPoolEvents.PoolShort.selector);
        _claim(shares);
    }

    /// @dev What was not looked at might be an incident of this pool: nothing is promised before.
    function test_WhenMoreIncidentsWaitThanOneCallReads_NothingIsPromised() public {
        for (uint256 i; i < 9; ++i) {
            find(registry.register(softTerms(vm.toString(i))), IncidentState.Suspect, block.timestamp, 0);
        }
        vm.warp(maturesAt);
        assertFalse(pool.exitsOpen(true));
        assertEq(senior.maxRedeem(underwriter), 0);
        pool.syncIncidents(9);
        assertTrue(pool.exitsOpen(true));
        assertEq(senior.maxRedeem(underwriter), shares);
    }
}
