// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {UnderwritingFixture} from "../../support/UnderwritingFixture.sol";

/// @notice EXIT-3: what matured before yesterday gets no gain from after the day it matured.
contract LateStrikeTest is UnderwritingFixture {
    uint256 internal constant ALL = type(uint256).max;
    uint256 internal constant SHARES = 100_000 * 1e6 * 1000;
    uint256 internal maturesAt;

    function setUp() public override {
        super.setUp();
        buyCover(market, holder, 150_000, 200);
        vm.prank(underwriter);
        senior.requestRedeem(SHARES, underwriter, underwriter);
        maturesAt = block.timestamp + 7 days;
    }

    function test_WhenStruckByTheEndOfTheNextDay_GetsTheValueOfThatMoment() public {
        vm.warp((maturesAt / 1 days + 2) * 1 days - 1);
        _strike(senior.convertToAssets(SHARES), 0);
    }

    function test_WhenStruckLate_GetsTheNewestNoteUpToItsDay() public {
        vm.warp(maturesAt);
        senior.checkpoint();
        uint256 noted = senior.convertToAssets(SHARES);
        vm.warp(maturesAt + 20 days);
        senior.checkpoint();
        assertGt(senior.convertToAssets(SHARES), noted + unit());
        _strike(noted, 1);
    }

    function test_WhenNobodyNotedAPrice_GetsThatOfItsRequest() public {
        vm.warp(maturesAt + 20 days);
        _strike(100_000 * unit(), 1);
    }

    function test_WhenALossCameAfterwards_GetsWhatIsLeftThen() public {
        vm.warp(maturesAt);
        fund(senior, keeper, 1000);
        _exhaustJunior();
        uint256 left = senior.convertToAssets(SHARES);
        assertLt(left, 90_000 * unit());
        vm.warp(block.timestamp + 20 days);
        assertGt(senior.convertToAssets(SHARES), left);
        _strike(left, 1);
    }

    function test_WhenForgone_TheGainStaysWithTheTranche() public {
        vm.warp(maturesAt + 20 days);
        uint256 rest = senior.balanceOf(underwriter);
        uint256 before = senior.convertToAssets(rest);
        uint256 total = senior.totalAssets();
        senior.strikeExit(ALL);
        assertGt(senior.convertToAssets(rest), before);
        assertEq(senior.totalAssets() + pool.state().escrow, total);
        assertSolvent(0);
    }

    function test_WhenPricesDiffer_RequestsAreStruckApart() public {
        vm.warp(block.timestamp + 3 days);
        vm.prank(underwriter);
        senior.requestRedeem(SHARES, underwriter, underwriter);
        uint256 second = senior.convertToAssets(SHARES);
        vm.warp(maturesAt + 1 days);
        senior.checkpoint();
        uint256 noted = senior.convertToAssets(SHARES);
        assertGt(noted, second);
        vm.warp(maturesAt + 40 days);
        assertEq(senior.strikeExit(ALL), SHARES);
        (uint256 first,,) = pool.escrowOf(true, block.timestamp / 1 days);
        assertApproxEqAbs(first, second, 1);
        assertEq(senior.strikeExit(ALL), SHARES);
        (uint256 both,,) = pool.escrowOf(true, block.timestamp / 1 days);
        assertApproxEqAbs(both - first, noted, 1);
    }

    function _strike(uint256 value, uint256 tolerance) private {
        assertEq(senior.strikeExit(ALL), SHARES);
        (uint256 paid,,) = pool.escrowOf(true, block.timestamp / 1 days);
        assertLe(paid, value, "EXIT-3");
        assertGe(paid + tolerance, value);
        assertSolvent(0);
    }

    /// @dev Losses beyond junior: three markets of 200,000 each, in the soft group.
    function _exhaustJunior() private {
        for (uint256 i; i < 3; ++i) {
            buyCover(openMarket(softTerms(vm.toString(i))), holder, 200_000, 60);
        }
        vm.warp(block.timestamp + 4 days);
        for (uint256 i; i < 3; ++i) {
            fail(registry.idOf(softTerms(vm.toString(i))), 1e8);
        }
    }
}
