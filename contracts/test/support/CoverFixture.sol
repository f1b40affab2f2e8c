// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {LibClone} from "solady/utils/LibClone.sol";

import {CoverMetadata} from "../../src/cover/CoverMetadata.sol";
import {CoverToken} from "../../src/cover/CoverToken.sol";
import {CoverId, toCoverId} from "../../src/types/CoverId.sol";
import {Artifacts} from "./Artifacts.sol";
import {CoverMockAsset} from "./CoverMockAssets.sol";
import {CoverMockFactory, CoverMockPool} from "./CoverMocks.sol";

/// @notice A token, its metadata and pools that are real clones at the addresses which the token computes.
abstract contract CoverFixture is Artifacts {
    address internal constant ALICE = address(0xA11CE);
    address internal constant BOB = address(0xB0B);
    address internal constant CAROL = address(0xCA401);

    CoverMockFactory internal factory;
    CoverMockPool internal implementation;
    CoverMetadata internal metadata;
    CoverToken internal token;
    CoverMockAsset internal asset;
    CoverMockPool internal pool;

    function setUp() public virtual {
        vm.warp(1_773_446_400); // 2026-03-14
        asset = new CoverMockAsset("USD Coin", "USDC", 6);
        implementation = new CoverMockPool();
        factory = new CoverMockFactory(address(implementation));
        metadata = new CoverMetadata();
        token = new CoverToken(address(factory), metadata);
        pool = newPool(address(asset));
    }

    function newPool(address asset_) internal returns (CoverMockPool) {
        return CoverMockPool(factory.create(asset_, address(token)));
    }

    /// @dev The next cover of `pool`, held by `to`.
    function mintTo(address to, address insured) internal returns (CoverId cover) {
        cover = toCoverId(pool.poolIndex(), pool.nextSequence());
        pool.mint(to, insured);
    }
}
