// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {FixedPointMathLib as Math} from "solady/utils/FixedPointMathLib.sol";
import {SafeCastLib} from "solady/utils/SafeCastLib.sol";
import {SafeTransferLib} from "solady/utils/SafeTransferLib.sol";

import {IPoolIncidents} from "../interfaces/IPool.sol";
import {ExitTerms} from "../interfaces/IPoolTypes.sol";
import {ExpiryBitmap} from "../libraries/ExpiryBitmap.sol";
import {PremiumMath} from "../libraries/PremiumMath.sol";
import {TrancheMath} from "../libraries/TrancheMath.sol";
import {PoolEscrow} from "./PoolEscrow.sol";
import {PoolRisk} from "./PoolRisk.sol";
import {PoolTips} from "./PoolTips.sol";
import {Capital, FLAG_SHORT} from "./PoolWords.sol";

/// @title Exits: struck in order, waiting in escrow, paid
/// @notice Vaults ask for it. What is struck leaves the tranche at once and can still be taken by older losses.
abstract contract PoolExits is PoolRisk, PoolEscrow, PoolTips, IPoolIncidents {
    using ExpiryBitmap for mapping(uint256 => uint256);
    using SafeCastLib for uint256;

    /// @dev A strike earns its keeper a tip if it takes at least so many tips.
    uint256 private constant TIPPED_STRIKE = 1000;

    /// @inheritdoc IPoolIncidents
    function strikeExit(bool senior, ExitTerms calldata t)
        external
        nonReentrant
        onlyVault(senior)
        returns (uint256 struck, uint256 day, uint256 units, uint256 released)
    {
        // While incidents are owed more than they got, nobody leaves.
        if (_facts.flags & FLAG_SHORT != 0) revert PoolShort(_held, _shortLiability);
        Capital memory c = _loadCapital();
        day = block.timestamp / DAY;
        uint256 batch = _escrow[senior][day];
        // A batch that a loss has emptied takes nothing more: its units would share in what comes.
        if (batch != 0 && uint128(batch) == 0) return (0, 0, 0, 0);
        uint256 assets;
        (struck, assets) = _leaving(c, senior, t);
        if (struck == 0) return (0, 0, 0, 0);
        if (senior) c.senior -= assets;
        else c.junior -= assets;
        // What asked to leave and what leaves change together; what rounding kept waits with the last request.
        released = struck == t.pending ? t.requested : Math.fullMulDiv(t.requested, struck, t.pending);
        _facts.requestedExits = uint96(Math.zeroFloorSub(_facts.requestedExits, released));
        units = _addEscrow(senior, day, assets);
        _reprice(c);
        _refreshUtilisation(c);
        uint256 tip = batch == 0 ? _takeTip(c, assets / TIPPED_STRIKE) : 0;
        _storeCapital(c);
        if (tip != 0) SafeTransferLib.safeTransfer(_asset(), t.keeper, tip);
        emit ExitStruck(senior, struck, assets, day, units);
    }

    /// @dev Shares that the gates let go, and the assets they get.
    function _leaving(Capital memory c, bool senior, ExitTerms calldata t)
        private
        view
        returns (uint256 struck, uint256 assets)
    {
        uint256 tranche = senior ? c.senior : c.junior;
        struck = t.shares;
        assets = _valueOf(struck, tranche, t);
        uint256 room = _exitRoom(c, senior);
        if (assets > room) {
            struck = Math.min(struck, TrancheMath.toSharesDown(room, t.supply, tranche));
            assets = _valueOf(struck, tranche, t);
        }
    }

    function _valueOf(uint256 shares, uint256 tranche, ExitTerms calldata t) private pure returns (uint256) {
        uint256 most = Math.fullMulDiv(t.most, shares, t.shares);
        return Math.min(TrancheMath.toAssetsDown(shares, t.supply, tranche), most);
    }

    /// @inheritdoc IPoolIncidents
    function payExit(bool senior, uint256 day, uint256 units, address receiver)
        external
        nonReentrant
        onlyVault(senior)
        returns (uint256 assets)
    {
        uint256 maturesAt = _escrowMatures(day);
        if (block.timestamp < maturesAt) revert EscrowNotMatured(day, maturesAt);
        _requireSynced();
        if (_facts.flags & FLAG_SHORT != 0) revert PoolShort(_held, _shortLiability);
        uint256 reach = _reachOf(senior);
        if (reach != 0) revert ExitHeld(_escrow[senior][day] & type(uint128).max, reach);
        uint256 word = _escrow[senior][day];
        uint256 total = word >> 128;
        assets = Math.fullMulDiv(uint128(word), units, total);
        _escrow[senior][day] = (uint128(word) - assets) | ((total - units) << 128);
        _escrowed -= uint96(assets);
        if (assets != 0) SafeTransferLib.safeTransfer(_asset(), receiver, assets);
        emit ExitPaid(senior, receiver, assets);
    }

    function _addEscrow(bool senior, uint256 day, uint256 assets) internal returns (uint256 units) {
        uint256 word = _escrow[senior][day];
        uint256 held = uint128(word);
        uint256 total = word >> 128;
        units = total == 0 ? assets : Math.fullMulDiv(assets, total, held);
        // After a loss a batch's units may be worth next to nothing each.
        _escrow[senior][day] = (held + assets).toUint128() | (uint256((total + units).toUint128()) << 128);
        _escrowDays[senior].set(day);
        _escrowed += assets.toUint96();
    }

    /// @dev Most that may leave a tranche now: u stays below the gate, the largest hard group stays payable, junior
    /// stays above its least share.
    function _exitRoom(Capital memory c, bool senior) private view returns (uint256 room) {
        uint256 capital = c.junior + c.senior;
        uint256 needed = Math.fullMulDivUp(
            PremiumMath.requiredCapitalUp(_variance, _facts.z), 1e4, PremiumMath.CAPITAL_UNIT * _facts.gateBps
        );
        for (uint256 i; i < _hardGroups.length; ++i) {
            needed = Math.max(needed, _groups[_hardGroups[i]].unweighted());
        }
        room = Math.zeroFloorSub(capital, needed);
        if (senior) return Math.min(room, c.senior);
        room = Math.min(room, c.junior);
        // With no senior capital, or no cover that could take it, there is nobody to protect.
        if (c.senior == 0 || c.totalCover == 0) return room;
        // J - a >= A (K - a)  <=>  a <= (J - A K) / (1 - A).
        uint256 a = _exitJuniorBps;
        uint256 spare = Math.zeroFloorSub(c.junior * 1e4, capital * a);
        return a == 1e4 ? 0 : Math.min(room, spare / (1e4 - a));
    }

    /// @dev Takes note of what incidents there are; at most eight at a time.
    function _requireSynced() internal virtual;
}
