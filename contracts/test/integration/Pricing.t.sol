// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IPoolEvents} from "../../src/interfaces/IPoolEvents.sol";
import {PoolState, Quote} from "../../src/interfaces/IPoolTypes.sol";
import {GroupCardMessage, MarketCardMessage} from "../../src/interfaces/IRiskOracle.sol";
import {CoverId} from "../../src/types/CoverId.sol";
import {MarketId} from "../../src/types/MarketId.sol";
import {UnderwritingFixture} from "../support/UnderwritingFixture.sol";

/// @notice What the price promises, on the pool itself.
contract PricingTest is UnderwritingFixture {
    MarketId internal other;

    function setUp() public override {
        super.setUp();
        other = openMarket("other");
    }

    function testFuzz_SplittingNeverCostsLess(uint256 whole, uint256 part, uint256 before, uint16 term)
        public
    {
        (whole, term) = _trade(whole, before, term);
        part = bound(part, 1, whole - 1);
        uint256 atOnce = pool.quote(market, whole, term).premium;
        (, uint256 first) = buy(market, holder, part, term);
        (, uint256 second) = buy(market, holder, whole - part, term);
        assertGe(first + second, atOnce, "PRICE-2");
        assertLe(first + second, atOnce + 4, "PRICE-2");
    }

    function testFuzz_MoreCoverCostsMore(uint256 a, uint256 b, uint256 before, uint16 term) public {
        (a, term) = _trade(a, before, term);
        b = bound(b, 1, a);
        assertGe(_premium(a, term), _premium(b, term), "PRICE-3");
    }

    function testFuzz_PriceIsConvexInCover(uint256 a, uint256 before, uint16 term) public {
        (a, term) = _trade(a, before, term);
        uint256 half = a / 2;
        // Roundings aside, the second half of a purchase never costs less than the first.
        assertGe(_premium(half * 2, term) + 4, 2 * _premium(half, term), "PRICE-3");
    }

    function testFuzz_LongerCoverCostsMore(uint256 a, uint256 before, uint16 term) public {
        (a, term) = _trade(a, before, term);
        assertGe(_premium(a, term + 1), _premium(a, term), "PRICE-3");
    }

    function testFuzz_NeverBelowExpectedLoss(uint256 a, uint256 before, uint16 term) public {
        (a, term) = _trade(a, before, term);
        Quote memory q = pool.quote(market, a, term);
        assertGe((q.premium - q.fee) * 100 * 365 days, a * 2 * (q.end - block.timestamp), "PRICE-2");
    }

    function testFuzz_MoreExpectedLossCostsMore(uint256 a, uint256 before, uint16 term, uint256 el) public {
        (a, term) = _trade(a, before, term);
        uint256 price = _premium(a, term);
        MarketCardMessage memory c = cardOf(market);
        c.el = uint32(bound(el, 2_000_000, 8_000_000));
        publishMarket(c);
        assertGe(_premium(a, term), price, "PRICE-3");
    }

    function testFuzz_MoreWeightCostsMore(uint256 a, uint256 before, uint16 term, uint256 w) public {
        (a, term) = _trade(a, before, term);
        uint256 price = _premium(a, term);
        MarketCardMessage memory c = cardOf(market);
        c.w[0] = uint16(bound(w, 2000, 8000));
        publishMarket(c);
        assertGe(_premium(a, term) + 1, price, "PRICE-3");
    }

    /// Where the group carries nothing but this market; beside other loads an uncorrelated purchase may cost less.
    function testFuzz_AStrongerShockCostsMore(uint256 a, uint256 before, uint16 term, uint256 s) public {
        (a, term) = _trade(a, 0, term);
        before = bound(before, 0, 40_000 * unit());
        if (before != 0) buy(market, keeper, before, 100);
        uint256 price = _premium(a, term);
        GroupCardMessage memory c = groupCardOf(SOFT);
        c.s = uint32(bound(s, 1_000_000, 4_000_000));
        publishGroup(c);
        assertGe(_premium(a, term) + 1, price, "PRICE-3");
    }

    function testFuzz_LessCapitalCostsMore(uint256 a, uint256 before, uint16 term, uint256 leaving) public {
        (a, term) = _trade(a, before, term);
        uint256 price = _premium(a, term);
        leaving = bound(leaving, 1, 200_000 * unit() * 1000);
        vm.prank(underwriter);
        senior.requestRedeem(leaving, underwriter, underwriter);
        assertGe(_premium(a, term), price, "PRICE-3");
    }

    function testFuzz_BuyThenCancelNeverProfits(uint256 a, uint256 others, uint256 wait, uint256 el) public {
        (a,) = _trade(a, 0, 60);
        others = bound(others, 1, 60_000 * unit());
        (CoverId id, uint256 paid) = buy(market, holder, a, 60);
        (CoverId second,) = buy(other, keeper, others, 90);
        vm.warp(block.timestamp + bound(wait, 0, 20 days));
        if (wait % 3 == 0) {
            vm.prank(keeper);
            pool.cancel(second);
        }
        MarketCardMessage memory c = cardOf(market);
        c.el = uint32(bound(el, 1_000_000, 8_000_000));
        publishMarket(c);
        vm.prank(holder);
        uint256 refund = pool.cancel(id);
        assertLe(refund, paid * 9000 / 11_000 + 1);
        // What is bought again at once costs more than what was given back.
        if (wait % 2 == 0) assertGe(_premium(a, 60) * 9000 / 11_000 + 1, refund * 9 / 10);
        assertSolvent(0);
    }

    /// In either tranche, where the pool has sold cover: one that has sold none follows its capital at once.
    function testFuzz_CapitalBroughtAndAskedBackBuysNothingCheaper(
        uint256 a,
        uint256 amount,
        uint256 before,
        bool inSenior
    ) public {
        before = bound(before, 1, 60_000 * unit());
        (a,) = _trade(a, before, 60);
        uint256 price = _premium(a, 60);
        amount = bound(amount, 1, inSenior ? 900_000 * unit() : 1e7 * unit());
        deposit(inSenior ? senior : junior, keeper, amount);
        assertGe(_premium(a, 60), price, "PRICE-5");
        requestAll(inSenior ? senior : junior, keeper);
        assertGe(_premium(a, 60), price, "PRICE-5");
    }

    function testFuzz_MarketsCapitalAddsUpToS(uint256 a, uint256 b, uint256 c) public {
        MarketId third = openMarket(softTerms("third"));
        buy(market, holder, bound(a, 1, 100_000 * unit()), 60);
        buy(other, holder, bound(b, 1, 100_000 * unit()), 60);
        buy(third, holder, bound(c, 1, 100_000 * unit()), 60);
        uint256 sum = pool.marketState(market).capital + pool.marketState(other).capital
            + pool.marketState(third).capital;
        PoolState memory s = pool.state();
        assertLe(sum, s.requiredCapital + 1);
        assertGe(sum + 4 + s.requiredCapital / 1e6, s.requiredCapital);
    }

    function test_FiniteBelowTheGateAndRefusedAbove() public {
        (MarketId[] memory markets,) = sellMarkets(8, 250_000);
        MarketId last = openMarket(softTerms("last"));
        uint256 low;
        uint256 high = 250_000 * unit();
        while (high - low > 1) {
            uint256 mid = (low + high) / 2;
            try pool.quote(last, mid, 30) {
                low = mid;
            } catch (bytes memory reason) {
                assertEq(bytes4(reason), IPoolEvents.UtilisationAboveGate.selector);
                high = mid;
            }
        }
        assertEq(markets.length, 8);
        Quote memory q = pool.quote(last, low, 30);
        assertLe(q.utilisationAfter, 0.85e18 + 1e12);
        assertGt(q.utilisationAfter, 0.849e18);
        assertLt(q.premium, low);
        vm.expectPartialRevert(IPoolEvents.UtilisationAboveGate.selector);
        pool.quote(last, high, 30);
    }

    /// @dev Cover of the market under test, after some was sold in it and in the other one.
    function _trade(uint256 a, uint256 before, uint16 term) private returns (uint256, uint16) {
        uint256 already = bound(before, 0, 60_000 * unit());
        if (already != 0) {
            buy(market, keeper, already, 100);
            buy(other, keeper, already, 50);
        }
        return (bound(a, 2, 100_000 * unit()), uint16(bound(term, 14, 300)));
    }

    function _premium(uint256 cover, uint256 term) private view returns (uint256) {
        return cover == 0 ? 0 : pool.quote(market, cover, term).premium;
    }
}
