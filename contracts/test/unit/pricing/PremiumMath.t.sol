// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Test} from "forge-std/Test.sol";

import {ExposureMath} from "../../../src/libraries/ExposureMath.sol";
import {PremiumInputs, PremiumMath} from "../../../src/libraries/PremiumMath.sol";

/// @notice The price of a purchase as a pool composes it from the libraries, within the bounds of its proofs: a market with
/// one group in a book with others.
abstract contract PremiumMathFixture is Test {
    uint256 internal constant YEAR = 365 days;
    /// What rounding can take from an order that holds between exact prices.
    uint256 internal constant ROUNDING = 1;

    struct Book {
        /// V of everything else.
        uint256 rest;
        /// What the group carries of other markets, weighted.
        uint256 load;
        /// Cover of the market.
        uint256 held;
        uint256 v;
        uint256 s;
        uint256 w;
        uint256 z;
        uint256 el;
        uint256 term;
        uint256 costOfCapitalBps;
        uint256 capital;
    }

    /// @dev A book whose capital carries `most` more cover at no more than 95 % utilisation, often only just.
    function _book(uint256 seed, uint256 most) internal pure returns (Book memory b) {
        b.rest = _sized(seed, "rest", 220);
        b.load = _sized(seed, "load", 100);
        b.held = _sized(seed, "held", 86);
        b.v = _drawn(seed, "v", 0, 1e8);
        b.s = _drawn(seed, "s", 1e4, 1e8);
        b.w = _drawn(seed, "w", 0, 1e4);
        b.z = _drawn(seed, "z", 35_000, 75_000);
        b.el = _drawn(seed, "el", 0, 1e8);
        b.term = _drawn(seed, "term", 0, 2 * YEAR);
        b.costOfCapitalBps = _drawn(seed, "cost of capital", 0, 1e4);
        uint256 required = PremiumMath.requiredCapitalUp(_variance(b, most), b.z);
        b.capital = required / 95e10 + 1 + _sized(seed, "capital", 94);
    }

    function _variance(Book memory b, uint256 cover) internal pure returns (uint256) {
        return b.rest + ExposureMath.idiosyncratic(b.v, b.held + cover)
            + ExposureMath.systematic(b.s, b.load + b.w * (b.held + cover));
    }

    function _inputs(Book memory b, uint256 cover) internal pure returns (PremiumInputs memory p) {
        p.cover = cover;
        p.term = b.term;
        p.el = b.el;
        p.requiredBefore = PremiumMath.requiredCapitalDown(_variance(b, 0), b.z);
        p.requiredAfter = PremiumMath.requiredCapitalUp(_variance(b, cover), b.z);
        p.pricingCapital = b.capital;
        p.costOfCapitalBps = b.costOfCapitalBps;
    }

    function _premium(Book memory b, uint256 cover) internal pure returns (uint256) {
        return PremiumMath.premium(_inputs(b, cover));
    }

    function _drawn(uint256 seed, string memory what, uint256 least, uint256 most)
        internal
        pure
        returns (uint256)
    {
        return bound(uint256(keccak256(abi.encode(seed, what))), least, most);
    }

    /// @dev Below 2^bits, of any size.
    function _sized(uint256 seed, string memory what, uint256 bits) internal pure returns (uint256) {
        uint256 size = _drawn(seed, string.concat(what, "'s size"), 0, bits);
        return _drawn(seed, what, 0, 2 ** size - 1);
    }

    function _cover(uint256 seed) internal pure returns (uint256) {
        return _sized(seed, "cover", 84);
    }
}

contract PremiumFloorTest is PremiumMathFixture {
    function testFuzz_APremiumIsAtLeastItsExpectedLoss(uint256 seed) public pure {
        uint256 cover = _cover(seed);
        Book memory b = _book(seed, cover);
        assertGe(_premium(b, cover) * (YEAR * 1e8), cover * b.el * b.term, "PRICE-2");
    }

    function testFuzz_SplittingAPurchaseNeverCostsLess(uint256 seed, uint256 legs) public pure {
        uint256 whole = _cover(seed);
        Book memory b = _book(seed, whole);
        uint256 atOnce = _premium(b, whole);
        legs = bound(legs, 2, 5);
        uint256 paid;
        uint256 left = whole;
        for (uint256 i = 1; i <= legs; ++i) {
            uint256 leg = i == legs ? left : _drawn(seed, vm.toString(i), 0, left);
            paid += _premium(b, leg);
            b.held += leg;
            left -= leg;
        }
        assertGe(paid, atOnce, "PRICE-2");
        assertLe(paid, atOnce + 2 * legs, "PRICE-2");
    }
}

