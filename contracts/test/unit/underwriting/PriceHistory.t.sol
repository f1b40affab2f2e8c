// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Test} from "forge-std/Test.sol";

import {PriceHistory} from "../../../src/libraries/PriceHistory.sol";

contract PriceHistoryTest is Test {
    using PriceHistory for PriceHistory.History;

    PriceHistory.History internal history;

    function test_WhenNothingIsNoted_ThereIsNoLimit() public view {
        _lowest(5, type(uint256).max, type(uint256).max);
    }

    function test_WhenPricesRise_TheNewestNoteOfTheDayOrBeforeCounts() public {
        history.record(10, 100);
        history.record(20, 103);
        _lowest(99, 10, 103);
        _lowest(100, 10, 103);
        _lowest(102, 10, 103);
        _lowest(103, 20, type(uint256).max);
        _lowest(200, 20, type(uint256).max);
    }

    function test_WhenADayHasAPrice_AHigherOneChangesNothing() public {
        history.record(10, 100);
        history.record(11, 100);
        _lowest(100, 10, type(uint256).max);
    }

    function test_WhenPricesFall_TheFallReachesBack() public {
        history.record(4, 90);
        history.record(10, 100);
        history.record(20, 103);
        history.record(5, 107);
        history.record(6, 109);
        _lowest(90, 4, 100);
        _lowest(100, 5, 109);
        _lowest(106, 5, 109);
        _lowest(109, 6, type(uint256).max);
    }

    /// Also where the day's price was a fall, which is kept under an earlier day.
    function test_WhenADayHasAFall_AHigherPriceChangesNothing() public {
        history.record(10, 100);
        history.record(5, 103);
        history.record(8, 103);
        _lowest(103, 5, type(uint256).max);
        history.record(8, 104);
        _lowest(103, 5, 104);
        history.record(5, 106);
        history.record(6, 106);
        _lowest(200, 5, type(uint256).max);
    }

    function test_WhenCleared_NothingIsLeft() public {
        history.record(10, 100);
        history.clear();
        _lowest(100, type(uint256).max, type(uint256).max);
        history.record(30, 101);
        _lowest(100, 30, type(uint256).max);
    }

    /// The answer is what looking at every price gives.
    function testFuzz_EqualsLookingAtEveryPrice(uint256 seed) public {
        uint256[40] memory prices;
        uint256 first;
        for (uint256 day = 1; day < 40; ++day) {
            seed = uint256(keccak256(abi.encode(seed)));
            if (seed % 3 == 0) continue;
            prices[day] = seed % 7 == 0 ? 1 + (seed >> 8) % 1000 : 1 + day * 30;
            history.record(prices[day], day);
            if (first == 0) first = day;
        }
        if (first == 0) return;
        for (uint256 day = 1; day < 40; ++day) {
            uint256 from = day < first ? first : day;
            while (prices[from] == 0) --from;
            uint256 lowest = type(uint256).max;
            for (uint256 d = from; d < 40; ++d) {
                if (prices[d] != 0 && prices[d] < lowest) lowest = prices[d];
            }
            (uint256 price, uint256 next) = history.lowestSince(day);
            assertEq(price, lowest);
            assertGt(next, day);
        }
    }

    function _lowest(uint256 day, uint256 price, uint256 next) private view {
        (uint256 x, uint256 y) = history.lowestSince(day);
        assertEq(x, price);
        assertEq(y, next);
    }
}
