// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ISurrenderExposure} from "../../../../src/interfaces/ISurrenderExposure.sol";
import {IncidentSurrenderFixture} from "../../../support/IncidentSurrenderFixture.sol";

contract ReleaseSalvageTest is IncidentSurrenderFixture {
    address internal alice = makeAddr("alice");
    address internal bob = makeAddr("bob");

    function test_RevertWhen_ThePoolIsUnknown() external {
        vm.expectRevert(abi.encodeWithSelector(ISurrenderExposure.PoolUnknown.selector, stranger));
        exposure.releaseSalvage(stranger, 1, false, alice);
    }

    function test_EachGetsItsShareOnceAsCustodyGrows() external {
        pool.setShare(1, false, alice, 0.25e18);
        _settle(40e6);
        assertEq(exposure.releaseSalvage(address(pool), 1, false, alice), 5e18);
        vm.expectRevert(
            abi.encodeWithSelector(ISurrenderExposure.NothingToRelease.selector, 1, address(pool), alice)
        );
        exposure.releaseSalvage(address(pool), 1, false, alice);
        _settle(80e6);
        assertEq(exposure.releaseSalvage(address(pool), 1, false, alice), 10e18);
        assertEq(position.balanceOf(alice), 15e18);
        assertEq(exposure.releasedTo(address(pool), 1, false, alice), 15e18);
    }

    function test_BothTranchesCountApart() external {
        pool.setShare(1, false, alice, 0.5e18);
        pool.setShare(1, true, alice, 0.1e18);
        _settle(40e6);
        exposure.releaseSalvage(address(pool), 1, false, alice);
        assertEq(exposure.releaseSalvage(address(pool), 1, true, alice), 2e18);
    }

    function test_RevertWhen_TheAccountHeldNothing() external {
        _settle(40e6);
        vm.expectRevert(
            abi.encodeWithSelector(ISurrenderExposure.NothingToRelease.selector, 1, address(pool), bob)
        );
        exposure.releaseSalvage(address(pool), 1, false, bob);
    }

    function test_WhatOnePoolHoldsIsNotAnothers() external {
        otherPool.setShare(1, false, alice, 1e18);
        _settle(40e6);
        vm.expectRevert(
            abi.encodeWithSelector(ISurrenderExposure.NothingToRelease.selector, 1, address(otherPool), alice)
        );
        exposure.releaseSalvage(address(otherPool), 1, false, alice);
    }

    /// @dev Over any sequence of hand-overs and releases no more goes out than came in, and all but dust at the end.
    function testFuzz_CustodyIsConserved(uint256 seed, uint64 share) external {
        uint256 first = bound(share, 0, 1e18);
        pool.setShare(1, false, alice, first);
        pool.setShare(1, true, bob, 1e18 - first);
        for (uint256 i; i < 8; ++i) {
            seed = uint256(keccak256(abi.encode(seed)));
            if (seed % 2 == 0) _settle(seed % 20e6);
            (bool senior, address account) = seed % 4 < 2 ? (false, alice) : (true, bob);
            try exposure.releaseSalvage(address(pool), 1, senior, account) {} catch {}
            assertLe(position.balanceOf(alice) + position.balanceOf(bob), _custody());
        }
        try exposure.releaseSalvage(address(pool), 1, false, alice) {} catch {}
        try exposure.releaseSalvage(address(pool), 1, true, bob) {} catch {}
        assertLe(position.balanceOf(address(exposure)), 1);
    }
}
