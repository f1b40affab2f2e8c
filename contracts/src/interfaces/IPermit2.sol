// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title What the router uses of Permit2: transfer by a signature that serves once
/// @notice The signed message names its spender, the router, so that nobody else can use it.
interface IPermit2 {
    struct TokenPermissions {
        address token;
        uint256 amount;
    }

    struct PermitTransferFrom {
        TokenPermissions permitted;
        uint256 nonce;
        uint256 deadline;
    }

    struct SignatureTransferDetails {
        address to;
        uint256 requestedAmount;
    }

    /// @notice Moves `requestedAmount` of the permitted token from the owner, who signed for it; the nonce serves once.
    /// Reverts where the signature, its deadline, its nonce or the amount does not allow it.
    function permitTransferFrom(
        PermitTransferFrom memory permit,
        SignatureTransferDetails calldata transferDetails,
        address owner,
        bytes calldata signature
    ) external;
}
