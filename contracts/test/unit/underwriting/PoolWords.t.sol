// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Test} from "forge-std/Test.sol";
import {SafeCastLib} from "solady/utils/SafeCastLib.sol";

import {DayBucket, DayBucketLib} from "../../../src/libraries/DayBucket.sol";
import {MarketKey} from "../../../src/types/MarketId.sol";
import {
    Facts,
    FactsWord,
    GroupWord,
    GroupWordLib,
    Loss,
    LossWord,
    MarketWord,
    MarketWordLib,
    PolicyWord,
    PolicyWordLib
} from "../../../src/underwriting/PoolWords.sol";

/// @notice Two words are written through a struct and read as a word: each field is where both say it is.
contract PoolWordsTest is Test {
    Facts internal facts;
    Loss internal loss;

    function testFuzz_FactsAreReadAsWritten(Facts calldata f) public {
        facts = f;
        FactsWord w;
        assembly {
            w := sload(facts.slot)
        }
        assertEq(w.requestedExits(), f.requestedExits);
        assertEq(w.feeBps(), f.feeBps);
        assertEq(w.costOfCapitalBps(), f.costOfCapitalBps);
        assertEq(w.gateBps(), f.gateBps);
        assertEq(w.z(), f.z);
        assertEq(w.gearing(), f.gearing);
        assertEq(w.seniorElBps(), f.seniorElBps);
        assertEq(w.minJuniorBps(), f.minJuniorBps);
        assertEq(w.shortfallPoints(), f.shortfallPoints);
        for (uint256 bit; bit < 8; ++bit) {
            assertEq(w.has(uint8(1 << bit)), f.flags & (1 << bit) != 0);
        }
    }

    function testFuzz_ALossIsReadAsWritten(Loss calldata l) public {
        loss = l;
        LossWord w;
        uint256 third;
        assembly {
            w := sload(loss.slot)
            third := sload(add(loss.slot, 2))
        }
        assertEq(uint40(LossWord.unwrap(w)), MarketKey.unwrap(l.key));
        assertEq(w.stage(), l.stage);
        assertEq(w.parametric(), l.parametric);
        assertEq(w.severity(), l.severity);
        assertEq(w.deductibleBps(), l.deductibleBps);
        assertEq(w.eventTime(), l.eventTime);
        assertEq(w.claimsUntil(), l.claimsUntil);
        assertEq(w.share(), l.share);
        assertEq(w.finalSeverity(), l.finalSeverity);
        assertEq(uint96(third), l.paid);
        assertEq(uint96(third >> 96), l.proven);
    }

    function testFuzz_APolicyKeepsEveryFieldApart(
        uint88 cover,
        uint80 rate,
        uint16 start,
        uint16 end,
        uint32 share,
        uint32 incident
    ) public pure {
        share %= 1e8 + 1;
        PolicyWord p = PolicyWordLib.pack(cover, rate, start, end, 1).withPayment(3, share, incident);
        _check(p, cover, rate, start, end);
        assertEq(p.state(), 3);
        assertEq(p.paidShare(), share);
        assertTrue(p.isPaidFor(incident));
        assertFalse(p.isPaidFor(uint256(incident) + 1));
        p = p.withShortfallPoint(share % 4096);
        assertEq(p.shortfallPoint(), share % 4096);
        _check(p.withCover(cover / 2), cover / 2, rate, start, end);
        _check(p.withoutRate(), cover, 0, start, end);
        assertEq(p.withoutRate().paidShare(), share);
        assertTrue(p.withCover(0).isPaidFor(incident));
        p = p.withPayment(1, 0, 0);
        assertEq(p.shortfallPoint(), share % 4096);
        _check(p, cover, rate, start, end);
        assertEq(p.state(), 1);
        assertEq(p.paidShare(), 0);
    }

    /// @dev The incident is known by its low bits, and an upper bound less than 4,096 above it.
    function testFuzz_TheIncidentOfAPaymentIsFoundAgain(uint32 incident, uint256 later) public pure {
        later = bound(later, 0, 4095);
        PolicyWord p = PolicyWordLib.pack(1, 1, 1, 1, 1).withPayment(3, 1, incident).withShortfallPoint(later);
        assertEq(p.paidIncident(incident + later), incident);
    }

    function _check(PolicyWord p, uint256 cover, uint256 rate, uint256 start, uint256 end) private pure {
        assertEq(p.cover(), cover);
        assertEq(p.rate(), rate);
        assertEq(p.startDay(), start);
        assertEq(p.endDay(), end);
    }

    function testFuzz_AMarketsWordRefusesWhatDoesNotFit(uint256[6] memory values, uint256 field) public {
        uint8[6] memory bits = [88, 88, 16, 24, 24, 8];
        field = _oneTooLarge(values, bits, field);
        vm.expectRevert(SafeCastLib.Overflow.selector);
        this.packMarket(values);
        values[field] >>= 1;
        MarketWord m = this.packMarket(values);
        assertEq(m.committed(), values[0]);
        assertEq(m.active(), values[1]);
        assertEq(m.processedDay(), values[2]);
        assertEq(m.nonce(), values[3]);
        assertEq(m.counter(), values[4]);
        assertEq(m.flags(), values[5]);
    }

    function testFuzz_AGroupsWordRefusesWhatDoesNotFit(uint256[6] memory values, uint256 field) public {
        uint8[6] memory bits = [112, 96, 32, 0, 0, 0];
        field = _oneTooLarge(values, bits, field % 3);
        vm.expectRevert(SafeCastLib.Overflow.selector);
        this.packGroup(values);
        values[field] >>= 1;
        GroupWord g = this.packGroup(values);
        assertEq(g.weighted(), values[0]);
        assertEq(g.unweighted(), values[1]);
        assertEq(g.s(), values[2]);
    }

    function testFuzz_APolicysWordRefusesWhatDoesNotFit(uint256[6] memory values, uint256 field) public {
        uint8[6] memory bits = [88, 80, 16, 16, 4, 0];
        field = _oneTooLarge(values, bits, field % 5);
        vm.expectRevert(SafeCastLib.Overflow.selector);
        this.packPolicy(values);
        values[field] >>= 1;
        PolicyWord p = this.packPolicy(values);
        _check(p, values[0], values[1], values[2], values[3]);
        assertEq(p.state(), values[4]);
    }

    function testFuzz_ADaysWordRefusesWhatDoesNotFit(uint256[6] memory values, uint256 field) public {
        uint8[6] memory bits = [88, 88, 80, 0, 0, 0];
        field = _oneTooLarge(values, bits, field % 3);
        vm.expectRevert(SafeCastLib.Overflow.selector);
        this.packDay(values);
        values[field] >>= 1;
        DayBucket b = this.packDay(values);
        assertEq(b.starts(), values[0]);
        assertEq(b.ends(), values[1]);
        assertEq(b.rate(), values[2]);
    }

    /// @dev Values that fit but for one, which has the least bit that does not.
    function _oneTooLarge(uint256[6] memory values, uint8[6] memory bits, uint256 field)
        private
        pure
        returns (uint256)
    {
        for (uint256 i; i < 6; ++i) {
            values[i] &= (uint256(1) << bits[i]) - 1;
        }
        field %= 6;
        values[field] |= uint256(1) << bits[field];
        return field;
    }

    function packMarket(uint256[6] calldata v) external pure returns (MarketWord) {
        return MarketWordLib.pack(v[0], v[1], v[2], v[3], v[4], v[5]);
    }

    function packGroup(uint256[6] calldata v) external pure returns (GroupWord) {
        return GroupWordLib.pack(v[0], v[1], v[2]);
    }

    function packPolicy(uint256[6] calldata v) external pure returns (PolicyWord) {
        return PolicyWordLib.pack(v[0], v[1], v[2], v[3], v[4]);
    }

    function packDay(uint256[6] calldata v) external pure returns (DayBucket) {
        return DayBucketLib.pack(v[0], v[1], v[2]);
    }
}
