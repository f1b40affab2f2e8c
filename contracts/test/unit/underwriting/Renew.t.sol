// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IPoolEvents} from "../../../src/interfaces/IPoolEvents.sol";
import {RollingOrder} from "../../../src/interfaces/IPoolTypes.sol";
import {CoverId} from "../../../src/types/CoverId.sol";
import {UnderwritingFixture} from "../../support/UnderwritingFixture.sol";

contract RenewTest is UnderwritingFixture {
    CoverId internal id;
    uint256 internal due;

    function setUp() public override {
        super.setUp();
        id = buyCover(market, holder, 50_000, 24);
        due = pool.policy(id).end - 72 hours;
        asset.mint(holder, 1e6 * unit());
        _order(30, 0.3e8, 0);
    }

    function test_WhenOrdered_StoresTheOrder() public view {
        RollingOrder memory o = pool.rollingOrder(id);
        assertEq(o.payer, holder);
        assertEq(o.addDays, 30);
        assertEq(o.maxRate, 0.3e8);
    }

    function test_WhenDue_AnyoneRenewsAndTheHolderPays() public {
        uint256 end = pool.policy(id).end;
        vm.warp(due - 1 days);
        uint256 price = pool.quoteExtension(id, 30).premium;
        vm.prank(keeper);
        assertEq(pool.renew(id), price);
        assertEq(pool.policy(id).end, end + 30 days);
        assertEq(asset.balanceOf(holder), 1e6 * unit() - price);
        assertSolvent(0);
    }

    function test_WhenRenewed_TheOrderStandsForTheNextTime() public {
        vm.warp(due);
        pool.renew(id);
        vm.expectPartialRevert(IPoolEvents.RenewalNotDue.selector);
        pool.renew(id);
        refreshCards(market);
        vm.warp(due + 30 days);
        pool.renew(id);
    }

    function test_WhenThereIsATip_TheCallerGetsIt() public {
        _order(30, 0.3e8, uint48(2 * unit()));
        vm.warp(due);
        vm.prank(keeper);
        uint256 premium = pool.renew(id);
        assertEq(asset.balanceOf(keeper), 2 * unit());
        assertEq(asset.balanceOf(holder), 1e6 * unit() - premium - 2 * unit());
    }

    function test_RevertWhen_TooEarly() public {
        vm.warp(due - 1 days - 1);
        vm.expectRevert(abi.encodeWithSelector(IPoolEvents.RenewalNotDue.selector, id, due - 1 days, due));
        pool.renew(id);
    }

    function test_RevertWhen_TooLate() public {
        vm.warp(due + 1);
        vm.expectPartialRevert(IPoolEvents.RenewalNotDue.selector);
        pool.renew(id);
    }

    function test_RevertWhen_ThereIsNoOrder() public {
        _order(0, 0, 0);
        vm.warp(due);
        vm.expectRevert(abi.encodeWithSelector(IPoolEvents.RollingOrderMissing.selector, id));
        pool.renew(id);
    }

    function test_RevertWhen_ThePriceIsAboveTheHoldersRate() public {
        vm.warp(due);
        uint256 price = pool.quoteExtension(id, 30).premium;
        uint32 rate = uint32(price * 365 * 1e8 / (50_000 * unit() * 30));
        _order(30, rate - 1, 0);
        vm.expectPartialRevert(IPoolEvents.PremiumAboveMax.selector);
        pool.renew(id);
        _order(30, rate + 1, 0);
        pool.renew(id);
    }

    function test_RevertWhen_TheTokenHasMoved() public {
        vm.prank(holder);
        coverToken.transferFrom(holder, keeper, id.toTokenId());
        vm.warp(due);
        vm.expectRevert(
            abi.encodeWithSelector(IPoolEvents.RollingOrderNotHolders.selector, id, holder, keeper)
        );
        pool.renew(id);
    }

    function test_RevertWhen_TheAllowanceIsGone() public {
        vm.prank(holder);
        asset.approve(address(pool), 0);
        vm.warp(due);
        vm.expectRevert();
        pool.renew(id);
    }

    function test_RevertWhen_SomeoneElseOrders() public {
        vm.expectPartialRevert(IPoolEvents.NotHolder.selector);
        pool.setRollingOrder(id, 30, 1e8, 0);
    }

    function test_RevertWhen_TheCoverWasCancelled() public {
        vm.warp(due - 2 days);
        vm.prank(holder);
        pool.cancel(id);
        vm.warp(due);
        vm.expectPartialRevert(IPoolEvents.RenewalNotDue.selector);
        pool.renew(id);
    }

    function _order(uint16 addDays, uint32 maxRate, uint48 tip) private {
        vm.prank(holder);
        pool.setRollingOrder(id, addDays, maxRate, tip);
    }
}
