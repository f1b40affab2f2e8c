// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {LibBit} from "solady/utils/LibBit.sol";

/// @title Which days have something on them, one bit a day
/// @notice Days are UTC days since 1970. Searches look at one word per 256 days.
library ExpiryBitmap {
    function set(mapping(uint256 => uint256) storage words, uint256 day) internal {
        uint256 word = words[day >> 8];
        uint256 bit = 1 << (day & 255);
        if (word & bit == 0) words[day >> 8] = word | bit;
    }

    /// @notice First marked day in (after, last]; 0 if none.
    function nextAfter(mapping(uint256 => uint256) storage words, uint256 after_, uint256 last)
        internal
        view
        returns (uint256)
    {
        unchecked {
            uint256 day = after_ + 1;
            while (day <= last) {
                uint256 word = words[day >> 8] >> (day & 255);
                if (word != 0) {
                    day += LibBit.ffs(word);
                    return day <= last ? day : 0;
                }
                day = ((day >> 8) + 1) << 8;
            }
            return 0;
        }
    }

    /// @notice Last marked day in [first, day]; 0 if none.
    function lastUpTo(mapping(uint256 => uint256) storage words, uint256 day, uint256 first)
        internal
        view
        returns (uint256)
    {
        unchecked {
            while (day >= first) {
                uint256 word = words[day >> 8] << (255 - (day & 255));
                if (word != 0) {
                    uint256 found = day - (255 - LibBit.fls(word));
                    return found >= first ? found : 0;
                }
                day = (day >> 8) << 8;
                if (day == 0) return 0;
                --day;
            }
            return 0;
        }
    }
}
