// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IncidentState} from "../../src/interfaces/IIncidentBoard.sol";
import {ITrancheVault} from "../../src/interfaces/ITrancheVault.sol";
import {UnderwritingFixture} from "../support/UnderwritingFixture.sol";

/// @notice The asynchronous redemption side of ERC-7540, and of ERC-4626 as it changes it; operators, ERC-7575, ERC-165.
contract ERC7540RedeemTest is UnderwritingFixture {
    event RedeemRequest(
        address indexed controller,
        address indexed owner,
        uint256 indexed requestId,
        address sender,
        uint256 shares
    );
    event OperatorSet(address indexed controller, address indexed operator, bool approved);
    event Withdraw(
        address indexed sender,
        address indexed receiver,
        address indexed owner,
        uint256 assets,
        uint256 shares
    );

    uint256 internal constant ALL = type(uint256).max;
    uint256 internal shares;

    function setUp() public override {
        super.setUp();
        buyCover(market, holder, 100_000, 100);
        shares = 100_000 * unit() * 1000;
    }

    // Requests

    /// "Assumes control of shares from owner ... MUST emit the RedeemRequest event."
    function test_RequestTakesTheSharesAndTells() public {
        uint256 before = senior.balanceOf(underwriter);
        vm.expectEmit(address(senior));
        emit RedeemRequest(underwriter, underwriter, 1, underwriter, shares);
        assertEq(_request(), 1);
        assertEq(senior.balanceOf(underwriter), before - shares);
    }

    /// "Redeem Request approval of shares for a msg.sender NOT equal to owner may come either from ERC-20 approval over the
    /// shares of owner or if the owner has approved the msg.sender as an operator."
    function test_RequestNeedsAllowanceOrOperator() public {
        vm.startPrank(keeper);
        vm.expectRevert();
        senior.requestRedeem(shares, keeper, underwriter);
        vm.stopPrank();
        vm.prank(underwriter);
        senior.approve(keeper, shares);
        vm.prank(keeper);
        senior.requestRedeem(shares, keeper, underwriter);
        assertEq(senior.allowance(underwriter, keeper), 0);
        vm.prank(underwriter);
        senior.setOperator(keeper, true);
        vm.prank(keeper);
        senior.requestRedeem(shares, underwriter, underwriter);
    }

    /// A controller agrees: it is the owner or the caller, or made the caller its operator.
    function test_RequestNeedsTheControllersConsent() public {
        vm.expectRevert(
            abi.encodeWithSelector(ITrancheVault.NotOperator.selector, underwriter, address(keeper))
        );
        vm.prank(underwriter);
        senior.requestRedeem(shares, keeper, underwriter);
        vm.prank(keeper);
        senior.setOperator(underwriter, true);
        vm.prank(underwriter);
        uint256 id = senior.requestRedeem(shares, keeper, underwriter);
        assertEq(senior.pendingRedeemRequest(id, keeper), shares);
    }

    /// "MUST revert if all of shares cannot be requested for redeem."
    function test_RevertWhen_TheOwnerHasFewer() public {
        uint256 all = senior.balanceOf(underwriter);
        vm.expectRevert();
        vm.prank(underwriter);
        senior.requestRedeem(all + 1, underwriter, underwriter);
    }

    // Pending, claimable, claimed

    /// "Requests MUST NOT skip or otherwise short-circuit the Claim state": all that was asked for and not claimed is
    /// pending or claimable, never both.
    function test_ARequestIsPendingThenClaimableThenClaimed() public {
        uint256 id = _request();
        _stateOf(id, shares, 0);
        vm.warp(block.timestamp + 7 days);
        _stateOf(id, shares, 0);
        senior.strikeExit(shares / 2);
        _stateOf(id, shares, 0);
        vm.warp(block.timestamp + 1 days);
        senior.strikeExit(ALL);
        _stateOf(id, shares, 0);
        vm.warp((block.timestamp / 1 days + 8) * 1 days);
        _stateOf(id, shares - shares / 2, shares / 2);
        vm.warp(block.timestamp + 1 days);
        _stateOf(id, 0, shares);
        vm.prank(underwriter);
        senior.redeem(shares / 3, underwriter, underwriter);
        _stateOf(id, 0, shares - shares / 3);
        vm.prank(underwriter);
        senior.redeem(shares - shares / 3, underwriter, underwriter);
        _stateOf(id, 0, 0);
    }

    /// "MUST NOT show any variations depending on the caller. MUST NOT revert": another controller, another number.
    function test_UnknownRequestsAreEmpty() public {
        uint256 id = _request();
        uint256[4] memory ids = [uint256(0), id, id + 1, ALL];
        for (uint256 i; i < 4; ++i) {
            assertEq(senior.pendingRedeemRequest(ids[i], keeper), 0);
            assertEq(senior.claimableRedeemRequest(ids[i], keeper), 0);
            if (ids[i] == id) continue;
            assertEq(senior.pendingRedeemRequest(ids[i], underwriter), 0);
            assertEq(senior.claimableRedeemRequest(ids[i], underwriter), 0);
        }
    }

    /// maxRedeem: "MUST factor in both global and user-specific limits ... if redemption is disabled (even temporarily) it
    /// MUST return 0."
    function test_HeldExitsAreNotClaimable() public {
        uint256 id = _struck(senior);
        uint256 junior_ = _struck(junior);
        vm.warp(block.timestamp + 9 days);
        assertEq(junior.maxRedeem(underwriter), shares);
        uint256 incident = find(market, IncidentState.Suspect, block.timestamp, 0);
        assertEq(junior.maxRedeem(underwriter), 0);
        assertEq(junior.claimableRedeemRequest(junior_, underwriter), 0);
        assertEq(junior.pendingRedeemRequest(junior_, underwriter), shares);
        pool.syncIncidents(incident);
        assertEq(junior.maxRedeem(underwriter), 0);
        vm.expectRevert();
        vm.prank(underwriter);
        junior.redeem(shares, underwriter, underwriter);
        assertEq(senior.maxRedeem(underwriter), shares);
        assertEq(senior.claimableRedeemRequest(id, underwriter), shares);
        find(market, IncidentState.Rejected, block.timestamp, 0);
        pool.settleIncident(incident);
        assertEq(junior.maxRedeem(underwriter), shares);
    }

    /// maxRedeem: "MUST return the maximum amount of shares ... and not cause a revert"; over requests and strikes.
    function testFuzz_TheMostThatIsAnsweredIsPaid(uint256 a, uint256 b, uint256 part) public {
        a = bound(a, 1, shares);
        b = bound(b, 1, shares);
        vm.startPrank(underwriter);
        senior.requestRedeem(a, underwriter, underwriter);
        senior.requestRedeem(b, underwriter, underwriter);
        vm.stopPrank();
        vm.warp(block.timestamp + 7 days);
        senior.strikeExit(bound(part, 1, a + b));
        vm.warp(block.timestamp + 9 days);
        uint256 max = senior.maxRedeem(underwriter);
        assertEq(max, bound(part, 1, a + b));
        uint256 pending =
            senior.pendingRedeemRequest(1, underwriter) + senior.pendingRedeemRequest(2, underwriter);
        assertEq(
            max,
            senior.claimableRedeemRequest(1, underwriter) + senior.claimableRedeemRequest(2, underwriter),
            "EXIT-5"
        );
        assertEq(pending + max, a + b, "EXIT-5");
        vm.startPrank(underwriter);
        vm.expectRevert(abi.encodeWithSelector(ITrancheVault.ClaimAboveClaimable.selector, max + 1, max));
        senior.redeem(max + 1, underwriter, underwriter);
        uint256 due = senior.redeem(max, underwriter, underwriter);
        vm.stopPrank();
        assertEq(asset.balanceOf(underwriter), due, "EXIT-5");
        assertEq(senior.maxRedeem(underwriter), 0, "EXIT-5");
    }

    /// A class of shares that was wiped out leaves requests that are claimed for nothing; none stays pending for ever.
    function test_WipedOutRequestsAreClaimedForNothing() public {
        vm.prank(underwriter);
        uint256 id = junior.requestRedeem(shares, underwriter, underwriter);
        for (uint256 i; i < 3; ++i) {
            buyCover(openMarket(softTerms(vm.toString(i))), holder, 200_000, 60);
        }
        vm.warp(block.timestamp + 4 days);
        for (uint256 i; i < 3; ++i) {
            fail(registry.idOf(softTerms(vm.toString(i))), 1e8);
        }
        assertEq(junior.totalSupply(), 0);
        vm.warp(block.timestamp + 9 days);
        assertEq(junior.pendingRedeemRequest(id, underwriter), 0);
        assertEq(junior.maxRedeem(underwriter), shares);
        vm.prank(underwriter);
        assertEq(junior.redeem(shares, underwriter, underwriter), 0);
    }

    // Claims

    /// redeem: "MUST emit the Withdraw event"; its owner is the controller. No share moves: they were taken before.
    function test_RedeemPaysTheReceiverAndTells() public {
        _struck(senior);
        vm.warp(block.timestamp + 9 days);
        (uint256 due,,) = pool.escrowOf(true, block.timestamp / 1 days - 9);
        uint256 supply = senior.totalSupply();
        vm.expectEmit(address(senior));
        emit Withdraw(underwriter, holder, underwriter, due, shares);
        vm.prank(underwriter);
        assertEq(senior.redeem(shares, holder, underwriter), due);
        assertEq(asset.balanceOf(holder), due);
        assertEq(senior.totalSupply(), supply);
    }

    /// "controller MUST be msg.sender unless the controller has approved the msg.sender as an operator."
    function test_RedeemNeedsTheControllerOrItsOperator() public {
        _struck(senior);
        vm.warp(block.timestamp + 9 days);
        vm.expectRevert(abi.encodeWithSelector(ITrancheVault.NotOperator.selector, keeper, underwriter));
        vm.prank(keeper);
        senior.redeem(shares, keeper, underwriter);
        vm.prank(underwriter);
        senior.setOperator(keeper, true);
        vm.prank(keeper);
        senior.redeem(shares, keeper, underwriter);
    }

    /// "previewRedeem and previewWithdraw MUST revert for all callers and inputs."
    function testFuzz_PreviewsOfExitsRevert(uint256 amount, address caller) public {
        vm.startPrank(caller);
        vm.expectRevert(ITrancheVault.AsyncOnly.selector);
        senior.previewRedeem(amount);
        vm.expectRevert(ITrancheVault.AsyncOnly.selector);
        senior.previewWithdraw(amount);
        vm.stopPrank();
    }

    /// Exits are claimed by shares: withdraw is disabled, and maxWithdraw says so.
    function testFuzz_WithdrawIsDisabled(uint256 amount) public {
        _struck(senior);
        vm.warp(block.timestamp + 9 days);
        assertEq(senior.maxWithdraw(underwriter), 0);
        vm.expectRevert(ITrancheVault.AsyncOnly.selector);
        vm.prank(underwriter);
        senior.withdraw(amount, underwriter, underwriter);
    }

    // Operators and interfaces

    /// setOperator: "MUST set the operator status to the approved value. MUST log the OperatorSet event. MUST return true."
    function testFuzz_OperatorsAreSetAndUnset(address operator) public {
        vm.startPrank(underwriter);
        vm.expectEmit(address(senior));
        emit OperatorSet(underwriter, operator, true);
        assertTrue(senior.setOperator(operator, true));
        assertTrue(senior.isOperator(underwriter, operator));
        vm.expectEmit(address(senior));
        emit OperatorSet(underwriter, operator, false);
        assertTrue(senior.setOperator(operator, false));
        assertFalse(senior.isOperator(underwriter, operator));
        vm.stopPrank();
    }

    /// ERC-7575: share() names the share token, and that names its vault for an asset.
    function test_ShareAndVaultNameEachOther() public view {
        assertEq(senior.share(), address(senior));
        assertEq(senior.vault(address(asset)), address(senior));
        assertEq(senior.vault(address(position)), address(0));
    }

    /// ERC-165: its own id, ERC-7540 operators and redemption, ERC-7575 vault and share; not deposits, which are synchronous.
    function test_InterfacesAreNamed() public view {
        bytes4[5] memory yes = [
            bytes4(0x01ffc9a7), bytes4(0xe3bc4e65), bytes4(0x620ee8e4), bytes4(0x2f0a18c5), bytes4(0xf815c03d)
        ];
        for (uint256 i; i < 5; ++i) {
            assertTrue(senior.supportsInterface(yes[i]));
        }
        assertFalse(senior.supportsInterface(0xffffffff));
        assertFalse(senior.supportsInterface(0xce3bbe50));
        assertEq(bytes4(keccak256("vault(address)")), bytes4(0xf815c03d));
        assertEq(senior.setOperator.selector ^ senior.isOperator.selector, bytes4(0xe3bc4e65));
        bytes4 redeem = senior.requestRedeem.selector ^ senior.pendingRedeemRequest.selector
            ^ senior.claimableRedeemRequest.selector;
        assertEq(redeem, bytes4(0x620ee8e4));
    }

    function _request() private returns (uint256) {
        vm.prank(underwriter);
        return senior.requestRedeem(shares, underwriter, underwriter);
    }

    function _struck(ITrancheVault vault) private returns (uint256 id) {
        vm.prank(underwriter);
        id = vault.requestRedeem(shares, underwriter, underwriter);
        vm.warp(block.timestamp + 7 days);
        vault.strikeExit(ALL);
    }

    function _stateOf(uint256 id, uint256 pending, uint256 claimable) private view {
        assertEq(senior.pendingRedeemRequest(id, underwriter), pending, "EXIT-5");
        assertEq(senior.claimableRedeemRequest(id, underwriter), claimable, "EXIT-5");
    }
}
