// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {CoverId} from "../types/CoverId.sol";

/// @title Cover as an ERC-721 token with on-chain metadata
/// @notice One token a policy. The insured account is fixed at the purchase: whoever holds the token is paid, whatever
/// the insured account lost is what is paid for. Where no insured account was named it is the first holder.
interface ICoverToken {
    /// @notice The insured account was written down: at the purchase if it is not the recipient, otherwise at the first
    /// transfer. Until then the insured account is the recipient of the mint.
    event InsuredSet(CoverId indexed cover, address indexed insured);
    /// @notice The insured account agreed that its position may be handed over for a cover it did not itself receive.
    event ConsentGiven(address indexed insured, CoverId indexed cover);

    /// @notice The caller is not the pool that the cover's number names.
    error NotPool(address caller, uint256 poolIndex);
    /// @notice Only the insured account gives its consent.
    error NotInsured(CoverId cover, address caller, address insured);

    /// @notice Pools only: the caller must be the clone of index `cover.poolIndex()` of the factory. Makes no callback.
    /// @param insured zero or equal to `to`: the first holder
    function mint(address to, CoverId cover, address insured) external;

    /// @notice Account whose position is insured; reverts when the token does not exist.
    function insuredOf(CoverId cover) external view returns (address);

    /// @notice Holder and insured account in one call; reverts when the token does not exist.
    function partiesOf(CoverId cover) external view returns (address holder, address insured);

    /// @notice The insured account agrees that its position is handed over for `cover`, where it did not itself receive
    /// that cover at the purchase.
    function giveConsent(CoverId cover) external;

    /// @notice Whether the insured account agreed: it was the first holder, or it gave its consent.
    /// Reverts when the token does not exist.
    function hasConsent(CoverId cover) external view returns (bool);

    /// @notice Address of the pool that sold, or would sell, a cover of this id: computed, never read from storage.
    function poolOf(CoverId cover) external view returns (address);

    /// @notice Contract that composes the metadata.
    function metadata() external view returns (address);

    /// @notice Metadata of the collection (ERC-7572) as a data URI.
    function contractURI() external view returns (string memory);
}
