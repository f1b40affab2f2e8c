// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IPoolEvents} from "../../../src/interfaces/IPoolEvents.sol";
import {CoverId} from "../../../src/types/CoverId.sol";
import {UnderwritingFixture} from "../../support/UnderwritingFixture.sol";

contract RenewTipTest is UnderwritingFixture {
    /// @dev The tip is part of the order: without it nothing is renewed.
    function test_RevertWhen_TheHolderHasThePremiumAndNotTheTip() public {
        CoverId id = buyCover(market, holder, 50_000, 24);
        vm.startPrank(holder);
        asset.approve(address(pool), type(uint256).max);
        pool.setRollingOrder(id, 30, 0.3e8, uint48(2 * unit()));
        vm.stopPrank();
        uint256 end = pool.policy(id).end;
        vm.warp(end - 72 hours);
        uint256 price = pool.quoteExtension(id, 30).premium;
        asset.mint(holder, price + 2 * unit() - 1);
        vm.expectRevert(
            abi.encodeWithSelector(IPoolEvents.PaymentRefused.selector, holder, uint48(2 * unit()))
        );
        pool.renew(id);
        assertEq(pool.policy(id).end, end);
        asset.mint(holder, 1);
        assertEq(pool.renew(id), price);
    }
}
