// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Test} from "forge-std/Test.sol";

import {ExitQueue} from "../../../src/underwriting/ExitQueue.sol";

/// @notice A queue whose escrow matures two days after its strike.
contract OpenQueue is ExitQueue {
    uint256 public newest;

    function enqueue(address controller, uint256 shares, uint256 maturesAt) external returns (uint256) {
        return _enqueue(controller, shares, shares, maturesAt);
    }

    function matured() external view returns (uint256 shares, uint256 pending, uint256 requested) {
        return (_maturedBy(block.timestamp), _pendingShares(), _requested());
    }

    function clear() external {
        _clearQueue();
    }

    function mark(uint256 snapshot) external {
        _markQueue(snapshot);
        newest = snapshot;
    }

    function pendingAt(uint256 snapshot, address controller) external view returns (uint256) {
        return _pendingOfAllAt(snapshot, controller);
    }

    function record(uint256 shares, uint256 day, uint256 units, uint256 released) external returns (uint256) {
        return _recordStrike(shares, day, units, released);
    }

    function take(address controller, uint256 shares) external returns (uint256, uint256, uint256) {
        return _take(controller, shares, _lastDay(), newest);
    }

    function pendingOf(uint256 id, address controller) external view returns (uint256) {
        return _openOf(id, controller) - _claimableOf(id, controller, type(uint16).max);
    }

    function claimableOf(uint256 id, address controller) external view returns (uint256) {
        return _claimableOf(id, controller, _lastDay());
    }

    function claimableOfAll(address controller) external view returns (uint256) {
        return _claimableOfAll(controller, _lastDay());
    }

    function escrowAt(uint256 snapshot, uint256 id, uint256 afterDay)
        external
        view
        returns (address, uint256, uint256)
    {
        return _escrowOfAt(snapshot, id, afterDay);
    }

    function _lastDay() private view returns (uint256) {
        return block.timestamp / DAY - 2;
    }
}

