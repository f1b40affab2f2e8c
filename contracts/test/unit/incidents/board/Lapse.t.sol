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

    function test_WhenConfirmed_ItLapsesAfterNinetyDays() external {
        _submit(route, IncidentState.Suspect, 0.2e8);
        vm.warp(block.timestamp + 1 hours);
        _submit(route, IncidentState.Confirmed, 0.2e8);
        uint40 expiry = uint40(block.timestamp + 90 days);
        assertEq(board.incident(1).expiresAt, expiry);
        vm.warp(expiry - 1);
        vm.expectRevert(abi.encodeWithSelector(IIncidentBoard.NotYetLapsed.selector, expiry));
        board.lapse(1);
        vm.warp(expiry);
        vm.expectEmit(address(board));
        emit IIncidentBoard.IncidentLapsed(1);
        vm.prank(stranger);
        board.lapse(1);
        assertTrue(_stateOf(1) == IncidentState.Rejected);
        assertEq(_phase(), PHASE_OPEN);
    }

    /// @dev What nobody ended may still become final.
    function test_WhenNobodyLapsesIt_FinalIsStillPossible() external {
        _submit(route, IncidentState.Confirmed, 0.2e8);
        vm.warp(block.timestamp + 91 days);
        _submit(route, IncidentState.Final, 0.2e8);
        assertTrue(_stateOf(1) == IncidentState.Final);
    }

    /// @dev Pools have what they paid on the strength of the bond back; freezing a market again costs double.
    function test_ABondedConfirmationThatLapsesIsForfeitedLikeARejection() external {
        _submit(bondedRoute, _bonded(IncidentState.Confirmed, 0.2e8, FLOOR));
        pool.draw(board, 1, FLOOR / 4);
        uint96 free = board.freeBond(bondedRoute, address(asset));
        vm.warp(block.timestamp + 90 days);
        board.lapse(1);
        assertEq(pool.collect(board, 1), FLOOR / 4 + FLOOR * 3 / 8);
        assertEq(board.freeBond(bondedRoute, address(asset)), free + FLOOR * 3 / 8);
        assertEq(board.requiredBond(bondedRoute, market), 2 * FLOOR);
    }

    function test_RevertWhen_ItHasEndedOrNeverWas() external {
        _submit(route, IncidentState.Final, 0.2e8);
        vm.warp(block.timestamp + 365 days);
        vm.expectRevert(
            abi.encodeWithSelector(
                IIncidentBoard.MoveNotAllowed.selector, 1, IncidentState.Final, IncidentState.Rejected
            )
        );
        board.lapse(1);
        vm.expectRevert(abi.encodeWithSelector(IIncidentBoard.IncidentUnknown.selector, 2));
        board.lapse(2);
        vm.expectRevert(abi.encodeWithSelector(IIncidentBoard.IncidentUnknown.selector, 0));
        board.lapse(0);
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
