// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {PremiumMath} from "./PremiumMath.sol";
import {FixedPointMathLib as Math} from "solady/utils/FixedPointMathLib.sol";

/// @notice What the split of a premium between the tranches depends on.
struct SplitInputs {
    /// Premium earned, asset units, over `elapsed` seconds.
    uint256 earned;
    uint256 elapsed;
    uint256 junior;
    uint256 senior;
    /// Expected loss of the pool, asset units a year.
    uint256 expectedLoss;
    /// Expected loss rate of the senior tranche, basis points a year.
    uint256 seniorElBps;
    /// Utilisation, basis points.
    uint256 utilisationBps;
    /// Least junior share of capital, basis points.
    uint256 minJuniorBps;
}

/// @title Who earns and who loses first
/// @notice Shares and assets, the split of premium, and the order of losses. Every rounding is named or stated.
library TrancheMath {
    /// Virtual shares and asset: rounding, not donation, is what they absorb. A tranche starts at 1e3 shares an asset
    /// unit, so its shares have three decimals more than the asset.
    uint256 internal constant VIRTUAL_SHARES = 1e3;
    uint256 internal constant VIRTUAL_ASSETS = 1;

    /// @notice Senior earns r_s = el_s + min(charge(u), max(0, r - el)), junior the rest; a junior tranche thinner than
    /// its least share has its rest scaled down in proportion, in favour of senior. Rounds towards senior's loss.
    function split(SplitInputs memory i) internal pure returns (uint256 toJunior, uint256 toSenior) {
        if (i.senior == 0) return (i.earned, 0);
        if (i.junior == 0) return (0, i.earned);
        // Amounts are below 2^97, rates below 2^16, times below 2^40.
        unchecked {
            uint256 capital = i.junior + i.senior;
            // All of these are asset units over the elapsed time, for the whole of the pool's capital.
            uint256 loss = i.expectedLoss * i.elapsed / PremiumMath.YEAR;
            uint256 margin = i.earned > loss ? (i.earned - loss) * i.senior / capital : 0;
            uint256 perYear = PremiumMath.YEAR * 1e4;
            uint256 charge = i.senior * PremiumMath.seniorCharge(i.utilisationBps) * i.elapsed / perYear;
            toSenior = i.senior * i.seniorElBps * i.elapsed / perYear + Math.min(charge, margin);
            if (toSenior > i.earned) toSenior = i.earned;
            toJunior = i.earned - toSenior;
            uint256 least = capital * i.minJuniorBps;
            if (i.junior * 1e4 < least) {
                toJunior = toJunior * i.junior * 1e4 / least;
                toSenior = i.earned - toJunior;
            }
        }
    }

    /// @notice Losses fall on junior until it is empty, then on senior. `loss` is at most junior + senior.
    function waterfall(uint256 loss, uint256 junior, uint256 senior)
        internal
        pure
        returns (uint256 fromJunior, uint256 fromSenior)
    {
        fromJunior = Math.min(loss, junior);
        fromSenior = Math.min(loss - fromJunior, senior);
    }

    /// @notice Recoveries return the other way: senior up to what it lost, then junior. Cumulative.
    function recovery(uint256 recovered, uint256 lostSenior)
        internal
        pure
        returns (uint256 toJunior, uint256 toSenior)
    {
        toSenior = Math.min(recovered, lostSenior);
        toJunior = recovered - toSenior;
    }

    /// @notice Share of a claim that can be paid, 1e18 = 1, rounded down: min(1, capital / (liability + others)).
    function ratio(uint256 capital, uint256 liability, uint256 others) internal pure returns (uint256) {
        uint256 total = liability + others;
        if (total <= capital) return 1e18;
        return Math.mulDiv(capital, 1e18, total);
    }

    /// @notice Shares for `assets`, rounded down.
    function toSharesDown(uint256 assets, uint256 supply, uint256 total) internal pure returns (uint256) {
        return Math.fullMulDiv(assets, supply + VIRTUAL_SHARES, total + VIRTUAL_ASSETS);
    }

    function toSharesUp(uint256 assets, uint256 supply, uint256 total) internal pure returns (uint256) {
        return Math.fullMulDivUp(assets, supply + VIRTUAL_SHARES, total + VIRTUAL_ASSETS);
    }

    /// @notice Assets for `shares`, rounded down; never more than `total` for all of them.
    function toAssetsDown(uint256 shares, uint256 supply, uint256 total) internal pure returns (uint256) {
        return Math.fullMulDiv(shares, total + VIRTUAL_ASSETS, supply + VIRTUAL_SHARES);
    }

    function toAssetsUp(uint256 shares, uint256 supply, uint256 total) internal pure returns (uint256) {
        return Math.fullMulDivUp(shares, total + VIRTUAL_ASSETS, supply + VIRTUAL_SHARES);
    }
}