/// @notice The lesser of a pair costs no more, all else equal.
contract PremiumOrderTest is PremiumMathFixture {
    function testFuzz_DoesNotFallWithCover(uint256 seed, uint256 less) public pure {
        uint256 cover = _cover(seed);
        Book memory b = _book(seed, cover);
        assertLe(_premium(b, bound(less, 0, cover)), _premium(b, cover), "PRICE-3");
    }

    function testFuzz_DoesNotFallWithTheTerm(uint256 seed, uint256 less) public pure {
        uint256 cover = _cover(seed);
        Book memory b = _book(seed, cover);
        uint256 more = _premium(b, cover);
        b.term = bound(less, 0, b.term);
        assertLe(_premium(b, cover), more, "PRICE-3");
    }

    function testFuzz_DoesNotFallWithExpectedLoss(uint256 seed, uint256 less) public pure {
        uint256 cover = _cover(seed);
        Book memory b = _book(seed, cover);
        uint256 more = _premium(b, cover);
        b.el = bound(less, 0, b.el);
        assertLe(_premium(b, cover), more, "PRICE-3");
    }

    function testFuzz_DoesNotFallWithOwnVariance(uint256 seed, uint256 less) public pure {
        uint256 cover = _cover(seed);
        Book memory b = _book(seed, cover);
        uint256 more = _premium(b, cover);
        b.v = bound(less, 0, b.v);
        assertLe(_premium(b, cover), more + ROUNDING, "PRICE-3");
    }

    function testFuzz_DoesNotFallWithTheWeight(uint256 seed, uint256 less) public pure {
        uint256 cover = _cover(seed);
        Book memory b = _book(seed, cover);
        uint256 more = _premium(b, cover);
        b.w = bound(less, 0, b.w);
        assertLe(_premium(b, cover), more + ROUNDING, "PRICE-3");
    }

    function testFuzz_DoesNotFallWithTheShockOfAGroupOfItsOwn(uint256 seed, uint256 less) public pure {
        uint256 cover = _cover(seed);
        Book memory b = _book(seed, cover);
        b.load = 0;
        uint256 more = _premium(b, cover);
        b.s = bound(less, 0, b.s);
        assertLe(_premium(b, cover), more + ROUNDING, "PRICE-3");
    }

    function testFuzz_DoesNotFallWithUtilisation(uint256 seed, uint256 added) public pure {
        uint256 cover = _cover(seed);
        Book memory b = _book(seed, cover);
        uint256 more = _premium(b, cover);
        b.capital += bound(added, 0, b.capital);
        assertLe(_premium(b, cover), more + ROUNDING, "PRICE-3");
    }

    function testFuzz_DoesNotFallWithTheTailMultiplier(uint256 seed, uint256 less) public pure {
        uint256 cover = _cover(seed);
        Book memory b = _book(seed, cover);
        uint256 more = _premium(b, cover);
        b.z = bound(less, 35_000, b.z);
        assertLe(_premium(b, cover), more + ROUNDING, "PRICE-3");
    }

    function testFuzz_IsConvexInCover(uint256 seed, uint256 step) public pure {
        uint256 cover = _cover(seed);
        Book memory b = _book(seed, cover);
        step = bound(step, 0, cover / 2);
        uint256 middle = _premium(b, cover - step);
        assertLe(2 * middle, _premium(b, cover - 2 * step) + _premium(b, cover) + 2 * ROUNDING, "PRICE-3");
    }

    function testFuzz_SeniorsChargeDoesNotFallWithUtilisation(uint16 less, uint16 more) public pure {
        if (less > more) (less, more) = (more, less);
        assertLe(PremiumMath.seniorCharge(less), PremiumMath.seniorCharge(more), "PRICE-3");
    }
}

