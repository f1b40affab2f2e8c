// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice Identity of a market: the keccak256 hash of its ABI-encoded terms.
type MarketId is bytes32;

/// @notice First 40 bits of a market's id: what a policy stores. A pool refuses to attach two markets that share it.
type MarketKey is uint40;

using {equals as ==, differs as !=, keyOf} for MarketId global;

function equals(MarketId a, MarketId b) pure returns (bool) {
    return MarketId.unwrap(a) == MarketId.unwrap(b);
}

function differs(MarketId a, MarketId b) pure returns (bool) {
    return MarketId.unwrap(a) != MarketId.unwrap(b);
}

function keyOf(MarketId id) pure returns (MarketKey) {
    return MarketKey.wrap(uint40(uint256(MarketId.unwrap(id)) >> 216));
}
