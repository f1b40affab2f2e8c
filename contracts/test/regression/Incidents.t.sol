// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IncidentState} from "../../src/interfaces/IIncidentBoard.sol";
import {CoverId} from "../../src/types/CoverId.sol";
import {MarketId} from "../../src/types/MarketId.sol";
import {UnderwritingFixture} from "../support/UnderwritingFixture.sol";

/// @notice What incidents have got wrong once.
contract IncidentsRegressionTest is UnderwritingFixture {
    MarketId[] internal markets;
    CoverId[] internal ids;

    function setUp() public override {
        super.setUp();
        (markets, ids) = sellMarkets(8, 250_000);
        vm.warp(block.timestamp + 10 days);
        for (uint256 i; i < 8; ++i) {
            pool.poke(markets[i], type(uint256).max);
        }
    }

    /// @dev Twice, since one top-up may leave capital for another.
    function _topUpAll() private {
        for (uint256 n; n < 2; ++n) {
            for (uint256 i = 1; i <= board.incidentCount(); ++i) {
                if (pool.incidentState(i).ratio < 1e18) try pool.topUp(i) {} catch {}
            }
        }
    }

    /// An incident nobody has noted yet is still owed its part of the capital.
    function test_UnsyncedIncidentsShareTheRatio() public {
        for (uint256 i; i < 8; ++i) {
            find(markets[i], IncidentState.Final, block.timestamp, 1e8);
        }
        for (uint256 i = 1; i <= 8; ++i) {
            pool.settleIncident(i);
        }
        uint256 first = pool.incidentState(1).ratio;
        for (uint256 i = 2; i <= 8; ++i) {
            assertApproxEqAbs(pool.incidentState(i).ratio, first, 1e12, "EQUALITY-1");
        }
    }

    /// An incident declared late does not count capital that earlier ones are still owed.
    function test_LateIncidentTakesNoMoreThanEarlierOnes() public {
        for (uint256 i; i < 8; ++i) {
            find(markets[i], IncidentState.Final, block.timestamp, i < 6 ? 1e8 : 0.5e8);
        }
        pool.syncIncidents(8);
        for (uint256 i = 1; i <= 8; ++i) {
            pool.settleIncident(i);
        }
        _topUpAll();
        uint256 first = pool.incidentState(1).ratio;
        assertGt(first, 0.57e18);
        for (uint256 i = 2; i <= 8; ++i) {
            assertApproxEqAbs(pool.incidentState(i).ratio, first, 1e13, "EQUALITY-1");
        }
    }

    /// An incident that cannot be given more does not end what others are owed.
    function test_TopUpOfOneForgetsNoOther() public {
        for (uint256 i; i < 8; ++i) {
            find(markets[i], IncidentState.Final, block.timestamp, i < 6 ? 1e8 : 0.5e8);
        }
        pool.syncIncidents(8);
        for (uint256 i = 1; i <= 8; ++i) {
            pool.settleIncident(i);
        }
        try pool.topUp(7) {} catch {}
        _topUpAll();
        assertGt(pool.incidentState(1).ratio, 0.53e18, "EQUALITY-1");
    }

    /// A top-up never raises a claim above what the final severity gives.
    function test_TopUpFollowsTheFinalSeverity() public {
        for (uint256 i; i < 8; ++i) {
            find(markets[i], IncidentState.Confirmed, block.timestamp, 1e8);
        }
        pool.syncIncidents(8);
        pool.settleIncident(1);
        find(markets[0], IncidentState.Final, block.timestamp, 0.5e8);
        pool.settleIncident(1);
        for (uint256 i = 1; i < 8; ++i) {
            find(markets[i], IncidentState.Final, block.timestamp, 0.01e8);
            pool.settleIncident(i + 1);
        }
        try pool.topUp(1) {} catch {}
        pool.pay(ids[0]);
        assertEq(asset.balanceOf(makeAddr("owner0")), 125_000 * unit(), "SOLVENCY-2");
    }

    /// Where capital is short, what a lower severity frees serves the others; nothing of it is salvage.
    function test_LoweredSeverityRaisesTheRatio() public {
        for (uint256 i; i < 8; ++i) {
            find(markets[i], IncidentState.Confirmed, block.timestamp, 1e8);
        }
        pool.syncIncidents(8);
        pool.settleIncident(1);
        uint256 before = pool.incidentState(1).ratio;
        find(markets[0], IncidentState.Final, block.timestamp, 0.5e8);
        pool.settleIncident(1);
        assertGt(pool.incidentState(1).ratio, before, "EQUALITY-1");
        assertEq(pool.incidentState(1).salvage, 0, "EQUALITY-1");
        for (uint256 i = 1; i < 8; ++i) {
            find(markets[i], IncidentState.Final, block.timestamp, 0.01e8);
            pool.settleIncident(i + 1);
        }
        pool.topUp(1);
        pool.pay(ids[0]);
        assertEq(asset.balanceOf(makeAddr("owner0")), 125_000 * unit(), "EQUALITY-1");
    }

    /// What a lower severity gives back while the pool is short is for the other incidents; what they do not need is for
    /// those who bore the loss, who keep their shares until the pool is whole.
    function test_WhatOthersDoNotNeedGoesBackToWhoLost() public {
        pool.accrue();
        uint256 whole = pool.state().junior + pool.state().senior;
        for (uint256 i; i < 8; ++i) {
            find(markets[i], i < 7 ? IncidentState.Confirmed : IncidentState.Suspect, block.timestamp, 1e8);
        }
        pool.syncIncidents(8);
        for (uint256 i = 1; i < 8; ++i) {
            pool.settleIncident(i);
        }
        assertEq(pool.state().junior, 0);
        assertGt(junior.balanceOf(underwriter), 0, "a class ended while some of its loss can come back");
        uint256 back;
        for (uint256 i; i < 7; ++i) {
            find(markets[i], IncidentState.Final, block.timestamp, 0.01e8);
            pool.settleIncident(i + 1);
            back += pool.incidentState(i + 1).salvage;
        }
        find(markets[7], IncidentState.Rejected, block.timestamp, 0);
        pool.settleIncident(8);
        _topUpAll();
        assertFalse(pool.state().short);
        // Seven losses of 2,500 each; all else is theirs who had it before, by shares or as salvage.
        uint256 left = pool.state().junior + pool.state().senior;
        assertApproxEqAbs(left + back, whole - 7 * 2500 * unit(), 7, "SOLVENCY-1");
        uint256 held = junior.convertToAssets(junior.balanceOf(underwriter))
            + senior.convertToAssets(senior.balanceOf(underwriter));
        assertApproxEqAbs(held, left, unit(), "CAPITAL-2");
        for (uint256 i = 1; i < 8; ++i) {
            try pool.claimSalvage(i, false, underwriter) {} catch {}
            try pool.claimSalvage(i, true, underwriter) {} catch {}
        }
        assertApproxEqAbs(asset.balanceOf(underwriter), back, unit(), "SALVAGE-1");
    }

    /// Closing raises no claim above what the final severity gives.
    function test_ClosingFollowsTheFinalSeverity() public {
        address other = makeAddr("other");
        hold(other, 10_000 * unit());
        hold(holder, 10_000 * unit());
        CoverId mine = buyCover(market, holder, 10_000, 60);
        buyCover(market, other, 10_000, 60);
        vm.warp(block.timestamp + 10 days);
        uint256 incident = find(market, IncidentState.Confirmed, block.timestamp, 1e8);
        pool.settleIncident(incident);
        find(market, IncidentState.Final, block.timestamp, 0.5e8);
        pool.settleIncident(incident);
        pool.pay(mine);
        vm.warp(block.timestamp + 91 days);
        pool.closeIncident(incident);
        try pool.payRest(mine) {} catch {}
        assertEq(asset.balanceOf(holder), 4750 * unit(), "SOLVENCY-2");
    }

    /// What was held for a rejected incident is let go.
    function test_RejectedIncidentIsReleased() public {
        uint256 incident = find(markets[0], IncidentState.Suspect, block.timestamp, 0);
        pool.syncIncidents(incident);
        assertEq(pool.state().heldLiability, 250_000 * unit());
        vm.warp(block.timestamp + 24 hours);
        board.lapse(incident);
        try pool.settleIncident(incident) {} catch {}
        pool.syncIncidents(type(uint256).max);
        assertEq(pool.state().heldLiability, 0, "EXIT-1");
    }

    /// Exits wait for what incidents paid below one are still owed.
    function test_ExitsDoNotRunAheadOfTopUps() public {
        requestAll(senior, underwriter);
        vm.warp(block.timestamp + 7 days);
        for (uint256 i; i < 8; ++i) {
            find(markets[i], IncidentState.Final, block.timestamp, i == 0 ? 1e8 : 0.4e8);
        }
        pool.syncIncidents(8);
        for (uint256 i = 1; i <= 8; ++i) {
            pool.settleIncident(i);
        }
        try senior.strikeExit(type(uint256).max) {} catch {}
        _topUpAll();
        for (uint256 i = 1; i <= 8; ++i) {
            assertApproxEqAbs(pool.incidentState(i).ratio, 1e18, 1e12, "EXIT-1");
        }
    }

    /// Requests of a class that was wiped out do not weigh on those who come after.
    function test_RequestsOfAClosedEpochAreForgotten() public {
        requestAll(junior, underwriter);
        for (uint256 i; i < 8; ++i) {
            find(markets[i], IncidentState.Final, block.timestamp, 1e8);
        }
        pool.syncIncidents(8);
        for (uint256 i = 1; i <= 8; ++i) {
            pool.settleIncident(i);
        }
        _topUpAll();
        fund(junior, makeAddr("newcomer"), 400_000);
        assertLt(pool.state().requestedExits, unit(), "CAPITAL-1");
        assertGe(pool.state().pricingCapital, 399_999 * unit(), "CAPITAL-1");
    }

    /// An incident that was paid in full leaves alone what another one is still owed.
    function test_ClosingAPaidIncidentKeepsTheDebtOfAnother() public {
        buyCover(market, holder, 10_000, 200);
        vm.warp(block.timestamp + 10 days);
        uint256 paid = fail(market, 1e8);
        for (uint256 i; i < 8; ++i) {
            find(markets[i], IncidentState.Final, block.timestamp, i == 0 ? 1e8 : 0.01e8);
        }
        pool.syncIncidents(9);
        for (uint256 i = 2; i <= 9; ++i) {
            pool.settleIncident(i);
        }
        vm.warp(block.timestamp + 91 days);
        pool.closeIncident(paid);
        _topUpAll();
        for (uint256 i = 2; i <= 9; ++i) {
            assertEq(pool.incidentState(i).ratio, 1e18, "EQUALITY-1");
        }
        fund(junior, makeAddr("newcomer"), 1000);
    }

    /// Escrow struck after an event waits for a late report, though the cover has left V in the meantime.
    function test_EscrowWaitsThoughTheCoverHasLeft() public {
        CoverId id = buyCover(market, holder, 100_000, 20);
        uint256 end = pool.policy(id).end;
        vm.prank(underwriter);
        junior.requestRedeem(50_000 * unit() * 1000, underwriter, underwriter);
        vm.warp(end - 1 hours);
        uint256 eventTime = block.timestamp;
        junior.strikeExit(type(uint256).max);
        vm.warp(eventTime + 7 days);
        find(market, IncidentState.Final, eventTime, 1e8);
        vm.warp(end + 8 days);
        pool.poke(market, type(uint256).max);
        uint256 shares = junior.maxRedeem(underwriter);
        vm.expectRevert();
        vm.prank(underwriter);
        junior.redeem(shares, underwriter, underwriter);
    }

    /// A loss of one tranche does not lessen what the other has asked to take out.
    function test_RequestsFollowWhatIsPending() public {
        buyCover(market, holder, 200_000, 60);
        requestAll(senior, underwriter);
        vm.warp(block.timestamp + 10 days);
        fail(market, 1e8);
        (uint256 pending,) = senior.pendingExits();
        assertGe(pool.state().requestedExits, senior.convertToAssets(pending) * 99 / 100, "CAPITAL-1");
    }

    /// An incident that hit no cover ends its market, however much others may take.
    function test_IncidentWithoutCoverBecomesFinal() public {
        for (uint256 i; i < 8; ++i) {
            find(markets[i], IncidentState.Suspect, block.timestamp, 0);
        }
        uint256 incident = find(market, IncidentState.Confirmed, block.timestamp, 1e8);
        pool.syncIncidents(8);
        pool.settleIncident(incident);
        find(market, IncidentState.Final, block.timestamp, 0.5e8);
        pool.settleIncident(incident);
        assertTrue(pool.marketState(market).ended);
    }

    /// Premium of an ended market goes back by the final severity.
    function test_UnwindingFollowsTheFinalSeverity() public {
        CoverId id = buyCover(market, holder, 10_000, 200);
        vm.warp(block.timestamp + 10 days);
        uint256 incident = find(market, IncidentState.Confirmed, block.timestamp, 1e8);
        pool.settleIncident(incident);
        find(market, IncidentState.Final, block.timestamp, 0.5e8);
        pool.settleIncident(incident);
        pool.unwindStream(incident);
        uint256 left = pool.policy(id).rate * (pool.policy(id).end - block.timestamp) >> 16;
        assertApproxEqAbs(pool.state().refunds, left / 2, 2);
    }
}
