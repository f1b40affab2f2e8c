// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice Settings of a pool. Those marked fixed never change; the others move within bounds, with a delay.
struct PoolSettings {
    /// Fixed. ERC-20 asset of the pool; neither rebasing nor taking a fee on transfer.
    address asset;
    /// Fixed. Gate that decides who may deposit and buy; zero is an open pool.
    address accessGate;
    /// Account that is meant to run the pool. It can do so once the access manager gives it the role.
    address curator;
    /// Fixed. Raise window R in days, 2 to 30; attached markets may not have a longer one.
    uint8 raiseWindowDays;
    /// Exit delay in days, 3 to 90.
    uint8 exitDelayDays;
    /// Fee on premium, basis points, 0 to 2,500.
    uint16 feeBps;
    /// Cost of capital, basis points a year, 500 to 5,000.
    uint16 costOfCapitalBps;
    /// Sale gate on u, basis points, 5,000 to 9,500.
    uint16 gateBps;
    /// Least share of junior capital, basis points, 500 to 10,000. Exits keep the lowest that it has ever been.
    uint16 minJuniorBps;
    /// Most total cover, multiples of pricing capital, 1 to 20.
    uint8 gearing;
    /// Name and symbol stem of the tranche shares.
    string name;
    string symbol;
}

/// @title Makes pools as immutable clones
/// @notice Permissionless; the address of a pool follows from its index alone.
interface IPoolFactory {
    /// @notice A pool and its two vaults exist from now on; `settings` are its first ones.
    event PoolCreated(
        uint256 indexed index, address indexed pool, address junior, address senior, PoolSettings settings
    );

    /// @notice Creates a pool with its junior and senior vault. Permissionless; a pool is only what its curator makes of it.
    function create(PoolSettings calldata settings) external returns (address pool);

    /// @notice Number of pools made; the newest has this index.
    function poolCount() external view returns (uint256);
    /// @notice The pool of an index (from 1), computed, whether made already or not.
    function poolAt(uint256 index) external view returns (address);
    /// @notice Index of a pool; 0 when `account` is not a pool of this factory.
    function indexOf(address account) external view returns (uint256);
    /// @notice The two vaults of a pool; zero addresses where it is none of this factory's.
    function vaultsOf(address pool) external view returns (address junior, address senior);
}
