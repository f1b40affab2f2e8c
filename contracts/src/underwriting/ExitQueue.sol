// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {FixedPointMathLib as Math} from "solady/utils/FixedPointMathLib.sol";
import {SafeCastLib} from "solady/utils/SafeCastLib.sol";

import {IPool} from "../interfaces/IPool.sol";

/// @title The order of exits
/// @notice Requests and strikes lie on one line of shares: a request is a stretch of it, a strike moves the front along
/// it. What a request gets of a strike is where the two overlap, so striking costs the same for one request or a thousand.
abstract contract ExitQueue {
    using SafeCastLib for uint256;

    struct Request {
        address controller;
        uint40 maturesAt;
        /// Stretch on the line: [start, start + shares).
        uint128 start;
        uint128 shares;
        /// Shares already claimed, from the start.
        uint128 claimed;
    }

    struct Strike {
        /// The front after this strike.
        uint128 front;
        uint128 shares;
        uint128 units;
        uint16 day;
    }

    /// @dev Line: end of the last request, and the front up to which it is struck.
    uint128 private _end;
    uint128 private _front;
    /// @dev What is pending, valued at its request or at the last loss since; asset units.
    uint128 private _requestedAssets;
    Request[] private _requests;
    Strike[] private _strikes;
    mapping(address => uint256[]) private _requestsOf;
    mapping(address => uint256) private _headOf;
    /// @dev Front (u128) and end (u128) of the line when a snapshot was taken.
    mapping(uint256 => uint256) private _lineAt;

    function requestOf(uint256 requestId) external view returns (Request memory) {
        return _requests[requestId - 1];
    }

    function requestsOf(address controller) external view returns (uint256[] memory) {
        return _requestsOf[controller];
    }

    function strikeOf(uint256 strike) external view returns (Strike memory) {
        return _strikes[strike - 1];
    }

    /// @notice Pending shares, and the assets they were valued at when requested.
    function pendingExits() external view returns (uint256 shares, uint256 assets) {
        return (_end - _front, _requestedAssets);
    }

    function _enqueue(address controller, uint256 shares, uint256 assets, uint256 maturesAt)
        internal
        returns (uint256 requestId)
    {
        uint256 count = _requests.length;
        // In order of request: none matures before the one ahead of it.
        if (count != 0) maturesAt = Math.max(maturesAt, _requests[count - 1].maturesAt);
        _requests.push(Request(controller, uint40(maturesAt), _end, shares.toUint128(), 0));
        _end += uint128(shares);
        _requestedAssets += assets.toUint128();
        requestId = count + 1;
        _requestsOf[controller].push(requestId);
    }

    /// @dev Shares at the front of the line that have matured. Finds the last matured request by halving.
    function _matured() internal view returns (uint256 shares, uint256 pending, uint256 requested) {
        pending = _end - _front;
        requested = _requestedAssets;
        uint256 count = _firstLaterThan(block.timestamp);
        if (count == 0) return (0, pending, requested);
        Request storage last = _requests[count - 1];
        shares = Math.zeroFloorSub(uint256(last.start) + last.shares, _front);
    }

    /// @dev Number of requests that mature at `time` or before; they do so in order.
    function _firstLaterThan(uint256 time) private view returns (uint256 low) {
        uint256 high = _requests.length;
        while (low < high) {
            uint256 mid = (low + high) >> 1;
            if (_requests[mid].maturesAt <= time) low = mid + 1;
            else high = mid;
        }
    }

    /// @dev Maturity of the request at the front; 0 where nothing is pending.
    function _nextMaturity() internal view returns (uint256) {
        if (_end == _front) return 0;
        uint256 low;
        uint256 high = _requests.length;
        while (low < high) {
            uint256 mid = (low + high) >> 1;
            if (uint256(_requests[mid].start) + _requests[mid].shares <= _front) low = mid + 1;
            else high = mid;
        }
        return _requests[low].maturesAt;
    }

    function _pendingShares() internal view returns (uint256) {
        return _end - _front;
    }

    function _revalueQueue(uint256 assets) internal {
        _requestedAssets = assets.toUint128();
    }

    /// @dev Requests of a class that was wiped out are worth nothing: the front jumps over them.
    function _clearQueue() internal {
        _front = _end;
        _requestedAssets = 0;
    }

    function _recordStrike(uint256 shares, uint256 day, uint256 units, uint256 released)
        internal
        returns (uint256 strike)
    {
        _front += uint128(shares);
        _requestedAssets -= uint128(released);
        _strikes.push(Strike(_front, uint128(shares), units.toUint128(), uint16(day)));
        strike = _strikes.length;
    }

    /// @dev Takes up to `shares` of the controller's oldest struck and matured request, from one strike.
    function _take(address controller, uint256 shares, IPool pool_, bool senior)
        internal
        returns (uint256 part, uint256 day, uint256 units)
    {
        uint256[] storage own = _requestsOf[controller];
        uint256 at = _headOf[controller];
        while (at < own.length) {
            Request storage r = _requests[own[at] - 1];
            if (r.claimed < r.shares) {
                (part, day, units) = _overlap(r, pool_, senior);
                if (part != 0 || !_isOver(r)) break;
            }
            ++at;
        }
        if (at != _headOf[controller]) _headOf[controller] = at;
        if (part == 0) return (0, 0, 0);
        if (part > shares) {
            units = units * shares / part;
            part = shares;
        }
        _requests[own[at] - 1].claimed += uint128(part);
    }

    /// @dev Whether the front jumped over what is left of a request.
    function _isOver(Request storage r) private view returns (bool) {
        uint256 next = uint256(r.start) + r.claimed;
        return next < _front && _strikeAt(next) == 0;
    }

    /// @dev Number of the strike that took the share at `position`; 0 if none did.
    function _strikeAt(uint256 position) private view returns (uint256) {
        uint256 low;
        uint256 high = _strikes.length;
        while (low < high) {
            uint256 mid = (low + high) >> 1;
            if (_strikes[mid].front <= position) low = mid + 1;
            else high = mid;
        }
        if (low == _strikes.length || _strikes[low].front - _strikes[low].shares > position) return 0;
        return low + 1;
    }

    /// @dev What the next strike of a request gives: shares, escrow day and units. Zero before it matures.
    function _overlap(Request storage r, IPool pool_, bool senior)
        private
        view
        returns (uint256 part, uint256 day, uint256 units)
    {
        uint256 from = uint256(r.start) + r.claimed;
        uint256 number = _strikeAt(from);
        if (number == 0) return (0, 0, 0);
        Strike memory s = _strikes[number - 1];
        (,, uint256 maturesAt) = pool_.escrowOf(senior, s.day);
        if (block.timestamp < maturesAt) return (0, 0, 0);
        part = Math.min(s.front, uint256(r.start) + r.shares) - from;
        day = s.day;
        units = Math.fullMulDiv(s.units, part, s.shares);
    }

    function _pendingOf(uint256 requestId, address controller) internal view returns (uint256) {
        Request memory r = _requests[requestId - 1];
        if (r.controller != controller) return 0;
        return Math.zeroFloorSub(uint256(r.start) + r.shares, Math.max(_front, r.start));
    }

    function _claimableOf(uint256 requestId, address controller, IPool pool_, bool senior)
        internal
        view
        returns (uint256 sum)
    {
        Request memory r = _requests[requestId - 1];
        if (r.controller != controller) return 0;
        uint256 from = uint256(r.start) + r.claimed;
        uint256 end = uint256(r.start) + r.shares;
        uint256 number = _strikeAt(from);
        while (number != 0 && number <= _strikes.length && from < end) {
            Strike memory s = _strikes[number - 1];
            (,, uint256 maturesAt) = pool_.escrowOf(senior, s.day);
            // A gap is what the front jumped over.
            if (block.timestamp < maturesAt || s.front - s.shares > from) break;
            uint256 part = Math.min(s.front, end) - from;
            sum += part;
            from += part;
            ++number;
        }
    }

    function _claimableOfAll(address controller, IPool pool_, bool senior)
        internal
        view
        returns (uint256 sum)
    {
        uint256[] storage own = _requestsOf[controller];
        for (uint256 i = _headOf[controller]; i < own.length; ++i) {
            sum += _claimableOf(own[i], controller, pool_, senior);
        }
    }

    function _markQueue(uint256 snapshot) internal {
        _lineAt[snapshot] = uint256(_front) | (uint256(_end) << 128);
    }

    /// @dev Shares of a controller's requests that were pending at a snapshot.
    function _pendingOfAllAt(uint256 snapshot, address controller) internal view returns (uint256 sum) {
        uint256 line = _lineAt[snapshot];
        uint256[] storage own = _requestsOf[controller];
        for (uint256 i; i < own.length; ++i) {
            Request storage r = _requests[own[i] - 1];
            uint256 from = Math.max(r.start, uint128(line));
            uint256 to = Math.min(uint256(r.start) + r.shares, line >> 128);
            if (to > from) sum += to - from;
        }
    }
}
