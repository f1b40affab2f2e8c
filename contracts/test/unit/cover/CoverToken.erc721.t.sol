// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC721} from "@openzeppelin/contracts/interfaces/IERC721.sol";
import {IERC721Metadata} from "@openzeppelin/contracts/interfaces/IERC721Metadata.sol";
import {IERC721Receiver} from "@openzeppelin/contracts/interfaces/IERC721Receiver.sol";
import {ERC721} from "solady/tokens/ERC721.sol";

import {CoverId} from "../../../src/types/CoverId.sol";
import {CoverFixture} from "../../support/CoverFixture.sol";

/// @notice Takes tokens if told to, and remembers what it was told.
contract Receiver is IERC721Receiver {
    bytes4 public answer = IERC721Receiver.onERC721Received.selector;
    bytes32 public seen;

    function refuse() external {
        answer = 0xdeadbeef;
    }

    function onERC721Received(address operator, address from, uint256 id, bytes calldata data)
        external
        returns (bytes4)
    {
        seen = keccak256(abi.encode(operator, from, id, data));
        return answer;
    }
}

contract CoverTokenERC721Test is CoverFixture {
    uint256 internal id;

    function setUp() public override {
        super.setUp();
        id = mintTo(ALICE, address(0)).toTokenId();
    }

    function test_Metadata() external view {
        assertEq(token.name(), "Breakwater Cover", "name");
        assertEq(token.symbol(), "BWC", "symbol");
    }

    function test_Interfaces() external view {
        assertTrue(token.supportsInterface(0x01ffc9a7), "ERC-165");
        assertTrue(token.supportsInterface(type(IERC721).interfaceId), "ERC-721");
        assertTrue(token.supportsInterface(type(IERC721Metadata).interfaceId), "metadata");
        assertFalse(token.supportsInterface(0xffffffff), "none");
        assertFalse(token.supportsInterface(0x780e9d63), "enumerable");
    }

    function test_WhenMinted_TransferIsEmittedFromZero() external {
        CoverId next = CoverId.wrap(id + 1);
        vm.expectEmit(address(token));
        emit IERC721.Transfer(address(0), BOB, next.toTokenId());
        mintTo(BOB, address(0));
    }

    function test_WhenOwnerTransfers() external {
        vm.expectEmit(address(token));
        emit IERC721.Transfer(ALICE, BOB, id);
        vm.prank(ALICE);
        token.transferFrom(ALICE, BOB, id);

        assertEq(token.ownerOf(id), BOB, "owner");
        assertEq(token.balanceOf(ALICE), 0, "from");
        assertEq(token.balanceOf(BOB), 1, "to");
    }

    function test_WhenApproved_ApprovalServesOnce() external {
        vm.expectEmit(address(token));
        emit IERC721.Approval(ALICE, BOB, id);
        vm.prank(ALICE);
        token.approve(BOB, id);
        assertEq(token.getApproved(id), BOB, "approved");

        vm.prank(BOB);
        token.transferFrom(ALICE, CAROL, id);
        assertEq(token.getApproved(id), address(0), "approval cleared");

        vm.expectRevert(ERC721.NotOwnerNorApproved.selector);
        vm.prank(BOB);
        token.transferFrom(CAROL, BOB, id);
    }

    function test_WhenOperatorIsSet() external {
        vm.expectEmit(address(token));
        emit IERC721.ApprovalForAll(ALICE, BOB, true);
        vm.prank(ALICE);
        token.setApprovalForAll(BOB, true);
        assertTrue(token.isApprovedForAll(ALICE, BOB), "operator");

        vm.startPrank(BOB);
        token.approve(CAROL, id);
        token.transferFrom(ALICE, BOB, id);
        vm.stopPrank();
        assertEq(token.ownerOf(id), BOB, "owner");
    }

    function test_WhenOperatorIsRemoved() external {
        vm.startPrank(ALICE);
        token.setApprovalForAll(BOB, true);
        token.setApprovalForAll(BOB, false);
        vm.stopPrank();
        vm.expectRevert(ERC721.NotOwnerNorApproved.selector);
        vm.prank(BOB);
        token.transferFrom(ALICE, BOB, id);
    }

    function test_WhenReceiverAccepts_ItIsToldEverything() external {
        Receiver receiver = new Receiver();
        vm.prank(ALICE);
        token.safeTransferFrom(ALICE, address(receiver), id, "hello");
        assertEq(token.ownerOf(id), address(receiver), "owner");
        assertEq(receiver.seen(), keccak256(abi.encode(ALICE, ALICE, id, bytes("hello"))), "arguments");
    }

    function test_RevertWhen_ReceiverRefuses() external {
        Receiver receiver = new Receiver();
        receiver.refuse();
        vm.expectRevert(ERC721.TransferToNonERC721ReceiverImplementer.selector);
        vm.prank(ALICE);
        token.safeTransferFrom(ALICE, address(receiver), id);
    }

    function test_RevertWhen_ReceiverIsNone() external {
        vm.expectRevert();
        vm.prank(ALICE);
        token.safeTransferFrom(ALICE, address(asset), id);
    }

    function test_RevertWhen_CallerIsNeitherOwnerNorApproved() external {
        vm.startPrank(BOB);
        vm.expectRevert(ERC721.NotOwnerNorApproved.selector);
        token.transferFrom(ALICE, BOB, id);
        vm.expectRevert(ERC721.NotOwnerNorApproved.selector);
        token.approve(BOB, id);
    }

    function test_RevertWhen_FromIsNotTheOwner() external {
        vm.expectRevert(ERC721.TransferFromIncorrectOwner.selector);
        vm.prank(BOB);
        token.transferFrom(BOB, CAROL, id);
        assertEq(token.insuredOf(CoverId.wrap(id)), ALICE, "insured");
    }

    function test_RevertWhen_ToIsZero() external {
        vm.expectRevert(ERC721.TransferToZeroAddress.selector);
        vm.prank(ALICE);
        token.transferFrom(ALICE, address(0), id);
    }

    function test_RevertWhen_TokenDoesNotExist() external {
        uint256 none = id + 1;
        vm.expectRevert(ERC721.TokenDoesNotExist.selector);
        token.ownerOf(none);
        vm.expectRevert(ERC721.TokenDoesNotExist.selector);
        token.getApproved(none);
        vm.expectRevert(ERC721.TokenDoesNotExist.selector);
        token.tokenURI(none);
        vm.expectRevert(ERC721.TokenDoesNotExist.selector);
        vm.prank(ALICE);
        token.transferFrom(ALICE, BOB, none);
    }

    function test_RevertWhen_BalanceOfZeroIsAsked() external {
        vm.expectRevert(ERC721.BalanceQueryForZeroAddress.selector);
        token.balanceOf(address(0));
    }
}
