// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {CoverId} from "../types/CoverId.sol";

/// @title Cover as an ERC-721 token with on-chain metadata
/// @notice One token a policy. The insured account is fixed at the purchase: whoever holds the token is paid, whatever
/// the insured account lost is what is paid for. Where no insured account was named it is the first holder.
interface ICoverToken {
    event InsuredSet(CoverId indexed cover, address indexed insured);
    event ConsentGiven(address indexed insured, CoverId indexed cover);

    error NotPool(address caller, uint256 poolIndex);

    /// @notice Pools only: the caller must be the clone of index `cover.poolIndex()` of the factory. Makes no callback.
    /// @param insured zero or equal to `to`: the first holder
    function mint(address to, CoverId cover, address insured) external;

    /// @notice Account whose position is insured.
    function insuredOf(CoverId cover) external view returns (address);

    /// @notice Holder and insured account in one call; reverts when the token does not exist.
    function partiesOf(CoverId cover) external view returns (address holder, address insured);

    /// @notice The insured account agrees that its position is handed over for `cover`, where it did not itself receive
    /// that cover at the purchase.
    function giveConsent(CoverId cover) external;

    /// @notice Whether the insured account agreed: it was the first holder, or it gave its consent.
    function hasConsent(CoverId cover) external view returns (bool);

    function poolOf(CoverId cover) external view returns (address);
}
