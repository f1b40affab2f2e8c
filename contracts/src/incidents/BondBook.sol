// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {IIncidentBoard} from "../interfaces/IIncidentBoard.sol";
import {MarketId} from "../types/MarketId.sol";
import {RouteBook} from "./RouteBook.sol";

/// @title Bonds of the routes: what is free, what is locked to an incident, what was forfeited
/// @notice For each asset, at all times: balance >= free + locked + owed to pools + to be burned.
abstract contract BondBook is RouteBook, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    /// @dev Draws on one incident's bond. `forfeit` is the part of the rest that goes to the pools that drew.
    struct Draws {
        uint96 drawn;
        uint96 forfeit;
        mapping(address pool => uint96) byPool;
        mapping(address pool => bool) done;
    }

    /// @dev Times of a market's last rejections of bonded incidents, the newest overwriting the oldest.
    struct Rejections {
        uint40[10] times;
        uint8 next;
    }

    /// @dev Least bond of a route in an asset.
    struct Floor {
        uint96 amount;
        /// Not raised again before this time.
        uint40 notBefore;
    }

    address internal constant BURN_ADDRESS = 0x000000000000000000000000000000000000dEaD;
    /// @dev Length of `Rejections.times`.
    uint256 internal constant MAX_DOUBLINGS = 10;
    uint256 internal constant REJECTION_MEMORY = 30 days;
    uint40 internal constant FLOOR_REST = 30 days;

    mapping(address route => mapping(address asset => uint96)) internal _free;
    mapping(address route => mapping(address asset => Floor)) internal _floor;
    mapping(address asset => uint256) internal _toBurn;
    mapping(uint256 number => Draws) internal _draws;
    mapping(MarketId market => Rejections) internal _rejections;

    /// @inheritdoc IIncidentBoard
    function fundBond(address route, address asset, uint256 amount)
        external
        nonReentrant
        returns (uint96 received)
    {
        _known(route);
        uint256 before = IERC20(asset).balanceOf(address(this));
        IERC20(asset).safeTransferFrom(msg.sender, address(this), amount);
        uint256 arrived = IERC20(asset).balanceOf(address(this)) - before;
        uint256 free = _free[route][asset] + arrived;
        if (free > type(uint96).max) revert BondTooLarge(free, type(uint96).max);
        _free[route][asset] = uint96(free);
        received = uint96(arrived);
        emit BondFunded(route, asset, msg.sender, received);
    }

    /// @inheritdoc IIncidentBoard
    function withdrawBond(address asset, uint96 amount, address to) external nonReentrant {
        if (to == address(0)) revert ReceiverInvalid(to);
        uint96 free = _free[msg.sender][asset];
        if (amount > free) revert BondTooLarge(amount, free);
        _free[msg.sender][asset] = free - amount;
        emit BondWithdrawn(msg.sender, asset, to, amount);
        IERC20(asset).safeTransfer(to, amount);
    }

    /// @inheritdoc IIncidentBoard
    function burnForfeits(address asset) external nonReentrant returns (uint256 amount) {
        amount = _toBurn[asset];
        if (amount == 0) return 0;
        _toBurn[asset] = 0;
        emit ForfeitsBurned(asset, amount);
        IERC20(asset).safeTransfer(BURN_ADDRESS, amount);
    }

    /// @inheritdoc IIncidentBoard
    function setBondFloor(address route, address asset, uint96 floor) external restricted {
        if (!_known(route).bonded) revert RouteNotBonded(route);
        Floor storage book = _floor[route][asset];
        uint96 current = book.amount;
        uint256 max = current == 0 ? type(uint96).max : 2 * uint256(current);
        if (asset == address(0) || floor == 0 || floor > max) {
            revert BondFloorOutOfBounds(asset, floor, 1, max);
        }
        uint40 time = uint40(block.timestamp);
        if (current != 0 && floor > current) {
            if (time < book.notBefore) revert BondFloorTooSoon(book.notBefore);
            book.notBefore = time + FLOOR_REST;
        }
        book.amount = floor;
        emit BondFloorSet(route, asset, floor);
    }

    /// @inheritdoc IIncidentBoard
    function freeBond(address route, address asset) external view returns (uint96) {
        return _free[route][asset];
    }

    /// @inheritdoc IIncidentBoard
    function drawnBy(uint256 number, address pool) external view returns (uint96) {
        return _draws[number].byPool[pool];
    }

    /// @inheritdoc IIncidentBoard
    function recentRejections(MarketId market) public view returns (uint256 count) {
        Rejections storage book = _rejections[market];
        for (uint256 i; i < MAX_DOUBLINGS; ++i) {
            uint256 time = book.times[i];
            if (time != 0 && time + REJECTION_MEMORY > block.timestamp) ++count;
        }
    }

    /// @dev 0 for a route without bond.
    function _requiredBond(address route, address asset, MarketId market) internal view returns (uint256) {
        if (!_routes[route].bonded) return 0;
        uint256 floor = _floor[route][asset].amount;
        if (floor == 0) revert BondFloorUnset(route, asset);
        return floor << recentRejections(market);
    }

    /// @dev Locks what the route has free, up to `wanted`.
    function _lock(address route, address asset, uint96 wanted) internal returns (uint96 locked) {
        if (wanted == 0) return 0;
        uint96 free = _free[route][asset];
        locked = wanted < free ? wanted : free;
        _free[route][asset] = free - locked;
    }

    function _return(uint256 number, address route, address asset, uint96 amount) internal {
        if (amount == 0) return;
        _free[route][asset] += amount;
        emit BondReturned(number, route, amount);
    }

    function _draw(uint256 number, uint96 bond, uint96 wanted) internal returns (uint96 granted) {
        Draws storage draws = _draws[number];
        if (draws.done[msg.sender]) revert InterimAlreadyDrawn(number, msg.sender);
        uint96 left = bond - draws.drawn;
        granted = wanted < left ? wanted : left;
        draws.done[msg.sender] = true;
        draws.byPool[msg.sender] = granted;
        draws.drawn += granted;
        emit InterimDrawn(number, msg.sender, granted);
    }

    /// @dev Half of what no pool drew goes back to the route, rounded down; the rest is for the pools that drew.
    function _forfeit(uint256 number, MarketId market, address route, address asset, uint96 bond) internal {
        if (bond == 0) return;
        Draws storage draws = _draws[number];
        uint96 drawn = draws.drawn;
        uint96 returned = (bond - drawn) / 2;
        uint96 forfeited = bond - drawn - returned;
        if (drawn == 0) _toBurn[asset] += forfeited;
        else draws.forfeit = forfeited;
        Rejections storage book = _rejections[market];
        uint8 next = book.next;
        book.times[next] = uint40(block.timestamp);
        book.next = uint8((next + 1) % MAX_DOUBLINGS);
        _return(number, route, asset, returned);
    }

    /// @dev What the caller drew and its part of the rest, rounded down; once.
    function _collect(uint256 number, address asset) internal returns (uint96 amount) {
        Draws storage draws = _draws[number];
        uint96 draw = draws.byPool[msg.sender];
        if (draw == 0) return 0;
        draws.byPool[msg.sender] = 0;
        amount = draw + uint96(Math.mulDiv(draws.forfeit, draw, draws.drawn));
        emit BondForfeited(number, msg.sender, amount);
        IERC20(asset).safeTransfer(msg.sender, amount);
    }
}
