// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {SafeCastLib} from "solady/utils/SafeCastLib.sol";

import {IPoolEvents} from "../../../src/interfaces/IPoolEvents.sol";
import {MarketCardMessage} from "../../../src/interfaces/IRiskOracle.sol";
import {MarketId} from "../../../src/types/MarketId.sol";
import {UnderwritingFixture} from "../../support/UnderwritingFixture.sol";

/// @notice An asset of 18 decimals, and amounts at the edge of what a pool can count: it refuses, and loses nothing.
contract LargeAmountsTest is UnderwritingFixture {
    /// @dev Just below 2^88 asset units, the most that one cover may be.
    uint256 internal constant MOST = 309_000_000;

    uint32 internal el = 1e8;

    function assetDecimals() internal pure override returns (uint8) {
        return 18;
    }

    function cardOf(MarketId market_) internal view override returns (MarketCardMessage memory c) {
        c = super.cardOf(market_);
        c.el = el;
    }

    function setUp() public override {
        super.setUp();
        fund(junior, underwriter, 2_400_000_000);
    }

    function test_WhenFeesFillTheirField_SalesWaitUntilTheyAreCollected() public {
        uint256 room = type(uint80).max;
        buyCover(market, holder, 50_000_000, 60);
        uint256 fees = pool.state().feesOwed;
        assertLt(fees, room);
        assertGt(2 * fees, room);
        _refuse(market, 50_000_000, 60, SafeCastLib.Overflow.selector);
        assertEq(pool.collectFees(treasury), fees);
        buyCover(market, holder, 50_000_000, 60);
        assertSolvent(0);
    }

    function test_RevertWhen_MoreEndsOnADayThanItCanCount() public {
        _fillStream();
        _refuse(openMarket("other"), MOST, 60, SafeCastLib.Overflow.selector);
        assertSolvent(0);
    }

    function test_RevertWhen_MoreStreamsThanCanBeCounted() public {
        _fillStream();
        _refuse(openMarket("other"), MOST, 61, SafeCastLib.Overflow.selector);
        buyCover(openMarket("small"), holder, 1_000_000, 61);
        assertSolvent(0);
    }

    function test_RevertWhen_AMarketWouldBeCommittedToMoreThanItCanCount() public {
        el = 2_000_000;
        pool.setParameter("feeBps", 0);
        MarketId mild = openMarket("mild");
        buyCover(mild, holder, MOST / 2, 60);
        vm.expectPartialRevert(IPoolEvents.AmountTooLarge.selector);
        pool.quote(mild, (MOST / 2 + 2_000_000) * unit(), 60);
        buyCover(mild, holder, MOST / 2, 60);
        assertEq(pool.marketState(mild).committed, 2 * (MOST / 2) * unit());
    }

    function _fillStream() private {
        pool.setParameter("feeBps", 0);
        buyCover(market, holder, MOST, 60);
        assertGt(pool.state().streamRate, type(uint80).max / 2);
    }

    function _refuse(MarketId market_, uint256 cover, uint16 coverDays, bytes4 reason) private {
        asset.mint(holder, cover * unit());
        uint256 before = asset.balanceOf(address(pool));
        vm.startPrank(holder);
        asset.approve(address(pool), type(uint256).max);
        vm.expectRevert(reason);
        pool.buy(buyParams(market_, holder, cover * unit(), coverDays));
        vm.stopPrank();
        assertEq(asset.balanceOf(address(pool)), before);
    }
}
