// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IncidentState} from "../../../src/interfaces/IIncidentBoard.sol";
import {IPoolEvents} from "../../../src/interfaces/IPoolEvents.sol";
import {PoolSettings} from "../../../src/interfaces/IPoolFactory.sol";
import {PolicyState, PoolIncident} from "../../../src/interfaces/IPoolTypes.sol";
import {CoverId} from "../../../src/types/CoverId.sol";
import {MarketId} from "../../../src/types/MarketId.sol";
import {UnderwritingFixture} from "../../support/UnderwritingFixture.sol";

contract PayRestTest is UnderwritingFixture {
    MarketId[] internal markets;
    CoverId[] internal ids;

    function setUp() public override {
        super.setUp();
        (markets, ids) = sellMarkets(6, 250_000);
        vm.warp(block.timestamp + 10 days);
        for (uint256 i; i < 6; ++i) {
            find(markets[i], IncidentState.Final, block.timestamp, i == 0 ? 1e8 : 0.1e8);
        }
        pool.syncIncidents(6);
        pool.settleIncident(1);
    }

    function test_WhenTheRatioWasBelowOne_PaysThatMuchFirst() public {
        PoolIncident memory l = pool.incidentState(1);
        assertLt(l.ratio, 1e18);
        uint256 paid = pool.pay(ids[0]);
        assertEq(paid, 250_000 * unit() * l.ratio / 1e18);
        assertEq(uint8(pool.policy(ids[0]).state), uint8(PolicyState.Paid));
        assertEq(pool.policy(ids[0]).cover, 250_000 * unit());
    }

    function test_WhenToppedUp_PaysTheRestToTheHolder() public {
        uint256 first = pool.pay(ids[0]);
        for (uint256 i = 2; i <= 6; ++i) {
            pool.settleIncident(i);
        }
        pool.topUp(1);
        assertEq(pool.payRest(ids[0]), 250_000 * unit() - first);
        assertEq(uint8(pool.policy(ids[0]).state), uint8(PolicyState.Settled));
        assertSolvent(0);
    }

    function test_WhenClaimedOnlyAfterTheTopUp_PaysAllAtOnce() public {
        for (uint256 i = 2; i <= 6; ++i) {
            pool.settleIncident(i);
        }
        pool.topUp(1);
        assertEq(pool.pay(ids[0]), 250_000 * unit());
    }

    function test_WhenClosedBeforeATopUp_ClosingToppedItUp() public {
        uint256 first = pool.pay(ids[0]);
        for (uint256 i = 2; i <= 6; ++i) {
            pool.settleIncident(i);
        }
        vm.warp(block.timestamp + 91 days);
        pool.closeIncident(1);
        assertEq(pool.payRest(ids[0]), 250_000 * unit() - first, "EQUALITY-1");
        assertSolvent(0);
    }

    function test_RevertWhen_ClosedWhileOthersHoldWhatItLacks() public {
        pool.pay(ids[0]);
        vm.warp(block.timestamp + 91 days);
        vm.expectRevert(abi.encodeWithSelector(IPoolEvents.IncidentStillOwed.selector, 1));
        pool.closeIncident(1);
    }

    function test_RevertWhen_NothingIsDue() public {
        pool.pay(ids[0]);
        vm.expectRevert(abi.encodeWithSelector(IPoolEvents.NothingToPay.selector, ids[0]));
        pool.payRest(ids[0]);
    }

    function test_RevertWhen_ItNeverClaimed() public {
        vm.expectPartialRevert(IPoolEvents.PolicyNotActive.selector);
        pool.payRest(ids[0]);
    }

    function test_RevertWhen_NothingWasDeclared() public {
        vm.expectPartialRevert(IPoolEvents.IncidentNotDeclarable.selector);
        pool.payRest(ids[1]);
    }
}

