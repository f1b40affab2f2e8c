// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IncidentState} from "../../../src/interfaces/IIncidentBoard.sol";
import {IPoolEvents} from "../../../src/interfaces/IPoolEvents.sol";
import {PoolIncident, PoolState} from "../../../src/interfaces/IPoolTypes.sol";
import {MarketId} from "../../../src/types/MarketId.sol";
import {UnderwritingFixture} from "../../support/UnderwritingFixture.sol";

contract TopUpTest is UnderwritingFixture {
    MarketId[] internal markets;

    function setUp() public override {
        super.setUp();
        (markets,) = sellMarkets(6, 250_000);
        vm.warp(block.timestamp + 10 days);
    }

    function test_WhenOthersTakeLess_RaisesTheRatio() public {
        _raise(0.1e8);
        uint256 before = pool.incidentState(1).ratio;
        assertLt(before, 1e18);
        for (uint256 i = 2; i <= 6; ++i) {
            pool.settleIncident(i);
        }
        PoolState memory s = pool.state();
        uint256 amount = pool.topUp(1);
        PoolIncident memory l = pool.incidentState(1);
        assertEq(l.ratio, 1e18);
        assertEq(l.payable_, 1e18);
        assertEq(l.moved, 250_000 * unit());
        PoolState memory now_ = pool.state();
        assertEq(s.junior + s.senior - now_.junior - now_.senior, amount);
        assertSolvent(0);
    }

    function test_WhenAllArePaidInFull_TheSaleOpensAgain() public {
        _raise(0.1e8);
        for (uint256 i = 2; i <= 6; ++i) {
            pool.settleIncident(i);
        }
        vm.expectPartialRevert(IPoolEvents.PoolShort.selector);
        pool.quote(market, unit(), 30);
        for (uint256 i = 1; i <= 6; ++i) {
            if (pool.incidentState(i).ratio < 1e18) pool.topUp(i);
        }
        buyCover(market, holder, 1000, 30);
        fund(junior, keeper, 1000);
    }

    function test_WhenNothingIsLeft_TheDebtEndsAndCapitalMayCome() public {
        _raise(1e8);
        for (uint256 i = 2; i <= 6; ++i) {
            pool.settleIncident(i);
        }
        for (uint256 n; n < 3; ++n) {
            for (uint256 i = 1; i <= 6; ++i) {
                try pool.topUp(i) {} catch {}
            }
        }
        fund(junior, keeper, 1000);
        vm.expectPartialRevert(IPoolEvents.NothingToPay.selector);
        pool.topUp(1);
        assertEq(pool.trancheAssets(false) / unit(), 1000, "who comes later owes nothing to the past");
    }

    function test_WhenEqualLossesExceedCapital_AllGetTheSameRatio() public {
        _raise(1e8);
        for (uint256 i = 2; i <= 6; ++i) {
            pool.settleIncident(i);
        }
        uint256 first = pool.incidentState(1).ratio;
        for (uint256 i = 2; i <= 6; ++i) {
            assertApproxEqAbs(pool.incidentState(i).ratio, first, 1e11, "EQUALITY-1");
        }
        assertSolvent(0);
    }

    function test_RevertWhen_ItIsPaidInFull() public {
        uint256 incident = fail(markets[0], 1e8);
        vm.expectPartialRevert(IPoolEvents.NothingToPay.selector);
        pool.topUp(incident);
    }

    function test_RevertWhen_ItIsNotFinal() public {
        for (uint256 i; i < 6; ++i) {
            find(markets[i], IncidentState.Confirmed, block.timestamp, 1e8);
        }
        pool.syncIncidents(6);
        pool.settleIncident(1);
        vm.expectPartialRevert(IPoolEvents.NothingToPay.selector);
        pool.topUp(1);
    }

    function test_RevertWhen_NothingWasDeclared() public {
        vm.expectPartialRevert(IPoolEvents.NothingToPay.selector);
        pool.topUp(1);
    }

    /// @dev All raised at once and noted; the first is a total loss and declared, the others are as severe as given.
    function _raise(uint256 severity) private {
        for (uint256 i; i < 6; ++i) {
            find(markets[i], IncidentState.Final, block.timestamp, i == 0 ? 1e8 : severity);
        }
        pool.syncIncidents(6);
        pool.settleIncident(1);
    }

    function test_WhenOthersStillHoldTheCapital_TakesNothing() public {
        _raise(1e8);
        PoolIncident memory before = pool.incidentState(1);
        PoolState memory s = pool.state();
        assertLt(before.ratio, 1e18);
        assertEq(pool.topUp(1), 0);
        assertEq(pool.incidentState(1).moved, before.moved);
        assertEq(pool.incidentState(1).ratio, before.ratio);
        assertEq(pool.state().junior + pool.state().senior, s.junior + s.senior);
    }
}
