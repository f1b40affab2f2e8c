// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title What a pool is born with
/// @notice Never changes, so it follows the clone's code: reading it costs a twentieth of a storage slot.
/// asset (20 bytes) | junior vault (20) | senior vault (20) | pool index (4) | decimals (1) | raise window in days (1).
abstract contract PoolConstants {
    /// @dev Code of the clone before its arguments.
    uint256 private constant ARGUMENTS_AT = 0x2d;

    function _asset() internal view returns (address) {
        return address(uint160(_constant(0) >> 96));
    }

    function _vault(bool senior) internal view returns (address) {
        return address(uint160(_constant(senior ? 40 : 20) >> 96));
    }

    function _poolIndex() internal view returns (uint256) {
        return _constant(60) >> 224;
    }

    function _decimals() internal view returns (uint256) {
        return _constant(64) >> 248;
    }

    function _raiseWindowDays() internal view returns (uint256) {
        return _constant(65) >> 248;
    }

    function _constant(uint256 offset) private view returns (uint256 word) {
        assembly ("memory-safe") {
            extcodecopy(address(), 0, add(ARGUMENTS_AT, offset), 0x20)
            word := mload(0)
        }
    }
}
