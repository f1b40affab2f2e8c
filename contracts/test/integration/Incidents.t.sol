// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IncidentState} from "../../src/interfaces/IIncidentBoard.sol";
import {PoolIncident, PoolState} from "../../src/interfaces/IPoolTypes.sol";
import {CoverId} from "../../src/types/CoverId.sol";
import {MarketId} from "../../src/types/MarketId.sol";
import {UnderwritingFixture} from "../support/UnderwritingFixture.sol";

/// @notice Losses that meet each other, and exits that meet losses.
contract IncidentsTest is UnderwritingFixture {
    function test_SeveralAtOnce_EitherOrderGivesTheSameRatio() public {
        (MarketId[] memory markets,) = sellMarkets(6, 250_000);
        vm.warp(block.timestamp + 10 days);
        for (uint256 i; i < 6; ++i) {
            find(markets[i], IncidentState.Final, block.timestamp, 1e8);
        }
        pool.syncIncidents(6);
        uint256 snapshot = vm.snapshotState();
        uint256[6] memory ratios;
        for (uint256 i = 1; i <= 6; ++i) {
            pool.settleIncident(i);
        }
        for (uint256 i; i < 6; ++i) {
            ratios[i] = pool.incidentState(i + 1).ratio;
        }
        vm.revertToState(snapshot);
        for (uint256 i = 6; i != 0; --i) {
            pool.settleIncident(i);
        }
        for (uint256 i; i < 6; ++i) {
            assertApproxEqAbs(pool.incidentState(i + 1).ratio, ratios[i], 1e11, "EQUALITY-1");
            assertApproxEqAbs(ratios[i], ratios[0], 1e11, "EQUALITY-1");
        }
        assertSolvent(0);
    }

    function test_AllClaimsOfAnIncidentGetOneRatio_InAnyOrder() public {
        (MarketId[] memory markets,) = sellMarkets(5, 200_000);
        CoverId[] memory ids = new CoverId[](5);
        for (uint256 i; i < 5; ++i) {
            address account = makeAddr(string.concat("claimant", vm.toString(i)));
            hold(account, (i + 1) * 3000 * unit());
            ids[i] = buyCover(markets[0], account, (i + 1) * 3000, 60);
        }
        vm.warp(block.timestamp + 10 days);
        for (uint256 i; i < 5; ++i) {
            find(markets[i], IncidentState.Final, block.timestamp, 1e8);
        }
        pool.syncIncidents(5);
        pool.settleIncident(1);
        PoolIncident memory l = pool.incidentState(1);
        assertLt(l.ratio, 1e18);
        for (uint256 i = 5; i != 0; --i) {
            uint256 claim = i * 3000 * unit();
            assertEq(pool.pay(ids[i - 1]), claim * (l.ratio / 1e10) / 1e8, "EQUALITY-1");
        }
    }

    function test_ALossTouchesEscrowStruckAfterTheEventAndNoOther() public {
        buyCover(market, holder, 200_000, 60);
        vm.warp(block.timestamp + 10 days);
        _request(50_000);
        vm.warp(block.timestamp + 2 days);
        _request(50_000);
        vm.warp(block.timestamp + 5 days);
        junior.strikeExit(type(uint256).max);
        uint256 early = block.timestamp / 1 days;
        vm.warp(block.timestamp + 1 days);
        uint256 eventTime = block.timestamp;
        vm.warp(block.timestamp + 1 days);
        junior.strikeExit(type(uint256).max);
        uint256 late = block.timestamp / 1 days;
        (uint256 before,,) = pool.escrowOf(false, early);
        (uint256 exposed,,) = pool.escrowOf(false, late);
        uint256 live = pool.state().junior;
        uint256 incident = find(market, IncidentState.Final, eventTime, 1e8);
        pool.settleIncident(incident);
        (uint256 after_,,) = pool.escrowOf(false, early);
        assertEq(after_, before, "struck before the event");
        (after_,,) = pool.escrowOf(false, late);
        assertApproxEqAbs(exposed - after_, 190_000 * unit() * exposed / (exposed + live), 1, "EXIT-1");
        PoolIncident memory l = pool.incidentState(incident);
        assertEq(l.fromJunior + l.fromJuniorEscrow, 190_000 * unit());
        assertEq(l.fromJuniorEscrow, exposed - after_);
        assertSolvent(0);
    }

    function test_ExitRequestedOnBadNewsLeavesNoSooner() public {
        buyCover(market, holder, 200_000, 60);
        vm.warp(block.timestamp + 10 days);
        uint256 eventTime = block.timestamp;
        requestAll(junior, underwriter);
        vm.warp(block.timestamp + 7 days - 1);
        find(market, IncidentState.Final, eventTime, 1e8);
        vm.warp(block.timestamp + 1);
        junior.strikeExit(type(uint256).max);
        uint256 before = pool.state().junior + pool.state().escrow;
        pool.settleIncident(1);
        assertEq(pool.state().junior + pool.state().escrow, before - 190_000 * unit(), "EXIT-1");
    }

    function test_WipedOutThenNewEpochThenSecondLoss() public {
        (MarketId[] memory markets,) = sellMarkets(8, 250_000);
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
        }
        assertEq(pool.state().junior, 0);
        assertEq(junior.balanceOf(underwriter), 0, "the old class is worth nothing");
        fund(junior, keeper, 300_000);
        fund(senior, keeper, 300_000);
        assertEq(junior.balanceOf(keeper), 300_000 * unit() * 1000);
        buyCover(market, holder, 100_000, 30);
        vm.warp(block.timestamp + 5 days);
        uint256 incident = fail(market, 1e8);
        assertEq(pool.incidentState(incident).ratio, 1e18);
        assertGe(junior.convertToAssets(junior.balanceOf(keeper)), 205_000 * unit());
        // What the second loss recovers belongs to those of the second class alone.
        asset.mint(address(this), 100 * unit());
        asset.approve(address(pool), type(uint256).max);
        pool.addSalvage(incident, 100 * unit());
        assertEq(pool.salvageShare(incident, false, underwriter), 0);
        assertApproxEqAbs(pool.claimSalvage(incident, false, keeper), 100 * unit(), 1);
        assertSolvent(0);
    }

    function test_ManyLossesOfNearlyEverything() public {
        for (uint256 i; i < 20; ++i) {
            MarketId m = openMarket(softTerms(string.concat("round", vm.toString(i))));
            PoolState memory s = pool.state();
            if (s.junior < 1000 * unit()) fund(junior, keeper, 200_000);
            if (s.senior < 1000 * unit()) fund(senior, keeper, 300_000);
            uint256 max = (pool.state().junior + pool.state().senior) / 4;
            (CoverId id,) = buy(m, holder, max * 99 / 100, 60);
            hold(holder, max);
            vm.warp(pool.policy(id).start);
            uint256 incident = fail(m, 1e8);
            uint256 due = pool.incidentState(incident).moved;
            assertEq(pool.pay(id), due, "EQUALITY-1");
            assertSolvent(0);
            refreshGroup();
        }
        uint256 mine = junior.convertToAssets(junior.balanceOf(keeper));
        uint256 old = junior.convertToAssets(junior.balanceOf(underwriter));
        assertLe(mine + old, pool.state().junior);
    }

    function refreshGroup() private {
        publishGroup(groupCardOf(SOFT));
    }

    function _request(uint256 amount) private {
        uint256 shares = junior.convertToShares(amount * unit());
        vm.prank(underwriter);
        junior.requestRedeem(shares, underwriter, underwriter);
    }
}
