// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Test} from "forge-std/Test.sol";

import {ExpiryBitmap} from "../../../src/libraries/ExpiryBitmap.sol";

/// @notice Searches find what a walk over all days would.
contract ExpiryBitmapTest is Test {
    using ExpiryBitmap for mapping(uint256 => uint256);

    uint256 private constant DAYS = 1200;

    mapping(uint256 => uint256) private words;
    mapping(uint256 => bool) private marked;

    function test_WhenNothingIsMarked_FindsNothing() public view {
        assertEq(words.nextAfter(0, DAYS), 0);
        assertEq(words.lastUpTo(DAYS, 300), 0);
        assertEq(words.lastUpTo(100, 1), 0);
    }

    function test_WhenTheOnlyDayIsOutside_FindsNothing() public {
        words.set(300);
        assertEq(words.nextAfter(299, 300), 300);
        assertEq(words.nextAfter(300, DAYS), 0);
        assertEq(words.nextAfter(0, 299), 0);
        assertEq(words.lastUpTo(300, 300), 300);
        assertEq(words.lastUpTo(299, 1), 0);
        assertEq(words.lastUpTo(DAYS, 301), 0);
        assertEq(words.lastUpTo(DAYS, 600), 0);
    }

    function testFuzz_FindsWhatAWalkFinds(uint256 seed, uint256 count, uint256 low, uint256 high) public {
        count = bound(count, 0, 12);
        for (uint256 i; i < count; ++i) {
            uint256 day = 1 + uint256(keccak256(abi.encode(seed, i))) % DAYS;
            words.set(day);
            marked[day] = true;
        }
        low = bound(low, 1, DAYS);
        high = bound(high, low, DAYS);
        uint256 first;
        uint256 last;
        for (uint256 day = low; day <= high; ++day) {
            if (!marked[day]) continue;
            if (first == 0) first = day;
            last = day;
        }
        assertEq(words.nextAfter(low - 1, high), first);
        assertEq(words.lastUpTo(high, low), last);
    }
}