contract ExitQueueTest is Test {
    OpenQueue internal queue = new OpenQueue();
    address internal a = makeAddr("a");
    address internal b = makeAddr("b");

    function setUp() public {
        vm.warp(1000 days);
    }

    function test_WhenRequestsMature_CountsFromTheFront() public {
        queue.enqueue(a, 10, block.timestamp + 1);
        queue.enqueue(b, 20, block.timestamp + 2);
        _matured(0, 30);
        vm.warp(block.timestamp + 1);
        _matured(10, 30);
        vm.warp(block.timestamp + 1);
        _matured(30, 30);
        queue.record(25, 1000, 25, 25);
        _matured(5, 5);
        assertEq(queue.pendingOf(1, a), 0);
        assertEq(queue.pendingOf(2, b), 5);
    }

    function test_WhenARequestSpansStrikes_TakesFromEach() public {
        queue.enqueue(a, 100, block.timestamp);
        queue.record(30, 1000, 60, 30);
        queue.record(70, 1001, 70, 70);
        vm.warp(1002 days);
        assertEq(queue.claimableOf(1, a), 30);
        assertEq(queue.claimableOfAll(a), 30);
        _take(a, 100, 30, 1000, 60);
        _take(a, 70, 0, 0, 0);
        vm.warp(1003 days);
        assertEq(queue.claimableOf(1, a), 70);
        assertEq(queue.claimableOfAll(a), 70);
        _take(a, 20, 20, 1001, 20);
        _take(a, 100, 50, 1001, 50);
        _take(a, 1, 0, 0, 0);
    }

    function test_WhenAStrikeSpansRequests_EachTakesItsOverlap() public {
        queue.enqueue(a, 40, block.timestamp);
        queue.enqueue(b, 60, block.timestamp);
        queue.record(100, 1000, 1000, 100);
        vm.warp(1002 days);
        _take(b, 60, 60, 1000, 600);
        _take(a, 40, 40, 1000, 400);
    }

    function test_WhenAnEpochCloses_ItsRequestsAreClaimedForNothing() public {
        queue.enqueue(a, 40, block.timestamp);
        queue.record(10, 1000, 10, 10);
        queue.clear();
        queue.enqueue(b, 60, block.timestamp);
        _matured(60, 60);
        assertEq(queue.pendingOf(1, a), 0);
        queue.record(60, 1000, 60, 60);
        vm.warp(1002 days);
        assertEq(queue.claimableOf(1, a), 40);
        _take(a, 10, 10, 1000, 10);
        _take(a, 40, 30, 1000, 0);
        _take(a, 30, 0, 0, 0);
        _take(b, 60, 60, 1000, 60);
    }

    function test_WhenTheOldRequestIsDead_TheNextOneOfTheSameControllerIsTaken() public {
        queue.enqueue(a, 40, block.timestamp);
        queue.clear();
        queue.enqueue(a, 60, block.timestamp);
        queue.record(60, 1000, 60, 60);
        vm.warp(1002 days);
        assertEq(queue.claimableOfAll(a), 100);
        _take(a, 100, 40, 1000, 0);
        _take(a, 60, 60, 1000, 60);
    }

    function test_WhenMarked_CountsWhatWasPendingThen() public {
        queue.enqueue(a, 40, block.timestamp);
        queue.enqueue(b, 60, block.timestamp);
        queue.record(10, 1000, 10, 10);
        queue.mark(1);
        queue.record(50, 1000, 50, 50);
        queue.enqueue(a, 7, block.timestamp);
        queue.mark(2);
        queue.clear();
        assertEq(queue.pendingAt(1, a), 30);
        assertEq(queue.pendingAt(1, b), 60);
        assertEq(queue.pendingAt(2, a), 7);
        assertEq(queue.pendingAt(2, b), 40);
    }

    function test_WhenClaimedAfterASnapshot_TheSnapshotKeepsIt() public {
        queue.enqueue(a, 40, block.timestamp);
        queue.enqueue(b, 60, block.timestamp);
        queue.record(50, 1000, 500, 50);
        queue.record(20, 1000, 100, 20);
        queue.mark(1);
        queue.record(30, 1001, 30, 30);
        vm.warp(1002 days);
        _take(a, 15, 15, 1000, 150);
        queue.mark(2);
        _take(a, 40, 25, 1000, 250);
        _take(b, 30, 30, 1000, 200);
        queue.mark(3);
        _escrowAt(1, 1, 0, a, 1000, 400);
        _escrowAt(1, 2, 0, b, 1000, 200);
        _escrowAt(1, 2, 1000, b, 0, 0);
        _escrowAt(2, 1, 0, a, 1000, 250);
        _escrowAt(2, 2, 0, b, 1000, 200);
        _escrowAt(2, 2, 1000, b, 1001, 30);
        _escrowAt(3, 1, 0, a, 0, 0);
        _escrowAt(3, 2, 0, b, 1001, 30);
        _escrowAt(1, 3, 0, address(0), 0, 0);
    }

    function _escrowAt(uint256 at, uint256 id, uint256 after_, address who, uint256 day, uint256 units)
        private
        view
    {
        (address x, uint256 y, uint256 z) = queue.escrowAt(at, id, after_);
        assertEq(x, who);
        assertEq(y, day);
        assertEq(z, units);
    }

    /// However requests are struck and taken, everyone gets the shares asked for, and no more units than there are.
    function testFuzz_EveryShareIsTakenOnce(uint256 seed) public {
        uint256[2] memory asked;
        for (uint256 i; i < 6; ++i) {
            seed = uint256(keccak256(abi.encode(seed)));
            uint256 amount = 1 + seed % 1e6;
            asked[i & 1] += amount;
            queue.enqueue(i & 1 == 0 ? a : b, amount, block.timestamp);
        }
        uint256 left = asked[0] + asked[1];
        uint256 units;
        while (left != 0) {
            seed = uint256(keccak256(abi.encode(seed)));
            uint256 part = left < 5 ? left : 1 + seed % left;
            units += part * 3;
            queue.record(part, 1000, part * 3, part);
            left -= part;
        }
        vm.warp(1002 days);
        uint256 given = _takeAll(a, asked[0], seed) + _takeAll(b, asked[1], seed >> 128);
        assertEq(given, units);
    }

    function _takeAll(address account, uint256 shares, uint256 seed) private returns (uint256 units) {
        while (shares != 0) {
            (uint256 part,, uint256 got) = queue.take(account, 1 + seed % shares);
            assertGt(part, 0);
            shares -= part;
            units += got;
        }
        (uint256 none,,) = queue.take(account, 1);
        assertEq(none, 0);
    }

    function _matured(uint256 shares, uint256 pending) private view {
        (uint256 x, uint256 y,) = queue.matured();
        assertEq(x, shares);
        assertEq(y, pending);
    }

    function _take(address account, uint256 shares, uint256 part, uint256 day, uint256 units) private {
        (uint256 x, uint256 y, uint256 z) = queue.take(account, shares);
        assertEq(x, part);
        assertEq(y, day);
        assertEq(z, units);
    }

    function test_WhenStruckInPart_TheRestOfARequestIsUnstruck() public {
        uint256 first = queue.enqueue(a, 60, 0);
        uint256 second = queue.enqueue(b, 40, 0);
        assertEq(queue.unstruckOf(first), 60);
        assertEq(queue.unstruckOf(second), 40);
        assertEq(queue.record(70, 20, 700, 70), 1);
        assertEq(queue.unstruckOf(first), 0);
        assertEq(queue.unstruckOf(second), 30);
        assertEq(queue.record(30, 20, 300, 30), 2);
        assertEq(queue.unstruckOf(second), 0);
    }

    function test_WhenStruckTwiceOnADay_AStrikeHasTheDaysSum() public {
        queue.enqueue(a, 100, 0);
        queue.record(70, 20, 700, 70);
        queue.record(20, 20, 100, 20);
        queue.record(10, 21, 50, 10);
        _strike(1, 70, 700, 20);
        _strike(2, 90, 800, 20);
        _strike(3, 100, 50, 21);
    }

    function _strike(uint256 number, uint256 front, uint256 units, uint256 day) private view {
        ExitQueue.Strike memory s = queue.strikeOf(number);
        assertEq(s.front, front);
        assertEq(s.units, units);
        assertEq(s.day, day);
    }
}
