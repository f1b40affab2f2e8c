// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {SafeCastLib} from "solady/utils/SafeCastLib.sol";

/// @notice What happens to a market on one day, in one word: starts u88 (bits 0-87) | ends u88 (88-175)
/// | rate ending u80 (176-255). Once the day is processed the first field is the cover active from that day on.
type DayBucket is uint256;

using DayBucketLib for DayBucket global;

/// @notice Packs and reads the cover that starts and ends on one day in one market.
library DayBucketLib {
    uint256 private constant M88 = type(uint88).max;

    function starts(DayBucket b) internal pure returns (uint256) {
        return DayBucket.unwrap(b) & M88;
    }

    /// @notice Cover active from this day on; only for a processed day.
    function active(DayBucket b) internal pure returns (uint256) {
        return DayBucket.unwrap(b) & M88;
    }

    function ends(DayBucket b) internal pure returns (uint256) {
        return (DayBucket.unwrap(b) >> 88) & M88;
    }

    function rate(DayBucket b) internal pure returns (uint256) {
        return DayBucket.unwrap(b) >> 176;
    }

    /// @notice Each field is checked by itself: a borrow between them would corrupt silently.
    function pack(uint256 first, uint256 ends_, uint256 rate_) internal pure returns (DayBucket) {
        if ((first | ends_) >> 88 != 0 || rate_ >> 80 != 0) revert SafeCastLib.Overflow();
        return DayBucket.wrap(first | (ends_ << 88) | (rate_ << 176));
    }
}
