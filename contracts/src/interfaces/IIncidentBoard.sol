// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {MarketId} from "../types/MarketId.sol";

/// @notice States of an incident.
enum IncidentState {
    None,
    Suspect,
    Confirmed,
    Final,
    Rejected
}

/// @notice What a route found. Routes only add evidence; the board alone moves an incident.
struct Finding {
    /// Suspect, Confirmed, Final or Rejected.
    IncidentState state;
    /// When the insured contract failed, seconds.
    uint40 eventTime;
    /// Share of the value lost, 1e8 = 100 %.
    uint32 severity;
    /// Value of one unit of the position before the event, in the asset, 1e18 = one to one; 0 where the route has none.
    uint128 unitValue;
    /// Bond behind this finding, in the market's asset, already held by the board for the route. What the route has free
    /// is locked, up to this; the events carry what was locked.
    uint96 bond;
}

struct Incident {
    MarketId market;
    /// Route whose finding brought the incident to its state, and whose bond stands behind it.
    address route;
    IncidentState state;
    uint40 eventTime;
    uint40 raisedAt;
    /// When the state last changed; more time for a suspicion is no change.
    uint40 changedAt;
    /// When it lapses, unless something follows: a suspicion 24 hours after it was last raised, a confirmation 90 days
    /// after it.
    uint40 expiresAt;
    uint32 severity;
    uint128 unitValue;
    /// What the route locked for this incident, also after it was returned or forfeited.
    uint96 bond;
    /// Part of the bond that pools have already drawn on for payments before Final.
    uint96 drawn;
}

/// @title The one state machine of incidents
/// @notice Suspect -> Confirmed -> Final | Rejected; one incident a market at a time, numbered from 1 over all markets.
/// Suspect stops sales at once. Confirmed reserves. Final releases, and may lower the severity of its incident, never raise
/// it.
///
/// Moves: nothing or Rejected -> Suspect, Confirmed or Final (a new incident) · Suspect -> Suspect (unbonded routes
/// only: more time) · Suspect -> Confirmed · Suspect or Confirmed -> Final · Suspect or Confirmed -> Rejected, by the
/// route of the incident or by an arbiter. A bonded route finds Final only what is Confirmed. A market whose incident is
/// Final takes no other.
/// The event time is that of the first confirmation (of a suspicion, by a bonded route: no later than it was raised): what
/// comes later belongs to the same incident, and its severity is at least what the suspicion said. Nothing waits for ever:
/// what nobody finalises lapses, which is a rejection.
///
/// What a bonded route confirmed binds no route without bond, which is code. Its Final with the same event time and at most
/// that severity ends the incident. With another event time or a higher severity it overrules the confirmation: that
/// incident is Rejected, and a new one is opened as Final, with its own number. Pools undo the one and declare the other.
///
/// Routes: what a market was sold with stays. A route's kind, bonded or not, never changes; who retires it announces it
/// for as long as the longest cover and raise window last (396 days), in which it serves as before.
///
/// Bonds: the board holds what each route has deposited, by asset. A finding locks part of it to one incident. Final, or
/// a confirmation by another route, returns it. Rejected forfeits it: pools that paid before Final collect what they
/// drew; of the rest the route gets half back (rounded down) and the other half goes to the pools that drew, in
/// proportion, or where none drew is burned. Opening again costs double: a bonded route must lock its floor times 2 for
/// each bonded incident of that market rejected or lapsed in the last 30 days, up to 2^10; to confirm what another route
/// suspects it locks the same. A bonded route opens and confirms nothing in an asset without floor. A floor at most doubles
/// within 30 days, and anyone may fund what it asks.
///
/// Trusted: the registry, the factory and enabled routes. Not trusted: bond assets; they are called only in functions
/// that move bonds, under a re-entrancy guard, never while an incident moves.
interface IIncidentBoard {
    /// @notice A route opened an incident of a market. `finding.bond` is what was locked.
    event IncidentRaised(
        uint256 indexed incident, MarketId indexed market, address indexed route, Finding finding
    );
    /// @notice An incident changed its state, or (Suspect again) got more time. `finding.bond` is what was locked with
    /// this move.
    event IncidentMoved(uint256 indexed incident, IncidentState state, Finding finding);
    /// @notice Nothing followed in time: the incident is Rejected.
    event IncidentLapsed(uint256 indexed incident);
    /// @notice A pool collected what it drew on a rejected incident's bond and its part of the rest, in the market's
    /// asset.
    event BondForfeited(uint256 indexed incident, address indexed pool, uint96 amount);
    /// @notice A pool may pay up to `amount` before Final, at the bond's risk; nothing was moved.
    event InterimDrawn(uint256 indexed incident, address indexed pool, uint96 amount);
    /// @notice A route may open incidents from now on.
    event RouteEnabled(address indexed route, bool bonded);
    /// @notice A route opens no incident from `until` on, in seconds.
    event RouteRetired(address indexed route, uint40 until);
    /// @notice A route may reject incidents of others from now on, or no longer.
    event ArbiterSet(address indexed route, bool arbiter);
    /// @notice A bonded route locks at least `floor` to open an incident in this asset, before doubling.
    event BondFloorSet(address indexed route, address indexed asset, uint96 floor);
    /// @notice Bond arrived for a route: `amount` is what arrived, in asset units.
    event BondFunded(address indexed route, address indexed asset, address indexed from, uint96 amount);
    /// @notice A route took out bond that was not locked.
    event BondWithdrawn(address indexed route, address indexed asset, address indexed to, uint96 amount);
    /// @notice Bond locked to an incident is free again.
    event BondReturned(uint256 indexed incident, address indexed route, uint96 amount);
    /// @notice Forfeited bond that belonged to no pool went to the burn address.
    event ForfeitsBurned(address indexed asset, uint256 amount);

