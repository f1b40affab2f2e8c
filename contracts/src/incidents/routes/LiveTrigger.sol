// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Finding, IIncidentBoard, IRoute, Incident, IncidentState} from "../../interfaces/IIncidentBoard.sol";
import {ILiveTrigger, LiveProgress} from "../../interfaces/ILiveTrigger.sol";
import {IMarketRegistry} from "../../interfaces/IMarketRegistry.sol";
import {IPredicate} from "../../interfaces/IPredicate.sol";
import {MarketId} from "../../types/MarketId.sol";
import {MarketTerms} from "../../types/MarketTerms.sol";

/// @title Live trigger: the insured contract still answers, and what it answers is a loss
/// @notice Keeps each market's last observations and its case; anyone observes and samples.
contract LiveTrigger is ILiveTrigger {
    struct Observation {
        uint128 value;
        uint40 time;
    }

    struct Observations {
        /// Ever made; the newest is at (count - 1) modulo RING.
        uint64 count;
        Observation[4] ring;
    }

    struct Case {
        uint8 samples;
        uint48 lastBlock;
        uint48 closedUntil;
        uint32 severity;
        uint40 openedAt;
        uint128 baseline;
    }

    /// @dev Length of `Observations.ring`.
    uint256 internal constant RING = 4;
    uint256 internal constant MIN_OBSERVATIONS = 2;
    uint256 internal constant OBSERVATION_GAP = 1 hours;
    uint8 internal constant SAMPLES = 5;
    uint256 internal constant MIN_SPREAD = 10;
    uint256 internal constant MAX_SPREAD = 7200;

    /// @notice Where suspicions, finals and dismissals go.
    IIncidentBoard public immutable board;
    /// @notice Where the trigger looks up whether a market accepts it.
    IMarketRegistry public immutable registry;
    /// @inheritdoc ILiveTrigger
    uint256 public immutable spread;
    /// @inheritdoc ILiveTrigger
    uint256 public immutable sampleGap;

    mapping(MarketId market => Observations) internal _observations;
    mapping(MarketId market => Case) internal _cases;

    /// @dev With code the caller may have bent the metric before; see the interface. An account that delegates its code
    /// (EIP-7702) has code.
    modifier directOnly() {
        // solhint-disable-next-line avoid-tx-origin
        if (msg.sender != tx.origin || msg.sender.code.length != 0) revert CallerNotDirect(msg.sender);
        _;
    }

    /// @notice Fixes over how many blocks a case is spread, for good.
    /// @param spread_ K, blocks from the first to the last sample; 300 where blocks come every 12 seconds
    constructor(IIncidentBoard board_, IMarketRegistry registry_, uint256 spread_) {
        if (spread_ < MIN_SPREAD || spread_ > MAX_SPREAD) {
            revert SpreadOutOfBounds(spread_, MIN_SPREAD, MAX_SPREAD);
        }
        board = board_;
        registry = registry_;
        spread = spread_;
        sampleGap = (spread_ + SAMPLES - 2) / (SAMPLES - 1);
    }

    /// @inheritdoc IRoute
    function routeName() external pure returns (string memory) {
        return "live-trigger";
    }

    /// @inheritdoc ILiveTrigger
    function progress(MarketId market) external view returns (LiveProgress memory p) {
        Case memory open = _cases[market];
        Observations storage book = _observations[market];
        p.samples = open.samples;
        p.needed = SAMPLES;
        p.lastHealthy = book.count == 0 ? 0 : book.ring[_newest(book)].time;
        if (open.samples == 0) {
            p.nextBlock = open.closedUntil;
            p.baseline = _baseline(book);
        } else {
            p.nextBlock = open.lastBlock + uint48(sampleGap);
            p.staleAfter = open.lastBlock + uint48(2 * spread);
            p.severity = open.severity;
            p.openedAt = open.openedAt;
            p.baseline = open.baseline;
        }
    }

    /// @inheritdoc ILiveTrigger
    function observe(MarketTerms calldata terms) external directOnly returns (uint128 baseline) {
        MarketId market = _accepted(terms);
        if (_cases[market].samples != 0) revert CaseIsOpen(market);
        uint256 measured = _measure(market, terms);
        if (measured == 0) revert NotEvaluable(market);
        Observations storage book = _observations[market];
        baseline = _baseline(book);
        if (baseline != 0) {
            (bool breached,) = IPredicate(terms.predicate).breach(terms.predicateConfig, baseline, measured);
            if (breached) revert MetricBreached(baseline, measured);
        }
        if (!_record(market, measured)) {
            revert ObservedTooSoon(book.ring[_newest(book)].time + OBSERVATION_GAP);
        }
        return _baseline(book);
    }

    /// @inheritdoc ILiveTrigger
    function sample(MarketTerms calldata terms) external directOnly returns (uint8 samples) {
        MarketId market = _accepted(terms);
        Case memory open = _cases[market];
        bool known = open.samples != 0;
        // A stale case is still dismissed by a healthy sample; a breach starts it over.
        bool fresh = !known || block.number > open.lastBlock + 2 * spread;
        if (!known) open.baseline = _baseline(_observations[market]);
        if (open.baseline == 0) revert BaselineMissing(_observations[market].count, MIN_OBSERVATIONS);
        uint256 value = _measure(market, terms);
        (bool breached, uint32 severity) =
            IPredicate(terms.predicate).breach(terms.predicateConfig, open.baseline, value);

        if (!breached) {
            if (!known) revert MetricHealthy(open.baseline, value);
            _dismiss(market, value);
            return 0;
        }
        if (fresh) {
            _start(market, terms.waitingPeriod, open, severity);
            emit CaseOpened(market, open.baseline, value, severity);
        } else {
            _count(open, severity);
            emit CaseSampled(market, open.samples, value, open.severity);
        }
        samples = open.samples;
        if (samples == SAMPLES) {
            delete _cases[market];
            _finalise(market, terms, open);
        } else {
            _cases[market] = open;
            _suspect(market, open);
        }
    }

    function _start(MarketId market, uint256 waitingPeriod, Case memory open, uint32 severity) internal view {
        if (block.number < open.closedUntil) revert DismissedRecently(open.closedUntil);
        Observations storage book = _observations[market];
        uint256 lastHealthy = book.ring[_newest(book)].time;
        if (block.timestamp > lastHealthy + waitingPeriod) revert BaselineTooOld(lastHealthy, waitingPeriod);
        open.samples = 1;
        open.lastBlock = uint48(block.number);
        open.severity = severity;
        open.openedAt = uint40(block.timestamp);
    }

    /// @dev Before its time a sample does not count, but a lower severity does.
    function _count(Case memory open, uint32 severity) internal view {
        bool lower = severity < open.severity;
        if (lower) open.severity = severity;
        uint256 due = open.lastBlock + sampleGap;
        if (block.number >= due) {
            ++open.samples;
            open.lastBlock = uint48(block.number);
        } else if (!lower) {
            revert SampleTooEarly(due);
        }
    }

    /// @dev Rejects the incident only while it is a suspicion of this route: what others found stands. The reading counts as
    /// an observation of it would, so that dismissals do not let the last healthy one grow old.
    function _dismiss(MarketId market, uint256 value) internal {
        delete _cases[market];
        _cases[market].closedUntil = uint48(block.number + spread);
        emit CaseDismissed(market, value);
        _record(market, value);
        Incident memory standing = _standing(market);
        if (standing.state == IncidentState.Suspect && standing.route == address(this)) {
            board.submit(market, Finding(IncidentState.Rejected, standing.eventTime, 0, 0, 0));
        }
    }

    /// @dev Opens the incident, or gives the open suspicion more time.
    function _suspect(MarketId market, Case memory open) internal {
        if (_standing(market).state == IncidentState.Confirmed) return;
        board.submit(market, Finding(IncidentState.Suspect, open.openedAt, open.severity, 0, 0));
    }

    /// @dev Agrees with a confirmed event time that its readings allow: not before the last healthy one, nor after the first
    /// broken one. What a bonded route confirmed otherwise, or lower, is overruled; what another one of code confirmed stands.
    function _finalise(MarketId market, MarketTerms calldata terms, Case memory open) internal {
        Finding memory found = Finding(IncidentState.Final, open.openedAt, open.severity, 0, 0);
        found.unitValue = IPredicate(terms.predicate).unitValue(terms.predicateConfig, open.baseline);
        Incident memory standing = _standing(market);
        if (standing.state == IncidentState.Confirmed) {
            Observations storage book = _observations[market];
            bool healthyLater = standing.eventTime < book.ring[_newest(book)].time;
            if (!healthyLater && standing.eventTime < open.openedAt) found.eventTime = standing.eventTime;
            (,, bool bonded,) = board.routeState(standing.route);
            if (!bonded && standing.severity < found.severity) found.severity = standing.severity;
        }
        board.submit(market, found);
    }

    function _standing(MarketId market) internal view returns (Incident memory standing) {
        uint256 number = board.incidentOf(market);
        if (number != 0) standing = board.incident(number);
    }

    /// @dev Within an hour the newest observation may be lowered, never below the lowest of the others, so that the
    /// baseline stays; later a new one counts, for at most 1/64 more than the one before. Says whether it counts.
    function _record(MarketId market, uint256 measured) internal returns (bool) {
        Observations storage book = _observations[market];
        uint256 count = book.count;
        uint128 value = measured > type(uint128).max ? type(uint128).max : uint128(measured);
        uint128 kept = value;
        if (count != 0) {
            Observation storage newest = book.ring[_newest(book)];
            uint128 last = newest.value;
            if (block.timestamp < newest.time + OBSERVATION_GAP) {
                if (kept < _baseline(book)) kept = _baseline(book);
                if (count < MIN_OBSERVATIONS || kept >= last) return false;
                newest.value = kept;
                emit Observed(market, value, _baseline(book));
                return true;
            }
            uint256 highest = uint256(last) + last / 64;
            if (kept > highest) kept = uint128(highest);
        }
        book.ring[count % RING] = Observation(kept, uint40(block.timestamp));
        book.count = uint64(count + 1);
        emit Observed(market, value, _baseline(book));
        return true;
    }

    /// @dev Lowest of the last observations; 0 while there are fewer than two.
    function _baseline(Observations storage book) internal view returns (uint128 lowest) {
        uint256 count = book.count;
        if (count < MIN_OBSERVATIONS) return 0;
        if (count > RING) count = RING;
        lowest = type(uint128).max;
        for (uint256 i; i < count; ++i) {
            uint128 value = book.ring[i].value;
            if (value < lowest) lowest = value;
        }
    }

    function _newest(Observations storage book) internal view returns (uint256) {
        return (book.count - 1) % RING;
    }

    function _measure(MarketId market, MarketTerms calldata terms) internal view returns (uint256 value) {
        if (terms.predicate == address(0)) revert NotEvaluable(market);
        bool ok;
        (ok, value) = IPredicate(terms.predicate).measure(terms.predicateConfig);
        if (!ok) revert NotEvaluable(market);
    }

    function _accepted(MarketTerms calldata terms) internal view returns (MarketId market) {
        market = registry.idOf(terms);
        if (!registry.accepts(market, address(this))) revert RouteNotAccepted(market, address(this));
    }
}
