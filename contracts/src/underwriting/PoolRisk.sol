// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {FixedPointMathLib as Math} from "solady/utils/FixedPointMathLib.sol";

import {DayBucket, DayBucketLib} from "../libraries/DayBucket.sol";
import {ExpiryBitmap} from "../libraries/ExpiryBitmap.sol";
import {ExposureMath} from "../libraries/ExposureMath.sol";
import {PremiumMath} from "../libraries/PremiumMath.sol";
import {MarketId, MarketKey} from "../types/MarketId.sol";
import {MarketStatus} from "../types/MarketStatus.sol";
import {GroupCard, RiskCard, RiskInputs} from "../types/RiskCards.sol";
import {PoolBase} from "./PoolBase.sol";
import {
    Capital,
    GroupWord,
    GroupWordLib,
    MARKET_ENDED,
    MARKET_KNOWN,
    MarketWord,
    MarketWordLib
} from "./PoolWords.sol";

/// @notice A market and its groups in memory while a call works on them.
struct Exposure {
    MarketId market;
    MarketKey key;
    MarketStatus status;
    /// The market's word, opened.
    uint256 committed;
    uint256 active;
    uint256 processedDay;
    uint256 nonce;
    uint256 counter;
    uint256 flags;
    /// The oracle's answer; its card, and the card whose weights the market carries in V.
    RiskInputs inputs;
    RiskCard card;
    RiskCard applied;
    /// The market's groups (4 x u16), their words, and bit i where the i-th differs from storage.
    uint64 groups;
    uint256 groupCount;
    GroupWord[4] words;
    uint256 changed;
    /// V times 1e16.
    uint256 variance;
}

