// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {PoolState} from "../../src/interfaces/IPoolTypes.sol";
import {MarketCardMessage} from "../../src/interfaces/IRiskOracle.sol";
import {CoverId} from "../../src/types/CoverId.sol";
import {MarketId} from "../../src/types/MarketId.sol";
import {UnderwritingFixture} from "../support/UnderwritingFixture.sol";

/// @notice What the stream of premium has got wrong once.
contract StreamRegressionTest is UnderwritingFixture {
    /// Capital that carries only a part of the cover earns only that part of its premium.
    function test_ShortCapitalEarnsTheShareItCarries() public {
        (MarketId[] memory markets, CoverId[] memory ids) = sellMarkets(5, 240_000);
        vm.warp(pool.policy(ids[0]).start);
        for (uint256 i; i < 4; ++i) {
            pool.unwindStream(fail(markets[i], 1e8));
        }
        PoolState memory before = pool.state();
        uint256 capital = before.junior + before.senior;
        assertLt(capital, before.requiredCapital);
        vm.warp(block.timestamp + 10 days);
        pool.accrue();
        PoolState memory s = pool.state();
        uint256 streamed = before.unearned - s.unearned;
        assertGt(streamed, 0);
        uint256 carried = streamed * capital / before.requiredCapital;
        assertApproxEqAbs(s.junior + s.senior - capital, carried, 2, "STREAM-2");
        assertSolvent(0);
    }

    /// A stranger's call costs a holder none of the premium held back.
    function test_StrangersDoNotSpoilRefunds() public {
        CoverId id = _short();
        uint256 snapshot = vm.snapshotState();
        uint256 undisturbed = _refunds(id, false);
        vm.revertToState(snapshot);
        uint256 disturbed = _refunds(id, true);
        assertGt(undisturbed, 0);
        assertApproxEqAbs(disturbed, undisturbed, 20, "STREAM-2");
        assertSolvent(0);
    }

    /// Cover that is bought or extended on a day that had a shortage is owed its part of another one later that day.
    function test_ANewRateIsOwedTheRestOfTheDay() public {
        (MarketId[] memory markets, CoverId[] memory ids) = sellMarkets(5, 240_000);
        nextDay();
        uint256 required = pool.state().requiredCapital;
        _alarm(markets, 8_000_000);
        assertGt(pool.state().requiredCapital, required);
        PoolState memory s = pool.state();
        assertLt(s.junior + s.senior, s.requiredCapital, "no shortage");
        for (uint256 i; i < 3; ++i) {
            vm.warp(block.timestamp + 1 hours);
            pool.accrue();
        }
        _alarm(markets, 2_000_000);
        uint256 snapshot = vm.snapshotState();
        CoverId bought = buyCover(markets[4], holder, 10, 60);
        _owedTheRestOfTheDay(markets, bought);
        vm.revertToState(snapshot);
        uint256 before = pool.shortfallOf(ids[4]);
        _extend(ids[4]);
        uint256 settled = pool.shortfallOf(ids[4]);
        assertGt(settled, before);
        _owedTheRestOfTheDay(markets, ids[4]);
    }

    function _owedTheRestOfTheDay(MarketId[] memory markets, CoverId id) private {
        uint256 before = pool.shortfallOf(id);
        _alarm(markets, 8_000_000);
        PoolState memory s = pool.state();
        uint256 missing = s.requiredCapital - s.junior - s.senior;
        vm.warp(block.timestamp + 2 hours);
        pool.accrue();
        vm.warp(block.timestamp + 2 hours);
        pool.accrue();
        _alarm(markets, 2_000_000);
        nextDay();
        uint256 due = (pool.policy(id).rate * 4 hours >> 16) * missing / s.requiredCapital;
        assertGt(due, 0);
        assertApproxEqRel(pool.shortfallOf(id) - before, due, 0.02e18, "STREAM-2");
        assertSolvent(0);
    }

    /// @dev Gives every market a card of that variance and applies it.
    function _alarm(MarketId[] memory markets, uint32 v) private {
        for (uint256 i; i < markets.length; ++i) {
            MarketCardMessage memory card = cardOf(markets[i]);
            card.v = v;
            publishMarket(card);
            pool.poke(markets[i], 1);
        }
    }

    function _extend(CoverId id) private {
        asset.mint(holder, 1_000_000 * unit());
        vm.startPrank(holder);
        asset.approve(address(pool), type(uint256).max);
        pool.extend(id, 60, type(uint96).max);
        vm.stopPrank();
    }

    /// @dev Four of five markets fail; the fifth's cover is carried in part. At the beginning of a day.
    function _short() private returns (CoverId id) {
        (MarketId[] memory markets, CoverId[] memory ids) = sellMarkets(5, 240_000);
        id = ids[4];
        vm.warp(pool.policy(id).start);
        for (uint256 i; i < 4; ++i) {
            pool.unwindStream(fail(markets[i], 1e8));
        }
        nextDay();
    }

    /// @dev What a cover gets back in ten days, touched at the same moments.
    function _refunds(CoverId id, bool disturb) private returns (uint256 sum) {
        for (uint256 n; n < 10; ++n) {
            vm.warp(block.timestamp + 10 minutes);
            pool.accrue();
            vm.warp(block.timestamp + 10 minutes);
            if (disturb) sum += pool.refundShortfall(id);
            else pool.accrue();
            vm.warp(block.timestamp + 23 hours);
            pool.accrue();
            nextDay();
        }
        sum += pool.refundShortfall(id);
    }
}
