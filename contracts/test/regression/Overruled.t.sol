// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Finding, IncidentState} from "../../src/interfaces/IIncidentBoard.sol";
import {PoolSettings} from "../../src/interfaces/IPoolFactory.sol";
import {PoolIncident} from "../../src/interfaces/IPoolTypes.sol";
import {CoverId} from "../../src/types/CoverId.sol";
import {MarketId} from "../../src/types/MarketId.sol";
import {MarketTerms} from "../../src/types/MarketTerms.sol";
import {ScriptedRoute} from "../support/SystemFixture.sol";
import {UnderwritingFixture} from "../support/UnderwritingFixture.sol";

/// @notice What a pool does where code overrules what operators confirmed, at each stage it may be in.
contract OverruledRegressionTest is UnderwritingFixture {
    ScriptedRoute internal operators;
    MarketId internal parametric;
    CoverId internal first;
    CoverId internal second;

    function settings() internal view override returns (PoolSettings memory s) {
        s = super.settings();
        s.accessGate = address(gate);
    }

    function setUp() public override {
        super.setUp();
        gate.list(keeper);
        operators = new ScriptedRoute(board);
        board.enableRoute(address(operators), true);
        board.setBondFloor(address(operators), address(asset), 1);
        MarketTerms memory t = parametricTerms("parametric");
        t.routes = new address[](2);
        (t.routes[0], t.routes[1]) = (address(route), address(operators));
        parametric = openMarket(t);
        first = buyCover(parametric, holder, 60_000, 60);
        second = buyCover(parametric, keeper, 40_000, 60);
        vm.warp(block.timestamp + 10 days);
    }

    function _confirm(uint256 severity, uint256 bond) private returns (uint256) {
        bond *= unit();
        asset.mint(address(this), bond);
        asset.approve(address(board), bond);
        board.fundBond(address(operators), address(asset), bond);
        return operators.find(
            parametric,
            Finding(IncidentState.Confirmed, uint40(block.timestamp), uint32(severity), 0, uint96(bond))
        );
    }

    function _overrule(uint256 severity) private returns (uint256) {
        return find(parametric, IncidentState.Final, block.timestamp, severity);
    }

    function _assertPaid(uint256 incident) private view {
        assertEq(pool.incidentState(incident).ratio, 1e18, "EQUALITY-1");
        assertEq(pool.state().heldLiability, 0, "EXIT-1");
        assertEq(asset.balanceOf(holder), 60_000 * unit(), "INCIDENT-10");
        assertEq(asset.balanceOf(keeper), 40_000 * unit(), "INCIDENT-10");
        assertSolvent(0);
    }

    /// A pool that has not noted the confirmation knows only what code found.
    function test_APoolThatHasNotNotedTheConfirmationPaysInFull() public {
        _confirm(1, 1);
        uint256 found = _overrule(1e8);
        pool.settleIncident(found);
        pool.pay(first);
        pool.pay(second);
        _assertPaid(found);
    }

    /// A pool that held back for the confirmation lets that go, and holds back for what code found.
    function test_APoolThatHeldBackPaysInFull() public {
        uint256 confirmed = _confirm(1, 1);
        pool.syncIncidents(confirmed);
        assertEq(pool.state().heldLiability, 100_000 * unit());
        uint256 found = _overrule(1e8);
        pool.settleIncident(confirmed);
        assertEq(pool.state().heldLiability, 100_000 * unit(), "EXIT-1");
        pool.settleIncident(found);
        pool.pay(first);
        pool.pay(second);
        _assertPaid(found);
    }

    /// A pool that declared next to nothing undoes that and declares what code found, in either order.
    function testFuzz_APoolThatDeclaredTooLittlePaysInFull(bool undoneFirst) public {
        uint256 confirmed = _confirm(1, 1);
        pool.settleIncident(confirmed);
        assertEq(pool.state().heldLiability, 0);
        uint256 found = _overrule(1e8);
        pool.settleIncident(undoneFirst ? confirmed : found);
        pool.settleIncident(undoneFirst ? found : confirmed);
        pool.pay(first);
        pool.pay(second);
        _assertPaid(found);
    }

    /// What was paid on the strength of the bond comes off the cover, and the bond makes the pool good for it: nobody is
    /// paid more or less than the loss, and the tranches bear it once.
    function testFuzz_InterimPaymentsAreCountedOnce(bool undoneFirst, uint256 severity, uint256 bond) public {
        severity = bound(severity, 0.01e8, 1e8 - 1);
        bond = bound(bond, 1000, 100_000);
        uint256 whole = asset.balanceOf(address(pool));
        uint256 confirmed = _confirm(severity, bond);
        pool.settleIncident(confirmed);
        uint256 early = pool.pay(first);
        assertGt(early, 0);
        uint256 found = _overrule(1e8);
        pool.settleIncident(undoneFirst ? confirmed : found);
        pool.settleIncident(undoneFirst ? found : confirmed);
        assertEq(pool.incidentState(found).liability, 100_000 * unit());
        assertEq(asset.balanceOf(address(board)), _forfeitLeft());
        if (asset.balanceOf(holder) < 60_000 * unit()) pool.pay(first);
        pool.pay(second);
        _assertPaid(found);
        PoolIncident memory undone = pool.incidentState(confirmed);
        assertEq(undone.moved, undone.paid, "SOLVENCY-2");
        assertGe(asset.balanceOf(address(pool)) + 100_000 * unit(), whole + early, "SOLVENCY-4");
    }

    /// @dev All of a bond that a pool drew on leaves the board, but what goes back to the route.
    function _forfeitLeft() private view returns (uint256) {
        return board.freeBond(address(operators), address(asset));
    }
}
