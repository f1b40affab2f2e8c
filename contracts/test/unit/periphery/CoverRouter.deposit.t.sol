// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ICoverRouter, TokenPermit} from "../../../src/interfaces/ICoverRouter.sol";
import {LensMockVault} from "../../support/LensMocks.sol";
import {RouterFixture} from "../../support/RouterFixture.sol";

contract CoverRouterDepositTest is RouterFixture {
    LensMockVault internal junior;
    LensMockVault internal senior;

    function setUp() public override {
        super.setUp();
        junior = new LensMockVault(address(asset));
        senior = new LensMockVault(address(asset));
        factory.setVaults(address(pool), address(junior), address(senior));
    }

    function test_WhenPermitIsGood() external {
        uint256 shares = _deposit(true, 300e6, address(0), 300e6, signPermit(300e6));
        assertEq(shares, 300e6, "shares");
        assertEq(senior.balanceOf(buyer), 300e6, "caller's shares");
        assertEq(asset.balanceOf(buyer), 700e6, "paid");
        _assertNothingStays();
    }

    function test_WhenJuniorAndForAnother() external {
        _deposit(false, 300e6, ALICE, 0, signPermit(300e6));
        assertEq(junior.balanceOf(ALICE), 300e6, "receiver's shares");
        _assertNothingStays();
    }

    function test_WhenPermitWasSentBefore() external {
        TokenPermit memory permit = signPermit(300e6);
        asset.permit(buyer, address(router), permit.value, permit.deadline, permit.v, permit.r, permit.s);
        assertEq(_deposit(true, 300e6, buyer, 0, permit), 300e6, "shares");
    }

    function test_RevertWhen_SharesAreBelowMin() external {
        TokenPermit memory permit = signPermit(300e6);
        vm.expectRevert(abi.encodeWithSelector(ICoverRouter.SharesBelowMin.selector, 300e6, 300e6 + 1));
        _deposit(true, 300e6, buyer, 300e6 + 1, permit);
    }

    function test_RevertWhen_PaymentIsShort() external {
        TokenPermit memory permit = signPermit(299e6);
        vm.expectRevert(abi.encodeWithSelector(ICoverRouter.PaymentShort.selector, 299e6, 300e6));
        _deposit(true, 300e6, buyer, 0, permit);
    }

    function test_RevertWhen_PoolIsNotGenuine() external {
        TokenPermit memory permit;
        vm.expectRevert(abi.encodeWithSelector(ICoverRouter.PoolNotGenuine.selector, BOB));
        router.depositWithPermit(BOB, true, 1, BOB, 0, block.timestamp, permit);
    }

    function test_RevertWhen_TooLate() external {
        TokenPermit memory permit;
        vm.expectRevert(
            abi.encodeWithSelector(ICoverRouter.Expired.selector, block.timestamp - 1, block.timestamp)
        );
        router.depositWithPermit(address(pool), true, 1, BOB, 0, block.timestamp - 1, permit);
    }

    function _deposit(bool isSenior, uint256 assets, address receiver, uint256 min, TokenPermit memory permit)
        private
        returns (uint256)
    {
        vm.prank(buyer);
        return
            router.depositWithPermit(address(pool), isSenior, assets, receiver, min, block.timestamp, permit);
    }

    function _assertNothingStays() private view {
        assertNothingStays();
        assertEq(asset.allowance(address(router), address(junior)), 0, "junior has an allowance");
        assertEq(asset.allowance(address(router), address(senior)), 0, "senior has an allowance");
    }
}
