// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IncidentState} from "../../../src/interfaces/IIncidentBoard.sol";
import {IPoolEvents} from "../../../src/interfaces/IPoolEvents.sol";
import {BuyParams, Policy, PolicyState, PoolState, Quote} from "../../../src/interfaces/IPoolTypes.sol";
import {MarketCardMessage} from "../../../src/interfaces/IRiskOracle.sol";
import {CoverId, toCoverId} from "../../../src/types/CoverId.sol";
import {MarketId} from "../../../src/types/MarketId.sol";
import {OP_BUY} from "../../../src/types/MarketStatus.sol";
import {MarketTerms} from "../../../src/types/MarketTerms.sol";
import {UnderwritingFixture} from "../../support/UnderwritingFixture.sol";

contract BuyTest is UnderwritingFixture {
    function test_WhenBought_RecordsThePolicy() public {
        CoverId id = buyCover(market, holder, 50_000, 90);
        Policy memory p = pool.policy(id);
        assertEq(p.cover, 50_000 * unit());
        assertEq(MarketId.unwrap(p.market), MarketId.unwrap(market));
        assertEq(p.end - p.start, 90 days);
        assertEq(uint8(p.state), uint8(PolicyState.Active));
        assertEq(coverToken.ownerOf(id.toTokenId()), holder);
        assertEq(coverToken.insuredOf(id), holder);
        assertEq(id.poolIndex(), pool.poolIndex());
    }

    function test_WhenBoughtWithinADay_StartsAtTheNextBoundaryAfterTheWait() public {
        CoverId id = buyCover(market, holder, 1000, 30);
        assertEq(pool.policy(id).start, ((START + 72 hours) / 1 days + 1) * 1 days);
    }

    function test_WhenBoughtOnABoundary_StartsExactlyAfterTheWait() public {
        nextDay();
        CoverId id = buyCover(market, holder, 1000, 30);
        assertEq(pool.policy(id).start, block.timestamp + 72 hours);
    }

    function test_WhenBought_ChargesTheQuote() public {
        Quote memory q = pool.quote(market, 50_000 * unit(), 90);
        (CoverId id, uint256 premium) = buy(market, holder, 50_000 * unit(), 90);
        assertEq(premium, q.premium);
        assertEq(pool.policy(id).start, q.start);
        assertEq(pool.policy(id).end, q.end);
        assertEq(asset.balanceOf(holder), 0);
        PoolState memory s = pool.state();
        assertEq(s.feesOwed, q.fee);
        assertEq(s.unearned, q.premium - q.fee);
        assertGe(q.premium - q.fee, q.expectedLoss);
        assertEq(q.utilisationBefore, 0);
        assertApproxEqAbs(q.utilisationAfter, s.requiredCapital * 1e18 / s.pricingCapital, 1e13);
        assertSolvent(0);
    }

    function test_RevertWhen_TheAllowanceIsShort() public {
        uint256 price = pool.quote(market, 50_000 * unit(), 90).premium;
        asset.mint(holder, price);
        vm.startPrank(holder);
        asset.approve(address(pool), price - 1);
        vm.expectRevert(abi.encodeWithSelector(IPoolEvents.PaymentRefused.selector, holder, price));
        pool.buy(buyParams(market, holder, 50_000 * unit(), 90));
        asset.approve(address(pool), price);
        pool.buy(buyParams(market, holder, 50_000 * unit(), 90));
        assertEq(asset.balanceOf(holder), 0);
    }

    function test_WhenCatchUpChangesNothing_TheQuoteIsNeverBelowThePrice() public {
        buyCover(market, holder, 50_000, 14);
        vm.warp(block.timestamp + 29 days);
        uint256 quoted = pool.quote(market, 50_000 * unit(), 90).premium;
        asset.mint(holder, quoted);
        vm.prank(holder);
        (, uint256 premium) = pool.buy(buyParams(market, holder, 50_000 * unit(), 90));
        assertLe(premium, quoted);
    }

    function test_WhenAnotherPays_TheRecipientHolds() public {
        asset.mint(keeper, 10_000 * unit());
        BuyParams memory p = buyParams(market, holder, 1000 * unit(), 30);
        p.insured = underwriter;
        vm.startPrank(keeper);
        asset.approve(address(pool), type(uint256).max);
        (CoverId id,) = pool.buy(p);
        assertEq(coverToken.ownerOf(id.toTokenId()), holder);
        assertEq(coverToken.insuredOf(id), underwriter);
    }

    function test_WhenBought_WeighsIntoEveryGroup() public {
        buyCover(market, holder, 50_000, 30);
        (uint256 weighted, uint256 unweighted,) = pool.groupState(SOFT);
        assertEq(weighted, 2000 * 50_000 * unit());
        assertEq(unweighted, 50_000 * unit());
        (weighted, unweighted,) = pool.groupState(HARD);
        assertEq(weighted, 3000 * 50_000 * unit());
        assertEq(pool.marketState(market).committed, 50_000 * unit());
        assertEq(pool.marketState(market).active, 0);
    }

    function test_RevertWhen_CoverIsZero() public {
        vm.expectRevert(IPoolEvents.AmountZero.selector);
        pool.buy(buyParams(market, holder, 0, 30));
    }

    function test_RevertWhen_PremiumIsAboveMax() public {
        uint256 price = pool.quote(market, 1000 * unit(), 30).premium;
        BuyParams memory p = buyParams(market, holder, 1000 * unit(), 30);
        p.maxPremium = uint96(price - 1);
        vm.expectRevert(abi.encodeWithSelector(IPoolEvents.PremiumAboveMax.selector, price, price - 1));
        pool.buy(p);
    }

    function test_RevertWhen_TermIsTooShort() public {
        _expectTerm(10);
        buyCover(market, holder, 1000, 11);
    }

    function test_RevertWhen_TermIsTooLong() public {
        _expectTerm(362);
        buyCover(market, holder, 1000, 361);
    }

    function _expectTerm(uint16 coverDays) private {
        vm.expectPartialRevert(IPoolEvents.TermOutOfBounds.selector);
        pool.buy(buyParams(market, holder, 1000 * unit(), coverDays));
    }

    function test_RevertWhen_MarketIsNotAttached() public {
        MarketId other = registry.register(termsOf("other"));
        _expect(IPoolEvents.MarketNotAttached.selector, other, 1000);
    }

    function test_RevertWhen_MarketIsDetached() public {
        pool.detachMarket(market);
        _expect(IPoolEvents.MarketNotAttached.selector, market, 1000);
    }

    function test_RevertWhen_CardIsMissing() public {
        MarketTerms memory t = termsOf("bare");
        MarketId bare = registry.register(t);
        pool.attachMarket(bare);
        _expect(IPoolEvents.CardMissing.selector, bare, 1000);
    }

    function test_RevertWhen_CardIsStale() public {
        vm.warp(block.timestamp + 30 days + 1);
        publishGroup(groupCardOf(SOFT));
        publishGroup(groupCardOf(HARD));
        _expect(IPoolEvents.CardStale.selector, market, 1000);
    }

    function test_RevertWhen_GroupCardIsStale() public {
        vm.warp(block.timestamp + 30 days + 1);
        publishMarket(cardOf(market));
        publishGroup(groupCardOf(SOFT));
        _expect(IPoolEvents.GroupCardStale.selector, market, 1000);
    }

    function test_WhenCardIsInItsLastSecond_Sells() public {
        vm.warp(block.timestamp + 30 days);
        buyCover(market, holder, 1000, 30);
    }

    function test_RevertWhen_GroupIsAlerted() public {
        oracle.alertGroup(HARD, uint40(block.timestamp + 1 days));
        _expect(IPoolEvents.GroupAlerted.selector, market, 1000);
        vm.warp(block.timestamp + 1 days);
        buyCover(market, holder, 1000, 30);
    }

    function test_RevertWhen_OperationIsClosed() public {
        registry.close(market, OP_BUY);
        _expect(IPoolEvents.OperationClosed.selector, market, 1000);
        registry.open(market);
        buyCover(market, holder, 1000, 30);
    }

    function test_RevertWhen_MarketIsSuspect() public {
        find(market, IncidentState.Suspect, block.timestamp, 0);
        _expect(IPoolEvents.OperationClosed.selector, market, 1000);
    }

    function test_RevertWhen_MarketShareIsFull() public {
        _expect(IPoolEvents.MarketFull.selector, market, 250_001);
        buyCover(market, holder, 250_000, 30);
        _expect(IPoolEvents.MarketFull.selector, market, 1);
    }

    function test_RevertWhen_MaxCoverIsReached() public {
        MarketId small = registry.register(termsOf("small"));
        MarketCardMessage memory c = cardOf(small);
        c.maxCover = 1000;
        publishMarket(c);
        pool.attachMarket(small);
        buyCover(small, holder, 1000, 30);
        _expect(IPoolEvents.MarketFull.selector, small, 1);
    }

    function test_RevertWhen_HardGroupIsFull() public {
        buyCover(market, holder, 250_000, 30);
        for (uint256 i; i < 3; ++i) {
            buyCover(openMarket(termsOf(vm.toString(i))), holder, 250_000, 30);
        }
        _expect(IPoolEvents.GroupFull.selector, openMarket(termsOf("last")), 1);
    }

    function test_RevertWhen_UtilisationIsAboveGate() public {
        (MarketId[] memory markets,) = sellMarkets(8, 250_000);
        assertEq(markets.length, 8);
        _expect(IPoolEvents.UtilisationAboveGate.selector, openMarket(softTerms("last")), 250_000);
    }

    function test_RevertWhen_GearingIsReached() public {
        pool.setParameter("gearing", 1);
        MarketTerms memory t = softTerms("none");
        t.groups = new uint16[](0);
        for (uint256 i; i < 4; ++i) {
            t.termsHash = bytes32(i + 1);
            buyCover(openMarket(t), holder, 250_000, 30);
        }
        _expect(IPoolEvents.PoolFull.selector, market, 1);
    }

    function test_RevertWhen_PoolWindsDown() public {
        pool.startWindDown();
        _expect(IPoolEvents.PoolWindingDown.selector, market, 1000);
    }

    function test_RevertWhen_OpenIncidentsExceedCapital() public {
        (MarketId[] memory markets,) = sellMarkets(8, 250_000);
        for (uint256 i; i < 8; ++i) {
            find(markets[i], IncidentState.Suspect, block.timestamp, 0);
        }
        pool.syncIncidents(8);
        _expect(IPoolEvents.PoolShort.selector, market, 1000);
    }

    function test_RevertWhen_PayerHasNotApproved() public {
        asset.mint(keeper, 10_000 * unit());
        vm.prank(keeper);
        vm.expectRevert();
        pool.buy(buyParams(market, keeper, 1000 * unit(), 30));
    }

    function _expect(bytes4 selector, MarketId market_, uint256 cover) private {
        vm.expectPartialRevert(selector);
        pool.buy(buyParams(market_, holder, cover * unit(), 30));
    }

    function test_RevertWhen_NothingIsQuoted() public {
        vm.expectRevert(IPoolEvents.AmountZero.selector);
        pool.quote(market, 0, 30);
    }

    function test_RevertWhen_APolicyOfAnotherPoolIsRead() public {
        CoverId id = buyCover(market, holder, 1000, 30);
        CoverId other = toCoverId(9, id.sequence());
        vm.expectRevert(abi.encodeWithSelector(IPoolEvents.PolicyOfAnotherPool.selector, other));
        pool.policy(other);
    }
}
