// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IRiskOracle} from "../../../src/interfaces/IRiskOracle.sol";
import {GroupCard} from "../../../src/types/RiskCards.sol";
import {OracleFixture} from "../../support/OracleFixture.sol";
import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

contract AlertGroupTest is OracleFixture {
    function test_WhenGuardian_TheGroupIsAlerted() public {
        publish(typicalGroup(SOFT));
        GroupCard before = groupCard();
        vm.expectEmit(address(oracle));
        emit IRiskOracle.GroupAlerted(SOFT, at(3 days), guardian);
        alert(at(3 days));
        assertEq(groupCard().alertUntil(), at(3 days));
        assertEq(groupCard().s(), before.s());
        assertEq(groupCard().cap(), before.cap());
        assertEq(groupCard().validUntil(), before.validUntil());
        assertEq(groupCard().nonce(), before.nonce());
    }

    /// @dev Else a guardian could stop sales without end, three days at a time.
    function test_RevertWhen_AlertedAgainWithinTheRest() public {
        uint40 end = at(2 days);
        alert(end);
        uint40 notBefore = end + 2 days;
        bytes memory tooSoon = abi.encodeWithSelector(IRiskOracle.AlertTooSoon.selector, notBefore);
        vm.expectRevert(tooSoon);
        alert(at(3 days));
        vm.warp(notBefore - 1);
        vm.expectRevert(tooSoon);
        alert(at(1 days));
        vm.warp(notBefore);
        alert(at(1 days));
        assertEq(groupCard().alertUntil(), at(1 days));
    }

    function test_WhenTheGovernorClears_TheRestGoesOn() public {
        uint40 end = at(2 days);
        alert(end);
        vm.prank(governor);
        oracle.clearAlert(SOFT);
        vm.expectRevert(abi.encodeWithSelector(IRiskOracle.AlertTooSoon.selector, end + 2 days));
        alert(at(1 days));
    }

    function test_WhenOneGroupRests_AnotherIsAlerted() public {
        alert(at(2 days));
        vm.prank(guardian);
        oracle.alertGroup(HARD, at(2 days));
    }

    function test_RevertWhen_CallerIsNotGuardian() public {
        vm.expectRevert(
            abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, address(this))
        );
        oracle.alertGroup(SOFT, at(1 days));
    }

    function test_RevertWhen_TooLong() public {
        vm.expectRevert(abi.encodeWithSelector(IRiskOracle.AlertTooLong.selector, at(3 days) + 1, at(3 days)));
        alert(at(3 days) + 1);
    }

    function test_RevertWhen_NotInTheFuture() public {
        vm.expectRevert(abi.encodeWithSelector(IRiskOracle.AlertInPast.selector, at(0)));
        alert(at(0));
    }

    function test_RevertWhen_GroupIsZero() public {
        bytes memory reason =
            abi.encodeWithSelector(IRiskOracle.CardOutOfBounds.selector, "group", 0, 1, type(uint16).max);
        vm.expectRevert(reason);
        vm.prank(guardian);
        oracle.alertGroup(0, at(1 days));
        vm.expectRevert(reason);
        vm.prank(governor);
        oracle.clearAlert(0);
    }

    function test_WhenGovernorClears_TheAlertEnds() public {
        alert(at(2 days));
        vm.expectEmit(address(oracle));
        emit IRiskOracle.GroupAlerted(SOFT, 0, governor);
        vm.prank(governor);
        oracle.clearAlert(SOFT);
        assertEq(groupCard().alertUntil(), 0);
    }

    function test_RevertWhen_GuardianClears() public {
        alert(at(2 days));
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, guardian));
        vm.prank(guardian);
        oracle.clearAlert(SOFT);
    }

    function alert(uint40 until) internal {
        vm.prank(guardian);
        oracle.alertGroup(SOFT, until);
    }

    function at(uint256 fromNow) internal view returns (uint40) {
        return uint40(block.timestamp + fromNow);
    }

    function groupCard() internal view returns (GroupCard) {
        return oracle.inputs(MARKET, SOFT).group0;
    }
}
