// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice A moment and the index then: time u40 | index u128.
type ShortfallPoint is uint256;

/// @title What a unit of rate has streamed in vain, over time
/// @notice While capital is less than cover requires, part of the premium is held back. The index adds up that part of
/// each second, in 2^-64 seconds; it is a broken line, and of it are kept the first and the last point of each day that
/// had any, and those from which a rate counts. So it is exact at every day boundary, where rates end, and where they
/// begin. Points count from 1; before the first it is zero.
library ShortfallIndex {
    /// Points a pool keeps: two a day, and one more each time cover is sold between two shortages of a day. Beyond, nothing
    /// is held back.
    uint256 internal constant MAX_POINTS = 4095;

    uint256 private constant DAY = 1 days;

    function time(ShortfallPoint p) internal pure returns (uint256) {
        return uint40(ShortfallPoint.unwrap(p));
    }

    function index(ShortfallPoint p) internal pure returns (uint256) {
        return ShortfallPoint.unwrap(p) >> 40;
    }

    function toPoint(uint256 time_, uint256 index_) internal pure returns (ShortfallPoint) {
        return ShortfallPoint.wrap(time_ | (index_ << 40));
    }

    /// @notice Adds an interval in which the index rose by `increase`.
    /// @param count points so far, less than MAX_POINTS - 1
    /// @return points now
    function add(
        mapping(uint256 => ShortfallPoint) storage points,
        uint256 count,
        uint256 from,
        uint256 to,
        uint256 increase
    ) internal returns (uint256) {
        ShortfallPoint last = points[count];
        uint256 total = index(last) + increase;
        if (lastFixed(points, count, to) == count) {
            // The line was flat since the last point.
            if (time(last) != from) points[++count] = toPoint(from, index(last));
            ++count;
        }
        points[count] = toPoint(to, total);
        return count;
    }

    /// @notice The newest point that stays as it is: the last one, unless what is added that day moves it on.
    function lastFixed(mapping(uint256 => ShortfallPoint) storage points, uint256 count, uint256 at)
        internal
        view
        returns (uint256)
    {
        if (count < 2 || time(points[count]) / DAY != at / DAY) return count;
        return time(points[count - 1]) / DAY == at / DAY ? count - 1 : count;
    }

    /// @notice Makes the last point one that stays.
    /// @param count points so far, less than MAX_POINTS
    /// @return fixed_ its number
    /// @return points now
    function fix(mapping(uint256 => ShortfallPoint) storage points, uint256 count, uint256 at)
        internal
        returns (uint256 fixed_, uint256)
    {
        fixed_ = lastFixed(points, count, at);
        if (fixed_ == count || index(points[fixed_]) == index(points[count])) return (fixed_, count);
        // What is added that day moves the copy on.
        points[count + 1] = points[count];
        return (count, count + 1);
    }

    /// @notice Rise of the index from point number `from` to `end`, a day boundary, or to the last point `to`.
    function rise(mapping(uint256 => ShortfallPoint) storage points, uint256 from, uint256 to, uint256 end)
        internal
        view
        returns (uint256)
    {
        uint256 base = index(points[from]);
        if (end >= time(points[to])) return index(points[to]) - base;
        // The last point before `end`, and the first one that is not.
        uint256 low = from;
        uint256 high = to;
        while (high - low > 1) {
            uint256 middle = (low + high) / 2;
            if (time(points[middle]) < end) low = middle;
            else high = middle;
        }
        (ShortfallPoint a, ShortfallPoint b) = (points[low], points[high]);
        if (time(a) >= end) return 0;
        return index(a) + (index(b) - index(a)) * (end - time(a)) / (time(b) - time(a)) - base;
    }
}
