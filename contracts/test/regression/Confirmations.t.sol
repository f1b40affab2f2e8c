// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Finding, IIncidentBoard, Incident, IncidentState} from "../../src/interfaces/IIncidentBoard.sol";
import {PHASE_ENDED} from "../../src/types/MarketStatus.sol";
import {IncidentFixture} from "../support/IncidentFixture.sol";
import {IncidentLiveFixture} from "../support/IncidentLiveFixture.sol";

/// @notice What a bonded route confirms binds no route of code.
contract ConfirmationRegressionTest is IncidentFixture {
    /// What operators confirm too low does not bind what code finds.
    function test_AConfirmationDoesNotCapWhatCodeFinds() external {
        _submit(bondedRoute, _bonded(IncidentState.Confirmed, 1, FLOOR));
        vm.warp(block.timestamp + 1 hours);
        Finding memory f = _finding(IncidentState.Final, 1e8);
        f.unitValue = 1.5e18;
        vm.expectEmit(address(board));
        emit IIncidentBoard.IncidentRaised(2, market, route, f);
        assertEq(_submit(route, f), 2);
        assertTrue(_stateOf(1) == IncidentState.Rejected);
        Incident memory found = board.incident(2);
        assertTrue(found.state == IncidentState.Final);
        assertEq(found.severity, 1e8, "INCIDENT-10");
        assertEq(found.eventTime, f.eventTime);
        assertEq(found.unitValue, 1.5e18);
        assertEq(found.route, route);
        assertEq(_phase(), PHASE_ENDED);
        assertEq(board.incidentOf(market), 2);
        assertEq(board.turnOf(market), 5);
    }

    /// Nor does the time they say it happened at.
    function test_AConfirmationDoesNotMoveTheEventThatCodeFinds() external {
        Finding memory f = _bonded(IncidentState.Confirmed, 1e8, FLOOR);
        f.eventTime -= 3 days;
        _submit(bondedRoute, f);
        assertEq(_submit(route, IncidentState.Final, 0.5e8), 2);
        assertTrue(_stateOf(1) == IncidentState.Rejected);
        assertEq(board.incident(2).eventTime, block.timestamp - 1 hours, "INCIDENT-10");
    }

    /// A confirmation that code overrules costs what a rejected one costs.
    function test_AnOverruledConfirmationForfeitsItsBond() external {
        uint96 free = board.freeBond(bondedRoute, address(asset));
        uint256 number = _submit(bondedRoute, _bonded(IncidentState.Confirmed, 0.2e8, FLOOR));
        vm.prank(address(pool));
        board.drawInterim(number, FLOOR / 4);
        _submit(route, IncidentState.Final, 0.3e8);
        assertEq(board.freeBond(bondedRoute, address(asset)), free - FLOOR + FLOOR * 3 / 8);
        vm.prank(address(pool));
        assertEq(board.collectForfeit(number), FLOOR / 4 + FLOOR * 3 / 8);
    }

    /// Code that finds the same event and no more makes it final as it stands, and the bond goes back.
    function test_AConfirmationThatCodeBearsOutBecomesFinal() external {
        uint96 free = board.freeBond(bondedRoute, address(asset));
        _submit(bondedRoute, _bonded(IncidentState.Confirmed, 0.5e8, FLOOR));
        assertEq(_submit(route, IncidentState.Final, 0.4e8), 1);
        assertEq(board.incident(1).severity, 0.4e8);
        assertEq(board.freeBond(bondedRoute, address(asset)), free);
    }

    /// A bonded route overrules none.
    function test_RevertWhen_ABondedRouteFindsMore() external {
        _submit(bondedRoute, _bonded(IncidentState.Confirmed, 0.5e8, FLOOR));
        vm.expectRevert(abi.encodeWithSelector(IIncidentBoard.SeverityRaised.selector, 0.5e8, 0.6e8));
        _submit(bondedRoute, IncidentState.Final, 0.6e8);
        assertEq(board.incident(1).severity, 0.5e8, "INCIDENT-2");
    }

    /// What is found over a confirmation was raised when that was: deciding takes time.
    function test_OverrulingCountsTheRaiseWindowFromTheFirstRaise() external {
        uint40 raised = uint40(block.timestamp);
        _submit(bondedRoute, _bonded(IncidentState.Confirmed, 0.2e8, FLOOR));
        vm.warp(block.timestamp + 30 days);
        Finding memory f = _finding(IncidentState.Final, 1e8);
        f.eventTime = raised - 7 days - 1;
        vm.expectRevert(
            abi.encodeWithSelector(IIncidentBoard.RaisedTooLate.selector, f.eventTime, f.eventTime + 7 days)
        );
        _submit(route, f);
        f.eventTime = uint40(block.timestamp + 1);
        vm.expectRevert(abi.encodeWithSelector(IIncidentBoard.EventInFuture.selector, f.eventTime));
        _submit(route, f);
        f.eventTime = raised - 7 days;
        assertEq(_submit(route, f), 2);
        assertEq(board.incident(2).eventTime, raised - 7 days);
    }
}

