// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {CoverView, MarketView, PoolView, QuoteView, VaultView} from "../../src/interfaces/ILens.sol";
import {IPoolEvents} from "../../src/interfaces/IPoolEvents.sol";
import {PolicyState, PoolState, Quote} from "../../src/interfaces/IPoolTypes.sol";
import {Lens} from "../../src/periphery/Lens.sol";
import {CoverId} from "../../src/types/CoverId.sol";
import {MarketId} from "../../src/types/MarketId.sol";
import {PHASE_ENDED} from "../../src/types/MarketStatus.sol";
import {SystemFixture} from "../support/SystemFixture.sol";

/// @notice Pages of the lens against what the contracts themselves say.
contract LensTest is SystemFixture {
    Lens internal lens;
    MarketId internal market;

    function setUp() public override {
        super.setUp();
        lens = Lens(deploy("Lens", abi.encode(factory, coverToken, registry, oracle, board)));
        market = openMarket("vault");
        deposit(junior, underwriter, 400_000 * unit());
        deposit(senior, underwriter, 600_000 * unit());
    }

    function test_PoolPage() external {
        buy(market, holder, 50_000 * unit(), 60);
        PoolView memory page = lens.poolPage(address(pool));
        PoolState memory state = pool.state();
        assertTrue(page.ok);
        assertEq(page.index, 1);
        assertEq(page.asset.asset, address(asset));
        assertEq(page.asset.symbol, "USD");
        assertEq(page.asset.decimals, 6);
        assertEq(page.junior, address(junior));
        assertEq(page.senior, address(senior));
        assertEq(abi.encode(page.state), abi.encode(state), "state");
        assertEq(page.utilisation, state.requiredCapital * 1e18 / state.pricingCapital);
        assertEq(page.maxDepositJunior, pool.maxDeposit(false));
        assertEq(page.maxDepositSenior, pool.maxDeposit(true));
        assertEq(page.time, block.timestamp);
    }

    function test_MarketsPage_OpenUnknownAndEnded() external {
        buy(market, holder, 50_000 * unit(), 60);
        MarketId ended = openMarket("bridge");
        vm.warp(block.timestamp + 10 days);
        uint256 incident = fail(ended, 1e8);
        MarketId[] memory markets = new MarketId[](3);
        (markets[0], markets[1], markets[2]) = (market, MarketId.wrap("unknown"), ended);
        MarketView[] memory page = lens.marketsPage(address(pool), markets);

        assertTrue(page[0].ok);
        assertEq(page[0].asset, address(asset));
        assertTrue(page[0].state.attached);
        assertEq(page[0].state.committed, 50_000 * unit());
        assertEq(
            abi.encode(page[0].cards), abi.encode(oracle.inputs(market, registry.status(market).groups()))
        );
        assertEq(page[0].incident, 0);
        assertEq(MarketId.unwrap(page[1].market), bytes32("unknown"));
        assertFalse(page[1].state.attached);
        assertFalse(page[1].status.registered());
        assertEq(page[2].status.phase(), PHASE_ENDED);
        assertEq(page[2].incident, incident);
    }

    function test_CoversPage_ThroughALife() external {
        (CoverId bought,) = buy(market, holder, 50_000 * unit(), 60);
        (CoverId cancelled,) = buy(market, holder, 10_000 * unit(), 30);
        vm.prank(holder);
        pool.cancel(cancelled);
        vm.prank(holder);
        coverToken.transferFrom(holder, underwriter, bought.toTokenId());
        CoverId[] memory covers = new CoverId[](3);
        (covers[0], covers[1], covers[2]) = (bought, cancelled, CoverId.wrap(99));
        CoverView[] memory page = lens.coversPage(covers);

        assertTrue(page[0].ok);
        assertEq(page[0].pool, address(pool));
        assertEq(page[0].holder, underwriter);
        assertEq(page[0].insured, holder, "stays the same");
        assertTrue(page[0].consent);
        assertEq(page[0].asset.symbol, "USD");
        assertEq(abi.encode(page[0].policy), abi.encode(pool.policy(bought)));
        assertEq(uint8(page[1].policy.state), uint8(PolicyState.Void));
        assertFalse(page[2].ok, "no such cover");
        assertEq(CoverId.unwrap(page[2].cover), 99);
    }

    function test_VaultPage_BeforeAndAfterAnExit() external {
        uint256 shares = senior.balanceOf(underwriter);
        vm.prank(underwriter);
        uint256 request = senior.requestRedeem(shares / 2, underwriter, underwriter);
        VaultView memory page = lens.vaultPage(address(senior), underwriter);
        assertTrue(page.ok);
        assertEq(page.assets, 600_000 * unit());
        assertEq(page.shares, shares - shares / 2);
        assertEq(page.worth, 300_000 * unit());
        assertEq(page.requests.length, 1);
        assertEq(page.requests[0].requestId, request);
        assertEq(page.requests[0].shares, shares / 2);
        assertEq(page.requests[0].pending, shares / 2);
        assertEq(page.requests[0].maturesAt, block.timestamp + 7 days);
        assertEq(page.allowance, asset.allowance(underwriter, address(senior)));

        vm.warp(block.timestamp + 7 days);
        senior.strikeExit(type(uint256).max);
        vm.warp(block.timestamp + 9 days);
        page = lens.vaultPage(address(senior), underwriter);
        assertEq(page.claimable, shares / 2);
        assertEq(page.requests[0].claimable, shares / 2);
        vm.prank(underwriter);
        senior.redeem(shares / 2, underwriter, underwriter);
        page = lens.vaultPage(address(senior), underwriter);
        assertEq(page.requests.length, 0, "claimed");
        assertEq(page.balance, 300_000 * unit());
    }

    /// @dev The price of the pool once the market is caught up: a cover that ended in between ties nothing up any more.
    function test_QuoteExact_IsThePriceThatIsPaid() external {
        buy(market, holder, 80_000 * unit(), 30);
        vm.warp(block.timestamp + 60 days);
        publishMarket(cardOf(market));
        publishGroup(groupCardOf(SOFT));
        publishGroup(groupCardOf(HARD));
        uint256 snapshot = vm.snapshotState();
        QuoteView memory page = lens.quoteExact(address(pool), market, 40_000 * unit(), 30);
        vm.revertToState(snapshot);
        assertTrue(page.ok);
        assertTrue(page.poked);
        assertLe(page.quote.premium, pool.quote(market, 40_000 * unit(), 30).premium, "never more");
        pool.poke(market, type(uint256).max);
        Quote memory caughtUp = pool.quote(market, 40_000 * unit(), 30);
        assertEq(page.quote.premium, caughtUp.premium);
        (, uint256 paid) = buy(market, holder, 40_000 * unit(), 30);
        assertEq(paid, page.quote.premium);
    }

    function test_QuoteExact_HandsThePoolsErrorOver() external {
        MarketId other = registry.register(termsOf("other"));
        QuoteView memory page = lens.quoteExact(address(pool), other, 1000 * unit(), 30);
        assertFalse(page.ok);
        assertEq(page.reason, abi.encodeWithSelector(IPoolEvents.MarketNotAttached.selector, other));
    }

    function test_QuoteExact_RefusesAnAmountThatDoesNotFit() external {
        QuoteView memory page = lens.quoteExact(address(pool), market, 1 << 88, 30);
        assertFalse(page.ok);
        assertEq(
            page.reason,
            abi.encodeWithSelector(IPoolEvents.AmountTooLarge.selector, 1 << 88, type(uint88).max)
        );
    }
}
