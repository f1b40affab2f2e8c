// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice How much of a protocol a market insures, from widest to narrowest.
enum ScopeLevel {
    Protocol,
    Contract,
    Pool,
    Function
}

/// @notice What is insured. Narrows what the terms say, what can be toggled and what the panel weighs;
/// the predicate alone decides on-chain.
struct Scope {
    ScopeLevel level;
    /// Chain on which the insured contracts live.
    uint64 chainId;
    /// Name of the protocol as people know it.
    string protocol;
    /// Insured contracts; at least one unless the level is Protocol.
    address[] contracts;
    /// Pool within a singleton contract; zero unless the level is Pool.
    bytes32 poolKey;
    /// Function selectors; empty unless the level is Function.
    bytes4[] selectors;
}

/// @notice The immutable terms of a market. Their hash is the market's id.
struct MarketTerms {
    Scope scope;
    /// Asset in which cover is denominated and paid.
    address asset;
    /// Module that reads the insured contract's state and says whether it is breached.
    address predicate;
    bytes predicateConfig;
    /// Module that proves the insured account's loss; zero means parametric (permissioned pools only).
    address exposure;
    bytes exposureConfig;
    /// Routes whose evidence this market accepts, at most 8.
    address[] routes;
    /// Shock groups, at most 4, ascending. Bit 15 set: hard (shared code, bridge, key); clear: soft.
    uint16[] groups;
    /// Seconds from purchase to the earliest start of cover; 24 h to 14 d, whole hours.
    uint32 waitingPeriod;
    /// Seconds after an event within which it must be raised; 2 to 30 d, whole days.
    uint32 raiseWindow;
    /// Seconds after declaration within which claims are taken; 30 to 365 d.
    uint32 claimWindow;
    /// Share of the loss the holder bears, basis points; 0 to 5,000.
    uint16 deductibleBps;
    /// The text as people read it: where it is, and its hash.
    string termsURI;
    bytes32 termsHash;
}
