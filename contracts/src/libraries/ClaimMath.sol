// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title What a claim counts and what it is paid
/// @notice Amounts are below 2^96, shares and severities have 8 decimals and are at most 1e8, deductibles are basis points
/// and at most 1e4: nothing here overflows. Everything is rounded down, so that claims never add up to more than their
/// reserve.
library ClaimMath {
    /// @notice Most that a cover can claim at a severity.
    function most(uint256 cover, uint256 severity) internal pure returns (uint256) {
        unchecked {
            return cover * severity / 1e8;
        }
    }

    /// @notice What is left of a proven loss after the deductible.
    function lessDeductible(uint256 proven, uint256 deductibleBps) internal pure returns (uint256) {
        unchecked {
            return proven * (1e4 - deductibleBps) / 1e4;
        }
    }

    /// @notice What a share of a claim pays.
    function due(uint256 claim, uint256 share) internal pure returns (uint256) {
        unchecked {
            return claim * share / 1e8;
        }
    }
}
