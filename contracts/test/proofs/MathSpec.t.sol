// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Test} from "forge-std/Test.sol";
import {FixedPointMathLib as Math} from "solady/utils/FixedPointMathLib.sol";

/// @notice Solady's functions fulfil the contracts that the proofs assume of them (`spec`). The products below revert where
/// they overflow, as they do in `AnyValue.sol`, so arguments stay below 2^128 where a contract has products; those of
/// `WideValue.sol` and the law in `Premium.proof.sol` have none.
contract MathSpecTest is Test {
    function testFuzz_Down(uint128 x, uint128 y, uint256 d) external pure {
        d = bound(d, 1, type(uint128).max);
        uint256 product = uint256(x) * y;
        _assertDown(Math.mulDiv(x, y, d), product, d);
        _assertDown(Math.fullMulDiv(x, y, d), product, d);
    }

    function testFuzz_Up(uint128 x, uint128 y, uint256 d) external pure {
        d = bound(d, 1, type(uint128).max);
        uint256 product = uint256(x) * y;
        _assertUp(Math.mulDivUp(x, y, d), product, d);
        _assertUp(Math.fullMulDivUp(x, y, d), product, d);
    }

    /// @dev Where nothing is left over, up is down.
    function testFuzz_UpOfAMultiple(uint128 x, uint64 d, uint64 times) external pure {
        vm.assume(d != 0);
        _assertUp(Math.mulDivUp(x, uint256(d) * times, d), uint256(x) * d * times, d);
        _assertUp(Math.fullMulDivUp(x, uint256(d) * times, d), uint256(x) * d * times, d);
    }

    /// @dev `WideValue.sol`: a factor below ten times the divisor makes at most ten times the other.
    function testFuzz_WideIsBelowTenTimes(uint256 x, uint256 y, uint256 d) external pure {
        y = bound(y, 0, type(uint256).max / 10);
        d = bound(d, 1, type(uint256).max);
        x = bound(x, 0, d > type(uint256).max / 10 ? type(uint256).max : 10 * d - 1);
        assertLe(Math.fullMulDiv(x, y, d) / 10, y);
        assertLe(Math.fullMulDivUp(x, y, d) / 10, y);
    }

    function testFuzz_UpByAtMostOneIsAtMostTheFactor(uint256 x, uint256 y, uint256 d) external pure {
        d = bound(d, 1, type(uint256).max);
        y = bound(y, 0, d);
        x = bound(x, 0, type(uint256).max / (y == 0 ? 1 : y));
        assertLe(Math.mulDivUp(x, y, d), x);
    }

    /// @dev `assumeQuotientGrows` in `Premium.proof.sol`, for quotients of all sizes.
    function testFuzz_QuotientGrows(uint160 less, uint160 more, uint128 larger, uint128 smaller)
        external
        pure
    {
        if (less > more) (less, more) = (more, less);
        larger = uint128(bound(larger, 2 ** 64, type(uint128).max));
        smaller = uint128(bound(smaller, 2 ** 64, larger));
        assertLe(Math.fullMulDiv(less, less, larger), Math.fullMulDivUp(more, more, smaller));
        assertLe(Math.fullMulDiv(more, more, larger), Math.fullMulDivUp(more, more, larger));
    }

    function testFuzz_DivUp(uint256 x, uint256 d) external pure {
        d = bound(d, 1, type(uint256).max);
        assertEq(Math.divUp(x, d), x / d + (x % d == 0 ? 0 : 1));
    }

    function testFuzz_Sqrt(uint256 x) external pure {
        _assertRoot(x);
    }

    function testFuzz_SqrtOfSquares(uint128 root) external pure {
        uint256 square = uint256(root) * root;
        _assertRoot(square);
        if (square != 0) _assertRoot(square - 1);
    }

    function testFuzz_Min(uint256 x, uint256 y) external pure {
        assertEq(Math.min(x, y), x < y ? x : y);
    }

    function _assertDown(uint256 z, uint256 product, uint256 d) private pure {
        assertTrue(z * d <= product && product - z * d < d);
    }

    function _assertUp(uint256 z, uint256 product, uint256 d) private pure {
        assertTrue(z * d >= product && z * d - product < d);
    }

    function _assertRoot(uint256 x) private pure {
        uint256 z = Math.sqrt(x);
        assertTrue(z < 2 ** 128 && z * z <= x && x - z * z <= 2 * z);
    }
}
