// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {FixedPointMathLib as Math} from "solady/utils/FixedPointMathLib.sol";
import {SafeCastLib} from "solady/utils/SafeCastLib.sol";

/// @title The order of exits
/// @notice Requests and strikes lie on one line of shares: a request is a stretch of it, a strike moves the front along
/// it. What a request gets of a strike is where the two overlap, so striking costs the same for one request or a thousand.
/// @dev Nothing here walks a list: requests of a controller, strikes and units are kept as running sums and searched by
/// halving. Claims of a controller go along the line, oldest first.
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
        /// Shares of all earlier requests of the same controller.
        uint128 earlier;
    }

    struct Strike {
        /// The front after this strike.
        uint128 front;
        /// Escrow units of its day up to and with this strike.
        uint112 units;
        uint16 day;
    }

    /// @dev What was claimed of a request at the snapshots up to `through`.
    struct Claimed {
        uint32 through;
        uint128 shares;
    }

    uint256 internal constant DAY = 1 days;

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
    mapping(uint256 => Claimed[]) private _claimedPast;

    /// @notice A request by its number, from 1; reverts for a number that was never given.
    function requestOf(uint256 requestId) external view returns (Request memory) {
        return _requests[requestId - 1];
    }

    /// @notice Numbers of all requests a controller ever had, oldest first, those claimed in full included. Grows
    /// without bound: for reading off-chain.
    function requestsOf(address controller) external view returns (uint256[] memory) {
        return _requestsOf[controller];
    }

    /// @notice Shares of a request that wait to be struck; they still bear the tranche's losses.
    function unstruckOf(uint256 requestId) external view returns (uint256) {
        Request memory r = _requests[requestId - 1];
        return Math.zeroFloorSub(uint256(r.start) + r.shares, Math.max(_front, r.start));
    }

    /// @notice A strike by its number, from 1; reverts for a number that was never given.
    function strikeOf(uint256 strike) external view returns (Strike memory) {
        return _strikes[strike - 1];
    }

    /// @notice Shares that wait to be struck, and the assets they were valued at when requested.
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
        uint256[] storage own = _requestsOf[controller];
        uint256 earlier;
        if (own.length != 0) {
            Request storage last = _requests[own[own.length - 1] - 1];
            earlier = uint256(last.earlier) + last.shares;
        }
        _requests.push(
            Request(controller, uint40(maturesAt), _end, shares.toUint128(), 0, earlier.toUint128())
        );
        _end += uint128(shares);
        _requestedAssets += assets.toUint128();
        requestId = count + 1;
        own.push(requestId);
    }

    /// @dev Shares at the front of the line that matured at `time` or before.
    function _maturedBy(uint256 time) internal view returns (uint256) {
        uint256 count = _firstLaterThan(time);
        if (count == 0) return 0;
        Request storage last = _requests[count - 1];
        return Math.zeroFloorSub(uint256(last.start) + last.shares, _front);
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

    function _requested() internal view returns (uint256) {
        return _requestedAssets;
    }

    function _revalueQueue(uint256 assets) internal {
        _requestedAssets = assets.toUint128();
    }

    /// @dev Requests of a class that was wiped out are worth nothing: they are struck for no units.
    function _clearQueue() internal {
        uint256 shares = _pendingShares();
        if (shares != 0) _recordStrike(shares, block.timestamp / DAY, 0, _requestedAssets);
    }

    function _recordStrike(uint256 shares, uint256 day, uint256 units, uint256 released)
        internal
        returns (uint256 strike)
    {
        strike = _strikes.length;
        if (strike != 0 && _strikes[strike - 1].day == day) units += _strikes[strike - 1].units;
        _front += uint128(shares);
        _requestedAssets -= uint128(released);
        _strikes.push(Strike(_front, units.toUint112(), uint16(day)));
        ++strike;
    }

    /// @dev Takes up to `shares` of the controller's oldest request, from one day's strikes, where that day is not later
    /// than `lastDay`. `newest` is the newest snapshot.
    function _take(address controller, uint256 shares, uint256 lastDay, uint256 newest)
        internal
        returns (uint256 part, uint256 day, uint256 units)
    {
        uint256[] storage own = _requestsOf[controller];
        uint256 head = _headOf[controller];
        if (head == own.length) return (0, 0, 0);
        uint256 id = own[head];
        Request storage r = _requests[id - 1];
        uint256 from = uint256(r.start) + r.claimed;
        uint256 end = uint256(r.start) + r.shares;
        if (_frontOn(lastDay) <= from) return (0, 0, 0);
        day = _strikes[_strikeAt(from)].day;
        part = Math.min(Math.min(end - from, shares), _frontOn(day) - from);
        units = _unitsBetween(from, from + part);
        _rememberClaimed(id, r, newest);
        r.claimed += uint128(part);
        if (from + part == end) _headOf[controller] = head + 1;
    }

    /// @dev Index of the strike that took the share at `position`; the number of strikes if none did.
    function _strikeAt(uint256 position) private view returns (uint256 low) {
        uint256 high = _strikes.length;
        while (low < high) {
            uint256 mid = (low + high) >> 1;
            if (_strikes[mid].front <= position) low = mid + 1;
            else high = mid;
        }
    }

    /// @dev The front after the last strike of a day or before.
    function _frontOn(uint256 day) private view returns (uint256) {
        uint256 low;
        uint256 high = _strikes.length;
        while (low < high) {
            uint256 mid = (low + high) >> 1;
            if (_strikes[mid].day <= day) low = mid + 1;
            else high = mid;
        }
        return low == 0 ? 0 : _strikes[low - 1].front;
    }

    /// @dev Units of a stretch that was struck on one day. Stretches that lie side by side add up to the unit.
    function _unitsBetween(uint256 from, uint256 to) private view returns (uint256) {
        return _unitsBelow(to, _strikeAt(to - 1)) - _unitsBelow(from, _strikeAt(from));
    }

    /// @dev Units of a day up to a position within one of its strikes, rounded down.
    function _unitsBelow(uint256 position, uint256 index) private view returns (uint256) {
        Strike memory s = _strikes[index];
        uint256 start;
        uint256 before;
        if (index != 0) {
            Strike memory last = _strikes[index - 1];
            start = last.front;
            if (last.day == s.day) before = last.units;
        }
        return before + Math.fullMulDiv(s.units - before, position - start, s.front - start);
    }

    /// @dev Shares of a controller's requests on the line below a position.
    function _ownBelow(address controller, uint256 position) private view returns (uint256) {
        uint256[] storage own = _requestsOf[controller];
        uint256 low;
        uint256 high = own.length;
        while (low < high) {
            uint256 mid = (low + high) >> 1;
            if (_requests[own[mid] - 1].start < position) low = mid + 1;
            else high = mid;
        }
        if (low == 0) return 0;
        Request storage r = _requests[own[low - 1] - 1];
        return r.earlier + Math.min(position - r.start, r.shares);
    }

    /// @dev The request, where it exists and is the controller's; else one of nothing.
    function _ownRequest(uint256 requestId, address controller) private view returns (Request memory r) {
        if (requestId == 0 || requestId > _requests.length) return r;
        if (_requests[requestId - 1].controller == controller) r = _requests[requestId - 1];
    }

    /// @dev What has been asked for and not been claimed.
    function _openOf(uint256 requestId, address controller) internal view returns (uint256) {
        Request memory r = _ownRequest(requestId, controller);
        return r.shares - r.claimed;
    }

    /// @dev What was struck on `lastDay` or before, and not claimed.
    function _claimableOf(uint256 requestId, address controller, uint256 lastDay)
        internal
        view
        returns (uint256)
    {
        Request memory r = _ownRequest(requestId, controller);
        uint256 to = Math.min(_frontOn(lastDay), uint256(r.start) + r.shares);
        return Math.zeroFloorSub(to, uint256(r.start) + r.claimed);
    }

    function _claimableOfAll(address controller, uint256 lastDay) internal view returns (uint256) {
        uint256[] storage own = _requestsOf[controller];
        uint256 head = _headOf[controller];
        if (head == own.length) return 0;
        Request storage r = _requests[own[head] - 1];
        return Math.zeroFloorSub(_ownBelow(controller, _frontOn(lastDay)), uint256(r.earlier) + r.claimed);
    }

    function _markQueue(uint256 snapshot) internal {
        _lineAt[snapshot] = uint256(_front) | (uint256(_end) << 128);
    }

    /// @dev Shares of a controller's requests that were pending at a snapshot.
    function _pendingOfAllAt(uint256 snapshot, address controller) internal view returns (uint256) {
        uint256 line = _lineAt[snapshot];
        return _ownBelow(controller, line >> 128) - _ownBelow(controller, uint128(line));
    }

    /// @dev Writes down what was claimed of a request until now, where a snapshot has seen a part of it struck and
    /// unclaimed.
    function _rememberClaimed(uint256 id, Request storage r, uint256 newest) private {
        if (uint128(_lineAt[newest]) <= uint256(r.start) + r.claimed) return;
        Claimed[] storage past = _claimedPast[id];
        if (past.length != 0 && past[past.length - 1].through == newest) return;
        past.push(Claimed(uint32(newest), r.claimed));
    }

    function _claimedAt(uint256 snapshot, uint256 id) private view returns (uint256) {
        Claimed[] storage past = _claimedPast[id];
        uint256 low;
        uint256 high = past.length;
        while (low < high) {
            uint256 mid = (low + high) >> 1;
            if (past[mid].through < snapshot) low = mid + 1;
            else high = mid;
        }
        return low == past.length ? _requests[id - 1].claimed : past[low].shares;
    }

    /// @dev First day after `afterDay` on which a part of a request was struck that was not claimed at a snapshot, and the
    /// units of that part; day 0 where there is none.
    function _escrowOfAt(uint256 snapshot, uint256 id, uint256 afterDay)
        internal
        view
        returns (address controller, uint256 day, uint256 units)
    {
        if (id == 0 || id > _requests.length) return (address(0), 0, 0);
        Request memory r = _requests[id - 1];
        controller = r.controller;
        uint256 from = Math.max(uint256(r.start) + _claimedAt(snapshot, id), _frontOn(afterDay));
        uint256 to = Math.min(uint256(r.start) + r.shares, uint128(_lineAt[snapshot]));
        if (from >= to) return (controller, 0, 0);
        day = _strikes[_strikeAt(from)].day;
        units = _unitsBetween(from, Math.min(to, _frontOn(day)));
    }
}
