// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {GroupCardMessage, IRiskOracle, MarketCardMessage} from "../../../src/interfaces/IRiskOracle.sol";
import {MarketId} from "../../../src/types/MarketId.sol";
import {OracleFixture} from "../../support/OracleFixture.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

contract CardSignaturesTest is OracleFixture {
    uint256 private constant CURVE_ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;

    function test_WhenAnyQuorumSigned_IsAccepted() public {
        MarketCardMessage memory card = typicalMarket();
        bytes[] memory signatures = new bytes[](3);
        bytes32 digest_ = digestOf(card);
        signatures[0] = signature(keys[0], digest_);
        signatures[1] = signature(keys[2], digest_);
        signatures[2] = signature(keys[4], digest_);
        oracle.publishMarket(card, signatures);
        assertEq(oracle.marketNonce(MARKET), 1);
    }

    function test_WhenAllSigned_IsAccepted() public {
        MarketCardMessage memory card = typicalMarket();
        oracle.publishMarket(card, signedBy(digestOf(card), 0, 5));
        assertEq(oracle.marketNonce(MARKET), 1);
    }

    function test_RevertWhen_QuorumShort() public {
        MarketCardMessage memory card = typicalMarket();
        for (uint256 i; i < 3; ++i) {
            bytes[] memory signatures = signedBy(digestOf(card), 0, i);
            vm.expectRevert(abi.encodeWithSelector(IRiskOracle.QuorumShort.selector, i, 3));
            oracle.publishMarket(card, signatures);
        }
    }

    function test_RevertWhen_SignatureRepeated() public {
        MarketCardMessage memory card = typicalMarket();
        bytes[] memory signatures = signed(digestOf(card));
        signatures[2] = signatures[1];
        address signer = vm.addr(keys[1]);
        vm.expectRevert(abi.encodeWithSelector(IRiskOracle.SignerOutOfOrder.selector, signer, signer));
        oracle.publishMarket(card, signatures);
    }

    function test_RevertWhen_SignersNotAscending() public {
        MarketCardMessage memory card = typicalMarket();
        bytes[] memory signatures = signed(digestOf(card));
        (signatures[1], signatures[2]) = (signatures[2], signatures[1]);
        vm.expectRevert(
            abi.encodeWithSelector(IRiskOracle.SignerOutOfOrder.selector, vm.addr(keys[2]), vm.addr(keys[1]))
        );
        oracle.publishMarket(card, signatures);
    }

    function test_RevertWhen_SignatureMalleated() public {
        MarketCardMessage memory card = typicalMarket();
        bytes[] memory signatures = signed(digestOf(card));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(keys[0], digestOf(card));
        bytes32 highS = bytes32(CURVE_ORDER - uint256(s));
        signatures[0] = abi.encodePacked(r, highS, v == 27 ? uint8(28) : uint8(27));
        vm.expectRevert(abi.encodeWithSelector(ECDSA.ECDSAInvalidSignatureS.selector, highS));
        oracle.publishMarket(card, signatures);
    }

    function test_RevertWhen_SignatureHasAnotherLength() public {
        MarketCardMessage memory card = typicalMarket();
        bytes[] memory signatures = signed(digestOf(card));
        signatures[1] = bytes.concat(signatures[1], hex"00");
        vm.expectRevert(abi.encodeWithSelector(ECDSA.ECDSAInvalidSignatureLength.selector, 66));
        oracle.publishMarket(card, signatures);
        (, bytes32 r, bytes32 s) = vm.sign(keys[1], digestOf(card));
        signatures[1] = abi.encodePacked(r, s);
        vm.expectRevert(abi.encodeWithSelector(ECDSA.ECDSAInvalidSignatureLength.selector, 64));
        oracle.publishMarket(card, signatures);
    }

    function test_RevertWhen_SignatureRecoversNobody() public {
        MarketCardMessage memory card = typicalMarket();
        bytes[] memory signatures = signed(digestOf(card));
        signatures[0][64] = 0x00;
        vm.expectRevert(ECDSA.ECDSAInvalidSignature.selector);
        oracle.publishMarket(card, signatures);
    }

    function test_RevertWhen_SignerIsNoPublisher(uint256 seed) public {
        MarketCardMessage memory card = typicalMarket();
        bytes32 digest_ = digestOf(card);
        uint256 stranger = bound(seed, 1, type(uint128).max);
        vm.assume(vm.addr(stranger) > vm.addr(keys[1]));
        for (uint256 i; i < keys.length; ++i) {
            vm.assume(stranger != keys[i]);
        }
        bytes[] memory signatures = signed(digest_);
        signatures[2] = signature(stranger, digest_);
        vm.expectRevert(abi.encodeWithSelector(IRiskOracle.NotPublisher.selector, vm.addr(stranger)));
        oracle.publishMarket(card, signatures);
    }

    function test_RevertWhen_ExtraSignatureIsBad() public {
        MarketCardMessage memory card = typicalMarket();
        bytes[] memory signatures = signedBy(digestOf(card), 0, 4);
        signatures[3] = signatures[0];
        vm.expectRevert(
            abi.encodeWithSelector(IRiskOracle.SignerOutOfOrder.selector, vm.addr(keys[2]), vm.addr(keys[0]))
        );
        oracle.publishMarket(card, signatures);
    }

    function test_RevertWhen_Replayed() public {
        MarketCardMessage memory card = typicalMarket();
        bytes[] memory signatures = signed(digestOf(card));
        oracle.publishMarket(card, signatures);
        vm.warp(block.timestamp + 1 hours);
        (bool taken, bytes memory reason) =
            address(oracle).call(abi.encodeCall(oracle.publishMarket, (card, signatures)));
        assertFalse(taken, "CARD-3");
        assertEq(reason, abi.encodeWithSelector(IRiskOracle.NonceNotNext.selector, 1, 2));
        assertEq(oracle.marketNonce(MARKET), 1, "CARD-3");
    }

    function test_RevertWhen_ReplayedForAnotherMarket() public {
        MarketCardMessage memory card = typicalMarket();
        bytes[] memory signatures = signed(digestOf(card));
        card.market = MarketId.wrap(keccak256("another market"));
        expectSignersRefused(card, signatures);
    }

    function test_RevertWhen_ReplayedWithTheNextNonce() public {
        MarketCardMessage memory card = typicalMarket();
        bytes[] memory signatures = signed(digestOf(card));
        oracle.publishMarket(card, signatures);
        card.nonce = 2;
        expectSignersRefused(card, signatures);
    }

    function test_RevertWhen_ReplayedOnAnotherChain() public {
        MarketCardMessage memory card = typicalMarket();
        bytes[] memory signatures = signed(digestOf(card));
        vm.chainId(block.chainid + 1);
        expectSignersRefused(card, signatures);
    }

    function test_RevertWhen_ReplayedOnAnotherDeployment() public {
        MarketCardMessage memory card = typicalMarket();
        bytes[] memory signatures = signed(digestOf(card));
        oracle = deployOracle();
        expectSignersRefused(card, signatures);
    }

    function test_RevertWhen_ReplayedForAnotherGroup() public {
        GroupCardMessage memory card = typicalGroup(SOFT);
        bytes[] memory signatures = signed(digestOf(card));
        card.group = HARD;
        (bool taken, bytes memory reason) =
            address(oracle).call(abi.encodeCall(oracle.publishGroup, (card, signatures)));
        assertFalse(taken, "CARD-3");
        assertEq(bytes4(reason), refusal(digestOf(card), signatures[0]));
        assertEq(oracle.groupNonce(HARD), 0, "CARD-3");
    }

    function test_RevertWhen_AnyFieldChanged(uint256 field, uint256 change) public {
        MarketCardMessage memory card = typicalMarket();
        bytes[] memory signatures = signed(digestOf(card));
        field = bound(field, 0, 8);
        change = bound(change, 1, 100);
        if (field == 0) card.el += uint32(change);
        else if (field == 1) card.v += uint32(change);
        else if (field == 2) card.maxShare += uint16(change);
        else if (field == 3) card.maxCover += uint48(change);
        else if (field == 4) card.validUntil += uint40(change);
        else card.w[field - 5] += uint16(change + 100);
        expectSignersRefused(card, signatures);
    }

    /// Another digest recovers another signer, who is out of order or no publisher.
    function expectSignersRefused(MarketCardMessage memory card, bytes[] memory signatures) internal {
        uint24 before = oracle.marketNonce(card.market);
        (bool taken, bytes memory reason) =
            address(oracle).call(abi.encodeCall(oracle.publishMarket, (card, signatures)));
        assertFalse(taken, "CARD-3");
        assertEq(bytes4(reason), refusal(digestOf(card), signatures[0]));
        assertEq(oracle.marketNonce(card.market), before, "CARD-3");
    }

    /// The first signature of another digest recovers a stranger.
    function refusal(bytes32 digest_, bytes memory first) internal pure returns (bytes4) {
        (address stranger,,) = ECDSA.tryRecover(digest_, first);
        return
            stranger == address(0) ? ECDSA.ECDSAInvalidSignature.selector : IRiskOracle.NotPublisher.selector;
    }
}
