// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {MarketId} from "../types/MarketId.sol";
import {MarketTerms} from "../types/MarketTerms.sol";
import {IRoute} from "./IIncidentBoard.sol";

/// @notice How far a market's case is.
struct LiveProgress {
    /// Samples that count so far; 0 is no case.
    uint8 samples;
    uint8 needed;
    /// First block in which the next sample counts, or in which a case may be opened.
    uint48 nextBlock;
    /// Last block before the case is stale and the next sample starts over; 0 without a case.
    uint48 staleAfter;
    /// Lowest severity seen, 1e8 = 100 %.
    uint32 severity;
    /// Event time of the case, seconds.
    uint40 openedAt;
    /// Metric the case is held against; without a case, the one it would be.
    uint128 baseline;
    /// Time of the last healthy observation, 0 if none.
    uint40 lastHealthy;
}

/// @title Live trigger: the insured contract still answers, and what it answers is a loss
/// @notice Healthy observations set the baseline; then five samples, spread over K blocks and each a breach, are final.
/// One healthy sample dismisses the case, in any block, by anyone.
///
/// Bent state. A metric read in a transaction may have been bent earlier in it, with a flash loan. So only an account
/// without code, calling directly, may observe or sample: no one else's code runs before the reading. What is left is
/// bending with own capital, in as many blocks as there are samples, with nobody taking one sample in between: the caller
/// picks the sample blocks, everyone else all the others.
///
/// Bent baseline. The baseline is the lowest of the last four observations, at least two, an hour apart. An observation
/// counts for at most 1/64 more than the one before, and within its hour anyone may lower it, down to the lowest of the
/// others; so a donation, or a run of them, moves the baseline only where nobody else observes for hours, and a
/// downward bend has no effect outside the hourly observation.
///
/// Who is covered. The event time is that of the opening, and a case opens only while the last healthy observation is at
/// most the market's waiting period old. Who bought after the failure bought after that observation, and that cover starts
/// later than one waiting period after it: not before the event time. It is not eligible.
///
/// A metric without a value is neither a breach nor healthy: it moves nothing, and other routes decide.
///
/// Trusted: the board and the registry. The predicate is the market's own, is called statically and can hurt only its
/// market. No bond: opening again and again costs gas, and a dismissal closes the market's trigger for K blocks.
interface ILiveTrigger is IRoute {
    event Observed(MarketId indexed market, uint128 value, uint128 baseline);
    event CaseOpened(MarketId indexed market, uint128 baseline, uint256 value, uint32 severity);
    event CaseSampled(MarketId indexed market, uint8 samples, uint256 value, uint32 severity);
    event CaseDismissed(MarketId indexed market, uint256 value);

    error SpreadOutOfBounds(uint256 blocks, uint256 min, uint256 max);
    /// @notice Observations and samples are taken by accounts without code, directly.
    error CallerNotDirect(address caller);
    error RouteNotAccepted(MarketId market, address route);
    /// @notice The market names no predicate, or its metric has no value now.
    error NotEvaluable(MarketId market);
    error CaseIsOpen(MarketId market);
    error MetricBreached(uint256 baseline, uint256 value);
    error MetricHealthy(uint256 baseline, uint256 value);
    error ObservedTooSoon(uint256 notBefore);
    error BaselineMissing(uint256 observations, uint256 needed);
    error BaselineTooOld(uint256 lastHealthy, uint256 maxAge);
    error SampleTooEarly(uint256 notBefore);
    error DismissedRecently(uint256 notBefore);

    /// @notice Records the metric while it is healthy; within an hour of the last observation it may only lower that one.
    /// Permissionless, direct callers only. Effects after static calls only; no re-entrance is possible.
    /// @return baseline the baseline from now on; 0 while there are too few observations
    function observe(MarketTerms calldata terms) external returns (uint128 baseline);

    /// @notice Reads the metric: opens a case, counts towards it, completes it, or dismisses it when healthy. Before its
    /// time a breached sample only lowers the severity. Permissionless, direct callers only. Checks, effects, interactions:
    /// the board is called last.
    /// @return samples samples that count so far; 0 when the case was dismissed
    function sample(MarketTerms calldata terms) external returns (uint8 samples);

    function progress(MarketId market) external view returns (LiveProgress memory);

    /// @notice Blocks over which the samples of a case are spread at least.
    function spread() external view returns (uint256);

    /// @notice Blocks between samples that count, at least.
    function sampleGap() external view returns (uint256);
}
