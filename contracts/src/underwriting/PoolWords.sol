// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {SafeCastLib} from "solady/utils/SafeCastLib.sol";

import {ClaimMath} from "../libraries/ClaimMath.sol";
import {MarketKey} from "../types/MarketId.sol";

/// @notice Capital and stream of a pool in memory; three storage words. Asset units unless said otherwise.
/// word 0: junior u92 | senior u92 | pricing capital as a Float40 | touched u32; all that a deposit changes
/// word 1: unearned u96 | rate u80 (per second, times 2^16) | stream as of u32
/// word 2: fees u80 | total cover u96 | expected loss u48 (0.01 assets a year) | utilisation u16 (basis points)
struct Capital {
    uint256 junior;
    uint256 senior;
    /// Until when premium is distributed and pricing capital grown, seconds.
    uint256 touched;
    /// Moment that `unearned` and `rate` in storage stand for, seconds.
    uint256 streamAsOf;
    uint256 unearned;
    uint256 rate;
    uint256 fees;
    /// Always one that a Float40 holds exactly, and that Float40.
    uint256 pricing;
    uint256 pricingPacked;
    uint256 totalCover;
    uint256 expectedLoss;
    uint256 utilisation;
    /// Whether word 1 differs from storage.
    bool streamChanged;
    /// Premium held back since the last touch because capital was short of what cover requires, and the rise of the
    /// ShortfallIndex; not in a word.
    uint256 withheld;
    uint256 shortfall;
    /// As read with the rest.
    FactsWord facts;
}

/// @notice What most calls need to know of a pool, in one word. What never changes follows the pool's code instead.
struct Facts {
    /// Valued when they were requested, asset units.
    uint96 requestedExits;
    uint16 feeBps;
    uint16 costOfCapitalBps;
    uint16 gateBps;
    /// Tail multiplier, 1e4 = 1.
    uint24 z;
    uint8 gearing;
    uint8 flags;
    /// Expected loss rate of the senior tranche, basis points a year.
    uint16 seniorElBps;
    uint16 minJuniorBps;
    uint8 exitDelayDays;
    /// 0.01 assets.
    uint16 tip;
    /// Points of the ShortfallIndex.
    uint16 shortfallPoints;
}

/// @notice The same word as it is read: requested exits u96 | fee u16 | cost of capital u16 | gate u16 | z u24 | gearing u8
/// | flags u8 | senior expected loss u16 | least junior share u16 | exit delay u8 | tip u16 | shortfall points u16.
type FactsWord is uint256;

uint8 constant FLAG_GATED = 1;
uint8 constant FLAG_WINDING_DOWN = 2;
/// @dev Open incidents could take more than there is, or one was paid at a ratio below one and is not made up yet.
uint8 constant FLAG_SHORT = 4;

/// @notice A market in a pool: committed u88 | active u88 | processed day u16 | card nonce u24 | counter u24 | flags u8.
type MarketWord is uint256;

/// @notice A group in a pool: weighted load u112 (4 decimals) | unweighted load u96 | s u32 (8 decimals).
type GroupWord is uint256;

/// @notice A policy: cover u88 | rate u80 | start day u16 | end day u16 | state u4 | paid share u28 (1e8 = all)
/// | low bits u12 of the incident it was paid for | point u12 of the ShortfallIndex from which on it is owed refunds.
type PolicyWord is uint256;

uint8 constant MARKET_ATTACHED = 1;
uint8 constant MARKET_ENDED = 2;
/// @dev Was attached once: its key is taken and its claims stand.
uint8 constant MARKET_KNOWN = 4;

/// @dev Stages of an incident within a pool.
uint8 constant LOSS_HELD = 1;
uint8 constant LOSS_DECLARED = 2;
uint8 constant LOSS_FINAL = 3;
uint8 constant LOSS_CLOSED = 4;
uint8 constant LOSS_UNDONE = 5;

/// @notice An incident within a pool. Shares have 8 decimals, amounts are asset units.
struct Loss {
    MarketKey key;
    uint8 stage;
    bool parametric;
    uint32 severity;
    uint16 deductibleBps;
    uint40 eventTime;
    uint40 claimsUntil;
    /// Share of every claim that can be paid now.
    uint32 share;
    /// Severity in the end; claims are counted at `severity`, the one declared, so that one share serves them all.
    uint32 finalSeverity;
    // second word
    uint96 liability;
    uint96 moved;
    /// Share of the liability that the moved assets are.
    uint32 ratio;
    uint32 shortGeneration;
    // third word, the only one a payment writes
    uint96 paid;
    uint96 proven;
    uint40 unwoundAt;
    // fourth and fifth
    uint96 fromJunior;
    uint96 fromSenior;
    uint32 juniorSnapshot;
    uint32 seniorSnapshot;
    uint96 fromJuniorEscrow;
    uint96 fromSeniorEscrow;
    uint96 salvage;
    uint96 salvageClaimed;
    /// Of what was moved, what was paid before a final at a lower severity and beyond it: it stays paid, and serves no other
    /// claim.
    uint96 early;
}