    /// @notice The caller is not a route that may open incidents now.
    error RouteNotEnabled(address route);
    /// @notice It is the zero address or was never enabled.
    error RouteUnknown(address route);
    /// @notice A route's kind was fixed when it was first enabled: `bonded` says which.
    error RouteKindFixed(address route, bool bonded);
    /// @notice The route's retirement was announced for `until`, in seconds, already.
    error RouteRetiring(address route, uint40 until);
    /// @notice Only bonded routes have a floor.
    error RouteNotBonded(address route);
    /// @notice The market's terms do not name this route.
    error RouteNotAccepted(MarketId market, address route);
    /// @notice The caller is not a pool of the factory.
    error NotPool(address caller);
    /// @notice No incident has this number.
    error IncidentUnknown(uint256 incident);
    /// @notice The state machine has no such move.
    error MoveNotAllowed(uint256 incident, IncidentState from, IncidentState to);
    /// @notice A later finding may not be more severe than the confirmed one, unless it overrules it; 1e8 = 100 %.
    error SeverityRaised(uint32 from, uint32 to);
    /// @notice Severity is at most 1e8, and not 0 but in a suspicion.
    error SeverityOutOfBounds(uint32 severity);
    /// @notice The event time is after now.
    error EventInFuture(uint40 eventTime);
    /// @notice What a bonded route confirms of a suspicion has happened by the time that was raised, in seconds.
    error EventAfterSuspicion(uint40 eventTime, uint40 raisedAt);
    /// @notice The event's raise window was over at `deadline`, in seconds.
    error RaisedTooLate(uint40 eventTime, uint40 deadline);
    /// @notice The incident lapses from `expiresAt` on, in seconds.
    error NotYetLapsed(uint40 expiresAt);
    /// @notice The market has ended: it takes no other incident.
    error MarketClosed(MarketId market);
    /// @notice Only the route of the incident, or an arbiter, may reject it.
    error RouteNotOfIncident(uint256 incident, address route);
    /// @notice The incident is not in the state this needs.
    error IncidentNotInState(uint256 incident, IncidentState state, IncidentState needed);
    /// @notice A pool draws on an incident's bond once.
    error InterimAlreadyDrawn(uint256 incident, address pool);
    /// @notice What the route has free or has asked to lock is less than what opening, or confirming for another, needs.
    error BondShort(uint256 locked, uint256 needed);
    /// @notice More than is free, or than the board can keep of one asset for one route.
    error BondTooLarge(uint256 amount, uint256 max);
    /// @notice The governor has set no floor for this route and asset: it cannot open or confirm an incident in it.
    error BondFloorUnset(address route, address asset);
    /// @notice A floor is not 0, and at most twice the one before.
    error BondFloorOutOfBounds(address asset, uint256 floor, uint256 min, uint256 max);
    /// @notice The floor may be raised again from `notBefore` on, in seconds.
    error BondFloorTooSoon(uint40 notBefore);
    /// @notice Bond is not sent to the zero address.
    error ReceiverInvalid(address receiver);
    /// @notice The board knows at most `max` routes, ever.
    error TooManyRoutes(uint256 max);

