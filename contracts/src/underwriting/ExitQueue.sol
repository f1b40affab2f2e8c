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
        uint32 epoch;
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
    /// @dev Valued at their request: assets of what is pending; start of the current epoch's requests on the line.
    uint128 private _requestedAssets;
    uint128 private _epochStart;
    Request[] private _requests;
    Strike[] private _strikes;
    /// @dev First request that is not entirely matured-and-struck.
    uint256 private _head;
    mapping(address => uint256[]) private _requestsOf;
    mapping(address => uint256) private _headOf;
    /// @dev Front of the line when a snapshot was taken.
    mapping(uint256 => uint256) private _frontAt;

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

    function _enqueue(address controller, uint256 shares, uint256 assets, uint256 maturesAt, uint256 epoch)
        internal
        returns (uint256 requestId)
    {
        uint256 count = _requests.length;
        // In order of request: none matures before the one ahead of it.
        if (count != 0) maturesAt = Math.max(maturesAt, _requests[count - 1].maturesAt);
        _requests.push(Request(controller, uint40(maturesAt), uint32(epoch), _end, shares.toUint128(), 0));
        _end += uint128(shares);
        _requestedAssets += assets.toUint128();
        requestId = count + 1;
        _requestsOf[controller].push(requestId);
    }

    /// @dev Shares at the front of the line that have matured. Finds the last matured request by halving.
    function _matured(uint256 epoch) internal returns (uint256 shares, uint256 pending, uint256 requested) {
        _skipOldEpoch(epoch);
        pending = _end - _front;
        requested = _requestedAssets;
        uint256 low = _head;
        uint256 high = _requests.length;
        while (low < high) {
            uint256 mid = (low + high) >> 1;
            if (_requests[mid].maturesAt <= block.timestamp) low = mid + 1;
            else high = mid;
        }
        if (low != 0) {
            uint256 upTo = uint256(_requests[low - 1].start) + _requests[low - 1].shares;
            if (upTo > _front) shares = upTo - _front;
        }
    }

    /// @dev Requests of a class that was wiped out are worth nothing: the front jumps over them.
    function _skipOldEpoch(uint256 epoch) private {
        uint256 count = _requests.length;
        uint256 low = _head;
        uint256 high = count;
        while (low < high) {
            uint256 mid = (low + high) >> 1;
            if (_requests[mid].epoch < epoch) low = mid + 1;
            else high = mid;
        }
        if (low == _head) return;
        _head = low;
        uint128 start = low == count ? _end : _requests[low].start;
        if (start > _front) _front = start;
    }

    function _nextMaturity(uint256) internal view returns (uint256) {
        uint256 count = _requests.length;
        for (uint256 i = _head; i < count; ++i) {
            if (uint256(_requests[i].start) + _requests[i].shares > _front) return _requests[i].maturesAt;
        }
        return 0;
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

    function _pendingOf(uint256 requestId, address controller, uint256 epoch) internal view returns (uint256) {
        Request memory r = _requests[requestId - 1];
        if (r.controller != controller || r.epoch != epoch) return 0;
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
            if (block.timestamp < maturesAt || s.front <= from) break;
            uint256 part = Math.min(s.front, end) - from;
            sum += part;
            from += part;
            ++number;
        }
    }

    function _claimableOfAll(address controller, IPool pool_, bool senior) internal view returns (uint256 sum) {
        uint256[] storage own = _requestsOf[controller];
        for (uint256 i = _headOf[controller]; i < own.length; ++i) {
            sum += _claimableOf(own[i], controller, pool_, senior);
        }
    }

    function _markQueue(uint256 snapshot) internal {
        _frontAt[snapshot] = _front;
    }

    /// @dev Shares of a controller's requests that were pending at a snapshot taken when `_end` was at least theirs.
    function _pendingAt(uint256 snapshot, uint256 requestId) internal view returns (uint256) {
        Request memory r = _requests[requestId - 1];
        return Math.zeroFloorSub(uint256(r.start) + r.shares, Math.max(_frontAt[snapshot], r.start));
    }
}
