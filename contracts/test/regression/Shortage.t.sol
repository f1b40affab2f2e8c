// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Finding, IncidentState} from "../../src/interfaces/IIncidentBoard.sol";
import {IPoolEvents} from "../../src/interfaces/IPoolEvents.sol";
import {PoolIncident} from "../../src/interfaces/IPoolTypes.sol";
import {CoverId} from "../../src/types/CoverId.sol";
import {MarketId} from "../../src/types/MarketId.sol";
import {MarketTerms} from "../../src/types/MarketTerms.sol";
import {ScriptedRoute} from "../support/SystemFixture.sol";
import {UnderwritingFixture} from "../support/UnderwritingFixture.sol";

/// @notice What several incidents at once have got wrong: what is owed, what comes back, and whose it is.
contract ShortageRegressionTest is UnderwritingFixture {
    MarketId[] internal markets;
    CoverId[] internal ids;

    function _confirmAll(uint256 count) private {
        for (uint256 i; i < count; ++i) {
            find(markets[i], IncidentState.Confirmed, block.timestamp, 1e8);
        }
        pool.syncIncidents(count);
    }

    /// @dev Five markets of 250,000 against 1,000,000: four are declared at 80 %, then all turn out to have lost 5 %.
    function _lowerFiveOfFive() private {
        (markets, ids) = sellMarkets(5, 250_000);
        vm.warp(block.timestamp + 10 days);
        _confirmAll(5);
        for (uint256 i = 1; i <= 4; ++i) {
            pool.settleIncident(i);
        }
        for (uint256 i; i < 5; ++i) {
            find(markets[i], IncidentState.Final, block.timestamp, 0.05e8);
            pool.settleIncident(i + 1);
        }
        for (uint256 i = 1; i <= 5; ++i) {
            try pool.topUp(i) {} catch {}
        }
    }

    /// What a lower severity gives back belongs to those who bore it, also where their class of shares has ended.
    function test_WhatComesBackIsSomebodys() public {
        _lowerFiveOfFive();
        if (junior.totalSupply() == 0) assertLt(pool.state().junior, unit(), "assets without an owner");
    }

    /// What has come back to the tranches is not lost any more: else salvage gives it to senior a second time.
    function test_WhatCameBackIsNotRecoveredTwice() public {
        _lowerFiveOfFive();
        PoolIncident memory l = pool.incidentState(3);
        uint256 lost = l.fromJunior + l.fromSenior + l.fromJuniorEscrow + l.fromSeniorEscrow;
        assertLe(lost, l.moved + l.salvage, "SALVAGE-1");
    }

    /// What a rejected incident gives back to the tranches, they have not lost.
    function test_WhatARejectedIncidentGivesBackIsNotLost() public {
        (markets, ids) = sellMarkets(8, 250_000);
        vm.warp(block.timestamp + 10 days);
        _confirmAll(8);
        for (uint256 i = 1; i <= 8; ++i) {
            pool.settleIncident(i);
        }
        assertGt(pool.incidentState(8).fromSenior, 124_000 * unit());
        find(markets[7], IncidentState.Rejected, block.timestamp, 0);
        pool.settleIncident(8);
        PoolIncident memory l = pool.incidentState(8);
        assertEq(l.salvage, 0, "SALVAGE-1");
        assertEq(l.fromJunior + l.fromSenior, 0, "SALVAGE-1");
        assertSolvent(0);
    }

    /// The premium that failed cover still streams belongs to those who bore its loss.
    function test_PremiumOfFailedCoverIsNotForWhoComesAfter() public {
        (markets, ids) = sellMarkets(8, 250_000);
        vm.warp(block.timestamp + 10 days);
        for (uint256 i; i < 8; ++i) {
            find(markets[i], IncidentState.Final, block.timestamp, 1e8);
        }
        pool.syncIncidents(8);
        for (uint256 i = 1; i <= 8; ++i) {
            pool.settleIncident(i);
        }
        for (uint256 i = 1; i <= 8; ++i) {
            try pool.topUp(i) {} catch {}
            pool.unwindStream(i);
        }
        address newcomer = makeAddr("newcomer");
        uint256 shares = fund(junior, newcomer, 1000);
        vm.warp(block.timestamp + 70 days);
        pool.accrue();
        assertLt(junior.convertToAssets(shares), 1010 * unit());
    }

    /// What a rejected incident had in reserve first makes up what the others are owed.
    function test_RejectedReserveServesTheOthersFirst() public {
        (markets, ids) = sellMarkets(8, 250_000);
        vm.warp(block.timestamp + 10 days);
        _confirmAll(8);
        for (uint256 i = 1; i <= 8; ++i) {
            pool.settleIncident(i);
        }
        find(markets[0], IncidentState.Final, block.timestamp, 1e8);
        pool.settleIncident(1);
        pool.pay(ids[0]);
        for (uint256 i = 1; i < 8; ++i) {
            find(markets[i], IncidentState.Rejected, block.timestamp, 0);
            pool.settleIncident(i + 1);
        }
        try pool.topUp(1) {} catch {}
        try pool.payRest(ids[0]) {} catch {}
        assertEq(asset.balanceOf(makeAddr("owner0")), 250_000 * unit(), "EQUALITY-1");
    }

    /// An incident is owed more until those are resolved that hold what it lacks.
    function test_ClosingDoesNotEndWhatIsOwed() public {
        for (uint256 i; i < 5; ++i) {
            MarketTerms memory t = softTerms(string.concat("short", vm.toString(i)));
            t.claimWindow = 30 days;
            markets.push(openMarket(t));
            address account = makeAddr(string.concat("owner", vm.toString(i)));
            hold(account, 250_000 * unit());
            ids.push(buyCover(markets[i], account, 250_000, 60));
        }
        vm.warp(block.timestamp + 10 days);
        _confirmAll(5);
        find(markets[0], IncidentState.Final, block.timestamp, 1e8);
        pool.settleIncident(1);
        pool.pay(ids[0]);
        vm.warp(block.timestamp + 31 days);
        try pool.closeIncident(1) {} catch {}
        vm.warp(block.timestamp + 60 days);
        for (uint256 i = 2; i <= 5; ++i) {
            board.lapse(i);
            pool.settleIncident(i);
        }
        try pool.topUp(1) {} catch {}
        try pool.payRest(ids[0]) {} catch {}
        assertEq(asset.balanceOf(makeAddr("owner0")), 250_000 * unit(), "EQUALITY-1");
    }

    /// Escrow struck after the event bears a top-up as it bears the declaration.
    function test_TopUpsReachEscrowStruckAfterTheEvent() public {
        (markets, ids) = sellMarkets(5, 240_000);
        requestAll(senior, underwriter);
        vm.warp(block.timestamp + 8 days);
        uint256 eventTime = block.timestamp;
        senior.strikeExit(type(uint256).max);
        for (uint256 i; i < 5; ++i) {
            find(markets[i], i < 4 ? IncidentState.Final : IncidentState.Suspect, eventTime, 1e8);
        }
        pool.syncIncidents(5);
        for (uint256 i = 1; i <= 4; ++i) {
            pool.settleIncident(i);
        }
        find(markets[4], IncidentState.Rejected, eventTime, 0);
        pool.settleIncident(5);
        for (uint256 n; n < 2; ++n) {
            for (uint256 i = 1; i <= 4; ++i) {
                try pool.topUp(i) {} catch {}
            }
        }
        // 960,000 are owed, and a million was there at the event.
        for (uint256 i = 1; i <= 4; ++i) {
            assertEq(pool.incidentState(i).ratio, 1e18, "EXIT-1");
        }
    }

    /// What comes in beyond what senior lost is senior's, where junior lost nothing.
    function test_NoSalvageIsNobodys() public {
        (markets, ids) = sellMarkets(4, 250_000);
        vm.warp(block.timestamp + 10 days);
        for (uint256 i; i < 3; ++i) {
            fail(markets[i], 1e8);
        }
        assertEq(pool.state().junior, 0);
        uint256 incident = fail(markets[3], 0.1e8);
        assertEq(pool.incidentState(incident).fromJunior, 0);
        asset.mint(address(this), 30_000 * unit());
        asset.approve(address(pool), 30_000 * unit());
        pool.addSalvage(incident, 30_000 * unit());
        uint256 before = asset.balanceOf(underwriter);
        pool.claimSalvage(incident, true, underwriter);
        assertApproxEqAbs(asset.balanceOf(underwriter) - before, 30_000 * unit(), 1, "SALVAGE-1");
    }

    /// Nothing is taken in for an incident that nobody bore: nobody could claim it.
    function test_SalvageOfALossThatNobodyBoreIsRefused() public {
        (markets, ids) = sellMarkets(1, 10_000);
        uint256 incident = find(markets[0], IncidentState.Final, block.timestamp - 1, 1e8);
        pool.settleIncident(incident);
        assertEq(pool.incidentState(incident).moved, 0);
        asset.mint(address(this), unit());
        asset.approve(address(pool), unit());
        vm.expectRevert(abi.encodeWithSelector(IPoolEvents.IncidentNotOfPool.selector, incident));
        pool.addSalvage(incident, unit());
        // Nor is the premium that the tranches keep nobody's.
        uint256 unearned = pool.state().unearned;
        uint256 capital = pool.state().junior + pool.state().senior;
        pool.unwindStream(incident);
        assertLt(pool.state().unearned, 100, "STREAM-1");
        assertApproxEqAbs(pool.state().junior + pool.state().senior, capital + unearned, 100, "STREAM-1");
    }

    /// The reserve of a confirmation that code overruled serves what code found, settled in either order.
    function testFuzz_WhatCodeOverrulesLeavesItsReserveToTheOthers(bool undoneFirst) public {
        ScriptedRoute operators = new ScriptedRoute(board);
        board.enableRoute(address(operators), true);
        board.setBondFloor(address(operators), address(asset), 1);
        asset.mint(address(this), 10);
        asset.approve(address(board), 10);
        board.fundBond(address(operators), address(asset), 10);
        (markets, ids) = sellMarkets(5, 250_000);
        MarketTerms memory t = softTerms("both");
        t.routes = new address[](2);
        (t.routes[0], t.routes[1]) = (address(route), address(operators));
        MarketId both = openMarket(t);
        buyCover(both, holder, 250_000, 60);
        vm.warp(block.timestamp + 10 days);
        uint256 confirmed =
            operators.find(both, Finding(IncidentState.Confirmed, uint40(block.timestamp), 1e8 - 1, 0, 10));
        pool.settleIncident(confirmed);
        for (uint256 i; i < 5; ++i) {
            pool.settleIncident(find(markets[i], IncidentState.Final, block.timestamp, 1e8));
        }
        uint256 found = find(both, IncidentState.Final, block.timestamp, 1e8);
        pool.settleIncident(undoneFirst ? confirmed : found);
        pool.settleIncident(undoneFirst ? found : confirmed);
        for (uint256 n; n < 2; ++n) {
            for (uint256 i = 2; i <= found; ++i) {
                try pool.topUp(i) {} catch {}
            }
        }
        // Three were paid in full before; three share what the overruled one had.
        uint256 ratio = pool.incidentState(found).ratio;
        assertGt(ratio, 0.33e18, "EQUALITY-1");
        for (uint256 i = 5; i < 7; ++i) {
            assertApproxEqAbs(pool.incidentState(i).ratio, ratio, 1e12, "EQUALITY-1");
        }
    }
}
