// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {PoolState} from "../../../src/interfaces/IPoolTypes.sol";
import {UnderwritingFixture} from "../../support/UnderwritingFixture.sol";

contract StreamSplitTest is UnderwritingFixture {
    /// @dev A small cover earns less than senior's charge: senior, six tenths of capital, has as much of what is left above
    /// expected loss, 2 % a year of cover.
    function test_WhenTheMarginIsThin_ExpectedLossIsJuniors() public {
        buyCover(market, holder, 50_000, 60);
        PoolState memory before = pool.state();
        vm.warp(block.timestamp + 30 days);
        PoolState memory s = pool.state();
        uint256 earned = s.junior + s.senior - before.junior - before.senior;
        uint256 loss = 50_000 * unit() * 2 / 100 * 30 days / 365 days;
        assertGt(earned, 2 * loss);
        assertLt((earned - loss) * 6 / 10, 600_000 * unit() * 2 / 100 * 30 days / 365 days);
        assertApproxEqAbs(s.senior - before.senior, (earned - loss) * 6 / 10, unit() / 100);
    }
}
