// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IRiskOracle, MarketCardMessage} from "../../../src/interfaces/IRiskOracle.sol";
import {RiskOracle} from "../../../src/pricing/RiskOracle.sol";
import {OracleFixture} from "../../support/OracleFixture.sol";
import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

contract SetPublishersTest is OracleFixture {
    function test_WhenDeployed_ThePublishersAreThoseGiven() public view {
        (address[] memory list, uint8 quorum) = oracle.publishers();
        assertEq(list, addressesOf(keys));
        assertEq(quorum, 3);
    }

    function test_WhenReplaced_OnlyTheNewSign() public {
        address[] memory list = ascending(2);
        list[1] = vm.addr(keys[4]);
        vm.expectEmit(address(oracle));
        emit IRiskOracle.PublishersChanged(list, 2);
        set(list, 2);
        (address[] memory stored, uint8 quorum) = oracle.publishers();
        assertEq(stored, list);
        assertEq(quorum, 2);
        MarketCardMessage memory card = typicalMarket();
        bytes[] memory signatures = signed(digestOf(card));
        vm.expectRevert(abi.encodeWithSelector(IRiskOracle.NotPublisher.selector, vm.addr(keys[0])));
        oracle.publishMarket(card, signatures);
    }

    function test_WhenThirtyTwo_IsAccepted() public {
        set(ascending(32), 17);
        (address[] memory list, uint8 quorum) = oracle.publishers();
        assertEq(list.length, 32);
        assertEq(quorum, 17);
    }

    function test_RevertWhen_MoreThanThirtyTwo() public {
        expectInvalid(ascending(33), 20);
    }

    function test_RevertWhen_None() public {
        expectInvalid(ascending(0), 0);
    }

    function test_RevertWhen_QuorumIsHalfOrLess(uint256 count, uint256 quorum) public {
        count = bound(count, 1, 32);
        expectInvalid(ascending(count), uint8(bound(quorum, 0, count / 2)));
    }

    function test_RevertWhen_QuorumAboveTheirNumber() public {
        expectInvalid(ascending(5), 6);
    }

    function test_RevertWhen_NotAscending() public {
        address[] memory list = ascending(3);
        (list[0], list[1]) = (list[1], list[0]);
        expectInvalid(list, 2);
    }

    function test_RevertWhen_Duplicate() public {
        address[] memory list = ascending(3);
        list[1] = list[0];
        expectInvalid(list, 2);
    }

    function test_RevertWhen_ZeroAddress() public {
        address[] memory list = ascending(3);
        list[0] = address(0);
        expectInvalid(list, 2);
    }

    function test_RevertWhen_DeployedWithInvalidPublishers() public {
        vm.expectRevert(IRiskOracle.PublishersInvalid.selector);
        new RiskOracle(address(manager), ascending(2), 1);
    }

    function test_RevertWhen_CallerIsNotGovernor() public {
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, guardian));
        vm.prank(guardian);
        oracle.setPublishers(ascending(3), 2);
    }

    function ascending(uint256 count) internal pure returns (address[] memory list) {
        list = new address[](count);
        for (uint256 i; i < count; ++i) {
            list[i] = address(uint160(i + 1));
        }
    }

    function set(address[] memory list, uint8 quorum) internal {
        vm.prank(governor);
        oracle.setPublishers(list, quorum);
    }

    function expectInvalid(address[] memory list, uint8 quorum) internal {
        vm.expectRevert(IRiskOracle.PublishersInvalid.selector);
        set(list, quorum);
    }
}
