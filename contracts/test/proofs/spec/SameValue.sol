// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title The contracts of `AnyValue.sol`, the same arguments giving the same result
/// @notice For proofs that compare two calls; slower to check. The hash is an unknown function to the checker.
library FixedPointMathLib {
    function fullMulDiv(uint256 x, uint256 y, uint256 d) internal pure returns (uint256 z) {
        z = uint256(keccak256(abi.encode(uint256(1), x, y, d)));
        require(d != 0 && z * d <= x * y && x * y - z * d < d);
    }

    function fullMulDivUp(uint256 x, uint256 y, uint256 d) internal pure returns (uint256 z) {
        z = uint256(keccak256(abi.encode(uint256(2), x, y, d)));
        require(d != 0 && z * d >= x * y && z * d - x * y < d);
    }

    function mulDivUp(uint256 x, uint256 y, uint256 d) internal pure returns (uint256) {
        return fullMulDivUp(x, y, d);
    }

    /// @dev Mentioned by the libraries, called by none of these proofs.
    function min(uint256 x, uint256 y) internal pure returns (uint256) {
        return x < y ? x : y;
    }

    function mulDiv(uint256 x, uint256 y, uint256 d) internal pure returns (uint256) {
        return fullMulDiv(x, y, d);
    }

    function divUp(uint256 x, uint256 d) internal pure returns (uint256 z) {
        z = uint256(keccak256(abi.encode(uint256(3), x, d)));
        require(d != 0 && z * d >= x && z * d - x < d);
    }

    function sqrt(uint256 x) internal pure returns (uint256) {
        return x;
    }
}
