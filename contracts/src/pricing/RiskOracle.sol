// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IPool} from "../interfaces/IPool.sol";
import {
    GroupCardMessage,
    IRiskOracle,
    MarketCardMessage,
    PoolCardMessage
} from "../interfaces/IRiskOracle.sol";
import {CardBounds} from "../libraries/CardBounds.sol";
import {CardHash} from "../libraries/CardHash.sol";
import {BoldHistory, CardLimits, CardMove} from "../libraries/CardLimits.sol";
import {MarketId} from "../types/MarketId.sol";
import {GroupCard, GroupCardLib, RiskCard, RiskCardLib, RiskInputs} from "../types/RiskCards.sol";
import {Publishers} from "./Publishers.sol";
import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

/// @title Risk cards signed by a quorum of publishers
/// @notice Keeps the newest card of each market, group and pool, and refuses one that moves too fast.
/// @dev Calls the access manager, and a pool as the last thing `publishPool` does: re-entering finds all effects done.
contract RiskOracle is Publishers {
    using CardLimits for BoldHistory;
    using CardLimits for CardMove;

    struct MarketRecord {
        RiskCard card;
        BoldHistory history;
    }

    struct GroupRecord {
        GroupCard card;
        BoldHistory history;
        /// No guardian's alert before this time.
        uint40 notBefore;
    }

    struct PoolRecord {
        uint32 z;
        uint16 elSenior;
        uint40 validUntil;
        uint24 nonce;
        BoldHistory history;
    }

    uint40 internal constant MAX_ALERT = 3 days;
    uint256 internal constant SYNC_GAS = 300_000;
    /// @dev 0.1 % a year: below it elSenior moves freely.
    uint16 internal constant SMALL_SENIOR_EL = 10;

    mapping(MarketId market => MarketRecord) private _markets;
    mapping(uint16 group => GroupRecord) private _groups;
    mapping(address pool => PoolRecord) private _pools;

    constructor(address authority, address[] memory list, uint8 quorum)
        AccessManaged(authority)
        EIP712("Breakwater Risk Oracle", "1")
        Publishers(list, quorum)
    {}

    /// @inheritdoc IRiskOracle
    function publishMarket(MarketCardMessage calldata card, bytes[] calldata signatures) external {
        MarketRecord storage record = _markets[card.market];
        RiskCard current = record.card;
        _checkNonce(card.nonce, uint24(current.nonce()));
        CardBounds.check(card);
        _checkQuorum(CardHash.hash(card), signatures);
        RiskCard next = RiskCardLib.pack(
            card.el, card.v, card.w, card.maxShare, card.maxCover, card.validUntil, card.nonce
        );
        record.card = next;
        _moveMarket(record.history, current, next);
        emit MarketCardPublished(card.market, card);
    }

    /// @inheritdoc IRiskOracle
    function publishGroup(GroupCardMessage calldata card, bytes[] calldata signatures) external {
        GroupRecord storage record = _groups[card.group];
        GroupCard current = record.card;
        _checkNonce(card.nonce, uint24(current.nonce()));
        CardBounds.check(card);
        _checkQuorum(CardHash.hash(card), signatures);
        GroupCard next =
            GroupCardLib.pack(card.s, card.cap, card.validUntil, uint40(current.alertUntil()), card.nonce);
        record.card = next;
        _moveGroup(record.history, current, next);
        emit GroupCardPublished(card.group, card);
    }

    /// @inheritdoc IRiskOracle
    function publishPool(PoolCardMessage calldata card, bytes[] calldata signatures) external {
        PoolRecord storage record = _pools[card.pool];
        _checkNonce(card.nonce, record.nonce);
        CardBounds.check(card);
        _checkQuorum(CardHash.hash(card), signatures);
        _movePool(record, card);
        (record.z, record.elSenior) = (card.z, card.elSenior);
        (record.validUntil, record.nonce) = (card.validUntil, card.nonce);
        emit PoolCardPublished(card.pool, card);
        _tellPool(card.pool);
    }

    /// @inheritdoc IRiskOracle
    function alertGroup(uint16 group, uint40 until) external restricted {
        CardBounds.group(group);
        uint40 time = uint40(block.timestamp);
        if (until > time + MAX_ALERT) revert AlertTooLong(until, time + MAX_ALERT);
        if (until <= time) revert AlertInPast(until);
        uint40 notBefore = _groups[group].notBefore;
        if (time < notBefore) revert AlertTooSoon(notBefore);
        _groups[group].notBefore = until + (until - time);
        _setAlert(group, until);
    }

    /// @inheritdoc IRiskOracle
    function clearAlert(uint16 group) external restricted {
        CardBounds.group(group);
        _setAlert(group, 0);
    }

    /// @inheritdoc IRiskOracle
    function inputs(MarketId market, uint64 groups) external view returns (RiskInputs memory cards) {
        cards.card = _markets[market].card;
        cards.group0 = _groupCard(groups);
        cards.group1 = _groupCard(groups >> 16);
        cards.group2 = _groupCard(groups >> 32);
        cards.group3 = _groupCard(groups >> 48);
    }

    /// @inheritdoc IRiskOracle
    function poolCard(address pool) external view returns (uint32 z, uint16 elSenior) {
        PoolRecord storage record = _pools[pool];
        return record.nonce == 0 ? (CardBounds.MAX_Z, 0) : (record.z, record.elSenior);
    }

    /// @inheritdoc IRiskOracle
    function marketNonce(MarketId market) external view returns (uint24) {
        return uint24(_markets[market].card.nonce());
    }

    /// @inheritdoc IRiskOracle
    function groupNonce(uint16 group) external view returns (uint24) {
        return uint24(_groups[group].card.nonce());
    }

    /// @inheritdoc IRiskOracle
    function poolNonce(address pool) external view returns (uint24) {
        return _pools[pool].nonce;
    }

    function _moveMarket(BoldHistory storage history, RiskCard current, RiskCard next) private {
        if (current.nonce() == 0) return;
        CardMove memory move = history.begin(RiskCard.unwrap(current), RiskCard.unwrap(next));
        move.rate("el", 0, 32);
        move.rate("v", 32, 32);
        for (uint256 i; i < 4; ++i) {
            move.rate("w", 64 + 16 * i, 16);
        }
        move.cap("maxShare", 128, 16);
        move.cap("maxCover", 144, 48);
        history.finish(move);
    }

    function _moveGroup(BoldHistory storage history, GroupCard current, GroupCard next) private {
        uint256 values = type(uint64).max;
        if (current.nonce() == 0) return;
        CardMove memory move =
            history.begin(GroupCard.unwrap(current) & values, GroupCard.unwrap(next) & values);
        move.rate("s", 0, 32);
        move.cap("cap", 32, 32);
        history.finish(move);
    }

    function _movePool(PoolRecord storage record, PoolCardMessage calldata card) private {
        if (record.nonce == 0) return;
        uint256 current = _poolValues(record.z, record.elSenior);
        CardMove memory move = record.history.begin(current, _poolValues(card.z, card.elSenior));
        move.rate("z", 0, 32);
        move.rate("elSenior", 32, 16);
        record.history.finish(move);
    }

    function _setAlert(uint16 group, uint40 until) private {
        GroupCard card = _groups[group].card;
        _groups[group].card = GroupCardLib.pack(
            uint32(card.s()), uint32(card.cap()), uint40(card.validUntil()), until, uint24(card.nonce())
        );
        emit GroupAlerted(group, until, msg.sender);
    }

    /// @dev An account without code, a revert, and a call that burns its gas are all passed over.
    function _tellPool(address pool) private {
        if (pool.code.length == 0) return;
        try IPool(pool).syncPoolCard{gas: SYNC_GAS}() {} catch {}
    }

    /// @dev The card of the group in the low 16 bits.
    function _groupCard(uint64 groups) private view returns (GroupCard card) {
        // forge-lint: disable-next-line(unsafe-typecast)
        uint16 group = uint16(groups);
        if (group != 0) card = _groups[group].card;
    }

    /// @dev The last nonce has no successor: it reverts rather than begin anew.
    function _checkNonce(uint24 given, uint24 current) private pure {
        uint24 expected = current + 1;
        if (given != expected) revert NonceNotNext(given, expected);
    }

    function _poolValues(uint32 z, uint16 elSenior) private pure returns (uint256) {
        return uint256(z) | (uint256(elSenior < SMALL_SENIOR_EL ? SMALL_SENIOR_EL : elSenior) << 32);
    }
}
