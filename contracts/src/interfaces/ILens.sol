// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {CoverId} from "../types/CoverId.sol";
import {MarketId} from "../types/MarketId.sol";
import {MarketStatus} from "../types/MarketStatus.sol";
import {RiskInputs} from "../types/RiskCards.sol";
import {MarketState, Policy, PoolState, Quote, RollingOrder} from "./IPoolTypes.sol";

/// @notice An ERC-20 as a screen shows it. Its symbol is foreign text: at most 32 printable ASCII characters here.
struct AssetView {
    address asset;
    string symbol;
    uint256 decimals;
}

/// @notice Each view has `ok`: whether it could be read; the rest is empty where not.
struct PoolView {
    bool ok;
    address pool;
    uint256 index;
    AssetView asset;
    address junior;
    address senior;
    /// Required over pricing capital, 1e18 = 100 %; the largest number where there is cover and no capital.
    uint256 utilisation;
    uint256 maxDepositJunior;
    uint256 maxDepositSenior;
    PoolState state;
    /// Block the figures are of.
    uint256 blockNumber;
    uint256 time;
}

struct MarketView {
    bool ok;
    MarketId market;
    MarketStatus status;
    address asset;
    MarketState state;
    RiskInputs cards;
    /// Open or last incident, 0 if none.
    uint256 incident;
}

struct CoverView {
    bool ok;
    CoverId cover;
    address pool;
    address holder;
    address insured;
    /// The insured account agreed to hand over its position.
    bool consent;
    AssetView asset;
    Policy policy;
    RollingOrder order;
}

/// @notice An exit request that is not yet claimed.
struct RequestView {
    uint256 requestId;
    /// Shares asked for, not yet struck, and ready to be claimed.
    uint256 shares;
    uint256 pending;
    uint256 claimable;
    /// When it may be struck, seconds.
    uint256 maturesAt;
}

struct VaultView {
    bool ok;
    address vault;
    /// Shares of all, and the assets behind them.
    uint256 supply;
    uint256 assets;
    /// Shares of the account, and what they are worth now, rounded down.
    uint256 shares;
    uint256 worth;
    /// Struck shares that are ready to be claimed.
    uint256 claimable;
    /// What is open of the account's newest 200 requests, newest first.
    RequestView[] requests;
    uint256 maxDeposit;
    AssetView asset;
    /// Asset units the account holds, and allows the vault to take.
    uint256 balance;
    uint256 allowance;
}

struct QuoteView {
    bool ok;
    /// What the pool answered where not `ok`: one of its errors, ABI-encoded.
    bytes reason;
    /// Whether the market could be caught up first.
    bool poked;
    Quote quote;
}

/// @title One read a page
/// @notice Views that fail one by one, never as a page. Nothing of the protocol depends on it; not for use on-chain.
interface ILens {
    /// @notice Items are read by calls of the lens to itself only.
    error OnlySelf();
    /// @notice The address is not a pool of the factory.
    error PoolUnknown(address pool);

    /// @notice A pool with its vaults' limits and its asset.
    function poolPage(address pool) external view returns (PoolView memory);

    /// @notice Markets as one pool sees them, in the order asked for.
    function marketsPage(address pool, MarketId[] calldata markets)
        external
        view
        returns (MarketView[] memory);

    /// @notice Covers of any pools, in the order asked for.
    /// @param covers ids of the caller's choice, as the indexer knows them
    function coversPage(CoverId[] calldata covers) external view returns (CoverView[] memory);

    /// @notice A tranche's vault, and what an account has in it.
    function vaultPage(address vault, address account) external view returns (VaultView memory);

    /// @notice The exact price: catches the market up, then quotes. To be called, not sent.
    function quoteExact(address pool, MarketId market, uint256 cover, uint256 coverDays)
        external
        returns (QuoteView memory);
}
