// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IncidentState} from "../../src/interfaces/IIncidentBoard.sol";
import {IPoolEvents} from "../../src/interfaces/IPoolEvents.sol";
import {PoolSettings} from "../../src/interfaces/IPoolFactory.sol";
import {BuyParams, PoolIncident} from "../../src/interfaces/IPoolTypes.sol";
import {CoverId} from "../../src/types/CoverId.sol";
import {MarketId} from "../../src/types/MarketId.sol";
import {PHASE_SUSPECT} from "../../src/types/MarketStatus.sol";
import {UnderwritingFixture} from "../support/UnderwritingFixture.sol";

/// @notice What a permissioned pool that pays before Final has got wrong once.
contract InterimRegressionTest is UnderwritingFixture {
    MarketId internal parametric;

    function settings() internal view override returns (PoolSettings memory s) {
        s = super.settings();
        s.accessGate = address(gate);
    }

    function setUp() public override {
        super.setUp();
        parametric = openMarket(parametricTerms("parametric"));
    }

    /// What was paid on the strength of a bond is not salvage when the severity falls.
    function test_PaidInterimIsNotSalvage() public {
        CoverId id = buyCover(parametric, holder, 100_000, 60);
        vm.warp(block.timestamp + 10 days);
        uint256 incident = bonded(parametric, IncidentState.Confirmed, 1e8, 100_000 * unit());
        pool.settleIncident(incident);
        pool.pay(id);
        assertEq(asset.balanceOf(holder), 100_000 * unit());
        find(parametric, IncidentState.Final, block.timestamp, 0.1e8);
        pool.settleIncident(incident);
        PoolIncident memory l = pool.incidentState(incident);
        assertLe(l.paid, l.moved, "SOLVENCY-2");
        assertEq(l.salvage, 0, "SOLVENCY-1");
    }

    /// What was paid early to one is not taken from what another one is still due.
    function test_PaidInterimLeavesTheOthersTheirPart() public {
        gate.list(keeper);
        CoverId first = buyCover(parametric, holder, 60_000, 60);
        CoverId second = buyCover(parametric, keeper, 40_000, 60);
        vm.warp(block.timestamp + 10 days);
        uint256 incident = bonded(parametric, IncidentState.Confirmed, 1e8, 100_000 * unit());
        pool.settleIncident(incident);
        pool.pay(first);
        find(parametric, IncidentState.Final, block.timestamp, 0.1e8);
        pool.settleIncident(incident);
        pool.pay(second);
        PoolIncident memory l = pool.incidentState(incident);
        assertLe(l.paid, l.moved, "SOLVENCY-2");
    }

    /// The reserve of an undone incident is salvage, once.
    function test_UndoneReserveIsCountedOnce() public {
        buyCover(parametric, holder, 100_000, 60);
        vm.warp(block.timestamp + 10 days);
        uint256 incident = bonded(parametric, IncidentState.Confirmed, 1e8, 100_000 * unit());
        pool.settleIncident(incident);
        find(parametric, IncidentState.Rejected, block.timestamp, 0);
        pool.settleIncident(incident);
        assertSolvent(0);
    }
}

/// @notice What tokens with 18 decimals have brought to light.
contract DecimalsRegressionTest is UnderwritingFixture {
    function assetDecimals() internal pure override returns (uint8) {
        return 18;
    }

    /// A top-up that empties a tranche ends its class, as a declaration does.
    function test_TopUpThatEmptiesATrancheClosesItsEpoch() public {
        // Pricing capital of 18 decimals is rounded down: a unit more makes room for three full markets.
        fund(junior, underwriter, 1);
        (MarketId[] memory markets,) = sellMarkets(3, 250_000);
        uint256 shares = senior.balanceOf(underwriter) * 5 / 6;
        vm.prank(underwriter);
        senior.requestRedeem(shares, underwriter, underwriter);
        vm.warp(block.timestamp + 10 days);
        senior.strikeExit(type(uint256).max);
        for (uint256 i; i < 3; ++i) {
            pool.poke(markets[i], type(uint256).max);
        }
        vm.warp(block.timestamp + 2 days);
        find(markets[0], IncidentState.Final, block.timestamp, 1e8);
        find(markets[1], IncidentState.Final, block.timestamp, 0.7e8);
        find(markets[2], IncidentState.Final, block.timestamp, 0.001e8);
        pool.syncIncidents(3);
        for (uint256 i = 1; i <= 3; ++i) {
            pool.settleIncident(i);
        }
        assertGt(pool.state().junior, 0);
        if (pool.incidentState(1).ratio < 1e18) pool.topUp(1);
        if (pool.incidentState(2).ratio < 1e18) pool.topUp(2);
        assertEq(pool.state().junior, 0);
        fund(junior, makeAddr("newcomer"), 400_000);
    }
}

