// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IRiskOracle, MarketCardMessage} from "../../../src/interfaces/IRiskOracle.sol";
import {OracleFixture} from "../../support/OracleFixture.sol";

/// @notice Walks of an attacker who holds the quorum and publishes whenever and whatever he wants, against the whole
/// history of the values, kept here without half-days packed into words.
/// forge-config: default.fuzz.runs = 32
contract CardSpeedTest is OracleFixture {
    uint256 private constant STEPS = 60;
    uint256 private constant HALF_DAY = 12 hours;

    /// A value and when it came into force; the first counts as in force for ever.
    struct Point {
        uint256 time;
        uint256 el;
        uint256 maxCover;
    }

    Point[] private _points;

    function publisherCount() internal pure override returns (uint256) {
        return 1;
    }

    function quorumSize() internal pure override returns (uint8) {
        return 1;
    }

    /// CARD-2: whatever the steps, x4 at most towards caution of every value in force within the last 24 h, and x1/2 at
    /// least of some value in force 24 to 48 h ago away from it.
    function testFuzz_NoWalkOutrunsTheLimits(uint256 seed) public {
        begin(seed);
        for (uint256 i; i < STEPS; ++i) {
            vm.warp(block.timestamp + pause(draw(seed, i, "pause")));
            MarketCardMessage memory card = wish(draw(seed, i, "wish"));
            if (publishAtMost(card)) {
                assertWithinADay();
                remember();
            }
        }
        assertGt(_points.length, STEPS / 4);
    }

    /// CARD-2: the limits that the oracle names are those of the history, to the unit.
    function testFuzz_TheLimitsAreThoseOfTheHistory(uint256 seed) public {
        begin(seed);
        for (uint256 i; i < STEPS; ++i) {
            vm.warp(block.timestamp + pause(draw(seed, i, "pause")));
            assertLimitsOfHistory();
            if (publishAtMost(wish(draw(seed, i, "wish")))) remember();
        }
    }

    /// CARD-2: what is in force can always be published again.
    function testFuzz_WhatIsInForceCanStay(uint256 seed) public {
        begin(seed);
        for (uint256 i; i < STEPS; ++i) {
            vm.warp(block.timestamp + pause(draw(seed, i, "pause")));
            if (publishAtMost(wish(draw(seed, i, "wish")))) remember();
            publish(cardInForce());
        }
    }

    /// CARD-2: an attacker who lowers as far as he can, whenever he can, halves once a day.
    function testFuzz_GreedyFallHalvesOnceADay(uint256 seed) public {
        begin(seed);
        uint256 began = block.timestamp;
        uint256 first = inForce().el;
        for (uint256 i; i < STEPS; ++i) {
            vm.warp(block.timestamp + draw(seed, i, "pause") % 9 hours);
            MarketCardMessage memory card = cardInForce();
            (card.el, card.maxCover) = (250_000, type(uint48).max);
            if (!publishAtMost(card)) continue;
            remember();
            uint256 halvings = (block.timestamp - began) / 1 days + 1;
            assertGe(inForce().el << halvings, first, "CARD-2");
            assertLe(inForce().maxCover >> halvings, _points[0].maxCover, "CARD-2");
        }
    }

    /// CARD-2: an attacker who raises as far as he can, whenever he can, quadruples once a day.
    function testFuzz_GreedyRiseQuadruplesOnceADay(uint256 seed) public {
        begin(seed);
        uint256 began = block.timestamp;
        uint256 first = inForce().el;
        for (uint256 i; i < STEPS; ++i) {
            vm.warp(block.timestamp + draw(seed, i, "pause") % 9 hours);
            MarketCardMessage memory card = cardInForce();
            (card.el, card.maxCover) = (1e8, 1);
            if (!publishAtMost(card)) continue;
            remember();
            uint256 quadruplings = (block.timestamp - began) / 1 days + 1;
            assertLe(inForce().el >> (2 * quadruplings), first, "CARD-2");
        }
    }

    function begin(uint256 seed) private {
        vm.warp(START + draw(seed, 0, "start") % 3 days);
        MarketCardMessage memory card = typicalMarket();
        card.el = uint32(bound(draw(seed, 0, "el"), 250_000, 1e8));
        card.maxCover = uint48(bound(draw(seed, 0, "maxCover"), 1, 1e12));
        publish(card);
        _points.push(Point(0, card.el, card.maxCover));
    }

    function draw(uint256 seed, uint256 i, string memory what) private pure returns (uint256) {
        return uint256(keccak256(abi.encode(seed, i, what)));
    }

    /// Short and long, and often to a second of where a half-day or a day ends.
    function pause(uint256 random) private view returns (uint256) {
        uint256 kind = random % 8;
        random >>= 8;
        if (kind == 0) return 0;
        if (kind == 1) return random % 60;
        if (kind < 4) return random % 12 hours;
        if (kind == 4) return random % 5 days;
        uint256 toBoundary = HALF_DAY - block.timestamp % HALF_DAY;
        if (kind == 5) return toBoundary + (random & 1) - 1;
        if (kind == 6) return toBoundary + HALF_DAY + (random & 1) - 1;
        return 24 hours + random % 3 - 1;
    }

    /// Anything, but mostly the utmost either way.
    function wish(uint256 random) private view returns (MarketCardMessage memory card) {
        card = cardInForce();
        uint256 kind = random % 6;
        random >>= 8;
        if (kind < 2) (card.el, card.maxCover) = (250_000, type(uint48).max);
        else if (kind < 4) (card.el, card.maxCover) = (1e8, 1);
        else if (kind == 4) card.el = uint32(bound(random, 250_000, 1e8));
        else card.maxCover = uint48(bound(random, 1, 1e13));
    }

    /// Publishes the card, each value brought within the limits that the refusal names.
    function publishAtMost(MarketCardMessage memory card) private returns (bool) {
        for (uint256 i; i < 3; ++i) {
            (bool published, string memory field, uint256 least, uint256 most) = attempt(card);
            if (published) return true;
            if (eq(field, "el")) card.el = uint32(clamp(card.el, least, most));
            else card.maxCover = uint48(clamp(card.maxCover, least, most));
        }
        return false;
    }

    function attempt(MarketCardMessage memory card)
        private
        returns (bool published, string memory field, uint256 least, uint256 most)
    {
        try oracle.publishMarket(card, signed(digestOf(card))) {
            return (true, "", 0, 0);
        } catch (bytes memory reason) {
            assertEq(bytes4(reason), IRiskOracle.CardMovesTooFast.selector);
            assembly ("memory-safe") {
                mstore(add(reason, 4), sub(mload(reason), 4))
                reason := add(reason, 4)
            }
            (field,, least, most) = abi.decode(reason, (string, uint256, uint256, uint256));
            assertLe(least, most, "CARD-2");
        }
    }

    /// The card that is in force, as the next one.
    function cardInForce() private view returns (MarketCardMessage memory card) {
        card = typicalMarket();
        (card.el, card.maxCover) = (uint32(inForce().el), uint48(inForce().maxCover));
    }

    function inForce() private view returns (Point memory) {
        return _points[_points.length - 1];
    }

    function remember() private {
        _points.push(
            Point(
                block.timestamp, oracle.inputs(MARKET, 0).card.el(), oracle.inputs(MARKET, 0).card.maxCover()
            )
        );
    }

    function assertWithinADay() private view {
        uint256 el = oracle.inputs(MARKET, 0).card.el();
        uint256 maxCover = oracle.inputs(MARKET, 0).card.maxCover();
        (uint256 lowest, uint256 highest) = extremes(block.timestamp - 24 hours, block.timestamp);
        assertLe(el, 4 * lowest, "CARD-2");
        assertGe(4 * maxCover, highest, "CARD-2");
        (lowest, highest) = extremes(block.timestamp - 48 hours, block.timestamp - 24 hours);
        if (el < inForce().el) assertGe(2 * el, lowest, "CARD-2");
        if (maxCover > inForce().maxCover) {
            assertLe(maxCover, 2 * highest, "CARD-2");
        }
    }

    function assertLimitsOfHistory() private {
        uint256 begins = block.timestamp / HALF_DAY * HALF_DAY;
        (uint256 lowest, uint256 highest) = extremes(begins - 2 * HALF_DAY, block.timestamp);
        (uint256 lowestBefore, uint256 highestBefore) =
            extremes(begins - 3 * HALF_DAY, begins - 2 * HALF_DAY - 1);
        Point memory now_ = inForce();
        uint256 half = (lowestBefore + 1) / 2;
        assertLimits(true, now_.el < half ? now_.el : half, 4 * lowest);
        uint256 twice = 2 * highestBefore;
        assertLimits(false, (highest + 3) / 4, now_.maxCover > twice ? now_.maxCover : twice);
    }

    /// Asks for the utmost of one value either way; where it is allowed, nothing is learnt and nothing is published.
    function assertLimits(bool isEl, uint256 least, uint256 most) private {
        if (most < (isEl ? 1e8 : type(uint48).max)) {
            assertRefusal(isEl, isEl ? 1e8 : type(uint48).max, least, most);
        }
        if (least > (isEl ? 250_000 : 1)) assertRefusal(isEl, isEl ? 250_000 : 1, least, most);
    }

    function assertRefusal(bool isEl, uint256 value, uint256 least, uint256 most) private {
        MarketCardMessage memory card = cardInForce();
        if (isEl) card.el = uint32(value);
        else card.maxCover = uint48(value);
        (bool published, string memory field, uint256 min, uint256 max) = attempt(card);
        assertFalse(published);
        assertEq(field, isEl ? "el" : "maxCover");
        assertEq(min, least, "CARD-2");
        assertEq(max, most, "CARD-2");
    }

    /// Lowest el and highest maxCover in force at any time from `from` to `to`, both included.
    function extremes(uint256 from, uint256 to) private view returns (uint256 lowest, uint256 highest) {
        lowest = type(uint256).max;
        for (uint256 i = _points.length; i > 0; --i) {
            Point storage point = _points[i - 1];
            if (point.time > to) continue;
            if (point.el < lowest) lowest = point.el;
            if (point.maxCover > highest) highest = point.maxCover;
            if (point.time < from) break;
        }
    }

    function clamp(uint256 value, uint256 least, uint256 most) private pure returns (uint256) {
        return value < least ? least : value > most ? most : value;
    }

    function eq(string memory a, string memory b) private pure returns (bool) {
        return keccak256(bytes(a)) == keccak256(bytes(b));
    }
}
