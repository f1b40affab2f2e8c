// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Incident, IncidentState} from "../../src/interfaces/IIncidentBoard.sol";
import {IPoolEvents} from "../../src/interfaces/IPoolEvents.sol";
import {PolicyState, PoolIncident, PoolState} from "../../src/interfaces/IPoolTypes.sol";
import {CoverId} from "../../src/types/CoverId.sol";
import {MarketId} from "../../src/types/MarketId.sol";
import {UnderwritingActions} from "./UnderwritingActions.sol";

/// @notice Incidents, payments and what is recovered, at random.
abstract contract UnderwritingLosses is UnderwritingActions {
    /// @dev Units by which premium held back may miss what is owed of it: one for each touch that earned less than one.
    uint256 internal constant DUST = 100;

    /// @dev Raises an incident, or moves the open one. Rare enough for cover to be sold in between.
    function doIncident(uint256 seed, uint256 severity) external {
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
            find(m, IncidentState(1 + to), block.timestamp - age, severity);
        } else if (from == IncidentState.Suspect) {
            Incident memory i = board.incident(board.incidentOf(m));
            if (seed % 5 == 0) find(m, IncidentState.Rejected, block.timestamp, 0);
            else if (block.timestamp >= i.expiresAt && seed % 7 == 0) board.lapse(board.incidentOf(m));
            else find(m, IncidentState.Confirmed, i.eventTime, severity);
        } else if (from == IncidentState.Confirmed) {
            uint256 most = board.incident(board.incidentOf(m)).severity;
            if (seed % 4 == 0) {
                find(m, IncidentState.Rejected, block.timestamp, 0);
            } else {
                find(m, IncidentState.Final, block.timestamp, seed % 2 == 0 ? most : bound(severity, 1, most));
            }
        }
        if (_stateOf(m) == IncidentState.Final) _open(kind);
    }

    /// @dev All markets fail at once.
    function _storm(uint256 severity) private {
        for (uint256 kind; kind < KINDS; ++kind) {
            MarketId m = markets[current[kind]];
            IncidentState from = _stateOf(m);
            if (_unsold(m) || from == IncidentState.Suspect || from == IncidentState.Confirmed) continue;
            severity = bound(_mix(severity), 1, 1e8);
            find(m, IncidentState.Final, block.timestamp, severity % 2 == 0 ? 1e8 : severity);
            _open(kind);
        }
    }

    function doSettle(uint256 seed) external {
        seed = _mix(seed);
        _use(seed);
        uint256 incident = _due(seed);
        if (incident == 0) return;
        _sync();
        Incident memory i = board.incident(incident);
        PoolIncident memory before = pool.incidentState(incident);
        (uint256 junior_, uint256 escrow) = (pool.state().junior, _escrowSince(i.eventTime));
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
        }
        _checkGrowth();
    }

    function doTopUp(uint256 seed) external {
        seed = _mix(seed);
        _use(seed);
        for (uint256 i = 1; i <= board.incidentCount(); ++i) {
            PoolIncident memory before = pool.incidentState(i);
            if (!before.declared || before.ratio == 1e18) continue;
            try pool.topUp(i) returns (uint256 amount) {
                assertEq(pool.incidentState(i).moved, before.moved + amount, "SOLVENCY-2");
                assertLe(pool.incidentState(i).moved, before.liability, "SOLVENCY-2");
            } catch (bytes memory reason) {
                assertEq(bytes4(reason), IPoolEvents.NothingToPay.selector);
            }
        }
        _checkGrowth();
    }

    /// @dev Pays all there is to pay on an incident; then everyone who has proven a claim has the same part of it.
    function doPay(uint256 seed) external {
        seed = _mix(seed);
        Side storage side = _use(seed);
        uint256 incident = _incident(seed);
        if (incident == 0) return;
        MarketId m = board.incident(incident).market;
        for (uint256 i; i < side.covers.length; ++i) {
            CoverId id = side.covers[i];
            if (markets[sold[id].slot] != m) continue;
            try pool.pay(id) returns (uint256 paid) {
                sold[id].paid += paid;
            } catch (bytes memory reason) {
                _expected(bytes4(reason));
            }
            try pool.payRest(id) returns (uint256 paid) {
                sold[id].paid += paid;
            } catch (bytes memory reason) {
                _expected(bytes4(reason));
            }
        }
        PoolIncident memory l = pool.incidentState(incident);
        for (uint256 i; i < side.covers.length; ++i) {
            CoverId id = side.covers[i];
            if (markets[sold[id].slot] != m || pool.policy(id).state < PolicyState.Paid) continue;
            uint256 due = pool.policy(id).cover * l.payable_ / 1e18;
            if (due != 0) assertApproxEqAbs(sold[id].paid, due, 2, "EQUALITY-1");
        }
        _checkGrowth();
    }

    function _expected(bytes4 reason) private pure {
        bool known = reason == IPoolEvents.PolicyNotActive.selector
            || reason == IPoolEvents.NotCoveredAtEvent.selector
            || reason == IPoolEvents.NothingProven.selector || reason == IPoolEvents.ClaimWindowOver.selector
            || reason == IPoolEvents.NothingToPay.selector
            || reason == IPoolEvents.IncidentNotDeclarable.selector;
        assertTrue(known, "a claim was refused for no known reason");
    }

    function doClose(uint256 seed) external {
        seed = _mix(seed);
        _use(seed);
        uint256 incident = _incident(seed);
        if (incident == 0) return;
        for (uint256 i = board.incidentCount(); i != 0 && !_closable(incident); --i) {
            incident = i;
        }
        PoolIncident memory l = pool.incidentState(incident);
        if (!l.isFinal || board.incident(incident).state != IncidentState.Final) return;
        if (!unwound[pool][incident]) {
            pool.unwindStream(incident);
            unwound[pool][incident] = true;
        }
        if (!l.closed && block.timestamp > l.claimsUntil) pool.closeIncident(incident);
        _checkGrowth();
    }

    function doRefund(uint256 seed) external {
        seed = _mix(seed);
        Side storage side = _use(seed);
        if (side.covers.length == 0) return;
        for (uint256 i; i < side.covers.length; ++i) {
            CoverId id = side.covers[i];
            uint256 incident = board.incidentOf(markets[sold[id].slot]);
            if (!unwound[pool][incident] || sold[id].refunded || (seed >> (i % 256)) % 2 == 0) continue;
            try pool.refundEnded(id) {
                sold[id].refunded = true;
            } catch (bytes memory reason) {
                assertEq(bytes4(reason), IPoolEvents.NothingToPay.selector);
            }
        }
    }

    /// @dev Premium held back goes back to its cover, all of it but for dust.
    function doRefundShortfall(uint256 seed) external {
        seed = _mix(seed);
        Side storage side = _use(seed);
        pool.accrue();
        for (uint256 i; i < side.covers.length; ++i) {
            if ((seed >> (i % 256)) % 4 != 0) continue;
            uint256 due = pool.shortfallOf(side.covers[i]);
            try pool.refundShortfall(side.covers[i]) returns (uint256 amount) {
                assertLe(amount, due, "STREAM-2");
                assertGe(amount + DUST, due, "STREAM-2");
            } catch (bytes memory reason) {
                assertEq(bytes4(reason), IPoolEvents.NothingToPay.selector);
                assertLe(due, DUST, "STREAM-2");
            }
        }
    }

    function _closable(uint256 incident) private view returns (bool) {
        PoolIncident memory l = pool.incidentState(incident);
        return l.isFinal && !l.closed && (!unwound[pool][incident] || block.timestamp > l.claimsUntil);
    }

    function doSalvage(uint256 seed, uint256 amount) external {
        seed = _mix(seed);
        Side storage side = _use(seed);
        uint256 incident = _incident(seed);
        if (incident == 0 || !pool.incidentState(incident).declared) return;
        if (seed % 3 == 0) {
            amount = bound(amount, 1, 10_000 * unit());
            asset.mint(address(this), amount);
            asset.approve(address(pool), amount);
            pool.addSalvage(incident, amount);
        }
        bool isSenior = seed & 2 == 0;
        try pool.claimSalvage(incident, isSenior, _actor(seed >> 32)) {}
        catch (bytes memory reason) {
            _salvageRefused(bytes4(reason));
        }
        uint256 requests = isSenior ? side.seniorRequests : side.juniorRequests;
        if (requests != 0) {
            try pool.claimEscrowSalvage(incident, isSenior, 1 + (seed >> 64) % requests) {}
            catch (bytes memory reason) {
                _salvageRefused(bytes4(reason));
            }
        }
        _checkSalvageShares(incident, side);
    }

    function _salvageRefused(bytes4 reason) private pure {
        bool known =
            reason == IPoolEvents.NothingToClaim.selector || reason == IPoolEvents.SalvageWaits.selector;
        assertTrue(known, "salvage was refused for no known reason");
    }

    /// @dev SALVAGE-1: all who bore a loss, by shares or by escrow, bore no more than all of it.
    function _checkSalvageShares(uint256 incident, Side storage side) private view {
        uint256 sum;
        for (uint256 i; i < actors.length; ++i) {
            sum += pool.salvageShare(incident, false, actors[i])
            + pool.salvageShare(incident, true, actors[i]);
        }
        for (uint256 id = 1; id <= side.juniorRequests; ++id) {
            sum += pool.escrowSalvageShare(incident, false, id);
        }
        for (uint256 id = 1; id <= side.seniorRequests; ++id) {
            sum += pool.escrowSalvageShare(incident, true, id);
        }
        assertLe(sum, 1e18, "SALVAGE-1");
    }

    /// @dev An incident that can be settled, where there is one.
    function _due(uint256 seed) private view returns (uint256) {
        for (uint256 i = board.incidentCount(); i != 0; --i) {
            IncidentState s = board.incident(i).state;
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

    /// @dev Junior escrow struck on the day of an event or later.
    function _escrowSince(uint256 eventTime) internal view returns (uint256 sum) {
        for (uint256 day = eventTime / 1 days; day <= block.timestamp / 1 days; ++day) {
            (uint256 assets,,) = pool.escrowOf(false, day);
            sum += assets;
        }
    }
}
