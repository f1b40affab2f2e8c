// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Test} from "forge-std/Test.sol";

import {ShortfallIndex, ShortfallPoint} from "../../../src/libraries/ShortfallIndex.sol";

contract ShortfallIndexTest is Test {
    mapping(uint256 => ShortfallPoint) internal points;
    uint256 internal count;
    /// What the index is at each day boundary, kept beside it.
    uint256[60] internal at;
    uint256 internal total;

    /// @dev Intervals of any length, some with a rise in proportion to their length and some without: every rise up to a
    /// day boundary is what adding it up by the second gives, rounded down once for each interval at most.
    function testFuzz_IsExactAtDayBoundaries(uint256 seed) public {
        uint256 time = 1 days;
        uint256 last = time;
        for (uint256 n; n < 40; ++n) {
            seed = uint256(keccak256(abi.encode(seed)));
            uint256 next = time + 1 + (seed % 3 == 0 ? (seed >> 16) % 3 days : (seed >> 16) % 8 hours);
            if (next >= 50 days) break;
            uint256 slope = seed % 2 == 0 ? 0 : 1 + (seed >> 128) % 1e9;
            for (uint256 day = time / 1 days + 1; day <= next / 1 days; ++day) {
                at[day] = total + slope * (day * 1 days - time);
            }
            if (slope != 0) {
                count = ShortfallIndex.add(points, count, time, next, slope * (next - time));
                last = next;
            }
            total += slope * (next - time);
            time = next;
        }
        for (uint256 day = 2; day <= time / 1 days; ++day) {
            assertEq(ShortfallIndex.rise(points, 0, count, day * 1 days), at[day], "STREAM-2");
        }
        assertEq(ShortfallIndex.rise(points, 0, count, 60 days), total, "STREAM-2");
    }

    function test_CountsFromThePointOfAPolicy() public {
        count = ShortfallIndex.add(points, count, 1 days, 2 days, 100);
        uint256 bought = count;
        count = ShortfallIndex.add(points, count, 5 days, 7 days, 1000);
        assertEq(ShortfallIndex.rise(points, bought, count, 6 days), 500);
        assertEq(ShortfallIndex.rise(points, bought, count, 30 days), 1000);
        assertEq(ShortfallIndex.rise(points, bought, count, 2 days), 0);
        assertEq(ShortfallIndex.rise(points, count, count, 30 days), 0);
    }

    function test_CountsFromAFixedPointToTheSecond() public {
        uint256 noon = 1.5 days;
        count = ShortfallIndex.add(points, count, 1 days, noon - 1 hours, 100);
        count = ShortfallIndex.add(points, count, noon - 1 hours, noon, 10);
        uint256 fixed_;
        for (uint256 i; i < 3; ++i) {
            (fixed_, count) = ShortfallIndex.fix(points, count, noon);
        }
        assertEq(fixed_, 2);
        assertEq(count, 3, "once for a moment");
        count = ShortfallIndex.add(points, count, noon + 1 hours, noon + 2 hours, 1);
        count = ShortfallIndex.add(points, count, noon + 2 hours, noon + 3 hours, 2);
        assertEq(count, 3);
        assertEq(ShortfallIndex.rise(points, fixed_, count, 9 days), 3, "STREAM-2");
        assertEq(ShortfallIndex.rise(points, 0, count, 9 days), 113, "STREAM-2");
    }

    function test_LastPointOfADayIsFixedWhenItIsOver() public {
        assertEq(ShortfallIndex.lastFixed(points, 0, 1 days), 0);
        count = ShortfallIndex.add(points, count, 1 days, 1.1 days, 1);
        assertEq(ShortfallIndex.lastFixed(points, count, 1.2 days), 1);
        assertEq(ShortfallIndex.lastFixed(points, count, 2 days), 2);
        count = ShortfallIndex.add(points, count, 1.1 days, 2.1 days, 1);
        assertEq(ShortfallIndex.lastFixed(points, count, 2.2 days), 3);
    }

    function test_KeepsTwoPointsADay() public {
        for (uint256 t = 1 days; t < 2 days - 100; t += 100) {
            count = ShortfallIndex.add(points, count, t, t + 100, 1);
        }
        assertEq(count, 2);
    }
}
