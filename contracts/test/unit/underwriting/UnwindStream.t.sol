// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IncidentState} from "../../../src/interfaces/IIncidentBoard.sol";
import {IPoolEvents} from "../../../src/interfaces/IPoolEvents.sol";
import {PoolState} from "../../../src/interfaces/IPoolTypes.sol";
import {CoverId} from "../../../src/types/CoverId.sol";
import {MarketId} from "../../../src/types/MarketId.sol";
import {UnderwritingFixture} from "../../support/UnderwritingFixture.sol";

contract UnwindStreamTest is UnderwritingFixture {
    CoverId internal first;
    CoverId internal second;
    CoverId internal other;
    uint256 internal incident;

    function setUp() public override {
        super.setUp();
        first = buyCover(market, holder, 50_000, 60);
        second = buyCover(market, keeper, 30_000, 300);
        other = buyCover(openMarket("other"), holder, 10_000, 100);
        vm.warp(block.timestamp + 10 days);
        incident = fail(market, 0.25e8);
    }

    function test_WhenUnwound_SetsAsideWhatWasNotEarned() public {
        PoolState memory before = pool.state();
        pool.unwindStream(incident);
        PoolState memory s = pool.state();
        uint256 expected = _left(first) + _left(second);
        assertApproxEqAbs(s.refunds, expected, 2);
        // The quarter that was used up is theirs who bore the loss.
        uint256 kept = pool.incidentState(incident).salvage;
        assertApproxEqAbs(kept, s.refunds / 3, 2);
        assertEq(before.unearned - s.unearned, s.refunds + kept, "STREAM-1");
        assertEq(s.streamRate, pool.policy(other).rate);
        assertGe(s.unearned, s.streamRate * (pool.policy(second).end - block.timestamp) / 2 ** 16 / 100);
        assertSolvent(0);
    }

    function test_WhenRefunded_GivesEachHolderItsPart() public {
        pool.unwindStream(incident);
        uint256 unwoundAt = block.timestamp;
        uint256 due = _left(first);
        vm.warp(unwoundAt + 30 days);
        assertEq(pool.refundEnded(first), due);
        assertEq(asset.balanceOf(holder), due);
        pool.refundEnded(second);
        assertLe(pool.state().refunds, 2);
        assertSolvent(0);
    }

    function test_WhenUnwound_OtherMarketsStreamOn() public {
        pool.unwindStream(incident);
        PoolState memory s = pool.state();
        assertGe(s.streamRate, pool.policy(other).rate);
        vm.warp(block.timestamp + 400 days);
        s = pool.state();
        assertEq(s.streamRate, 0);
        assertEq(s.unearned, 0);
        assertSolvent(0);
    }

    function test_WhenThePolicyHasEndedBefore_ThereIsNothing() public {
        vm.warp(pool.policy(first).end);
        pool.unwindStream(incident);
        vm.expectRevert(abi.encodeWithSelector(IPoolEvents.NothingToPay.selector, first));
        pool.refundEnded(first);
        assertGt(pool.refundEnded(second), 0);
    }

    function test_WhenTheLossIsTotal_ThereIsNothing() public {
        MarketId total = openMarket("total");
        CoverId id = buyCover(total, holder, 1000, 60);
        vm.warp(block.timestamp + 5 days);
        uint256 number = fail(total, 1e8);
        pool.unwindStream(number);
        vm.expectRevert(abi.encodeWithSelector(IPoolEvents.NothingToPay.selector, id));
        pool.refundEnded(id);
    }

    function test_RevertWhen_RefundedTwice() public {
        pool.unwindStream(incident);
        pool.refundEnded(first);
        vm.expectRevert(abi.encodeWithSelector(IPoolEvents.NothingToPay.selector, first));
        pool.refundEnded(first);
    }

    function test_RevertWhen_UnwoundTwice() public {
        pool.unwindStream(incident);
        vm.expectRevert(abi.encodeWithSelector(IPoolEvents.StreamUnwound.selector, incident));
        pool.unwindStream(incident);
    }

    function test_RevertWhen_NotUnwound() public {
        vm.expectRevert(abi.encodeWithSelector(IPoolEvents.StreamNotUnwound.selector, market));
        pool.refundEnded(first);
    }

    function test_RevertWhen_ItIsNotFinal() public {
        MarketId next = openMarket("next");
        uint256 number = find(next, IncidentState.Confirmed, block.timestamp, 1e8);
        pool.settleIncident(number);
        vm.expectRevert(abi.encodeWithSelector(IPoolEvents.IncidentNotFinal.selector, number));
        pool.unwindStream(number);
    }

    /// @dev Three quarters of what a policy has not used.
    function _left(CoverId id) private view returns (uint256) {
        return (pool.policy(id).rate * (pool.policy(id).end - block.timestamp) * 0.75e8 / 1e8) >> 16;
    }
}
