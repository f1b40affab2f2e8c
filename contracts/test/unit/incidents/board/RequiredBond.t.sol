// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IIncidentBoard, IncidentState} from "../../../../src/interfaces/IIncidentBoard.sol";
import {IncidentFixture} from "../../../support/IncidentFixture.sol";

/// @dev Raising suspicion again and again to freeze a market.
contract RequiredBondTest is IncidentFixture {
    function test_RaisingAgainCostsDouble() external {
        _fund(bondedRoute, 10_000_000e6);
        for (uint256 n; n < 14; ++n) {
            uint256 needed = uint256(FLOOR) << (n < 10 ? n : 10);
            assertEq(board.requiredBond(bondedRoute, market), needed, "needed");
            vm.expectRevert(abi.encodeWithSelector(IIncidentBoard.BondShort.selector, needed - 1, needed));
            _submit(bondedRoute, _bonded(IncidentState.Suspect, 0, uint96(needed - 1)));
            _submit(bondedRoute, _bonded(IncidentState.Suspect, 0, uint96(needed)));
            _submit(bondedRoute, IncidentState.Rejected, 0);
            assertEq(board.recentRejections(market), n < 10 ? n + 1 : 10, "rejections");
            vm.warp(block.timestamp + 1 days);
        }
    }

    function test_AfterThirtyDaysItIsForgotten() external {
        _submit(bondedRoute, _bonded(IncidentState.Suspect, 0, FLOOR));
        _submit(bondedRoute, IncidentState.Rejected, 0);
        vm.warp(block.timestamp + 30 days - 1);
        assertEq(board.recentRejections(market), 1);
        vm.warp(block.timestamp + 1);
        assertEq(board.recentRejections(market), 0);
    }

    function test_RejectionsWithoutBondDoNotCount() external {
        _submit(route, IncidentState.Suspect, 0);
        _submit(route, IncidentState.Rejected, 0);
        assertEq(board.recentRejections(market), 0);
        assertEq(board.requiredBond(route, market), 0);
    }

    function test_AConfirmationThatOpensNeedsTheBondToo() external {
        vm.expectRevert(abi.encodeWithSelector(IIncidentBoard.BondShort.selector, 0, FLOOR));
        _submit(bondedRoute, IncidentState.Confirmed, 0.2e8);
    }

    function test_RevertWhen_FreeBondIsShort() external {
        vm.prank(bondedRoute);
        board.withdrawBond(address(asset), 1_000_000e6 - FLOOR + 1, stranger);
        vm.expectRevert(abi.encodeWithSelector(IIncidentBoard.BondShort.selector, FLOOR - 1, FLOOR));
        _submit(bondedRoute, _bonded(IncidentState.Suspect, 0, FLOOR));
    }

    /// @dev Without a floor a suspicion would cost next to nothing.
    function test_RevertWhen_TheAssetHasNoFloor() external {
        address unset = makeAddr("another bonded route");
        _acceptBonded(unset);
        _registerMarket();
        _fund(unset, FLOOR);
        bytes memory reason =
            abi.encodeWithSelector(IIncidentBoard.BondFloorUnset.selector, unset, address(asset));
        vm.expectRevert(reason);
        board.requiredBond(unset, market);
        vm.expectRevert(reason);
        _submit(unset, _bonded(IncidentState.Suspect, 0, FLOOR));
        vm.expectRevert(reason);
        _submit(unset, _bonded(IncidentState.Confirmed, 0.5e8, FLOOR));
        board.setBondFloor(unset, address(asset), FLOOR);
        _submit(unset, _bonded(IncidentState.Suspect, 0, FLOOR));
        assertEq(board.incident(1).bond, FLOOR);
    }
}
