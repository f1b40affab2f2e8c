// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ICoverRouter, Leg, Permit2Transfer, TokenPermit} from "../../src/interfaces/ICoverRouter.sol";
import {BuyParams} from "../../src/interfaces/IPoolTypes.sol";
import {CoverRouter} from "../../src/periphery/CoverRouter.sol";
import {MarketId} from "../../src/types/MarketId.sol";
import {CoverFixture} from "./CoverFixture.sol";
import {CoverMockAsset} from "./CoverMockAssets.sol";
import {CoverMockPool} from "./CoverMocks.sol";
import {PermitSigner} from "./PermitSigner.sol";

/// @notice A router, two pools of one asset, and a buyer with a key.
abstract contract RouterFixture is CoverFixture, PermitSigner {
    uint256 internal constant MAX = type(uint256).max;

    CoverRouter internal router;
    CoverMockPool internal second;
    address internal buyer;

    function setUp() public virtual override {
        super.setUp();
        buyer = vm.addr(BUYER_KEY);
        router = CoverRouter(deploy("CoverRouter", abi.encode(factory)));
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

    function signPermit(uint256 value) internal view returns (TokenPermit memory) {
        return signPermit(address(asset), address(router), value);
    }

    function signPermit2(uint256 amount, uint256 nonce) internal view returns (Permit2Transfer memory) {
        return signPermit2(address(asset), address(router), amount, nonce);
    }

    /// @dev ROUTER-1: between transactions the router holds nothing and nobody may take from it.
    function assertNothingStays() internal view {
        assertEq(asset.balanceOf(address(router)), 0, "ROUTER-1: router holds a balance");
        assertEq(asset.allowance(address(router), address(pool)), 0, "ROUTER-1: first pool has an allowance");
        assertEq(
            asset.allowance(address(router), address(second)), 0, "ROUTER-1: second pool has an allowance"
        );
    }
}
