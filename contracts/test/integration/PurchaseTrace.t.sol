// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {VmSafe} from "forge-std/Vm.sol";

import {CoverId} from "../../src/types/CoverId.sol";
import {UnderwritingFixture} from "../support/UnderwritingFixture.sol";

/// @notice What a call of the pool asks of other contracts.
contract PurchaseTraceTest is UnderwritingFixture {
    function setUp() public override {
        super.setUp();
        asset.mint(holder, 1e6 * unit());
        vm.prank(holder);
        asset.approve(address(pool), type(uint256).max);
    }

    function test_APurchaseMakesSixCallsAtMost() public {
        vm.startStateDiffRecording();
        vm.prank(holder);
        pool.buy(buyParams(market, holder, 1000 * unit(), 30));
        assertLe(_callsByPool(), 6);
    }

    function test_ALaterPurchaseMakesSixCallsAtMost() public {
        buyCover(market, holder, 1000, 30);
        vm.warp(block.timestamp + 20 days);
        vm.startStateDiffRecording();
        vm.prank(holder);
        pool.buy(buyParams(market, holder, 1000 * unit(), 30));
        assertLe(_callsByPool(), 6);
    }

    function test_AnExtensionMakesSixCallsAtMost() public {
        CoverId id = buyCover(market, holder, 1000, 30);
        vm.startStateDiffRecording();
        vm.prank(holder);
        pool.extend(id, 30, type(uint96).max);
        assertLe(_callsByPool(), 6);
    }

    function test_ADepositMakesNone() public {
        asset.mint(holder, 1000);
        vm.startPrank(holder);
        asset.approve(address(junior), 1000);
        vm.startStateDiffRecording();
        junior.deposit(1000, holder);
        assertEq(_callsByPool(), 0);
    }

    /// @dev Calls made by the pool itself; those to its own code are not counted.
    function _callsByPool() private returns (uint256 count) {
        VmSafe.AccountAccess[] memory accesses = vm.stopAndReturnStateDiff();
        for (uint256 i; i < accesses.length; ++i) {
            VmSafe.AccountAccess memory a = accesses[i];
            bool call =
                a.kind == VmSafe.AccountAccessKind.Call || a.kind == VmSafe.AccountAccessKind.StaticCall;
            if (call && a.accessor == address(pool)) ++count;
        }
    }
}
