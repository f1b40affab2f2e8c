// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {FixedPointMathLib as Math} from "solady/utils/FixedPointMathLib.sol";
import {SafeCastLib} from "solady/utils/SafeCastLib.sol";
import {SafeTransferLib} from "solady/utils/SafeTransferLib.sol";

import {IPoolIncidents} from "../interfaces/IPool.sol";
import {ExpiryBitmap} from "../libraries/ExpiryBitmap.sol";
import {PremiumMath} from "../libraries/PremiumMath.sol";
import {TrancheMath} from "../libraries/TrancheMath.sol";
import {PoolRisk} from "./PoolRisk.sol";
import {Capital, FLAG_SHORT, FLAG_WINDING_DOWN} from "./PoolWords.sol";

/// @title Exits: struck in order, waiting in escrow, paid
abstract contract PoolExits is PoolRisk, IPoolIncidents {
    using ExpiryBitmap for mapping(uint256 => uint256);
    using SafeCastLib for uint256;

    /// @dev After R, so that an incident raised in the last moment is always seen before an escrow is paid.
    uint256 internal constant ESCROW_GRACE = 1;

    /// @inheritdoc IPoolIncidents
    function maxDeposit(bool senior) external view nonReadReentrant returns (uint256) {
        if (_facts.flags & (FLAG_WINDING_DOWN | FLAG_SHORT) != 0) return 0;
        Capital memory c = _loadCapital();
        uint256 room = type(uint96).max - c.junior - c.senior;
        if (!senior) return room;
        uint256 most = c.junior * 1e4 / _facts.minJuniorBps;
        return Math.min(room, Math.zeroFloorSub(most, c.junior + c.senior));
    }

    /// @inheritdoc IPoolIncidents
    function strikeExit(bool senior, uint256 shares, uint256 supply, uint256 pending, uint256 requested)
        external
        nonReentrant
        onlyVault(senior)
        returns (uint256 struck, uint256 day, uint256 units, uint256 released)
    {
        // While incidents are owed more than they got, nobody leaves.
        if (_facts.flags & FLAG_SHORT != 0) revert PoolShort(_held, _shortLiability);
        Capital memory c = _loadCapital();
        day = block.timestamp / DAY;
        // A batch that a loss has emptied takes nothing more: its units would share in what comes.
        if (_escrow[senior][day] != 0 && uint128(_escrow[senior][day]) == 0) return (0, 0, 0, 0);
        uint256 tranche = senior ? c.senior : c.junior;
        uint256 assets = TrancheMath.toAssetsDown(shares, supply, tranche);
        uint256 room = _exitRoom(c, senior);
        struck = shares;
        if (assets > room) {
            struck = Math.min(shares, TrancheMath.toSharesDown(room, supply, tranche));
            assets = TrancheMath.toAssetsDown(struck, supply, tranche);
        }
        if (struck == 0) return (0, 0, 0, 0);
        if (senior) c.senior -= assets;
        else c.junior -= assets;
        // What asked to leave and what leaves change together; what rounding kept waits with the last request.
        released = struck == pending ? requested : Math.fullMulDiv(requested, struck, pending);
        _facts.requestedExits = uint96(Math.zeroFloorSub(_facts.requestedExits, released));
        units = _addEscrow(senior, day, assets);
        _reprice(c);
        _refreshUtilisation(c);
        _storeCapital(c);
        emit ExitStruck(senior, struck, assets, day, units);
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
        SafeTransferLib.safeTransfer(_asset(), receiver, assets);
        emit ExitPaid(senior, receiver, assets);
    }

    /// @inheritdoc IPoolIncidents
    function escrowOf(bool senior, uint256 day)
        external
        view
        returns (uint256 assets, uint256 units, uint256 maturesAt)
    {
        uint256 word = _escrow[senior][day];
        return (uint128(word), word >> 128, _escrowMatures(day));
    }

    /// @dev What open incidents could still take from a tranche's escrow: all of it may be needed for junior as soon as
    /// anything is held, for senior only what junior's live capital does not bear.
    function _reachOf(bool senior) private view returns (uint256) {
        if (!senior) return _held;
        return Math.zeroFloorSub(_held, _loadCapital().junior);
    }

    /// @dev A batch holds strikes of a whole day; its wait counts from the day's end.
    function _escrowMatures(uint256 day) private view returns (uint256) {
        return (day + 1 + _raiseWindowDays() + ESCROW_GRACE) * DAY;
    }

    function _addEscrow(bool senior, uint256 day, uint256 assets) private returns (uint256 units) {
        uint256 word = _escrow[senior][day];
        uint256 held = uint128(word);
        uint256 total = word >> 128;
        units = total == 0 ? assets : Math.fullMulDiv(assets, total, held);
        _escrow[senior][day] = (held + assets) | ((total + units) << 128);
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
        if (_facts.flags & FLAG_WINDING_DOWN != 0 && c.totalCover == 0) return room;
        // J - a >= A (K - a)  <=>  a <= (J - A K) / (1 - A); with no senior capital there is nobody to protect.
        if (c.senior == 0) return room;
        uint256 a = _facts.minJuniorBps;
        uint256 spare = Math.zeroFloorSub(c.junior * 1e4, capital * a);
        return a == 1e4 ? 0 : Math.min(room, spare / (1e4 - a));
    }

    /// @dev Takes note of what incidents there are; at most eight at a time.
    function _requireSynced() internal virtual;
}
