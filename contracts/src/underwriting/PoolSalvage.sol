// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {FixedPointMathLib as Math} from "solady/utils/FixedPointMathLib.sol";
import {SafeCastLib} from "solady/utils/SafeCastLib.sol";
import {SafeTransferLib} from "solady/utils/SafeTransferLib.sol";

import {IPoolDesk} from "../interfaces/IPool.sol";
import {ITrancheVault} from "../interfaces/ITrancheVault.sol";
import {TrancheMath} from "../libraries/TrancheMath.sol";
import {PoolBase} from "./PoolBase.sol";
import {LOSS_DECLARED, Loss} from "./PoolWords.sol";

/// @title Recovered funds: to those who bore the loss, never to who came after
abstract contract PoolSalvage is PoolBase, IPoolDesk {
    using SafeCastLib for uint256;

    /// @inheritdoc IPoolDesk
    function addSalvage(uint256 incident, uint256 amount) external nonReentrant {
        Loss storage l = _losses[incident];
        if (l.stage < LOSS_DECLARED) revert IncidentNotOfPool(incident);
        if (amount == 0) revert AmountZero();
        l.salvage += amount.toUint96();
        _pull(_asset(), msg.sender, amount);
        emit SalvageReceived(incident, msg.sender, amount);
    }

    /// @inheritdoc IPoolDesk
    function salvageShare(uint256 incident, bool senior, address account) public view returns (uint256) {
        Loss storage l = _losses[incident];
        uint256 lost = uint256(l.fromJunior) + l.fromSenior + l.fromJuniorEscrow + l.fromSeniorEscrow;
        if (lost == 0) return 0;
        return Math.fullMulDiv(_accountLoss(l, senior, account), 1e18, lost);
    }

    /// @inheritdoc IPoolDesk
    function claimSalvage(uint256 incident, bool senior, address account)
        external
        nonReentrant
        returns (uint256 amount)
    {
        Loss storage l = _losses[incident];
        uint256 lostSenior = uint256(l.fromSenior) + l.fromSeniorEscrow;
        uint256 lostJunior = uint256(l.fromJunior) + l.fromJuniorEscrow;
        (uint256 part, uint256 toSenior) = TrancheMath.recovery(l.salvage, lostSenior);
        uint256 lost = lostJunior;
        if (senior) (part, lost) = (toSenior, lostSenior);
        if (lost != 0) amount = Math.fullMulDiv(part, _accountLoss(l, senior, account), lost);
        uint256 before = _salvaged[incident][senior][account];
        if (amount <= before) revert NothingToClaim(incident, account);
        _salvaged[incident][senior][account] = amount;
        amount -= before;
        l.salvageClaimed += uint96(amount);
        SafeTransferLib.safeTransfer(_asset(), account, amount);
        emit SalvageClaimed(incident, account, amount);
    }

    /// @dev Part of a tranche's live loss that fell on an account's shares, rounded down.
    function _accountLoss(Loss storage l, bool senior, address account) private view returns (uint256) {
        (uint256 shares, uint256 supply) =
            ITrancheVault(_vault(senior)).sharesAt(senior ? l.seniorSnapshot : l.juniorSnapshot, account);
        if (supply == 0) return 0;
        return Math.fullMulDiv(senior ? l.fromSenior : l.fromJunior, shares, supply);
    }
}
