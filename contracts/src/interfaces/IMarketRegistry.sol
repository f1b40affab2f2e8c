// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {MarketId} from "../types/MarketId.sol";
import {MarketStatus} from "../types/MarketStatus.sol";
import {MarketTerms} from "../types/MarketTerms.sol";

/// @title What can be covered
/// @notice Anyone registers a market; its terms never change and their hash is its id. Operations of a market are
/// closed and opened here; claims cannot be.
interface IMarketRegistry {
    event MarketRegistered(MarketId indexed market, MarketTerms terms);
    event OperationsClosed(MarketId indexed market, uint8 operations, uint40 until, address by);
    event OperationsOpened(MarketId indexed market, address by);
    event PhaseChanged(MarketId indexed market, uint8 phase);

    error MarketAlreadyRegistered(MarketId market);
    error MarketNotRegistered(MarketId market);
    /// @param field the field of the terms that is out of bounds
    error TermsOutOfBounds(string field, uint256 value, uint256 min, uint256 max);
    /// @param unit what the value must be a multiple of
    error TermsNotWhole(string field, uint256 value, uint256 unit);
    error RouteRepeated(address route);
    error GroupsNotAscending(uint16 previous, uint16 next);
    error NotIncidentBoard(address caller);
    error OperationUnknown(uint8 operations);
    /// @notice A guardian closes for at most `max` seconds, and not again before `notBefore`.
    error ClosureTooLong(uint40 until, uint40 max);
    error ClosureTooSoon(uint40 notBefore);
    error ClosureInPast(uint40 until);
    error PhaseUnknown(uint8 phase);
    error MarketAlreadyEnded(MarketId market);

    /// @notice Registers a market. Permissionless. Reverts outside the bounds of the terms.
    /// @return market the keccak256 hash of abi.encode(terms)
    function register(MarketTerms calldata terms) external returns (MarketId market);

    /// @notice Id that `terms` have or would have.
    function idOf(MarketTerms calldata terms) external pure returns (MarketId market);

    /// @notice Guardian: closes operations for a limited time (at most 7 days, then not again for as long as it lasted).
    function closeForAWhile(MarketId market, uint8 operations, uint40 until) external;

    /// @notice Governor: closes operations until opened again. Claims and exits are not operations.
    function close(MarketId market, uint8 operations) external;

    /// @notice Governor: opens all operations, whoever closed them; a guardian's rest goes on.
    function open(MarketId market) external;

    /// @notice Incident board only: moves a market between open, suspect and ended. Ended is final.
    function setPhase(MarketId market, uint8 phase) external;

    /// @notice Everything a pool needs to know of a market, in one word.
    function status(MarketId market) external view returns (MarketStatus);

    function assetOf(MarketId market) external view returns (address);
    function exposureOf(MarketId market) external view returns (address);
    function accepts(MarketId market, address route) external view returns (bool);
}