/// @notice First word of a Loss, as a payment reads it: key u40 | stage u8 | parametric u8 | severity u32 | deductible u16
/// | event time u40 | claims until u40 | share u32 | final severity u32.
type LossWord is uint256;

using FactsWordLib for FactsWord global;
using LossWordLib for LossWord global;
using MarketWordLib for MarketWord global;
using GroupWordLib for GroupWord global;
using PolicyWordLib for PolicyWord global;

/// @notice Reads the word of a declared incident that every claim needs.
library LossWordLib {
    function stage(LossWord l) internal pure returns (uint8) {
        return uint8(LossWord.unwrap(l) >> 40);
    }

    function parametric(LossWord l) internal pure returns (bool) {
        return uint8(LossWord.unwrap(l) >> 48) != 0;
    }

    function severity(LossWord l) internal pure returns (uint256) {
        return uint32(LossWord.unwrap(l) >> 56);
    }

    function deductibleBps(LossWord l) internal pure returns (uint256) {
        return uint16(LossWord.unwrap(l) >> 88);
    }

    function eventTime(LossWord l) internal pure returns (uint256) {
        return uint40(LossWord.unwrap(l) >> 104);
    }

    function claimsUntil(LossWord l) internal pure returns (uint256) {
        return uint40(LossWord.unwrap(l) >> 144);
    }

    function share(LossWord l) internal pure returns (uint256) {
        return uint32(LossWord.unwrap(l) >> 184);
    }

    function finalSeverity(LossWord l) internal pure returns (uint256) {
        return uint32(LossWord.unwrap(l) >> 216);
    }

    /// @notice Claim on a cover that has no loss to prove: at the severity declared, less the deductible, rounded down.
    /// Requires `cover` < 2^88.
    function claimOn(LossWord l, uint256 cover) internal pure returns (uint256) {
        return ClaimMath.lessDeductible(ClaimMath.most(cover, l.severity()), l.deductibleBps());
    }
}

/// @notice Reads a pool's settings and flags from one word.
library FactsWordLib {
    function requestedExits(FactsWord f) internal pure returns (uint256) {
        return uint96(FactsWord.unwrap(f));
    }

    function feeBps(FactsWord f) internal pure returns (uint256) {
        return uint16(FactsWord.unwrap(f) >> 96);
    }

    function costOfCapitalBps(FactsWord f) internal pure returns (uint256) {
        return uint16(FactsWord.unwrap(f) >> 112);
    }

    function gateBps(FactsWord f) internal pure returns (uint256) {
        return uint16(FactsWord.unwrap(f) >> 128);
    }

    function z(FactsWord f) internal pure returns (uint256) {
        return uint24(FactsWord.unwrap(f) >> 144);
    }

    function gearing(FactsWord f) internal pure returns (uint256) {
        return uint8(FactsWord.unwrap(f) >> 168);
    }

    function has(FactsWord f, uint8 flags_) internal pure returns (bool) {
        return uint8(FactsWord.unwrap(f) >> 176) & flags_ != 0;
    }

    function seniorElBps(FactsWord f) internal pure returns (uint256) {
        return uint16(FactsWord.unwrap(f) >> 184);
    }

    function minJuniorBps(FactsWord f) internal pure returns (uint256) {
        return uint16(FactsWord.unwrap(f) >> 200);
    }

    function shortfallPoints(FactsWord f) internal pure returns (uint256) {
        return FactsWord.unwrap(f) >> 240;
    }
}

/// @notice Packs and reads what a pool keeps of a market; packing reverts where a value does not fit.
library MarketWordLib {
    function committed(MarketWord m) internal pure returns (uint256) {
        return uint88(MarketWord.unwrap(m));
    }

    function active(MarketWord m) internal pure returns (uint256) {
        return uint88(MarketWord.unwrap(m) >> 88);
    }

    function processedDay(MarketWord m) internal pure returns (uint256) {
        return uint16(MarketWord.unwrap(m) >> 176);
    }

    function nonce(MarketWord m) internal pure returns (uint256) {
        return uint24(MarketWord.unwrap(m) >> 192);
    }

    function counter(MarketWord m) internal pure returns (uint256) {
        return uint24(MarketWord.unwrap(m) >> 216);
    }

    function flags(MarketWord m) internal pure returns (uint8) {
        return uint8(MarketWord.unwrap(m) >> 240);
    }

    function pack(
        uint256 committed_,
        uint256 active_,
        uint256 processedDay_,
        uint256 nonce_,
        uint256 counter_,
        uint256 flags_
    ) internal pure returns (MarketWord) {
        bool over = (committed_ | active_) >> 88 != 0 || (nonce_ | counter_) >> 24 != 0;
        if (over || processedDay_ >> 16 != 0 || flags_ >> 8 != 0) revert SafeCastLib.Overflow();
        uint256 x = committed_ | (active_ << 88) | (processedDay_ << 176) | (nonce_ << 192);
        return MarketWord.wrap(x | (counter_ << 216) | (flags_ << 240));
    }
}

