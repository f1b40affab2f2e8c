// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {FixedPointMathLib as Math} from "solady/utils/FixedPointMathLib.sol";
import {SafeCastLib} from "solady/utils/SafeCastLib.sol";
import {SafeTransferLib} from "solady/utils/SafeTransferLib.sol";

import {IPoolDesk} from "../interfaces/IPool.sol";
import {ITrancheVault} from "../interfaces/ITrancheVault.sol";
import {TrancheMath} from "../libraries/TrancheMath.sol";
import {PoolBase} from "./PoolBase.sol";
import {LOSS_DECLARED, LOSS_FINAL, Loss} from "./PoolWords.sol";

/// @title Recovered funds: to those who bore the loss, never to who came after
/// @notice Each account gets its share of the tranches at the declaration, rounded down, once for each amount that
/// comes in.
abstract contract PoolSalvage is PoolBase, IPoolDesk {
    using SafeCastLib for uint256;

    /// @inheritdoc IPoolDesk
    function addSalvage(uint256 incident, uint256 amount) external nonReentrant {
        Loss storage l = _losses[incident];
        if (l.stage < LOSS_DECLARED || _borne(l) == 0) revert IncidentNotOfPool(incident);
        if (amount == 0) revert AmountZero();
        l.salvage += amount.toUint96();
        _pull(_asset(), msg.sender, amount);
        emit SalvageReceived(incident, msg.sender, amount);
    }

    /// @inheritdoc IPoolDesk
    function salvageShare(uint256 incident, bool senior, address account) external view returns (uint256) {
        Loss storage l = _losses[incident];
        return _shareOf(l, _accountLoss(l, senior, account));
    }

    /// @inheritdoc IPoolDesk
    function escrowSalvageShare(uint256 incident, bool senior, uint256 requestId)
        external
        view
        returns (address controller, uint256 share)
    {
        (controller, share) = _escrowLoss(incident, senior, requestId);
        share = _shareOf(_losses[incident], share);
    }

    /// @inheritdoc IPoolDesk
    function claimSalvage(uint256 incident, bool senior, address account)
        external
        nonReentrant
        returns (uint256 amount)
    {
        Loss storage l = _losses[incident];
        uint256 due = _salvageOf(incident, senior, _accountLoss(l, senior, account));
        amount = Math.zeroFloorSub(due, _salvaged[incident][senior][account]);
        _salvaged[incident][senior][account] = due;
        _send(incident, account, amount);
    }

    /// @inheritdoc IPoolDesk
    function claimEscrowSalvage(uint256 incident, bool senior, uint256 requestId)
        external
        nonReentrant
        returns (uint256 amount)
    {
        (address controller, uint256 loss) = _escrowLoss(incident, senior, requestId);
        uint256 due = _salvageOf(incident, senior, loss);
        amount = Math.zeroFloorSub(due, _escrowSalvaged[incident][senior][requestId]);
        _escrowSalvaged[incident][senior][requestId] = due;
        _send(incident, controller, amount);
    }

    function _send(uint256 incident, address account, uint256 amount) private {
        if (amount == 0) revert NothingToClaim(incident, account);
        _losses[incident].salvageClaimed += uint96(amount);
        SafeTransferLib.safeTransfer(_asset(), account, amount);
        emit SalvageClaimed(incident, account, amount);
    }

    function _shareOf(Loss storage l, uint256 loss) private view returns (uint256) {
        uint256 lost = _borne(l);
        return lost == 0 || _waits(l) ? 0 : Math.fullMulDiv(loss, 1e18, lost);
    }

    /// @dev Whether an incident may still be topped up.
    function _waits(Loss storage l) private view returns (bool) {
        if (l.stage != LOSS_DECLARED && l.stage != LOSS_FINAL) return false;
        return _isShort(l);
    }

    /// @dev What all salvage so far gives for a part of a tranche's loss, rounded down. It waits while the incident may
    /// still be topped up: the parts would change under what was given already.
    function _salvageOf(uint256 incident, bool senior, uint256 loss) private view returns (uint256) {
        Loss storage l = _losses[incident];
        if (_waits(l)) revert SalvageWaits(incident);
        uint256 lostSenior = uint256(l.fromSenior) + l.fromSeniorEscrow;
        uint256 lost = uint256(l.fromJunior) + l.fromJuniorEscrow;
        // Where junior lost nothing, what comes in beyond senior's loss is senior's too.
        (uint256 part, uint256 toSenior) = TrancheMath.recovery(l.salvage, lost == 0 ? l.salvage : lostSenior);
        if (senior) (part, lost) = (toSenior, lostSenior);
        return lost == 0 ? 0 : Math.fullMulDiv(part, loss, lost);
    }

    /// @dev Part of a tranche's live loss that fell on an account's shares, rounded down.
    function _accountLoss(Loss storage l, bool senior, address account) private view returns (uint256) {
        (uint256 shares, uint256 supply) =
            ITrancheVault(_vault(senior)).sharesAt(senior ? l.seniorSnapshot : l.juniorSnapshot, account);
        if (supply == 0) return 0;
        return Math.fullMulDiv(senior ? l.fromSenior : l.fromJunior, shares, supply);
    }

    /// @dev Part of a tranche's loss that fell on what a request had in escrow, rounded down. As many steps as days
    /// between the event and the declaration on which parts of the request were struck.
    function _escrowLoss(uint256 incident, bool senior, uint256 requestId)
        private
        view
        returns (address controller, uint256 loss)
    {
        Loss storage l = _losses[incident];
        uint256 snapshot = senior ? l.seniorSnapshot : l.juniorSnapshot;
        if (snapshot == 0) return (address(0), 0);
        uint256 day = uint256(l.eventTime) / DAY - 1;
        while (true) {
            uint256 units;
            (controller, day, units) = ITrancheVault(_vault(senior)).escrowAt(snapshot, requestId, day);
            if (day == 0) return (controller, loss);
            uint256 batch = _escrowLosses[incident][senior][day];
            if (batch >> 128 != 0) loss += Math.fullMulDiv(uint128(batch), units, batch >> 128);
        }
    }
}
