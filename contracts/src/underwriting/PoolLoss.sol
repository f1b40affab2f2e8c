// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {FixedPointMathLib as Math} from "solady/utils/FixedPointMathLib.sol";
import {SafeCastLib} from "solady/utils/SafeCastLib.sol";

import {Incident, IncidentState} from "../interfaces/IIncidentBoard.sol";
import {IPoolIncidents} from "../interfaces/IPool.sol";
import {ITrancheVault} from "../interfaces/ITrancheVault.sol";
import {ExpiryBitmap} from "../libraries/ExpiryBitmap.sol";
import {TrancheMath} from "../libraries/TrancheMath.sol";
import {CoverId} from "../types/CoverId.sol";
import {MarketId, MarketKey} from "../types/MarketId.sol";
import {PoolExits} from "./PoolExits.sol";
import {Exposure} from "./PoolRisk.sol";
import {
    Capital,
    FLAG_SHORT,
    LOSS_DECLARED,
    LOSS_FINAL,
    LOSS_HELD,
    LOSS_UNDONE,
    Loss,
    MARKET_ENDED,
    MARKET_KNOWN
} from "./PoolWords.sol";

/// @title Loss: what is held back, declared, moved to a reserve, topped up and released
/// @notice Follows the board. One declaration takes an incident's whole loss, whatever the number of policies.
abstract contract PoolLoss is PoolExits {
    using ExpiryBitmap for mapping(uint256 => uint256);
    using SafeCastLib for uint256;

    uint256 private constant SYNC_AT_ONCE = 8;

    /// @inheritdoc IPoolIncidents
    function syncIncidents(uint256 upTo) external nonReentrant {
        _syncIncidents(upTo);
    }

    function _syncIncidents(uint256 upTo) private {
        uint256 at = _syncedIncidents;
        uint256 last = Math.min(Math.min(upTo, BOARD.incidentCount()), at + SYNC_AT_ONCE);
        if (at >= last) return;
        while (at < last) {
            ++at;
            Incident memory i = BOARD.incident(at);
            if (_markets[i.market].flags() & MARKET_KNOWN != 0) _follow(at, i);
        }
        _syncedIncidents = uint32(at);
    }

    function _requireSynced() internal override {
        _syncIncidents(type(uint256).max);
        uint256 count = BOARD.incidentCount();
        if (_syncedIncidents != count) revert ExitsBehindIncidents(_syncedIncidents, count);
    }

    /// @inheritdoc IPoolIncidents
    function settleIncident(uint256 incident) external nonReentrant {
        Incident memory i = BOARD.incident(incident);
        if (_markets[i.market].flags() & MARKET_KNOWN == 0) revert IncidentNotOfPool(incident);
        // Every incident there is has its share: none is declared before all are noted.
        uint8 before = _losses[incident].stage;
        _requireSynced();
        _follow(incident, i);
        Loss storage l = _losses[incident];
        uint8 stage = l.stage;
        if (i.state == IncidentState.Confirmed && stage == LOSS_HELD) {
            ++_confirmed;
            _declare(incident, i, l);
            uint96 granted = BOARD.drawInterim(incident, l.moved);
            l.share = l.liability == 0 ? 0 : uint32(uint256(granted) * 1e8 / l.liability);
        } else if (i.state == IncidentState.Final && stage == LOSS_HELD) {
            _declare(incident, i, l);
            _finalise(i, l);
        } else if (i.state == IncidentState.Final && stage == LOSS_DECLARED) {
            --_confirmed;
            _finalise(i, l);
        } else if (i.state == IncidentState.Rejected && stage == LOSS_DECLARED) {
            --_confirmed;
            _undo(incident, l);
        } else if (before != LOSS_HELD || stage != LOSS_UNDONE) {
            revert IncidentNotDeclarable(incident, uint8(i.state));
        }
        _tip();
    }

    /// @dev Holds back for an open incident what its market's open cover could take; lets go when it is rejected.
    function _follow(uint256 incident, Incident memory i) private {
        Loss storage l = _losses[incident];
        if (i.state == IncidentState.Rejected) {
            if (l.stage == LOSS_HELD) _release(incident, l);
            return;
        }
        if (l.stage != 0 || _markets[i.market].flags() & MARKET_ENDED != 0) return;
        uint256 deductible = REGISTRY.status(i.market).deductibleBps();
        l.key = i.market.keyOf();
        uint256 most = Math.mulDivUp(_coverAtRisk(i.market, l.key, i.eventTime), 1e4 - deductible, 1e4);
        l.stage = LOSS_HELD;
        l.deductibleBps = uint16(deductible);
        l.liability = most.toUint96();
        _lossOf[l.key] = incident;
        _held += l.liability;
        _updateShort(_loadCapital());
        emit IncidentHeld(incident, i.market, most);
    }

    /// @dev Cover that an event could have hit: what is still counted, or what was active then, where that has left V.
    function _coverAtRisk(MarketId market, MarketKey key, uint256 eventTime) private view returns (uint256) {
        uint256 committed = _markets[market].committed();
        uint256 processedDay = _markets[market].processedDay();
        if (eventTime / DAY > processedDay) return committed;
        return Math.max(committed, _activeAt(key, processedDay, eventTime));
    }

    function _release(uint256 incident, Loss storage l) private {
        l.stage = LOSS_UNDONE;
        _held -= l.liability;
        _updateShort(_loadCapital());
        emit IncidentReleased(incident, l.liability);
    }

    /// @dev Moves liability x ratio from the tranches and the escrow struck since the event into the reserve. The ratio
    /// leaves as much for each of the other open incidents.
    function _declare(uint256 incident, Incident memory i, Loss storage l) private {
        Capital memory c = _loadCapital();
        Exposure memory e = _loadExposure(i.market);
        _catchUp(e, c, type(uint16).max);
        _storeExposure(e);
        uint256 active = _activeAt(e.key, e.processedDay, i.eventTime);
        uint256 liability = Math.fullMulDivUp(active * i.severity, 1e4 - l.deductibleBps, 1e12);
        _held -= l.liability;
        l.severity = i.severity;
        l.finalSeverity = i.severity;
        l.eventTime = i.eventTime;
        l.claimsUntil = uint40(block.timestamp + e.status.claimWindow());
        l.parametric = REGISTRY.exposureOf(i.market) == address(0);
        l.liability = liability.toUint96();
        l.stage = LOSS_DECLARED;
        _moveToReserve(incident, i, l, c, liability);
    }

    function _moveToReserve(
        uint256 incident,
        Incident memory i,
        Loss storage l,
        Capital memory c,
        uint256 liability
    ) private {
        (uint256 junior, uint256 senior) = _bearing(l, c);
        uint256 ratio = _equalRatio(junior + senior, liability);
        uint256 moved = Math.fullMulDiv(liability, ratio, 1e8);
        l.ratio = uint32(ratio);
        l.moved = uint96(moved);
        uint256 live = _takeLoss(incident, l, c, moved, junior, senior);
        if (ratio < 1e8) {
            l.shortGeneration = _shortGeneration;
            _shortLiability += l.liability;
            _shortMoved += l.moved;
        }
        _noteShort(c);
        (l.juniorSnapshot, l.seniorSnapshot) = _takeSnapshots(c);
        _reprice(c);
        _refreshUtilisation(c);
        _storeCapital(c);
        emit IncidentDeclared(
            incident, i.market, liability, ratio * 1e10, l.fromJunior, l.fromSenior, moved - live
        );
    }

    /// @dev Takes a loss from junior, then senior, of what each has live and in escrow struck since the event. Returns what
    /// live capital bore.
    function _takeLoss(
        uint256 incident,
        Loss storage l,
        Capital memory c,
        uint256 loss,
        uint256 junior,
        uint256 senior
    ) private returns (uint256 live) {
        uint256 eventDay = _eventDay(l);
        (uint256 fromJunior, uint256 fromSenior) = TrancheMath.waterfall(loss, junior, senior);
        uint256 liveJunior = _takeFrom(incident, false, eventDay, fromJunior, junior);
        uint256 liveSenior = _takeFrom(incident, true, eventDay, fromSenior, senior);
        c.junior -= liveJunior;
        c.senior -= liveSenior;
        l.fromJunior += uint96(liveJunior);
        l.fromSenior += uint96(liveSenior);
        l.fromJuniorEscrow += uint96(fromJunior - liveJunior);
        l.fromSeniorEscrow += uint96(fromSenior - liveSenior);
        return liveJunior + liveSenior;
    }

    /// @dev The same ratio for this incident, for each open one and for those paid below one so far; and never more than
    /// leaves the open ones theirs. Rounded down, 8 decimals.
    function _equalRatio(uint256 capital, uint256 liability) private view returns (uint256) {
        uint256 alone = TrancheMath.ratio(capital, liability, _held);
        uint256 together =
            TrancheMath.ratio(capital + _shortMoved, liability, uint256(_held) + _shortLiability);
        return Math.min(alone, together) / 1e10;
    }

    /// @dev Who holds what of each tranche now; a tranche that is practically empty ends its class of shares, unless the
    /// pool is short: what a lower severity gives back is theirs. What asked to leave bears the loss too: it is valued anew.
    function _takeSnapshots(Capital memory c) private returns (uint32 junior, uint32 senior) {
        bool mayClose = _facts.flags & FLAG_SHORT == 0;
        (uint256 juniorSnapshot, uint256 juniorPending) =
            ITrancheVault(_vault(false)).takeSnapshot(c.junior, mayClose);
        (uint256 seniorSnapshot, uint256 seniorPending) =
            ITrancheVault(_vault(true)).takeSnapshot(c.senior, mayClose);
        _facts.requestedExits = (juniorPending + seniorPending).toUint96();
        return (uint32(juniorSnapshot), uint32(seniorSnapshot));
    }

    /// @dev Final: all of the ratio becomes payable, in the proportion the severity fell; the market ends. What was paid
    /// already, on the strength of bonds, stays paid.
    function _finalise(Incident memory i, Loss storage l) private {
        l.stage = LOSS_FINAL;
        l.finalSeverity = i.severity;
        Capital memory c = _loadCapital();
        if (i.severity < l.severity) _lower(l, c, i.severity);
        else l.share = l.ratio;
        Exposure memory e = _loadExposure(i.market);
        // A confirmation may wait longer than a claim window: what can be proven only now is claimed from now.
        l.claimsUntil = uint40(block.timestamp + e.status.claimWindow());
        _weigh(e, c, e.applied, 0);
        e.flags |= MARKET_ENDED;
        _storeExposure(e);
        _updateShort(c);
        _refreshUtilisation(c);
        _storeCapital(c);
    }

    /// @dev Liability, reserve and share come down with the severity. Where capital was short, the reserve first makes up
    /// the equal ratio, then what the other incidents are still owed; what is left is for those who bore it.
    function _lower(Loss storage l, Capital memory c, uint256 severity) private {
        uint256 liability = Math.fullMulDivUp(l.liability, severity, l.severity);
        uint256 target = Math.min(l.moved, liability);
        bool short = _isShort(l);
        if (short) {
            _leaveShort(l);
            (uint256 junior, uint256 senior) = _bearing(l, c);
            uint256 capital = junior + senior + l.moved + _shortMoved;
            uint256 equal = TrancheMath.ratio(capital, liability + _shortLiability, _held) / 1e10;
            target = Math.min(target, Math.fullMulDivUp(liability, equal, 1e8));
            l.ratio = liability == 0 ? 1e8 : uint32(Math.fullMulDiv(target, 1e8, liability));
        }
        l.share = uint32(uint256(l.ratio) * severity / l.severity);
        // What was paid early beyond what is due in the end does not come out of the others' part.
        uint256 early = Math.zeroFloorSub(l.paid, Math.fullMulDiv(l.proven, l.share, 1e8));
        uint256 moved = Math.min(l.moved, target + early);
        uint256 back = l.moved - moved;
        l.liability = uint96(liability);
        l.moved = uint96(moved);
        l.early = uint96(early);
        if (short) {
            back -= _giveBack(l, c, back);
            if (l.ratio < 1e8) {
                _shortLiability += l.liability;
                _shortMoved += uint96(_reserved(l));
            }
        }
        l.salvage += uint96(back);
    }

    /// @dev Undoes as much of an incident's loss as the other incidents lack: live capital has it, for them to take.
    function _giveBack(Loss storage l, Capital memory c, uint256 most) private returns (uint256 given) {
        uint256 there = c.junior + c.senior + _shortMoved;
        given = Math.min(most, Math.zeroFloorSub(uint256(_held) + _shortLiability, there));
        (uint256 toJunior, uint256 toSenior) = TrancheMath.recovery(given, l.fromSenior);
        c.junior += toJunior;
        c.senior += toSenior;
        l.fromJunior = uint96(Math.zeroFloorSub(l.fromJunior, toJunior));
        l.fromSenior = uint96(Math.zeroFloorSub(l.fromSenior, toSenior));
    }

    /// @dev Rejected after a declaration: the reserve, and the bond behind what was paid, make up what other incidents lack;
    /// what is left goes to those who bore it.
    function _undo(uint256 incident, Loss storage l) private {
        _leaveShort(l);
        uint256 back = uint256(l.moved) - l.paid + BOARD.collectForfeit(incident);
        Capital memory c = _loadCapital();
        l.stage = LOSS_UNDONE;
        l.salvage += (back - _giveBack(l, c, back)).toUint96();
        l.moved = l.paid;
        l.share = 0;
        _updateShort(c);
        _refreshUtilisation(c);
        _storeCapital(c);
        emit IncidentReleased(incident, l.salvage);
    }

    /// @inheritdoc IPoolIncidents
    function topUp(uint256 incident) external nonReentrant returns (uint256 amount) {
        Loss storage l = _losses[incident];
        if (l.stage != LOSS_FINAL || !_isShort(l)) {
            revert NothingToPay(CoverId.wrap(0));
        }
        return _topUp(incident, l);
    }

    /// @dev Nothing, and no revert, where nothing more can be given.
    function _topUp(uint256 incident, Loss storage l) internal returns (uint256 amount) {
        Capital memory c = _loadCapital();
        (uint256 junior, uint256 senior) = _bearing(l, c);
        uint256 capital = junior + senior;
        // Every under-paid and every open incident is owed the same ratio.
        uint256 ratio = TrancheMath.ratio(capital + _shortMoved, _shortLiability, _held) / 1e10;
        uint256 due = Math.fullMulDiv(l.liability, ratio, 1e8);
        uint256 reserved = _reserved(l);
        if (ratio > l.ratio && due > reserved) amount = Math.min(capital, due - reserved);
        if (amount == 0) {
            _updateShort(c);
            return 0;
        }
        _takeLoss(incident, l, c, amount, junior, senior);
        _shortMoved += uint96(amount);
        l.moved += uint96(amount);
        l.ratio = uint32(Math.fullMulDiv(reserved + amount, 1e8, l.liability));
        l.share = uint32(uint256(l.ratio) * l.finalSeverity / l.severity);
        if (l.ratio == 1e8) {
            _shortLiability -= l.liability;
            _shortMoved -= uint96(reserved + amount);
        }
        _noteShort(c);
        _takeSnapshots(c);
        _reprice(c);
        _refreshUtilisation(c);
        _storeCapital(c);
        emit IncidentToppedUp(incident, amount, uint256(l.ratio) * 1e10);
    }

    /// @dev An incident paid below one is no longer owed more.
    function _leaveShort(Loss storage l) internal {
        if (!_isShort(l) || _shortLiability == 0) return;
        _shortLiability -= l.liability;
        _shortMoved -= uint96(_reserved(l));
    }

    /// @dev What an incident has for its claims at the severity it has now, what they were paid of that included.
    function _reserved(Loss storage l) internal view returns (uint256) {
        return Math.zeroFloorSub(l.moved, l.early);
    }

    /// @dev Where the pool can take deposits again, a tranche that was emptied meanwhile ends its class of shares first.
    function _updateShort(Capital memory c) internal {
        if (_noteShort(c)) _takeSnapshots(c);
    }

    /// @dev Whether the pool can take deposits and sell. Once nothing is open, nothing confirmed can give back, and less is
    /// left than moves a ratio, who comes from here on owes nothing to the past.
    function _noteShort(Capital memory c) private returns (bool ended) {
        uint256 capital = c.junior + c.senior;
        if (_held == 0 && _confirmed == 0 && _shortLiability != 0 && capital * 1e7 <= _shortLiability) {
            ++_shortGeneration;
            _shortLiability = 0;
            _shortMoved = 0;
        }
        bool short = _shortLiability != 0 || _held > capital;
        uint8 flags = _facts.flags;
        bool was = flags & FLAG_SHORT != 0;
        if (short != was) _facts.flags = flags ^ FLAG_SHORT;
        return was && !short;
    }

    /// @dev What bears an incident's loss: live capital, and escrow struck since the day of the event.
    function _bearing(Loss storage l, Capital memory c)
        private
        view
        returns (uint256 junior, uint256 senior)
    {
        uint256 eventDay = _eventDay(l);
        return (c.junior + _escrowSince(false, eventDay), c.senior + _escrowSince(true, eventDay));
    }

    /// @dev Escrow struck on it or later bears the loss.
    function _eventDay(Loss storage l) private view returns (uint256) {
        return l.eventTime / DAY;
    }

    /// @dev Escrow of a tranche struck on or after a day.
    function _escrowSince(bool senior, uint256 day) private view returns (uint256 sum) {
        uint256 today = block.timestamp / DAY;
        day -= 1;
        while ((day = _escrowDays[senior].nextAfter(day, today)) != 0) sum += uint128(_escrow[senior][day]);
    }

    /// @dev Takes `loss` from a tranche's escrow since `day` and its live capital in proportion. Each batch rounds up,
    /// so that what is left for live capital never exceeds it, and is noted for what comes back. Returns the live part.
    function _takeFrom(uint256 incident, bool senior, uint256 day, uint256 loss, uint256 base)
        private
        returns (uint256)
    {
        uint256 today = block.timestamp / DAY;
        uint256 started = loss;
        day -= 1;
        while (loss != 0 && (day = _escrowDays[senior].nextAfter(day, today)) != 0) {
            uint256 word = _escrow[senior][day];
            uint256 batch = uint128(word);
            uint256 taken = Math.fullMulDivUp(loss, batch, base);
            _escrow[senior][day] = word - taken;
            // A batch has the units it had at the declaration: while a top-up is possible nothing is struck or paid.
            uint256 before = uint128(_escrowLosses[incident][senior][day]);
            if (taken != 0) _escrowLosses[incident][senior][day] = (before + taken) | (word >> 128 << 128);
            loss -= taken;
            base -= batch;
        }
        _escrowed -= uint96(started - loss);
        return loss;
    }
}
