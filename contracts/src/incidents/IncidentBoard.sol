// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";

import {Finding, IIncidentBoard, Incident, IncidentState} from "../interfaces/IIncidentBoard.sol";
import {IMarketRegistry} from "../interfaces/IMarketRegistry.sol";
import {IPoolFactory} from "../interfaces/IPoolFactory.sol";
import {MarketId} from "../types/MarketId.sol";
import {MarketStatus, PHASE_ENDED, PHASE_OPEN, PHASE_SUSPECT} from "../types/MarketStatus.sol";
import {BondBook} from "./BondBook.sol";

/// @title The one state machine of incidents
/// @dev Nine operators confirming a suspicion must stay cheap: such a move writes one word of the incident and reads two
/// besides, which is why routes have numbers and the market's word keeps the asset and the earliest event time.
contract IncidentBoard is BondBook {
    /// @dev One word: all that a move changes.
    struct Word {
        IncidentState state;
        uint8 route;
        uint40 eventTime;
        uint40 changedAt;
        uint32 severity;
        uint96 bond;
    }

    struct Record {
        Word word;
        uint128 unitValue;
        uint40 raisedAt;
        uint40 expiresAt;
        MarketId market;
    }

    /// @dev One word. `earliestEvent` is the raise window before the latest incident was raised.
    struct MarketBook {
        uint40 latest;
        uint40 earliestEvent;
        address asset;
    }

    uint32 internal constant FULL_SEVERITY = 1e8;
    uint40 internal constant SUSPICION_LIFETIME = 24 hours;

    IMarketRegistry public immutable registry;
    IPoolFactory public immutable poolFactory;

    uint40 internal _count;
    mapping(MarketId market => MarketBook) internal _markets;
    mapping(uint256 number => Record) internal _records;

    constructor(address authority_, IMarketRegistry registry_, IPoolFactory poolFactory_)
        AccessManaged(authority_)
    {
        registry = registry_;
        poolFactory = poolFactory_;
    }

    /// @inheritdoc IIncidentBoard
    function incidentCount() external view returns (uint256) {
        return _count;
    }

    /// @inheritdoc IIncidentBoard
    function incident(uint256 number) external view returns (Incident memory) {
        Word memory word = _known(number);
        Record storage record = _records[number];
        return Incident({
            market: record.market,
            route: _routeAt[word.route],
            state: word.state,
            eventTime: word.eventTime,
            raisedAt: record.raisedAt,
            changedAt: word.changedAt,
            expiresAt: record.expiresAt,
            severity: word.severity,
            unitValue: record.unitValue,
            bond: word.bond,
            drawn: _draws[number].drawn
        });
    }

    /// @inheritdoc IIncidentBoard
    function incidentOf(MarketId market) external view returns (uint256) {
        return _markets[market].latest;
    }

    /// @inheritdoc IIncidentBoard
    function requiredBond(address route, MarketId market) external view returns (uint256) {
        return _requiredBond(route, registry.assetOf(market), market);
    }

    /// @inheritdoc IIncidentBoard
    function submit(MarketId market, Finding calldata finding) external returns (uint256 number) {
        Route memory route = _routes[msg.sender];
        if (!route.enabled) revert RouteNotEnabled(msg.sender);
        MarketBook memory book = _markets[market];
        number = book.latest;
        Word memory word = _records[number].word;
        if (word.state == IncidentState.Suspect || word.state == IncidentState.Confirmed) {
            _move(market, number, book, word, route, finding);
        } else {
            number = _open(market, route.number, finding);
        }
    }

    /// @inheritdoc IIncidentBoard
    function lapse(uint256 number) external {
        Word memory word = _known(number);
        if (word.state != IncidentState.Suspect) {
            revert MoveNotAllowed(number, word.state, IncidentState.Rejected);
        }
        Record storage record = _records[number];
        if (block.timestamp < record.expiresAt) revert NotYetLapsed(record.expiresAt);
        MarketId market = record.market;
        _reject(market, number, _markets[market].asset, word);
        emit IncidentLapsed(number);
    }

    /// @inheritdoc IIncidentBoard
    function drawInterim(uint256 number, uint96 wanted) external returns (uint96 granted) {
        if (poolFactory.indexOf(msg.sender) == 0) revert NotPool(msg.sender);
        Word memory word = _known(number);
        if (word.state != IncidentState.Confirmed) {
            revert IncidentNotInState(number, word.state, IncidentState.Confirmed);
        }
        return _draw(number, word.bond, wanted);
    }

    /// @inheritdoc IIncidentBoard
    function collectForfeit(uint256 number) external nonReentrant returns (uint96 amount) {
        Word memory word = _known(number);
        if (word.state != IncidentState.Rejected) {
            revert IncidentNotInState(number, word.state, IncidentState.Rejected);
        }
        return _collect(number, _markets[_records[number].market].asset);
    }

    function _open(MarketId market, uint8 route, Finding memory finding) internal returns (uint256 number) {
        if (!registry.accepts(market, msg.sender)) revert RouteNotAccepted(market, msg.sender);
        MarketStatus status = registry.status(market);
        if (status.phase() == PHASE_ENDED) revert MarketClosed(market);
        IncidentState to = finding.state;
        if (to == IncidentState.None || to == IncidentState.Rejected) {
            revert MoveNotAllowed(0, IncidentState.None, to);
        }
        uint256 window = status.raiseWindow();
        uint256 earliest = block.timestamp > window ? block.timestamp - window : 0;
        _checkPast(finding.eventTime);
        if (finding.eventTime < earliest) {
            revert RaisedTooLate(finding.eventTime, uint40(finding.eventTime + window));
        }
        _checkSeverity(to, finding.severity);

        address asset = registry.assetOf(market);
        if (to == IncidentState.Final) {
            finding.bond = 0;
        } else {
            uint256 needed = _requiredBond(msg.sender, asset, market);
            finding.bond = _lock(msg.sender, asset, finding.bond);
            if (finding.bond < needed) revert BondShort(finding.bond, needed);
        }
        number = ++_count;
        uint40 time = uint40(block.timestamp);
        _markets[market] = MarketBook(uint40(number), uint40(earliest), asset);
        _records[number] = Record({
            word: Word(to, route, finding.eventTime, time, finding.severity, finding.bond),
            unitValue: finding.unitValue,
            raisedAt: time,
            expiresAt: time + SUSPICION_LIFETIME,
            market: market
        });
        emit IncidentRaised(number, market, msg.sender, finding);
        registry.setPhase(market, to == IncidentState.Final ? PHASE_ENDED : PHASE_SUSPECT);
    }

    function _move(
        MarketId market,
        uint256 number,
        MarketBook memory book,
        Word memory word,
        Route memory route,
        Finding memory finding
    ) internal {
        IncidentState from = word.state;
        IncidentState to = finding.state;
        // A market's routes never change: the route of the incident was accepted when it opened or moved it.
        bool same = word.route == route.number;
        if (!same && !registry.accepts(market, msg.sender)) revert RouteNotAccepted(market, msg.sender);

        if (to == IncidentState.Rejected) {
            if (!same && !route.arbiter) revert RouteNotOfIncident(number, msg.sender);
            _reject(market, number, book.asset, word);
            finding.bond = 0;
            emit IncidentMoved(number, to, finding);
            return;
        }
        _checkSeverity(to, finding.severity);
        if (to == IncidentState.Suspect && from == IncidentState.Suspect && finding.bond == 0) {
            _prolong(number, word, finding.severity);
        } else if (to == IncidentState.Confirmed && from == IncidentState.Suspect) {
            _takeEvent(number, book, word, finding.eventTime);
            if (!same) _return(number, _routeAt[word.route], book.asset, word.bond);
            finding.bond = _lock(msg.sender, book.asset, finding.bond);
            word.bond = (same ? word.bond : 0) + finding.bond;
            _store(number, word, route.number, finding);
        } else if (to == IncidentState.Final) {
            if (from == IncidentState.Suspect) _takeEvent(number, book, word, finding.eventTime);
            else if (finding.severity > word.severity) revert SeverityRaised(word.severity, finding.severity);
            _return(number, _routeAt[word.route], book.asset, word.bond);
            finding.bond = 0;
            _store(number, word, route.number, finding);
            registry.setPhase(market, PHASE_ENDED);
        } else {
            revert MoveNotAllowed(number, from, to);
        }
        emit IncidentMoved(number, to, finding);
    }

    function _prolong(uint256 number, Word memory word, uint32 severity) internal {
        if (severity > word.severity) word.severity = severity;
        word.changedAt = uint40(block.timestamp);
        _records[number].word = word;
        _records[number].expiresAt = uint40(block.timestamp) + SUSPICION_LIFETIME;
    }

    function _takeEvent(uint256 number, MarketBook memory book, Word memory word, uint40 eventTime)
        internal
        view
    {
        _checkPast(eventTime);
        uint40 earliest = book.earliestEvent;
        if (eventTime < earliest) {
            revert RaisedTooLate(eventTime, eventTime + _records[number].raisedAt - earliest);
        }
        word.eventTime = eventTime;
    }

    function _store(uint256 number, Word memory word, uint8 route, Finding memory finding) internal {
        word.state = finding.state;
        word.route = route;
        word.severity = finding.severity;
        word.changedAt = uint40(block.timestamp);
        _records[number].word = word;
        if (finding.unitValue != 0) _records[number].unitValue = finding.unitValue;
    }

    function _reject(MarketId market, uint256 number, address asset, Word memory word) internal {
        _forfeit(number, market, _routeAt[word.route], asset, word.bond);
        word.state = IncidentState.Rejected;
        word.changedAt = uint40(block.timestamp);
        _records[number].word = word;
        registry.setPhase(market, PHASE_OPEN);
    }

    function _known(uint256 number) internal view returns (Word memory word) {
        word = _records[number].word;
        if (word.state == IncidentState.None) revert IncidentUnknown(number);
    }

    function _checkPast(uint40 eventTime) internal view {
        if (eventTime > block.timestamp) revert EventInFuture(eventTime);
    }

    /// @dev A suspicion need not know how much was lost; everything after it must.
    function _checkSeverity(IncidentState to, uint32 severity) internal pure {
        if (severity > FULL_SEVERITY || (severity == 0 && to != IncidentState.Suspect)) {
            revert SeverityOutOfBounds(severity);
        }
    }
}
