// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title Shares of one tranche: ERC-4626 deposit, ERC-7540 asynchronous redemption
/// @notice A request is irrevocable; it matures after the exit delay, is struck in order at the net asset value of that
/// moment, waits in escrow and is then claimed.
interface ITrancheVault {
    event Deposit(address indexed sender, address indexed owner, uint256 assets, uint256 shares);
    event Withdraw(
        address indexed sender,
        address indexed receiver,
        address indexed owner,
        uint256 assets,
        uint256 shares
    );
    event RedeemRequest(
        address indexed controller,
        address indexed owner,
        uint256 indexed requestId,
        address sender,
        uint256 shares
    );
    event OperatorSet(address indexed controller, address indexed operator, bool approved);
    event ExitStruck(uint256 indexed strike, uint256 shares, uint256 day, uint256 units);
    event EpochClosed(uint256 indexed epoch);

    error NotPool(address caller);
    error NotOperator(address caller, address controller);
    error AsyncOnly();
    error SharesZero();
    error AssetsZero();
    error DepositAboveMax(uint256 assets, uint256 max);
    error ClaimAboveClaimable(uint256 shares, uint256 claimable);
    error NothingMatured(uint256 nextMaturity);
    error SharesTooLarge(uint256 shares);

    /// @notice Strikes up to `maxShares` of matured requests, in order. Permissionless.
    function strikeExit(uint256 maxShares) external returns (uint256 struck);

    /// @notice Pool only: marks the balances of now as a snapshot; closes the epoch when the tranche is practically empty.
    /// @return snapshot its number
    /// @return pendingAssets what all pending requests are worth now
    function takeSnapshot(uint256 trancheAssets) external returns (uint256 snapshot, uint256 pendingAssets);

    /// @notice Shares that `account` held at a snapshot, those it had asked to redeem included, and all shares then. The
    /// vault itself held none.
    function sharesAt(uint256 snapshot, address account)
        external
        view
        returns (uint256 shares, uint256 supply);
}
