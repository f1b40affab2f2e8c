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
/// One healthy sample dismisses the case, in any block, by anyone, and counts as an observation of the same reading would.
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
/// Where operators have confirmed: their event time stands if it is not before the last healthy observation and not after
/// the first broken sample. Else, or where they confirmed less, their confirmation is overruled.
///
/// A metric without a value is neither a breach nor healthy: it moves nothing, and other routes decide.
///
/// Trusted: the board and the registry. The predicate is the market's own, is called statically and can hurt only its
/// market. No bond: opening again and again costs gas, and a dismissal closes the market's trigger for K blocks. Who bends a
/// broken metric back once in K blocks delays a case while that goes on, and no longer.
interface ILiveTrigger is IRoute {
    /// @notice A healthy reading was kept, observed or sampled.
    /// @param value the metric, 18 decimals
    /// @param baseline lowest of the observations kept; 0 while there are too few
    event Observed(MarketId indexed market, uint128 value, uint128 baseline);
    /// @notice A first broken sample opened a case.
    /// @param baseline metric the case is held against, 18 decimals
    /// @param value the metric read, 18 decimals
    /// @param severity share lost, 1e8 = 100 %
    event CaseOpened(MarketId indexed market, uint128 baseline, uint256 value, uint32 severity);
    /// @notice A further broken sample was taken.
    /// @param samples samples that count so far
    /// @param value the metric read, 18 decimals
    /// @param severity lowest seen in this case, 1e8 = 100 %
    event CaseSampled(MarketId indexed market, uint8 samples, uint256 value, uint32 severity);
    /// @notice A healthy sample ended a case; the market's trigger is closed for K blocks.
    event CaseDismissed(MarketId indexed market, uint256 value);

    /// @notice The blocks of a case are outside what this trigger may be deployed with.
    error SpreadOutOfBounds(uint256 blocks, uint256 min, uint256 max);
    /// @notice Observations and samples are taken by accounts without code, directly.
    error CallerNotDirect(address caller);
    /// @notice The market's terms do not name this trigger.
    error RouteNotAccepted(MarketId market, address route);
    /// @notice The market names no predicate, or its metric has no value now.
    error NotEvaluable(MarketId market);
    /// @notice While a case is open nothing is observed: sample instead.
    error CaseIsOpen(MarketId market);
    /// @notice The metric is in breach of the baseline: sample instead of observing.
    error MetricBreached(uint256 baseline, uint256 value);
    /// @notice The metric is no breach of the baseline, and there is no case to dismiss.
    error MetricHealthy(uint256 baseline, uint256 value);
    /// @notice Until `notBefore`, in seconds, an observation counts only where it is lower than the last one and enough
    /// are kept.
    error ObservedTooSoon(uint256 notBefore);
    /// @notice There are too few healthy observations to hold a sample against.
    error BaselineMissing(uint256 observations, uint256 needed);
    /// @notice The last healthy observation is older than the market's waiting period: the trigger cannot open a case.
    error BaselineTooOld(uint256 lastHealthy, uint256 maxAge);
    /// @notice The next sample counts from block `notBefore` on.
    error SampleTooEarly(uint256 notBefore);
    /// @notice After a dismissal a case may be opened from block `notBefore` on.
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

    /// @notice How far a market's case is, and when the next sample counts.
    function progress(MarketId market) external view returns (LiveProgress memory);

    /// @notice Blocks over which the samples of a case are spread at least.
    function spread() external view returns (uint256);

    /// @notice Blocks between samples that count, at least.
    function sampleGap() external view returns (uint256);
}