/// @notice Payments on the strength of a bond, before an incident is final.
contract PayRestInterimTest is UnderwritingFixture {
    MarketId internal parametric;
    CoverId internal first;
    CoverId internal second;
    uint256 internal incident;

    function settings() internal view override returns (PoolSettings memory s) {
        s = super.settings();
        s.accessGate = address(gate);
    }

    function setUp() public override {
        super.setUp();
        gate.list(keeper);
        parametric = openMarket(parametricTerms("parametric"));
        first = buyCover(parametric, holder, 60_000, 60);
        second = buyCover(parametric, keeper, 40_000, 60);
        vm.warp(block.timestamp + 10 days);
        incident = bonded(parametric, IncidentState.Confirmed, 1e8, 25_000 * unit());
        pool.settleIncident(incident);
    }

    function test_WhenTheBondIsAQuarter_PaysAQuarterBeforeFinal() public {
        assertEq(pool.pay(first), 15_000 * unit());
        assertEq(pool.pay(second), 10_000 * unit(), "EQUALITY-1");
        assertSolvent(0);
    }

    function test_WhenFinal_PaysTheRest() public {
        pool.pay(first);
        find(parametric, IncidentState.Final, block.timestamp, 1e8);
        pool.settleIncident(incident);
        assertEq(pool.payRest(first), 45_000 * unit());
        assertEq(pool.pay(second), 40_000 * unit());
        assertSolvent(0);
    }

    function test_WhenFinalIsLower_NobodyGetsMoreThanItGives() public {
        pool.pay(first);
        find(parametric, IncidentState.Final, block.timestamp, 0.5e8);
        pool.settleIncident(incident);
        pool.payRest(first);
        pool.pay(second);
        assertEq(asset.balanceOf(holder), 30_000 * unit());
        assertEq(asset.balanceOf(keeper), 20_000 * unit(), "EQUALITY-1");
        assertSolvent(0);
    }

    function test_WhenRejected_TheBondPaysWhatWasPaid() public {
        pool.pay(first);
        find(parametric, IncidentState.Rejected, block.timestamp, 0);
        pool.settleIncident(incident);
        PoolIncident memory l = pool.incidentState(incident);
        assertEq(l.salvage, 100_000 * unit() - 15_000 * unit() + 25_000 * unit());
        vm.expectPartialRevert(IPoolEvents.IncidentNotDeclarable.selector);
        pool.pay(second);
    }
}

/// @notice Payments before the final, where the final gives less and capital is short.
contract EarlyPaymentTest is UnderwritingFixture {
    function settings() internal view override returns (PoolSettings memory s) {
        s = super.settings();
        s.accessGate = address(gate);
    }

    /// What was paid early beyond the final severity is no part of what the other claims of the incident have.
    function test_WhatWasPaidEarlyServesNoOtherClaim() public {
        for (uint256 i; i < 5; ++i) {
            gate.list(makeAddr(string.concat("owner", vm.toString(i))));
        }
        gate.list(keeper);
        MarketId parametric = openMarket(parametricTerms("parametric"));
        CoverId early = buyCover(parametric, holder, 60_000, 60);
        CoverId late = buyCover(parametric, keeper, 40_000, 60);
        (MarketId[] memory markets,) = sellMarkets(5, 240_000);
        vm.warp(block.timestamp + 10 days);
        uint256 incident = bonded(parametric, IncidentState.Confirmed, 1e8, 25_000 * unit());
        for (uint256 i; i < 5; ++i) {
            find(markets[i], i < 4 ? IncidentState.Final : IncidentState.Suspect, block.timestamp, 1e8);
        }
        pool.syncIncidents(6);
        for (uint256 i = 1; i < 6; ++i) {
            pool.settleIncident(i);
        }
        assertEq(pool.pay(early), 15_000 * unit());
        find(parametric, IncidentState.Final, block.timestamp, 0.1e8);
        pool.settleIncident(incident);
        assertLt(pool.incidentState(incident).ratio, 1e18);
        find(markets[4], IncidentState.Rejected, block.timestamp, 0);
        pool.settleIncident(6);
        for (uint256 n; n < 2; ++n) {
            for (uint256 i = 1; i < 6; ++i) {
                try pool.topUp(i) {} catch {}
            }
        }
        assertEq(pool.incidentState(incident).ratio, 1e18, "EQUALITY-1");
        assertFalse(pool.state().short);
        assertEq(pool.pay(late), 4000 * unit(), "EQUALITY-1");
        assertEq(asset.balanceOf(holder), 15_000 * unit());
        vm.warp(block.timestamp + 91 days);
        pool.closeIncident(incident);
        assertSolvent(0);
    }
}
