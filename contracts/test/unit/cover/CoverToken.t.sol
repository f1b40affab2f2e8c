// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC721} from "solady/tokens/ERC721.sol";
import {LibClone} from "solady/utils/LibClone.sol";

import {ICoverToken} from "../../../src/interfaces/ICoverToken.sol";
import {CoverId, toCoverId} from "../../../src/types/CoverId.sol";
import {CoverFixture} from "../../support/CoverFixture.sol";
import {CoverMockPool} from "../../support/CoverMocks.sol";

contract CoverTokenMintTest is CoverFixture {
    function test_WhenPoolMints() external {
        CoverId cover = mintTo(ALICE, address(0));

        assertEq(token.ownerOf(cover.toTokenId()), ALICE, "owner");
        assertEq(token.balanceOf(ALICE), 1, "balance");
        assertEq(token.poolOf(cover), address(pool), "COVER-2");
    }

    function test_TheComposerOfMetadataIsKnown() external view {
        assertEq(token.metadata(), address(metadata));
    }

    function test_RevertWhen_CallerIsNoPool() external {
        vm.expectRevert(abi.encodeWithSelector(ICoverToken.NotPool.selector, ALICE, 1));
        vm.prank(ALICE);
        token.mint(ALICE, toCoverId(1, 99), address(0));
    }

    function test_RevertWhen_CallerIsTheImplementation() external {
        vm.expectRevert(abi.encodeWithSelector(ICoverToken.NotPool.selector, address(implementation), 1));
        vm.prank(address(implementation));
        token.mint(ALICE, toCoverId(1, 99), address(0));
    }

    function test_RevertWhen_CallerIsACloneOfAnotherDeployer() external {
        address clone = LibClone.cloneDeterministic(address(implementation), bytes32(uint256(1)));

        vm.expectRevert(abi.encodeWithSelector(ICoverToken.NotPool.selector, clone, 1));
        vm.prank(clone);
        token.mint(ALICE, toCoverId(1, 99), address(0));
    }

    function test_RevertWhen_PoolMintsAnIdOfAnotherPool() external {
        CoverMockPool other = newPool(address(asset));

        vm.expectRevert(abi.encodeWithSelector(ICoverToken.NotPool.selector, address(other), 1));
        other.mintId(ALICE, toCoverId(1, 99), address(0));
        assertEq(token.balanceOf(ALICE), 0, "COVER-2");
    }

    function testFuzz_RevertWhen_CallerIsNotThePoolOfTheId(address caller, uint192 index, uint64 sequence)
        external
    {
        CoverId cover = toCoverId(index, sequence);
        vm.assume(caller != token.poolOf(cover));

        vm.prank(caller);
        (bool minted, bytes memory reason) =
            address(token).call(abi.encodeCall(token.mint, (ALICE, cover, address(0))));
        assertFalse(minted, "COVER-2");
        assertEq(reason, abi.encodeWithSelector(ICoverToken.NotPool.selector, caller, index));
        assertEq(token.balanceOf(ALICE), 0, "COVER-2");
    }

    function test_RevertWhen_IdIsMintedTwice() external {
        CoverId cover = mintTo(ALICE, address(0));

        vm.expectRevert(ERC721.TokenAlreadyExists.selector);
        pool.mintId(BOB, cover, address(0));
    }

    function test_RevertWhen_RecipientIsZero() external {
        vm.expectRevert(ERC721.TransferToZeroAddress.selector);
        pool.mint(address(0), address(0));
    }

    /// @dev A purchase pays for two slots of the token and no more.
    function test_WhenInsuredIsTheRecipient_OnlyOwnerAndBalanceAreWritten() external {
        mintTo(ALICE, address(0));
        _assertWrites(address(0), 2);
        _assertWrites(ALICE, 2);
    }

    function test_WhenInsuredDiffers_ItIsWrittenToo() external {
        mintTo(ALICE, address(0));
        _assertWrites(BOB, 4); // owner, balance, owner again with its flag, insured
    }

    /// @dev No reading beside the two slots that are written: the caller is checked without storage.
    function test_WhenPoolMints_NothingElseIsRead() external {
        vm.record();
        mintTo(ALICE, address(0));
        (bytes32[] memory reads, bytes32[] memory writes) = vm.accesses(address(token));
        for (uint256 i; i < reads.length; ++i) {
            assertTrue(reads[i] == writes[0] || reads[i] == writes[1], "reads another slot");
        }
    }

    /// @dev A recipient that refuses tokens is not asked.
    function test_WhenRecipientIsAContractWithoutReceiver() external {
        CoverId cover = mintTo(address(asset), address(0));
        assertEq(token.ownerOf(cover.toTokenId()), address(asset), "owner");
    }

    function _assertWrites(address insured, uint256 expected) private {
        vm.record();
        mintTo(ALICE, insured);
        (, bytes32[] memory writes) = vm.accesses(address(token));
        assertEq(writes.length, expected, "writes");
    }
}