/// @notice What fees and requests have got wrong once.
contract LivenessRegressionTest is UnderwritingFixture {
    /// The treasury may be an integrator too.
    function test_TreasuryAsIntegratorIsPaid() public {
        asset.mint(holder, 100_000 * unit());
        vm.startPrank(holder);
        asset.approve(address(pool), type(uint256).max);
        BuyParams memory p = buyParams(market, holder, 50_000 * unit(), 60);
        p.integrator = treasury;
        pool.buy(p);
        vm.stopPrank();
        pool.collectFees(treasury);
        try pool.collectFees(treasury) {} catch {}
        assertEq(pool.state().integratorFees, 0);
        assertEq(pool.state().feesOwed, 0);
    }

    /// Pricing capital that fell to nothing comes back with new capital.
    function test_PricingCapitalComesBackFromNothing() public {
        buyCover(market, holder, 50_000, 360);
        requestAll(senior, underwriter);
        requestAll(junior, underwriter);
        assertEq(pool.state().pricingCapital, 0);
        fund(junior, makeAddr("newcomer"), 400_000);
        vm.warp(block.timestamp + 30 days);
        assertGt(pool.state().pricingCapital, 0, "CAPITAL-1");
    }

    /// Salvage of shares that ask to leave is not lost to the vault.
    function test_SalvageOfPendingSharesIsNotSentToTheVault() public {
        buyCover(market, holder, 100_000, 60);
        requestAll(junior, underwriter);
        vm.warp(block.timestamp + 5 days);
        uint256 incident = fail(market, 1e8);
        asset.mint(address(this), 10_000 * unit());
        asset.approve(address(pool), type(uint256).max);
        pool.addSalvage(incident, 10_000 * unit());
        try pool.claimSalvage(incident, false, address(junior)) {} catch {}
        assertEq(asset.balanceOf(address(junior)), 0);
    }

    /// Whoever scheduled a call may make it itself, once its delay is over.
    function test_ScheduledCallIsConsumed() public {
        manager.grantRole(0, keeper, 2 days);
        vm.startPrank(keeper);
        manager.schedule(address(pool), abi.encodeCall(pool.setParameter, ("feeBps", 500)), 0);
        vm.warp(block.timestamp + 2 days);
        pool.setParameter("feeBps", 500);
    }
}

/// @notice What cancelling has got wrong once.
contract CancelRegressionTest is UnderwritingFixture {
    address private other = makeAddr("other");
    CoverId private mine;
    CoverId private theirs;

    function setUp() public override {
        super.setUp();
        hold(other, 10_000 * unit());
        hold(holder, 10_000 * unit());
        mine = buyCover(market, holder, 10_000, 300);
        theirs = buyCover(market, other, 10_000, 300);
        vm.warp(block.timestamp + 10 days);
        find(market, IncidentState.Confirmed, block.timestamp, 1e8);
    }

    /// Who cancels between the event and the declaration gets no more than who does not: it is refused.
    function test_CancellingAfterTheEventGivesNothing() public {
        vm.expectRevert(
            abi.encodeWithSelector(IPoolEvents.OperationClosed.selector, market, 0, PHASE_SUSPECT, 0)
        );
        vm.prank(holder);
        pool.cancel(mine);
        find(market, IncidentState.Final, block.timestamp, 1e8);
        pool.settleIncident(1);
        pool.pay(mine);
        pool.pay(theirs);
        assertEq(asset.balanceOf(holder), asset.balanceOf(other), "EQUALITY-1");
    }

    /// After a false alarm it is as before.
    function test_CancellingAfterAFalseAlarmRefunds() public {
        find(market, IncidentState.Rejected, block.timestamp, 0);
        vm.prank(holder);
        assertGt(pool.cancel(mine), 0);
        assertSolvent(0);
    }
}
