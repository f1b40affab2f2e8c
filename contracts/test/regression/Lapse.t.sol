// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IncidentState} from "../../src/interfaces/IIncidentBoard.sol";
import {PoolIncident} from "../../src/interfaces/IPoolTypes.sol";
import {CoverId} from "../../src/types/CoverId.sol";
import {MarketId} from "../../src/types/MarketId.sol";
import {PHASE_OPEN} from "../../src/types/MarketStatus.sol";
import {MarketTerms} from "../../src/types/MarketTerms.sol";
import {UnderwritingFixture} from "../support/UnderwritingFixture.sol";

/// @notice A confirmation that nobody finalises, or that is finalised late.
contract LapseRegressionTest is UnderwritingFixture {
    /// The market of a confirmation that nothing followed stayed closed, and its reserve waited, for ever.
    function test_AConfirmationThatLapsesLetsMarketReserveAndExitsGo() public {
        buyCover(market, holder, 10_000, 60);
        vm.warp(block.timestamp + 10 days);
        uint256 before = pool.state().junior + pool.state().senior;
        uint256 incident = find(market, IncidentState.Confirmed, block.timestamp, 1e8);
        pool.settleIncident(incident);
        assertLt(pool.state().junior + pool.state().senior, before);
        vm.warp(block.timestamp + 90 days);
        board.lapse(incident);
        pool.settleIncident(incident);
        assertTrue(board.incident(incident).state == IncidentState.Rejected, "INCIDENT-7");
        assertEq(registry.status(market).phase(), PHASE_OPEN, "INCIDENT-7");
        PoolIncident memory l = pool.incidentState(incident);
        assertEq(l.moved, 0, "SOLVENCY-2");
        assertEq(l.salvage, 9_500 * unit(), "the reserve is salvage of who bore it");
        assertEq(pool.state().heldLiability, 0, "EXIT-1");
        assertSolvent(0);
    }

    /// Claims that can be proven only once an incident is final were over before it was.
    function test_AFinalThatComesAfterTheClaimWindowIsStillClaimed() public {
        MarketTerms memory t = termsOf("short claim window");
        t.claimWindow = 30 days;
        MarketId short = openMarket(t);
        hold(holder, 10_000 * unit());
        CoverId id = buyCover(short, holder, 10_000, 60);
        vm.warp(block.timestamp + 10 days);
        uint256 incident = find(short, IncidentState.Confirmed, block.timestamp, 1e8);
        pool.settleIncident(incident);
        vm.warp(block.timestamp + 60 days);
        find(short, IncidentState.Final, block.timestamp, 1e8);
        pool.settleIncident(incident);
        pool.pay(id);
        assertEq(asset.balanceOf(holder), 9_500 * unit());
    }
}
