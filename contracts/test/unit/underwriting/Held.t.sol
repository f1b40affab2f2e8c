// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IncidentState} from "../../../src/interfaces/IIncidentBoard.sol";
import {PoolIncident} from "../../../src/interfaces/IPoolTypes.sol";
import {MarketId} from "../../../src/types/MarketId.sol";
import {UnderwritingFixture} from "../../support/UnderwritingFixture.sol";

contract HeldTest is UnderwritingFixture {
    /// @dev 10,001 units less 5 % are 9,500.95.
    function test_WhatIsHeldForAnOpenIncidentIsRoundedUp() public {
        buy(market, holder, 10_001, 30);
        vm.warp(block.timestamp + 8 days);
        find(market, IncidentState.Suspect, block.timestamp, 0);
        pool.syncIncidents(1);
        assertEq(pool.state().heldLiability, 9501);
        assertEq(pool.incidentState(1).liability, 9501);
    }

    /// @dev Covers of an odd number of units, together more than there is.
    function test_WhatIsMovedForAnIncidentIsRoundedDown() public {
        uint256 odd;
        MarketId[5] memory markets;
        for (uint256 i; i < 5; ++i) {
            markets[i] = openMarket(softTerms(string.concat("odd", vm.toString(i))));
            buy(markets[i], holder, 240_000 * unit() + 7919 * i + 1, 60);
        }
        vm.warp(block.timestamp + 10 days);
        for (uint256 i; i < 5; ++i) {
            find(markets[i], IncidentState.Confirmed, block.timestamp, 1e8);
        }
        pool.syncIncidents(5);
        for (uint256 i = 1; i < 6; ++i) {
            pool.settleIncident(i);
            PoolIncident memory l = pool.incidentState(i);
            uint256 exact = l.liability * (l.ratio / 1e10);
            assertLt(l.ratio, 1e18);
            assertEq(l.moved, exact / 1e8, "ROUNDING-1");
            if (exact % 1e8 != 0) ++odd;
        }
        assertGt(odd, 2);
    }
}
