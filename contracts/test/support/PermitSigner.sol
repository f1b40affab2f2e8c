// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Test} from "forge-std/Test.sol";

import {Permit2Transfer, TokenPermit} from "../../src/interfaces/ICoverRouter.sol";
import {Permit2Code} from "./Permit2Code.sol";

interface IDomain {
    function DOMAIN_SEPARATOR() external view returns (bytes32);
}

interface INonces {
    function nonces(address owner) external view returns (uint256);
}

/// @notice Signs permits of tokens and of Permit2 with one key, valid in this second.
abstract contract PermitSigner is Test {
    bytes32 private constant PERMIT_TYPEHASH =
        keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");
    bytes32 private constant PERMISSIONS_TYPEHASH =
        keccak256("TokenPermissions(address token,uint256 amount)");
    bytes32 private constant PERMIT2_TYPEHASH = keccak256(
        "PermitTransferFrom(TokenPermissions permitted,address spender,uint256 nonce,uint256 deadline)TokenPermissions(address token,uint256 amount)"
    );

    uint256 internal constant BUYER_KEY = 0xB0741;

    function signPermit(address token, address spender, uint256 value)
        internal
        view
        returns (TokenPermit memory permit)
    {
        address owner = vm.addr(BUYER_KEY);
        permit.value = value;
        permit.deadline = block.timestamp;
        bytes32 message = keccak256(
            abi.encode(PERMIT_TYPEHASH, owner, spender, value, INonces(token).nonces(owner), permit.deadline)
        );
        (permit.v, permit.r, permit.s) = vm.sign(BUYER_KEY, _digest(token, message));
    }

    function signPermit2(address token, address spender, uint256 amount, uint256 nonce)
        internal
        view
        returns (Permit2Transfer memory transfer)
    {
        transfer.amount = amount;
        transfer.nonce = nonce;
        transfer.deadline = block.timestamp;
        bytes32 permissions = keccak256(abi.encode(PERMISSIONS_TYPEHASH, token, amount));
        bytes32 message =
            keccak256(abi.encode(PERMIT2_TYPEHASH, permissions, spender, nonce, transfer.deadline));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(BUYER_KEY, _digest(Permit2Code.CANONICAL, message));
        transfer.signature = abi.encodePacked(r, s, v);
    }

    function _digest(address verifier, bytes32 message) private view returns (bytes32) {
        return keccak256(abi.encodePacked("\x19\x01", IDomain(verifier).DOMAIN_SEPARATOR(), message));
    }
}
