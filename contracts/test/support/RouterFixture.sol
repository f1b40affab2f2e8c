// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ICoverRouter, Leg, Permit2Transfer, TokenPermit} from "../../src/interfaces/ICoverRouter.sol";
import {IPoolFactory} from "../../src/interfaces/IPoolFactory.sol";
import {BuyParams} from "../../src/interfaces/IPoolTypes.sol";
import {CoverRouter} from "../../src/periphery/CoverRouter.sol";
import {MarketId} from "../../src/types/MarketId.sol";
import {CoverFixture} from "./CoverFixture.sol";
import {CoverMockAsset} from "./CoverMockAssets.sol";
import {CoverMockPool} from "./CoverMocks.sol";
import {Permit2Code} from "./Permit2Code.sol";

interface IDomain {
    function DOMAIN_SEPARATOR() external view returns (bytes32);
}

/// @notice A router, two pools of one asset, and a buyer with a key.
abstract contract RouterFixture is CoverFixture {
    bytes32 private constant PERMIT_TYPEHASH =
        keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");
    bytes32 private constant PERMISSIONS_TYPEHASH =
        keccak256("TokenPermissions(address token,uint256 amount)");
    bytes32 private constant PERMIT2_TYPEHASH = keccak256(
        "PermitTransferFrom(TokenPermissions permitted,address spender,uint256 nonce,uint256 deadline)TokenPermissions(address token,uint256 amount)"
    );

    uint256 internal constant BUYER_KEY = 0xB0741;
    uint256 internal constant MAX = type(uint256).max;

    CoverRouter internal router;
    CoverMockPool internal second;
    address internal buyer;

    function setUp() public virtual override {
        super.setUp();
        buyer = vm.addr(BUYER_KEY);
        router = new CoverRouter(IPoolFactory(address(factory)));
        second = newPool(address(asset));
        asset.mint(buyer, 1000e6);
    }

    /// @dev Cover of 10,000, which costs 100 unless the pool's price is set.
    function leg(CoverMockPool pool_, uint96 maxPremium) internal pure returns (Leg memory) {
        return Leg({
            pool: address(pool_),
            params: BuyParams({
                market: MarketId.wrap("market"),
                cover: 10_000e6,
                coverDays: 30,
                recipient: address(0),
                insured: address(0),
                maxPremium: maxPremium,
                integrator: address(0)
            })
        });
    }

    function oneLeg(uint96 maxPremium) internal view returns (Leg[] memory legs) {
        legs = new Leg[](1);
        legs[0] = leg(pool, maxPremium);
    }

    function twoLegs(uint96 maxFirst, uint96 maxSecond) internal view returns (Leg[] memory legs) {
        legs = new Leg[](2);
        legs[0] = leg(pool, maxFirst);
        legs[1] = leg(second, maxSecond);
    }

    function approve(uint256 amount) internal {
        vm.prank(buyer);
        asset.approve(address(router), amount);
    }

    function signPermit(uint256 value) internal view returns (TokenPermit memory permit) {
        permit.value = value;
        permit.deadline = block.timestamp;
        bytes32 message = keccak256(
            abi.encode(PERMIT_TYPEHASH, buyer, address(router), value, asset.nonces(buyer), permit.deadline)
        );
        (permit.v, permit.r, permit.s) = vm.sign(BUYER_KEY, digest(address(asset), message));
    }

    function signPermit2(uint256 amount, uint256 nonce)
        internal
        view
        returns (Permit2Transfer memory transfer)
    {
        transfer.amount = amount;
        transfer.nonce = nonce;
        transfer.deadline = block.timestamp;
        bytes32 permissions = keccak256(abi.encode(PERMISSIONS_TYPEHASH, address(asset), amount));
        bytes32 message =
            keccak256(abi.encode(PERMIT2_TYPEHASH, permissions, address(router), nonce, transfer.deadline));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(BUYER_KEY, digest(Permit2Code.CANONICAL, message));
        transfer.signature = abi.encodePacked(r, s, v);
    }

    /// @dev ROUTER-1: between transactions the router holds nothing and nobody may take from it.
    function assertNothingStays() internal view {
        assertEq(asset.balanceOf(address(router)), 0, "ROUTER-1: router holds a balance");
        assertEq(asset.allowance(address(router), address(pool)), 0, "ROUTER-1: first pool has an allowance");
        assertEq(
            asset.allowance(address(router), address(second)), 0, "ROUTER-1: second pool has an allowance"
        );
    }

    function digest(address verifier, bytes32 message) private view returns (bytes32) {
        return keccak256(abi.encodePacked("\x19\x01", IDomain(verifier).DOMAIN_SEPARATOR(), message));
    }
}
