// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ICoverRouter, Leg} from "../../../src/interfaces/ICoverRouter.sol";
import {CoverMockFeeAsset} from "../../support/CoverMockAssets.sol";
import {RouterFixture} from "../../support/RouterFixture.sol";

contract CoverRouterShortTest is RouterFixture {
    /// @dev What lies here by mistake does not make up for what an asset keeps.
    function test_RevertWhen_AnAssetTakesAFee_AndSomeOfItIsHere() external {
        CoverMockFeeAsset fee = new CoverMockFeeAsset();
        Leg[] memory legs = new Leg[](1);
        legs[0] = leg(newPool(address(fee)), 100e6);
        fee.mint(address(router), 50e6);
        fee.mint(buyer, 1000e6);
        vm.startPrank(buyer);
        fee.approve(address(router), MAX);
        vm.expectRevert(abi.encodeWithSelector(ICoverRouter.PaymentShort.selector, 99e6, 100e6));
        router.buy(legs, MAX, block.timestamp);
        vm.stopPrank();
        assertEq(fee.balanceOf(address(router)), 50e6);
    }
}
