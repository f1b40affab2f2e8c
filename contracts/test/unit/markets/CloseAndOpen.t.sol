// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IMarketRegistry} from "../../../src/interfaces/IMarketRegistry.sol";
import {MarketId} from "../../../src/types/MarketId.sol";
import {MarketStatus, OP_ALL, OP_BUY, OP_EXTEND, PHASE_ENDED} from "../../../src/types/MarketStatus.sol";
import {RegistryFixture} from "../../support/RegistryFixture.sol";
import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

contract CloseAndOpenTest is RegistryFixture {
    MarketId internal market;

    function setUp() public override {
        super.setUp();
        market = registerTypical();
    }

    function test_WhenClosed_StaysClosedUntilOpened() public {
        vm.expectEmit(address(registry));
        emit IMarketRegistry.OperationsClosed(market, OP_BUY, 0, governor);
        close(OP_BUY);
        vm.warp(block.timestamp + 3650 days);
        assertFalse(allows(market, OP_BUY));
        assertTrue(allows(market, OP_EXTEND));
        vm.expectEmit(address(registry));
        emit IMarketRegistry.OperationsOpened(market, governor);
        open();
        assertTrue(allows(market, OP_BUY));
    }

    function test_WhenClosedTwice_BothOperationsAreClosed() public {
        close(OP_BUY);
        close(OP_EXTEND);
        assertFalse(allows(market, OP_BUY) || allows(market, OP_EXTEND));
    }

    /// A guardian's closure must not turn a governor's closure into one that ends.
    function test_WhenTheGuardianClosesToo_TheGovernorsClosureStays() public {
        close(OP_BUY);
        closeForAWhile(OP_ALL, inFuture(1 days));
        assertFalse(allows(market, OP_BUY) || allows(market, OP_EXTEND));
        vm.warp(block.timestamp + 1 days);
        assertFalse(allows(market, OP_BUY));
        assertTrue(allows(market, OP_EXTEND));
    }

    function test_WhenOpened_TheGuardiansClosureEndsButNotItsRest() public {
        closeForAWhile(OP_ALL, inFuture(5 days));
        open();
        assertTrue(allows(market, OP_BUY) && allows(market, OP_EXTEND));
        vm.expectRevert(abi.encodeWithSelector(IMarketRegistry.ClosureTooSoon.selector, inFuture(10 days)));
        closeForAWhile(OP_ALL, inFuture(1 days));
    }

    function test_WhenOpened_EverythingIsAsAtRegistration() public {
        MarketStatus before = statusOf(market);
        close(OP_ALL);
        closeForAWhile(OP_BUY, inFuture(1 days));
        open();
        assertEq(MarketStatus.unwrap(statusOf(market)), MarketStatus.unwrap(before));
    }

    function test_RevertWhen_OperationUnknown(uint8 operations) public {
        operations = uint8(bound(operations, OP_ALL + 1, type(uint8).max));
        vm.expectRevert(abi.encodeWithSelector(IMarketRegistry.OperationUnknown.selector, operations));
        close(operations);
        vm.expectRevert(abi.encodeWithSelector(IMarketRegistry.OperationUnknown.selector, 0));
        close(0);
    }

    function test_RevertWhen_NotRegistered() public {
        market = MarketId.wrap(keccak256("unknown"));
        bytes memory reason = abi.encodeWithSelector(IMarketRegistry.MarketNotRegistered.selector, market);
        vm.expectRevert(reason);
        close(OP_BUY);
        vm.expectRevert(reason);
        open();
    }

    function test_RevertWhen_Ended() public {
        vm.prank(board);
        registry.setPhase(market, PHASE_ENDED);
        bytes memory reason = abi.encodeWithSelector(IMarketRegistry.MarketAlreadyEnded.selector, market);
        vm.expectRevert(reason);
        close(OP_BUY);
        vm.expectRevert(reason);
        open();
    }

    function test_RevertWhen_CallerIsNotGovernor() public {
        bytes memory reason =
            abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, guardian);
        vm.startPrank(guardian);
        vm.expectRevert(reason);
        registry.close(market, OP_BUY);
        vm.expectRevert(reason);
        registry.open(market);
    }

    function close(uint8 operations) internal {
        vm.prank(governor);
        registry.close(market, operations);
    }

    function open() internal {
        vm.prank(governor);
        registry.open(market);
    }

    function closeForAWhile(uint8 operations, uint40 until) internal {
        vm.prank(guardian);
        registry.closeForAWhile(market, operations, until);
    }
}
