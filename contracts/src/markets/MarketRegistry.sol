// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IMarketRegistry} from "../interfaces/IMarketRegistry.sol";
import {TermsCheck} from "../libraries/TermsCheck.sol";
import {MarketId} from "../types/MarketId.sol";
import {MarketStatus, MarketStatusLib, OP_ALL, PHASE_ENDED} from "../types/MarketStatus.sol";
import {MarketTerms} from "../types/MarketTerms.sol";
import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";

/// @title What can be covered
/// @notice Terms are kept as their hash and one word of what pools read; the full terms are in the event.
/// @dev Calls nothing but the predicate at registration, statically, and the access manager: nothing can re-enter.
contract MarketRegistry is IMarketRegistry, AccessManaged {
    struct Details {
        address asset;
        /// No guardian's closure before this time.
        uint40 notBefore;
        address exposure;
    }

    uint40 internal constant MAX_CLOSURE = 7 days;

    /// @notice The only account that moves phases.
    address public immutable INCIDENT_BOARD;

    mapping(MarketId market => MarketStatus) private _status;
    mapping(MarketId market => Details) private _details;
    mapping(MarketId market => mapping(address route => bool)) private _accepted;

    /// @notice The authority says who governs and who guards.
    /// @param incidentBoard may be an address that has no code yet
    constructor(address authority, address incidentBoard) AccessManaged(authority) {
        INCIDENT_BOARD = incidentBoard;
    }

    /// @inheritdoc IMarketRegistry
    function register(MarketTerms calldata terms) external returns (MarketId market) {
        market = idOf(terms);
        if (_status[market].registered()) revert MarketAlreadyRegistered(market);
        TermsCheck.check(terms);
        _status[market] = _statusOf(terms);
        _details[market] = Details(terms.asset, 0, terms.exposure);
        for (uint256 i; i < terms.routes.length; ++i) {
            _accepted[market][terms.routes[i]] = true;
        }
        emit MarketRegistered(market, terms);
    }

    /// @inheritdoc IMarketRegistry
    function closeForAWhile(MarketId market, uint8 operations, uint40 until) external restricted {
        MarketStatus status_ = _live(market);
        _checkOperations(operations);
        uint40 time = uint40(block.timestamp);
        if (until <= time) revert ClosureInPast(until);
        if (until > time + MAX_CLOSURE) revert ClosureTooLong(until, time + MAX_CLOSURE);
        uint40 notBefore = _details[market].notBefore;
        if (time < notBefore) revert ClosureTooSoon(notBefore);
        _details[market].notBefore = until + (until - time);
        _status[market] = status_.withClosure(operations, until);
        emit OperationsClosed(market, operations, until, msg.sender);
    }

    /// @inheritdoc IMarketRegistry
    function close(MarketId market, uint8 operations) external restricted {
        MarketStatus status_ = _live(market);
        _checkOperations(operations);
        _status[market] = status_.withHalt(status_.haltedOperations() | operations);
        emit OperationsClosed(market, operations, 0, msg.sender);
    }

    /// @inheritdoc IMarketRegistry
    function open(MarketId market) external restricted {
        _status[market] = _live(market).withHalt(0).withClosure(0, 0);
        emit OperationsOpened(market, msg.sender);
    }

    /// @inheritdoc IMarketRegistry
    function setPhase(MarketId market, uint8 phase) external {
        if (msg.sender != INCIDENT_BOARD) revert NotIncidentBoard(msg.sender);
        if (phase > PHASE_ENDED) revert PhaseUnknown(phase);
        _status[market] = _live(market).withPhase(phase);
        emit PhaseChanged(market, phase);
    }

    /// @inheritdoc IMarketRegistry
    function status(MarketId market) external view returns (MarketStatus) {
        return _status[market];
    }

    /// @inheritdoc IMarketRegistry
    function assetOf(MarketId market) external view returns (address) {
        return _details[market].asset;
    }

    /// @inheritdoc IMarketRegistry
    function exposureOf(MarketId market) external view returns (address) {
        return _details[market].exposure;
    }

    /// @inheritdoc IMarketRegistry
    function accepts(MarketId market, address route) external view returns (bool) {
        return _accepted[market][route];
    }

    /// @inheritdoc IMarketRegistry
    function idOf(MarketTerms calldata terms) public pure returns (MarketId market) {
        return MarketId.wrap(keccak256(abi.encode(terms)));
    }

    function _live(MarketId market) private view returns (MarketStatus status_) {
        status_ = _status[market];
        if (!status_.registered()) revert MarketNotRegistered(market);
        if (status_.phase() == PHASE_ENDED) revert MarketAlreadyEnded(market);
    }

    function _checkOperations(uint8 operations) private pure {
        if (operations == 0 || operations > OP_ALL) revert OperationUnknown(operations);
    }

    function _statusOf(MarketTerms calldata terms) private pure returns (MarketStatus) {
        return MarketStatusLib.pack(
            TermsCheck.packGroups(terms.groups),
            uint16(terms.waitingPeriod / 1 hours),
            terms.deductibleBps,
            uint8(terms.raiseWindow / 1 days),
            uint16(terms.claimWindow / 1 days)
        );
    }
}
