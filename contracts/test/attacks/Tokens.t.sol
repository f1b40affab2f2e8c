// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IPoolEvents} from "../../src/interfaces/IPoolEvents.sol";
import {PoolSettings} from "../../src/interfaces/IPoolFactory.sol";
import {CoverId} from "../../src/types/CoverId.sol";
import {MarketId} from "../../src/types/MarketId.sol";
import {PlainToken} from "../support/SystemTokens.sol";
import {UnderwritingFixture} from "../support/UnderwritingFixture.sol";
import {BlockingToken, FeeToken, SilentToken} from "../support/UnderwritingTokens.sol";

/// @notice Attacks by assets, positions and receivers that are not what an ERC-20 and its holders should be.
contract TokenAttacksTest is UnderwritingFixture {
    address private attacker = makeAddr("attacker");

    /// One holder of a batch is on the asset's block list, so that nobody of the batch is paid.
    function test_Attack20_ABlockedReceiverInABatch() public {
        _badReceiver(false);
    }

    /// One holder's transfer burns all the gas it gets.
    function test_Attack20_AReceiverThatBurnsAllGas() public {
        _badReceiver(true);
    }

    /// The asset keeps a hundredth of what is paid in, and the pool would owe the whole.
    function test_Attack33_AnAssetThatTakesAFee() public {
        FeeToken token = new FeeToken();
        MarketId m = _use(address(token));
        token.take(true);
        token.mint(attacker, 100_000 * unit());
        vm.startPrank(attacker);
        token.approve(address(pool), type(uint256).max);
        token.approve(address(junior), type(uint256).max);
        vm.expectPartialRevert(IPoolEvents.TransferShortfall.selector);
        pool.buy(buyParams(m, attacker, 10_000 * unit(), 60));
        vm.expectPartialRevert(IPoolEvents.TransferShortfall.selector);
        junior.deposit(10_000 * unit(), attacker);
        vm.stopPrank();
        assertSolvent(0);
    }

    /// The asset answers nothing: everyone is paid all the same, at once and in a batch.
    function test_Attack33_AnAssetThatReturnsNothing() public {
        MarketId m = _use(address(new SilentToken()));
        CoverId[] memory ids = _insureTwo(m);
        fail(m, 1e8);
        assertEq(pool.payBatch(ids), 19_000 * unit());
        assertEq(asset.balanceOf(attacker), 9500 * unit());
        assertSolvent(0);
    }

    /// The asset of a pool grows where it lies: nobody's share does, and nobody can take it.
    function test_Attack33_AnAssetThatRebasesUpwards() public {
        uint256 worth = junior.convertToAssets(junior.balanceOf(underwriter));
        uint256 price = pool.quote(market, 10_000 * unit(), 60).premium;
        asset.mint(address(pool), asset.balanceOf(address(pool)) / 10);
        assertEq(junior.convertToAssets(junior.balanceOf(underwriter)), worth);
        assertEq(pool.quote(market, 10_000 * unit(), 60).premium, price);
        assertSolvent(100_000 * unit());
    }

    /// The broken position keeps a hundredth of every transfer: what arrived is what is proven.
    function test_Attack33_APositionThatTakesAFee() public {
        FeeToken token = new FeeToken();
        position = token;
        MarketId m = openMarket("fee");
        CoverId id = buyCover(m, attacker, 10_000, 60);
        hold(attacker, 10_000 * unit());
        token.take(true);
        vm.warp(pool.policy(id).start);
        fail(m, 1e8);
        assertEq(pool.pay(id), 9900 * unit() * 95 / 100);
    }

    /// The attacker buys a cover bit by bit, each bit too small for a premium.
    function test_Attack35_BuyingInDust() public {
        uint256 whole = pool.quote(market, 3000, 14).premium;
        assertGt(whole, 3);
        uint256 paid;
        for (uint256 i; i < 300; ++i) {
            (, uint256 premium) = buy(market, attacker, 10, 14);
            paid += premium;
        }
        assertGe(paid, whole);
        assertSolvent(0);
    }

    /// The attacker deposits dust and claims its exit in dust, out of a batch that is not its own alone.
    function test_Attack35_DepositingAndLeavingInDust() public {
        buyCover(market, holder, 100_000, 60);
        vm.warp(block.timestamp + 10 days);
        pool.accrue();
        for (uint256 i; i < 300; ++i) {
            deposit(junior, attacker, 1);
        }
        assertLe(junior.convertToAssets(junior.balanceOf(attacker)), 300);
        requestAll(junior, attacker);
        fund(junior, keeper, 1000);
        requestAll(junior, keeper);
        vm.warp(block.timestamp + 7 days);
        junior.strikeExit(type(uint256).max);
        // A loss of the day of the strike: a unit of escrow is no longer worth one of the asset.
        uint256 day = block.timestamp / 1 days;
        fail(market, 0.5e8);
        (uint256 assets, uint256 units,) = pool.escrowOf(false, day);
        assertLt(assets, units);
        vm.warp(block.timestamp + 9 days);
        uint256 shares = junior.maxRedeem(attacker);
        vm.startPrank(attacker);
        for (uint256 i; i < 400; ++i) {
            junior.redeem(shares / 401, attacker, attacker);
        }
        junior.redeem(junior.maxRedeem(attacker), attacker, attacker);
        vm.stopPrank();
        assertLe(asset.balanceOf(attacker), 300 * assets / units);
        assertSolvent(0);
    }

    /// The attacker splits its cover and its position in dust: claims of a unit, each rounded.
    function test_Attack35_ClaimingInDust() public {
        CoverId[] memory ids = new CoverId[](200);
        for (uint256 i; i < 200; ++i) {
            (ids[i],) = buy(market, attacker, 19, 30);
        }
        hold(attacker, 200 * 19);
        vm.warp(pool.policy(ids[0]).start);
        fail(market, 1e8);
        assertLe(pool.payBatch(ids), 200 * 19 * 95 / 100);
        assertSolvent(0);
    }

    function _badReceiver(bool burning) private {
        BlockingToken token = new BlockingToken();
        MarketId m = _use(address(token));
        CoverId[] memory ids = _insureTwo(m);
        uint256 incident = fail(m, 1e8);
        token.burnGas(burning);
        token.block_(attacker, true);
        assertEq(pool.payBatch{gas: 4_000_000}(ids), 9500 * unit());
        assertEq(token.balanceOf(holder), 9500 * unit());
        token.block_(attacker, false);
        vm.warp(block.timestamp + 91 days);
        pool.closeIncident(incident);
        assertEq(pool.payRest(ids[0]), 9500 * unit(), "what was proven stays owed");
    }

    /// @dev The attacker's cover first, then the holder's.
    function _insureTwo(MarketId m) private returns (CoverId[] memory ids) {
        ids = new CoverId[](2);
        ids[0] = buyCover(m, attacker, 10_000, 60);
        ids[1] = buyCover(m, holder, 10_000, 60);
        hold(attacker, 10_000 * unit());
        hold(holder, 10_000 * unit());
        vm.warp(pool.policy(ids[0]).start);
    }

    /// @dev Makes the asset, the pool and one market of this test those of `token`.
    function _use(address token) private returns (MarketId m) {
        asset = PlainToken(token);
        PoolSettings memory s = settings();
        s.asset = token;
        (pool, junior, senior) = createPool(s);
        m = openMarket("token");
        fund(junior, underwriter, 400_000);
        fund(senior, underwriter, 600_000);
    }
}

/// @notice The same with 18 decimals: nothing takes six for granted.
contract EighteenDecimalsAttacksTest is UnderwritingFixture {
    function assetDecimals() internal pure override returns (uint8) {
        return 18;
    }

    /// A whole life in the finest unit: prices, payouts and exits are what they are with six decimals.
    function test_Attack33_AnAssetWithEighteenDecimals() public {
        uint256 perUnit = pool.quote(market, 10_000 * unit(), 60).premium * 1e6 / unit();
        assertApproxEqAbs(perUnit, 352.825e6, 1000);
        CoverId id = buyCover(market, holder, 10_000, 60);
        hold(holder, 10_000 * unit());
        vm.warp(pool.policy(id).start);
        fail(market, 1e8);
        assertEq(pool.pay(id), 9500 * unit());
        requestAll(junior, underwriter);
        vm.warp(block.timestamp + 7 days);
        junior.strikeExit(type(uint256).max);
        assertGt(pool.state().escrow, 200_000 * unit());
        assertSolvent(0);
    }
}
