// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IncidentState} from "../../../src/interfaces/IIncidentBoard.sol";
import {IPoolEvents} from "../../../src/interfaces/IPoolEvents.sol";
import {PoolIncident, PoolState} from "../../../src/interfaces/IPoolTypes.sol";
import {MarketId} from "../../../src/types/MarketId.sol";
import {UnderwritingFixture} from "../../support/UnderwritingFixture.sol";

contract SettleIncidentTest is UnderwritingFixture {
    function setUp() public override {
        super.setUp();
        buyCover(market, holder, 200_000, 60);
        vm.warp(block.timestamp + 10 days);
    }

    function test_WhenFinal_MovesTheLossFromJunior() public {
        PoolState memory before = pool.state();
        uint256 incident = fail(market, 0.5e8);
        PoolIncident memory l = pool.incidentState(incident);
        assertTrue(l.declared && l.isFinal && !l.closed);
        assertEq(l.liability, 95_000 * unit());
        assertEq(l.moved, 95_000 * unit());
        assertEq(l.fromJunior, 95_000 * unit());
        assertEq(l.fromSenior, 0);
        assertEq(l.ratio, 1e18);
        assertEq(l.payable_, 1e18);
        assertEq(l.claimsUntil, block.timestamp + 90 days);
        PoolState memory s = pool.state();
        assertEq(s.junior, before.junior - 95_000 * unit());
        assertEq(s.senior, before.senior);
        assertSolvent(0);
    }

    function test_WhenFinal_EndsTheMarket() public {
        fail(market, 0.5e8);
        assertTrue(pool.marketState(market).ended);
        assertEq(pool.marketState(market).committed, 0);
        assertEq(pool.state().variance, 0);
        assertEq(pool.state().totalCover, 0);
        assertEq(pool.state().heldLiability, 0);
    }

    function test_WhenJuniorIsEmpty_SeniorBearsTheRestToTheWei() public {
        (MarketId[] memory markets,) = sellMarkets(3, 200_000);
        vm.warp(block.timestamp + 10 days);
        for (uint256 i; i < 3; ++i) {
            find(markets[i], IncidentState.Final, block.timestamp, 1e8);
        }
        pool.syncIncidents(3);
        PoolState memory before = pool.state();
        for (uint256 i = 1; i <= 3; ++i) {
            pool.settleIncident(i);
        }
        PoolState memory s = pool.state();
        assertEq(s.junior, 0);
        assertEq(s.senior, before.senior + before.junior - 600_000 * unit());
        assertSolvent(0);
    }

    function test_WhenConfirmed_ReservesAndPaysNothingWithoutABond() public {
        uint256 incident = find(market, IncidentState.Confirmed, block.timestamp, 1e8);
        pool.settleIncident(incident);
        PoolIncident memory l = pool.incidentState(incident);
        assertTrue(l.declared && !l.isFinal);
        assertEq(l.moved, 190_000 * unit());
        assertEq(l.payable_, 0);
        assertFalse(pool.marketState(market).ended);
        assertEq(pool.state().totalCover, 200_000 * unit());
    }

    function test_WhenConfirmedUnderBond_PaysAsMuchAsTheBondCovers() public {
        uint256 incident = bonded(market, IncidentState.Confirmed, 1e8, 95_000 * unit());
        pool.settleIncident(incident);
        assertEq(pool.incidentState(incident).payable_, 0.5e18);
    }

    function test_WhenFinalLater_MovesNothingMore() public {
        uint256 incident = find(market, IncidentState.Confirmed, block.timestamp, 1e8);
        pool.settleIncident(incident);
        PoolState memory before = pool.state();
        find(market, IncidentState.Final, block.timestamp, 1e8);
        pool.settleIncident(incident);
        PoolIncident memory l = pool.incidentState(incident);
        assertTrue(l.isFinal);
        assertEq(l.payable_, 1e18);
        assertEq(pool.state().junior, before.junior);
        assertSolvent(0);
    }

    function test_WhenFinalIsLower_TheRestIsSalvage() public {
        uint256 incident = find(market, IncidentState.Confirmed, block.timestamp, 1e8);
        pool.settleIncident(incident);
        find(market, IncidentState.Final, block.timestamp, 0.4e8);
        pool.settleIncident(incident);
        PoolIncident memory l = pool.incidentState(incident);
        assertEq(l.moved, 76_000 * unit());
        assertEq(l.salvage, 114_000 * unit());
        assertSolvent(0);
    }

    function test_WhenRejectedAfterwards_TheReserveIsSalvage() public {
        uint256 incident = find(market, IncidentState.Confirmed, block.timestamp, 1e8);
        pool.settleIncident(incident);
        find(market, IncidentState.Rejected, block.timestamp, 0);
        pool.settleIncident(incident);
        assertEq(pool.incidentState(incident).salvage, 190_000 * unit());
        assertEq(pool.claimSalvage(incident, false, underwriter), 190_000 * unit());
        buyCover(market, holder, 1000, 30);
    }

    function test_WhenTheEventIsInThePast_CountsTheCoverOfThatMoment() public {
        buyCover(market, holder, 30_000, 60);
        uint256 eventTime = block.timestamp;
        vm.warp(block.timestamp + 5 days);
        uint256 incident = find(market, IncidentState.Final, eventTime, 1e8);
        pool.settleIncident(incident);
        assertEq(pool.incidentState(incident).liability, 190_000 * unit());
    }

    function test_WhenTheCoverEndedSince_ALateReportStillCounts() public {
        uint256 start = block.timestamp;
        vm.warp(start + 53 days);
        uint256 eventTime = block.timestamp;
        vm.warp(eventTime + 6 days);
        uint256 incident = find(market, IncidentState.Final, eventTime, 1e8);
        pool.settleIncident(incident);
        assertEq(pool.incidentState(incident).liability, 190_000 * unit());
    }

    function test_WhenTipped_TheCallerIsPaidFromFees() public {
        pool.setParameter("tip", 500);
        uint256 fees = pool.state().feesOwed;
        uint256 incident = find(market, IncidentState.Final, block.timestamp, 1e8);
        vm.prank(keeper);
        pool.settleIncident(incident);
        assertEq(asset.balanceOf(keeper), 5 * unit());
        assertEq(pool.state().feesOwed, fees - 5 * unit());
        assertSolvent(0);
    }

    function test_WhenFeesDoNotReach_ThereIsNoTip() public {
        pool.setParameter("tip", type(uint16).max);
        pool.collectFees(treasury);
        uint256 incident = find(market, IncidentState.Final, block.timestamp, 1e8);
        vm.prank(keeper);
        pool.settleIncident(incident);
        assertEq(asset.balanceOf(keeper), 0);
    }

    function test_WhenManyPoliciesExist_CostsTheSame() public {
        uint256 snapshot = vm.snapshotState();
        uint256 incident = find(market, IncidentState.Final, block.timestamp, 1e8);
        uint256 before = gasleft();
        pool.settleIncident(incident);
        uint256 one = before - gasleft();
        vm.revertToState(snapshot);
        for (uint256 i; i < 40; ++i) {
            buyCover(market, holder, 1000, 50);
        }
        incident = find(market, IncidentState.Final, block.timestamp, 1e8);
        before = gasleft();
        pool.settleIncident(incident);
        assertLt(before - gasleft(), one + 20_000);
    }

    function test_RevertWhen_ItIsOnlySuspected() public {
        uint256 incident = find(market, IncidentState.Suspect, block.timestamp, 0);
        vm.expectPartialRevert(IPoolEvents.IncidentNotDeclarable.selector);
        pool.settleIncident(incident);
    }

    function test_RevertWhen_SettledTwice() public {
        uint256 incident = fail(market, 1e8);
        vm.expectPartialRevert(IPoolEvents.IncidentNotDeclarable.selector);
        pool.settleIncident(incident);
    }

    function test_RevertWhen_TheMarketIsNotOfThisPool() public {
        MarketId other = registry.register(termsOf("other"));
        uint256 incident = find(other, IncidentState.Final, block.timestamp, 1e8);
        vm.expectRevert(abi.encodeWithSelector(IPoolEvents.IncidentNotOfPool.selector, incident));
        pool.settleIncident(incident);
    }

    function test_WhenTheMarketWasDetached_ItsClaimsStand() public {
        pool.detachMarket(market);
        uint256 incident = fail(market, 1e8);
        assertEq(pool.incidentState(incident).moved, 190_000 * unit());
    }

    function test_WhenSynced_HoldsWhatTheMarketCouldTake() public {
        buyCover(market, holder, 10_000, 60);
        find(market, IncidentState.Suspect, block.timestamp, 0);
        pool.syncIncidents(1);
        assertEq(pool.state().heldLiability, 199_500 * unit());
        pool.syncIncidents(1);
        assertEq(pool.state().heldLiability, 199_500 * unit());
    }
}