/// @notice Packs and reads the sums of cover that a group ties up; packing reverts where a value does not fit.
library GroupWordLib {
    function weighted(GroupWord g) internal pure returns (uint256) {
        return uint112(GroupWord.unwrap(g));
    }

    function unweighted(GroupWord g) internal pure returns (uint256) {
        return uint96(GroupWord.unwrap(g) >> 112);
    }

    function s(GroupWord g) internal pure returns (uint256) {
        return uint32(GroupWord.unwrap(g) >> 208);
    }

    function pack(uint256 weighted_, uint256 unweighted_, uint256 s_) internal pure returns (GroupWord) {
        if (weighted_ >> 112 != 0 || unweighted_ >> 96 != 0 || s_ >> 32 != 0) revert SafeCastLib.Overflow();
        return GroupWord.wrap(weighted_ | (unweighted_ << 112) | (s_ << 208));
    }
}

/// @notice Packs, reads and moves a policy's word; packing reverts where a value does not fit.
library PolicyWordLib {
    uint256 private constant PAID_SHARE = type(uint32).max >> 4;
    uint256 private constant INCIDENT = type(uint16).max >> 4;
    /// @dev State, paid share and incident.
    uint256 private constant PAYMENT = type(uint48).max >> 4;

    function cover(PolicyWord p) internal pure returns (uint256) {
        return uint88(PolicyWord.unwrap(p));
    }

    function rate(PolicyWord p) internal pure returns (uint256) {
        return uint80(PolicyWord.unwrap(p) >> 88);
    }

    function startDay(PolicyWord p) internal pure returns (uint256) {
        return uint16(PolicyWord.unwrap(p) >> 168);
    }

    function endDay(PolicyWord p) internal pure returns (uint256) {
        return uint16(PolicyWord.unwrap(p) >> 184);
    }

    function state(PolicyWord p) internal pure returns (uint8) {
        return uint8((PolicyWord.unwrap(p) >> 200) & 15);
    }

    /// @notice Share of the proven claim paid so far, 1e8 = all.
    function paidShare(PolicyWord p) internal pure returns (uint256) {
        return (PolicyWord.unwrap(p) >> 204) & PAID_SHARE;
    }

    /// @notice Whether a payment was for this incident; `incident` is one of the policy's market.
    function isPaidFor(PolicyWord p, uint256 incident) internal pure returns (bool) {
        return (PolicyWord.unwrap(p) >> 232) & INCIDENT == incident & INCIDENT;
    }

    /// @notice Point of the ShortfallIndex from which on refunds are owed.
    function shortfallPoint(PolicyWord p) internal pure returns (uint256) {
        return PolicyWord.unwrap(p) >> 244;
    }

    /// @notice The policy with refunds owed from that point on. Requires `point` < 2^12.
    function withShortfallPoint(PolicyWord p, uint256 point) internal pure returns (PolicyWord) {
        return PolicyWord.wrap((PolicyWord.unwrap(p) << 12 >> 12) | (point << 244));
    }

    /// @notice The incident of a payment, given one of the same market that is not earlier: the last one up to it with
    /// the bits that are kept.
    function paidIncident(PolicyWord p, uint256 notEarlier) internal pure returns (uint256) {
        unchecked {
            uint256 kept = (PolicyWord.unwrap(p) >> 232) & INCIDENT;
            uint256 back = (notEarlier - kept) & INCIDENT;
            return back > notEarlier ? 0 : notEarlier - back;
        }
    }

    /// @notice The policy with another cover. Requires `cover_` <= the cover it has.
    function withCover(PolicyWord p, uint256 cover_) internal pure returns (PolicyWord) {
        return PolicyWord.wrap((PolicyWord.unwrap(p) >> 88 << 88) | cover_);
    }

    /// @notice The policy whose rate streams no longer.
    function withoutRate(PolicyWord p) internal pure returns (PolicyWord) {
        return PolicyWord.wrap(PolicyWord.unwrap(p) & ~(uint256(type(uint80).max) << 88));
    }

    /// @notice The policy in another state, with that share paid of that incident. Requires `paidShare_` <= 1e8.
    function withPayment(PolicyWord p, uint8 state_, uint256 paidShare_, uint256 incident)
        internal
        pure
        returns (PolicyWord)
    {
        uint256 kept = PolicyWord.unwrap(p) & ~(PAYMENT << 200);
        return PolicyWord.wrap(
            kept | (uint256(state_) << 200) | (paidShare_ << 204) | ((incident & INCIDENT) << 232)
        );
    }

    function pack(uint256 cover_, uint256 rate_, uint256 startDay_, uint256 endDay_, uint256 state_)
        internal
        pure
        returns (PolicyWord)
    {
        bool over = cover_ >> 88 != 0 || rate_ >> 80 != 0 || (startDay_ | endDay_) >> 16 != 0;
        if (over || state_ >> 4 != 0) revert SafeCastLib.Overflow();
        uint256 x = cover_ | (rate_ << 88) | (startDay_ << 168) | (endDay_ << 184);
        return PolicyWord.wrap(x | (state_ << 200));
    }
}
