// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IncidentState} from "../../../src/interfaces/IIncidentBoard.sol";
import {IPoolEvents} from "../../../src/interfaces/IPoolEvents.sol";
import {PoolState} from "../../../src/interfaces/IPoolTypes.sol";
import {ITrancheVault} from "../../../src/interfaces/ITrancheVault.sol";
import {MarketId} from "../../../src/types/MarketId.sol";
import {TrancheShares} from "../../../src/underwriting/TrancheShares.sol";
import {UnderwritingFixture} from "../../support/UnderwritingFixture.sol";

contract DepositTest is UnderwritingFixture {
    function test_RevertWhen_AllowanceOrBalanceIsShort() public {
        vm.startPrank(holder);
        vm.expectRevert(abi.encodeWithSelector(IPoolEvents.PaymentRefused.selector, holder, unit()));
        junior.deposit(unit(), holder);
        asset.approve(address(junior), unit());
        vm.expectRevert(abi.encodeWithSelector(IPoolEvents.PaymentRefused.selector, holder, unit()));
        junior.deposit(unit(), holder);
        asset.mint(holder, unit());
        assertGt(junior.deposit(unit(), holder), 0);
    }

    function test_WhenFirst_GivesAThousandSharesAUnit() public view {
        assertEq(junior.balanceOf(underwriter), 400_000 * unit() * 1000);
        assertEq(junior.totalAssets(), 400_000 * unit());
        assertEq(junior.decimals(), assetDecimals() + 3);
        assertEq(pool.trancheAssets(true), 600_000 * unit());
    }

    function test_WhenPremiumWasEarned_GivesFewerShares() public {
        buyCover(market, holder, 100_000, 60);
        vm.warp(block.timestamp + 30 days);
        uint256 assets = junior.totalAssets();
        assertGt(assets, 400_000 * unit());
        uint256 preview = junior.previewDeposit(1000 * unit());
        uint256 shares = fund(junior, keeper, 1000);
        assertEq(shares, preview);
        assertLt(shares, 1000 * unit() * 1000);
        assertLe(junior.convertToAssets(shares), 1000 * unit());
        assertSolvent(0);
    }

    function test_WhenMinted_RoundsAssetsUp() public {
        buyCover(market, holder, 100_000, 60);
        vm.warp(block.timestamp + 30 days);
        asset.mint(keeper, 1000 * unit());
        vm.startPrank(keeper);
        asset.approve(address(junior), type(uint256).max);
        uint256 assets = junior.mint(12_345_678, keeper);
        vm.stopPrank();
        assertEq(junior.balanceOf(keeper), 12_345_678);
        assertGe(assets, junior.convertToAssets(12_345_678));
        assertSolvent(0);
    }

    function test_WhenNothingIsSold_RaisesPricingCapitalAtOnce() public {
        fund(junior, keeper, 1000);
        assertEq(pool.state().pricingCapital, 1_001_000 * unit());
    }

    function test_WhenCoverIsSold_RaisesPricingCapitalByATenthADay() public {
        buyCover(market, holder, 1000, 60);
        fund(junior, keeper, 1_000_000);
        assertEq(pool.state().pricingCapital, 1_000_000 * unit());
        vm.warp(block.timestamp + 1 days);
        uint256 pricing = pool.state().pricingCapital;
        assertLe(pricing, 1_100_000 * unit(), "CAPITAL-1");
        assertGt(pricing, 1_095_000 * unit());
    }

    function test_WhenSeniorReachesTheShare_MaxDepositIsExact() public {
        uint256 max = senior.maxDeposit(keeper);
        assertEq(max, 1_000_000 * unit());
        uint256 snapshot = vm.snapshotState();
        deposit(senior, keeper, max);
        assertEq(senior.maxDeposit(keeper), 0);
        vm.revertToState(snapshot);
        asset.mint(keeper, max + 1);
        vm.startPrank(keeper);
        asset.approve(address(senior), type(uint256).max);
        vm.expectPartialRevert(IPoolEvents.JuniorTooSmall.selector);
        senior.deposit(max + 1, keeper);
    }

    function test_WhenAssetsAreDonated_NoShareGainsOrLoses() public {
        asset.mint(address(pool), 500_000 * unit());
        assertEq(junior.totalAssets(), 400_000 * unit());
        uint256 shares = fund(junior, keeper, 1000);
        assertEq(shares, 1000 * unit() * 1000);
        assertSolvent(500_000 * unit());
    }

    function testFuzz_WhenDeposited_NeverWorthMoreThanPaid(uint256 amount, uint256 elapsed) public {
        amount = bound(amount, 1, 1e9 * unit());
        buyCover(market, holder, 100_000, 60);
        vm.warp(block.timestamp + bound(elapsed, 0, 80 days));
        uint256 before = junior.convertToAssets(junior.balanceOf(underwriter));
        uint256 shares = deposit(junior, keeper, amount);
        assertLe(junior.convertToAssets(shares), amount);
        assertGe(junior.convertToAssets(junior.balanceOf(underwriter)), before);
    }

    function test_RevertWhen_NothingIsDeposited() public {
        vm.expectRevert(IPoolEvents.AmountZero.selector);
        junior.deposit(0, keeper);
    }

    function test_RevertWhen_TheCallerIsNotTheVault() public {
        vm.expectRevert(abi.encodeWithSelector(IPoolEvents.NotVault.selector, address(this)));
        pool.deposit(false, keeper, 1);
        vm.prank(address(junior));
        vm.expectRevert(abi.encodeWithSelector(IPoolEvents.NotVault.selector, address(junior)));
        pool.deposit(true, keeper, 1);
    }

    function test_RevertWhen_ThePoolWindsDown() public {
        pool.startWindDown();
        assertEq(junior.maxDeposit(keeper), 0);
        assertEq(junior.maxMint(keeper), 0);
        _expect(IPoolEvents.PoolWindingDown.selector);
    }

    function test_RevertWhen_OpenIncidentsExceedCapital() public {
        (MarketId[] memory markets,) = sellMarkets(8, 250_000);
        for (uint256 i; i < 8; ++i) {
            find(markets[i], IncidentState.Suspect, block.timestamp, 0);
        }
        pool.syncIncidents(8);
        assertEq(junior.maxDeposit(keeper), 0);
        _expect(IPoolEvents.PoolShort.selector);
    }

    function test_RevertWhen_ItGivesNoShare() public {
        (MarketId[] memory markets,) = sellMarkets(1, 1);
        assertEq(markets.length, 1);
        asset.mint(keeper, 1);
        vm.startPrank(keeper);
        asset.approve(address(junior), 1);
        // A unit is worth a thousand shares at the start, so that only nothing gives nothing.
        assertGt(junior.deposit(1, keeper), 0);
        vm.expectRevert();
        junior.mint(0, keeper);
    }

    function test_RevertWhen_WithdrawingWithoutARequest() public {
        vm.expectRevert(ITrancheVault.AsyncOnly.selector);
        junior.withdraw(1, keeper, keeper);
        vm.expectRevert(ITrancheVault.AsyncOnly.selector);
        junior.previewRedeem(1);
        assertEq(junior.maxWithdraw(underwriter), 0);
    }

    function _expect(bytes4 selector) private {
        asset.mint(keeper, 1000);
        vm.startPrank(keeper);
        asset.approve(address(junior), type(uint256).max);
        vm.expectPartialRevert(selector);
        junior.deposit(1000, keeper);
        vm.stopPrank();
    }

    function test_RevertWhen_TheTrancheWouldHoldMoreThanItCanCount() public {
        uint256 max = junior.maxDeposit(keeper);
        assertEq(max + 400_000 * unit(), type(uint96).max >> 5);
        asset.mint(keeper, max + 1);
        vm.startPrank(keeper);
        asset.approve(address(junior), type(uint256).max);
        vm.expectRevert(
            abi.encodeWithSelector(
                IPoolEvents.AmountTooLarge.selector, (type(uint96).max >> 5) + 1, type(uint96).max >> 5
            )
        );
        junior.deposit(max + 1, keeper);
        junior.deposit(max, keeper);
        assertEq(junior.maxDeposit(keeper), 0);
    }

    function test_RevertWhen_TheReceiverIsNobody() public {
        asset.mint(keeper, 1);
        vm.startPrank(keeper);
        asset.approve(address(junior), 1);
        vm.expectRevert(abi.encodeWithSelector(TrancheShares.ERC20InvalidReceiver.selector, address(0)));
        junior.deposit(1, address(0));
    }

    /// @dev Premium goes on streaming when all have left: who comes next with too little for a share loses nothing.
    function test_RevertWhen_WhatAllLeftBehindIsWorthMore() public {
        buyCover(market, holder, 100_000, 60);
        fail(market, 1);
        requestAll(senior, underwriter);
        requestAll(junior, underwriter);
        vm.warp(block.timestamp + 7 days);
        senior.strikeExit(type(uint256).max);
        junior.strikeExit(type(uint256).max);
        assertEq(junior.totalSupply() + senior.totalSupply(), 0);
        vm.warp(block.timestamp + 1 days);
        PoolState memory s = pool.state();
        assertGt(s.junior, 1000, "premium has no other owner");
        uint256 most = (s.junior + 1) / 1000;
        asset.mint(keeper, 1000 * most);
        vm.startPrank(keeper);
        asset.approve(address(junior), type(uint256).max);
        vm.expectRevert(ITrancheVault.SharesZero.selector);
        junior.deposit(most, keeper);
        assertGt(junior.deposit(2 * most, keeper), 0);
        assertSolvent(0);
    }
}
