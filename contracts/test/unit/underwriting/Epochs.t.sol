// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {UnderwritingFixture} from "../../support/UnderwritingFixture.sol";

/// @notice A class of shares ends where a tranche has less than a thousand-millionth of what its shares began with.
contract EpochsTest is UnderwritingFixture {
    function test_WhenJustEnoughIsLeft_TheClassOfSharesStays() public {
        uint256 least = junior.totalSupply() / 1e12;
        assertEq(least, 400);
        vm.prank(address(pool));
        junior.takeSnapshot(least, true);
        assertEq(junior.balanceOf(underwriter), 400_000 * unit() * 1000);
    }

    function test_WhenOneUnitLessIsLeft_TheClassOfSharesEnds() public {
        vm.prank(address(pool));
        junior.takeSnapshot(399, true);
        assertEq(junior.balanceOf(underwriter), 0);
        assertEq(junior.totalSupply(), 0);
    }

    function test_WhenThePoolIsShort_ItStaysWhateverIsLeft() public {
        vm.prank(address(pool));
        junior.takeSnapshot(0, false);
        assertEq(junior.balanceOf(underwriter), 400_000 * unit() * 1000);
    }
}
