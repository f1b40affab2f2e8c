// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Test} from "forge-std/Test.sol";
import {SafeCastLib} from "solady/utils/SafeCastLib.sol";

import {TrancheShares} from "../../../src/underwriting/TrancheShares.sol";

contract OpenShares is TrancheShares {
    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    function burn(address from, uint256 amount) external {
        _burn(from, amount);
    }

    function snapshot(bool close) external returns (uint256) {
        return _snapshot(close);
    }

    function at(uint256 number, address account) external view returns (uint256 shares, uint256 supply) {
        return _at(number, account);
    }
}

contract TrancheSharesTest is Test {
    OpenShares internal shares = new OpenShares();
    address internal a = makeAddr("a");
    address internal b = makeAddr("b");

    function setUp() public {
        shares.mint(a, 100);
        shares.mint(b, 50);
    }

    function test_WhenNothingMoved_ASnapshotGivesWhatIsHeld() public {
        uint256 n = shares.snapshot(false);
        _check(n, a, 100, 150);
        _check(n, b, 50, 150);
        _check(n, address(this), 0, 150);
        _check(0, a, 0, 0);
    }

    function test_WhenMovedAfterwards_ASnapshotGivesWhatWasHeld() public {
        uint256 first = shares.snapshot(false);
        vm.prank(a);
        shares.transfer(b, 30);
        uint256 second = shares.snapshot(false);
        shares.burn(b, 80);
        shares.mint(a, 1000);
        _check(first, a, 100, 150);
        _check(first, b, 50, 150);
        _check(second, a, 70, 150);
        _check(second, b, 80, 150);
        assertEq(shares.balanceOf(b), 0);
        assertEq(shares.totalSupply(), 1070);
    }

    function test_WhenReceivedAfterwards_ItDoesNotCount() public {
        uint256 n = shares.snapshot(false);
        address c = makeAddr("c");
        vm.prank(a);
        shares.transfer(c, 100);
        _check(n, c, 0, 150);
        _check(n, a, 100, 150);
    }

    function test_WhenTheEpochCloses_BalancesAreNothingButStayInSnapshots() public {
        uint256 n = shares.snapshot(true);
        assertEq(shares.totalSupply(), 0);
        assertEq(shares.balanceOf(a), 0);
        _check(n, a, 100, 150);
        shares.mint(a, 7);
        assertEq(shares.balanceOf(a), 7);
        assertEq(shares.totalSupply(), 7);
        uint256 later = shares.snapshot(false);
        _check(n, a, 100, 150);
        _check(later, a, 7, 7);
        _check(later, b, 0, 7);
    }

    function test_WhenTheEpochClosesTwice_OldBalancesDoNotComeBack() public {
        uint256 first = shares.snapshot(true);
        uint256 second = shares.snapshot(true);
        shares.mint(b, 5);
        _check(first, b, 50, 150);
        _check(second, b, 0, 0);
        assertEq(shares.balanceOf(b), 5);
        vm.expectPartialRevert(TrancheShares.ERC20InsufficientBalance.selector);
        vm.prank(a);
        shares.transfer(b, 1);
    }

    function test_WhenMovedToOneself_NothingChanges() public {
        vm.prank(a);
        shares.transfer(a, 60);
        assertEq(shares.balanceOf(a), 100);
        uint256 n = shares.snapshot(false);
        vm.prank(a);
        shares.transfer(a, 60);
        _check(n, a, 100, 150);
        assertEq(shares.balanceOf(a), 100);
    }

    function test_WhenAllowed_AnotherMoves() public {
        vm.prank(a);
        shares.approve(b, 40);
        vm.startPrank(b);
        shares.transferFrom(a, b, 30);
        assertEq(shares.allowance(a, b), 10);
        vm.expectRevert(abi.encodeWithSelector(TrancheShares.ERC20InsufficientAllowance.selector, b, 10, 11));
        shares.transferFrom(a, b, 11);
    }

    function test_RevertWhen_TheReceiverIsNobody() public {
        vm.expectPartialRevert(TrancheShares.ERC20InvalidReceiver.selector);
        vm.prank(a);
        shares.transfer(address(0), 1);
    }

    /// Any sequence of moves and snapshots gives what a plain copy of all balances would.
    function testFuzz_SnapshotsEqualCopies(uint256 seed) public {
        address[3] memory accounts = [a, b, makeAddr("c")];
        uint256[3][] memory copies = new uint256[3][](40);
        uint256[] memory supplies = new uint256[](40);
        uint256 count;
        for (uint256 i; i < 40; ++i) {
            seed = uint256(keccak256(abi.encode(seed)));
            address x = accounts[seed % 3];
            uint256 amount = (seed >> 8) % 100;
            uint256 what = (seed >> 16) % 8;
            if (what < 2) {
                shares.mint(x, amount);
            } else if (what < 3) {
                shares.burn(x, amount % (shares.balanceOf(x) + 1));
            } else if (what < 5) {
                amount %= shares.balanceOf(x) + 1;
                vm.prank(x);
                shares.transfer(accounts[(seed >> 24) % 3], amount);
            } else {
                for (uint256 k; k < 3; ++k) {
                    copies[count][k] = shares.balanceOf(accounts[k]);
                }
                supplies[count] = shares.totalSupply();
                assertEq(shares.snapshot(what == 7), ++count);
            }
        }
        for (uint256 n; n < count; ++n) {
            for (uint256 k; k < 3; ++k) {
                _check(n + 1, accounts[k], copies[n][k], supplies[n]);
            }
        }
    }

    function _check(uint256 n, address account, uint256 held, uint256 supply) private view {
        (uint256 x, uint256 y) = shares.at(n, account);
        assertEq(x, held);
        assertEq(y, supply);
    }

    function test_WhenAllowedWithoutLimit_TheAllowanceStays() public {
        vm.prank(a);
        shares.approve(b, type(uint256).max);
        vm.prank(b);
        shares.transferFrom(a, b, 100);
        assertEq(shares.balanceOf(b), 150);
        assertEq(shares.allowance(a, b), type(uint256).max);
    }

    function test_RevertWhen_MintedToNobody() public {
        vm.expectRevert(abi.encodeWithSelector(TrancheShares.ERC20InvalidReceiver.selector, address(0)));
        shares.mint(address(0), 1);
    }

    function test_RevertWhen_MoreIsBurnedThanHeld() public {
        vm.expectRevert(abi.encodeWithSelector(TrancheShares.ERC20InsufficientBalance.selector, a, 100, 101));
        shares.burn(a, 101);
        shares.burn(a, 100);
        assertEq(shares.totalSupply(), 50);
    }

    /// @dev A balance and the supply share their words with tags, which no amount may reach.
    function test_RevertWhen_TheWordsCannotHoldIt() public {
        uint256 most = (1 << 144) - 1;
        vm.expectRevert(SafeCastLib.Overflow.selector);
        shares.mint(a, most - 99);
        // The balance fits, the supply does not.
        vm.expectRevert(SafeCastLib.Overflow.selector);
        shares.mint(a, most - 100);
        shares.mint(a, most - 150);
        assertEq(shares.totalSupply(), most);
        assertEq(shares.balanceOf(a), most - 50);
        assertEq(shares.balanceOf(b), 50);
    }
}
