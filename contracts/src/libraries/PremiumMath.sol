// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {FixedPointMathLib as Math} from "solady/utils/FixedPointMathLib.sol";

/// @notice What the price of one purchase depends on.
struct PremiumInputs {
    /// Cover bought, asset units.
    uint256 cover;
    /// Seconds from the purchase to the end of cover.
    uint256 term;
    /// Expected loss rate, 1e8 = 100 % a year.
    uint256 el;
    /// Required capital before the purchase, rounded down, and after it, rounded up; 1e-12 asset units.
    uint256 requiredBefore;
    uint256 requiredAfter;
    /// Pricing capital, asset units.
    uint256 pricingCapital;
    /// Cost of capital, basis points a year.
    uint256 costOfCapitalBps;
}

/// @title The price of cover: a cost function over risk capital
/// @notice premium = T / YEAR x [el D + CoC (Psi(S after) - Psi(S before))], S = z sqrt(V),
/// Psi(S) = K_p (u + a u^2 / (1 - u)) with u = S / K_p and a = 1/2, which is S + S^2 / (2 (K_p - S)).
/// Required capital is carried in 1e-12 asset units.
library PremiumMath {
    uint256 internal constant YEAR = 365 days;
    /// Required capital is in 1e-12 asset units: z has 4 decimals, the root of V times 1e16 has 8.
    uint256 internal constant CAPITAL_UNIT = 1e12;

    /// @notice S = z sqrt(V), rounded down, 1e-12 asset units.
    function requiredCapitalDown(uint256 variance, uint256 z) internal pure returns (uint256) {
        unchecked {
            return z * Math.sqrt(variance);
        }
    }

    /// @notice S = z sqrt(V), rounded up, 1e-12 asset units.
    function requiredCapitalUp(uint256 variance, uint256 z) internal pure returns (uint256) {
        uint256 root = Math.sqrt(variance);
        unchecked {
            if (root * root < variance) ++root;
            return z * root;
        }
    }

    /// @notice Psi(S), rounded down. Requires S < K_p < 2^137. `capital` in 1e-12 asset units, as `s` and the result.
    function psiDown(uint256 s, uint256 capital) internal pure returns (uint256) {
        unchecked {
            return s + Math.fullMulDiv(s, s, 2 * (capital - s));
        }
    }

    /// @notice Psi(S), rounded up.
    function psiUp(uint256 s, uint256 capital) internal pure returns (uint256) {
        unchecked {
            return s + Math.fullMulDivUp(s, s, 2 * (capital - s));
        }
    }

    /// @notice Premium without fee, rounded up, asset units. Requires S after to be below K_p.
    /// @dev Bounds: cover < 2^88, el <= 1e8, S and K_p below 2^137, cost of capital <= 1e4, term < 2^32; Psi is below 2^200
    /// where S is at most 95 % of K_p, the highest gate: nothing here overflows.
    function premium(PremiumInputs memory p) internal pure returns (uint256 net) {
        unchecked {
            uint256 capital = p.pricingCapital * CAPITAL_UNIT;
            uint256 charge = psiUp(p.requiredAfter, capital) - psiDown(p.requiredBefore, capital);
            // el D in 1e-8 asset units, brought to 1e-12; a basis-point charge likewise.
            uint256 rate = p.el * p.cover * 1e4 + Math.mulDivUp(charge, p.costOfCapitalBps, 1e4);
            net = Math.divUp(rate * p.term, YEAR * CAPITAL_UNIT);
        }
    }

    /// @notice Fee on a net premium, rounded up.
    function feeOn(uint256 net, uint256 feeBps) internal pure returns (uint256) {
        return Math.mulDivUp(net, feeBps, 1e4);
    }

    /// @notice Expected-loss part of a premium for a term, rounded down, asset units.
    function expectedLoss(uint256 cover, uint256 el, uint256 term) internal pure returns (uint256) {
        return Math.fullMulDiv(cover * el, term, YEAR * 1e8);
    }

    /// @notice Kink of the senior charge: 2 % a year up to u = 0.6, then linear to 10 % at u = 0.85 and beyond to the
    /// bound of 25 %. @param u utilisation, basis points @return basis points a year
    function seniorCharge(uint256 u) internal pure returns (uint256) {
        if (u <= 6000) return 200;
        uint256 charge = 200 + (u - 6000) * 800 / 2500;
        return charge > 2500 ? 2500 : charge;
    }
}