/// @notice The live trigger agrees with what its own readings allow, and overrules the rest.
contract TriggerOverConfirmationRegressionTest is IncidentLiveFixture {
    function setUp() public override {
        super.setUp();
        _observeHourly(4);
    }

    function _confirm(uint256 eventTime, uint32 severity) private {
        Finding memory f = Finding(IncidentState.Confirmed, uint40(eventTime), severity, 0, FLOOR);
        _submit(bondedRoute, f);
    }

    function _final() private {
        _price(0.5e18);
        for (uint256 i; i < 5; ++i) {
            _blocks(GAP);
            _sample();
        }
    }

    /// The operators know better when it happened, between a healthy reading and a broken one.
    function test_AnEventBetweenTheReadingsStands() external {
        _blocks(10);
        uint256 eventTime = block.timestamp;
        _confirm(eventTime, 1e8);
        _final();
        assertTrue(_stateOf(1) == IncidentState.Final);
        assertEq(board.incident(1).eventTime, eventTime);
        assertEq(board.incident(1).severity, 0.5e8);
    }

    /// Where the metric was healthy later, it did not happen before.
    function test_AnEventBeforeTheLastHealthyReadingIsOverruled() external {
        uint40 healthy = trigger.progress(market).lastHealthy;
        _confirm(healthy - 1, 1e8);
        _final();
        assertTrue(_stateOf(1) == IncidentState.Rejected);
        assertTrue(_stateOf(2) == IncidentState.Final);
        assertEq(board.incident(2).eventTime, block.timestamp - 4 * GAP * 12, "INCIDENT-10");
        assertEq(board.incident(2).unitValue, 1e18);
    }

    /// Where it was broken before, it did not happen later.
    function test_AnEventAfterTheFirstBrokenReadingIsOverruled() external {
        _price(0.5e18);
        _sample();
        uint256 opened = block.timestamp;
        _price(1e18);
        _price(0.5e18);
        board.setArbiter(route, true);
        _submit(route, IncidentState.Rejected, 0);
        _blocks(GAP - 1);
        _confirm(block.timestamp, 1e8);
        _blocks(1);
        _sample();
        for (uint256 i; i < 3; ++i) {
            _blocks(GAP);
            _sample();
        }
        assertTrue(_stateOf(2) == IncidentState.Rejected);
        assertTrue(_stateOf(3) == IncidentState.Final);
        assertEq(board.incident(3).eventTime, opened);
    }

    /// A confirmation of next to nothing, made before the first sample, leaves a loss to be paid in full.
    function test_AConfirmationOfNothingIsOverruled() external {
        _confirm(block.timestamp, 1);
        _final();
        assertTrue(_stateOf(2) == IncidentState.Final);
        assertEq(board.incident(2).severity, 0.5e8, "INCIDENT-10");
    }
}
