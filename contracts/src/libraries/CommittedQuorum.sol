// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title Signatures of a committed list of operators
/// @notice A proof walks the list in its order: who signed is there by signature, who did not by address. Rebuilding the
/// list from it and hashing shows all signatures right at once, and leaves no way to count an operator twice.
library CommittedQuorum {
    uint256 internal constant SIGNATURE_LENGTH = 64;
    uint256 internal constant ADDRESS_LENGTH = 20;

    /// @dev Half the order of secp256k1: a signature with a larger s is the mirror image of another (EIP-2).
    uint256 private constant HALF_ORDER = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0;

    /// @notice Length of the proof with `count` signatures of a list of `operators`.
    function proofLength(uint256 operators, uint256 count) internal pure returns (uint256) {
        return count * SIGNATURE_LENGTH + (operators - count) * ADDRESS_LENGTH;
    }

    /// @notice Hash of the list that `proof` describes, the signers being recovered from `digest`.
    /// @return hash keccak256 of the addresses, 20 bytes each, zero for who is not recovered; 0 where a signature is malleable
    function rebuild(bytes32 digest, uint256 operators, uint256 signers, bytes calldata proof)
        internal
        view
        returns (bytes32 hash)
    {
        assembly ("memory-safe") {
            // Input of ecrecover (128 bytes), its output (32), then the list, each address overwriting the zeros after
            // the one before it.
            let input := mload(0x40)
            let list := add(input, 0xa0)
            let end := add(list, mul(operators, 20))
            let from := proof.offset
            let malleable := 0
            mstore(input, digest)
            for { let to := list } lt(to, end) { to := add(to, 20) } {
                switch and(signers, 1)
                case 0 {
                    mstore(to, calldataload(from))
                    from := add(from, 20)
                }
                default {
                    let vs := calldataload(add(from, 0x20))
                    let s := shr(1, shl(1, vs))
                    malleable := or(malleable, gt(s, HALF_ORDER))
                    mstore(add(input, 0x20), add(shr(255, vs), 27))
                    mstore(add(input, 0x40), calldataload(from))
                    mstore(add(input, 0x60), s)
                    // Nothing is returned, and zero stays, where no one is recovered; no operator is the zero address.
                    mstore(add(input, 0x80), 0)
                    pop(staticcall(gas(), 1, input, 0x80, add(input, 0x80), 0x20))
                    mstore(to, shl(96, mload(add(input, 0x80))))
                    from := add(from, 0x40)
                }
                signers := shr(1, signers)
            }
            if iszero(malleable) { hash := keccak256(list, sub(end, list)) }
        }
    }

    /// @notice Signer of `digest` by one signature r, vs; zero where it is malleable or recovers no one.
    function recover(bytes32 digest, bytes calldata signature) internal pure returns (address) {
        bytes32 r = bytes32(signature[:32]);
        uint256 vs = uint256(bytes32(signature[32:64]));
        uint256 s = vs & type(uint256).max >> 1;
        if (s > HALF_ORDER) return address(0);
        return ecrecover(digest, uint8((vs >> 255) + 27), r, bytes32(s));
    }
}
