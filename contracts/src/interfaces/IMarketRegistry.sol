// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {MarketId} from "../types/MarketId.sol";
import {MarketStatus} from "../types/MarketStatus.sol";
import {MarketTerms} from "../types/MarketTerms.sol";

/// @title What can be covered
/// @notice Anyone registers a market; its terms never change and their hash is its id. Operations of a market are
/// closed and opened here; claims cannot be.
interface IMarketRegistry {
    /// @notice A market can be attached by pools from now on; the only place where its full terms are kept.
    event MarketRegistered(MarketId indexed market, MarketTerms terms);
    /// @notice A guardian closed operations until `until`, in seconds; or the governor did without limit (`until` 0).
    event OperationsClosed(MarketId indexed market, uint8 operations, uint40 until, address by);
    /// @notice The governor opened all operations of a market.
    event OperationsOpened(MarketId indexed market, address by);
    /// @notice The board moved a market: 0 open, 1 suspect, 2 ended for good.
    event PhaseChanged(MarketId indexed market, uint8 phase);

    /// @notice A market with these terms exists: use it.
    error MarketAlreadyRegistered(MarketId market);
    /// @notice No market has this id.
    error MarketNotRegistered(MarketId market);
    /// @notice A field of the terms, or how many entries it has, is out of bounds.
    /// @param field its name
    error TermsOutOfBounds(string field, uint256 value, uint256 min, uint256 max);
    /// @notice A field of the terms is not a multiple of its unit.
    /// @param unit what the value must be a multiple of
    error TermsNotWhole(string field, uint256 value, uint256 unit);
    /// @notice A market names each route once.
    error RouteRepeated(address route);
    /// @notice Groups are given in ascending order, each once, none 0.
    error GroupsNotAscending(uint16 previous, uint16 next);
    /// @notice Only the board moves a market's phase.
    error NotIncidentBoard(address caller);
    /// @notice The bits name no operation, or one that cannot be closed: only sales and extensions can.
    error OperationUnknown(uint8 operations);
    /// @notice A guardian closes for at most `max` seconds, and not again before `notBefore`.
    error ClosureTooLong(uint40 until, uint40 max);
    /// @notice A guardian's closure of this market must rest until `notBefore`, in seconds.
    error ClosureTooSoon(uint40 notBefore);
    /// @notice A closure ends after now.
    error ClosureInPast(uint40 until);
    /// @notice Phases are 0 to 2.
    error PhaseUnknown(uint8 phase);
    /// @notice An ended market's status never changes again.
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

    /// @notice Asset in which a market is covered; zero where it is not registered.
    function assetOf(MarketId market) external view returns (address);
    /// @notice Module that proves a loss in a market; zero where the market is parametric or not registered.
    function exposureOf(MarketId market) external view returns (address);
    /// @notice Whether a market's terms name a route.
    function accepts(MarketId market, address route) external view returns (bool);
}
