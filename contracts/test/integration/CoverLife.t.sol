// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IPoolEvents} from "../../src/interfaces/IPoolEvents.sol";
import {PolicyState, PoolIncident, PoolState} from "../../src/interfaces/IPoolTypes.sol";
import {CoverId} from "../../src/types/CoverId.sol";
import {MarketId} from "../../src/types/MarketId.sol";
import {SystemFixture} from "../support/SystemFixture.sol";

/// @notice The life of a cover: capital in, cover sold, a loss, everyone paid the same ratio.
contract CoverLifeTest is SystemFixture {
    MarketId internal market;

    function setUp() public override {
        super.setUp();
        market = openMarket("vault");
        deposit(junior, underwriter, 400_000 * unit());
        deposit(senior, underwriter, 600_000 * unit());
    }

    function test_BuyLocksPremiumAndMintsToken() public {
        (CoverId id, uint256 premium) = buy(market, holder, 50_000 * unit(), 90);
        assertEq(coverToken.ownerOf(id.toTokenId()), holder);
        assertGt(premium, 50_000 * unit() * 2 / 100 * 90 / 365, "not below expected loss");
        PoolState memory s = pool.state();
        assertEq(s.unearned + s.feesOwed, premium, "SOLVENCY-1");
        assertEq(s.totalCover, 50_000 * unit());
    }

    function test_LossPaysEveryoneTheSame() public {
        CoverId[] memory ids = new CoverId[](10);
        for (uint256 i; i < 10; ++i) {
            address account = makeAddr(string.concat("holder", vm.toString(i)));
            hold(account, 20_000 * unit());
            (ids[i],) = buy(market, account, 10_000 * unit(), 60);
        }
        vm.warp(block.timestamp + 10 days);
        uint256 incident = fail(market, 1e8);
        PoolIncident memory l = pool.incidentState(incident);
        assertEq(l.liability, 95_000 * unit());
        assertEq(l.ratio, 1e18);
        pool.payBatch(ids);
        for (uint256 i; i < 10; ++i) {
            assertEq(asset.balanceOf(coverToken.ownerOf(ids[i].toTokenId())), 9500 * unit(), "EQUALITY-1");
        }
        l = pool.incidentState(incident);
        assertEq(l.paid, l.moved);
        _checkBalance(l.moved - l.paid);
    }

    function test_CancelBeforeStartIsVoid() public {
        (CoverId id, uint256 premium) = buy(market, holder, 50_000 * unit(), 90);
        vm.prank(holder);
        uint256 refund = pool.cancel(id);
        assertLt(refund, premium);
        assertEq(uint8(pool.policy(id).state), uint8(PolicyState.Void));
        assertEq(pool.state().totalCover, 0);
        assertEq(pool.state().variance, 0);
        _checkBalance(0);
    }

    function test_ExitTakesSevenDaysAndTheEscrow() public {
        uint256 shares = senior.balanceOf(underwriter);
        vm.prank(underwriter);
        uint256 request = senior.requestRedeem(shares / 2, underwriter, underwriter);
        vm.warp(block.timestamp + 7 days);
        senior.strikeExit(type(uint256).max);
        assertEq(senior.claimableRedeemRequest(request, underwriter), 0);
        vm.warp(block.timestamp + 9 days);
        assertEq(senior.claimableRedeemRequest(request, underwriter), shares / 2);
        vm.prank(underwriter);
        uint256 assets = senior.redeem(shares / 2, underwriter, underwriter);
        assertEq(assets, 300_000 * unit());
        _checkBalance(0);
    }

    function test_ExtendMovesTheEnd() public {
        (CoverId id,) = buy(market, holder, 50_000 * unit(), 30);
        uint256 end = pool.policy(id).end;
        vm.warp(block.timestamp + 5 days);
        asset.mint(holder, 10_000 * unit());
        vm.prank(holder);
        pool.extend(id, 30, type(uint96).max);
        assertEq(pool.policy(id).end, end + 30 days);
        vm.warp(end + 60 days);
        pool.poke(market, type(uint256).max);
        assertEq(pool.state().totalCover, 0);
        assertEq(pool.state().unearned, 0, "all of the stream is earned at its end");
        _checkBalance(0);
    }

    function test_RevertWhen_CoverStartsAfterTheEvent() public {
        (CoverId id,) = buy(market, holder, 50_000 * unit(), 30);
        hold(holder, 50_000 * unit());
        fail(market, 1e8);
        vm.expectPartialRevert(IPoolEvents.NotCoveredAtEvent.selector);
        pool.pay(id);
    }

    function _checkBalance(uint256 reserve) private view {
        PoolState memory s = pool.state();
        assertEq(
            asset.balanceOf(address(pool)),
            s.junior + s.senior + s.escrow + s.unearned + s.feesOwed + s.integratorFees + s.refunds + reserve,
            "SOLVENCY-1"
        );
    }
}
