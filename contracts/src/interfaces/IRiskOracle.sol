// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {MarketId} from "../types/MarketId.sol";
import {RiskInputs} from "../types/RiskCards.sol";

/// @notice A market's card as publishers sign it. Units as in RiskCards.sol.
struct MarketCardMessage {
    MarketId market;
    uint32 el;
    uint32 v;
    uint16[4] w;
    uint16 maxShare;
    uint48 maxCover;
    uint40 validUntil;
    uint24 nonce;
}

/// @notice A group's card as publishers sign it.
struct GroupCardMessage {
    uint16 group;
    uint32 s;
    uint32 cap;
    uint40 validUntil;
    uint24 nonce;
}

/// @notice A pool's card: tail multiplier z (1e4 = 1, bounds 35,000 to 75,000) and the senior tranche's expected loss
/// rate (1e4 = 100 % a year).
struct PoolCardMessage {
    address pool;
    uint32 z;
    uint16 elSenior;
    uint40 validUntil;
    uint24 nonce;
}

/// @title Risk cards signed by a quorum of publishers
/// @notice Bounds are immutable: el in [0.25 %, 100 %]; v, w, s in [floor, 1]. A card may move towards caution at most
/// x4 a day and away from it at most x1/2 a day, whatever the number of steps and however long nothing came; a cautious
/// move may be undone within 24 h; for caps caution is downwards. A stale card stops sales, never claims.
///
/// Exactly: with the boldest (least cautious) value in force in each half-day, a new value is at most x4 as cautious as
/// the boldest of this half-day and the two before it, which span the last 24 h; and, unless it is no bolder than the
/// value in force, at least x1/2 as cautious as the boldest of the half-day before those, 24 to 48 h ago. A weight never
/// moves between zero and nonzero. The first card of a market, group or pool counts as if long in force. Of a pool's
/// card z and elSenior count as rates, elSenior below 0.1 % as 0.1 %.
interface IRiskOracle {
    event MarketCardPublished(MarketId indexed market, MarketCardMessage card);
    event GroupCardPublished(uint16 indexed group, GroupCardMessage card);
    event PoolCardPublished(address indexed pool, PoolCardMessage card);
    event GroupAlerted(uint16 indexed group, uint40 until, address by);
    event PublishersChanged(address[] publishers, uint8 quorum);

    error QuorumShort(uint256 valid, uint256 quorum);
    /// @notice Signatures must come in ascending order of their signers, each a publisher.
    error SignerOutOfOrder(address previous, address next);
    error NotPublisher(address signer);
    error NonceNotNext(uint24 given, uint24 expected);
    error CardOutOfBounds(string field, uint256 value, uint256 min, uint256 max);
    error CardMovesTooFast(string field, uint256 value, uint256 min, uint256 max);
    error CardExpired(uint40 validUntil);
    error CardValidTooLong(uint40 validUntil, uint40 max);
    /// @notice A guardian alerts for at most 3 days, and not again before `notBefore`.
    error AlertTooLong(uint40 until, uint40 max);
    error AlertTooSoon(uint40 notBefore);
    error AlertInPast(uint40 until);
    error PublishersInvalid();

    /// @notice Publishes cards, each with the signatures (65 bytes each) of a quorum. Permissionless to send.
    function publishMarket(MarketCardMessage calldata card, bytes[] calldata signatures) external;
    function publishGroup(GroupCardMessage calldata card, bytes[] calldata signatures) external;
    /// @notice Also tells the pool, which stores z; a pool that refuses does not stop the publication. The call comes last
    /// and has at most 300,000 gas; where the sender left it too little, anyone may call `syncPoolCard` of the pool.
    function publishPool(PoolCardMessage calldata card, bytes[] calldata signatures) external;

    /// @notice Guardian: stops sales in all markets of a group for a limited time (at most 3 days, then not again for as
    /// long as it lasted).
    function alertGroup(uint16 group, uint40 until) external;

    /// @notice Governor: ends an alert now; a guardian's rest goes on.
    function clearAlert(uint16 group) external;

    /// @notice Governor: replaces the publishers. Ascending, no duplicates; quorum > half.
    function setPublishers(address[] calldata publishers, uint8 quorum) external;

    /// @notice The cards of a market and of up to four groups (4 x u16, 0 = none), in one call. Never reverts; a market
    /// without a card gets zero words.
    function inputs(MarketId market, uint64 groups) external view returns (RiskInputs memory);

    /// @return z tail multiplier, 1e4 = 1; the upper bound when no card was published
    /// @return elSenior 1e4 = 100 % a year
    function poolCard(address pool) external view returns (uint32 z, uint16 elSenior);

    function marketNonce(MarketId market) external view returns (uint24);
    function groupNonce(uint16 group) external view returns (uint24);
    function poolNonce(address pool) external view returns (uint24);
    function publishers() external view returns (address[] memory list, uint8 quorum);
}
