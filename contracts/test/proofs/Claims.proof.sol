// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ClaimMath} from "../../src/libraries/ClaimMath.sol";

/// @notice SOLVENCY-2: payouts never add up to more than the reserve of their liability; no claim is above its cover.
contract PayoutProof {
    /// @dev Any two claims are paid at most what one of both would be, and so, one by one, are all.
    function sumIsAtMostTheReserve(uint256 one, uint256 other, uint256 share) external pure {
        require(one < 2 ** 96 && other < 2 ** 96 && share <= 1e8);
        assert(ClaimMath.due(one, share) + ClaimMath.due(other, share) <= ClaimMath.due(one + other, share));
    }

    function isAtMostTheCover(uint256 cover, uint256 severity, uint256 deductibleBps, uint256 share)
        external
        pure
    {
        require(cover < 2 ** 96 && severity <= 1e8 && deductibleBps <= 1e4 && share <= 1e8);
        uint256 most = ClaimMath.most(cover, severity);
        assert(most <= cover);
        uint256 claim = ClaimMath.lessDeductible(most, deductibleBps);
        assert(claim <= most);
        assert(ClaimMath.due(claim, share) <= claim);
    }

    function doesNotFallWithTheShare(uint256 claim, uint256 before, uint256 share) external pure {
        require(claim < 2 ** 96 && before <= share && share <= 1e8);
        assert(ClaimMath.due(claim, before) <= ClaimMath.due(claim, share));
    }
}
