// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IncidentState} from "../../src/interfaces/IIncidentBoard.sol";
import {IPoolEvents} from "../../src/interfaces/IPoolEvents.sol";
import {CoverId} from "../../src/types/CoverId.sol";
import {UnderwritingFixture} from "../support/UnderwritingFixture.sol";

/// @notice Closed, alerted, stale and expired: sales stop, claims do not.
contract LifecycleTest is UnderwritingFixture {
    CoverId internal id;
    uint256 internal leaving;

    function setUp() public override {
        super.setUp();
        id = buyCover(market, holder, 50_000, 80);
        hold(holder, 50_000 * unit());
        leaving = 1000 * unit() * 1000;
        vm.prank(underwriter);
        senior.requestRedeem(leaving, underwriter, underwriter);
        vm.warp(block.timestamp + 7 days);
        senior.strikeExit(leaving);
        vm.warp(block.timestamp + 9 days);
    }

    function test_Stale_StopsSalesNotClaims() public {
        vm.warp(block.timestamp + 40 days);
        _noSale(IPoolEvents.CardStale.selector);
        _left();
        _paid();
    }

    function test_Alerted_StopsSalesNotClaims() public {
        oracle.alertGroup(SOFT, uint40(block.timestamp + 2 days));
        _noSale(IPoolEvents.GroupAlerted.selector);
        _left();
        _paid();
    }

    function test_Closed_StopsSalesNotClaims() public {
        registry.close(market, 3);
        _noSale(IPoolEvents.OperationClosed.selector);
        _left();
        _paid();
    }

    function test_SuspectedAndLetGo_SalesResume() public {
        find(market, IncidentState.Suspect, block.timestamp, 0);
        _noSale(IPoolEvents.OperationClosed.selector);
        vm.warp(block.timestamp + 1 days);
        board.lapse(1);
        refreshCards(market);
        buyCover(market, holder, 1000, 30);
    }

    function test_Expired_OnlyWhatHappenedBeforeIsPaid() public {
        uint256 end = pool.policy(id).end;
        vm.warp(end + 1 days);
        vm.expectPartialRevert(IPoolEvents.ExtensionTooLate.selector);
        refreshAndExtend();
        pool.settleIncident(find(market, IncidentState.Final, end - 1, 1e8));
        assertEq(pool.pay(id), 47_500 * unit());
    }

    function test_Ended_TheMarketNeverSellsAgain() public {
        fail(market, 0.1e8);
        _noSale(IPoolEvents.OperationClosed.selector);
        vm.expectRevert();
        find(market, IncidentState.Suspect, block.timestamp, 0);
    }

    function test_RollingThroughAYear_CoverNeverLapses() public {
        asset.mint(holder, 1e6 * unit());
        vm.startPrank(holder);
        asset.approve(address(pool), type(uint256).max);
        pool.setRollingOrder(id, 30, 1e8, uint48(unit()));
        vm.stopPrank();
        for (uint256 i; i < 10; ++i) {
            vm.warp(pool.policy(id).end - 72 hours - (i % 2) * 1 days);
            refreshCards(market);
            vm.prank(keeper);
            pool.renew(id);
            assertSolvent(0);
        }
        assertEq(asset.balanceOf(keeper), 10 * unit());
        assertEq(pool.state().totalCover, 50_000 * unit());
        vm.warp(pool.policy(id).end - 1);
        _paid();
    }

    function refreshAndExtend() private {
        this.refreshedExtend();
    }

    function refreshedExtend() external {
        refreshCards(market);
        pool.extend(id, 30, type(uint96).max);
    }

    function _noSale(bytes4 selector) private {
        vm.expectPartialRevert(selector);
        pool.buy(buyParams(market, holder, unit(), 30));
        vm.expectPartialRevert(selector);
        pool.extend(id, 30, type(uint96).max);
    }

    /// @dev What was struck before is claimed, and no card is looked at.
    function _left() private {
        vm.record();
        vm.prank(underwriter);
        assertGe(senior.redeem(leaving, underwriter, underwriter), 999 * unit(), "CARD-4");
        _assertNoCardRead();
    }

    function _paid() private {
        fail(market, 1e8);
        vm.record();
        assertEq(pool.pay(id), 47_500 * unit(), "CARD-4");
        _assertNoCardRead();
        assertSolvent(0);
    }

    function _assertNoCardRead() private {
        (bytes32[] memory reads,) = vm.accesses(address(oracle));
        assertEq(reads.length, 0, "CARD-4");
    }
}
