// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice A market's risk card in one word. Rates have 8 decimals (1e8 = 100 %), weights and shares 4 (1e4 = 100 %):
/// el u32 (bits 0-31) | v u32 (32-63) | w 4 x u16 (64-127) | maxShare u16 (128-143) | maxCover u48 (144-191)
/// | validUntil u40 (192-231) | nonce u24 (232-255).
/// maxCover is in whole units of the market's asset. w[i] weighs the i-th group of the market.
type RiskCard is uint256;

/// @notice A shock group's card in one word: s u32, 8 decimals (bits 0-31) | cap u32, basis points of pricing capital
/// (32-63) | validUntil u40 (64-103) | alert until u40 (104-143) | nonce u24 (144-167).
type GroupCard is uint256;

/// @notice What the oracle answers for a market and its groups in one call. Unused groups are zero.
struct RiskInputs {
    RiskCard card;
    GroupCard group0;
    GroupCard group1;
    GroupCard group2;
    GroupCard group3;
}

using RiskCardLib for RiskCard global;
using GroupCardLib for GroupCard global;

/// @notice Packs and reads a market's card. A card without nonce was never published.
library RiskCardLib {
    function pack(
        uint32 el_,
        uint32 v_,
        uint16[4] memory w_,
        uint16 maxShare_,
        uint48 maxCover_,
        uint40 validUntil_,
        uint24 nonce_
    ) internal pure returns (RiskCard) {
        uint256 x = uint256(el_) | (uint256(v_) << 32) | (uint256(w_[0]) << 64) | (uint256(w_[1]) << 80);
        x |= (uint256(w_[2]) << 96) | (uint256(w_[3]) << 112) | (uint256(maxShare_) << 128);
        x |= (uint256(maxCover_) << 144) | (uint256(validUntil_) << 192) | (uint256(nonce_) << 232);
        return RiskCard.wrap(x);
    }

    /// @notice Expected loss per unit of cover and year, 1e8 = 100 %.
    function el(RiskCard c) internal pure returns (uint256) {
        return uint32(RiskCard.unwrap(c));
    }

    /// @notice Idiosyncratic variance coefficient, 1e8 = 1.
    function v(RiskCard c) internal pure returns (uint256) {
        return uint32(RiskCard.unwrap(c) >> 32);
    }

    /// @notice Weight in the i-th group, 1e4 = 1.
    function w(RiskCard c, uint256 i) internal pure returns (uint256) {
        return uint16(RiskCard.unwrap(c) >> (64 + 16 * i));
    }

    /// @notice Largest share of a pool's pricing capital, basis points.
    function maxShare(RiskCard c) internal pure returns (uint256) {
        return uint16(RiskCard.unwrap(c) >> 128);
    }

    /// @notice Most cover any one pool may carry, whole units of the asset.
    function maxCover(RiskCard c) internal pure returns (uint256) {
        return uint48(RiskCard.unwrap(c) >> 144);
    }

    function validUntil(RiskCard c) internal pure returns (uint256) {
        return uint40(RiskCard.unwrap(c) >> 192);
    }

    function nonce(RiskCard c) internal pure returns (uint256) {
        return RiskCard.unwrap(c) >> 232;
    }
}

/// @notice Packs and reads a group's card, with its alert. A card without nonce was never published.
library GroupCardLib {
    function pack(uint32 s_, uint32 cap_, uint40 validUntil_, uint40 alertUntil_, uint24 nonce_)
        internal
        pure
        returns (GroupCard)
    {
        return GroupCard.wrap(
            uint256(s_) | (uint256(cap_) << 32) | (uint256(validUntil_) << 64) | (uint256(alertUntil_) << 104)
                | (uint256(nonce_) << 144)
        );
    }

    /// @notice Variance coefficient of the group's shock, 1e8 = 1.
    function s(GroupCard c) internal pure returns (uint256) {
        return uint32(GroupCard.unwrap(c));
    }

    /// @notice Most unweighted cover of the group, basis points of pricing capital.
    function cap(GroupCard c) internal pure returns (uint256) {
        return uint32(GroupCard.unwrap(c) >> 32);
    }

    function validUntil(GroupCard c) internal pure returns (uint256) {
        return uint40(GroupCard.unwrap(c) >> 64);
    }

    /// @notice While an alert is hot, nothing is sold in the markets of the group.
    function alertUntil(GroupCard c) internal pure returns (uint256) {
        return uint40(GroupCard.unwrap(c) >> 104);
    }

    function nonce(GroupCard c) internal pure returns (uint256) {
        return uint24(GroupCard.unwrap(c) >> 144);
    }
}
