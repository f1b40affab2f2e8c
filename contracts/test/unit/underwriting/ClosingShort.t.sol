// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IncidentState} from "../../../src/interfaces/IIncidentBoard.sol";
import {PoolIncident} from "../../../src/interfaces/IPoolTypes.sol";
import {CoverId} from "../../../src/types/CoverId.sol";
import {MarketId} from "../../../src/types/MarketId.sol";
import {UnderwritingFixture} from "../../support/UnderwritingFixture.sol";

/// @notice Five markets of 250,000 against a million: about 80 % of each. In the first, two own a half each, and one claims.
contract ClosingShortTest is UnderwritingFixture {
    MarketId[] private markets;
    CoverId private claimed;

    function setUp() public override {
        super.setUp();
        for (uint256 i; i < 5; ++i) {
            markets.push(openMarket(softTerms(string.concat("short", vm.toString(i)))));
            claimed = buyCover(markets[i], holder, i == 4 ? 125_000 : 250_000, 60);
        }
        buyCover(markets[4], keeper, 125_000, 60);
        hold(holder, 125_000 * unit());
        vm.warp(block.timestamp + 10 days);
    }

    function test_WhenHalfDidNotClaim_WhoClaimedGetsTheRest() public {
        uint256 incident = _failAll(1e8);
        uint256 reserve = pool.incidentState(incident).moved;
        uint256 paid = pool.pay(claimed);
        assertApproxEqAbs(paid, reserve / 2, 1);
        _close(incident);
        PoolIncident memory l = pool.incidentState(incident);
        assertEq(l.payable_, 1e18);
        assertEq(l.salvage, reserve - 125_000 * unit());
        assertEq(pool.payRest(claimed), 125_000 * unit() - paid, "EQUALITY-1");
        assertEq(pool.incidentState(incident).moved, 125_000 * unit());
        assertSolvent(0);
    }

    /// @dev Final at half of what was confirmed: who claimed gets half of their cover, and no more.
    function test_WhenTheSeverityFell_NobodyGetsMoreThanIt() public {
        uint256 incident = _failAll(0.5e8);
        assertEq(pool.pay(claimed), 62_500 * unit());
        _close(incident);
        PoolIncident memory l = pool.incidentState(incident);
        assertEq(l.payable_, 0.5e18, "SOLVENCY-2");
        assertEq(l.moved, l.paid);
        assertSolvent(0);
    }

    function _failAll(uint256 severity) private returns (uint256 incident) {
        for (uint256 i; i < 5; ++i) {
            find(markets[i], IncidentState.Confirmed, block.timestamp, 1e8);
        }
        pool.syncIncidents(5);
        for (uint256 i; i < 5; ++i) {
            pool.settleIncident(i + 1);
            find(markets[i], IncidentState.Final, block.timestamp, severity);
        }
        for (uint256 i; i < 5; ++i) {
            pool.settleIncident(i + 1);
        }
        return 5;
    }

    function _close(uint256 incident) private {
        vm.warp(block.timestamp + 90 days + 1);
        pool.closeIncident(incident);
    }
}
