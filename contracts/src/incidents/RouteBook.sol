// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";

import {IIncidentBoard, IncidentState} from "../interfaces/IIncidentBoard.sol";

/// @title Which routes may submit, until when, and their numbers
/// @notice A route keeps the number and the kind it got when it was first enabled, so that an incident stores one byte
/// for it, and what a market was sold with stays what it was.
abstract contract RouteBook is IIncidentBoard, AccessManaged {
    struct Route {
        uint8 number;
        bool bonded;
        bool arbiter;
        /// Opens no incident from this time on.
        uint40 until;
    }

    /// @dev The longest cover in force, and the longest time after its end in which an event may be raised.
    uint40 internal constant RETIREMENT = 366 days + 30 days;

    uint8 internal _routeCount;
    mapping(address route => Route) internal _routes;
    mapping(uint256 number => address) internal _routeAt;

    /// @inheritdoc IIncidentBoard
    function enableRoute(address route, bool bonded) external restricted {
        if (route == address(0)) revert RouteUnknown(route);
        Route storage book = _routes[route];
        if (book.number == 0) _number(route, book, bonded);
        else if (book.bonded != bonded) revert RouteKindFixed(route, book.bonded);
        book.until = type(uint40).max;
        emit RouteEnabled(route, bonded);
    }

    /// @inheritdoc IIncidentBoard
    function retireRoute(address route) external restricted returns (uint40 until) {
        Route storage book = _known(route);
        if (book.until != type(uint40).max) revert RouteRetiring(route, book.until);
        until = uint40(block.timestamp) + RETIREMENT;
        book.until = until;
        emit RouteRetired(route, until);
    }

    /// @inheritdoc IIncidentBoard
    function setArbiter(address route, bool arbiter) external restricted {
        _known(route).arbiter = arbiter;
        emit ArbiterSet(route, arbiter);
    }

    /// @inheritdoc IIncidentBoard
    function routeState(address route)
        external
        view
        returns (bool enabled, bool arbiter, bool bonded, uint40 until)
    {
        Route memory book = _routes[route];
        return (block.timestamp < book.until, book.arbiter, book.bonded, book.until);
    }

    function _known(address route) internal view returns (Route storage book) {
        book = _routes[route];
        if (book.number == 0) revert RouteUnknown(route);
    }

    /// @dev Time costs a bonded route a bond, and nothing stands behind a Final: it prolongs no suspicion, and what it finds
    /// Final was confirmed before.
    function _checkBonded(Route memory route, uint256 number, IncidentState from, IncidentState to)
        internal
        pure
    {
        if (!route.bonded) return;
        bool prolongs = to == IncidentState.Suspect && from == IncidentState.Suspect;
        bool skips = to == IncidentState.Final && from != IncidentState.Confirmed;
        if (prolongs || skips) revert MoveNotAllowed(number, from, to);
    }

    function _number(address route, Route storage book, bool bonded) private {
        uint8 count = _routeCount;
        if (count == type(uint8).max) revert TooManyRoutes(type(uint8).max);
        _routeCount = book.number = ++count;
        book.bonded = bonded;
        _routeAt[count] = route;
    }
}
