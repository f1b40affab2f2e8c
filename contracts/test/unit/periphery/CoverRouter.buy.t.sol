// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

import {ICoverRouter, Leg} from "../../../src/interfaces/ICoverRouter.sol";
import {IPoolEvents} from "../../../src/interfaces/IPoolEvents.sol";
import {BuyParams} from "../../../src/interfaces/IPoolTypes.sol";
import {CoverId, toCoverId} from "../../../src/types/CoverId.sol";
import {
    CoverMockAsset,
    CoverMockFeeAsset,
    CoverMockHookAsset,
    CoverMockSilentAsset
} from "../../support/CoverMockAssets.sol";
import {CoverMockPool} from "../../support/CoverMocks.sol";
import {RouterFixture} from "../../support/RouterFixture.sol";

contract CoverRouterBuyTest is RouterFixture {
    function test_WhenTwoPools_BothSellAndRestComesBack() external {
        approve(MAX);
        CoverId[] memory expected = new CoverId[](2);
        (expected[0], expected[1]) = (toCoverId(1, 1), toCoverId(2, 1));
        vm.expectEmit(address(router));
        emit ICoverRouter.CoversBought(buyer, address(asset), 200e6, expected);

        vm.prank(buyer);
        (CoverId[] memory covers, uint256 spent) = router.buy(twoLegs(150e6, 120e6), 250e6, block.timestamp);

        assertEq(spent, 200e6, "spent");
        assertEq(covers.length, 2, "covers");
        assertEq(token.ownerOf(covers[0].toTokenId()), buyer, "first holder");
        assertEq(token.ownerOf(covers[1].toTokenId()), buyer, "second holder");
        assertEq(asset.balanceOf(buyer), 800e6, "rest");
        assertEq(asset.balanceOf(address(pool)), 100e6, "first pool");
        assertNothingStays();
    }

    function test_WhenOnePoolTwice() external {
        approve(MAX);
        Leg[] memory legs = twoLegs(100e6, 100e6);
        legs[1].pool = legs[0].pool;
        vm.prank(buyer);
        (CoverId[] memory covers,) = router.buy(legs, MAX, block.timestamp);
        assertEq(covers[1].sequence(), 2, "second cover");
        assertNothingStays();
    }

    function test_ParametersPassThrough() external {
        approve(MAX);
        Leg[] memory legs = oneLeg(150e6);
        (legs[0].params.recipient, legs[0].params.insured, legs[0].params.integrator) = (ALICE, BOB, CAROL);
        vm.prank(buyer);
        (CoverId[] memory covers,) = router.buy(legs, MAX, block.timestamp);

        (address holder, address insured) = token.partiesOf(covers[0]);
        assertEq(holder, ALICE, "holder");
        assertEq(insured, BOB, "insured");
        assertEq(keccak256(abi.encode(pool.lastBuy())), keccak256(abi.encode(legs[0].params)), "parameters");
    }

    /// @dev What the caller holds need not be the most it may cost.
    function test_WhenCallerHoldsJustThePrice() external {
        vm.startPrank(buyer);
        asset.transfer(ALICE, 900e6);
        asset.approve(address(router), 100e6);
        (, uint256 spent) = router.buy(oneLeg(150e6), MAX, block.timestamp);
        vm.stopPrank();
        assertEq(spent, 100e6, "spent");
        assertEq(asset.balanceOf(buyer), 0, "balance");
        assertNothingStays();
    }

    function test_WhenSomethingWasSentHereByMistake_ItDoesNotStay() external {
        asset.mint(address(router), 7e6);
        approve(MAX);
        vm.prank(buyer);
        (, uint256 spent) = router.buy(oneLeg(100e6), MAX, block.timestamp);
        assertEq(spent, 100e6, "spent");
        assertNothingStays();
    }

    function testFuzz_PaysThePriceAndNothingStays(
        uint96 price1,
        uint96 price2,
        uint96 max1,
        uint96 max2,
        uint256 most
    ) external {
        price1 = uint96(bound(price1, 0, 500));
        price2 = uint96(bound(price2, 0, 500));
        pool.setPrice(price1);
        second.setPrice(price2);
        approve(MAX);
        uint256 cost = (uint256(price1) + price2) * 1e6;
        bool affordable = price1 * 1e6 <= max1 && price2 * 1e6 <= max2 && cost <= most && cost <= 1000e6;

        vm.prank(buyer);
        try router.buy(twoLegs(max1, max2), most, block.timestamp) returns (CoverId[] memory, uint256 spent) {
            assertTrue(affordable, "bought above a limit");
            assertEq(spent, cost, "spent");
            assertEq(asset.balanceOf(buyer), 1000e6 - cost, "paid");
        } catch {
            assertFalse(affordable, "refused within the limits");
            assertEq(asset.balanceOf(buyer), 1000e6, "paid for nothing");
        }
        assertNothingStays();
    }

    function test_RevertWhen_NoLegs() external {
        vm.expectRevert(ICoverRouter.LegsEmpty.selector);
        router.buy(new Leg[](0), MAX, block.timestamp);
    }

    function test_RevertWhen_TooLate() external {
        vm.expectRevert(
            abi.encodeWithSelector(ICoverRouter.Expired.selector, block.timestamp - 1, block.timestamp)
        );
        router.buy(oneLeg(1), MAX, block.timestamp - 1);
    }

    function test_RevertWhen_PoolIsNotGenuine() external {
        CoverMockPool fake = new CoverMockPool();
        fake.initialise(address(asset), address(token), 1);
        Leg[] memory legs = twoLegs(1, 1);
        legs[1].pool = address(fake);
        vm.expectRevert(abi.encodeWithSelector(ICoverRouter.PoolNotGenuine.selector, address(fake)));
        router.buy(legs, MAX, block.timestamp);
    }

    function test_RevertWhen_AssetsDiffer() external {
        CoverMockAsset other = new CoverMockAsset("Other", "OTH", 6);
        Leg[] memory legs = twoLegs(1, 1);
        legs[1].pool = address(newPool(address(other)));
        vm.expectRevert(
            abi.encodeWithSelector(
                ICoverRouter.AssetDiffers.selector, legs[1].pool, address(other), address(asset)
            )
        );
        router.buy(legs, MAX, block.timestamp);
    }

    function test_RevertWhen_TotalIsAboveMax() external {
        approve(MAX);
        vm.expectRevert(abi.encodeWithSelector(ICoverRouter.TotalAboveMax.selector, 200e6, 199e6));
        vm.prank(buyer);
        router.buy(twoLegs(100e6, 100e6), 199e6, block.timestamp);
    }

    /// @dev Quote shown, state moved: the leg's own limit speaks, in the pool's words.
    function test_RevertWhen_PriceMovedAboveTheLegsMax() external {
        approve(MAX);
        second.setPrice(101);
        vm.expectRevert(abi.encodeWithSelector(IPoolEvents.PremiumAboveMax.selector, 101e6, 100e6));
        vm.prank(buyer);
        router.buy(twoLegs(100e6, 100e6), MAX, block.timestamp);
        assertEq(asset.balanceOf(buyer), 1000e6, "paid for nothing");
    }

    function test_RevertWhen_NothingMayBeSpent() external {
        approve(MAX);
        vm.expectRevert(abi.encodeWithSelector(ICoverRouter.TotalAboveMax.selector, 100e6, 0));
        vm.prank(buyer);
        router.buy(oneLeg(100e6), 0, block.timestamp);
    }

    function test_RevertWhen_AllowanceIsShort() external {
        approve(150e6);
        vm.expectRevert(abi.encodeWithSelector(ICoverRouter.PaymentShort.selector, 150e6, 200e6));
        vm.prank(buyer);
        router.buy(twoLegs(100e6, 100e6), MAX, block.timestamp);
    }

    function test_RevertWhen_NothingIsAllowed() external {
        vm.expectRevert(abi.encodeWithSelector(ICoverRouter.PaymentShort.selector, 0, 200e6));
        vm.prank(buyer);
        router.buy(twoLegs(100e6, 100e6), MAX, block.timestamp);
    }

    function test_RevertWhen_PoolRefuses_ItsReasonIsPassedOn() external {
        approve(MAX);
        Leg[] memory legs = oneLeg(100e6);
        legs[0].params.recipient = address(pool);
        vm.mockCallRevert(address(token), abi.encodeWithSelector(token.mint.selector), "refused");
        vm.expectRevert(bytes("refused"));
        vm.prank(buyer);
        router.buy(legs, MAX, block.timestamp);
    }

    /// @dev One who allowed the router to take from them pays only for their own purchases.
    function test_RevertWhen_AnotherHasAnAllowance() external {
        approve(MAX);
        Leg[] memory legs = oneLeg(100e6);
        legs[0].params.recipient = buyer;
        vm.expectRevert(abi.encodeWithSelector(ICoverRouter.PaymentShort.selector, 0, 100e6));
        vm.prank(BOB);
        router.buy(legs, MAX, block.timestamp);
    }
}

