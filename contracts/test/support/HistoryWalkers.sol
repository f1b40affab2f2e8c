// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ICoverToken} from "../../src/interfaces/ICoverToken.sol";
import {IIncidentBoard} from "../../src/interfaces/IIncidentBoard.sol";
import {IMarketRegistry} from "../../src/interfaces/IMarketRegistry.sol";
import {IRiskOracle} from "../../src/interfaces/IRiskOracle.sol";
import {DayBucket, DayBucketLib} from "../../src/libraries/DayBucket.sol";
import {PriceHistory} from "../../src/libraries/PriceHistory.sol";
import {ShortfallIndex, ShortfallPoint} from "../../src/libraries/ShortfallIndex.sol";
import {MarketKey} from "../../src/types/MarketId.sol";
import {ExitQueue} from "../../src/underwriting/ExitQueue.sol";
import {PoolBase, PoolSystem} from "../../src/underwriting/PoolBase.sol";
import {Exposure, PoolRisk} from "../../src/underwriting/PoolRisk.sol";
import {Capital, MARKET_KNOWN} from "../../src/underwriting/PoolWords.sol";
import {TrancheShares} from "../../src/underwriting/TrancheShares.sol";
import {Walker} from "./Walker.sol";

/// @notice 0: price a is noted on day b. 1: lowest since day a, and until which day. 2: forgets everything.
contract PriceWalker is Walker {
    using PriceHistory for PriceHistory.History;

    PriceHistory.History private _prices;

    function _step(uint256 what, uint256 a, uint256 b, uint256)
        internal
        override
        returns (uint256[3] memory answer)
    {
        if (what == 0) _prices.record(a, b);
        else if (what == 1) (answer[0], answer[1]) = _prices.lowestSince(a);
        else _prices.clear();
    }
}

/// @notice 0: account a gets b shares. 1: a gives b at most c, as far as it has them. 2: a gives up at most b. 3: a snapshot,
/// which ends the class of shares where a is 1. 4: shares of account b and of all at snapshot a, and b's now.
contract BalanceWalker is Walker, TrancheShares {
    function _step(uint256 what, uint256 a, uint256 b, uint256 c)
        internal
        override
        returns (uint256[3] memory answer)
    {
        if (what == 0) {
            _mint(_account(a), b);
        } else if (what == 1) {
            _move(_account(a), _account(b), _min(c, balanceOf(_account(a))));
        } else if (what == 2) {
            _burn(_account(a), _min(b, balanceOf(_account(a))));
        } else if (what == 3) {
            answer[0] = _snapshot(a == 1);
        } else {
            (answer[0], answer[1]) = _at(a, _account(b));
            answer[2] = balanceOf(_account(b));
        }
    }

    function _account(uint256 n) private pure returns (address) {
        return address(uint160(n + 1));
    }

    function _min(uint256 x, uint256 y) private pure returns (uint256) {
        return x < y ? x : y;
    }
}

/// @notice Cover of one market by days, which count from the first day. 0: c cover from day a to day b is sold. 1: the market
/// is caught up with a days; active and committed cover then. 2: cover active on day a. 3: c cover that ends on day a ends
/// on day b instead.
/// @dev Today is the last day that was caught up with.
contract CoverWalker is Walker, PoolRisk {
    MarketKey private constant KEY = MarketKey.wrap(1);
    uint256 private constant SPAN = 2000;

    Exposure private _exposure;

    constructor()
        PoolBase(PoolSystem({
                registry: IMarketRegistry(address(0)),
                oracle: IRiskOracle(address(0)),
                board: IIncidentBoard(address(0)),
                coverToken: ICoverToken(address(0)),
                factory: address(0),
                authority: address(0),
                feeRecipient: address(0)
            }))
    {}

    function _step(uint256 what, uint256 a, uint256 b, uint256 c)
        internal
        override
        returns (uint256[3] memory answer)
    {
        uint256 first = block.timestamp / DAY - SPAN;
        Exposure memory e = _exposure;
        if (e.processedDay == 0) (e.processedDay, e.flags, e.key) = (first, MARKET_KNOWN, KEY);
        if (what == 0) {
            DayBucket start = _buckets[KEY][first + a];
            _buckets[KEY][first + a] = DayBucketLib.pack(start.starts() + c, start.ends(), start.rate());
            _moveEnd(first + b, c, 0);
            e.committed += c;
        } else if (what == 1) {
            Capital memory capital;
            capital.totalCover = e.committed;
            _catchUp(e, capital, a);
            (answer[0], answer[1], answer[2]) = (e.active, e.committed, capital.totalCover);
        } else if (what == 2) {
            answer[0] = _activeAt(KEY, e.processedDay, (first + a) * DAY + DAY - 1);
        } else {
            _moveEnd(first + a, 0, c);
            _moveEnd(first + b, c, 0);
        }
        (_exposure.processedDay, _exposure.flags, _exposure.key) = (e.processedDay, e.flags, KEY);
        (_exposure.active, _exposure.committed) = (e.active, e.committed);
    }

    function _moveEnd(uint256 day, uint256 plus, uint256 minus) private {
        DayBucket end = _buckets[KEY][day];
        _buckets[KEY][day] = DayBucketLib.pack(end.starts(), end.ends() + plus - minus, end.rate());
    }
}

/// @notice 0: controller a asks for b shares that mature at c. 1: at most a shares are struck on day b for c units. 2: controller
/// a takes at most b shares of what was struck up to day c. 3: a snapshot. 4: of request a and controller b, claimable up to
/// day c: of the request, of all, and what of the request is open. 5: of request a, what was struck and unclaimed at snapshot
/// b: first day after c, and its units. 6: of controller a, pending at snapshot b; and what has matured at c.
contract ExitWalker is Walker, ExitQueue {
    uint256 private _snapshots;

    function _step(uint256 what, uint256 a, uint256 b, uint256 c)
        internal
        override
        returns (uint256[3] memory answer)
    {
        if (what == 0) {
            answer[0] = _enqueue(_account(a), b, b, c);
        } else if (what == 1) {
            uint256 pending = _pendingShares();
            if (pending != 0) answer[0] = _recordStrike(a < pending ? a : pending, b, c, 0);
        } else if (what == 2) {
            (answer[0], answer[1], answer[2]) = _take(_account(a), b, c, _snapshots);
        } else if (what == 3) {
            _markQueue(++_snapshots);
        } else if (what == 4) {
            answer[0] = _claimableOf(a, _account(b), c);
            answer[1] = _claimableOfAll(_account(b), c);
            answer[2] = _openOf(a, _account(b));
        } else if (what == 5) {
            (, answer[0], answer[1]) = _escrowOfAt(b, a, c);
        } else {
            (answer[0], answer[1]) = (_pendingOfAllAt(b, _account(a)), _maturedBy(c));
        }
    }

    function _account(uint256 n) private pure returns (address) {
        return address(uint160(n + 1));
    }
}

/// @notice 0: from time a to b the index rises by c. 1: its rise from the first point to the start of day a.
contract ShortfallWalker is Walker {
    mapping(uint256 => ShortfallPoint) private _points;
    uint256 private _count;

    function _step(uint256 what, uint256 a, uint256 b, uint256 c)
        internal
        override
        returns (uint256[3] memory answer)
    {
        if (what == 0) _count = ShortfallIndex.add(_points, _count, a, b, c);
        else answer[0] = ShortfallIndex.rise(_points, 0, _count, a * 1 days);
    }
}
