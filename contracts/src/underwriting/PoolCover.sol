// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {FixedPointMathLib as Math} from "solady/utils/FixedPointMathLib.sol";
import {SafeTransferLib} from "solady/utils/SafeTransferLib.sol";

import {IAccessGate} from "../interfaces/IExposure.sol";
import {IPoolSales} from "../interfaces/IPool.sol";
import {BuyParams, PolicyState, RollingOrder} from "../interfaces/IPoolTypes.sol";
import {DayBucket, DayBucketLib} from "../libraries/DayBucket.sol";
import {PremiumMath} from "../libraries/PremiumMath.sol";
import {CoverId, toCoverId} from "../types/CoverId.sol";
import {MarketId, MarketKey} from "../types/MarketId.sol";
import {OP_BUY, OP_EXTEND, PHASE_OPEN} from "../types/MarketStatus.sol";
import {PoolPricing, Price} from "./PoolPricing.sol";
import {Exposure} from "./PoolRisk.sol";
import {Capital, FLAG_GATED, FactsWord, PolicyWord, PolicyWordLib} from "./PoolWords.sol";

/// @title Selling cover: buy, extend, cancel, renew
/// @notice Premium and refund go to and from the pool within the call; each rounding is against the caller.
abstract contract PoolCover is PoolPricing, IPoolSales {
    /// @inheritdoc IPoolSales
    function buy(BuyParams calldata p) external nonReentrant returns (CoverId id, uint256 premium) {
        if (p.cover == 0) revert AmountZero();
        Capital memory c = _loadCapital();
        _storeShortfall(c);
        _checkGate(c.facts, p.recipient);
        Exposure memory e = _loadExposure(p.market);
        _catchUp(e, c, INLINE_DAYS);
        _applyCards(e, c);
        _checkSale(e, c.facts, OP_BUY);
        Price memory price = _priceNew(e, c, p.cover, p.coverDays);
        premium = price.net + price.fee;
        if (premium > p.maxPremium) revert PremiumAboveMax(premium, p.maxPremium);

        id = _writePolicy(e, c, price, p.cover);
        _creditFee(c, price.fee, p.integrator);
        _storeExposure(e);
        _storeCapital(c);

        _pull(_asset(), msg.sender, premium);
        COVER.mint(p.recipient, id, p.insured);
        emit CoverBought(
            id,
            msg.sender,
            uint256(p.cover) | (price.rate << 88) | (price.startDay << 168) | (price.endDay << 184),
            premium,
            price.fee
        );
    }

    /// @inheritdoc IPoolSales
    function extend(CoverId id, uint16 addDays, uint96 maxPremium)
        external
        nonReentrant
        returns (uint256 premium)
    {
        premium = _extend(id, addDays, maxPremium, msg.sender);
    }

    /// @inheritdoc IPoolSales
    function cancel(CoverId id) external nonReentrant returns (uint256 refund) {
        (PolicyWord p, MarketId market) = _ownPolicy(id);
        uint256 today = block.timestamp / DAY;
        if (p.endDay() <= today) revert CoverEnded(id, p.endDay() * DAY);

        Capital memory c = _loadCapital();
        _storeShortfall(c);
        p = _settleShortfall(id, p, c.facts.shortfallPoints());
        Exposure memory e = _loadExposure(market);
        // From a suspicion on, what the cover is worth is decided by it.
        if (e.status.phase() != PHASE_OPEN) revert OperationClosed(market, 0, e.status.phase(), 0);
        _catchUp(e, c, INLINE_DAYS);
        _applyCards(e, c);
        uint256 kept;
        (refund, kept) = _refund(e, p);
        c.unearned -= refund;
        c.streamChanged = true;
        c.rate -= p.rate() - kept;
        _moveRateEnding(p.endDay(), 0, p.rate() - kept);
        uint256 endDay = _shorten(e, c, id, p, today);
        _storeExposure(e);
        _refreshUtilisation(c);
        _storeCapital(c);

        if (refund != 0) SafeTransferLib.safeTransfer(_asset(), msg.sender, refund);
        emit CoverCancelled(id, endDay * DAY, refund);
    }

    /// @inheritdoc IPoolSales
    function setRollingOrder(CoverId id, uint16 addDays, uint32 maxRate, uint48 tip) external nonReentrant {
        _ownPolicy(id);
        RollingOrder memory order = RollingOrder(msg.sender, addDays, maxRate, tip);
        _rollingOrders[id.sequence()] = order;
        emit RollingOrderSet(id, order);
    }

    /// @inheritdoc IPoolSales
    function renew(CoverId id) external nonReentrant returns (uint256 premium) {
        RollingOrder memory order = _rollingOrders[id.sequence()];
        if (order.addDays == 0) revert RollingOrderMissing(id);
        (PolicyWord p, MarketId market) = _activePolicy(id);
        (address holder,) = COVER.partiesOf(id);
        if (holder != order.payer) revert RollingOrderNotHolders(id, order.payer, holder);
        uint256 until = p.endDay() * DAY - REGISTRY.status(market).waitingPeriod();
        if (block.timestamp > until || block.timestamp + DAY < until) {
            revert RenewalNotDue(id, until - DAY, until);
        }
        uint256 limit = PremiumMath.expectedLoss(p.cover(), order.maxRate, uint256(order.addDays) * DAY);
        premium = _extend(id, order.addDays, limit, order.payer);
        if (
            order.tip != 0
                && !SafeTransferLib.trySafeTransferFrom(_asset(), order.payer, msg.sender, order.tip)
        ) {
            revert PaymentRefused(order.payer, order.tip);
        }
    }

    function _extend(CoverId id, uint256 addDays, uint256 maxPremium, address payer)
        private
        returns (uint256 premium)
    {
        (PolicyWord p, MarketId market) = _activePolicy(id);
        Capital memory c = _loadCapital();
        _storeShortfall(c);
        p = _settleShortfall(id, p, _fixShortfall(c));
        Exposure memory e = _loadExposure(market);
        _catchUp(e, c, INLINE_DAYS);
        _applyCards(e, c);
        _checkSale(e, c.facts, OP_EXTEND);
        Price memory price = _priceExtension(e, c, id, p, addDays);
        premium = price.net + price.fee;
        if (premium > maxPremium) revert PremiumAboveMax(premium, maxPremium);

        _rewriteStream(e, c, id, p, price);
        _creditFee(c, price.fee, address(0));
        _storeExposure(e);
        _storeCapital(c);

        _pull(_asset(), payer, premium);
        emit CoverExtended(id, price.endDay * DAY, premium, price.fee);
    }

    /// @dev A policy of this pool that is neither void nor paid, of the caller.
    function _ownPolicy(CoverId id) private view returns (PolicyWord p, MarketId market) {
        (p, market) = _activePolicy(id);
        (address holder,) = COVER.partiesOf(id);
        if (msg.sender != holder) revert NotHolder(id, msg.sender, holder);
    }

    function _checkGate(FactsWord facts, address account) private view {
        if (!facts.has(FLAG_GATED)) return;
        if (!IAccessGate(_accessGate).allows(address(this), account, "buy")) {
            revert AccessRefused(account, "buy");
        }
    }

    /// @dev The policy's record and where it counts: market days, stream, committed cover (already weighed).
    function _writePolicy(Exposure memory e, Capital memory c, Price memory price, uint256 cover)
        private
        returns (CoverId id)
    {
        uint64 sequence = (uint64(MarketKey.unwrap(e.key)) << 24) | uint64(e.counter);
        ++e.counter;
        id = toCoverId(_poolIndex(), sequence);
        _policies[sequence] = PolicyWordLib.pack(
                cover, price.rate, price.startDay, price.endDay, uint256(uint8(PolicyState.Active))
            ).withShortfallPoint(_fixShortfall(c));
        mapping(uint256 => DayBucket) storage buckets = _buckets[e.key];
        DayBucket b = buckets[price.startDay];
        buckets[price.startDay] = DayBucketLib.pack(b.starts() + cover, b.ends(), b.rate());
        _addEnd(e.key, price.endDay, cover, price.rate);
        unchecked {
            c.unearned += price.net;
            c.rate += price.rate;
        }
        c.streamChanged = true;
    }

    function _addEnd(MarketKey key, uint256 day, uint256 cover, uint256 rate) private {
        DayBucket b = _buckets[key][day];
        _buckets[key][day] = DayBucketLib.pack(b.starts(), b.ends() + cover, b.rate() + rate);
        if (rate != 0) _moveRateEnding(day, rate, 0);
    }

    function _removeEnd(MarketKey key, uint256 day, uint256 cover, uint256 rate) private {
        DayBucket b = _buckets[key][day];
        _buckets[key][day] = DayBucketLib.pack(b.starts(), b.ends() - cover, b.rate() - rate);
    }

    /// @dev Extends the stream: what is left of the old premium and all of the new one, evenly to the new end.
    function _rewriteStream(Exposure memory e, Capital memory c, CoverId id, PolicyWord p, Price memory price)
        private
    {
        uint256 endDay = p.endDay();
        uint256 left = p.rate() * (endDay * DAY - block.timestamp);
        uint256 rate = (left + (price.net << 16)) / (price.endDay * DAY - block.timestamp);
        _removeEnd(e.key, endDay, p.cover(), p.rate());
        _moveRateEnding(endDay, 0, p.rate());
        _addEnd(e.key, price.endDay, p.cover(), rate);
        c.unearned += price.net;
        c.rate = c.rate - p.rate() + rate;
        c.streamChanged = true;
        _policies[id.sequence()] = PolicyWordLib.pack(p.cover(), rate, p.startDay(), price.endDay, p.state())
            .withShortfallPoint(p.shortfallPoint());
    }

    /// @dev What a cancelling holder gets, and the rate that goes on streaming to the tranches to the old end.
    function _refund(Exposure memory e, PolicyWord p) private view returns (uint256 refund, uint256 kept) {
        uint256 left = p.endDay() * DAY - block.timestamp;
        uint256 unearned = p.rate() * left >> 16;
        uint256 el = e.card.el() == 0 ? e.applied.el() : e.card.el();
        uint256 expected = PremiumMath.expectedLoss(p.cover(), el, left);
        refund = Math.min(unearned, expected) * (1e4 - _facts.feeBps) / 1e4;
        kept = p.rate() - Math.min(p.rate(), Math.divUp(refund << 16, left));
    }

    /// @dev Ends a policy at the next day boundary, or voids it where it has not started. The market no longer counts
    /// its rate: what is kept of it belongs to the tranches.
    function _shorten(Exposure memory e, Capital memory c, CoverId id, PolicyWord p, uint256 today)
        private
        returns (uint256 endDay)
    {
        uint256 cover = p.cover();
        _removeEnd(e.key, p.endDay(), cover, p.rate());
        if (p.startDay() > today) {
            DayBucket b = _buckets[e.key][p.startDay()];
            _buckets[e.key][p.startDay()] = DayBucketLib.pack(b.starts() - cover, b.ends(), b.rate());
            _weigh(e, c, e.applied, e.committed - cover);
            _policies[id.sequence()] = PolicyWordLib.pack(
                    cover, 0, p.startDay(), p.startDay(), uint256(uint8(PolicyState.Void))
                ).withShortfallPoint(p.shortfallPoint());
            return p.startDay();
        }
        endDay = today + 1;
        _addEnd(e.key, endDay, cover, 0);
        _policies[id.sequence()] = PolicyWordLib.pack(cover, 0, p.startDay(), endDay, p.state())
            .withShortfallPoint(p.shortfallPoint());
    }

    /// @dev Fee to the protocol, up to half of it to the integrator.
    function _creditFee(Capital memory c, uint256 fee, address integrator) private {
        if (integrator != address(0)) {
            uint256 part = fee / 2;
            _integratorOwed[integrator] += part;
            _integratorFees += uint96(part);
            fee -= part;
        }
        c.fees += fee;
    }
}
