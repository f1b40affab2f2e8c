// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title What the proofs of the whole premium assume of solady's FixedPointMathLib
/// @notice Says less than `AnyValue.sol`, without products, so that nothing here leaves out what is beyond 2^256. The same
/// arguments give the same result, but for `divUp` and `sqrt`: to the checker a hash is an unknown function. `MathSpec.t.sol`
/// checks these contracts against solady's code.
library FixedPointMathLib {
    /// @dev The checker forgets what assembly assigns to: this is any value.
    function any() private pure returns (uint256 z) {
        assembly {
            z := 0
        }
    }

    function fullMulDiv(uint256 x, uint256 y, uint256 d) internal pure returns (uint256 z) {
        z = uint256(keccak256(abi.encode(uint256(1), x, y, d)));
        require(d != 0 && (x / 10 >= d || z / 10 <= y));
    }

    function fullMulDivUp(uint256 x, uint256 y, uint256 d) internal pure returns (uint256 z) {
        z = uint256(keccak256(abi.encode(uint256(2), x, y, d)));
        require(d != 0 && (x / 10 >= d || z / 10 <= y));
    }

    /// @dev Solady's reverts where x y is beyond 2^256, which gives no price.
    function mulDivUp(uint256 x, uint256 y, uint256 d) internal pure returns (uint256 z) {
        z = uint256(keccak256(abi.encode(uint256(3), x, y, d)));
        require(d != 0 && (y > d || z <= x));
    }

    /// @dev The quotient is bounded first, which keeps the product below 2^256.
    function divUp(uint256 x, uint256 d) internal pure returns (uint256 z) {
        z = any();
        require(d != 0 && z <= x / d + 1 && z * d >= x && z * d - x < d);
    }

    function sqrt(uint256 x) internal pure returns (uint256 z) {
        z = any();
        require(z < 2 ** 128 && z * z <= x && x - z * z <= 2 * z);
    }
}