contract CoverTokenInsuredTest is CoverFixture {
    function test_WhenNoInsuredIsNamed_ItIsTheRecipient() external {
        _assertParties(mintTo(ALICE, address(0)), ALICE, ALICE, true);
    }

    function test_WhenInsuredIsTheRecipient() external {
        _assertParties(mintTo(ALICE, ALICE), ALICE, ALICE, true);
    }

    function test_WhenInsuredDiffers() external {
        CoverId expected = toCoverId(1, 1);
        vm.expectEmit(address(token));
        emit ICoverToken.InsuredSet(expected, BOB);

        _assertParties(mintTo(ALICE, BOB), ALICE, BOB, false);
    }

    /// @dev Who buys a cover after the event gets the claim; the exposure stays the insured account's.
    function test_WhenCoverIsSold_InsuredStays() external {
        CoverId cover = mintTo(ALICE, address(0));

        vm.expectEmit(address(token));
        emit ICoverToken.InsuredSet(cover, ALICE);
        _move(cover, ALICE, BOB);
        _assertParties(cover, BOB, ALICE, true);

        _move(cover, BOB, CAROL);
        _assertParties(cover, CAROL, ALICE, true);

        _move(cover, CAROL, ALICE);
        _move(cover, ALICE, BOB);
        _assertParties(cover, BOB, ALICE, true);
    }

    function test_WhenCoverIsTransferredToItself_InsuredStays() external {
        CoverId cover = mintTo(ALICE, address(0));
        _move(cover, ALICE, ALICE);
        _assertParties(cover, ALICE, ALICE, true);

        _move(cover, ALICE, BOB);
        _move(cover, BOB, BOB);
        _assertParties(cover, BOB, ALICE, true);
    }

    /// @dev Being insured and holding the token later is no consent.
    function test_WhenCoverOfAnotherIsGivenToTheInsured_NoConsent() external {
        CoverId cover = mintTo(ALICE, BOB);
        _move(cover, ALICE, BOB);
        _assertParties(cover, BOB, BOB, false);
    }

    function test_WhenApprovedAccountTransfers_InsuredIsTheFirstHolder() external {
        CoverId cover = mintTo(ALICE, address(0));
        vm.prank(ALICE);
        token.approve(CAROL, cover.toTokenId());
        vm.prank(CAROL);
        token.safeTransferFrom(ALICE, BOB, cover.toTokenId());
        _assertParties(cover, BOB, ALICE, true);
    }

    /// @dev Whatever the path, the insured account is the one of the purchase, consent never goes, and balances add up.
    function testFuzz_InsuredNeverChanges(bool named, uint256 path) external {
        CoverId cover = mintTo(ALICE, named ? CAROL : address(0));
        address[3] memory people = [ALICE, BOB, CAROL];
        address holder = ALICE;
        for (uint256 i; i < 12; ++i) {
            address next = people[(path >> (8 * i)) % 3];
            _move(cover, holder, next);
            holder = next;
            _assertParties(cover, holder, named ? CAROL : ALICE, !named);
        }
        assertEq(token.balanceOf(ALICE) + token.balanceOf(BOB) + token.balanceOf(CAROL), 1, "balances");
    }

    function test_RevertWhen_TokenDoesNotExist() external {
        CoverId cover = toCoverId(1, 99);
        vm.expectRevert(ERC721.TokenDoesNotExist.selector);
        token.insuredOf(cover);
        vm.expectRevert(ERC721.TokenDoesNotExist.selector);
        token.partiesOf(cover);
        vm.expectRevert(ERC721.TokenDoesNotExist.selector);
        token.hasConsent(cover);
        vm.expectRevert(ERC721.TokenDoesNotExist.selector);
        token.giveConsent(cover);
    }

    function test_WhenInsuredIsTheFirstHolder_PartiesAreOneRead() external {
        CoverId cover = mintTo(ALICE, address(0));
        vm.record();
        token.partiesOf(cover);
        (bytes32[] memory reads,) = vm.accesses(address(token));
        assertEq(reads.length, 1, "reads");
    }

    function test_WhenInsuredIsStored_PartiesAreTwoReads() external {
        CoverId cover = mintTo(ALICE, BOB);
        vm.record();
        token.partiesOf(cover);
        (bytes32[] memory reads,) = vm.accesses(address(token));
        assertEq(reads.length, 2, "reads");
    }

    function _move(CoverId cover, address from, address to) private {
        vm.prank(from);
        token.transferFrom(from, to, cover.toTokenId());
    }

    function _assertParties(CoverId cover, address holder, address insured, bool consent) private view {
        (address holder_, address insured_) = token.partiesOf(cover);
        assertEq(holder_, holder, "holder");
        assertEq(insured_, insured, "COVER-1");
        assertEq(token.insuredOf(cover), insured, "insuredOf");
        assertEq(token.hasConsent(cover), consent, "consent");
    }
}

