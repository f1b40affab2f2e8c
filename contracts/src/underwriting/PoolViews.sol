// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {FixedPointMathLib as Math} from "solady/utils/FixedPointMathLib.sol";

import {IPoolReading} from "../interfaces/IPool.sol";
import {
    MarketState,
    Policy,
    PolicyState,
    PoolIncident,
    PoolState,
    Quote,
    RollingOrder
} from "../interfaces/IPoolTypes.sol";
import {PremiumMath} from "../libraries/PremiumMath.sol";
import {CoverId} from "../types/CoverId.sol";
import {MarketId, MarketKey} from "../types/MarketId.sol";
import {OP_BUY, OP_EXTEND} from "../types/MarketStatus.sol";
import {RiskCard} from "../types/RiskCards.sol";
import {PoolPricing, Price} from "./PoolPricing.sol";
import {Exposure} from "./PoolRisk.sol";
import {
    Capital,
    FLAG_SHORT,
    FLAG_WINDING_DOWN,
    LOSS_CLOSED,
    LOSS_DECLARED,
    LOSS_FINAL,
    Loss,
    MARKET_ATTACHED,
    MARKET_ENDED,
    MarketWord,
    PolicyWord
} from "./PoolWords.sol";

/// @title Reading a pool
/// @notice What a pool says of itself, as of this second: premium earned since the last call is counted in.
/// @dev No sum, no price and no record of a policy or incident can be read in the middle of a state-changing call of this
/// pool: while a loss is proven, its cover still stands as unclaimed.
abstract contract PoolViews is PoolPricing, IPoolReading {
    /// @inheritdoc IPoolReading
    function quote(MarketId market, uint256 cover, uint256 coverDays)
        external
        view
        nonReadReentrant
        returns (Quote memory q)
    {
        if (cover == 0) revert AmountZero();
        if (cover > type(uint88).max) revert AmountTooLarge(cover, type(uint88).max);
        Capital memory c = _loadCapital();
        Exposure memory e = _loadExposure(market);
        _previewCards(e, c);
        _checkSale(e, c.facts, OP_BUY);
        q = _toQuote(_priceNew(e, c, cover, coverDays), e, c, cover);
    }

    /// @inheritdoc IPoolReading
    function quoteExtension(CoverId id, uint256 addDays)
        external
        view
        nonReadReentrant
        returns (Quote memory q)
    {
        (PolicyWord p, MarketId market) = _activePolicy(id);
        Capital memory c = _loadCapital();
        Exposure memory e = _loadExposure(market);
        _previewCards(e, c);
        _checkSale(e, c.facts, OP_EXTEND);
        q = _toQuote(_priceExtension(e, c, id, p, addDays), e, c, p.cover());
    }

    function _toQuote(Price memory price, Exposure memory e, Capital memory c, uint256 cover)
        private
        view
        returns (Quote memory q)
    {
        q.premium = price.net + price.fee;
        q.fee = price.fee;
        q.start = price.startDay * DAY;
        q.end = price.endDay * DAY;
        uint256 from = price.startDay * DAY > block.timestamp && price.rate != 0 ? block.timestamp : q.start;
        q.expectedLoss = PremiumMath.expectedLoss(cover, e.card.el(), q.end - from);
        uint256 capital = c.pricing * PremiumMath.CAPITAL_UNIT;
        q.utilisationBefore = Math.fullMulDiv(price.requiredBefore, 1e18, capital);
        q.utilisationAfter = Math.fullMulDivUp(price.requiredAfter, 1e18, capital);
    }

    /// @inheritdoc IPoolReading
    function state() external view nonReadReentrant returns (PoolState memory s) {
        Capital memory c = _loadCapital();
        s.junior = c.junior;
        s.senior = c.senior;
        s.unearned = c.unearned;
        s.streamRate = c.rate;
        s.feesOwed = c.fees;
        s.integratorFees = _integratorFees;
        s.escrow = _escrowed;
        s.refunds = _refunds + _withheld + c.withheld;
        s.pricingCapital = c.pricing;
        s.requestedExits = _facts.requestedExits;
        s.totalCover = c.totalCover;
        s.variance = _variance;
        s.requiredCapital = PremiumMath.requiredCapitalUp(_variance, _facts.z) / PremiumMath.CAPITAL_UNIT;
        s.heldLiability = _held;
        s.short = _facts.flags & FLAG_SHORT != 0;
        s.windingDown = _facts.flags & FLAG_WINDING_DOWN != 0;
    }

    /// @inheritdoc IPoolReading
    function marketState(MarketId market) external view nonReadReentrant returns (MarketState memory s) {
        MarketWord word = _markets[market];
        s.attached = word.flags() & MARKET_ATTACHED != 0;
        s.ended = word.flags() & MARKET_ENDED != 0;
        s.committed = word.committed();
        s.active = word.active();
        s.processedDay = word.processedDay();
        s.cardNonce = word.nonce();
        uint256 root = Math.sqrt(_variance);
        if (root == 0 || s.committed == 0) return s;
        RiskCard card = _appliedCards[market.keyOf()];
        // C = X z (v X + sum s w Y) / sqrt(V); v8 X 1e8 and s8 w4 Y4 are both 1e16 times their value, the root 1e8 times.
        uint256 slope = card.v() * s.committed * 1e8;
        uint64 groups = REGISTRY.status(market).groups();
        for (uint256 i; i < 4; ++i) {
            uint16 group = uint16(groups >> (16 * i));
            if (group == 0) break;
            slope += _groups[group].s() * card.w(i) * _groups[group].weighted();
        }
        s.capital = Math.fullMulDiv(s.committed * _facts.z, slope, root * PremiumMath.CAPITAL_UNIT);
    }

    /// @inheritdoc IPoolReading
    function groupState(uint16 group)
        external
        view
        nonReadReentrant
        returns (uint256 weighted, uint256 unweighted, uint256 s)
    {
        return (_groups[group].weighted(), _groups[group].unweighted(), _groups[group].s());
    }

    /// @inheritdoc IPoolReading
    function policy(CoverId id) external view nonReadReentrant returns (Policy memory p) {
        if (id.poolIndex() != _poolIndex()) revert PolicyOfAnotherPool(id);
        PolicyWord word = _standing(id);
        p.market = _marketIds[MarketKey.wrap(uint40(id.sequence() >> 24))];
        p.cover = word.cover();
        p.rate = word.rate();
        p.start = word.startDay() * DAY;
        p.end = word.endDay() * DAY;
        p.state = PolicyState(word.state());
        if (p.state == PolicyState.Paid && word.paidShare() == 1e8) p.state = PolicyState.Settled;
    }

    /// @inheritdoc IPoolReading
    function rollingOrder(CoverId id) external view returns (RollingOrder memory) {
        return _rollingOrders[id.sequence()];
    }

    /// @inheritdoc IPoolReading
    function incidentState(uint256 incident) external view nonReadReentrant returns (PoolIncident memory p) {
        Loss storage l = _losses[incident];
        p.market = _marketIds[l.key];
        p.declared = l.stage >= LOSS_DECLARED;
        p.isFinal = l.stage == LOSS_FINAL || l.stage == LOSS_CLOSED;
        p.closed = l.stage == LOSS_CLOSED;
        p.severity = l.severity;
        p.deductibleBps = l.deductibleBps;
        p.eventTime = l.eventTime;
        p.claimsUntil = l.claimsUntil;
        p.ratio = uint256(l.ratio) * 1e10;
        p.payable_ = uint256(l.share) * 1e10;
        p.liability = l.liability;
        p.moved = l.moved;
        p.paid = l.paid;
        p.proven = l.proven;
        p.fromJunior = l.fromJunior;
        p.fromSenior = l.fromSenior;
        p.fromJuniorEscrow = l.fromJuniorEscrow;
        p.fromSeniorEscrow = l.fromSeniorEscrow;
        p.salvage = l.salvage;
        p.salvageClaimed = l.salvageClaimed;
    }

    /// @inheritdoc IPoolReading
    function activeAt(MarketId market, uint256 time) external view returns (uint256) {
        return _activeAt(market.keyOf(), _markets[market].processedDay(), time);
    }

    /// @inheritdoc IPoolReading
    function marketOf(MarketKey key) external view returns (MarketId) {
        return _marketIds[key];
    }

    /// @inheritdoc IPoolReading
    function poolIndex() external view returns (uint256) {
        return _poolIndex();
    }
}
