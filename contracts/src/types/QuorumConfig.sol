// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice Configuration of an operator quorum in one word: barred operators, one bit each, u32 (bits 0-31) | version u24
/// (32-55) | operators u8 (56-63) | suspend threshold u8 (64-71) | attest threshold u8 (72-79) | commitment to the list
/// (80-255): the first 22 bytes of the keccak256 hash of the addresses, 20 bytes each.
type QuorumConfig is uint256;

using QuorumConfigLib for QuorumConfig global;

/// @notice Packs and reads an operator quorum's configuration.
library QuorumConfigLib {
    function pack(
        bytes32 listHash,
        uint8 attestThreshold_,
        uint8 suspendThreshold_,
        uint8 operators_,
        uint24 version_
    ) internal pure returns (QuorumConfig) {
        uint256 x = (uint256(listHash) >> 80 << 80) | (uint256(attestThreshold_) << 72);
        x |= (uint256(suspendThreshold_) << 64) | (uint256(operators_) << 56) | (uint256(version_) << 32);
        return QuorumConfig.wrap(x);
    }

    /// @notice The same with the operator at `index` barred.
    function bar(QuorumConfig c, uint256 index) internal pure returns (QuorumConfig) {
        return QuorumConfig.wrap(QuorumConfig.unwrap(c) | (1 << index));
    }

    function barred(QuorumConfig c) internal pure returns (uint32) {
        return uint32(QuorumConfig.unwrap(c));
    }

    function version(QuorumConfig c) internal pure returns (uint24) {
        return uint24(QuorumConfig.unwrap(c) >> 32);
    }

    function operators(QuorumConfig c) internal pure returns (uint8) {
        return uint8(QuorumConfig.unwrap(c) >> 56);
    }

    function suspendThreshold(QuorumConfig c) internal pure returns (uint8) {
        return uint8(QuorumConfig.unwrap(c) >> 64);
    }

    function attestThreshold(QuorumConfig c) internal pure returns (uint8) {
        return uint8(QuorumConfig.unwrap(c) >> 72);
    }

    /// @notice Whether `listHash` is what the list was committed to with.
    function commits(QuorumConfig c, bytes32 listHash) internal pure returns (bool) {
        return (QuorumConfig.unwrap(c) ^ uint256(listHash)) >> 80 == 0;
    }

    /// @notice All of it that operators sign: everything but who is barred.
    function terms(QuorumConfig c) internal pure returns (uint256) {
        return QuorumConfig.unwrap(c) >> 32;
    }
}