/// @title Exposure of a pool: markets, groups, and the variance they add up to
/// @notice Keeps the pool's variance V in step with what is sold, ends and is rated anew, exactly.
/// @dev Loads a market, catches it up with its days, applies its card, re-weighs it; all in memory, then stores.
abstract contract PoolRisk is PoolBase {
    using ExpiryBitmap for mapping(uint256 => uint256);

    /// @dev Days a purchase catches up by itself; beyond, the market is overstated (safe) until poked.
    uint256 internal constant INLINE_DAYS = 32;

    /// @dev The market as stored, with the registry's status and the oracle's cards. Two external calls.
    function _loadExposure(MarketId market) internal view returns (Exposure memory e) {
        e.market = market;
        e.key = market.keyOf();
        MarketWord word = _markets[market];
        if (word.flags() & MARKET_KNOWN == 0) revert MarketNotAttached(market);
        e.committed = word.committed();
        e.active = word.active();
        e.processedDay = word.processedDay();
        e.nonce = word.nonce();
        e.counter = word.counter();
        e.flags = word.flags();
        e.variance = _variance;
        e.status = REGISTRY.status(market);
        _loadCards(e);
    }

    function _loadCards(Exposure memory e) private view {
        uint64 groups = e.status.groups();
        RiskInputs memory answer = ORACLE.inputs(e.market, groups);
        e.inputs = answer;
        e.card = answer.card;
        e.groups = groups;
        unchecked {
            uint256 i;
            for (; i < 4 && groups != 0; ++i) {
                e.words[i] = _groups[uint16(groups)];
                groups >>= 16;
            }
            e.groupCount = i;
        }
        e.applied = answer.card.nonce() == e.nonce ? answer.card : _appliedCards[e.key];
    }

    function _groupOf(Exposure memory e, uint256 i) internal pure returns (uint16) {
        return uint16(e.groups >> (16 * i));
    }

    /// @dev The oracle's card of the i-th group; the five words lie in a row.
    function _groupCardOf(Exposure memory e, uint256 i) internal pure returns (GroupCard card) {
        RiskInputs memory inputs = e.inputs;
        assembly ("memory-safe") {
            card := mload(add(inputs, mul(0x20, add(i, 1))))
        }
    }

    /// @dev Applies the oracle's card and the groups' s to what the market already carries. Never reverts.
    function _applyCards(Exposure memory e, Capital memory c) internal {
        if (_previewCards(e, c)) _appliedCards[e.key] = e.card;
    }

    /// @dev The same in memory alone; whether the card is another one.
    function _previewCards(Exposure memory e, Capital memory c) internal view returns (bool) {
        uint256 count = e.groupCount;
        for (uint256 i; i < count; ++i) {
            GroupWord g = e.words[i];
            uint256 s = _groupCardOf(e, i).s();
            if (s == 0 || s == g.s()) continue;
            e.variance = e.variance - ExposureMath.systematic(g.s(), g.weighted())
                + ExposureMath.systematic(s, g.weighted());
            e.words[i] = GroupWordLib.pack(g.weighted(), g.unweighted(), s);
            e.changed |= 1 << i;
        }
        if (e.card.nonce() == e.nonce) return false;
        _weigh(e, c, e.card, e.committed);
        e.nonce = e.card.nonce();
        e.applied = e.card;
        return true;
    }

    /// @dev Moves the market from (applied card, committed) to (card, committed), exactly. What is taken away was added
    /// before with the same figures; sums stay below 2^252 while cover is below 2^96 (checked when words are packed).
    function _weigh(Exposure memory e, Capital memory c, RiskCard card, uint256 committed) internal view {
        if (committed >> 88 != 0) revert AmountTooLarge(committed, type(uint88).max);
        unchecked {
            RiskCard applied = e.applied;
            uint256 was = e.committed;
            uint256 v = e.variance + ExposureMath.idiosyncratic(card.v(), committed)
                - ExposureMath.idiosyncratic(applied.v(), was);
            uint256 count = e.groupCount;
            for (uint256 i; i < count; ++i) {
                GroupWord g = e.words[i];
                uint256 s = g.s();
                uint256 y = g.weighted();
                uint256 after_ = y + card.w(i) * committed - applied.w(i) * was;
                v = v + ExposureMath.systematic(s, after_) - ExposureMath.systematic(s, y);
                e.words[i] = GroupWordLib.pack(after_, g.unweighted() + committed - was, s);
            }
            e.changed = 15;
            e.variance = v;
            uint256 unit = _lossUnit() * 1e8;
            c.expectedLoss = c.expectedLoss + card.el() * committed / unit - applied.el() * was / unit;
            c.totalCover = c.totalCover + committed - was;
            e.committed = committed;
        }
    }

    /// @dev Walks the days up to today, at most `maxDays`: cover starts and ends; cover that ended R and a day ago leaves V. A
    /// processed day with anything on it keeps the running active cover and is marked: it is the checkpoint.
    function _catchUp(Exposure memory e, Capital memory c, uint256 maxDays) internal {
        uint256 from = e.processedDay;
        uint256 to = block.timestamp / DAY;
        if (to <= from || maxDays == 0) return;
        to = Math.min(to - from, maxDays) + from;
        mapping(uint256 => DayBucket) storage buckets = _buckets[e.key];
        for (uint256 day = from + 1; day <= to; ++day) {
            DayBucket b = buckets[day];
            if (DayBucket.unwrap(b) == 0) continue;
            e.active = e.active + b.starts() - b.ends();
            buckets[day] = DayBucketLib.pack(e.active, b.ends(), b.rate());
            _marketDays[e.key].set(day);
        }
        e.processedDay = to;
        uint256 retired = _endsBetween(e.key, from, to);
        if (retired != 0 && e.flags & MARKET_ENDED == 0) _weigh(e, c, e.applied, e.committed - retired);
    }

    /// @dev Cover that ended on days in (from - R - 1, to - R - 1]; all of them are processed. The day beyond R is for an
    /// incident raised in the last moment to be taken note of.
    function _endsBetween(MarketKey key, uint256 from, uint256 to) private view returns (uint256 sum) {
        uint256 window = _raiseWindowDays() + 1;
        uint256 day = from - window;
        while ((day = _marketDays[key].nextAfter(day, to - window)) != 0) sum += _buckets[key][day].ends();
    }

    function _storeExposure(Exposure memory e) internal {
        _markets[e.market] =
            MarketWordLib.pack(e.committed, e.active, e.processedDay, e.nonce, e.counter, e.flags);
        uint256 count = e.groupCount;
        uint256 changed = e.changed;
        for (uint256 i; i < count; ++i) {
            if (changed & (1 << i) != 0) _groups[_groupOf(e, i)] = e.words[i];
        }
        _variance = e.variance;
    }

    /// @dev Utilisation of pricing capital in basis points, rounded up.
    function _utilisationBps(uint256 required, uint256 pricing) internal pure returns (uint256) {
        if (required == 0) return 0;
        if (pricing == 0) return type(uint16).max;
        // Required capital is below 2^152: 24 bits of z, 128 of a root.
        unchecked {
            return Math.min(Math.divUp(required * 1e4, pricing * PremiumMath.CAPITAL_UNIT), type(uint16).max);
        }
    }

    /// @dev Utilisation from the stored variance; for calls that do not price.
    function _refreshUtilisation(Capital memory c) internal view {
        c.utilisation = _utilisationBps(PremiumMath.requiredCapitalUp(_variance, _facts.z), c.pricing);
    }

    /// @dev Cover of a market active at `time`; the bucket of the last non-empty day up to it keeps the figure.
    function _activeAt(MarketKey key, uint256 processedDay, uint256 time) internal view returns (uint256) {
        uint256 day = time / DAY;
        if (day > processedDay) revert MarketBehind(_marketIds[key], processedDay);
        day = _marketDays[key].lastUpTo(day, 1);
        return day == 0 ? 0 : _buckets[key][day].active();
    }
}
