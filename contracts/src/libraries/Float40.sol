// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title Amounts in 40 bits: mantissa u36 | exponent u4, the amount being mantissa x 16^exponent
/// @notice Rounds down, by less than one part in 2^32 of the amount; amounts below 2^36 are exact. What was rounded once
/// is not rounded again.
library Float40 {
    /// @dev Requires `amount` < 2^96.
    function pack(uint256 amount) internal pure returns (uint256) {
        unchecked {
            uint256 exponent;
            if (amount >> 64 != 0) exponent = 8;
            if (amount >> (48 + 4 * exponent) != 0) exponent += 4;
            if (amount >> (40 + 4 * exponent) != 0) exponent += 2;
            if (amount >> (36 + 4 * exponent) != 0) ++exponent;
            return (amount >> (4 * exponent) << 4) | exponent;
        }
    }

    function unpack(uint256 packed) internal pure returns (uint256) {
        return packed >> 4 << (4 * (packed & 15));
    }
}
