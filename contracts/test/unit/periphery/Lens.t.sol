// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ICoverToken} from "../../../src/interfaces/ICoverToken.sol";
import {IIncidentBoard} from "../../../src/interfaces/IIncidentBoard.sol";
import {
    CoverView,
    ILens,
    MarketView,
    PoolView,
    QuoteView,
    RequestView,
    VaultView
} from "../../../src/interfaces/ILens.sol";
import {IMarketRegistry} from "../../../src/interfaces/IMarketRegistry.sol";
import {IPoolFactory} from "../../../src/interfaces/IPoolFactory.sol";
import {Policy, PolicyState, PoolState} from "../../../src/interfaces/IPoolTypes.sol";
import {IRiskOracle} from "../../../src/interfaces/IRiskOracle.sol";
import {Lens} from "../../../src/periphery/Lens.sol";
import {CoverId, toCoverId} from "../../../src/types/CoverId.sol";
import {MarketId} from "../../../src/types/MarketId.sol";
import {RiskCard} from "../../../src/types/RiskCards.sol";
import {CoverFixture} from "../../support/CoverFixture.sol";
import {CoverMockPool} from "../../support/CoverMocks.sol";
import {LensMockSources, LensMockVault} from "../../support/LensMocks.sol";

contract LensTest is CoverFixture {
    MarketId private constant MARKET = MarketId.wrap("market");
    MarketId private constant BAD = MarketId.wrap("bad");

    Lens internal lens;
    LensMockVault internal vault;

    function setUp() public override {
        super.setUp();
        address sources = address(new LensMockSources());
        lens = new Lens(
            IPoolFactory(address(factory)),
            ICoverToken(address(token)),
            IMarketRegistry(sources),
            IRiskOracle(sources),
            IIncidentBoard(sources)
        );
        vault = new LensMockVault(address(asset));
    }

    function test_PoolPage() external {
        factory.setVaults(address(pool), address(0x1), address(0x2));
        PoolState memory state;
        (state.junior, state.requiredCapital, state.pricingCapital) = (77, 30, 40);
        pool.setState(state);

        PoolView memory page = lens.poolPage(address(pool));
        assertTrue(page.ok, "ok");
        assertEq(page.pool, address(pool), "pool");
        assertEq(page.index, 1, "index");
        assertEq(page.asset.symbol, "USDC", "symbol");
        assertEq(page.asset.decimals, 6, "decimals");
        assertEq(page.junior, address(0x1), "junior");
        assertEq(page.senior, address(0x2), "senior");
        assertEq(page.state.junior, 77, "state");
        assertEq(page.utilisation, 0.75e18, "utilisation");
        assertEq(page.maxDepositJunior, 1000, "junior deposit");
        assertEq(page.maxDepositSenior, 2000, "senior deposit");
        assertEq(page.time, block.timestamp, "time");
    }

    function test_PoolPage_WhenThereIsNoCapital() external {
        PoolState memory state;
        assertEq(lens.poolPage(address(pool)).utilisation, 0, "nothing required");
        state.requiredCapital = 1;
        pool.setState(state);
        assertEq(lens.poolPage(address(pool)).utilisation, type(uint256).max, "nothing there");
    }

    function test_PoolPage_WhenNoPoolOrBroken() external {
        assertFalse(lens.poolPage(address(0xdead)).ok, "no code");
        assertFalse(lens.poolPage(address(new CoverMockPool())).ok, "not of the factory");
        pool.setBroken(true);
        assertFalse(lens.poolPage(address(pool)).ok, "broken");
        assertEq(lens.poolPage(address(pool)).pool, address(pool), "still named");
    }

    function test_MarketsPage_OneBadItemSpoilsNothing() external view {
        MarketId[] memory markets = new MarketId[](3);
        (markets[0], markets[1], markets[2]) = (MARKET, BAD, MARKET);

        MarketView[] memory page = lens.marketsPage(address(pool), markets);
        assertTrue(page[0].ok && !page[1].ok && page[2].ok, "ok");
        assertTrue(page[1].market == BAD, "bad one is still named");
        assertTrue(page[0].status.registered(), "status");
        assertEq(page[0].asset, address(0xA55E7), "asset");
        assertTrue(page[0].state.attached, "state");
        assertEq(RiskCard.unwrap(page[0].cards.card), 0x8001, "cards of the market's groups");
        assertEq(page[0].incident, 5, "incident");
    }

    function test_CoversPage_OneBadItemSpoilsNothing() external {
        CoverMockPool other = newPool(address(asset));
        CoverId[] memory covers = new CoverId[](4);
        covers[0] = mintTo(ALICE, BOB);
        covers[1] = toCoverId(99, 1);
        covers[3] = mintTo(CAROL, address(0));
        pool = other;
        covers[2] = mintTo(ALICE, address(0));
        other.setBroken(true);

        CoverView[] memory page = lens.coversPage(covers);
        assertTrue(page[0].ok && !page[1].ok && !page[2].ok && page[3].ok, "ok");
        assertEq(CoverId.unwrap(page[1].cover), CoverId.unwrap(covers[1]), "bad one is still named");
        assertEq(page[0].holder, ALICE, "holder");
        assertEq(page[0].insured, BOB, "insured");
        assertFalse(page[0].consent, "consent");
        assertTrue(page[3].consent, "consent of the first holder");
        assertEq(page[0].pool, token.poolOf(covers[0]), "pool");
        assertEq(page[0].asset.symbol, "USDC", "asset");
        assertEq(page[0].order.addDays, 30, "order");
    }

    function test_CoversPage_ReadsThePolicy() external {
        CoverId[] memory covers = new CoverId[](1);
        covers[0] = mintTo(ALICE, address(0));
        Policy memory policy = Policy(MARKET, 1e6, 2, 3, 4, PolicyState.Paid);
        pool.setPolicy(covers[0], policy);
        assertEq(keccak256(abi.encode(lens.coversPage(covers)[0].policy)), keccak256(abi.encode(policy)));
    }

    function test_VaultPage() external {
        asset.mint(ALICE, 100e6);
        vm.startPrank(ALICE);
        asset.approve(address(vault), 60e6);
        vault.deposit(40e6, ALICE);
        vm.stopPrank();

        VaultView memory page = lens.vaultPage(address(vault), ALICE);
        assertTrue(page.ok, "ok");
        assertEq(page.supply, 40e6, "supply");
        assertEq(page.assets, 40e6, "assets");
        assertEq(page.shares, 40e6, "shares");
        assertEq(page.worth, 40e6, "worth");
        assertEq(page.claimable, 40e6, "claimable");
        assertEq(page.requests.length, 0, "requests");
        assertEq(page.balance, 60e6, "balance");
        assertEq(page.allowance, 20e6, "allowance");
    }

    function test_VaultPage_ShowsOpenRequestsNewestFirst() external {
        vault.ask(ALICE, 5, 6);
        vault.ask(BOB, 1, 1);
        vault.ask(ALICE, 0, 0);
        vault.ask(ALICE, 0, 7);
        RequestView[] memory requests = lens.vaultPage(address(vault), ALICE).requests;
        assertEq(requests.length, 2, "open ones");
        assertEq(requests[0].requestId, 4, "newest");
        assertEq(requests[0].claimable, 7, "claimable");
        assertEq(requests[1].requestId, 1, "oldest");
        assertEq(requests[1].pending, 5, "pending");
        assertEq(requests[1].shares, 11, "shares");
        assertEq(requests[1].maturesAt, 1001, "maturity");
    }

    function test_VaultPage_WhenSomebodyFloodsRequests_ItStillAnswers() external {
        for (uint256 i; i < 250; ++i) {
            vault.ask(ALICE, 1, 0);
        }
        VaultView memory page = lens.vaultPage(address(vault), ALICE);
        assertTrue(page.ok, "ok");
        assertEq(page.requests.length, 200, "newest ones");
        assertEq(page.requests[199].requestId, 51, "oldest shown");
    }

    function test_VaultPage_WhenNoVault() external view {
        assertFalse(lens.vaultPage(address(asset), ALICE).ok, "another contract");
        assertFalse(lens.vaultPage(address(0xdead), ALICE).ok, "no code");
    }

    function test_QuoteExact_PokesFirst() external {
        assertEq(pool.quote(MARKET, 10_000, 30).premium, 200, "before");
        QuoteView memory page = lens.quoteExact(address(pool), MARKET, 10_000, 30);
        assertTrue(page.ok && page.poked, "ok");
        assertEq(page.quote.premium, 199, "after the poke");
    }

    function test_QuoteExact_WhenPokeFails_ItStillQuotes() external {
        QuoteView memory page = lens.quoteExact(address(pool), MarketId.wrap("sleepy"), 10_000, 30);
        assertTrue(page.ok && !page.poked, "ok");
        assertEq(page.quote.premium, 200, "premium");
    }

    function test_QuoteExact_WhenRefused_ItSaysWhy() external {
        QuoteView memory page = lens.quoteExact(address(pool), BAD, 10_000, 30);
        assertFalse(page.ok, "ok");
        assertEq(page.reason, abi.encodeWithSignature("Error(string)", "bad market"), "reason");
        assertFalse(lens.quoteExact(address(0xdead), MARKET, 1, 30).ok, "no code");
    }

    function test_RevertWhen_ReadFromOutside() external {
        vm.expectRevert(ILens.OnlySelf.selector);
        lens.readPool(address(pool));
        vm.expectRevert(ILens.OnlySelf.selector);
        lens.readMarket(address(pool), MARKET);
        vm.expectRevert(ILens.OnlySelf.selector);
        lens.readCover(toCoverId(1, 1));
        vm.expectRevert(ILens.OnlySelf.selector);
        lens.readVault(address(vault), ALICE);
        vm.expectRevert(ILens.OnlySelf.selector);
        lens.readQuote(address(pool), MARKET, 1, 30);
        vm.expectRevert(ILens.OnlySelf.selector);
        lens.pokeMarket(address(pool), MARKET);
    }
}
