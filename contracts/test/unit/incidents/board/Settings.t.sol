// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {IIncidentBoard, IncidentState} from "../../../../src/interfaces/IIncidentBoard.sol";
import {IncidentFixture} from "../../../support/IncidentFixture.sol";

/// @dev enableRoute, retireRoute, setArbiter and setBondFloor.
contract SettingsTest is IncidentFixture {
    uint40 internal constant RETIREMENT = 396 days;

    function test_RevertWhen_CallerIsNotAuthorised() external {
        bytes memory refused =
            abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, stranger);
        vm.startPrank(stranger);
        vm.expectRevert(refused);
        board.enableRoute(stranger, true);
        vm.expectRevert(refused);
        board.retireRoute(route);
        vm.expectRevert(refused);
        board.setArbiter(stranger, true);
        vm.expectRevert(refused);
        board.setBondFloor(stranger, address(asset), 0);
    }

    function _expectUnknown(address unknown) internal {
        vm.expectRevert(abi.encodeWithSelector(IIncidentBoard.RouteUnknown.selector, unknown));
    }

    function test_RevertWhen_TheRouteWasNeverEnabled() external {
        _expectUnknown(address(0));
        board.enableRoute(address(0), true);
        _expectUnknown(stranger);
        board.retireRoute(stranger);
        _expectUnknown(stranger);
        board.setArbiter(stranger, true);
        _expectUnknown(stranger);
        board.setBondFloor(stranger, address(asset), FLOOR);
        _expectUnknown(stranger);
        board.fundBond(stranger, address(asset), 1);
        (bool enabled, bool arbiter, bool bonded, uint40 until) = board.routeState(stranger);
        assertFalse(enabled || arbiter || bonded);
        assertEq(until, 0);
    }

    /// @dev What a market was sold with serves until the longest cover sold by now has run out and could be raised.
    function test_WhenRetired_ARouteServesUntilTheLongestCoverHasRunOut() external {
        uint40 until = uint40(block.timestamp) + RETIREMENT;
        vm.expectEmit(address(board));
        emit IIncidentBoard.RouteRetired(route, until);
        assertEq(board.retireRoute(route), until);
        vm.warp(until - 1);
        (bool enabled,,, uint40 announced) = board.routeState(route);
        assertTrue(enabled);
        assertEq(announced, until);
        _submit(route, IncidentState.Suspect, 0);
        _submit(route, IncidentState.Rejected, 0);
        vm.warp(until);
        (enabled,,,) = board.routeState(route);
        assertFalse(enabled);
        vm.expectRevert(abi.encodeWithSelector(IIncidentBoard.RouteNotEnabled.selector, route));
        _submit(route, IncidentState.Suspect, 0);
    }

    function test_WhenRetired_ARouteEndsWhatItHasOpen() external {
        uint40 until = board.retireRoute(route);
        vm.warp(until - 1);
        _submit(route, IncidentState.Suspect, 0);
        vm.warp(until + 1 hours);
        vm.expectRevert(abi.encodeWithSelector(IIncidentBoard.RouteNotEnabled.selector, address(this)));
        _submit(address(this), IncidentState.Confirmed, 0.5e8);
        _submit(route, IncidentState.Confirmed, 0.5e8);
        _submit(route, IncidentState.Final, 0.5e8);
        assertTrue(_stateOf(1) == IncidentState.Final);
    }

    function test_WhenRetired_ARouteMovesNoOthersIncident() external {
        vm.warp(board.retireRoute(route));
        _submit(secondRoute, IncidentState.Suspect, 0);
        vm.expectRevert(abi.encodeWithSelector(IIncidentBoard.RouteNotEnabled.selector, route));
        _submit(route, IncidentState.Final, 0.5e8);
    }

    function test_RevertWhen_RetiredTwice() external {
        uint40 until = board.retireRoute(route);
        vm.warp(block.timestamp + 1 days);
        vm.expectRevert(abi.encodeWithSelector(IIncidentBoard.RouteRetiring.selector, route, until));
        board.retireRoute(route);
    }

    function test_ARouteThatIsEnabledAgainKeepsItsNumberAndKind() external {
        _submit(route, IncidentState.Suspect, 0);
        vm.warp(board.retireRoute(route));
        vm.expectRevert(abi.encodeWithSelector(IIncidentBoard.RouteKindFixed.selector, route, false));
        board.enableRoute(route, true);
        vm.expectEmit(address(board));
        emit IIncidentBoard.RouteEnabled(route, false);
        board.enableRoute(route, false);
        (bool enabled, bool arbiter, bool bonded, uint40 until) = board.routeState(route);
        assertTrue(enabled);
        assertFalse(arbiter || bonded);
        assertEq(until, type(uint40).max);
        assertEq(board.incident(1).route, route);
        _submit(route, IncidentState.Rejected, 0);
        _submit(route, IncidentState.Suspect, 0);
    }

    function test_RevertWhen_MoreThan255Routes() external {
        for (uint256 i; i < 252; ++i) {
            board.enableRoute(vm.addr(i + 1), true);
        }
        vm.expectRevert(abi.encodeWithSelector(IIncidentBoard.TooManyRoutes.selector, 255));
        board.enableRoute(stranger, true);
    }

    function _expectFloor(address of_, uint256 floor, uint256 max) internal {
        vm.expectRevert(
            abi.encodeWithSelector(IIncidentBoard.BondFloorOutOfBounds.selector, of_, floor, 1, max)
        );
    }

    function test_RevertWhen_TheFloorIsOutOfBounds() external {
        _expectFloor(address(asset), 0, 2 * FLOOR);
        board.setBondFloor(bondedRoute, address(asset), 0);
        _expectFloor(address(asset), 2 * FLOOR + 1, 2 * FLOOR);
        board.setBondFloor(bondedRoute, address(asset), 2 * FLOOR + 1);
        _expectFloor(address(0), FLOOR, type(uint96).max);
        board.setBondFloor(bondedRoute, address(0), FLOOR);
    }

    /// @dev Else one call makes every suspicion by a route dearer than anyone can fund.
    function test_AFloorAtMostDoublesInThirtyDays() external {
        board.setBondFloor(bondedRoute, address(asset), 2 * FLOOR);
        uint40 notBefore = uint40(block.timestamp + 30 days);
        vm.warp(notBefore - 1);
        vm.expectRevert(abi.encodeWithSelector(IIncidentBoard.BondFloorTooSoon.selector, notBefore));
        board.setBondFloor(bondedRoute, address(asset), 2 * FLOOR + 1);
        board.setBondFloor(bondedRoute, address(asset), FLOOR);
        vm.expectRevert(abi.encodeWithSelector(IIncidentBoard.BondFloorTooSoon.selector, notBefore));
        board.setBondFloor(bondedRoute, address(asset), FLOOR + 1);
        vm.warp(notBefore);
        board.setBondFloor(bondedRoute, address(asset), 2 * FLOOR);
        assertEq(board.requiredBond(bondedRoute, market), 2 * FLOOR);
    }

    /// @dev Else a floor would shut a route that code alone decides and that has no bond.
    function test_RevertWhen_ARouteWithoutBondGetsAFloor() external {
        vm.expectRevert(abi.encodeWithSelector(IIncidentBoard.RouteNotBonded.selector, route));
        board.setBondFloor(route, address(asset), FLOOR);
    }
}