contract CoverTokenConsentTest is CoverFixture {
    function test_WhenInsuredConsents() external {
        CoverId cover = mintTo(ALICE, BOB);

        vm.expectEmit(address(token));
        emit ICoverToken.ConsentGiven(BOB, cover);
        vm.prank(BOB);
        token.giveConsent(cover);

        assertTrue(token.hasConsent(cover), "consent");
        assertEq(token.insuredOf(cover), BOB, "insured");
        assertEq(token.ownerOf(cover.toTokenId()), ALICE, "owner");
    }

    function test_WhenCoverMovesAfterConsent_ConsentStays() external {
        CoverId cover = mintTo(ALICE, BOB);
        vm.prank(BOB);
        token.giveConsent(cover);
        vm.prank(ALICE);
        token.transferFrom(ALICE, CAROL, cover.toTokenId());
        assertTrue(token.hasConsent(cover), "consent");
        assertEq(token.insuredOf(cover), BOB, "insured");
    }

    /// @dev The first holder's consent is there already; giving it again must not fix anything in the wrong way.
    function test_WhenFirstHolderConsents_NothingChanges() external {
        CoverId cover = mintTo(ALICE, address(0));
        vm.prank(ALICE);
        token.giveConsent(cover);
        vm.prank(ALICE);
        token.transferFrom(ALICE, BOB, cover.toTokenId());
        assertEq(token.insuredOf(cover), ALICE, "insured");
        assertTrue(token.hasConsent(cover), "consent");
    }

    function test_RevertWhen_CallerIsTheHolderOnly() external {
        CoverId cover = mintTo(ALICE, BOB);
        vm.expectRevert(abi.encodeWithSelector(ICoverToken.NotInsured.selector, cover, ALICE, BOB));
        vm.prank(ALICE);
        token.giveConsent(cover);
    }

    function test_RevertWhen_CallerIsALaterHolder() external {
        CoverId cover = mintTo(ALICE, address(0));
        vm.prank(ALICE);
        token.transferFrom(ALICE, BOB, cover.toTokenId());
        vm.expectRevert(abi.encodeWithSelector(ICoverToken.NotInsured.selector, cover, BOB, ALICE));
        vm.prank(BOB);
        token.giveConsent(cover);
    }
}
