// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {FixedPointMathLib as Math} from "solady/utils/FixedPointMathLib.sol";

import {ExposureMath} from "../libraries/ExposureMath.sol";
import {PremiumInputs, PremiumMath} from "../libraries/PremiumMath.sol";
import {PolicyState} from "../interfaces/IPoolTypes.sol";
import {CoverId} from "../types/CoverId.sol";
import {MarketId, MarketKey} from "../types/MarketId.sol";
import {HARD_GROUP} from "../types/MarketStatus.sol";
import {GroupCard} from "../types/RiskCards.sol";
import {Exposure, PoolRisk} from "./PoolRisk.sol";
import {Capital, FLAG_SHORT, FLAG_WINDING_DOWN, Facts, MARKET_ATTACHED, PolicyWord} from "./PoolWords.sol";

/// @notice A priced piece of cover.
struct Price {
    uint256 net;
    uint256 fee;
    /// Per second, times 2^16.
    uint256 rate;
    uint256 startDay;
    uint256 endDay;
    /// Required capital before (rounded down) and after (rounded up), 1e-12 asset units.
    uint256 requiredBefore;
    uint256 requiredAfter;
}

/// @title What cover costs, and whether it may be sold at all
abstract contract PoolPricing is PoolRisk {
    uint256 internal constant MIN_TERM = 14 days;
    uint256 internal constant MAX_TERM = 365 days;

    /// @dev Sales need an open market, live cards and no hot alert. Claims need none of it.
    function _checkSale(Exposure memory e, uint8 operation) internal view {
        uint8 flags = _facts.flags;
        if (flags & FLAG_WINDING_DOWN != 0) revert PoolWindingDown();
        if (flags & FLAG_SHORT != 0) revert PoolShort(_held, 0);
        if (e.flags & MARKET_ATTACHED == 0) revert MarketNotAttached(e.market);
        if (!e.status.allows(operation, block.timestamp)) {
            revert OperationClosed(e.market, operation, e.status.phase(), e.status.closedUntil());
        }
        if (e.card.nonce() == 0) revert CardMissing(e.market);
        if (e.card.validUntil() < block.timestamp) revert CardStale(e.market, e.card.validUntil(), block.timestamp);
        for (uint256 i; i < e.groupCount; ++i) {
            GroupCard card = e.cards[i];
            if (card.validUntil() < block.timestamp) {
                revert GroupCardStale(e.groups[i], card.validUntil(), block.timestamp);
            }
            if (card.alertUntil() > block.timestamp) revert GroupAlerted(e.groups[i], card.alertUntil());
        }
    }

    /// @dev Prices new cover and weighs it into the market. Reverts at the gates.
    function _priceNew(Exposure memory e, Capital memory c, uint256 cover, uint256 coverDays)
        internal
        view
        returns (Price memory price)
    {
        price.startDay = (block.timestamp + e.status.waitingPeriod() + DAY - 1) / DAY;
        price.endDay = price.startDay + coverDays;
        uint256 term = price.endDay * DAY - block.timestamp;
        if (term < MIN_TERM || term > MAX_TERM) revert TermOutOfBounds(term, MIN_TERM, MAX_TERM);
        uint256 before = e.variance;
        _weigh(e, c, e.card, e.committed + cover);
        _charge(price, e, c, cover, term, before, e.variance);
        price.rate = (price.net << 16) / term;
    }

    /// @dev Prices days added to cover the market already carries: as if this cover were the last unit sold.
    function _priceExtension(Exposure memory e, Capital memory c, uint256 cover, uint256 endDay, uint256 addDays)
        internal
        view
        returns (Price memory price)
    {
        price.startDay = endDay;
        price.endDay = endDay + addDays;
        uint256 term = price.endDay * DAY - block.timestamp;
        if (addDays == 0 || term > MAX_TERM) revert TermOutOfBounds(term, MIN_TERM, MAX_TERM);
        uint256 with_ = e.variance;
        uint256 without = _varianceWithout(e, cover);
        _charge(price, e, c, cover, addDays * DAY, without, with_);
    }

    function _charge(
        Price memory price,
        Exposure memory e,
        Capital memory c,
        uint256 cover,
        uint256 term,
        uint256 varianceBefore,
        uint256 varianceAfter
    ) private view {
        Facts memory t = _facts;
        price.requiredAfter = PremiumMath.requiredCapitalUp(varianceAfter, t.z);
        _checkGates(e, c, t, price.requiredAfter);
        price.requiredBefore = PremiumMath.requiredCapitalDown(varianceBefore, t.z);
        price.net = PremiumMath.premium(
            PremiumInputs({
                cover: cover,
                term: term,
                el: e.card.el(),
                requiredBefore: price.requiredBefore,
                requiredAfter: price.requiredAfter,
                pricingCapital: c.pricing,
                costOfCapitalBps: t.costOfCapitalBps
            })
        );
        price.fee = PremiumMath.feeOn(price.net, t.feeBps);
        c.utilisation = _utilisationBps(price.requiredAfter, c.pricing);
    }

    /// @dev u, the market's caps, every group's cap and the gearing cap; `e` and `c` already carry the cover.
    function _checkGates(Exposure memory e, Capital memory c, Facts memory t, uint256 required) private view {
        uint256 capital = c.pricing;
        uint256 gate = capital * PremiumMath.CAPITAL_UNIT / 1e4 * t.gateBps;
        if (required > gate) {
            revert UtilisationAboveGate(required / PremiumMath.CAPITAL_UNIT, gate / PremiumMath.CAPITAL_UNIT);
        }
        uint256 max = Math.min(capital * e.card.maxShare() / 1e4, e.card.maxCover() * 10 ** _decimals());
        if (e.committed > max) revert MarketFull(e.market, e.committed, max);
        for (uint256 i; i < e.groupCount; ++i) {
            uint256 cap = e.cards[i].cap();
            uint256 bound = e.groups[i] & HARD_GROUP != 0 ? 1e4 : uint256(t.gearing) * 1e4;
            max = capital * Math.min(cap, bound) / 1e4;
            if (e.unweighted[i] > max) revert GroupFull(e.groups[i], e.unweighted[i], max);
        }
        max = capital * t.gearing;
        if (c.totalCover > max) revert PoolFull(c.totalCover, max);
    }

    /// @dev V without `cover` of this market.
    function _varianceWithout(Exposure memory e, uint256 cover) private pure returns (uint256 v) {
        v = e.variance - ExposureMath.idiosyncratic(e.applied.v(), e.committed)
            + ExposureMath.idiosyncratic(e.applied.v(), e.committed - cover);
        for (uint256 i; i < e.groupCount; ++i) {
            uint256 y = e.weighted[i];
            v = v - ExposureMath.systematic(e.s[i], y)
                + ExposureMath.systematic(e.s[i], y - e.applied.w(i) * cover);
        }
    }

    /// @dev A policy of this pool that is neither void nor paid.
    function _activePolicy(CoverId id) internal view returns (PolicyWord p, MarketId market) {
        if (id.poolIndex() != _poolIndex()) revert PolicyOfAnotherPool(id);
        uint64 sequence = id.sequence();
        p = _policies[sequence];
        if (p.state() != uint8(PolicyState.Active)) revert PolicyNotActive(id, PolicyState(p.state()));
        market = _marketIds[MarketKey.wrap(uint40(sequence >> 24))];
    }
}
