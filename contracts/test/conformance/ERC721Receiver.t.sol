// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC721} from "@openzeppelin/contracts/interfaces/IERC721.sol";
import {ERC721} from "solady/tokens/ERC721.sol";

import {
    AnsweringReceiver,
    ReceiverInConstruction,
    ReenteringReceiver,
    RevertingReceiver,
    SilentReceiver
} from "../support/CoverReceivers.sol";
import {UnderwritingFixture} from "../support/UnderwritingFixture.sol";

/// @notice The safe transfers of ERC-721 and what they ask of receivers, one test for each statement of its text, on a cover
/// bought in a real pool.
contract ERC721ReceiverTest is UnderwritingFixture {
    address internal operator = makeAddr("operator");
    IERC721 internal token;
    uint256 internal id;

    function setUp() public override {
        super.setUp();
        token = IERC721(address(coverToken));
        id = buyCover(market, holder, 50_000, 30).toTokenId();
    }

    /// safeTransferFrom: "this function checks if `_to` is a smart contract (code size > 0). If so, it calls
    /// `onERC721Received`", with "The address which called safeTransferFrom", "The address which previously owned the token",
    /// the id, and "Additional data with no specified format, sent in call to `_to`". "The contract address is always the
    /// message sender."
    function testFuzz_TheReceiverIsToldEverything(bytes calldata data) public {
        AnsweringReceiver receiver = new AnsweringReceiver();
        vm.prank(holder);
        token.approve(operator, id);
        vm.prank(operator);
        token.safeTransferFrom(holder, address(receiver), id, data);
        assertEq(receiver.seen(), keccak256(abi.encode(address(token), operator, holder, id, data)));
        assertEq(receiver.calls(), 1);
    }

    /// safeTransferFrom without data: "This works identically to the other function with an extra data parameter, except this
    /// function just sets data to the empty string."
    function test_WithoutDataTheReceiverIsToldAnEmptyString() public {
        AnsweringReceiver receiver = new AnsweringReceiver();
        vm.prank(holder);
        token.safeTransferFrom(holder, address(receiver), id);
        assertEq(receiver.seen(), keccak256(abi.encode(address(token), holder, holder, id, bytes(""))));
    }

    /// "When transfer is complete, this function checks": the receiver owns the token by then, and no approval is left.
    function test_TheTransferIsCompleteWhenTheReceiverIsCalled() public {
        AnsweringReceiver receiver = new AnsweringReceiver();
        vm.startPrank(holder);
        token.approve(operator, id);
        token.safeTransferFrom(holder, address(receiver), id);
        vm.stopPrank();
        assertEq(receiver.ownerThen(), address(receiver));
        assertEq(receiver.approvedThen(), address(0));
    }

    /// "throws if the return value is not `bytes4(keccak256("onERC721Received(address,address,uint256,bytes)"))`."
    function testFuzz_RevertWhen_TheReceiverAnswersAnythingElse(bytes4 answer, bool withData) public {
        vm.assume(answer != 0x150b7a02);
        AnsweringReceiver receiver = new AnsweringReceiver();
        receiver.setAnswer(answer);
        vm.expectRevert(ERC721.TransferToNonERC721ReceiverImplementer.selector);
        _give(address(receiver), withData);
        assertEq(token.ownerOf(id), holder);
    }

    /// The same where the contract answers nothing, or has no such function.
    function testFuzz_RevertWhen_TheReceiverAnswersNothing(bool withData) public {
        address silent = address(new SilentReceiver());
        vm.expectRevert(ERC721.TransferToNonERC721ReceiverImplementer.selector);
        _give(silent, withData);
        vm.expectRevert(ERC721.TransferToNonERC721ReceiverImplementer.selector);
        _give(address(asset), withData);
        assertEq(token.ownerOf(id), holder);
    }

    /// onERC721Received: "This function MAY throw to revert and reject the transfer." Its reason is passed on.
    function testFuzz_RevertWhen_TheReceiverRejects(bool withData) public {
        address receiver = address(new RevertingReceiver());
        vm.expectRevert(RevertingReceiver.Refused.selector);
        _give(receiver, withData);
        assertEq(token.ownerOf(id), holder);
        assertEq(token.balanceOf(receiver), 0);
    }

    /// "if `_to` is a smart contract (code size > 0)": who has no code is not asked, a contract in construction included.
    function test_WhoHasNoCodeIsNotAsked() public {
        _give(operator, true);
        assertEq(token.ownerOf(id), operator);
        vm.prank(operator);
        token.transferFrom(operator, holder, id);

        address next = vm.computeCreateAddress(address(this), vm.getNonce(address(this)));
        vm.prank(holder);
        token.approve(next, id);
        assertEq(address(new ReceiverInConstruction(token, holder, id)), next);
        assertEq(token.ownerOf(id), next);
    }

    /// transferFrom: "the caller is responsible to confirm that `_to` is capable of receiving NFTs": nobody is asked.
    function test_PlainTransfersAskNobody() public {
        address receiver = address(new RevertingReceiver());
        vm.prank(holder);
        token.transferFrom(holder, receiver, id);
        assertEq(token.ownerOf(id), receiver);
    }

    /// A purchase asks nobody either: Transfer from zero is all that the recipient's contract gets.
    function test_PurchasesAskNobody() public {
        AnsweringReceiver receiver = new AnsweringReceiver();
        uint256 bought = buyCover(market, address(receiver), 10_000, 30).toTokenId();
        assertEq(token.ownerOf(bought), address(receiver));
        assertEq(receiver.calls(), 0);
    }

    /// A receiver that passes the token on while it receives it may: it is the owner by then.
    function testFuzz_AReceiverMayPassTheTokenOn(bool withData) public {
        ReenteringReceiver receiver = new ReenteringReceiver();
        receiver.arm(abi.encodeCall(IERC721.transferFrom, (address(receiver), operator, id)));
        _give(address(receiver), withData);
        assertTrue(receiver.succeeded());
        assertEq(token.ownerOf(id), operator);
        assertEq(token.balanceOf(address(receiver)), 0);
        assertEq(token.balanceOf(holder), 0);
        assertEq(token.balanceOf(operator), 1);
    }

    /// A receiver that was approved for the token has no right left over from it: it cannot take it from the next owner, and
    /// nothing else of the sender's, while it receives it.
    function test_AReceiverCannotTakeMoreThanItIsGiven() public {
        uint256 other = buyCover(market, holder, 10_000, 30).toTokenId();
        ReenteringReceiver receiver = new ReenteringReceiver();
        bytes[3] memory attempts = [
            abi.encodeCall(IERC721.transferFrom, (holder, address(receiver), id)),
            abi.encodeCall(IERC721.transferFrom, (holder, address(receiver), other)),
            abi.encodeCall(IERC721.approve, (address(receiver), other))
        ];
        for (uint256 i; i < attempts.length; ++i) {
            vm.prank(holder);
            token.approve(address(receiver), id);
            receiver.arm(attempts[i]);
            _give(address(receiver), false);
            assertFalse(receiver.succeeded());
            assertEq(token.ownerOf(id), address(receiver));
            assertEq(token.ownerOf(other), holder);
            vm.prank(address(receiver));
            token.transferFrom(address(receiver), holder, id);
        }
    }

    /// @dev The holder gives the cover by one of the two safe transfers.
    function _give(address to, bool withData) private {
        vm.prank(holder);
        if (withData) token.safeTransferFrom(holder, to, id, "data");
        else token.safeTransferFrom(holder, to, id);
    }
}
