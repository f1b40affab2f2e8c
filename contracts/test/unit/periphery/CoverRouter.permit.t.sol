// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ICoverRouter, Leg, Permit2Transfer, TokenPermit} from "../../../src/interfaces/ICoverRouter.sol";
import {CoverMockSilentAsset} from "../../support/CoverMockAssets.sol";
import {Permit2Code} from "../../support/Permit2Code.sol";
import {IDomain} from "../../support/PermitSigner.sol";
import {RouterFixture} from "../../support/RouterFixture.sol";

contract CoverRouterPermitTest is RouterFixture {
    function test_WhenPermitIsGood() external {
        TokenPermit memory permit = signPermit(250e6);
        vm.prank(buyer);
        (, uint256 spent) = router.buyWithPermit(twoLegs(150e6, 120e6), MAX, block.timestamp, permit);
        assertEq(spent, 200e6, "spent");
        assertEq(asset.balanceOf(buyer), 800e6, "rest");
        assertNothingStays();
    }

    /// @dev A permit that somebody sent before is no reason to fail: the allowance is there.
    function test_WhenPermitWasSentBefore() external {
        TokenPermit memory permit = signPermit(200e6);
        vm.prank(BOB);
        asset.permit(buyer, address(router), permit.value, permit.deadline, permit.v, permit.r, permit.s);

        vm.prank(buyer);
        (, uint256 spent) = router.buyWithPermit(twoLegs(100e6, 100e6), MAX, block.timestamp, permit);
        assertEq(spent, 200e6, "spent");
    }

    function test_WhenAssetHasNoPermit_AllowanceServes() external {
        CoverMockSilentAsset silent = new CoverMockSilentAsset();
        Leg[] memory legs = new Leg[](1);
        legs[0] = leg(newPool(address(silent)), 150e6);
        silent.mint(buyer, 1000e6);
        TokenPermit memory permit;
        vm.startPrank(buyer);
        silent.approve(address(router), 150e6);
        (, uint256 spent) = router.buyWithPermit(legs, MAX, block.timestamp, permit);
        assertEq(spent, 100e6, "spent");
    }

    function test_RevertWhen_PermitIsBadAndNothingIsAllowed() external {
        TokenPermit memory permit = signPermit(200e6);
        permit.value = 201e6;
        vm.expectRevert(abi.encodeWithSelector(ICoverRouter.PaymentShort.selector, 0, 200e6));
        vm.prank(buyer);
        router.buyWithPermit(twoLegs(100e6, 100e6), MAX, block.timestamp, permit);
    }

    function test_RevertWhen_AnotherUsesThePermit() external {
        TokenPermit memory permit = signPermit(200e6);
        vm.expectRevert(abi.encodeWithSelector(ICoverRouter.PaymentShort.selector, 0, 200e6));
        vm.prank(BOB);
        router.buyWithPermit(twoLegs(100e6, 100e6), MAX, block.timestamp, permit);
    }
}

contract CoverRouterPermit2Test is RouterFixture {
    bytes4 private constant INVALID_SIGNER = bytes4(keccak256("InvalidSigner()"));
    bytes4 private constant INVALID_NONCE = bytes4(keccak256("InvalidNonce()"));

    function setUp() public override {
        vm.chainId(1);
        super.setUp();
        Permit2Code.etch(vm);
        vm.prank(buyer);
        asset.approve(Permit2Code.CANONICAL, MAX);
    }

    function testFuzz_DomainIsThatOfPermit2(uint64 chain) external {
        vm.assume(chain != Permit2Code.CHAIN_OF_WRONG_DOMAIN);
        vm.chainId(bound(chain, 1, type(uint64).max - 1));
        bytes32 domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,uint256 chainId,address verifyingContract)"),
                keccak256("Permit2"),
                block.chainid,
                Permit2Code.CANONICAL
            )
        );
        assertEq(IDomain(Permit2Code.CANONICAL).DOMAIN_SEPARATOR(), domain);
        vm.chainId(1);
        assertEq(
            IDomain(Permit2Code.CANONICAL).DOMAIN_SEPARATOR(),
            0x866a5aba21966af95d6c7ab78eb2b2fc913915c28be3b9aa07cc04ff903e3f28,
            "mainnet"
        );
    }

    function test_WhenSignatureIsGood() external {
        Permit2Transfer memory transfer = signPermit2(300e6, 7);
        vm.prank(buyer);
        (, uint256 spent) = router.buyWithPermit2(twoLegs(150e6, 120e6), MAX, block.timestamp, transfer);
        assertEq(spent, 200e6, "spent");
        assertEq(asset.balanceOf(buyer), 800e6, "rest");
        assertNothingStays();
    }

    function test_WhenMoreIsSignedThanHeld() external {
        vm.prank(buyer);
        asset.transfer(ALICE, 800e6);
        Permit2Transfer memory transfer = signPermit2(300e6, 7);
        vm.prank(buyer);
        (, uint256 spent) = router.buyWithPermit2(twoLegs(150e6, 120e6), MAX, block.timestamp, transfer);
        assertEq(spent, 200e6, "spent");
    }

    function test_RevertWhen_LessIsSignedThanNeeded() external {
        Permit2Transfer memory transfer = signPermit2(199e6, 7);
        vm.expectRevert(abi.encodeWithSelector(ICoverRouter.PaymentShort.selector, 199e6, 200e6));
        vm.prank(buyer);
        router.buyWithPermit2(twoLegs(100e6, 100e6), MAX, block.timestamp, transfer);
    }

    /// @dev The signature names the router, and the router takes from its caller alone.
    function test_RevertWhen_AnotherUsesTheSignature() external {
        Permit2Transfer memory transfer = signPermit2(300e6, 7);
        asset.mint(BOB, 1000e6);
        vm.startPrank(BOB);
        asset.approve(Permit2Code.CANONICAL, MAX);
        vm.expectRevert(INVALID_SIGNER);
        router.buyWithPermit2(twoLegs(150e6, 120e6), MAX, block.timestamp, transfer);
    }

    function test_RevertWhen_SignatureIsUsedTwice() external {
        Permit2Transfer memory transfer = signPermit2(300e6, 7);
        vm.startPrank(buyer);
        router.buyWithPermit2(twoLegs(150e6, 120e6), MAX, block.timestamp, transfer);
        vm.expectRevert(INVALID_NONCE);
        router.buyWithPermit2(twoLegs(150e6, 120e6), MAX, block.timestamp, transfer);
    }

    function test_RevertWhen_AmountWasChanged() external {
        Permit2Transfer memory transfer = signPermit2(200e6, 7);
        transfer.amount = 300e6;
        vm.expectRevert(INVALID_SIGNER);
        vm.prank(buyer);
        router.buyWithPermit2(twoLegs(150e6, 120e6), MAX, block.timestamp, transfer);
    }

    function test_RevertWhen_Permit2IsNotOnThisChain() external {
        vm.etch(Permit2Code.CANONICAL, "");
        Permit2Transfer memory transfer;
        vm.expectRevert(ICoverRouter.Permit2Missing.selector);
        vm.prank(buyer);
        router.buyWithPermit2(twoLegs(100e6, 100e6), MAX, block.timestamp, transfer);
    }

    function test_RevertWhen_NothingIsHeld() external {
        Permit2Transfer memory transfer = signPermit2(300e6, 7);
        vm.startPrank(buyer);
        asset.transfer(ALICE, 1000e6);
        vm.expectRevert(abi.encodeWithSelector(ICoverRouter.PaymentShort.selector, 0, 200e6));
        router.buyWithPermit2(twoLegs(100e6, 100e6), MAX, block.timestamp, transfer);
    }
}
