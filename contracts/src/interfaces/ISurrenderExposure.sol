// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {MarketId} from "../types/MarketId.sol";
import {MarketTerms} from "../types/MarketTerms.sol";
import {IExposure} from "./IExposure.sol";

/// @notice What `MarketTerms.exposureConfig` encodes, as abi.encode(positionToken, rate, useUnitValue).
struct SurrenderConfig {
    /// ERC-20 token of the insured position.
    address positionToken;
    /// Worth of 1e18 units of the position in units of the asset; with `useUnitValue` a factor on it, 1e18 = 1.
    uint128 rate;
    /// Whether the incident's unit value is used: what the route measured before the event.
    bool useUnitValue;
}

/// @title Loss proven by handing the broken position over
/// @notice At the claim, as much of the insured account's position as was worth the lost share of its cover before the
/// event goes into custody here, by the account's earlier approval of this contract. What arrives is what is proven.
/// A position can be handed over once: so it is counted once over all policies, pools and predicates.
///
/// The approval says how much is handed over: the smaller of it and of what the lost share was worth is taken in full, or
/// nothing is. So nobody can settle another's claim for dust, by paying it while the position is elsewhere. Whoever holds
/// less than the lost share approves exactly what it holds.
///
/// A hand-over cannot be undone, so nothing is proven before the incident is Final.
///
/// Nothing is proven either, and nothing reverts, where the market is not registered here, consent or approval is
/// missing, or the position token refuses, reverts, answers nothing or burns its gas. The token is not trusted: it gets
/// bounded gas, its answers are copied as far as read, what arrived is measured and counted up to what was asked for, and
/// every function that calls it is under one re-entrance guard.
///
/// Custody is kept for each pool and incident; those who held shares of the pool at the declaration, or assets in its
/// escrow that bore the loss, take it out in kind.
/// Trusted: the factory's pools, the board, the cover token, the registry.
interface ISurrenderExposure is IExposure {
    /// @notice A market's exposure terms were taken in; they never change.
    event MarketConfigured(MarketId indexed market, SurrenderConfig config);
    /// @notice A claim took part of an insured position into custody.
    /// @param units position units that arrived
    /// @param proven loss they prove, asset units, before the deductible
    event PositionSurrendered(
        uint256 indexed incident, address indexed pool, address indexed insured, uint256 units, uint256 proven
    );
    /// @notice Position units in custody went to an account for its tranche shares at the declaration, or for what a
    /// request that it controls had in escrow.
    event SalvageReleased(
        uint256 indexed incident, address indexed pool, address indexed account, bool senior, uint256 units
    );

    /// @notice The registry does not know a market with these terms.
    error MarketNotRegistered(MarketId market);
    /// @notice The terms name another exposure module.
    error ExposureDiffers(address exposure);
    /// @notice A market's exposure terms are taken in once.
    error MarketAlreadyConfigured(MarketId market);
    /// @notice `exposureConfig` is not what this module reads.
    error ConfigInvalid(string reason);
    /// @notice The address is not a pool of the factory.
    error PoolUnknown(address pool);
    /// @notice The account bore no part of the incident, has had all of its share, or the incident may still be topped
    /// up.
    error NothingToRelease(uint256 incident, address pool, address account);

    /// @notice Takes a market's exposure terms, once. Permissionless. No re-entrance stance needed: calls the registry only.
    function register(MarketTerms calldata terms) external returns (MarketId market);

    /// @notice Sends an account its share of the positions handed over for an incident of a pool, as far as it has not had
    /// it. Permissionless; the units go to the account. Guarded against re-entrance.
    function releaseSalvage(address pool, uint256 incident, bool senior, address account)
        external
        returns (uint256 units);

    /// @notice Sends the controller of an exit request its share of the positions handed over, by what the request had in
    /// escrow at the declaration, claimed since or not. Permissionless. Guarded against re-entrance.
    function releaseEscrowSalvage(address pool, uint256 incident, bool senior, uint256 requestId)
        external
        returns (uint256 units);

    /// @notice Position units ever handed over for an incident of a pool, and their token.
    function custodyOf(address pool, uint256 incident) external view returns (address token, uint256 units);

    /// @notice Position units that an account has had already, for its shares of a tranche, of an incident of a pool.
    function releasedTo(address pool, uint256 incident, bool senior, address account)
        external
        view
        returns (uint256 units);

    /// @notice Position units that went out for what an exit request had in escrow, of an incident of a pool.
    function releasedFor(address pool, uint256 incident, bool senior, uint256 requestId)
        external
        view
        returns (uint256 units);

    /// @notice A market's exposure terms; a rate of 0 where they were not taken in yet.
    function configOf(MarketId market) external view returns (SurrenderConfig memory);
}
