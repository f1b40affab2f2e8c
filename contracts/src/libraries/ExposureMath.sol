// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title The exact variance of a pool
/// @notice V = sum v X^2 + sum s Y^2 with Y = sum w X. Coefficients v and s have 8 decimals and w has 4, so the stored
/// value, V times 1e16, is a whole number and adding then removing a position restores it exactly:
/// v8 X^2 1e8 + s8 (w4 X)^2. With X below 2^96 in all, v8, s8 <= 1e8 and at most four groups a market it stays below 2^252.
library ExposureMath {
    /// @notice Idiosyncratic term of a market; v <= 1e8, x < 2^88.
    function idiosyncratic(uint256 v, uint256 x) internal pure returns (uint256) {
        unchecked {
            return v * x * x * 1e8;
        }
    }

    /// @notice Term of a group; s <= 1e8, `y` the weighted load, 4 decimals, below 2^110.
    function systematic(uint256 s, uint256 y) internal pure returns (uint256) {
        unchecked {
            return s * y * y;
        }
    }
}
