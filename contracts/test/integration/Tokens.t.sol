// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IPool} from "../../src/interfaces/IPool.sol";
import {IPoolEvents} from "../../src/interfaces/IPoolEvents.sol";
import {PoolSettings} from "../../src/interfaces/IPoolFactory.sol";
import {CoverId} from "../../src/types/CoverId.sol";
import {MarketId} from "../../src/types/MarketId.sol";
import {MarketTerms} from "../../src/types/MarketTerms.sol";
import {TrancheVault} from "../../src/underwriting/TrancheVault.sol";
import {PlainToken} from "../support/SystemTokens.sol";
import {UnderwritingFixture} from "../support/UnderwritingFixture.sol";
import {BlockingToken, FeeToken, HookToken, SilentToken} from "../support/UnderwritingTokens.sol";

/// @notice Pools in assets that are not quite what an ERC-20 should be.
contract TokensTest is UnderwritingFixture {
    function test_WhenTheAssetTakesAFee_NothingIsCredited() public {
        FeeToken token = new FeeToken();
        MarketId m = _use(address(token));
        token.take(true);
        token.mint(holder, 1e6 * unit());
        vm.startPrank(holder);
        token.approve(address(pool), type(uint256).max);
        token.approve(address(junior), type(uint256).max);
        vm.expectPartialRevert(IPoolEvents.TransferShortfall.selector);
        pool.buy(buyParams(m, holder, 1000 * unit(), 30));
        vm.expectPartialRevert(IPoolEvents.TransferShortfall.selector);
        junior.deposit(1000 * unit(), holder);
    }

    function test_WhenTheAssetReturnsNothing_AllOfItWorks() public {
        SilentToken token = new SilentToken();
        MarketId m = _use(address(token));
        CoverId id = buyCover(m, holder, 10_000, 60);
        vm.prank(holder);
        assertGt(pool.cancel(id), 0);
        id = buyCover(m, holder, 10_000, 60);
        CoverId second = buyCover(m, keeper, 10_000, 60);
        hold(holder, 10_000 * unit());
        hold(keeper, 10_000 * unit());
        vm.warp(pool.policy(id).start);
        fail(m, 1e8);
        uint256 before = token.balanceOf(holder);
        pool.pay(id);
        assertEq(token.balanceOf(holder) - before, 9500 * unit());
        CoverId[] memory ids = new CoverId[](1);
        ids[0] = second;
        assertEq(pool.payBatch(ids), 9500 * unit());
        assertEq(token.balanceOf(keeper), 9500 * unit());
    }

    function test_WhenAReceiverIsBlocked_TheBatchGoesOnAndItPullsLater() public {
        _blocked(false);
    }

    function test_WhenAReceiverBurnsAllGas_TheBatchGoesOnAndItPullsLater() public {
        _blocked(true);
    }

    function _blocked(bool burning) private {
        BlockingToken token = new BlockingToken();
        token.burnGas(burning);
        MarketId m = _use(address(token));
        CoverId[] memory ids = new CoverId[](3);
        for (uint256 i; i < 3; ++i) {
            address account = makeAddr(vm.toString(i));
            hold(account, 10_000 * unit());
            ids[i] = buyCover(m, account, 10_000, 60);
        }
        vm.warp(pool.policy(ids[0]).start);
        uint256 incident = fail(m, 1e8);
        token.block_(makeAddr("1"), true);
        assertEq(pool.payBatch{gas: 5_000_000}(ids), 19_000 * unit());
        assertEq(pool.incidentState(incident).proven, 28_500 * unit());
        assertEq(pool.incidentState(incident).paid, 19_000 * unit());
        if (!burning) {
            vm.expectRevert();
            pool.payRest(ids[1]);
        }
        token.block_(makeAddr("1"), false);
        vm.warp(block.timestamp + 91 days);
        pool.closeIncident(incident);
        assertEq(pool.payRest(ids[1]), 9500 * unit());
        assertEq(token.balanceOf(makeAddr("1")), 9500 * unit(), "EQUALITY-1");
        vm.expectPartialRevert(IPoolEvents.NothingToPay.selector);
        pool.payRest(ids[1]);
    }

    function test_WhenTheAssetCallsBack_NoEntryIsOpen() public {
        HookToken token = new HookToken(6);
        MarketId m = _use(address(token));
        CoverId id = buyCover(m, holder, 10_000, 60);
        bytes[] memory calls = new bytes[](7);
        calls[0] = abi.encodeCall(pool.accrue, ());
        calls[1] = abi.encodeCall(pool.poke, (m, 1));
        calls[2] = abi.encodeCall(pool.collectFees, (treasury));
        calls[3] = abi.encodeCall(pool.state, ());
        calls[4] = abi.encodeCall(pool.quote, (m, unit(), 30));
        calls[5] = abi.encodeCall(pool.settleIncident, (1));
        calls[6] = abi.encodeCall(pool.pay, (id));
        for (uint256 i; i < calls.length; ++i) {
            token.mint(keeper, 1000 * unit());
            vm.startPrank(keeper);
            token.approve(address(pool), type(uint256).max);
            token.arm(address(pool), calls[i]);
            pool.buy(buyParams(m, keeper, 100 * unit(), 30));
            vm.stopPrank();
            assertTrue(token.called());
            assertFalse(token.succeeded(), "an entry or a view was open during a call");
            token.arm(address(0), "");
        }
    }

    /// @dev Makes the asset, the pool and one market of this test those of `token`.
    function _use(address token) private returns (MarketId m) {
        asset = PlainToken(token);
        PoolSettings memory s = settings();
        s.asset = token;
        IPool p;
        TrancheVault j;
        TrancheVault k;
        (p, j, k) = createPool(s);
        (pool, junior, senior) = (p, j, k);
        MarketTerms memory t = termsOf("token");
        m = openMarket(t);
        fund(junior, underwriter, 400_000);
        fund(senior, underwriter, 600_000);
    }
}
