// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {Finding, IIncidentBoard, Incident, IncidentState} from "../interfaces/IIncidentBoard.sol";
import {IMarketRegistry} from "../interfaces/IMarketRegistry.sol";
import {IPoolFactory} from "../interfaces/IPoolFactory.sol";
import {IncidentWord, IncidentWordLib} from "../types/IncidentWord.sol";
import {MarketId} from "../types/MarketId.sol";
import {MarketStatus, PHASE_ENDED, PHASE_OPEN, PHASE_SUSPECT} from "../types/MarketStatus.sol";
import {BondBook} from "./BondBook.sol";

/// @title The one state machine of incidents
/// @notice Moves incidents by the findings of enabled routes, tells the registry, and keeps the bonds.
/// @dev Nine operators confirming a suspicion must stay cheap: such a move reads the route's word and reads and writes one
/// word of the market, which is its latest incident. The words of older incidents are put away when a new one is raised.
contract IncidentBoard is BondBook {
    struct Record {
        uint128 unitValue;
        uint40 raisedAt;
        uint40 expiresAt;
        MarketId market;
        /// Set once the market has a newer incident.
        IncidentWord past;
    }

    uint32 internal constant FULL_SEVERITY = 1e8;
    uint40 internal constant SUSPICION_LIFETIME = 24 hours;
    uint40 internal constant CONFIRMATION_LIFETIME = 90 days;

    /// @notice Where the board reads a market's asset and routes, and sets its phase.
    IMarketRegistry public immutable registry;
    /// @notice Says who is a pool: only pools draw on bonds and collect what is forfeited.
    IPoolFactory public immutable poolFactory;

    /// @inheritdoc IIncidentBoard
    uint256 public incidentCount;
    mapping(MarketId market => IncidentWord) internal _latest;
    mapping(MarketId market => address) internal _assets;
    mapping(uint256 number => Record) internal _records;

    constructor(address authority_, IMarketRegistry registry_, IPoolFactory poolFactory_)
        AccessManaged(authority_)
    {
        registry = registry_;
        poolFactory = poolFactory_;
    }

    /// @inheritdoc IIncidentBoard
    function incident(uint256 number) external view returns (Incident memory) {
        (MarketId market, IncidentWord word) = _incident(number);
        Record storage record = _records[number];
        return Incident({
            market: market,
            route: _routeAt[word.route()],
            state: word.state(),
            eventTime: word.eventTime(),
            raisedAt: record.raisedAt,
            changedAt: word.changedAt(),
            expiresAt: _expiresAt(number, word),
            severity: word.severity(),
            unitValue: record.unitValue,
            bond: word.bond(),
            drawn: _draws[number].drawn
        });
    }

    /// @inheritdoc IIncidentBoard
    function incidentOf(MarketId market) external view returns (uint256) {
        return _latest[market].number();
    }

    /// @inheritdoc IIncidentBoard
    function turnOf(MarketId market) external view returns (uint32) {
        IncidentWord word = _latest[market];
        return uint32(2 * word.number() + (_isOpen(word.state()) ? 0 : 1));
    }

    /// @inheritdoc IIncidentBoard
    function requiredBond(address route, MarketId market) external view returns (uint256) {
        return _requiredBond(route, registry.assetOf(market), market);
    }

    /// @inheritdoc IIncidentBoard
    function submit(MarketId market, Finding calldata finding) external returns (uint256 number) {
        Route memory route = _routes[msg.sender];
        IncidentWord word = _latest[market];
        IncidentState from = word.state();
        bool open = _isOpen(from);
        bool same = open && word.route() == route.number;
        // A retired route still brings its open incidents to their end.
        if (block.timestamp >= route.until && !same) revert RouteNotEnabled(msg.sender);
        _checkBonded(route, word.number(), from, finding.state);
        if (!open) return _open(market, word, route.number, finding);
        // A market's routes never change: the route of the incident was accepted when it opened or moved it.
        if (!same && !registry.accepts(market, msg.sender)) revert RouteNotAccepted(market, msg.sender);
        number = word.number();
        IncidentState to = finding.state;
        if (to == IncidentState.Confirmed && from == IncidentState.Suspect) {
            _confirm(market, word, route, finding);
        } else if (to == IncidentState.Final) {
            if (_overrules(route, word, finding)) return _overrule(market, word, route.number, finding);
            _finalise(market, word, route.number, finding);
        } else if (to == IncidentState.Rejected) {
            if (!same && !route.arbiter) revert RouteNotOfIncident(number, msg.sender);
            _rejectByRoute(market, word);
        } else if (to == IncidentState.Suspect && from == IncidentState.Suspect && finding.bond == 0) {
            _prolong(market, word, finding);
        } else {
            revert MoveNotAllowed(number, from, to);
        }
    }

    /// @inheritdoc IIncidentBoard
    function lapse(uint256 number) external {
        (MarketId market, IncidentWord word) = _incident(number);
        if (!_isOpen(word.state())) revert MoveNotAllowed(number, word.state(), IncidentState.Rejected);
        uint40 expiresAt = _expiresAt(number, word);
        if (block.timestamp < expiresAt) revert NotYetLapsed(expiresAt);
        _reject(market, word);
        emit IncidentLapsed(number);
    }

    /// @inheritdoc IIncidentBoard
    function drawInterim(uint256 number, uint96 wanted) external returns (uint96 granted) {
        if (poolFactory.indexOf(msg.sender) == 0) revert NotPool(msg.sender);
        (, IncidentWord word) = _incident(number);
        _requireState(number, word, IncidentState.Confirmed);
        return _draw(number, word.bond(), wanted);
    }

    /// @inheritdoc IIncidentBoard
    function collectForfeit(uint256 number) external nonReentrant returns (uint96 amount) {
        (MarketId market, IncidentWord word) = _incident(number);
        _requireState(number, word, IncidentState.Rejected);
        return _collect(number, _assets[market]);
    }

    function _open(MarketId market, IncidentWord previous, uint8 route, Finding memory finding)
        internal
        returns (uint256 number)
    {
        if (!registry.accepts(market, msg.sender)) revert RouteNotAccepted(market, msg.sender);
        MarketStatus status = registry.status(market);
        if (status.phase() == PHASE_ENDED) revert MarketClosed(market);
        IncidentState to = finding.state;
        if (to == IncidentState.None || to == IncidentState.Rejected) {
            revert MoveNotAllowed(0, IncidentState.None, to);
        }
        uint256 window = status.raiseWindow();
        uint40 time = uint40(block.timestamp);
        _checkEvent(finding.eventTime, time, window);
        _checkSeverity(to, finding.severity);

        address asset = registry.assetOf(market);
        if (to == IncidentState.Final) finding.bond = 0;
        else _lockRequired(market, asset, finding);
        if (previous.number() == 0) _assets[market] = asset;
        return _raise(market, previous, route, window, finding);
    }

    /// @dev Writes down a new incident of a market, after all checks.
    function _raise(
        MarketId market,
        IncidentWord previous,
        uint8 route,
        uint256 window,
        Finding memory finding
    ) internal returns (uint256 number) {
        IncidentState to = finding.state;
        uint40 time = uint40(block.timestamp);
        number = ++incidentCount;
        // Where its last turn fits, its number does.
        SafeCast.toUint32(2 * number + 1);
        if (previous.number() != 0) _records[previous.number()].past = previous;
        _latest[market] = IncidentWordLib.pack(
            uint32(number),
            uint8(window / 1 days),
            to,
            route,
            finding.eventTime,
            time,
            finding.severity,
            finding.bond
        );
        Record storage record = _records[number];
        record.unitValue = finding.unitValue;
        record.raisedAt = time;
        record.expiresAt = time + SUSPICION_LIFETIME;
        record.market = market;
        emit IncidentRaised(number, market, msg.sender, finding);
        registry.setPhase(market, to == IncidentState.Final ? PHASE_ENDED : PHASE_SUSPECT);
    }

    /// @dev The first confirmation says when it happened; what is reserved is for the largest severity evidenced so far.
    /// The bond of a suspicion by another route goes back to it, and a bonded route locks its own: for its own suspicion it
    /// has.
    function _confirm(MarketId market, IncidentWord word, Route memory route, Finding memory finding)
        internal
    {
        uint40 raisedAt = word.changedAt();
        _checkEvent(finding.eventTime, raisedAt, word.raiseWindow());
        if (route.bonded && finding.eventTime > raisedAt) {
            revert EventAfterSuspicion(finding.eventTime, raisedAt);
        }
        _checkSeverity(IncidentState.Confirmed, finding.severity);
        if (finding.severity < word.severity()) finding.severity = word.severity();
        uint96 bond = word.bond();
        if (word.route() != route.number) {
            address asset = _assets[market];
            _return(word.number(), _routeAt[word.route()], asset, bond);
            bond = 0;
            _lockRequired(market, asset, finding);
        } else if (finding.bond != 0) {
            finding.bond = _lock(msg.sender, _assets[market], finding.bond);
        }
        _store(market, word, route.number, finding.eventTime, bond + finding.bond, finding);
    }

    /// @dev Leaves in the finding what was locked.
    function _lockRequired(MarketId market, address asset, Finding memory finding) internal {
        uint256 needed = _requiredBond(msg.sender, asset, market);
        finding.bond = _lock(msg.sender, asset, finding.bond);
        if (finding.bond < needed) revert BondShort(finding.bond, needed);
    }

    function _finalise(MarketId market, IncidentWord word, uint8 route, Finding memory finding) internal {
        _checkSeverity(IncidentState.Final, finding.severity);
        if (word.state() == IncidentState.Suspect) {
            _checkEvent(finding.eventTime, word.changedAt(), word.raiseWindow());
        } else {
            if (finding.severity > word.severity()) revert SeverityRaised(word.severity(), finding.severity);
            finding.eventTime = word.eventTime();
        }
        finding.bond = 0;
        _return(word.number(), _routeAt[word.route()], _assets[market], word.bond());
        _store(market, word, route, finding.eventTime, word.bond(), finding);
        registry.setPhase(market, PHASE_ENDED);
    }

    /// @dev Whether code finds other than what a bonded route has confirmed: another event time, or a higher severity. What
    /// people sign does not bind it; what other code confirmed is not doubted.
    function _overrules(Route memory route, IncidentWord word, Finding memory finding)
        internal
        view
        returns (bool)
    {
        if (route.bonded || word.state() != IncidentState.Confirmed) return false;
        if (!_routes[_routeAt[word.route()]].bonded) return false;
        return finding.eventTime != word.eventTime() || finding.severity > word.severity();
    }

    /// @dev The confirmation is rejected and what was found is an incident of its own, so that no pool is bound by what it
    /// declared. Its raise window counts from when the market's first was raised: deciding takes time.
    function _overrule(MarketId market, IncidentWord word, uint8 route, Finding memory finding)
        internal
        returns (uint256)
    {
        _checkEvent(finding.eventTime, _records[word.number()].raisedAt, word.raiseWindow());
        _checkSeverity(IncidentState.Final, finding.severity);
        finding.bond = 0;
        _rejectByRoute(market, word);
        return _raise(market, _latest[market], route, word.raiseWindow(), finding);
    }

    function _rejectByRoute(MarketId market, IncidentWord word) internal {
        _reject(market, word);
        Finding memory finding = Finding(IncidentState.Rejected, word.eventTime(), word.severity(), 0, 0);
        emit IncidentMoved(word.number(), IncidentState.Rejected, finding);
    }

    function _reject(MarketId market, IncidentWord word) internal {
        _forfeit(word.number(), market, _routeAt[word.route()], _assets[market], word.bond());
        _latest[market] = word.moved(
            IncidentState.Rejected,
            word.route(),
            word.eventTime(),
            uint40(block.timestamp),
            word.severity(),
            word.bond()
        );
        registry.setPhase(market, PHASE_OPEN);
    }

    /// @dev Not a change of state: what the suspicion says stands, but for a larger severity.
    function _prolong(MarketId market, IncidentWord word, Finding memory finding) internal {
        _checkSeverity(IncidentState.Suspect, finding.severity);
        if (finding.severity < word.severity()) finding.severity = word.severity();
        finding.eventTime = word.eventTime();
        _latest[market] = word.moved(
            IncidentState.Suspect,
            word.route(),
            finding.eventTime,
            word.changedAt(),
            finding.severity,
            word.bond()
        );
        _records[word.number()].expiresAt = uint40(block.timestamp) + SUSPICION_LIFETIME;
        emit IncidentMoved(word.number(), IncidentState.Suspect, finding);
    }

    function _store(
        MarketId market,
        IncidentWord word,
        uint8 route,
        uint40 eventTime,
        uint96 bond,
        Finding memory finding
    ) internal {
        _latest[market] = word.moved(
            finding.state, route, eventTime, uint40(block.timestamp), finding.severity, bond
        );
        if (finding.unitValue != 0) _records[word.number()].unitValue = finding.unitValue;
        emit IncidentMoved(word.number(), finding.state, finding);
    }

    function _incident(uint256 number) internal view returns (MarketId market, IncidentWord word) {
        if (number == 0 || number > incidentCount) revert IncidentUnknown(number);
        market = _records[number].market;
        word = _latest[market];
        if (word.number() != number) word = _records[number].past;
    }

    /// @dev Of what has ended, when its suspicion would have lapsed.
    function _expiresAt(uint256 number, IncidentWord word) internal view returns (uint40) {
        if (word.state() == IncidentState.Confirmed) return word.changedAt() + CONFIRMATION_LIFETIME;
        return _records[number].expiresAt;
    }

    function _isOpen(IncidentState state) internal pure returns (bool) {
        return state == IncidentState.Suspect || state == IncidentState.Confirmed;
    }

    function _requireState(uint256 number, IncidentWord word, IncidentState needed) internal pure {
        if (word.state() != needed) revert IncidentNotInState(number, word.state(), needed);
    }

    /// @dev An incident is raised within the window after its event; that it is confirmed later does not matter.
    function _checkEvent(uint40 eventTime, uint40 raisedAt, uint256 window) internal view {
        if (eventTime > block.timestamp) revert EventInFuture(eventTime);
        if (eventTime + window < raisedAt) revert RaisedTooLate(eventTime, uint40(eventTime + window));
    }

    /// @dev A suspicion need not know how much was lost; everything after it must.
    function _checkSeverity(IncidentState to, uint32 severity) internal pure {
        if (severity > FULL_SEVERITY || (severity == 0 && to != IncidentState.Suspect)) {
            revert SeverityOutOfBounds(severity);
        }
    }
}
