// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {FixedPointMathLib as Math} from "solady/utils/FixedPointMathLib.sol";

import {PolicyState} from "../interfaces/IPoolTypes.sol";
import {ExposureMath} from "../libraries/ExposureMath.sol";
import {PremiumInputs, PremiumMath} from "../libraries/PremiumMath.sol";
import {CoverId} from "../types/CoverId.sol";
import {MarketId, MarketKey} from "../types/MarketId.sol";
import {HARD_GROUP} from "../types/MarketStatus.sol";
import {GroupCard} from "../types/RiskCards.sol";
import {Exposure, PoolRisk} from "./PoolRisk.sol";
import {
    Capital,
    FLAG_SHORT,
    FLAG_WINDING_DOWN,
    FactsWord,
    GroupWord,
    MARKET_ATTACHED,
    PolicyWord
} from "./PoolWords.sol";

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
/// @notice Prices a cover by its expected loss and the capital it ties up, rounded up, and holds it against every gate.
abstract contract PoolPricing is PoolRisk {
    uint256 internal constant MIN_TERM = 14 days;
    uint256 internal constant MAX_TERM = 365 days;

    /// @dev Sales need an open market, live cards and no hot alert. Claims need none of it.
    function _checkSale(Exposure memory e, FactsWord facts, uint8 operation) internal view {
        if (facts.has(FLAG_WINDING_DOWN)) revert PoolWindingDown();
        if (facts.has(FLAG_SHORT)) revert PoolShort(_held, 0);
        if (e.flags & MARKET_ATTACHED == 0) revert MarketNotAttached(e.market);
        if (!e.status.allows(operation, block.timestamp)) {
            revert OperationClosed(e.market, operation, e.status.phase(), e.status.closedUntil());
        }
        if (e.card.nonce() == 0) revert CardMissing(e.market);
        if (e.card.validUntil() < block.timestamp) {
            revert CardStale(e.market, e.card.validUntil(), block.timestamp);
        }
        uint256 count = e.groupCount;
        for (uint256 i; i < count; ++i) {
            GroupCard card = _groupCardOf(e, i);
            if (card.validUntil() < block.timestamp) {
                revert GroupCardStale(_groupOf(e, i), card.validUntil(), block.timestamp);
            }
            if (card.alertUntil() > block.timestamp) revert GroupAlerted(_groupOf(e, i), card.alertUntil());
        }
    }

    /// @dev Prices new cover and weighs it into the market. Reverts at the gates.
    function _priceNew(Exposure memory e, Capital memory c, uint256 cover, uint256 coverDays)
        internal
        view
        returns (Price memory price)
    {
        uint256 term;
        unchecked {
            price.startDay = (block.timestamp + e.status.waitingPeriod() + DAY - 1) / DAY;
            price.endDay = price.startDay + coverDays;
            term = price.endDay * DAY - block.timestamp;
        }
        if (term < MIN_TERM || term > MAX_TERM) revert TermOutOfBounds(term, MIN_TERM, MAX_TERM);
        uint256 before = e.variance;
        _weigh(e, c, e.card, e.committed + cover);
        _charge(price, e, c, cover, term, before, e.variance);
        price.rate = (price.net << 16) / term;
    }

    /// @dev Prices days added to cover the market already carries: as if this cover were the last unit sold. What is new
    /// has its own waiting period: it starts at the old end.
    function _priceExtension(Exposure memory e, Capital memory c, CoverId id, PolicyWord p, uint256 addDays)
        internal
        view
        returns (Price memory price)
    {
        price.startDay = p.endDay();
        uint256 latest = price.startDay * DAY - e.status.waitingPeriod();
        if (block.timestamp > latest) revert ExtensionTooLate(id, latest);
        price.endDay = price.startDay + addDays;
        uint256 term = price.endDay * DAY - block.timestamp;
        if (addDays == 0 || term > MAX_TERM) revert TermOutOfBounds(term, MIN_TERM, MAX_TERM);
        uint256 cover = p.cover();
        _charge(price, e, c, cover, addDays * DAY, _varianceWithout(e, cover), e.variance);
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
        FactsWord facts = c.facts;
        price.requiredAfter = PremiumMath.requiredCapitalUp(varianceAfter, facts.z());
        _checkGates(e, c, price.requiredAfter);
        price.requiredBefore = PremiumMath.requiredCapitalDown(varianceBefore, facts.z());
        price.net = PremiumMath.premium(
            PremiumInputs({
                cover: cover,
                term: term,
                el: e.card.el(),
                requiredBefore: price.requiredBefore,
                requiredAfter: price.requiredAfter,
                pricingCapital: c.pricing,
                costOfCapitalBps: facts.costOfCapitalBps()
            })
        );
        price.fee = PremiumMath.feeOn(price.net, facts.feeBps());
        c.utilisation = _utilisationBps(price.requiredAfter, c.pricing);
    }

    /// @dev u, the market's caps, every group's cap and the gearing cap; `e` and `c` already carry the cover.
    function _checkGates(Exposure memory e, Capital memory c, uint256 required) private view {
        unchecked {
            FactsWord facts = c.facts;
            uint256 capital = c.pricing;
            uint256 gate = capital * PremiumMath.CAPITAL_UNIT / 1e4 * facts.gateBps();
            if (required > gate) {
                revert UtilisationAboveGate(
                    required / PremiumMath.CAPITAL_UNIT, gate / PremiumMath.CAPITAL_UNIT
                );
            }
            uint256 max = Math.min(capital * e.card.maxShare() / 1e4, e.card.maxCover() * 10 ** _decimals());
            if (e.committed > max) revert MarketFull(e.market, e.committed, max);
            uint256 gearing = facts.gearing();
            uint256 count = e.groupCount;
            for (uint256 i; i < count; ++i) {
                uint256 bound = _groupOf(e, i) & HARD_GROUP != 0 ? 1e4 : gearing * 1e4;
                max = capital * Math.min(_groupCardOf(e, i).cap(), bound) / 1e4;
                uint256 load = e.words[i].unweighted();
                if (load > max) revert GroupFull(_groupOf(e, i), load, max);
            }
            max = capital * gearing;
            if (c.totalCover > max) revert PoolFull(c.totalCover, max);
        }
    }

    /// @dev V without `cover` of this market.
    function _varianceWithout(Exposure memory e, uint256 cover) private pure returns (uint256 v) {
        v = e.variance - ExposureMath.idiosyncratic(e.applied.v(), e.committed)
            + ExposureMath.idiosyncratic(e.applied.v(), e.committed - cover);
        for (uint256 i; i < e.groupCount; ++i) {
            GroupWord g = e.words[i];
            uint256 y = g.weighted();
            v = v - ExposureMath.systematic(g.s(), y)
                + ExposureMath.systematic(g.s(), y - e.applied.w(i) * cover);
        }
    }

    /// @dev A policy of this pool that is neither void nor paid.
    function _activePolicy(CoverId id) internal view returns (PolicyWord p, MarketId market) {
        if (id.poolIndex() != _poolIndex()) revert PolicyOfAnotherPool(id);
        p = _standing(id);
        if (p.state() != uint8(PolicyState.Active)) revert PolicyNotActive(id, PolicyState(p.state()));
        market = _marketIds[MarketKey.wrap(uint40(id.sequence() >> 24))];
    }
}
