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

    /// What a request had in escrow counts beside what its controller held in shares, and as custody grows.
    function test_EscrowGetsItsPartOnce() external {
        pool.setShare(1, false, alice, 0.5e18);
        pool.setEscrowShare(1, false, 7, alice, 0.25e18);
        pool.setEscrowShare(1, true, 7, bob, 0.1e18);
        _settle(40e6);
        exposure.releaseSalvage(address(pool), 1, false, alice);
        vm.expectEmit(address(exposure));
        emit ISurrenderExposure.SalvageReleased(1, address(pool), alice, false, 5e18);
        assertEq(exposure.releaseEscrowSalvage(address(pool), 1, false, 7), 5e18);
        assertEq(exposure.releaseEscrowSalvage(address(pool), 1, true, 7), 2e18);
        vm.expectRevert(
            abi.encodeWithSelector(ISurrenderExposure.NothingToRelease.selector, 1, address(pool), alice)
        );
        exposure.releaseEscrowSalvage(address(pool), 1, false, 7);
        _settle(80e6);
        assertEq(exposure.releaseEscrowSalvage(address(pool), 1, false, 7), 10e18);
        assertEq(position.balanceOf(alice), 25e18);
        assertEq(position.balanceOf(bob), 2e18);
        assertEq(exposure.releasedFor(address(pool), 1, false, 7), 15e18);
    }

    function test_RevertWhen_TheRequestHadNothingInEscrow() external {
        _settle(40e6);
        vm.expectRevert(abi.encodeWithSelector(ISurrenderExposure.PoolUnknown.selector, stranger));
        exposure.releaseEscrowSalvage(stranger, 1, false, 7);
        vm.expectRevert(
            abi.encodeWithSelector(ISurrenderExposure.NothingToRelease.selector, 1, address(pool), address(0))
        );
        exposure.releaseEscrowSalvage(address(pool), 1, false, 7);
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
            uint256 released = position.balanceOf(alice) + position.balanceOf(bob);
            assertEq(released + position.balanceOf(address(exposure)), _custody(), "INCIDENT-6");
        }
        try exposure.releaseSalvage(address(pool), 1, false, alice) {} catch {}
        try exposure.releaseSalvage(address(pool), 1, true, bob) {} catch {}
        assertLe(position.balanceOf(address(exposure)), 1, "INCIDENT-6");
    }
}
