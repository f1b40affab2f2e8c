// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice Identity of a cover and of its ERC-721 token: pool index in the high bits, sequence number in the low 64.
type CoverId is uint256;

using {poolIndex, sequence, toTokenId} for CoverId global;

function toCoverId(uint256 pool, uint64 seq) pure returns (CoverId) {
    return CoverId.wrap((pool << 64) | seq);
}

function poolIndex(CoverId id) pure returns (uint256) {
    return CoverId.unwrap(id) >> 64;
}

function sequence(CoverId id) pure returns (uint64) {
    return uint64(CoverId.unwrap(id));
}

function toTokenId(CoverId id) pure returns (uint256) {
    return CoverId.unwrap(id);
}
