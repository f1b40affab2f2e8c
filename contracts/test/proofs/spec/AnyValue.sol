// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title What the proofs assume of solady's FixedPointMathLib
/// @notice Stands in for it under the checker, which does not read assembly. A result is any value that fulfils the
/// contract of its function, so what is proven holds for each. `MathSpec.t.sol` checks the contracts against solady's code.
library FixedPointMathLib {
    function min(uint256 x, uint256 y) internal pure returns (uint256) {
        return x < y ? x : y;
    }

    /// @dev The checker forgets what assembly assigns to: this is any value.
    function any() private pure returns (uint256 z) {
        assembly {
            z := 0
        }
    }

    function fullMulDiv(uint256 x, uint256 y, uint256 d) internal pure returns (uint256 z) {
        z = any();
        require(d != 0 && z * d <= x * y && x * y - z * d < d);
    }

    function fullMulDivUp(uint256 x, uint256 y, uint256 d) internal pure returns (uint256 z) {
        z = any();
        require(d != 0 && z * d >= x * y && z * d - x * y < d);
    }

    function mulDiv(uint256 x, uint256 y, uint256 d) internal pure returns (uint256) {
        return fullMulDiv(x, y, d);
    }

    function mulDivUp(uint256 x, uint256 y, uint256 d) internal pure returns (uint256) {
        return fullMulDivUp(x, y, d);
    }

    function divUp(uint256 x, uint256 d) internal pure returns (uint256 z) {
        z = any();
        require(d != 0 && z * d >= x && z * d - x < d);
    }

    function sqrt(uint256 x) internal pure returns (uint256 z) {
        z = any();
        require(z < 2 ** 128 && z * z <= x && x - z * z <= 2 * z);
    }
}