    /// @notice Routes only: opens an incident of a market, or moves the open one. The route must be enabled here and
    /// accepted by the market. Calls the registry only; no re-entrance is possible.
    /// @return number its number; the new one's where a confirmation was overruled
    function submit(MarketId market, Finding calldata finding) external returns (uint256 number);

    /// @notice Ends an incident that nothing followed, as a rejection: 24 hours after a suspicion was last raised, 90 days
    /// after a confirmation. Permissionless.
    function lapse(uint256 number) external;

    /// @notice Pools only, once each for an incident in state Confirmed: takes up to `wanted` of the bond as the most the
    /// pool may pay before Final. Moves no tokens.
    function drawInterim(uint256 number, uint96 wanted) external returns (uint96 granted);

    /// @notice Pools only, once each after Rejected: sends the pool what it drew (it was paid out on the strength of the
    /// bond) and its part of the forfeited rest; 0 where nothing is due. Guarded against re-entrance.
    function collectForfeit(uint256 number) external returns (uint96 amount);

    /// @notice Deposits bond for a route that was enabled once; anyone may. Credits what arrives. Guarded against re-entrance.
    function fundBond(address route, address asset, uint256 amount) external returns (uint96 received);

    /// @notice Routes only, enabled or not: takes out bond that is not locked. Guarded against re-entrance.
    function withdrawBond(address asset, uint96 amount, address to) external;

    /// @notice Sends to the burn address what was forfeited and belongs to no pool. Permissionless, guarded.
    function burnForfeits(address asset) external returns (uint256 amount);

    /// @notice Governor: lets a route submit, or takes back its retirement.
    /// @param bonded whether it needs a bond to open an incident; the same for ever
    function enableRoute(address route, bool bonded) external;

    /// @notice Governor: announces that a route will open no incident once the longest cover sold by now has run out and
    /// its last event could have been raised. Until then it serves as before, and later it may end what it has open.
    /// @return until 396 days from now
    function retireRoute(address route) external returns (uint40 until);

    /// @notice Governor: lets a route reject incidents of other routes (a panel, a court).
    function setArbiter(address route, bool arbiter) external;

    /// @notice Governor: least bond with which a bonded route opens an incident, before doubling. Not 0; at most twice the
    /// one before, and not raised again within 30 days.
    function setBondFloor(address route, address asset, uint96 floor) external;

    /// @notice Number of incidents ever raised; the newest has this number.
    function incidentCount() external view returns (uint256);

    /// @notice Reverts for a number that was never given. Safe to read within any call.
    function incident(uint256 number) external view returns (Incident memory);

    /// @notice The open (or last) incident of a market; 0 if none.
    function incidentOf(MarketId market) external view returns (uint256);

    /// @notice Where a market stands, as a number that grows with each incident opened and each one ended: twice the number
    /// of its last incident, and 1 more unless that is open.
    function turnOf(MarketId market) external view returns (uint32);

    /// @notice Bonded incidents of a market that were rejected or lapsed in the last 30 days, at most 10.
    function recentRejections(MarketId market) external view returns (uint256);

    /// @notice Bond a route must lock now to open an incident of a market, or to confirm another route's suspicion, in the
    /// market's asset. Reverts with BondFloorUnset where a bonded route has none.
    function requiredBond(address route, MarketId market) external view returns (uint256);

    /// @notice Bond of a route that is not locked.
    function freeBond(address route, address asset) external view returns (uint96);

    /// @notice What a pool drew on the bond of an incident.
    function drawnBy(uint256 number, address pool) external view returns (uint96);

    /// @notice What a route may do, and until when.
    /// @return enabled whether it may open incidents now
    /// @return arbiter whether it may reject incidents of other routes
    /// @return bonded whether it needs a bond
    /// @return until when it retires; the largest uint40 while that is not announced, 0 where it was never enabled
    function routeState(address route)
        external
        view
        returns (bool enabled, bool arbiter, bool bonded, uint40 until);
}

/// @title A route: a way in which an incident is evidenced
/// @notice It calls `IIncidentBoard.submit`; a market accepts it by naming it in its terms.
interface IRoute {
    /// @notice Name for people: "live-trigger", "operator-quorum", ...
    function routeName() external view returns (string memory);
}
