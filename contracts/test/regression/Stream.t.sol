// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {PoolState} from "../../src/interfaces/IPoolTypes.sol";
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
}
