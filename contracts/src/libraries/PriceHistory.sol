// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title The lowest that a share was worth since a day
/// @notice Prices are noted at most once a day, and whenever they fall. A fall wipes out the higher prices before it: each
/// entry is the lowest price from its day on, so entries rise with their days and one search answers.
library PriceHistory {
    struct History {
        uint240 length;
        /// Day of the newest note, which may have lowered the entry of an earlier day.
        uint16 noted;
        /// Price (any fixed point below 2^240) << 16 | first day it stands for.
        mapping(uint256 => uint256) entries;
    }

    /// @notice Notes a price. A higher one on a day that has a price already changes nothing.
    function record(History storage h, uint256 price, uint256 day) internal {
        uint256 length = h.length;
        if (length != 0) {
            uint256 last = h.entries[length - 1];
            if (last >> 16 >= price) return _lower(h, price, day, length);
            if (h.noted == day) return;
        }
        h.entries[length] = (price << 16) | day;
        (h.length, h.noted) = (uint240(length + 1), uint16(day));
    }

    /// @notice Forgets everything.
    function clear(History storage h) internal {
        if (h.length != 0) h.length = 0;
    }

    /// @notice Lowest price noted since the newest note at or before the end of `day`; since the first note where none is
    /// as old.
    /// @return price the highest number where nothing is noted
    /// @return next first day for which the answer is another one
    function lowestSince(History storage h, uint256 day) internal view returns (uint256 price, uint256 next) {
        uint256 length = h.length;
        if (length == 0) return (type(uint256).max, type(uint256).max);
        uint256 low;
        uint256 high = length;
        while (low < high) {
            uint256 mid = (low + high) >> 1;
            if (uint16(h.entries[mid]) <= day) low = mid + 1;
            else high = mid;
        }
        if (low == 0) low = 1;
        price = h.entries[low - 1] >> 16;
        next = low == length ? type(uint256).max : uint16(h.entries[low]);
    }

    /// @dev The price takes the place of all that are not below it, from the first of their days on.
    function _lower(History storage h, uint256 price, uint256 day, uint256 length) private {
        uint256 low;
        uint256 high = length - 1;
        while (low < high) {
            uint256 mid = (low + high) >> 1;
            if (h.entries[mid] >> 16 < price) low = mid + 1;
            else high = mid;
        }
        uint256 entry = h.entries[low];
        if (entry >> 16 != price) h.entries[low] = (price << 16) | uint16(entry);
        if (low + 1 != length || h.noted != day) (h.length, h.noted) = (uint240(low + 1), uint16(day));
    }
}
