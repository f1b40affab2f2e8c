// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {FixedPointMathLib as Math} from "solady/utils/FixedPointMathLib.sol";

import {PremiumInputs, PremiumMath} from "../../src/libraries/PremiumMath.sol";

/// @dev What the pool prices within, or more: cover has 88 bits, a card's el is at most 1e8, a term at most a year, cost of
/// capital at most 5000; pricing capital comes out of a Float40, which ends below 2^96; no gate is above 95 %; the
/// variance grows with cover (VarianceProof) and required capital with the variance (RequiredCapitalProof).
function isWithinBounds(PremiumInputs memory p) pure returns (bool) {
    return p.cover < 2 ** 88 && p.el <= 1e8 && p.term < 2 ** 32 && p.costOfCapitalBps <= 1e4
        && p.pricingCapital < 2 ** 96 && p.requiredBefore <= p.requiredAfter
        && p.requiredAfter <= p.pricingCapital * 95e10;
}

/// @dev A law of division that the stand-in does not carry itself, as it relates two quotients: the square grows with its
/// root, the quotient falls with its divisor. `MathSpec.t.sol` checks solady's code against it.
function assumeQuotientGrows(uint256 less, uint256 larger, uint256 more, uint256 smaller) pure {
    uint256 down = Math.fullMulDiv(less, less, larger);
    uint256 up = Math.fullMulDivUp(more, more, smaller);
    require(less > more || larger < smaller || down <= up);
}

/// @notice PRICE-2: nothing in the price of a purchase goes above its word or below zero, so that the price is the same with
/// the compiler's checks and without. The other proofs of the whole premium stand on this one.
contract PremiumRangeProof {
    function premiumStaysInItsWord(PremiumInputs memory p) external pure {
        require(isWithinBounds(p));
        uint256 capital = p.pricingCapital * 1e12;
        assumeQuotientGrows(
            p.requiredBefore,
            2 * (capital - p.requiredBefore),
            p.requiredAfter,
            2 * (capital - p.requiredAfter)
        );
        PremiumMath.premium(p);
    }

    function requiredCapitalStaysInItsWord(uint256 variance, uint256 z) external pure {
        require(variance < 2 ** 252 && z < 2 ** 24);
        PremiumMath.requiredCapitalDown(variance, z);
        PremiumMath.requiredCapitalUp(variance, z);
    }
}

/// @notice PRICE-2: a premium is at least the expected loss, as an exact fraction.
contract PremiumFloorProof {
    function isAtLeastExpectedLoss(PremiumInputs memory p) external pure {
        require(isWithinBounds(p));
        assert(PremiumMath.premium(p) * (365 days * 1e8) >= p.cover * p.el * p.term);
    }
}

/// @notice PRICE-3: the premium does not fall with the term.
contract PremiumTermProof {
    function doesNotFall(PremiumInputs memory p, uint256 more) external pure {
        require(isWithinBounds(p));
        uint256 net = PremiumMath.premium(p);
        p.term += more;
        require(isWithinBounds(p));
        assert(net <= PremiumMath.premium(p));
    }
}
