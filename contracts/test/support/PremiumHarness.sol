// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ExposureMath} from "../../src/libraries/ExposureMath.sol";
import {PremiumInputs, PremiumMath} from "../../src/libraries/PremiumMath.sol";
import {SplitInputs, TrancheMath} from "../../src/libraries/TrancheMath.sol";

/// @title The libraries of price and tranches, open to calls
/// @notice Every function takes a list of cases, each a list of arguments, and gives a list of results, so that
/// thousands go in one call. Its mirror in TypeScript must give the same to the wei.
contract PremiumHarness {
    /// @notice Cases (variance, z); results S down, S up.
    function requiredCapital(uint256[2][] calldata cases)
        external
        pure
        returns (uint256[2][] memory results)
    {
        results = new uint256[2][](cases.length);
        for (uint256 i; i < cases.length; ++i) {
            (uint256 variance, uint256 z) = (cases[i][0], cases[i][1]);
            results[i] =
                [PremiumMath.requiredCapitalDown(variance, z), PremiumMath.requiredCapitalUp(variance, z)];
        }
    }

    /// @notice Cases (S, capital); results Psi down, Psi up.
    function psi(uint256[2][] calldata cases) external pure returns (uint256[2][] memory results) {
        results = new uint256[2][](cases.length);
        for (uint256 i; i < cases.length; ++i) {
            (uint256 s, uint256 capital) = (cases[i][0], cases[i][1]);
            results[i] = [PremiumMath.psiDown(s, capital), PremiumMath.psiUp(s, capital)];
        }
    }

    function premium(PremiumInputs[] calldata cases) external pure returns (uint256[] memory results) {
        results = new uint256[](cases.length);
        for (uint256 i; i < cases.length; ++i) {
            results[i] = PremiumMath.premium(cases[i]);
        }
    }

    /// @notice Cases (net or cover, fee or el or utilisation in basis points, term); results fee, expected loss, senior
    /// charge.
    function rates(uint256[3][] calldata cases) external pure returns (uint256[3][] memory results) {
        results = new uint256[3][](cases.length);
        for (uint256 i; i < cases.length; ++i) {
            (uint256 amount, uint256 rate, uint256 term) = (cases[i][0], cases[i][1], cases[i][2]);
            results[i] = [
                PremiumMath.feeOn(amount, rate),
                PremiumMath.expectedLoss(amount, rate, term),
                PremiumMath.seniorCharge(rate)
            ];
        }
    }

    /// @notice Cases (coefficient, cover, weight); results idiosyncratic, systematic.
    function terms(uint256[3][] calldata cases) external pure returns (uint256[2][] memory results) {
        results = new uint256[2][](cases.length);
        for (uint256 i; i < cases.length; ++i) {
            (uint256 coefficient, uint256 cover, uint256 weight) = (cases[i][0], cases[i][1], cases[i][2]);
            results[i] = [
                ExposureMath.idiosyncratic(coefficient, cover),
                ExposureMath.systematic(coefficient, weight * cover)
            ];
        }
    }

    /// @notice Results to junior, to senior.
    function split(SplitInputs[] calldata cases) external pure returns (uint256[2][] memory results) {
        results = new uint256[2][](cases.length);
        for (uint256 i; i < cases.length; ++i) {
            (results[i][0], results[i][1]) = TrancheMath.split(cases[i]);
        }
    }

    /// @notice Cases (loss, junior, senior); results waterfall (junior, senior), recovery of the loss where senior lost
    /// `senior` (junior, senior), ratio of capital `loss` to liability `junior` and others `senior`.
    function losses(uint256[3][] calldata cases) external pure returns (uint256[5][] memory results) {
        results = new uint256[5][](cases.length);
        for (uint256 i; i < cases.length; ++i) {
            (uint256 loss, uint256 junior, uint256 senior) = (cases[i][0], cases[i][1], cases[i][2]);
            (results[i][0], results[i][1]) = TrancheMath.waterfall(loss, junior, senior);
            (results[i][2], results[i][3]) = TrancheMath.recovery(loss, senior);
            results[i][4] = TrancheMath.ratio(loss, junior, senior);
        }
    }

    /// @notice Cases (amount, supply, total); results shares down, shares up, assets down, assets up.
    function shares(uint256[3][] calldata cases) external pure returns (uint256[4][] memory results) {
        results = new uint256[4][](cases.length);
        for (uint256 i; i < cases.length; ++i) {
            (uint256 amount, uint256 supply, uint256 total) = (cases[i][0], cases[i][1], cases[i][2]);
            results[i] = [
                TrancheMath.toSharesDown(amount, supply, total),
                TrancheMath.toSharesUp(amount, supply, total),
                TrancheMath.toAssetsDown(amount, supply, total),
                TrancheMath.toAssetsUp(amount, supply, total)
            ];
        }
    }
}
