// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {IIncidentBoard, IncidentState} from "../../../../src/interfaces/IIncidentBoard.sol";
import {IncidentFixture} from "../../../support/IncidentFixture.sol";

/// @dev setRoute, setArbiter and setBondFloor.
contract SettingsTest is IncidentFixture {
    function test_RevertWhen_CallerIsNotAuthorised() external {
        bytes memory refused =
            abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, stranger);
        vm.startPrank(stranger);
        vm.expectRevert(refused);
        board.setRoute(stranger, true);
        vm.expectRevert(refused);
        board.setArbiter(stranger, true);
        vm.expectRevert(refused);
        board.setBondFloor(stranger, address(asset), 0);
    }

    function test_ARouteThatIsEnabledAgainKeepsItsNumber() external {
        _submit(route, IncidentState.Suspect, 0);
        board.setRoute(route, false);
        board.setRoute(route, true);
        (bool enabled, bool arbiter) = board.routeState(route);
        assertTrue(enabled);
        assertFalse(arbiter);
        assertEq(board.incident(1).route, route);
        _submit(route, IncidentState.Rejected, 0);
    }

    function test_AnArbiterMustBeEnabledToo() external {
        board.setArbiter(stranger, true);
        vm.expectRevert(abi.encodeWithSelector(IIncidentBoard.RouteNotEnabled.selector, stranger));
        _submit(stranger, IncidentState.Rejected, 0);
    }

    function test_RevertWhen_MoreThan255Routes() external {
        for (uint256 i; i < 252; ++i) {
            board.setRoute(vm.addr(i + 1), true);
        }
        vm.expectRevert(abi.encodeWithSelector(IIncidentBoard.TooManyRoutes.selector, 255));
        board.setRoute(stranger, true);
    }
}
