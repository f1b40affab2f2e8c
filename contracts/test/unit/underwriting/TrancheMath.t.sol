// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Test} from "forge-std/Test.sol";

import {SplitInputs, TrancheMath} from "../../../src/libraries/TrancheMath.sol";

contract TrancheMathTest is Test {
    function test_WhenATrancheIsEmpty_TheOtherEarnsAll() public pure {
        (uint256 toJunior, uint256 toSenior) = TrancheMath.split(_inputs(1000, 5e6, 0));
        assertEq(toJunior, 1000);
        assertEq(toSenior, 0);
        (toJunior, toSenior) = TrancheMath.split(_inputs(1000, 0, 5e6));
        assertEq(toJunior, 0);
        assertEq(toSenior, 1000);
    }

    /// @dev Senior's own expected loss comes first, up to all there is.
    function test_WhenSeniorIsDueMoreThanWasEarned_JuniorEarnsNothing() public pure {
        SplitInputs memory i = _inputs(1000, 4e6, 6e6);
        i.seniorElBps = 10_000;
        (uint256 toJunior, uint256 toSenior) = TrancheMath.split(i);
        assertEq(toJunior, 0);
        assertEq(toSenior, 1000);
    }

    function testFuzz_SharesRoundedUpAreAtMostOneMore(uint256 assets, uint256 supply, uint256 total)
        public
        pure
    {
        (assets, supply, total) =
        (bound(assets, 0, 1 << 91), bound(supply, 0, 1 << 120), bound(total, 0, 1 << 91));
        uint256 down = TrancheMath.toSharesDown(assets, supply, total);
        uint256 up = TrancheMath.toSharesUp(assets, supply, total);
        uint256 exact = assets * (supply + TrancheMath.VIRTUAL_SHARES);
        assertLe(down * (total + TrancheMath.VIRTUAL_ASSETS), exact);
        assertGe(up * (total + TrancheMath.VIRTUAL_ASSETS), exact);
        assertLe(up - down, 1);
    }

    function _inputs(uint256 earned, uint256 junior, uint256 senior)
        private
        pure
        returns (SplitInputs memory i)
    {
        i.earned = earned;
        i.elapsed = 1 days;
        i.junior = junior;
        i.senior = senior;
        i.minJuniorBps = 2000;
    }
}
