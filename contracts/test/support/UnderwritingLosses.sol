// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Vm} from "forge-std/Vm.sol";

import {Finding, Incident, IncidentState} from "../../src/interfaces/IIncidentBoard.sol";
import {IPoolEvents} from "../../src/interfaces/IPoolEvents.sol";
import {PolicyState, PoolIncident, PoolState} from "../../src/interfaces/IPoolTypes.sol";
import {CoverId} from "../../src/types/CoverId.sol";
import {MarketId} from "../../src/types/MarketId.sol";
import {UnderwritingActions} from "./UnderwritingActions.sol";

/// @notice Incidents, payments and what is recovered, at random.
abstract contract UnderwritingLosses is UnderwritingActions {
    /// @dev Units by which premium held back may miss what is owed of it: one for each touch that earned less than one.
    uint256 internal constant DUST = 100;

    /// @dev What follows from exits and losses: tries all of it, until something was there to be done.
    function doAftermath(uint256 seed, uint256 amount) external action {
        uint256 before = effective[msg.sig];
        for (uint256 i; i < 7 && effective[msg.sig] == before; ++i) {
            for (uint256 side; side < 2 && effective[msg.sig] == before; ++side) {
                _aftermath((seed % 7 + i) % 7, uint256(keccak256(abi.encode(seed, side))), amount);
            }
        }
    }

    function _aftermath(uint256 what, uint256 seed, uint256 amount) private {
        if (what == 0) _strike(seed);
        else if (what == 1) _claimExit(seed);
        else if (what == 2) _topUp(seed);
        else if (what == 3) _close(seed);
        else if (what == 4) _refund(seed);
        else if (what == 5) _refundShortfall(seed);
        else _salvage(seed, amount);
    }

    /// @dev Raises an incident, or moves the open one. Rare enough for cover to be sold in between.
    function doIncident(uint256 seed, uint256 severity) external action {
        seed = _mix(seed);
        if (seed % 16 == 0) return _storm(severity);
        uint256 kind = (seed >> 8) % KINDS;
        MarketId m = markets[current[kind]];
        IncidentState from = _stateOf(m);
        severity = bound(severity, 1, 1e8);
        uint256 age = seed % 2 == 0 ? 0 : bound(seed >> 16, 0, 6 days);
        if (from == IncidentState.None || from == IncidentState.Rejected) {
            if (seed % 3 != 0 || _unsold(m)) return;
            uint256 to = (seed >> 64) % 3;
            _findBonded(m, IncidentState(1 + to), block.timestamp - age, severity, seed >> 96);
        } else if (from == IncidentState.Suspect) {
            Incident memory i = board.incident(board.incidentOf(m));
            if (seed % 5 == 0) find(m, IncidentState.Rejected, block.timestamp, 0);
            else if (block.timestamp >= i.expiresAt && seed % 7 == 0) board.lapse(board.incidentOf(m));
            else _findBonded(m, IncidentState.Confirmed, i.eventTime, severity, seed >> 96);
        } else if (from == IncidentState.Confirmed) {
            uint256 most = board.incident(board.incidentOf(m)).severity;
            if (seed % 4 == 0) {
                find(m, IncidentState.Rejected, block.timestamp, 0);
            } else {
                find(m, IncidentState.Final, block.timestamp, seed % 2 == 0 ? most : bound(severity, 1, most));
            }
        }
        if (_stateOf(m) == IncidentState.Final) _open(kind);
        _did();
    }

    /// @dev A bonded confirmation of the kind that pays before its final, declared and paid at once.
    function doInterim(uint256 seed, uint256 severity) external action {
        seed = _mix(seed);
        MarketId m = markets[current[PARAMETRIC]];
        IncidentState from = _stateOf(m);
        Side storage side = _use(1);
        if (from == IncidentState.Suspect || from == IncidentState.Confirmed || _unsold(m)) return;
        _findBonded(m, IncidentState.Confirmed, block.timestamp, bound(severity, 0.1e8, 1e8), seed | 1);
        _sync();
        pool.settleIncident(board.incidentOf(m));
        CoverId[] memory ids = _coversOf(side, m);
        if (pool.incidentState(board.incidentOf(m)).payable_ == 0) return;
        _payBatch(ids, board.incidentOf(m));
        _checkGrowth();
        _did();
    }

    /// @dev Half of what is not final stands on a bond.
    function _findBonded(MarketId m, IncidentState state, uint256 time, uint256 severity, uint256 seed)
        private
    {
        uint256 bond = state == IncidentState.Final ? 0 : bound(seed, 0, 40_000 * unit());
        if (seed % 2 == 0) bond = 0;
        if (bond < board.requiredBond(address(route), m)) bond = board.requiredBond(address(route), m);
        asset.mint(address(this), bond);
        asset.approve(address(board), bond);
        board.fundBond(address(route), address(asset), bond);
        route.find(m, Finding(state, uint40(time), uint32(severity), 0, uint96(bond)));
    }

    /// @dev All markets fail at once, or all but one, whose cover streams on while capital is short. At times they are only
    /// confirmed, so that what is held for one may be let go after another was declared.
    function _storm(uint256 severity) private {
        uint256 spared = _mix(severity) % (2 * KINDS);
        IncidentState to = _mix(severity) % 2 == 0 ? IncidentState.Confirmed : IncidentState.Final;
        for (uint256 kind; kind < KINDS; ++kind) {
            if (kind == spared) continue;
            MarketId m = markets[current[kind]];
            IncidentState from = _stateOf(m);
            if (_unsold(m) || from == IncidentState.Suspect || from == IncidentState.Confirmed) continue;
            severity = bound(_mix(severity), 1, 1e8);
            find(m, to, block.timestamp, severity % 2 == 0 ? 1e8 : severity);
            if (to == IncidentState.Final) _open(kind);
            _did();
        }
    }

    function doSettle(uint256 seed) external action {
        seed = _mix(seed);
        _use(seed);
        uint256 incident = _due(seed);
        if (incident == 0 || !_knows(board.incident(incident).market)) return;
        _sync();
        Incident memory i = board.incident(incident);
        PoolIncident memory before = pool.incidentState(incident);
        (uint256 junior_, uint256 escrow) = (pool.state().junior, _escrowSince(false, i.eventTime));
        uint256 most = before.declared ? 1e18 : _equalRatio(incident, i, before);
        try pool.settleIncident(incident) {}
        catch (bytes memory reason) {
            assertEq(bytes4(reason), IPoolEvents.IncidentNotDeclarable.selector);
            bool due = i.state == IncidentState.Final ? !before.isFinal : !before.declared;
            due = due && (i.state == IncidentState.Confirmed || i.state == IncidentState.Final);
            assertFalse(due, "a due settlement was refused");
            return;
        }
        PoolIncident memory l = pool.incidentState(incident);
        if (!before.declared && l.declared) {
            // Escrow struck since the event bears as much of the loss as what stayed.
            uint256 loss = l.fromJunior + l.fromJuniorEscrow;
            if (junior_ + escrow != 0) {
                assertApproxEqAbs(l.fromJuniorEscrow, loss * escrow / (junior_ + escrow), 60, "EXIT-1");
            }
            uint256 moved = loss + l.fromSenior + l.fromSeniorEscrow;
            assertLe(moved, l.liability, "SOLVENCY-2");
            assertLe(l.ratio, most, "EQUALITY-1");
            // Senior loses nothing while junior has anything.
            if (l.fromSenior + l.fromSeniorEscrow != 0) assertEq(loss, junior_ + escrow, "SOLVENCY-3");
        }
        _checkGrowth();
        _did();
    }

    function _topUp(uint256 seed) internal {
        seed = _mix(seed);
        _use(seed);
        bool any;
        for (uint256 i = 1; i <= board.incidentCount(); ++i) {
            PoolIncident memory before = pool.incidentState(i);
            if (!before.declared || before.ratio == 1e18) continue;
            try pool.topUp(i) returns (uint256 amount) {
                assertEq(pool.incidentState(i).moved, before.moved + amount, "SOLVENCY-2");
                // What was paid before a final at a lower severity is beyond its liability.
                assertLe(pool.incidentState(i).moved, before.liability + before.paid, "SOLVENCY-2");
                if (amount != 0) any = true;
            } catch (bytes memory reason) {
                assertEq(bytes4(reason), IPoolEvents.NothingToPay.selector);
            }
        }
        _checkGrowth();
        if (any) _did();
    }

    /// @dev Pays all there is to pay on an incident, in a batch or one by one; then everyone who has proven a claim has the
    /// same part of it.
    function doPay(uint256 seed) external action {
        seed = _mix(seed);
        Side storage side = _use(seed);
        (uint256 incident, MarketId m) = _payable(seed);
        if (incident == 0) return;
        uint256 before = pool.incidentState(incident).paid;
        CoverId[] memory ids = _coversOf(side, m);
        if (seed % 4 == 0 && ids.length != 0) _payBatch(ids, incident);
        for (uint256 i; i < ids.length; ++i) {
            address owner = coverToken.ownerOf(ids[i].toTokenId());
            try pool.pay(ids[i]) returns (uint256 paid) {
                _paid(ids[i], incident, paid);
            } catch (bytes memory reason) {
                _expected(owner, reason);
            }
            try pool.payRest(ids[i]) returns (uint256 paid) {
                _paid(ids[i], incident, paid);
            } catch (bytes memory reason) {
                _expected(owner, reason);
            }
        }
        _checkEquality(ids, incident, m);
        _checkGrowth();
        if (pool.incidentState(incident).paid != before) _did();
    }

    function _paid(CoverId id, uint256 incident, uint256 amount) private {
        paidOn[id][incident] += amount;
        if (amount != 0) paidFor[id] = incident;
    }

    function _checkEquality(CoverId[] memory ids, uint256 incident, MarketId m) private view {
        PoolIncident memory l = pool.incidentState(incident);
        for (uint256 i; i < ids.length; ++i) {
            if (pool.policy(ids[i]).state < PolicyState.Paid) continue;
            // All of its cover was paid on an earlier incident, which was rejected.
            if (paidFor[ids[i]] != 0 && paidFor[ids[i]] != incident) continue;
            if (_refuses(coverToken.ownerOf(ids[i].toTokenId()))) continue;
            uint256 claim = pool.policy(ids[i]).cover;
            // Without a loss to prove, the claim follows from the cover.
            if (registry.exposureOf(m) == address(0)) claim = claim * l.severity / 1e8;
            uint256 due = claim * l.payable_ / 1e18;
            if (due != 0) assertApproxEqAbs(paidOn[ids[i]][incident], due, 2, "EQUALITY-1");
        }
    }

    /// @dev A batch takes whatever it is given: it skips what cannot be paid and stops for nothing.
    function _payBatch(CoverId[] memory ids, uint256 incident) private {
        vm.recordLogs();
        uint256 paid = pool.payBatch(ids);
        Vm.Log[] memory logs = vm.getRecordedLogs();
        uint256 sum;
        for (uint256 i; i < logs.length; ++i) {
            bytes32[] memory topics = logs[i].topics;
            if (topics[0] != IPoolEvents.ClaimPaid.selector) continue;
            (, uint256 payment) = abi.decode(logs[i].data, (address, uint256));
            assertEq(uint64(payment), incident, "EQUALITY-1");
            _paid(CoverId.wrap(uint256(topics[1])), incident, payment >> 160);
            sum += payment >> 160;
        }
        assertEq(sum, paid, "EQUALITY-1");
    }

    /// @dev An incident that something may still be paid on, where there is one.
    function _payable(uint256 seed) private view returns (uint256, MarketId) {
        uint256 count = board.incidentCount();
        for (uint256 i; i < count; ++i) {
            uint256 incident = 1 + (seed % count + i) % count;
            MarketId m = board.incident(incident).market;
            PoolIncident memory l = pool.incidentState(incident);
            if (!l.declared || l.payable_ == 0 || board.incidentOf(m) != incident) continue;
            if (l.proven == 0 || l.paid < l.proven * l.payable_ / 1e18) return (incident, m);
        }
        return (0, MarketId.wrap(0));
    }

    function _coversOf(Side storage side, MarketId m) private view returns (CoverId[] memory ids) {
        ids = new CoverId[](side.covers.length);
        uint256 n;
        for (uint256 i; i < ids.length; ++i) {
            if (markets[sold[side.covers[i]].slot] == m) ids[n++] = side.covers[i];
        }
        assembly ("memory-safe") {
            mstore(ids, n)
        }
    }

    function _expected(address owner, bytes memory error_) private view {
        bytes4 reason = bytes4(error_);
        bool known = reason == IPoolEvents.PolicyNotActive.selector
            || reason == IPoolEvents.NotCoveredAtEvent.selector
            || reason == IPoolEvents.NothingProven.selector || reason == IPoolEvents.ClaimWindowOver.selector
            || reason == IPoolEvents.NothingToPay.selector
            || reason == IPoolEvents.IncidentNotDeclarable.selector;
        if (!known) _passRefusal(owner, error_);
    }

    function _close(uint256 seed) internal {
        seed = _mix(seed);
        _use(seed);
        for (uint256 i = board.incidentCount(); i != 0; --i) {
            PoolIncident memory l = pool.incidentState(i);
            if (!l.isFinal) continue;
            if (!unwound[pool][i]) {
                pool.unwindStream(i);
                unwound[pool][i] = true;
                return _did();
            }
            if (l.closed || block.timestamp <= l.claimsUntil) continue;
            try pool.closeIncident(i) {
                _checkGrowth();
                return _did();
            } catch (bytes memory reason) {
                assertEq(bytes4(reason), IPoolEvents.IncidentStillOwed.selector);
                assertTrue(l.ratio < 1e18 && _anyUnresolved(), "closing was refused for nothing");
            }
        }
    }

    /// @dev Whether an incident of the pool may still let go what it holds.
    function _anyUnresolved() private view returns (bool) {
        if (pool.state().heldLiability != 0) return true;
        for (uint256 i = board.incidentCount(); i != 0; --i) {
            PoolIncident memory l = pool.incidentState(i);
            bool undone = board.incident(i).state == IncidentState.Rejected && l.moved == l.paid;
            if (l.declared && !l.isFinal && !undone) return true;
        }
        return false;
    }

    function _refund(uint256 seed) internal {
        seed = _mix(seed);
        Side storage side = _use(seed);
        bool any;
        for (uint256 i; i < side.covers.length; ++i) {
            CoverId id = side.covers[i];
            uint256 incident = board.incidentOf(markets[sold[id].slot]);
            if (!unwound[pool][incident] || sold[id].refunded || (seed >> (i % 256)) % 2 == 0) continue;
            try pool.refundEnded(id) {
                (sold[id].refunded, any) = (true, true);
            } catch (bytes memory reason) {
                _expected(coverToken.ownerOf(id.toTokenId()), reason);
            }
        }
        if (any) _did();
    }

    /// @dev Premium held back goes back to its cover, all of it but for dust.
    function _refundShortfall(uint256 seed) internal {
        seed = _mix(seed);
        Side storage side = _use(seed);
        pool.accrue();
        bool any;
        for (uint256 i; i < side.covers.length; ++i) {
            if ((seed >> (i % 256)) % 4 != 0) continue;
            uint256 due = pool.shortfallOf(side.covers[i]);
            try pool.refundShortfall(side.covers[i]) returns (uint256 amount) {
                assertLe(amount, due, "STREAM-2");
                assertGe(amount + DUST, due, "STREAM-2");
                any = true;
            } catch (bytes memory reason) {
                if (bytes4(reason) == IPoolEvents.NothingToPay.selector) assertLe(due, DUST, "STREAM-2");
                else _passRefusal(coverToken.ownerOf(side.covers[i].toTokenId()), reason);
            }
        }
        if (any) _did();
    }

    function _salvage(uint256 seed, uint256 amount) internal {
        seed = _mix(seed);
        Side storage side = _use(seed);
        uint256 incident = _incident(seed);
        if (incident == 0 || !pool.incidentState(incident).declared) return;
        PoolIncident memory l = pool.incidentState(incident);
        bool borne = l.fromJunior + l.fromSenior + l.fromJuniorEscrow + l.fromSeniorEscrow != 0;
        if (seed % 3 == 0 && borne) {
            amount = bound(amount, 1, 10_000 * unit());
            asset.mint(address(this), amount);
            asset.approve(address(pool), amount);
            pool.addSalvage(incident, amount);
            _did();
        }
        bool isSenior = seed & 2 == 0;
        try pool.claimSalvage(incident, isSenior, _actor(seed >> 32)) {
            if (seed % 3 != 0) _did();
        } catch (bytes memory reason) {
            _salvageRefused(_actor(seed >> 32), reason);
        }
        uint256 requests = isSenior ? side.seniorRequests : side.juniorRequests;
        if (requests != 0) {
            uint256 id = 1 + (seed >> 64) % requests;
            try pool.claimEscrowSalvage(incident, isSenior, id) {}
            catch (bytes memory reason) {
                _salvageRefused(_vault(isSenior).requestOf(id).controller, reason);
            }
        }
        _checkSalvageShares(incident, side);
    }

    function _salvageRefused(address account, bytes memory error_) private view {
        bytes4 reason = bytes4(error_);
        bool known =
            reason == IPoolEvents.NothingToClaim.selector || reason == IPoolEvents.SalvageWaits.selector;
        if (!known) _passRefusal(account, error_);
    }

    /// @dev SALVAGE-1: all who bore a loss, by shares or by escrow, bore no more than all of it.
    function _checkSalvageShares(uint256 incident, Side storage side) private view {
        uint256 sum;
        for (uint256 i; i < actors.length; ++i) {
            sum += pool.salvageShare(incident, false, actors[i])
            + pool.salvageShare(incident, true, actors[i]);
        }
        for (uint256 id = 1; id <= side.juniorRequests; ++id) {
            (, uint256 share) = pool.escrowSalvageShare(incident, false, id);
            sum += share;
        }
        for (uint256 id = 1; id <= side.seniorRequests; ++id) {
            (, uint256 share) = pool.escrowSalvageShare(incident, true, id);
            sum += share;
        }
        assertLe(sum, 1e18, "SALVAGE-1");
    }

    /// @dev An incident that can be settled, where there is one.
    function _due(uint256 seed) private view returns (uint256) {
        for (uint256 i = board.incidentCount(); i != 0; --i) {
            IncidentState s = board.incident(i).state;
            if (!_knows(board.incident(i).market)) continue;
            PoolIncident memory l = pool.incidentState(i);
            if (s == IncidentState.Final && !l.isFinal) return i;
            if (s == IncidentState.Confirmed && !l.declared) return i;
        }
        return _incident(seed);
    }

    /// @dev Whether nobody has bought cover of a market yet: its loss would teach nothing.
    function _unsold(MarketId m) private view returns (bool) {
        return sides[0].pool.marketState(m).committed + sides[1].pool.marketState(m).committed == 0;
    }

    function _incident(uint256 seed) internal view returns (uint256) {
        uint256 count = board.incidentCount();
        if (count == 0) return 0;
        // The newest more often than the rest.
        return seed % 2 == 0 ? count - (seed >> 16) % (count < 3 ? count : 3) : 1 + (seed >> 16) % count;
    }

    /// @dev What capital, with what incidents paid below one have got, gives of all that is owed with this incident.
    function _equalRatio(uint256 incident, Incident memory i, PoolIncident memory held)
        private
        view
        returns (uint256)
    {
        PoolState memory s = pool.state();
        uint256 count = board.incidentCount();
        uint256 capital =
            s.junior + s.senior + _escrowSince(false, i.eventTime) + _escrowSince(true, i.eventTime);
        uint256 owed = s.heldLiability - held.liability;
        for (uint256 n = 1; n <= count; ++n) {
            PoolIncident memory l = pool.incidentState(n);
            if (n == incident || !l.declared || l.closed || l.ratio == 1e18) continue;
            if (board.incident(n).state == IncidentState.Rejected) continue;
            if (forgotten[pool][n]) continue;
            capital += l.moved;
            owed += l.liability;
        }
        // A market that is behind its days does not say what was active.
        try pool.activeAt(i.market, i.eventTime) returns (uint256 active) {
            owed += active * i.severity * (1e4 - held.deductibleBps) / 1e12;
        } catch {
            return 1e18;
        }
        return owed <= capital ? 1e18 : capital * 1e18 / owed;
    }

    /// @dev Escrow of a tranche struck on the day of an event or later.
    function _escrowSince(bool isSenior, uint256 eventTime) internal view returns (uint256 sum) {
        for (uint256 day = eventTime / 1 days; day <= block.timestamp / 1 days; ++day) {
            (uint256 assets,,) = pool.escrowOf(isSenior, day);
            sum += assets;
        }
    }
}
