// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";

import {IIncidentBoard} from "../interfaces/IIncidentBoard.sol";

/// @title Which routes may submit, and their numbers
/// @notice A route keeps the number it got when it was first named, so that an incident stores one byte for it.
abstract contract RouteBook is IIncidentBoard, AccessManaged {
    struct Route {
        uint8 number;
        bool enabled;
        bool arbiter;
    }

    uint8 internal _routeCount;
    mapping(address route => Route) internal _routes;
    mapping(uint256 number => address) internal _routeAt;

    /// @inheritdoc IIncidentBoard
    function setRoute(address route, bool enabled) external restricted {
        _numbered(route).enabled = enabled;
        emit RouteSet(route, enabled);
    }

    /// @inheritdoc IIncidentBoard
    function setArbiter(address route, bool arbiter) external restricted {
        _numbered(route).arbiter = arbiter;
        emit ArbiterSet(route, arbiter);
    }

    function _numbered(address route) internal returns (Route storage book) {
        book = _routes[route];
        if (book.number != 0) return book;
        uint8 count = _routeCount;
        if (count == type(uint8).max) revert TooManyRoutes(type(uint8).max);
        _routeCount = book.number = ++count;
        _routeAt[count] = route;
    }

    /// @inheritdoc IIncidentBoard
    function routeState(address route) external view returns (bool enabled, bool arbiter) {
        return (_routes[route].enabled, _routes[route].arbiter);
    }
}
