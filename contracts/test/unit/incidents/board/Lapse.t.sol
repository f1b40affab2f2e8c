// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IIncidentBoard, IncidentState} from "../../../../src/interfaces/IIncidentBoard.sol";
import {PHASE_OPEN} from "../../../../src/types/MarketStatus.sol";
import {IncidentFixture} from "../../../support/IncidentFixture.sol";

contract LapseTest is IncidentFixture {
    function test_RevertWhen_NotYetExpired() external {
        _submit(route, IncidentState.Suspect, 0);
        uint40 expiry = uint40(block.timestamp + 24 hours);
        vm.warp(expiry - 1);
        vm.expectRevert(abi.encodeWithSelector(IIncidentBoard.NotYetLapsed.selector, expiry));
        board.lapse(1);
    }

    function test_WhenExpired_AnyoneEndsIt() external {
        _submit(route, IncidentState.Suspect, 0);
        vm.warp(block.timestamp + 24 hours);
        vm.expectEmit(address(board));
        emit IIncidentBoard.IncidentLapsed(1);
        vm.prank(stranger);
        board.lapse(1);
        assertTrue(_stateOf(1) == IncidentState.Rejected);
        assertEq(_phase(), PHASE_OPEN);
    }

    function test_RevertWhen_ItIsNoSuspicion() external {
        _submit(route, IncidentState.Confirmed, 0.2e8);
        vm.warp(block.timestamp + 365 days);
        vm.expectRevert(
            abi.encodeWithSelector(
                IIncidentBoard.MoveNotAllowed.selector, 1, IncidentState.Confirmed, IncidentState.Rejected
            )
        );
        board.lapse(1);
        _submit(route, IncidentState.Final, 0.2e8);
        vm.expectRevert(
            abi.encodeWithSelector(
                IIncidentBoard.MoveNotAllowed.selector, 1, IncidentState.Final, IncidentState.Rejected
            )
        );
        board.lapse(1);
        vm.expectRevert(abi.encodeWithSelector(IIncidentBoard.IncidentUnknown.selector, 2));
        board.lapse(2);
    }

    function test_WhenAnOlderIncidentIsNamed_TheOpenOneStands() external {
        _submit(route, IncidentState.Suspect, 0);
        _submit(route, IncidentState.Rejected, 0);
        _submit(route, IncidentState.Suspect, 0);
        vm.warp(block.timestamp + 24 hours);
        vm.expectRevert(
            abi.encodeWithSelector(
                IIncidentBoard.MoveNotAllowed.selector, 1, IncidentState.Rejected, IncidentState.Rejected
            )
        );
        board.lapse(1);
        assertTrue(_stateOf(2) == IncidentState.Suspect);
    }

    function test_ABondedSuspicionThatLapsesCostsHalf() external {
        _submit(bondedRoute, _bonded(IncidentState.Suspect, 0, FLOOR + 1));
        uint96 free = board.freeBond(bondedRoute, address(asset));
        vm.warp(block.timestamp + 24 hours);
        board.lapse(1);
        assertEq(board.freeBond(bondedRoute, address(asset)), free + FLOOR / 2);
        assertEq(board.burnForfeits(address(asset)), FLOOR / 2 + 1);
        assertEq(asset.balanceOf(address(0xdEaD)), FLOOR / 2 + 1);
        assertEq(board.burnForfeits(address(asset)), 0);
    }
}
