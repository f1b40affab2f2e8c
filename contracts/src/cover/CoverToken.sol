// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC721} from "solady/tokens/ERC721.sol";
import {CREATE3} from "solady/utils/CREATE3.sol";

import {ICoverMetadata} from "../interfaces/ICoverMetadata.sol";
import {ICoverToken} from "../interfaces/ICoverToken.sol";
import {CoverId} from "../types/CoverId.sol";

/// @title Cover as an ERC-721 token with on-chain metadata
/// @notice One collection for all pools. No owner, no administrator, no burning.
/// @dev Safety: a pool is whoever sits at the address that the factory's CREATE3 gives the salt `poolIndex`; the factory
/// deploys nothing but pools, each under its index. Hence no list of pools.
///
/// The 96 bits beside the owner say where the insured account is found: no bit set, it is the holder, who is still the
/// first one; `STORED`, it is in storage; `CONSENTED`, it is the first holder or gave its consent.
contract CoverToken is ICoverToken, ERC721 {
    uint96 private constant STORED = 1;
    uint96 private constant CONSENTED = 2;

    /// @dev Seed of the owner slots in solady's ERC721 (private there), to read owner and extra data at once.
    uint256 private constant OWNER_SLOT_SEED = 0x7d8825530a5a2e7a << 192;

    address private immutable FACTORY;
    ICoverMetadata private immutable METADATA;

    mapping(CoverId cover => address) private _insured;

    /// @notice Fixes the pools' factory and the contract that composes metadata, for good.
    /// @param factory deployer of the pools
    constructor(address factory, ICoverMetadata metadata_) {
        FACTORY = factory;
        METADATA = metadata_;
    }

    /// @inheritdoc ICoverToken
    function mint(address to, CoverId cover, address insured) external {
        if (msg.sender != poolOf(cover)) revert NotPool(msg.sender, cover.poolIndex());

        _mint(to, cover.toTokenId());
        if (insured != address(0) && insured != to) _store(cover, insured, STORED);
    }

    /// @inheritdoc ICoverToken
    function giveConsent(CoverId cover) external {
        (address insured, uint96 flags) = _insuredAndFlags(cover);
        if (msg.sender != insured) revert NotInsured(cover, msg.sender, insured);

        // Without a flag the consent is there already, and must not turn into one of a later holder.
        if (flags == STORED) {
            _setExtraData(cover.toTokenId(), STORED | CONSENTED);
            emit ConsentGiven(insured, cover);
        }
    }

    /// @inheritdoc ICoverToken
    function insuredOf(CoverId cover) external view returns (address insured) {
        (insured,) = _insuredAndFlags(cover);
    }

    /// @inheritdoc ICoverToken
    function partiesOf(CoverId cover) external view returns (address holder, address insured) {
        uint96 flags;
        (holder, flags) = _holderAndFlags(cover);
        insured = flags == 0 ? holder : _insured[cover];
    }

    /// @inheritdoc ICoverToken
    function hasConsent(CoverId cover) external view returns (bool) {
        (, uint96 flags) = _holderAndFlags(cover);
        return flags != STORED;
    }

    /// @inheritdoc ICoverToken
    function poolOf(CoverId cover) public view returns (address) {
        return CREATE3.predictDeterministicAddress(bytes32(cover.poolIndex()), FACTORY);
    }

    /// @inheritdoc ICoverToken
    function metadata() external view returns (address) {
        return address(METADATA);
    }

    /// @notice Name of the collection.
    function name() public pure override returns (string memory) {
        return "Breakwater Cover";
    }

    /// @notice Symbol of the collection.
    function symbol() public pure override returns (string memory) {
        return "BWC";
    }

    /// @notice Metadata and image as a data URI; reverts when the token does not exist.
    function tokenURI(uint256 id) public view override returns (string memory) {
        CoverId cover = CoverId.wrap(id);
        (address insured,) = _insuredAndFlags(cover);
        return METADATA.tokenURI(cover, poolOf(cover), insured);
    }

    /// @inheritdoc ICoverToken
    function contractURI() external view returns (string memory) {
        return METADATA.contractURI();
    }

    /// @dev At the first transfer of a cover, its first holder is written down as the insured account.
    function _afterTokenTransfer(address from, address, uint256 id) internal override {
        if (from == address(0) || _getExtraData(id) != 0) return;
        _store(CoverId.wrap(id), from, STORED | CONSENTED);
    }

    function _store(CoverId cover, address insured, uint96 flags) private {
        _setExtraData(cover.toTokenId(), flags);
        _insured[cover] = insured;
        emit InsuredSet(cover, insured);
    }

    function _insuredAndFlags(CoverId cover) private view returns (address insured, uint96 flags) {
        (insured, flags) = _holderAndFlags(cover);
        if (flags != 0) insured = _insured[cover];
    }

    /// @dev Reverts when the token does not exist.
    function _holderAndFlags(CoverId cover) private view returns (address holder, uint96 flags) {
        assembly ("memory-safe") {
            mstore(0x00, cover)
            mstore(0x1c, OWNER_SLOT_SEED)
            let word := sload(add(cover, add(cover, keccak256(0x00, 0x20))))
            holder := shr(96, shl(96, word))
            flags := shr(160, word)
        }
        if (holder == address(0)) revert TokenDoesNotExist();
    }
}
