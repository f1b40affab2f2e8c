// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

import {IIncidentBoard, IncidentState} from "../../../../src/interfaces/IIncidentBoard.sol";
import {IncidentFixture} from "../../../support/IncidentFixture.sol";
import {Manner} from "../../../support/IncidentMocks.sol";

/// @dev fundBond, withdrawBond, drawInterim and collectForfeit.
contract BondsTest is IncidentFixture {
    uint96 internal constant BOND = 10_001;

    function _confirmWithBond(uint96 bond) internal {
        board.setBondFloor(bondedRoute, address(asset), 1);
        _submit(bondedRoute, _bonded(IncidentState.Confirmed, 0.2e8, bond));
    }

    function test_FundingCreditsWhatArrives() external {
        asset.setManner(Manner.TakesFee);
        asset.mint(address(this), 1_000);
        asset.approve(address(board), 1_000);
        assertEq(board.fundBond(route, address(asset), 1_000), 990);
        assertEq(board.freeBond(route, address(asset)), 990);
    }

    function test_FundingWithinFundingIsRefused() external {
        asset.mint(address(this), 1_000);
        asset.approve(address(board), 1_000);
        asset.setCallback(address(board), abi.encodeCall(board.fundBond, (route, address(asset), 1)));
        board.fundBond(route, address(asset), 1_000);
        assertFalse(asset.calleeOk());
        assertEq(bytes4(asset.calleeAnswer()), ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector);
        assertEq(board.freeBond(route, address(asset)), 1_000);
    }

    function test_RevertWhen_MoreThanNinetySixBits() external {
        uint256 amount = uint256(type(uint96).max) + 1;
        asset.mint(address(this), amount);
        asset.approve(address(board), amount);
        vm.expectRevert(
            abi.encodeWithSelector(IIncidentBoard.BondTooLarge.selector, amount, type(uint96).max)
        );
        board.fundBond(route, address(asset), amount);
    }

    function test_OnlyTheRouteTakesOutWhatIsFree() external {
        vm.prank(stranger);
        vm.expectRevert(abi.encodeWithSelector(IIncidentBoard.BondTooLarge.selector, 1, 0));
        board.withdrawBond(address(asset), 1, stranger);

        _confirmWithBond(BOND);
        uint96 free = board.freeBond(bondedRoute, address(asset));
        vm.startPrank(bondedRoute);
        vm.expectRevert(abi.encodeWithSelector(IIncidentBoard.BondTooLarge.selector, free + 1, free));
        board.withdrawBond(address(asset), free + 1, stranger);
        board.withdrawBond(address(asset), free, stranger);
        vm.stopPrank();
        assertEq(asset.balanceOf(stranger), free);
        assertEq(asset.balanceOf(address(board)), BOND);
    }

    function test_RevertWhen_BondGoesToNobody() external {
        vm.prank(bondedRoute);
        vm.expectRevert(abi.encodeWithSelector(IIncidentBoard.ReceiverInvalid.selector, address(0)));
        board.withdrawBond(address(asset), 1, address(0));
    }

    function test_WhatIsFreeIsLockedUpToTheWish() external {
        board.setBondFloor(bondedRoute, address(asset), 1);
        _submit(bondedRoute, _bonded(IncidentState.Confirmed, 0.2e8, type(uint96).max));
        assertEq(board.incident(1).bond, 1_000_000e6);
        assertEq(board.freeBond(bondedRoute, address(asset)), 0);
    }

    function test_WhenConfirmedByTheSameRoute_BondsAddUp() external {
        _submit(bondedRoute, _bonded(IncidentState.Suspect, 0, FLOOR));
        _submit(bondedRoute, _bonded(IncidentState.Confirmed, 0.2e8, 5));
        assertEq(board.incident(1).bond, FLOOR + 5);
    }

    function test_WhenConfirmedByAnotherRoute_TheFirstBondReturns() external {
        _submit(bondedRoute, _bonded(IncidentState.Suspect, 0, FLOOR));
        _submit(route, IncidentState.Confirmed, 0.2e8);
        assertEq(board.freeBond(bondedRoute, address(asset)), 1_000_000e6);
        assertEq(board.incident(1).bond, 0);
        assertEq(board.incident(1).route, route);
    }

    function test_WhenFinal_TheBondReturnsToWhoGaveIt() external {
        _confirmWithBond(BOND);
        pool.draw(board, 1, 500);
        _submit(route, IncidentState.Final, 0.2e8);
        assertEq(board.freeBond(bondedRoute, address(asset)), 1_000_000e6);
        vm.expectRevert(
            abi.encodeWithSelector(
                IIncidentBoard.IncidentNotInState.selector, 1, IncidentState.Final, IncidentState.Rejected
            )
        );
        pool.collect(board, 1);
    }

    function test_RevertWhen_DrawingIsNotDue() external {
        _submit(bondedRoute, _bonded(IncidentState.Suspect, 0, FLOOR));
        vm.expectRevert(abi.encodeWithSelector(IIncidentBoard.NotPool.selector, address(this)));
        board.drawInterim(1, 1);
        vm.expectRevert(
            abi.encodeWithSelector(
                IIncidentBoard.IncidentNotInState.selector, 1, IncidentState.Suspect, IncidentState.Confirmed
            )
        );
        pool.draw(board, 1, 1);
    }

    function test_RevertWhen_DrawnAlready() external {
        _confirmWithBond(BOND);
        pool.draw(board, 1, 0);
        vm.expectRevert(abi.encodeWithSelector(IIncidentBoard.InterimAlreadyDrawn.selector, 1, address(pool)));
        pool.draw(board, 1, 1);
    }

    function testFuzz_DrawsNeverExceedTheBond(uint96 bond, uint96 a, uint96 b) external {
        bond = uint96(bound(bond, 1, 1_000_000e6));
        _confirmWithBond(bond);
        uint256 first = pool.draw(board, 1, a);
        uint256 second = otherPool.draw(board, 1, b);
        assertEq(first, a < bond ? a : bond);
        assertEq(second, b < bond - first ? b : bond - first);
        assertEq(board.incident(1).drawn, first + second);
    }

    function test_WhenRejected_PoolsGetWhatTheyDrewAndHalfOfTheRest() external {
        _confirmWithBond(10_000);
        pool.draw(board, 1, 3_000);
        otherPool.draw(board, 1, 1_000);
        _submit(bondedRoute, IncidentState.Rejected, 0);
        assertEq(board.freeBond(bondedRoute, address(asset)), 1_000_000e6 - 10_000 + 3_000);
        assertEq(pool.collect(board, 1), 3_000 + 2_250);
        assertEq(asset.balanceOf(address(pool)), 5_250);
        assertEq(pool.collect(board, 1), 0, "once");
        assertEq(otherPool.collect(board, 1), 1_000 + 750);
        assertEq(board.burnForfeits(address(asset)), 0);
    }

    /// @dev Balance = free + what pools may still collect + what is to be burned, to less than a wei a pool.
    function testFuzz_BondsAreConserved(uint96 bond, uint96 a, uint96 b) external {
        bond = uint96(bound(bond, 1, 1_000_000e6));
        _confirmWithBond(bond);
        pool.draw(board, 1, a);
        otherPool.draw(board, 1, b);
        _submit(bondedRoute, IncidentState.Rejected, 0);
        uint256 out = pool.collect(board, 1);
        out += otherPool.collect(board, 1);
        out += board.burnForfeits(address(asset));
        uint96 free = board.freeBond(bondedRoute, address(asset));
        assertLe(out + free, 1_000_000e6);
        assertGe(out + free + 1, 1_000_000e6);
        assertGe(asset.balanceOf(address(board)), free);
    }

    function test_AStrangerCollectsNothing() external {
        _confirmWithBond(BOND);
        _submit(bondedRoute, IncidentState.Rejected, 0);
        assertEq(board.collectForfeit(1), 0);
    }

    function test_TokensThatRefuseDoNotHoldUpAnIncident() external {
        _confirmWithBond(BOND);
        pool.draw(board, 1, 100);
        asset.setManner(Manner.Refuses);
        _submit(bondedRoute, IncidentState.Rejected, 0);
        assertTrue(_stateOf(1) == IncidentState.Rejected);
        vm.expectRevert();
        pool.collect(board, 1);
        asset.setManner(Manner.Plain);
        pool.collect(board, 1);
    }

    function test_WhenDrawn_TheBoardSaysWhoDrewWhat() external {
        _confirmWithBond(BOND);
        pool.draw(board, 1, 500);
        assertEq(board.drawnBy(1, address(pool)), 500);
        assertEq(board.drawnBy(1, address(otherPool)), 0);
        assertEq(board.incident(1).drawn, 500);
    }
}
