// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title Shares of one tranche: ERC-4626 deposit, ERC-7540 asynchronous redemption
/// @notice A request is irrevocable; it matures after the exit delay, is struck in order at the net asset value of that
/// moment, waits in escrow and is then claimed.
interface ITrancheVault {
    /// @notice ERC-4626: `assets` went from the sender to the pool, and the owner got `shares`.
    event Deposit(address indexed sender, address indexed owner, uint256 assets, uint256 shares);
    /// @notice ERC-4626: an exit was claimed. `shares` were struck before, and `assets` are what their escrow paid.
    event Withdraw(
        address indexed sender,
        address indexed receiver,
        address indexed owner,
        uint256 assets,
        uint256 shares
    );
    /// @notice ERC-7540: the owner's shares wait to be struck from now on. `sender` asked for it: the owner, its
    /// operator, or who had its allowance.
    event RedeemRequest(
        address indexed controller,
        address indexed owner,
        uint256 indexed requestId,
        address sender,
        uint256 shares
    );
    /// @notice ERC-7540: `operator` may act for `controller` from now on, or no longer.
    event OperatorSet(address indexed controller, address indexed operator, bool approved);
    /// @notice The oldest matured requests left the tranche.
    /// @param strike its number, from 1
    /// @param shares taken at the front of the line, and burned
    /// @param day day of escrow they wait in, days since 1970
    /// @param units their part of that day's escrow
    event ExitStruck(uint256 indexed strike, uint256 shares, uint256 day, uint256 units);
    /// @notice A loss left the tranche practically empty: all its shares are void, and the next deposit starts a new
    /// class. Its holders are paid from salvage only.
    event EpochClosed(uint256 indexed epoch);

    /// @notice Only the vault's pool takes snapshots.
    error NotPool(address caller);
    /// @notice The caller is neither the controller nor its operator.
    error NotOperator(address caller, address controller);
    /// @notice Exits are requested, struck and claimed by shares (ERC-7540): use requestRedeem and redeem.
    error AsyncOnly();
    /// @notice The amount is zero, or so small that it buys no share.
    error SharesZero();
    /// @notice By the time the asset had moved, what `mint` quoted for `shares` bought only `bought` of them: a token
    /// that calls back let the price rise in between.
    error MintUnderpaid(uint256 shares, uint256 bought);
    /// @notice More was asked for than can be claimed now: wait, or redeem `claimable` shares.
    error ClaimAboveClaimable(uint256 shares, uint256 claimable);
    /// @notice No request has matured: the oldest does at `nextMaturity`, in seconds, 0 where none waits; or
    /// `maxShares` was 0.
    error NothingMatured(uint256 nextMaturity);

    /// @notice Asks to redeem shares. Irrevocable; they stay in the tranche, and bear its losses, until struck. Nobody gets
    /// a request that they did not ask for: the controller is the owner, the caller, or has made the caller its operator.
    function requestRedeem(uint256 shares, address controller, address owner)
        external
        returns (uint256 requestId);

    /// @notice Strikes up to `maxShares` of matured requests, in order. Permissionless; the pool tips the caller for a
    /// tranche's first strike of a day. What matured before yesterday gets no gain from after the day it matured; the
    /// tranche keeps it. Such requests are struck apart, as long as their price is the same.
    function strikeExit(uint256 maxShares) external returns (uint256 struck);

    /// @notice Notes today's price of a share, where none is noted yet or it has fallen: requests that are struck late get
    /// no more than the newest note up to the day they matured. Permissionless.
    function checkpoint() external;

    /// @notice Pool only: marks the balances of now as a snapshot; closes the epoch when the tranche is practically empty
    /// and the pool is not short: while it is, no deposit can dilute who lost, and some of the loss may come back.
    /// @param trancheAssets what the tranche has after the loss, asset units
    /// @param mayClose whether the epoch may close now
    /// @return snapshot its number
    /// @return pendingAssets what all pending requests are worth now
    function takeSnapshot(uint256 trancheAssets, bool mayClose)
        external
        returns (uint256 snapshot, uint256 pendingAssets);

    /// @notice Shares that `account` held at a snapshot, those it had asked to redeem included, and all shares then. The
    /// vault itself held none.
    function sharesAt(uint256 snapshot, address account)
        external
        view
        returns (uint256 shares, uint256 supply);

    /// @notice What a request had in escrow at a snapshot, a day of strikes at a time: struck, and not claimed yet.
    /// @param afterDay days up to this one are left out
    /// @return controller who the request belongs to
    /// @return day first such day of strikes; 0 if there is none
    /// @return units escrow units of that day, rounded so that all requests add up to the batch
    function escrowAt(uint256 snapshot, uint256 requestId, uint256 afterDay)
        external
        view
        returns (address controller, uint256 day, uint256 units);
}
