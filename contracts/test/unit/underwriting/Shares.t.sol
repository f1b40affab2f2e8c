// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IncidentState} from "../../../src/interfaces/IIncidentBoard.sol";
import {PoolIncident} from "../../../src/interfaces/IPoolTypes.sol";
import {CoverId} from "../../../src/types/CoverId.sol";
import {MarketId} from "../../../src/types/MarketId.sol";
import {UnderwritingFixture} from "../../support/UnderwritingFixture.sol";

/// @notice What every claim together may take, by the share that is payable, is in the reserve: shares are rounded down.
contract SharesTest is UnderwritingFixture {
    uint256 private constant MARKETS = 6;

    MarketId[] private markets;
    CoverId[] private ids;

    /// Six markets of 240,001 units and a bit: no ratio comes out even.
    function setUp() public override {
        super.setUp();
        for (uint256 i; i < MARKETS; ++i) {
            markets.push(openMarket(softTerms(string.concat("share", vm.toString(i)))));
            address account = makeAddr(string.concat("owner", vm.toString(i)));
            hold(account, 250_000 * unit());
            (CoverId id,) = buy(markets[i], account, 240_000 * unit() + 1 + 7919 * i, 60);
            ids.push(id);
        }
        vm.warp(block.timestamp + 10 days);
    }

    function testFuzz_WhatIsPayableIsThere(uint256 seed, uint32 severity) public {
        uint256 lower = bound(severity, 1, 1e8);
        for (uint256 i; i < MARKETS; ++i) {
            bool confirmed = (seed >> i) & 1 == 1;
            find(markets[i], confirmed ? IncidentState.Confirmed : IncidentState.Final, block.timestamp, 1e8);
        }
        pool.syncIncidents(MARKETS);
        for (uint256 i = 1; i <= MARKETS; ++i) {
            pool.settleIncident(i);
            _check(i);
        }
        for (uint256 i = 1; i <= MARKETS; ++i) {
            if ((seed >> (i - 1)) & 1 == 0) continue;
            find(markets[i - 1], IncidentState.Final, block.timestamp, lower);
            pool.settleIncident(i);
            _check(i);
        }
        for (uint256 i = 1; i <= MARKETS; ++i) {
            try pool.topUp(i) {} catch {}
            _check(i);
        }
        for (uint256 i; i < MARKETS; ++i) {
            // A severity below the step of a share, 1e-8, leaves nothing to pay.
            if ((seed >> (8 + i)) & 1 == 1 && pool.incidentState(i + 1).payable_ != 0) pool.pay(ids[i]);
        }
        vm.warp(block.timestamp + 91 days);
        for (uint256 i = 1; i <= MARKETS; ++i) {
            pool.closeIncident(i);
            PoolIncident memory l = pool.incidentState(i);
            assertLe(l.proven * l.payable_ / 1e18, l.moved, "SOLVENCY-2");
            assertLe(l.paid, l.moved, "SOLVENCY-2");
            if ((seed >> (8 + i - 1)) & 1 == 1) try pool.payRest(ids[i - 1]) {} catch {}
        }
        assertSolvent(0);
    }

    function test_WhatIsPayableIsThere_AtASeverityBelowTheStepOfAShare() public {
        testFuzz_WhatIsPayableIsThere(10_144, 1);
        assertEq(pool.incidentState(6).payable_, 0);
    }

    /// Where others got more before, an incident takes all there is, and its ratio is rounded down.
    function test_WhatATopUpMakesPayableIsThere() public {
        for (uint256 i; i < 5; ++i) {
            find(markets[i], i < 3 ? IncidentState.Final : IncidentState.Confirmed, block.timestamp, 1e8);
        }
        pool.syncIncidents(5);
        for (uint256 i = 1; i < 6; ++i) {
            pool.settleIncident(i);
        }
        find(markets[4], IncidentState.Final, block.timestamp, 0.3e8);
        pool.settleIncident(5);
        find(markets[5], IncidentState.Final, block.timestamp, 1e8);
        pool.settleIncident(6);
        assertLt(pool.incidentState(6).ratio, pool.incidentState(1).ratio);
        vm.warp(block.timestamp + 1 days + 77);
        pool.accrue();
        uint256 capital = pool.state().junior + pool.state().senior;
        assertEq(pool.topUp(6), capital);
        assertLt(pool.incidentState(6).ratio, pool.incidentState(1).ratio);
        _check(6);
    }

    function _check(uint256 incident) private view {
        PoolIncident memory l = pool.incidentState(incident);
        if (!l.isFinal) return;
        assertLe(l.liability * l.ratio / 1e18, l.moved, "SOLVENCY-2");
        // And not by more than one step of the ratio.
        assertGe((l.liability + 1) * (l.ratio + 1e10) / 1e18 + 1, l.moved, "EQUALITY-1");
        assertLe(l.payable_, 1e18, "SOLVENCY-2");
    }
}
