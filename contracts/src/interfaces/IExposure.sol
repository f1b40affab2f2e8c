// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {CoverId} from "../types/CoverId.sol";
import {MarketId} from "../types/MarketId.sol";

/// @title Proves what the insured account lost
/// @notice A market's module: what it proves is the most that a claim is paid, before the deductible.
interface IExposure {
    /// @notice Only pools of the factory settle claims here.
    error NotPool(address caller);

    /// @notice Pools only. Settles the exposure of `insured` to `market` for one cover, so that it cannot be counted again.
    /// @param wanted loss covered by the policy (cover x severity), asset units
    /// @return proven min(wanted, exposure x severity), rounded down, asset units; 0 where nothing is proven
    function settle(uint256 incident, MarketId market, CoverId cover, address insured, uint256 wanted)
        external
        returns (uint256 proven);

    /// @notice What `settle` would prove now; for quotes and screens.
    function preview(uint256 incident, MarketId market, CoverId cover, address insured, uint256 wanted)
        external
        view
        returns (uint256 proven);
}

/// @title Decides who may use a pool; address zero means everyone
/// @notice Asked at each purchase and deposit, never for claims, exits or payments.
interface IAccessGate {
    /// @notice Whether `account` may do `operation` ("buy", "deposit") in `pool`.
    function allows(address pool, address account, bytes32 operation) external view returns (bool);
}
