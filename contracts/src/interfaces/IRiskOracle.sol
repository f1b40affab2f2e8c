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
    /// @notice A quorum's card is in force for a market; pools apply it the next time that market is touched.
    event MarketCardPublished(MarketId indexed market, MarketCardMessage card);
    /// @notice A quorum's card is in force for a group; an alert of the group stays as it is.
    event GroupCardPublished(uint16 indexed group, GroupCardMessage card);
    /// @notice A quorum's card is in force for a pool, which has it applied unless it could not be reached.
    event PoolCardPublished(address indexed pool, PoolCardMessage card);
    /// @notice Sales in all markets of a group stop until `until`, in seconds; 0 where the governor ended the alert.
    event GroupAlerted(uint16 indexed group, uint40 until, address by);
    /// @notice Cards need signatures of `quorum` of these publishers from now on.
    event PublishersChanged(address[] publishers, uint8 quorum);

    /// @notice Fewer signatures than the quorum were given.
    error QuorumShort(uint256 valid, uint256 quorum);
    /// @notice Signatures must come in ascending order of their signers, each a publisher.
    error SignerOutOfOrder(address previous, address next);
    /// @notice A signature is not that of a publisher over this card.
    error NotPublisher(address signer);
    /// @notice Cards of a market, group or pool are numbered without gap: another one was published meanwhile, or this
    /// one before.
    error NonceNotNext(uint24 given, uint24 expected);
    /// @notice A field is outside its immutable bounds.
    error CardOutOfBounds(string field, uint256 value, uint256 min, uint256 max);
    /// @notice A field is further from what was in force than a day allows.
    error CardMovesTooFast(string field, uint256 value, uint256 min, uint256 max);
    /// @notice The card's `validUntil` is not after now.
    error CardExpired(uint40 validUntil);
    /// @notice The card's `validUntil` is further away than cards may be good for.
    error CardValidTooLong(uint40 validUntil, uint40 max);
    /// @notice A guardian alerts for at most 3 days, and not again before `notBefore`.
    error AlertTooLong(uint40 until, uint40 max);
    /// @notice A guardian's alert of this group must rest until `notBefore`, in seconds.
    error AlertTooSoon(uint40 notBefore);
    /// @notice An alert ends after now.
    error AlertInPast(uint40 until);
    /// @notice Publishers are not ascending and distinct, or the quorum is not more than half of them.
    error PublishersInvalid();

    /// @notice Publishes cards, each with the signatures (65 bytes each) of a quorum. Permissionless to send.
    function publishMarket(MarketCardMessage calldata card, bytes[] calldata signatures) external;
    /// @notice As `publishMarket`, for a group.
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

    /// @notice A pool's tail multiplier and senior expected loss.
    /// @return z tail multiplier, 1e4 = 1; the upper bound when no card was published
    /// @return elSenior 1e4 = 100 % a year
    function poolCard(address pool) external view returns (uint32 z, uint16 elSenior);

    /// @notice Number of a market's card in force; 0 where none was published.
    function marketNonce(MarketId market) external view returns (uint24);
    /// @notice Number of a group's card in force; 0 where none was published.
    function groupNonce(uint16 group) external view returns (uint24);
    /// @notice Number of a pool's card in force; 0 where none was published.
    function poolNonce(address pool) external view returns (uint24);
    /// @notice Who may sign cards, ascending, and how many of them a card needs.
    function publishers() external view returns (address[] memory list, uint8 quorum);
}
