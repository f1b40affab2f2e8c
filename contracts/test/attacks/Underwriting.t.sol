// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IncidentState} from "../../src/interfaces/IIncidentBoard.sol";
import {IPool} from "../../src/interfaces/IPool.sol";
import {IPoolEvents} from "../../src/interfaces/IPoolEvents.sol";
import {PoolState, Quote} from "../../src/interfaces/IPoolTypes.sol";
import {CoverId} from "../../src/types/CoverId.sol";
import {TrancheVault} from "../../src/underwriting/TrancheVault.sol";
import {UnderwritingFixture} from "../support/UnderwritingFixture.sol";

/// @notice Attacks by capital: coming and going at the right moment.
contract UnderwritingAttacksTest is UnderwritingFixture {
    uint256 private constant ALL = type(uint256).max;
    address private attacker = makeAddr("attacker");

    /// The attacker has a request matured at all times, earns on, and has itself struck only when it likes.
    function test_Attack07_KeepingAnExitReadyAndEarningOn() public {
        fund(senior, attacker, 100_000);
        buyCover(market, holder, 150_000, 200);
        requestAll(senior, attacker);
        vm.warp(block.timestamp + 7 days);
        senior.checkpoint();
        uint256 atMaturity = senior.convertToAssets(100_000 * unit() * 1000);
        vm.warp(block.timestamp + 60 days);
        assertGt(senior.convertToAssets(100_000 * unit() * 1000), atMaturity + unit());
        senior.strikeExit(ALL);
        (uint256 escrow,,) = pool.escrowOf(true, block.timestamp / 1 days);
        assertLe(escrow, atMaturity, "no gain from after maturity");
    }

    /// On bad news the attacker strikes what it kept ready; anyone could have struck it before, nobody did.
    function test_Attack07_ExecutingAnExitOnBadNews() public {
        _exitBetweenEventAndDeclaration(30 days);
    }

    /// The attacker's request matures just between event and declaration.
    function test_Attack08_LeavingBetweenEventAndDeclaration() public {
        _exitBetweenEventAndDeclaration(7 days);
    }

    /// The attacker's escrow has matured, an incident is on the board, and the pool has not noticed yet.
    function test_Attack08_TakingEscrowBeforeThePoolHasSeenTheIncident() public {
        fund(junior, attacker, 100_000);
        buyCover(market, holder, 200_000, 60);
        requestAll(junior, attacker);
        vm.warp(block.timestamp + 7 days);
        junior.strikeExit(ALL);
        vm.warp(block.timestamp + 9 days);
        uint256 shares = junior.maxRedeem(attacker);
        assertGt(shares, 0);
        find(market, IncidentState.Suspect, block.timestamp, 0);
        vm.expectPartialRevert(IPoolEvents.ExitHeld.selector);
        vm.prank(attacker);
        junior.redeem(shares, attacker, attacker);
    }

    /// The attacker deposits when the loss is declared and shares in what is recovered of it.
    function test_Attack09_DepositingForTheRecovery() public {
        CoverId id = buyCover(market, holder, 200_000, 60);
        vm.warp(pool.policy(id).start);
        uint256 incident = fail(market, 1e8);
        fund(junior, attacker, 400_000);
        uint256 worth = junior.convertToAssets(junior.balanceOf(attacker));
        asset.mint(address(this), 100_000 * unit());
        asset.approve(address(pool), ALL);
        pool.addSalvage(incident, 100_000 * unit());
        assertEq(junior.convertToAssets(junior.balanceOf(attacker)), worth);
        vm.expectRevert(abi.encodeWithSelector(IPoolEvents.NothingToClaim.selector, incident, attacker));
        pool.claimSalvage(incident, false, attacker);
        assertApproxEqAbs(pool.claimSalvage(incident, false, underwriter), 100_000 * unit(), 1);
    }

    /// The attacker is first with one unit, donates, and lets the next depositor's shares round to nothing.
    function test_Attack10_InflatingTheFirstShare() public {
        (IPool empty, TrancheVault vault,) = createPool(settings());
        deposit(vault, attacker, 1);
        asset.mint(address(empty), 100_000 * unit());
        fund(vault, holder, 150_000);
        assertGe(vault.convertToAssets(vault.balanceOf(holder)), 150_000 * unit() - 1, "the victim's");
        assertLe(vault.convertToAssets(vault.balanceOf(attacker)), 1, "the attacker's");
    }

    /// The attacker deposits before a large purchase and asks to leave after it, in the same block.
    function test_Attack13_SandwichingALargePurchase() public {
        fund(junior, attacker, 400_000);
        uint256 worth = junior.convertToAssets(junior.balanceOf(attacker));
        buyCover(market, holder, 200_000, 200);
        assertLe(junior.convertToAssets(junior.balanceOf(attacker)), worth);
        requestAll(junior, attacker);
        assertLe(pool.state().requestedExits, 400_000 * unit());
    }

    /// The attacker deposits just before premium is distributed that nobody has touched for a month.
    function test_Attack13_SandwichingADrip() public {
        buyCover(market, holder, 200_000, 200);
        vm.warp(block.timestamp + 30 days);
        fund(junior, attacker, 400_000);
        pool.accrue();
        assertLe(junior.convertToAssets(junior.balanceOf(attacker)), 400_000 * unit());
    }

    /// Junior asks to leave as one, so that senior bears the next loss alone.
    function test_Attack14_JuniorLeavingSeniorAlone() public {
        buyCover(market, holder, 1000, 60);
        requestAll(junior, underwriter);
        vm.warp(block.timestamp + 7 days);
        for (uint256 i; i < 3; ++i) {
            junior.strikeExit(ALL);
            PoolState memory s = pool.state();
            assertGe(s.junior * 1e4, (s.junior + s.senior) * 2000);
        }
        assertGt(pool.state().escrow, 0);
    }

    /// The attacker fills a market with the shortest cover there is, to keep others out, and cancels.
    function test_Attack43_FillingCapacityWithShortCover() public {
        vm.expectPartialRevert(IPoolEvents.TermOutOfBounds.selector);
        pool.buy(buyParams(market, attacker, 250_000 * unit(), 9));
        Quote memory q = pool.quote(market, 250_000 * unit(), 12);
        (CoverId id, uint256 premium) = buy(market, attacker, 250_000 * unit(), 12);
        vm.expectPartialRevert(IPoolEvents.MarketFull.selector);
        pool.buy(buyParams(market, holder, unit(), 30));
        vm.prank(attacker);
        uint256 refund = pool.cancel(id);
        assertLe(refund, q.expectedLoss, "no more than the expected-loss part comes back");
        assertGt(premium - refund, premium / 2, "shutting others out costs the capital charge");
        buyCover(market, holder, 1, 30);
    }

    /// The attacker buys and cancels against itself, to be paid back more than was paid.
    function test_Attack43_CancellingForAProfit() public {
        for (uint256 i; i < 20; ++i) {
            (CoverId id, uint256 premium) = buy(market, attacker, 50_000 * unit(), uint16(30 + i));
            vm.prank(attacker);
            assertLe(pool.cancel(id), premium);
        }
        assertSolvent(0);
    }

    /// @dev The attacker, with a fifth of junior, asks to leave `before` an event, is struck after it, and bears a fifth.
    function _exitBetweenEventAndDeclaration(uint256 before) private {
        fund(junior, attacker, 100_000);
        CoverId id = buyCover(market, holder, 200_000, 90);
        vm.warp(pool.policy(id).start);
        requestAll(junior, attacker);
        vm.warp(block.timestamp + before);
        uint256 eventTime = block.timestamp;
        vm.warp(block.timestamp + 1 hours);
        junior.strikeExit(ALL);
        (uint256 escrow,,) = pool.escrowOf(false, block.timestamp / 1 days);
        uint256 live = pool.state().junior;
        vm.warp(block.timestamp + 1 days);
        pool.settleIncident(find(market, IncidentState.Final, eventTime, 1e8));
        (uint256 left,,) = pool.escrowOf(false, eventTime / 1 days);
        assertApproxEqRel(escrow - left, 190_000 * unit() * escrow / (escrow + live), 0.001e18, "EXIT-1");
        assertSolvent(0);
    }
}
