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
    /// How it joins what the terms before it give: 0 plus, 1 minus, 2 times, 3 by. The first is 0.
    uint8 join;
    /// Multiplier, 1e18 = 1.
    uint128 scale;
}

/// @notice The metric: root(numerator) / root(denominator), 18 decimals. Without a denominator it is root(numerator) as it
/// is. Each side joins its terms from left to right, without precedence: a, plus b, times c is (a + b) x c. A difference
/// below 0 is 0, as the claim on what owes more than it has is worth nothing; a quotient is rounded down.
struct ViewMetricConfig {
    Term[] numerator;
    Term[] denominator;
    /// 1, or 2 for the square root of both sides.
    uint8 root;
    /// Least fall that is a breach, 1e8 = 100 %.
    uint32 threshold;
    /// Worth in the market's asset of one unit of the insured position while the metric is 1e18; 1e18 = one to one.
    uint128 unitScale;
}

/// @title A metric of view calls
/// @notice Share prices: totalAssets / totalSupply, or convertToAssets of one share. A constant-product pair:
/// sqrt(reserve0 x reserve1) / totalSupply, which is root 2 over reserve0, times reserve1, and totalSupply, times
/// totalSupply. A lending market: (cash + lent - reserves) / totalSupply.
///
/// Where a term does not answer, something is divided by 0 or a sum or product overflows, the metric has no value (`ok` false); a
/// metric of 0 is a value, and a total loss. All functions are views without state: no re-entrance stance is needed, but
/// what they read may be bent within a transaction, so who acts on it must read it where no one else's code ran before.
contract ViewMetric is IPredicate {
    uint256 internal constant MAX_TERMS = 4;
    uint256 internal constant MAX_WORD = 31;
    uint8 internal constant PLUS = 0;
    uint8 internal constant MINUS = 1;
    uint8 internal constant TIMES = 2;
    uint8 internal constant BY = 3;
    uint256 internal constant CALL_GAS = 500_000;
    uint256 internal constant MIN_THRESHOLD = 1e6;
    uint256 internal constant FULL = 1e8;
    uint256 internal constant WAD = 1e18;

    /// @inheritdoc IPredicate
    function check(bytes calldata config) external view {
        ViewMetricConfig memory c = _readable(config);
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

    /// @notice What `config` says; reverts without a reason where it says nothing.
    function decode(bytes calldata config) external pure returns (ViewMetricConfig memory) {
        return abi.decode(config, (ViewMetricConfig));
    }

    function _readable(bytes calldata config) internal view returns (ViewMetricConfig memory) {
        try this.decode(config) returns (ViewMetricConfig memory c) {
            return c;
        } catch {
            revert ConfigInvalid("config cannot be decoded");
        }
    }

    function _measure(ViewMetricConfig memory c) internal view returns (bool ok, uint256 value) {
        uint256 above;
        uint256 below = c.root == 1 ? WAD : WAD * WAD;
        (ok, above) = _joined(c.numerator);
        if (ok && c.denominator.length != 0) (ok, below) = _joined(c.denominator);
        if (!ok || below == 0) return (false, 0);
        (ok, value) = _tryMulDiv(above, c.root == 1 ? WAD : WAD * WAD, below);
        if (ok && c.root == 2) value = Math.sqrt(value);
    }

    function _joined(Term[] memory terms) internal view returns (bool ok, uint256 result) {
        for (uint256 i; i < terms.length; ++i) {
            Term memory term = terms[i];
            uint256 x;
            (ok, x) = BoundedCall.tryStaticWord(term.target, term.callData, term.word, CALL_GAS);
            if (ok) (ok, x) = _tryMulDiv(x, term.scale, WAD);
            if (ok) (ok, result) = _join(term.join, result, x);
            if (!ok) return (false, 0);
        }
    }

    function _join(uint8 join, uint256 a, uint256 b) internal pure returns (bool ok, uint256 result) {
        if (join == PLUS) return Math.tryAdd(a, b);
        if (join == MINUS) return (true, Math.saturatingSub(a, b));
        if (join == TIMES) return Math.tryMul(a, b);
        return Math.tryDiv(a, b);
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
            if (terms[i].join > BY) revert ConfigInvalid("join is above 3");
            if (i == 0 && terms[i].join != PLUS) revert ConfigInvalid("first term does not join by plus");
            if (terms[i].scale == 0) revert ConfigInvalid("scale is 0");
        }
    }
}