contract CoverRouterTokensTest is RouterFixture {
    function test_WhenAssetReturnsNothing() external {
        CoverMockSilentAsset silent = new CoverMockSilentAsset();
        Leg[] memory legs = new Leg[](2);
        legs[0] = leg(newPool(address(silent)), 150e6);
        legs[1] = leg(CoverMockPool(legs[0].pool), 150e6);
        silent.mint(buyer, 1000e6);

        vm.startPrank(buyer);
        silent.approve(address(router), MAX);
        (, uint256 spent) = router.buy(legs, MAX, block.timestamp);
        vm.stopPrank();

        assertEq(spent, 200e6, "spent");
        assertEq(silent.balanceOf(buyer), 800e6, "rest");
        assertEq(silent.balanceOf(address(router)), 0, "router holds a balance");
        assertEq(silent.allowance(address(router), legs[0].pool), 0, "allowance stays");
    }

    function test_RevertWhen_AssetTakesAFee() external {
        CoverMockFeeAsset fee = new CoverMockFeeAsset();
        Leg[] memory legs = new Leg[](1);
        legs[0] = leg(newPool(address(fee)), 100e6);
        fee.mint(buyer, 1000e6);
        vm.startPrank(buyer);
        fee.approve(address(router), MAX);
        vm.expectRevert(abi.encodeWithSelector(ICoverRouter.PaymentShort.selector, 99e6, 100e6));
        router.buy(legs, MAX, block.timestamp);
    }

    /// @dev The asset calls back at every transfer; the router lets nobody in while it holds money.
    function test_WhenAssetReenters_ItIsRefused() external {
        CoverMockHookAsset hook = new CoverMockHookAsset();
        Leg[] memory legs = new Leg[](1);
        legs[0] = leg(newPool(address(hook)), 150e6);
        hook.mint(buyer, 1000e6);
        hook.arm(address(router), abi.encodeCall(router.buy, (legs, MAX, block.timestamp)));

        vm.startPrank(buyer);
        hook.approve(address(router), MAX);
        router.buy(legs, MAX, block.timestamp);
        vm.stopPrank();

        assertTrue(hook.failed(), "re-entered");
        assertEq(
            bytes4(hook.reason()), ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector, "reason"
        );
        assertEq(hook.balanceOf(buyer), 900e6, "rest");
        assertEq(hook.balanceOf(address(router)), 0, "router holds a balance");
    }
}
