// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IPoolEvents} from "../../../src/interfaces/IPoolEvents.sol";
import {ExitTerms, PoolState} from "../../../src/interfaces/IPoolTypes.sol";
import {ITrancheVault} from "../../../src/interfaces/ITrancheVault.sol";
import {MarketId} from "../../../src/types/MarketId.sol";
import {UnderwritingFixture} from "../../support/UnderwritingFixture.sol";

contract StrikeExitTest is UnderwritingFixture {
    uint256 internal constant ALL = type(uint256).max;

    function test_WhenMatured_AnyoneStrikesIntoEscrow() public {
        uint256 id = requestAll(senior, underwriter);
        vm.warp(block.timestamp + 7 days);
        vm.prank(keeper);
        assertEq(senior.strikeExit(ALL), 600_000 * unit() * 1000);
        PoolState memory s = pool.state();
        assertEq(s.escrow, 600_000 * unit());
        assertEq(s.senior, 0);
        assertEq(s.requestedExits, 0);
        assertEq(senior.totalSupply(), 0);
        (uint256 pending,) = senior.pendingExits();
        assertEq(pending, 0);
        assertEq(senior.pendingRedeemRequest(id, underwriter), 600_000 * unit() * 1000);
        (uint256 assets, uint256 units, uint256 maturesAt) = pool.escrowOf(true, block.timestamp / 1 days);
        assertEq(assets, 600_000 * unit());
        assertEq(units, assets);
        assertEq(maturesAt, (block.timestamp / 1 days + 9) * 1 days);
        assertSolvent(0);
    }

    function test_RevertWhen_NothingHasMatured() public {
        requestAll(senior, underwriter);
        vm.warp(block.timestamp + 7 days - 1);
        vm.expectRevert(abi.encodeWithSelector(ITrancheVault.NothingMatured.selector, block.timestamp + 1));
        senior.strikeExit(ALL);
    }

    function test_RevertWhen_NothingWasRequested() public {
        vm.expectRevert(abi.encodeWithSelector(ITrancheVault.NothingMatured.selector, 0));
        senior.strikeExit(ALL);
    }

    function test_WhenStruckInParts_FollowsTheOrder() public {
        fund(senior, keeper, 300_000);
        requestAll(senior, underwriter);
        requestAll(senior, keeper);
        vm.warp(block.timestamp + 7 days);
        senior.strikeExit(700_000 * unit() * 1000);
        (uint256 pending,) = senior.pendingExits();
        assertEq(pending, 200_000 * unit() * 1000);
        assertEq(pool.state().requestedExits, 200_000 * unit());
        senior.strikeExit(ALL);
        (pending,) = senior.pendingExits();
        assertEq(pending, 0);
        assertEq(pool.state().escrow, 900_000 * unit());
        vm.warp(block.timestamp + 9 days);
        assertEq(senior.maxRedeem(underwriter), 600_000 * unit() * 1000);
        assertEq(senior.maxRedeem(keeper), 300_000 * unit() * 1000);
    }

    function test_WhenOnlySomeHaveMatured_StrikesThose() public {
        requestAll(senior, underwriter);
        vm.warp(block.timestamp + 1 days);
        fund(senior, keeper, 1000);
        requestAll(senior, keeper);
        vm.warp(block.timestamp + 6 days);
        assertEq(senior.strikeExit(ALL), 600_000 * unit() * 1000);
        vm.expectPartialRevert(ITrancheVault.NothingMatured.selector);
        senior.strikeExit(ALL);
    }

    function test_WhenPremiumWasEarned_StrikesAtTheValueOfThatMoment() public {
        buyCover(market, holder, 100_000, 60);
        requestAll(senior, underwriter);
        vm.warp(block.timestamp + 8 days);
        uint256 value = pool.state().senior;
        assertGt(value, 600_000 * unit());
        senior.strikeExit(ALL);
        assertApproxEqAbs(pool.state().escrow, value, 1);
    }

    function test_WhenUtilisationIsAtTheGate_StrikesOnlyWhatIsFree() public {
        for (uint256 i; i < 3; ++i) {
            MarketId m = openMarket(softTerms(vm.toString(i)));
            buyCover(m, holder, 250_000, 60);
        }
        requestAll(senior, underwriter);
        vm.warp(block.timestamp + 7 days);
        uint256 struck = senior.strikeExit(ALL);
        assertLt(struck, 600_000 * unit() * 1000);
        PoolState memory s = pool.state();
        assertLe(s.requiredCapital * 10_000, (s.junior + s.senior) * 8500);
        assertApproxEqRel(s.requiredCapital * 10_000, (s.junior + s.senior) * 8500, 1e12);
        assertApproxEqAbs(senior.strikeExit(ALL), 0, 2000);
        vm.warp(block.timestamp + 70 days);
        for (uint256 i; i < 3; ++i) {
            pool.poke(registry.idOf(softTerms(vm.toString(i))), ALL);
        }
        senior.strikeExit(ALL);
        (uint256 pending,) = senior.pendingExits();
        assertEq(pending, 0);
        assertEq(pool.state().requestedExits, 0);
    }

    function test_WhenAHardGroupNeedsTheCapital_StrikesOnlyWhatIsFree() public {
        buyCover(market, holder, 250_000, 60);
        buyCover(openMarket(termsOf("a")), holder, 250_000, 60);
        requestAll(senior, underwriter);
        vm.warp(block.timestamp + 7 days);
        senior.strikeExit(ALL);
        PoolState memory s = pool.state();
        (, uint256 unweighted,) = pool.groupState(HARD);
        assertEq(unweighted, 500_000 * unit());
        assertGe(s.junior + s.senior, unweighted);
        assertLe(s.junior + s.senior, unweighted + 2);
    }

    function test_WhenSeniorStandsBehindCover_JuniorKeepsItsLeastShare() public {
        buyCover(market, holder, 1000, 60);
        requestAll(junior, underwriter);
        vm.warp(block.timestamp + 7 days);
        junior.strikeExit(ALL);
        PoolState memory s = pool.state();
        assertGe(s.junior * 10_000, (s.junior + s.senior) * 2000);
        assertApproxEqAbs(s.junior, s.senior / 4, 2);
        vm.warp(block.timestamp + 70 days);
        pool.poke(market, ALL);
        assertEq(pool.state().totalCover, 0);
        junior.strikeExit(ALL);
        (uint256 pending,) = junior.pendingExits();
        assertEq(pending, 0);
    }

    function test_WhenSeniorHasLeft_JuniorLeavesToo() public {
        requestAll(junior, underwriter);
        requestAll(senior, underwriter);
        vm.warp(block.timestamp + 7 days);
        senior.strikeExit(ALL);
        junior.strikeExit(ALL);
        assertEq(pool.state().junior, 0);
    }

    function test_WhenALossCameBefore_StrikesWhatIsLeft() public {
        buyCover(market, holder, 200_000, 60);
        buyCover(openMarket(softTerms("other")), holder, 1000, 60);
        requestAll(junior, underwriter);
        vm.warp(block.timestamp + 5 days);
        fail(market, 1e8);
        vm.warp(block.timestamp + 2 days);
        uint256 left = pool.state().junior;
        junior.strikeExit(ALL);
        assertApproxEqAbs(pool.state().escrow, left - 150_000 * unit(), 1e6 * 60);
        assertSolvent(0);
    }

    function test_RevertWhen_TheCallerIsNotTheVault() public {
        vm.expectRevert(abi.encodeWithSelector(IPoolEvents.NotVault.selector, address(this)));
        pool.strikeExit(true, ExitTerms(1, 1, 1, 1, 1, address(this)));
    }

    function testFuzz_WhenStruckInParts_NothingIsLost(uint256 a, uint256 b, uint256 parts) public {
        a = bound(a, 1, 600_000 * unit() * 1000);
        b = bound(b, 1, 600_000 * unit() * 1000);
        buyCover(market, holder, 10_000, 60);
        vm.prank(underwriter);
        senior.requestRedeem(a, underwriter, underwriter);
        if (a + b <= 600_000 * unit() * 1000) {
            vm.prank(underwriter);
            senior.requestRedeem(b, underwriter, underwriter);
        }
        vm.warp(block.timestamp + 9 days);
        (uint256 pending,) = senior.pendingExits();
        parts = bound(parts, 1, 4);
        for (uint256 i; i < parts; ++i) {
            if (senior.strikeExit(pending / parts + 1) == 0) break;
            (uint256 left,) = senior.pendingExits();
            if (left == 0) break;
        }
        (uint256 rest, uint256 requested) = senior.pendingExits();
        assertEq(pool.state().requestedExits, requested);
        if (rest == 0) assertEq(requested, 0);
        assertSolvent(0);
    }

    function test_WhenNothingMayLeave_StrikesNothing() public {
        buyCover(market, holder, 1000, 60);
        (MarketId[] memory markets,) = sellMarkets(2, 150_000);
        requestAll(junior, underwriter);
        vm.warp(block.timestamp + 7 days);
        fail(markets[0], 1e8);
        fail(markets[1], 1e8);
        PoolState memory s = pool.state();
        assertLt(s.junior * 10_000, (s.junior + s.senior) * 2000);
        (uint256 pending, uint256 requested) = junior.pendingExits();
        assertEq(junior.strikeExit(ALL), 0);
        (uint256 left, uint256 still) = junior.pendingExits();
        assertEq(left, pending);
        assertEq(still, requested);
        assertEq(junior.totalSupply(), pending);
        assertEq(pool.state().escrow, 0);
        assertEq(pool.state().requestedExits, requested);
    }

    /// @dev Who joined an emptied batch would share what comes back for it.
    function test_WhenALossEmptiedTheDaysBatch_WaitsForTheNextDay() public {
        buyCover(market, holder, 100_000, 60);
        uint256 id = requestAll(junior, underwriter);
        vm.warp(block.timestamp + 7 days);
        assertEq(junior.strikeExit(1000), 1000);
        fail(market, 1e8);
        (uint256 assets, uint256 units,) = pool.escrowOf(false, block.timestamp / 1 days);
        assertEq(assets, 0);
        assertGt(units, 0);
        uint256 waiting = junior.unstruckOf(id);
        assertEq(junior.strikeExit(ALL), 0);
        assertEq(junior.unstruckOf(id), waiting);
        nextDay();
        assertGt(junior.strikeExit(ALL), 0);
        assertLt(junior.unstruckOf(id), waiting);
        assertSolvent(0);
    }
}
