// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {PremiumInputs, PremiumMath} from "../../src/libraries/PremiumMath.sol";

/// @notice PRICE-3: the premium does not fall with the term.
contract PremiumTermProof {
    function doesNotFall(PremiumInputs memory p, uint256 more) external pure {
        require(p.cover < 2 ** 88 && p.el <= 1e8 && p.term < 2 ** 40 && p.costOfCapitalBps <= 1e4);
        require(p.requiredBefore <= p.requiredAfter && p.requiredAfter < p.pricingCapital * 1e12);
        require(p.pricingCapital < 2 ** 87);
        require(more < 2 ** 40);
        uint256 net = PremiumMath.premium(p);
        p.term += more;
        assert(net <= PremiumMath.premium(p));
    }
}
