// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {GroupCardMessage, MarketCardMessage, PoolCardMessage} from "../interfaces/IRiskOracle.sol";

/// @title EIP-712 struct hashes of risk cards
/// @notice What publishers sign, without the domain.
library CardHash {
    bytes32 internal constant MARKET_CARD = keccak256(
        "MarketCard(bytes32 market,uint32 el,uint32 v,uint16[4] w,uint16 maxShare,uint48 maxCover,uint40 validUntil,uint24 nonce)"
    );
    bytes32 internal constant GROUP_CARD =
        keccak256("GroupCard(uint16 group,uint32 s,uint32 cap,uint40 validUntil,uint24 nonce)");
    bytes32 internal constant POOL_CARD =
        keccak256("PoolCard(address pool,uint32 z,uint16 elSenior,uint40 validUntil,uint24 nonce)");

    function hash(MarketCardMessage calldata card) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                MARKET_CARD,
                card.market,
                card.el,
                card.v,
                keccak256(abi.encode(card.w)),
                card.maxShare,
                card.maxCover,
                card.validUntil,
                card.nonce
            )
        );
    }

    function hash(GroupCardMessage calldata card) internal pure returns (bytes32) {
        return keccak256(abi.encode(GROUP_CARD, card.group, card.s, card.cap, card.validUntil, card.nonce));
    }

    function hash(PoolCardMessage calldata card) internal pure returns (bytes32) {
        return keccak256(abi.encode(POOL_CARD, card.pool, card.z, card.elSenior, card.validUntil, card.nonce));
    }
}
