// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC721} from "@openzeppelin/contracts/interfaces/IERC721.sol";
import {IERC721Metadata} from "@openzeppelin/contracts/interfaces/IERC721Metadata.sol";
import {Vm} from "forge-std/Vm.sol";
import {ERC721} from "solady/tokens/ERC721.sol";

import {CoverId} from "../../src/types/CoverId.sol";
import {UnderwritingFixture} from "../support/UnderwritingFixture.sol";

/// @notice Owners, transfers and approvals of ERC-721: one test for each statement of its text, on covers bought in a real
/// pool and reached through the standard's own interface. Safe transfers: `ERC721Receiver.t.sol`.
contract ERC721CoverTest is UnderwritingFixture {
    address internal buyer = makeAddr("buyer");
    address internal operator = makeAddr("operator");
    address internal stranger = makeAddr("stranger");
    IERC721 internal token;
    uint256 internal id;
    uint256 internal other;
    /// An id of the same pool that was never given.
    uint256 internal none;

    function setUp() public override {
        super.setUp();
        token = IERC721(address(coverToken));
        id = buyCover(market, holder, 50_000, 30).toTokenId();
        other = buyCover(market, holder, 20_000, 30).toTokenId();
        none = other + 1;
    }

    // Events

    /// Transfer: "This event emits when NFTs are created (from == 0)." Insured or not, once for each.
    function test_ATransferFromZeroTellsOfEachCover() public {
        vm.recordLogs();
        CoverId bought = buyCover(market, buyer, 10_000, 30);
        _assertOnlyTransfer(address(0), buyer, bought.toTokenId());
    }

    /// Transfer: "This emits when ownership of any NFT changes by any mechanism": each of the three, whoever calls.
    function test_ATransferTellsOfEachChangeOfOwner() public {
        vm.recordLogs();
        vm.prank(holder);
        token.transferFrom(holder, buyer, id);
        _assertOnlyTransfer(holder, buyer, id);

        vm.prank(buyer);
        token.safeTransferFrom(buyer, stranger, id);
        _assertOnlyTransfer(buyer, stranger, id);

        vm.prank(stranger);
        token.setApprovalForAll(operator, true);
        vm.recordLogs();
        vm.prank(operator);
        token.safeTransferFrom(stranger, holder, id, "data");
        _assertOnlyTransfer(stranger, holder, id);
    }

    /// Transfer: "At the time of any transfer, the approved address for that NFT (if any) is reset to none."
    function test_ATransferClearsTheApprovalOfItsTokenAlone() public {
        vm.startPrank(holder);
        token.approve(operator, id);
        token.approve(operator, other);
        token.transferFrom(holder, buyer, id);
        vm.stopPrank();
        assertEq(token.getApproved(id), address(0));
        assertEq(token.getApproved(other), operator);
        _assertRefused(operator, buyer, id);
    }

    /// The same where the owner transfers to itself: nothing of an approval is left.
    function test_ATransferToOneselfClearsTheApproval() public {
        vm.startPrank(holder);
        token.approve(operator, id);
        token.transferFrom(holder, holder, id);
        vm.stopPrank();
        assertEq(token.getApproved(id), address(0));
        assertEq(token.ownerOf(id), holder);
        assertEq(token.balanceOf(holder), 2);
    }

    /// Approval: "This emits when the approved address for an NFT is changed or reaffirmed. The zero address indicates there
    /// is no approved address."
    function test_AnApprovalTellsOfEachChangeAndReaffirmation() public {
        address[4] memory approved = [operator, operator, buyer, address(0)];
        for (uint256 i; i < approved.length; ++i) {
            vm.expectEmit(address(token));
            emit IERC721.Approval(holder, approved[i], id);
            vm.prank(holder);
            token.approve(approved[i], id);
            assertEq(token.getApproved(id), approved[i]);
        }
        _assertRefused(buyer, holder, id);
    }

    /// ApprovalForAll: "This emits when an operator is enabled or disabled for an owner."
    function test_AnApprovalForAllTellsOfEachOperator() public {
        for (uint256 i; i < 2; ++i) {
            vm.expectEmit(address(token));
            emit IERC721.ApprovalForAll(holder, operator, i == 0);
            vm.prank(holder);
            token.setApprovalForAll(operator, i == 0);
            assertEq(token.isApprovedForAll(holder, operator), i == 0);
        }
    }

    // Balances and owners

    /// balanceOf: "The number of NFTs owned by `_owner`, possibly zero", whatever moves between whom.
    function testFuzz_BalancesCountWhatEachOwns(uint256 path) public {
        address[4] memory people = [holder, buyer, operator, stranger];
        uint256[3] memory ids = [id, other, buyCover(market, buyer, 10_000, 30).toTokenId()];
        for (uint256 i; i < 16; ++i) {
            uint256 moved = ids[(path >> (16 * i)) % 3];
            address from = token.ownerOf(moved);
            vm.prank(from);
            token.transferFrom(from, people[(path >> (16 * i + 8)) % 4], moved);
            for (uint256 p; p < 4; ++p) {
                uint256 count;
                for (uint256 n; n < 3; ++n) {
                    if (token.ownerOf(ids[n]) == people[p]) ++count;
                }
                assertEq(token.balanceOf(people[p]), count);
            }
        }
    }

    /// balanceOf: "this function throws for queries about the zero address."
    function test_RevertWhen_TheBalanceOfTheZeroAddressIsAsked() public {
        vm.expectRevert(ERC721.BalanceQueryForZeroAddress.selector);
        token.balanceOf(address(0));
    }

    /// ownerOf: "NFTs assigned to zero address are considered invalid, and queries about them do throw." getApproved, tokenURI:
    /// "Throws if `_tokenId` is not a valid NFT": every id but those that were sold.
    function testFuzz_RevertWhen_TheIdWasNeverGiven(uint256 never) public {
        vm.assume(never != id && never != other);
        vm.expectRevert(ERC721.TokenDoesNotExist.selector);
        token.ownerOf(never);
        vm.expectRevert(ERC721.TokenDoesNotExist.selector);
        token.getApproved(never);
        vm.expectRevert(ERC721.TokenDoesNotExist.selector);
        IERC721Metadata(address(token)).tokenURI(never);
    }

    // Transfers

    /// transferFrom, safeTransferFrom: "Throws unless `msg.sender` is the current owner, an authorized operator, or the approved
    /// address for this NFT": each of the three may, by each of the three functions.
    function test_OwnerOperatorAndApprovedMayTransfer() public {
        vm.prank(holder);
        token.setApprovalForAll(operator, true);
        address[3] memory callers = [holder, operator, buyer];
        for (uint256 c; c < 3; ++c) {
            for (uint256 way; way < 3; ++way) {
                if (c == 2) {
                    vm.prank(holder);
                    token.approve(buyer, id);
                }
                vm.prank(callers[c]);
                _transfer(way, holder, stranger, id);
                assertEq(token.ownerOf(id), stranger);
                vm.prank(stranger);
                token.transferFrom(stranger, holder, id);
            }
        }
    }

    /// The same statement's other half: nobody else may, by none of the functions. (A call from the zero address, which has no
    /// key and no code, passes for an approved one where none is.)
    function testFuzz_RevertWhen_TheCallerIsNeitherOwnerNorApproved(address caller, uint256 way) public {
        vm.prank(holder);
        token.approve(operator, other);
        vm.prank(buyer);
        token.setApprovalForAll(caller, true);
        vm.assume(caller != holder && caller != address(0));
        vm.expectRevert(ERC721.NotOwnerNorApproved.selector);
        vm.prank(caller);
        _transfer(way % 3, holder, buyer, id);
    }

    /// "Throws if `_from` is not the current owner", even where the owner itself calls.
    function testFuzz_RevertWhen_FromIsNotTheOwner(address from, uint256 way) public {
        vm.assume(from != holder);
        vm.expectRevert(ERC721.TransferFromIncorrectOwner.selector);
        vm.prank(holder);
        _transfer(way % 3, from, buyer, id);
    }

    /// "Throws if `_to` is the zero address."
    function testFuzz_RevertWhen_ToIsTheZeroAddress(uint256 way) public {
        vm.expectRevert(ERC721.TransferToZeroAddress.selector);
        vm.prank(holder);
        _transfer(way % 3, holder, address(0), id);
    }

    /// "Throws if `_tokenId` is not a valid NFT": not even from the zero address, which it would be assigned to.
    function testFuzz_RevertWhen_AnIdThatWasNeverGivenIsTransferred(uint256 never, bool zero, uint256 way)
        public
    {
        vm.assume(never != id && never != other);
        address from = zero ? address(0) : holder;
        vm.expectRevert(ERC721.TokenDoesNotExist.selector);
        vm.prank(from);
        _transfer(way % 3, from, buyer, never);
    }

    // Approvals

    /// approve: "Throws unless `msg.sender` is the current NFT owner, or an authorized operator of the current owner": not
    /// even for who is approved.
    function testFuzz_RevertWhen_ApprovedByAnybodyElse(address caller) public {
        vm.assume(caller != holder && caller != address(0));
        vm.prank(holder);
        token.approve(caller, id);
        vm.expectRevert(ERC721.NotOwnerNorApproved.selector);
        vm.prank(caller);
        token.approve(stranger, id);
    }

    /// approve: an operator approves in the owner's name, and the approval serves.
    function test_AnOperatorApproves() public {
        vm.prank(holder);
        token.setApprovalForAll(operator, true);
        vm.expectEmit(address(token));
        emit IERC721.Approval(holder, buyer, id);
        vm.prank(operator);
        token.approve(buyer, id);
        vm.prank(buyer);
        token.transferFrom(holder, buyer, id);
        assertEq(token.ownerOf(id), buyer);
    }

    /// approve: of a token that was never given there is no owner to approve.
    function test_RevertWhen_AnIdThatWasNeverGivenIsApproved() public {
        vm.expectRevert(ERC721.TokenDoesNotExist.selector);
        vm.prank(holder);
        token.approve(buyer, none);
    }

    /// setApprovalForAll: "The contract MUST allow multiple operators per owner", for "all of `msg.sender`'s assets", those
    /// that come later included.
    function test_AnOwnerHasManyOperatorsForAllItOwns() public {
        address[3] memory operators = [operator, buyer, stranger];
        for (uint256 i; i < 3; ++i) {
            vm.prank(holder);
            token.setApprovalForAll(operators[i], true);
        }
        uint256 later = buyCover(market, holder, 10_000, 30).toTokenId();
        uint256[3] memory ids = [id, other, later];
        for (uint256 i; i < 3; ++i) {
            assertTrue(token.isApprovedForAll(holder, operators[i]));
            vm.prank(operators[i]);
            token.transferFrom(holder, keeper, ids[i]);
        }
        assertEq(token.balanceOf(keeper), 3);
    }

    /// isApprovedForAll: "True if `_operator` is an approved operator for `_owner`, false otherwise": in one direction, for
    /// one owner, until it is disabled; and what the new owner's operators may, the old one's may not.
    function testFuzz_AnOperatorIsOneOfItsOwnerAlone(address who, address owner) public {
        vm.assume(who != holder && owner != holder && who != address(0));
        vm.startPrank(holder);
        token.setApprovalForAll(who, true);
        assertFalse(token.isApprovedForAll(who, holder));
        assertFalse(token.isApprovedForAll(owner, who));
        token.transferFrom(holder, buyer, id);
        vm.stopPrank();
        if (who != buyer) _assertRefused(who, buyer, id);
        vm.prank(holder);
        token.setApprovalForAll(who, false);
        assertFalse(token.isApprovedForAll(holder, who));
        _assertRefused(who, holder, other);
    }

    /// @dev By the way-th of the three functions.
    function _transfer(uint256 way, address from, address to, uint256 which) private {
        if (way == 0) token.transferFrom(from, to, which);
        else if (way == 1) token.safeTransferFrom(from, to, which);
        else token.safeTransferFrom(from, to, which, "data");
    }

    function _assertRefused(address caller, address from, uint256 which) private {
        vm.expectRevert(ERC721.NotOwnerNorApproved.selector);
        vm.prank(caller);
        token.transferFrom(from, caller, which);
    }

    /// @dev One Transfer of the token since logs were recorded, and this one.
    function _assertOnlyTransfer(address from, address to, uint256 which) private {
        uint256 count;
        Vm.Log[] memory logs = vm.getRecordedLogs();
        for (uint256 i; i < logs.length; ++i) {
            if (logs[i].emitter != address(token) || logs[i].topics[0] != IERC721.Transfer.selector) {
                continue;
            }
            ++count;
            assertEq(logs[i].topics.length, 4);
            assertEq(address(uint160(uint256(logs[i].topics[1]))), from);
            assertEq(address(uint160(uint256(logs[i].topics[2]))), to);
            assertEq(uint256(logs[i].topics[3]), which);
            assertEq(logs[i].data.length, 0);
        }
        assertEq(count, 1);
    }
}
