// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IMarketRegistry} from "../../../src/interfaces/IMarketRegistry.sol";
import {MarketId} from "../../../src/types/MarketId.sol";
import {MarketStatus, OP_ALL, OP_BUY, OP_EXTEND, PHASE_ENDED} from "../../../src/types/MarketStatus.sol";
import {RegistryFixture} from "../../support/RegistryFixture.sol";
import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

contract CloseForAWhileTest is RegistryFixture {
    MarketId internal market;

    function setUp() public override {
        super.setUp();
        market = registerTypical();
    }

    function test_WhenGuardian_ClosesUntilThen() public {
        uint40 until = inFuture(2 days);
        vm.expectEmit(address(registry));
        emit IMarketRegistry.OperationsClosed(market, OP_BUY, until, guardian);
        closeForAWhile(OP_BUY, until);
        assertFalse(allows(market, OP_BUY));
        assertTrue(allows(market, OP_EXTEND));
        vm.warp(until - 1);
        assertFalse(allows(market, OP_BUY));
        vm.warp(until);
        assertTrue(allows(market, OP_BUY));
    }

    function test_WhenClosed_EverythingElseStays(uint8 operations, uint40 time) public {
        operations = uint8(bound(operations, 1, OP_ALL));
        uint40 until = inFuture(bound(time, 1, 7 days));
        MarketStatus before = statusOf(market);
        closeForAWhile(operations, until);
        MarketStatus after_ = statusOf(market);
        assertEq(after_.closedOperations(), operations);
        assertEq(after_.closedUntil(), until);
        assertEq(MarketStatus.unwrap(after_.withClosure(0, 0)), MarketStatus.unwrap(before));
    }

    function test_WhenAsLongHasPassed_MayCloseAgain(uint40 length) public {
        length = uint40(bound(length, 1, 7 days));
        closeForAWhile(OP_ALL, inFuture(length));
        vm.warp(block.timestamp + 2 * uint256(length));
        closeForAWhile(OP_BUY, inFuture(7 days));
        assertFalse(allows(market, OP_BUY));
        assertTrue(allows(market, OP_EXTEND));
    }

    function test_RevertWhen_AsLongHasNotPassed(uint40 length, uint256 elapsed) public {
        length = uint40(bound(length, 1, 7 days));
        elapsed = bound(elapsed, 0, 2 * uint256(length) - 1);
        uint40 notBefore = uint40(block.timestamp) + 2 * length;
        closeForAWhile(OP_BUY, inFuture(length));
        vm.warp(block.timestamp + elapsed);
        vm.expectRevert(abi.encodeWithSelector(IMarketRegistry.ClosureTooSoon.selector, notBefore));
        closeForAWhile(OP_EXTEND, inFuture(1));
    }

    /// However the guardian goes about it, a market is closed at most half of the time.
    function testFuzz_ClosedAtMostHalfOfTheTime(uint256 seed) public {
        uint256 closed;
        uint256 lastUntil;
        for (uint256 i; i < 30; ++i) {
            seed = uint256(keccak256(abi.encode(seed)));
            vm.warp(block.timestamp + (seed % 3 == 0 ? seed % 1 hours : seed % 8 days));
            uint40 until = inFuture(1 + (seed >> 64) % 7 days);
            vm.prank(guardian);
            try registry.closeForAWhile(market, OP_BUY, until) {
                closed += until - block.timestamp;
                lastUntil = until;
            } catch (bytes memory reason) {
                assertEq(bytes4(reason), IMarketRegistry.ClosureTooSoon.selector);
            }
        }
        uint256 lastRest = 7 days;
        assertLe(2 * closed, lastUntil - START + lastRest);
    }

    function test_RevertWhen_LongerThanSevenDays() public {
        uint40 max = inFuture(7 days);
        vm.expectRevert(abi.encodeWithSelector(IMarketRegistry.ClosureTooLong.selector, max + 1, max));
        closeForAWhile(OP_BUY, max + 1);
        closeForAWhile(OP_BUY, max);
    }

    function test_RevertWhen_NotInTheFuture() public {
        vm.expectRevert(abi.encodeWithSelector(IMarketRegistry.ClosureInPast.selector, inFuture(0)));
        closeForAWhile(OP_BUY, inFuture(0));
    }

    function test_RevertWhen_OperationUnknown() public {
        vm.expectRevert(abi.encodeWithSelector(IMarketRegistry.OperationUnknown.selector, 0));
        closeForAWhile(0, inFuture(1 days));
        vm.expectRevert(abi.encodeWithSelector(IMarketRegistry.OperationUnknown.selector, 4));
        closeForAWhile(4, inFuture(1 days));
    }

    function test_RevertWhen_NotRegistered() public {
        market = MarketId.wrap(keccak256("unknown"));
        vm.expectRevert(abi.encodeWithSelector(IMarketRegistry.MarketNotRegistered.selector, market));
        closeForAWhile(OP_BUY, inFuture(1 days));
    }

    function test_RevertWhen_Ended() public {
        vm.prank(board);
        registry.setPhase(market, PHASE_ENDED);
        vm.expectRevert(abi.encodeWithSelector(IMarketRegistry.MarketAlreadyEnded.selector, market));
        closeForAWhile(OP_BUY, inFuture(1 days));
    }

    function test_RevertWhen_CallerIsNotGuardian() public {
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, governor));
        vm.prank(governor);
        registry.closeForAWhile(market, OP_BUY, inFuture(1 days));
    }

    function closeForAWhile(uint8 operations, uint40 until) internal {
        vm.prank(guardian);
        registry.closeForAWhile(market, operations, until);
    }
}
