// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title Reads the insured contract's own state
/// @notice A one-metric interface: the value of one unit of the insured position, healthy when it stays or grows.
interface IPredicate {
    /// @notice The configuration cannot be evaluated, for the reason given.
    error ConfigInvalid(string reason);

    /// @notice Reverts with ConfigInvalid unless `config` can be evaluated.
    function check(bytes calldata config) external view;

    /// @notice The metric now, 18 decimals. `ok` is false where the insured contract does not answer.
    function measure(bytes calldata config) external view returns (bool ok, uint256 value);

    /// @notice Whether a fall from `baseline` to `value` is a breach, and how severe: 1 - value / baseline, 1e8 = 100 %.
    function breach(bytes calldata config, uint256 baseline, uint256 value)
        external
        pure
        returns (bool breached, uint32 severity);

    /// @notice What one unit of the insured position was worth in the market's asset at `baseline`; 1e18 = one to one.
    function unitValue(bytes calldata config, uint256 baseline) external pure returns (uint128);
}
