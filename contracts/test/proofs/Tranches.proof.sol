// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {SplitInputs, TrancheMath} from "../../src/libraries/TrancheMath.sol";

/// @notice SOLVENCY-3: junior before senior, exact to the unit, never above what there is.
contract WaterfallProof {
    function isExact(uint256 loss, uint256 junior, uint256 senior) external pure {
        require(junior < 2 ** 128 && senior < 2 ** 128 && loss <= junior + senior);
        (uint256 fromJunior, uint256 fromSenior) = TrancheMath.waterfall(loss, junior, senior);
        assert(fromJunior + fromSenior == loss);
        assert(fromSenior == 0 || fromJunior == junior);
    }

    function isNeverAbove(uint256 loss, uint256 junior, uint256 senior) external pure {
        (uint256 fromJunior, uint256 fromSenior) = TrancheMath.waterfall(loss, junior, senior);
        assert(fromJunior <= junior && fromSenior <= senior);
    }
}

/// @notice SOLVENCY-2: what comes back is given out once, to senior up to what it lost, then to junior.
contract RecoveryProof {
    function isExact(uint256 recovered, uint256 lostSenior) external pure {
        (uint256 toJunior, uint256 toSenior) = TrancheMath.recovery(recovered, lostSenior);
        assert(toJunior + toSenior == recovered);
        assert(toSenior <= lostSenior);
        assert(toJunior == 0 || toSenior == lostSenior);
    }
}

/// @notice SOLVENCY-1: premium that streams out is booked to the tranches to the unit.
contract SplitProof {
    function isExact(SplitInputs memory i) external pure {
        require(i.earned < 2 ** 97 && i.junior < 2 ** 97 && i.senior < 2 ** 97 && i.expectedLoss < 2 ** 97);
        require(i.elapsed < 2 ** 40 && i.seniorElBps < 2 ** 16 && i.utilisationBps < 2 ** 16);
        require(i.minJuniorBps <= 1e4);
        (uint256 toJunior, uint256 toSenior) = TrancheMath.split(i);
        assert(toJunior <= i.earned && toSenior <= i.earned);
        assert(toJunior + toSenior == i.earned);
    }
}

/// @notice EQUALITY-1: a ratio is at most one, never promises more than there is, and does not depend on the order.
contract RatioProof {
    function isAtMostOne(uint256 capital, uint256 liability, uint256 others) external pure {
        require(capital < 2 ** 97 && liability < 2 ** 96 && others < 2 ** 96);
        uint256 ratio = TrancheMath.ratio(capital, liability, others);
        assert(ratio <= 1e18);
        assert(ratio * (liability + others) <= capital * 1e18);
    }

    function isEqualInEitherOrder(uint256 capital, uint256 first, uint256 second) external pure {
        require(capital < 2 ** 97 && first < 2 ** 96 && second < 2 ** 96);
        assert(TrancheMath.ratio(capital, first, second) == TrancheMath.ratio(capital, second, first));
    }
}

/// @notice CAPITAL-2: neither a deposit taken out at once nor a redemption put back profits; all shares are worth at most
/// all assets.
contract SharesProof {
    function depositTakenOutNeverProfits(uint256 assets, uint256 supply, uint256 total) external pure {
        require(assets < 2 ** 97 && total < 2 ** 97 && supply < 2 ** 120);
        uint256 shares = TrancheMath.toSharesDown(assets, supply, total);
        assert(TrancheMath.toAssetsDown(shares, supply + shares, total + assets) <= assets);
    }

    function redemptionPutBackNeverProfits(uint256 shares, uint256 supply, uint256 total) external pure {
        require(shares <= supply && total < 2 ** 97 && supply < 2 ** 120);
        uint256 assets = TrancheMath.toAssetsDown(shares, supply, total);
        require(assets <= total);
        assert(TrancheMath.toSharesDown(assets, supply - shares, total - assets) <= shares);
    }

    function allSharesAreAtMostAllAssets(uint256 supply, uint256 total) external pure {
        require(total < 2 ** 97 && supply < 2 ** 120);
        assert(TrancheMath.toAssetsDown(supply, supply, total) <= total);
    }

    function upIsAtLeastDown(uint256 amount, uint256 supply, uint256 total) external pure {
        require(amount < 2 ** 97 && total < 2 ** 97 && supply < 2 ** 120);
        assert(
            TrancheMath.toSharesUp(amount, supply, total) >= TrancheMath.toSharesDown(amount, supply, total)
        );
        assert(
            TrancheMath.toAssetsUp(amount, supply, total) >= TrancheMath.toAssetsDown(amount, supply, total)
        );
    }
}
