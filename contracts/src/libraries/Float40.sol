// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title Amounts in 40 bits: mantissa u36 | exponent u4, the amount being mantissa x 16^exponent
/// @notice Rounds down, by less than one part in 2^32 of the amount; amounts below 2^36 are exact. What was rounded once
/// is not rounded again.
library Float40 {
    /// @dev Requires `amount` < 2^96.
    function pack(uint256 amount) internal pure returns (uint256) {
        uint256 exponent;
        // Bits of the exponent from the highest, where what is left still has more than 36.
        assembly ("memory-safe") {
            exponent := shl(3, iszero(iszero(shr(64, amount))))
            exponent := or(exponent, shl(2, iszero(iszero(shr(add(48, shl(2, exponent)), amount)))))
            exponent := or(exponent, shl(1, iszero(iszero(shr(add(40, shl(2, exponent)), amount)))))
            exponent := or(exponent, iszero(iszero(shr(add(36, shl(2, exponent)), amount))))
        }
        unchecked {
            return (amount >> (4 * exponent) << 4) | exponent;
        }
    }

    function unpack(uint256 packed) internal pure returns (uint256) {
        return packed >> 4 << (4 * (packed & 15));
    }
}
