// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {CoverId} from "../types/CoverId.sol";

/// @title What wallets and marketplaces show of a cover
/// @notice Pure display: nothing of the protocol depends on it. Everything read from an asset is foreign text: its length
/// is bounded, whatever is not printable ASCII is replaced, and the rest is escaped for JSON and for XML.
interface ICoverMetadata {
    /// @notice ERC-721 metadata as a data URI, the image within it. Views only; callable in any state.
    /// @param pool the pool that sold the cover
    /// @param insured the account whose position is insured
    function tokenURI(CoverId cover, address pool, address insured) external view returns (string memory);

    /// @notice Metadata of the collection (ERC-7572) as a data URI.
    function contractURI() external view returns (string memory);
}
