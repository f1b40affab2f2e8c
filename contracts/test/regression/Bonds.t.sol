// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Finding, IIncidentBoard, IncidentState} from "../../src/interfaces/IIncidentBoard.sol";
import {IncidentFixture} from "../support/IncidentFixture.sol";

/// @notice What the board has got wrong once about those who put up a bond.
contract BondsRegressionTest is IncidentFixture {
    /// A bonded route that confirms another route's suspicion reserves capital for 90 days: it locks its bond for it.
    function test_ABondedRouteConfirmsNothingForFree() external {
        _submit(route, IncidentState.Suspect, 0);
        vm.expectRevert(abi.encodeWithSelector(IIncidentBoard.BondShort.selector, FLOOR - 1, FLOOR));
        _submit(bondedRoute, _bonded(IncidentState.Confirmed, 1e8, FLOOR - 1));
        assertTrue(_stateOf(1) == IncidentState.Suspect, "INCIDENT-9");
        _submit(bondedRoute, _bonded(IncidentState.Confirmed, 1e8, FLOOR));
        assertEq(board.incident(1).bond, FLOOR, "INCIDENT-9");
    }

    /// As opening does, confirming costs double after a rejection.
    function test_ConfirmingCostsDoubleAfterARejection() external {
        _submit(bondedRoute, _bonded(IncidentState.Suspect, 0, FLOOR));
        _submit(bondedRoute, IncidentState.Rejected, 0);
        _submit(route, IncidentState.Suspect, 0);
        vm.expectRevert(abi.encodeWithSelector(IIncidentBoard.BondShort.selector, FLOOR, 2 * FLOOR));
        _submit(bondedRoute, _bonded(IncidentState.Confirmed, 1e8, FLOOR));
        assertTrue(_stateOf(2) == IncidentState.Suspect, "INCIDENT-9");
        _submit(bondedRoute, _bonded(IncidentState.Confirmed, 1e8, 2 * FLOOR));
        assertEq(board.incident(2).bond, 2 * FLOOR, "INCIDENT-9");
    }

    /// The bond that a route locked for its own suspicion stands behind its confirmation too.
    function test_TheBondOfItsSuspicionIsEnoughToConfirm() external {
        _submit(bondedRoute, _bonded(IncidentState.Suspect, 0, FLOOR));
        _submit(bondedRoute, _bonded(IncidentState.Confirmed, 1e8, 0));
        assertEq(board.incident(1).bond, FLOOR, "INCIDENT-9");
    }

    /// What a suspicion was raised for has happened before it was raised.
    function test_AConfirmedEventIsNotLaterThanItsSuspicion() external {
        uint40 raised = uint40(block.timestamp);
        _submit(route, IncidentState.Suspect, 0);
        vm.warp(block.timestamp + 23 hours);
        Finding memory f = _bonded(IncidentState.Confirmed, 1e8, FLOOR);
        f.eventTime = raised + 1;
        vm.expectRevert(
            abi.encodeWithSelector(IIncidentBoard.EventAfterSuspicion.selector, raised + 1, raised)
        );
        _submit(bondedRoute, f);
        assertLt(board.incident(1).eventTime, raised, "INCIDENT-2");
        f.eventTime = raised;
        _submit(bondedRoute, f);
        assertEq(board.incident(1).eventTime, raised, "INCIDENT-2");
    }

    /// Time costs a bonded route a bond: it prolongs no suspicion, not even without one.
    function test_ABondedRouteProlongsNothingForFree() external {
        _submit(bondedRoute, _bonded(IncidentState.Suspect, 0, FLOOR));
        uint256 expiresAt = board.incident(1).expiresAt;
        vm.warp(block.timestamp + 23 hours);
        vm.expectRevert(
            abi.encodeWithSelector(
                IIncidentBoard.MoveNotAllowed.selector, 1, IncidentState.Suspect, IncidentState.Suspect
            )
        );
        _submit(bondedRoute, _bonded(IncidentState.Suspect, 0, 0));
        assertEq(board.incident(1).expiresAt, expiresAt, "INCIDENT-7");
    }

    /// Nothing is locked to a Final: a bonded route comes to one by a confirmation.
    function test_ABondedRouteFindsNothingFinalForFree() external {
        vm.expectRevert(
            abi.encodeWithSelector(
                IIncidentBoard.MoveNotAllowed.selector, 0, IncidentState.None, IncidentState.Final
            )
        );
        _submit(bondedRoute, IncidentState.Final, 1e8);
        _submit(route, IncidentState.Suspect, 0);
        vm.expectRevert(
            abi.encodeWithSelector(
                IIncidentBoard.MoveNotAllowed.selector, 1, IncidentState.Suspect, IncidentState.Final
            )
        );
        _submit(bondedRoute, IncidentState.Final, 1e8);
        assertTrue(_stateOf(1) == IncidentState.Suspect, "INCIDENT-9");
        _submit(bondedRoute, _bonded(IncidentState.Confirmed, 1e8, FLOOR));
        _submit(bondedRoute, IncidentState.Final, 1e8);
        assertTrue(_stateOf(1) == IncidentState.Final);
    }
}
