// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IncidentState} from "../../../src/interfaces/IIncidentBoard.sol";
import {IPoolEvents} from "../../../src/interfaces/IPoolEvents.sol";
import {MarketId} from "../../../src/types/MarketId.sol";
import {UnderwritingFixture} from "../../support/UnderwritingFixture.sol";

contract SalvageTest is UnderwritingFixture {
    uint256 internal incident;

    function setUp() public override {
        super.setUp();
        fund(junior, keeper, 100_000);
        buyCover(market, holder, 200_000, 60);
        vm.warp(block.timestamp + 10 days);
        incident = fail(market, 1e8);
        asset.mint(address(this), 1e6 * unit());
        asset.approve(address(pool), type(uint256).max);
    }

    function test_WhenPaidIn_GoesToThoseWhoHeldAtTheDeclaration() public {
        pool.addSalvage(incident, 50_000 * unit());
        assertEq(pool.claimSalvage(incident, false, underwriter), 40_000 * unit());
        assertEq(pool.claimSalvage(incident, false, keeper), 10_000 * unit());
        assertEq(pool.incidentState(incident).salvageClaimed, 50_000 * unit());
        assertSolvent(0);
    }

    function test_WhenSharesMovedAfterwards_TheOldHolderIsPaid() public {
        uint256 shares = junior.balanceOf(keeper);
        vm.prank(keeper);
        junior.transfer(holder, shares);
        pool.addSalvage(incident, 50_000 * unit());
        assertEq(pool.claimSalvage(incident, false, keeper), 10_000 * unit());
        vm.expectPartialRevert(IPoolEvents.NothingToClaim.selector);
        pool.claimSalvage(incident, false, holder);
    }

    function test_WhenDepositedAfterwards_ThereIsNothingToClaim() public {
        fund(junior, holder, 300_000);
        pool.addSalvage(incident, 50_000 * unit());
        vm.expectRevert(abi.encodeWithSelector(IPoolEvents.NothingToClaim.selector, incident, holder));
        pool.claimSalvage(incident, false, holder);
    }

    function test_WhenMoreComes_TheRestIsClaimed() public {
        pool.addSalvage(incident, 10_000 * unit());
        pool.claimSalvage(incident, false, keeper);
        vm.expectPartialRevert(IPoolEvents.NothingToClaim.selector);
        pool.claimSalvage(incident, false, keeper);
        pool.addSalvage(incident, 10_000 * unit());
        assertEq(pool.claimSalvage(incident, false, keeper), 2000 * unit());
    }

    function test_WhenSeniorLost_ItIsMadeGoodFirst() public {
        (MarketId[] memory markets,) = sellMarkets(3, 200_000);
        vm.warp(block.timestamp + 10 days);
        for (uint256 i; i < 3; ++i) {
            find(markets[i], IncidentState.Final, block.timestamp, 1e8);
        }
        pool.syncIncidents(4);
        for (uint256 i = 2; i <= 4; ++i) {
            pool.settleIncident(i);
        }
        uint256 lost = pool.incidentState(4).fromSenior;
        assertEq(lost, 200_000 * unit());
        pool.addSalvage(4, 100_000 * unit());
        assertEq(pool.claimSalvage(4, true, underwriter), 100_000 * unit());
        vm.expectPartialRevert(IPoolEvents.NothingToClaim.selector);
        pool.claimSalvage(4, false, underwriter);
        assertApproxEqAbs(pool.salvageShare(4, true, underwriter), 1e18, 1);
    }

    function test_WhenAsked_TheSharesOfALossAddUp() public view {
        uint256 sum = pool.salvageShare(incident, false, underwriter)
            + pool.salvageShare(incident, false, keeper) + pool.salvageShare(incident, true, underwriter);
        assertLe(sum, 1e18);
        assertGe(sum, 1e18 - 3);
    }

    function test_RevertWhen_NothingWasDeclared() public {
        vm.expectRevert(abi.encodeWithSelector(IPoolEvents.IncidentNotOfPool.selector, 9));
        pool.addSalvage(9, 1);
    }

    function test_RevertWhen_NothingIsPaidIn() public {
        vm.expectRevert(IPoolEvents.AmountZero.selector);
        pool.addSalvage(incident, 0);
    }
}
