// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ExposureMath} from "../../src/libraries/ExposureMath.sol";
import {PremiumMath} from "../../src/libraries/PremiumMath.sol";

/// @notice PRICE-2: the expected-loss part of a premium is rounded down.
contract ExpectedLossProof {
    function isRoundedDown(uint256 cover, uint256 el, uint256 term) external pure {
        require(cover < 2 ** 88 && el <= 1e8 && term < 2 ** 32);
        assert(PremiumMath.expectedLoss(cover, el, term) * (365 days * 1e8) <= cover * el * term);
    }
}

/// @notice PRICE-3: the charge for capital does not fall with required capital; each rounding is on its own side.
contract ChargeProof {
    function doesNotFall(uint256 less, uint256 more, uint256 capital) external pure {
        require(less <= more && more < capital && capital < 2 ** 127);
        uint256 a = PremiumMath.psiDown(less, capital) - less;
        uint256 b = PremiumMath.psiDown(more, capital) - more;
        // Steps for the checker, each proven before it is used.
        assert(less * less <= more * more);
        assert((b + 1) * (capital - more) <= (b + 1) * (capital - less));
        assert(a * (capital - less) < (b + 1) * (capital - less));
        assert(a <= b);
    }

    function isRoundedOnItsSide(uint256 s, uint256 capital) external pure {
        require(s < capital && capital < 2 ** 127);
        uint256 down = PremiumMath.psiDown(s, capital);
        uint256 up = PremiumMath.psiUp(s, capital);
        assert((down - s) * (2 * (capital - s)) <= s * s);
        assert((up - s) * (2 * (capital - s)) >= s * s);
        assert(up - down <= 1);
    }
}

/// @notice ROUNDING-1: required capital before a sale is rounded down and after it up, so that a sale pays for both, and the
/// one is at most the other where the variance does not fall.
contract RequiredCapitalProof {
    function isRoundedOnItsSide(uint256 variance) external pure {
        require(variance < 2 ** 252);
        uint256 down = PremiumMath.requiredCapitalDown(variance, 1);
        uint256 up = PremiumMath.requiredCapitalUp(variance, 1);
        assert(down * down <= variance);
        assert(up * up >= variance);
    }

    function doesNotFall(uint256 less, uint256 more, uint256 z) external pure {
        require(less <= more && more < 2 ** 252 && z < 2 ** 24);
        assert(PremiumMath.requiredCapitalDown(less, z) <= PremiumMath.requiredCapitalUp(more, z));
    }
}

/// @notice ROUNDING-1: a fee is at least its part of the premium and at most the premium.
contract FeeProof {
    function isRoundedUp(uint256 net, uint256 feeBps) external pure {
        require(net < 2 ** 96 && feeBps <= 1e4);
        uint256 fee = PremiumMath.feeOn(net, feeBps);
        assert(fee * 1e4 >= net * feeBps);
        assert(fee <= net);
    }
}

/// @notice PRICE-3: senior's charge does not fall with utilisation and stays within its bounds.
contract SeniorChargeProof {
    function doesNotFall(uint256 less, uint256 more) external pure {
        require(less <= more && more < 2 ** 16);
        uint256 low = PremiumMath.seniorCharge(less);
        uint256 high = PremiumMath.seniorCharge(more);
        assert(low >= 200 && low <= high && high <= 2500);
    }
}

/// @notice PRICE-1: the terms of V stay within their word and do not fall with cover, so that nothing borrows from the rest.
contract VarianceProof {
    function idiosyncraticStaysInItsWord(uint256 v, uint256 less, uint256 more) external pure {
        require(v <= 1e8 && less <= more && more < 2 ** 88);
        assert(ExposureMath.idiosyncratic(v, less) <= ExposureMath.idiosyncratic(v, more));
        assert(ExposureMath.idiosyncratic(v, more) < 2 ** 252);
    }

    function systematicStaysInItsWord(uint256 s, uint256 less, uint256 more) external pure {
        require(s <= 1e8 && less <= more && more < 2 ** 110);
        assert(ExposureMath.systematic(s, less) <= ExposureMath.systematic(s, more));
        assert(ExposureMath.systematic(s, more) < 2 ** 252);
    }
}
