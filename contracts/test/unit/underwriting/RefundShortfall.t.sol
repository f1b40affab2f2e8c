// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IPoolEvents} from "../../../src/interfaces/IPoolEvents.sol";
import {Policy, PoolState} from "../../../src/interfaces/IPoolTypes.sol";
import {CoverId, toCoverId} from "../../../src/types/CoverId.sol";
import {MarketId} from "../../../src/types/MarketId.sol";
import {UnderwritingFixture} from "../../support/UnderwritingFixture.sol";

/// @notice Four of five markets fail: what is left carries a part of the fifth.
contract RefundShortfallTest is UnderwritingFixture {
    MarketId[] internal markets;
    CoverId[] internal ids;
    CoverId internal id;
    address internal owner;
    PoolState internal short;
    uint256 internal rate;

    function setUp() public override {
        super.setUp();
        (markets, ids) = sellMarkets(5, 240_000);
        id = ids[4];
        owner = coverToken.ownerOf(id.toTokenId());
        vm.warp(pool.policy(id).start);
        for (uint256 i; i < 4; ++i) {
            pool.unwindStream(fail(markets[i], 1e8));
        }
        short = pool.state();
        rate = pool.policy(id).rate;
        assertLt(short.junior + short.senior, short.requiredCapital);
    }

    /// @dev The part of what the cover streams in that time that capital at the loss does not carry.
    function _lacking(uint256 time) private view returns (uint256) {
        uint256 missing = short.requiredCapital - short.junior - short.senior;
        return (rate * time >> 16) * missing / short.requiredCapital;
    }

    /// @dev Lets pricing capital follow, by a tenth a day.
    function _grow(uint256 days_) private {
        for (uint256 n; n < days_; ++n) {
            vm.warp(block.timestamp + 1 days);
            pool.accrue();
        }
    }

    function test_WhenCapitalIsShort_HoldersGetWhatItDoesNotCarry() public {
        vm.warp(block.timestamp + 10 days);
        pool.accrue();
        uint256 due = pool.shortfallOf(id);
        assertApproxEqAbs(due, _lacking(10 days), 2, "STREAM-2");
        assertGe(pool.state().refunds, due, "STREAM-2");
        uint256 before = asset.balanceOf(owner);
        assertEq(pool.refundShortfall(id), due);
        assertEq(asset.balanceOf(owner) - before, due);
        assertSolvent(0);
        vm.expectPartialRevert(IPoolEvents.NothingToPay.selector);
        pool.refundShortfall(id);
    }

    /// @dev In as many steps as may be: the pot covers what can be asked back of it.
    function testFuzz_WhenTouchedOften_TheRefundIsCovered(uint256 seed) public {
        for (uint256 n; n < 20; ++n) {
            seed = uint256(keccak256(abi.encode(seed)));
            vm.warp(block.timestamp + seed % 3 days);
            pool.accrue();
            uint256 owed;
            for (uint256 i; i < 5; ++i) {
                owed += pool.shortfallOf(ids[i]);
            }
            assertGe(pool.state().refunds, owed, "STREAM-2");
        }
        // What a day's later touches may still add to waits for the next day.
        nextDay();
        pool.accrue();
        for (uint256 i; i < 5; ++i) {
            uint256 due = pool.shortfallOf(ids[i]);
            if (due != 0) assertEq(pool.refundShortfall(ids[i]), due, "STREAM-2");
        }
        // Each touch rounds up by less than three units, each policy down by less than one.
        assertLe(pool.state().refunds, 3 * 22 + 5 + short.refunds, "STREAM-2");
        assertSolvent(0);
    }

    function test_WhenTheCoverEnds_NothingIsHeldBackAfter() public {
        uint256 time = pool.policy(id).end - block.timestamp;
        vm.warp(block.timestamp + time - 5 hours);
        pool.accrue();
        vm.warp(block.timestamp + 10 hours);
        pool.accrue();
        uint256 due = pool.shortfallOf(id);
        vm.warp(block.timestamp + 10 days);
        pool.accrue();
        assertEq(pool.shortfallOf(id), due);
        assertLe(due, _lacking(time), "STREAM-2");
        assertApproxEqRel(due, _lacking(time), 0.05e18);
        assertSolvent(0);
    }

    function test_WhenCapitalIsBack_NothingMoreIsHeldBack() public {
        vm.warp(block.timestamp + 3 days);
        fund(junior, underwriter, 400_000);
        uint256 due = pool.shortfallOf(id);
        assertGt(due, 0);
        vm.warp(block.timestamp + 3 days);
        pool.accrue();
        assertEq(pool.shortfallOf(id), due);
        assertEq(pool.refundShortfall(id), due);
        assertSolvent(0);
    }

    function test_WhenBoughtAfterwards_NothingIsOwed() public {
        vm.warp(block.timestamp + 3 days);
        fund(junior, underwriter, 2_000_000);
        _grow(25);
        refreshCards(market);
        CoverId later = buyCover(market, holder, 1000, 60);
        vm.warp(block.timestamp + 3 days);
        pool.accrue();
        assertEq(pool.shortfallOf(later), 0);
        assertGt(pool.shortfallOf(id), 0);
    }

    function test_WhenExtended_WhatIsOwedStays() public {
        vm.warp(block.timestamp + 3 days);
        fund(junior, underwriter, 2_000_000);
        _grow(38);
        uint256 due = pool.shortfallOf(id);
        refreshCards(markets[4]);
        asset.mint(owner, 1_000_000 * unit());
        vm.startPrank(owner);
        asset.approve(address(pool), type(uint256).max);
        pool.extend(id, 200, type(uint96).max);
        vm.stopPrank();
        Policy memory p = pool.policy(id);
        assertNotEq(p.rate, rate);
        assertEq(pool.shortfallOf(id), due, "STREAM-2");
        assertEq(pool.refundShortfall(id), due, "STREAM-2");
        assertSolvent(0);
    }

    function test_WhenCancelled_WhatIsOwedStays() public {
        vm.warp(block.timestamp + 3 days);
        vm.prank(owner);
        pool.cancel(id);
        uint256 due = pool.shortfallOf(id);
        assertApproxEqAbs(due, _lacking(3 days), 2, "STREAM-2");
        vm.warp(block.timestamp + 3 days);
        pool.accrue();
        assertEq(pool.refundShortfall(id), due, "STREAM-2");
        assertSolvent(0);
    }

    function test_WhenTheMarketEnds_ItIsOwedToTheDayOfTheUnwinding() public {
        vm.warp(block.timestamp + 3 days);
        uint256 incident = fail(markets[4], 0.01e8);
        pool.unwindStream(incident);
        uint256 due = pool.shortfallOf(id);
        assertGt(due, 0);
        assertGt(pool.refundEnded(id), 0);
        vm.warp(block.timestamp + 3 days);
        pool.accrue();
        assertEq(pool.shortfallOf(id), due, "STREAM-2");
        assertEq(pool.refundShortfall(id), due, "STREAM-2");
        assertSolvent(0);
    }

    function test_WhenTouchedTwiceADay_TheRestWaitsForTheNextDay() public {
        nextDay();
        pool.accrue();
        uint256 due = pool.shortfallOf(id);
        vm.warp(block.timestamp + 3 hours);
        pool.accrue();
        assertEq(pool.shortfallOf(id), due);
        nextDay();
        pool.accrue();
        assertApproxEqRel(pool.shortfallOf(id), due + _lacking(24 hours), 0.001e18, "STREAM-2");
    }

    function test_RevertWhen_NothingWasHeldBack() public {
        CoverId other = CoverId.wrap(CoverId.unwrap(id) + 1);
        vm.expectPartialRevert(IPoolEvents.NothingToPay.selector);
        pool.refundShortfall(other);
    }

    function test_RevertWhen_ThePolicyIsOfAnotherPool() public {
        CoverId other = toCoverId(9, id.sequence());
        vm.expectRevert(abi.encodeWithSelector(IPoolEvents.PolicyOfAnotherPool.selector, other));
        pool.refundShortfall(other);
        vm.expectRevert(abi.encodeWithSelector(IPoolEvents.PolicyOfAnotherPool.selector, other));
        pool.shortfallOf(other);
    }
}
