// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IncidentState} from "../../src/interfaces/IIncidentBoard.sol";
import {PoolSettings} from "../../src/interfaces/IPoolFactory.sol";
import {ITrancheVault} from "../../src/interfaces/ITrancheVault.sol";
import {MarketId} from "../../src/types/MarketId.sol";
import {TrancheVault} from "../../src/underwriting/TrancheVault.sol";
import {UnderwritingFixture} from "../support/UnderwritingFixture.sol";

/// @notice The deposit side of ERC-4626, one test for each MUST of its text. The pool is permissioned, so that limits of an
/// account exist; shares are worth more than at the start, so that roundings show.
contract ERC4626DepositTest is UnderwritingFixture {
    event Deposit(address indexed sender, address indexed owner, uint256 assets, uint256 shares);
    event Transfer(address indexed from, address indexed to, uint256 amount);

    function settings() internal view override returns (PoolSettings memory s) {
        s = super.settings();
        s.accessGate = address(gate);
    }

    function setUp() public override {
        super.setUp();
        gate.list(keeper);
        buyCover(market, holder, 100_000, 100);
        vm.warp(block.timestamp + 30 days);
        pool.poke(market, type(uint256).max);
    }

    /// asset: "MUST be an ERC-20 token contract. MUST NOT revert."
    function test_AssetIsThePools() public view {
        assertEq(junior.asset(), address(asset));
        assertEq(junior.asset(), pool.asset());
        assertEq(junior.decimals(), asset.decimals() + 3);
        assertGt(bytes(junior.name()).length, 0);
        assertGt(bytes(junior.symbol()).length, 0);
    }

    /// totalAssets: "SHOULD include any compounding that occurs from yield. MUST NOT revert."
    function test_TotalAssetsFollowPremiumWithoutATransaction() public {
        uint256 before = junior.totalAssets();
        vm.warp(block.timestamp + 1 days);
        assertGt(junior.totalAssets(), before);
    }

    /// totalAssets: what is donated is nobody's.
    function test_TotalAssetsIgnoreDonations() public {
        uint256 before = junior.totalAssets();
        asset.mint(address(junior), 1e12);
        asset.mint(address(pool), 1e12);
        assertEq(junior.totalAssets(), before);
    }

    /// convertTo*: "MUST NOT show any variations depending on the caller. MUST round down towards 0."
    function testFuzz_ConversionsRoundDownForEveryone(uint256 amount, address caller) public {
        amount = bound(amount, 0, type(uint96).max);
        uint256 shares = junior.convertToShares(amount);
        assertLe(junior.convertToAssets(shares), amount);
        vm.startPrank(caller);
        assertEq(junior.convertToShares(amount), shares);
        assertEq(junior.convertToAssets(shares), junior.convertToAssets(shares));
        vm.stopPrank();
        assertEq(junior.convertToShares(0), 0);
        assertEq(junior.convertToAssets(0), 0);
    }

    /// convertTo*: "MUST NOT reflect slippage or other on-chain conditions, when performing the actual exchange."
    function test_ConversionsIgnoreGatesAndSize() public {
        uint256 small = senior.convertToShares(1e6);
        assertApproxEqAbs(senior.convertToShares(1e18), small * 1e12, 1e13);
        uint256 before = senior.convertToShares(1e18);
        pool.startWindDown();
        assertEq(senior.convertToShares(1e18), before);
    }

    /// maxDeposit, maxMint: "MUST factor in both global and user-specific limits ... MUST return 0 where disabled."
    function test_LimitsFollowTheAccount() public {
        address stranger = makeAddr("stranger");
        assertEq(junior.maxDeposit(stranger), 0);
        assertEq(junior.maxMint(stranger), 0);
        assertGt(junior.maxDeposit(keeper), 0);
        gate.list(stranger);
        assertGt(junior.maxDeposit(stranger), 0);
    }

    function test_LimitsAreNothingWhileThePoolWindsDown() public {
        pool.startWindDown();
        assertEq(junior.maxDeposit(keeper), 0);
        assertEq(senior.maxMint(keeper), 0);
    }

    function test_LimitsAreNothingWhileThePoolIsShort() public {
        for (uint256 i; i < 6; ++i) {
            MarketId m = openMarket(softTerms(vm.toString(i)));
            buyCover(m, holder, 200_000, 60);
            find(m, IncidentState.Suspect, block.timestamp, 0);
        }
        pool.syncIncidents(6);
        assertEq(junior.maxDeposit(keeper), 0);
        assertEq(junior.maxMint(keeper), 0);
    }

    /// maxDeposit: "MUST NOT revert", not even where the access gate does.
    function test_LimitsAreNothingWhereTheGateReverts() public {
        vm.mockCallRevert(address(gate), bytes(""), bytes(""));
        assertEq(junior.maxDeposit(keeper), 0);
        assertEq(junior.maxMint(keeper), 0);
    }

    /// maxDeposit: "MUST return the maximum amount of assets deposit would allow ... and not cause a revert."
    function testFuzz_TheMostThatIsAnsweredIsTaken(uint256 part) public {
        uint256 max = senior.maxDeposit(keeper);
        part = bound(part, 1, max);
        _fund(senior, part);
        vm.startPrank(keeper);
        senior.deposit(part, keeper);
        uint256 rest = senior.maxDeposit(keeper);
        vm.stopPrank();
        if (rest == 0) return;
        _fund(senior, rest);
        vm.prank(keeper);
        senior.deposit(rest, keeper);
        assertEq(senior.maxDeposit(keeper), 0);
    }

    /// maxMint: "MUST return the maximum amount of shares mint would allow ... and not cause a revert."
    function test_TheMostThatIsAnsweredIsMinted() public {
        uint256 max = senior.maxMint(keeper);
        _fund(senior, senior.previewMint(max));
        vm.prank(keeper);
        senior.mint(max, keeper);
    }

    function test_RevertWhen_MoreThanTheMostIsBrought() public {
        uint256 max = senior.maxDeposit(keeper);
        _fund(senior, max + 1);
        vm.expectRevert();
        vm.prank(keeper);
        senior.deposit(max + 1, keeper);
    }

    /// previewDeposit: "as close to and no more than the exact amount of Vault shares that would be minted."
    /// deposit: "Mints shares to receiver by depositing exactly assets. MUST emit the Deposit event."
    function testFuzz_DepositGivesWhatWasPreviewed(uint256 assets) public {
        assets = bound(assets, 1, 1e6 * unit());
        uint256 preview = junior.previewDeposit(assets);
        uint256 before = junior.totalAssets();
        _fund(junior, assets);
        vm.expectEmit(address(junior));
        emit Deposit(keeper, holder, assets, preview);
        vm.prank(keeper);
        assertEq(junior.deposit(assets, holder), preview);
        assertEq(junior.balanceOf(holder), preview);
        assertEq(asset.balanceOf(keeper), 0);
        assertEq(junior.totalAssets(), before + assets);
        assertLe(junior.convertToAssets(preview), assets);
    }

    /// previewMint: "as close to and no fewer than the exact amount of assets." mint: "exactly shares."
    function testFuzz_MintTakesWhatWasPreviewed(uint256 shares) public {
        shares = bound(shares, 1, 1e6 * unit() * 1000);
        uint256 preview = junior.previewMint(shares);
        _fund(junior, preview);
        vm.expectEmit(address(junior));
        emit Deposit(keeper, holder, preview, shares);
        vm.prank(keeper);
        assertEq(junior.mint(shares, holder), preview);
        assertEq(junior.balanceOf(holder), shares);
        assertEq(asset.balanceOf(keeper), 0);
        assertLe(junior.convertToAssets(shares), preview);
    }

    /// previewDeposit, previewMint: "MUST NOT account for deposit limits" and "MUST NOT revert due to vault specific limits."
    function test_PreviewsIgnoreLimits() public {
        uint256 shares = senior.previewDeposit(1e20);
        uint256 assets = senior.previewMint(1e20);
        pool.startWindDown();
        assertEq(senior.previewDeposit(1e20), shares);
        assertEq(senior.previewMint(1e20), assets);
    }

    /// deposit: "MUST support ERC-20 approve / transferFrom ... MUST revert if all of assets cannot be deposited."
    function test_RevertWhen_TheAllowanceIsTooSmall() public {
        asset.mint(keeper, 1000);
        vm.startPrank(keeper);
        asset.approve(address(junior), 999);
        vm.expectRevert();
        junior.deposit(1000, keeper);
        uint256 shares = junior.previewDeposit(1000);
        vm.expectRevert();
        junior.mint(shares, keeper);
        vm.stopPrank();
    }

    function test_RevertWhen_NoShareWouldBeGiven() public {
        vm.expectRevert();
        vm.prank(keeper);
        junior.deposit(0, keeper);
    }

    function test_SharesAreAnERC20() public {
        _fund(junior, 1000);
        vm.startPrank(keeper);
        uint256 shares = junior.deposit(1000, keeper);
        vm.expectEmit(address(junior));
        emit Transfer(keeper, holder, shares / 2);
        assertTrue(junior.transfer(holder, shares / 2));
        assertTrue(junior.approve(holder, 7));
        vm.stopPrank();
        assertEq(junior.allowance(keeper, holder), 7);
        vm.prank(holder);
        assertTrue(junior.transferFrom(keeper, holder, 7));
        assertEq(junior.allowance(keeper, holder), 0);
        assertEq(junior.balanceOf(holder), shares / 2 + 7);
    }

    function _fund(TrancheVault vault, uint256 assets) private {
        asset.mint(keeper, assets);
        vm.prank(keeper);
        asset.approve(address(vault), assets);
    }
}
