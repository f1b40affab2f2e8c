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

    /// @dev Senior 600 of 1,000 for a year, 10 earned of which 4 are expected loss: its charge of 2 % would be 12, its part of
    /// the margin is 3.6.
    function test_WhenTheMarginIsThin_SeniorsChargeIsItsPartOfIt() public pure {
        SplitInputs memory i = _inputs(10e6, 400e6, 600e6);
        i.elapsed = 365 days;
        i.expectedLoss = 4e6;
        i.seniorElBps = 10;
        (uint256 toJunior, uint256 toSenior) = TrancheMath.split(i);
        assertEq(toSenior, 0.6e6 + 3.6e6);
        assertEq(toJunior, 10e6 - 4.2e6);
    }

    /// @dev The same with a margin of 96: the charge binds.
    function test_WhenTheMarginIsWide_SeniorsChargeIsByUtilisation() public pure {
        SplitInputs memory i = _inputs(100e6, 400e6, 600e6);
        i.elapsed = 365 days;
        i.expectedLoss = 4e6;
        i.seniorElBps = 10;
        (, uint256 toSenior) = TrancheMath.split(i);
        assertEq(toSenior, 0.6e6 + 12e6);
        i.utilisationBps = 8500;
        (, toSenior) = TrancheMath.split(i);
        assertEq(toSenior, 0.6e6 + 57.6e6); // 10 % would be 60; its part of the margin binds again
        i.expectedLoss = 100e6;
        (, toSenior) = TrancheMath.split(i);
        assertEq(toSenior, 0.6e6); // no margin
    }

    /// @dev Junior has half of its least share: half of what it would earn goes to senior.
    function test_WhenJuniorIsTooThin_ItEarnsInProportion() public pure {
        SplitInputs memory i = _inputs(100e6, 100e6, 900e6);
        i.elapsed = 365 days;
        (uint256 toJunior, uint256 toSenior) = TrancheMath.split(i);
        assertEq(toJunior, uint256(100e6 - 18e6) / 2);
        assertEq(toJunior + toSenior, 100e6);
        // At just its least share it earns all of it.
        i.junior = 225e6;
        (toJunior,) = TrancheMath.split(i);
        assertEq(toJunior, 100e6 - 18e6);
    }

    function test_ARatioIsRoundedDown() public pure {
        assertEq(TrancheMath.ratio(1, 2, 1), 333_333_333_333_333_333);
        assertEq(TrancheMath.ratio(2, 3, 0), 666_666_666_666_666_666);
        assertEq(TrancheMath.ratio(3, 2, 1), 1e18);
    }

    /// @dev What an underwriter pays is rounded up, what they get down, by less than one unit.
    function testFuzz_SharesAndAssetsAreRoundedOnTheirSide(uint256 amount, uint256 supply, uint256 total)
        public
        pure
    {
        (amount, supply, total) =
        (bound(amount, 0, 1 << 96), bound(supply, 0, 1 << 119), bound(total, 0, 1 << 96));
        uint256 shares = supply + TrancheMath.VIRTUAL_SHARES;
        uint256 assets = total + TrancheMath.VIRTUAL_ASSETS;
        uint256 down = TrancheMath.toSharesDown(amount, supply, total);
        uint256 up = TrancheMath.toSharesUp(amount, supply, total);
        assertLe(down * assets, amount * shares, "ROUNDING-1");
        assertGe(up * assets, amount * shares, "ROUNDING-1");
        assertLe(up - down, 1, "ROUNDING-1");
        down = TrancheMath.toAssetsDown(amount, supply, total);
        up = TrancheMath.toAssetsUp(amount, supply, total);
        assertLe(down * shares, amount * assets, "ROUNDING-1");
        assertGe(up * shares, amount * assets, "ROUNDING-1");
        assertLe(up - down, 1, "ROUNDING-1");
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