/// @notice Each rounding is on its side, and by less than one unit.
contract PremiumRoundingTest is PremiumMathFixture {
    function testFuzz_ThePremiumIsRoundedUp(uint256 seed) public pure {
        uint256 cover = _cover(seed);
        PremiumInputs memory p = _inputs(_book(seed, cover), cover);
        uint256 capital = p.pricingCapital * 1e12;
        uint256 charge =
            PremiumMath.psiUp(p.requiredAfter, capital) - PremiumMath.psiDown(p.requiredBefore, capital);
        uint256 rate = p.el * p.cover * 1e8 + charge * p.costOfCapitalBps;
        uint256 net = PremiumMath.premium(p);
        assertGe(net * (YEAR * 1e16), rate * p.term, "ROUNDING-1");
        if (net != 0) assertLt((net - 1) * (YEAR * 1e16), (rate + 1e4) * p.term, "ROUNDING-1");
    }

    function testFuzz_AFeeIsRoundedUp(uint96 net, uint256 feeBps) public pure {
        feeBps = bound(feeBps, 0, 1e4);
        uint256 fee = PremiumMath.feeOn(net, feeBps);
        assertGe(fee * 1e4, net * feeBps, "ROUNDING-1");
        assertLt(fee * 1e4, net * feeBps + 1e4, "ROUNDING-1");
    }

    function testFuzz_ExpectedLossIsRoundedDown(uint88 cover, uint256 el, uint32 term) public pure {
        el = bound(el, 0, 1e8);
        uint256 loss = PremiumMath.expectedLoss(cover, el, term);
        assertLe(loss * (YEAR * 1e8), cover * el * term, "ROUNDING-1");
        assertGt((loss + 1) * (YEAR * 1e8), cover * el * term, "ROUNDING-1");
    }

    /// Before a sale down, after it up.
    function testFuzz_RequiredCapitalIsRoundedAgainstTheBuyer(uint256 seed) public pure {
        uint256 variance = _sized(seed, "variance", 252);
        uint256 z = _drawn(seed, "z", 1, 2 ** 24 - 1);
        uint256 down = PremiumMath.requiredCapitalDown(variance, z);
        uint256 up = PremiumMath.requiredCapitalUp(variance, z);
        assertEq(down % z + up % z, 0);
        (down, up) = (down / z, up / z);
        assertLe(down * down, variance, "ROUNDING-1");
        assertGe(up * up, variance, "ROUNDING-1");
        assertLe(up - down, 1, "ROUNDING-1");
    }

    function testFuzz_TheChargeForCapitalIsRoundedOnItsSide(uint256 seed) public pure {
        uint256 s = _sized(seed, "required", 126);
        uint256 capital = s + 1 + _sized(seed, "capital", 126);
        uint256 down = PremiumMath.psiDown(s, capital) - s;
        uint256 up = PremiumMath.psiUp(s, capital) - s;
        assertLe(down * (2 * (capital - s)), s * s, "ROUNDING-1");
        assertGe(up * (2 * (capital - s)), s * s, "ROUNDING-1");
        assertLe(up - down, 1, "ROUNDING-1");
    }
}

contract SeniorChargeTest is Test {
    function test_WhenUtilisationRises_TheChargeFollowsItsKink() public pure {
        assertEq(PremiumMath.seniorCharge(0), 200);
        assertEq(PremiumMath.seniorCharge(6000), 200);
        assertEq(PremiumMath.seniorCharge(6003), 200);
        assertEq(PremiumMath.seniorCharge(6004), 201);
        assertEq(PremiumMath.seniorCharge(7250), 600);
        assertEq(PremiumMath.seniorCharge(8500), 1000);
        assertEq(PremiumMath.seniorCharge(10_000), 1480);
        assertEq(PremiumMath.seniorCharge(13_187), 2499);
        assertEq(PremiumMath.seniorCharge(13_188), 2500);
        assertEq(PremiumMath.seniorCharge(60_000), 2500);
    }
}
