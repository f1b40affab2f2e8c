// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {IPredicate} from "../../interfaces/IPredicate.sol";
import {BoundedCall} from "../../libraries/BoundedCall.sol";

/// @notice One number the insured contract answers.
struct Term {
    address target;
    bytes callData;
    /// Word of the answer, from 0.
    uint8 word;
    /// Multiplier, 1e18 = 1.
    uint128 scale;
}

/// @notice The metric: root(product of numerator) / root(product of denominator), 18 decimals. Without a denominator it
/// is root(product of numerator) as it is.
struct ViewMetricConfig {
    Term[] numerator;
    Term[] denominator;
    /// 1, or 2 for the square root of both products.
    uint8 root;
    /// Least fall that is a breach, 1e8 = 100 %.
    uint32 threshold;
    /// Worth in the market's asset of one unit of the insured position while the metric is 1e18; 1e18 = one to one.
    uint128 unitScale;
}

/// @title A metric of view calls
/// @notice Share prices: totalAssets / totalSupply, or convertToAssets of one share. A constant-product pair:
/// sqrt(reserve0 x reserve1) / totalSupply, which is root 2 over (reserve0, reserve1) and (totalSupply, totalSupply).
///
/// Where a term does not answer, a denominator is 0 or a product overflows, the metric has no value (`ok` false); a
/// metric of 0 is a value, and a total loss. All functions are views without state: no re-entrance stance is needed, but
/// what they read may be bent within a transaction, so who acts on it must read it where no one else's code ran before.
contract ViewMetric is IPredicate {
    uint256 internal constant MAX_TERMS = 4;
    uint256 internal constant MAX_WORD = 31;
    uint256 internal constant CALL_GAS = 500_000;
    uint256 internal constant MIN_THRESHOLD = 1e6;
    uint256 internal constant FULL = 1e8;
    uint256 internal constant WAD = 1e18;

    /// @inheritdoc IPredicate
    function check(bytes calldata config) external view {
        ViewMetricConfig memory c = abi.decode(config, (ViewMetricConfig));
        if (c.numerator.length == 0) revert ConfigInvalid("numerator is empty");
        if (c.root != 1 && c.root != 2) revert ConfigInvalid("root is neither 1 nor 2");
        if (c.threshold < MIN_THRESHOLD || c.threshold > FULL) {
            revert ConfigInvalid("threshold is outside 1 % to 100 %");
        }
        if (c.unitScale == 0) revert ConfigInvalid("unit scale is 0");
        _checkTerms(c.numerator);
        _checkTerms(c.denominator);
        (bool ok, uint256 value) = _measure(c);
        if (!ok) revert ConfigInvalid("metric has no value");
        if (value == 0) revert ConfigInvalid("metric is 0");
    }

    /// @inheritdoc IPredicate
    function measure(bytes calldata config) external view returns (bool ok, uint256 value) {
        return _measure(abi.decode(config, (ViewMetricConfig)));
    }

    /// @inheritdoc IPredicate
    function breach(bytes calldata config, uint256 baseline, uint256 value)
        external
        pure
        returns (bool breached, uint32 severity)
    {
        if (value >= baseline) return (false, 0);
        severity = uint32(Math.mulDiv(baseline - value, FULL, baseline));
        breached = severity >= abi.decode(config, (ViewMetricConfig)).threshold;
    }

    /// @inheritdoc IPredicate
    function unitValue(bytes calldata config, uint256 baseline) external pure returns (uint128) {
        uint128 scale = abi.decode(config, (ViewMetricConfig)).unitScale;
        (bool ok, uint256 value) = _tryMulDiv(baseline, scale, WAD);
        return ok && value <= type(uint128).max ? uint128(value) : type(uint128).max;
    }

    function _measure(ViewMetricConfig memory c) internal view returns (bool ok, uint256 value) {
        uint256 above;
        uint256 below = c.root == 1 ? WAD : WAD * WAD;
        (ok, above) = _product(c.numerator);
        if (ok && c.denominator.length != 0) (ok, below) = _product(c.denominator);
        if (!ok || below == 0) return (false, 0);
        (ok, value) = _tryMulDiv(above, c.root == 1 ? WAD : WAD * WAD, below);
        if (ok && c.root == 2) value = Math.sqrt(value);
    }

    function _product(Term[] memory terms) internal view returns (bool ok, uint256 product) {
        product = 1;
        for (uint256 i; i < terms.length; ++i) {
            Term memory term = terms[i];
            uint256 x;
            (ok, x) = BoundedCall.tryStaticWord(term.target, term.callData, term.word, CALL_GAS);
            if (ok) (ok, x) = _tryMulDiv(x, term.scale, WAD);
            if (ok) (ok, product) = Math.tryMul(product, x);
            if (!ok) return (false, 0);
        }
    }

    /// @dev x y / d rounded down; not ok where that does not fit 256 bits, or d is 0.
    function _tryMulDiv(uint256 x, uint256 y, uint256 d) internal pure returns (bool ok, uint256 value) {
        (uint256 high,) = Math.mul512(x, y);
        if (high >= d) return (false, 0);
        return (true, Math.mulDiv(x, y, d));
    }

    function _checkTerms(Term[] memory terms) internal view {
        if (terms.length > MAX_TERMS) revert ConfigInvalid("more than 4 terms on a side");
        for (uint256 i; i < terms.length; ++i) {
            if (terms[i].target.code.length == 0) revert ConfigInvalid("target has no code");
            if (terms[i].word > MAX_WORD) revert ConfigInvalid("word is above 31");
            if (terms[i].scale == 0) revert ConfigInvalid("scale is 0");
        }
    }
}
