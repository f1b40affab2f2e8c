// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {MarketId} from "../types/MarketId.sol";

/// @notice Terms of a purchase.
struct BuyParams {
    MarketId market;
    /// Most that is paid, asset units.
    uint88 cover;
    /// Whole UTC days of cover, from the first day boundary after the waiting period.
    uint16 coverDays;
    /// Account that receives the token.
    address recipient;
    /// Account whose position is insured; zero is the recipient.
    address insured;
    /// Most the caller pays, fee included, asset units.
    uint96 maxPremium;
    /// Receives part of the fee; zero for none.
    address integrator;
}

/// @notice What a purchase would cost, asset units.
struct Quote {
    /// Total, fee included.
    uint256 premium;
    /// Part of it that is the fee.
    uint256 fee;
    /// Part of it that is expected loss, rounded down.
    uint256 expectedLoss;
    /// First and last moment of cover, seconds.
    uint256 start;
    uint256 end;
    /// Utilisation of pricing capital by required capital before and after, 1e18 = 100 %.
    uint256 utilisationBefore;
    uint256 utilisationAfter;
}

/// @notice A policy as people read it.
struct Policy {
    MarketId market;
    /// Cover, asset units; what is left of it where it was paid for an incident that was then undone; once a loss is
    /// proven by handing it over or otherwise, the claim, less the deductible.
    uint256 cover;
    /// Premium streamed to the tranches, asset units per second times 2^16.
    uint256 rate;
    uint256 start;
    uint256 end;
    PolicyState state;
}

enum PolicyState {
    None,
    Active,
    /// Cancelled before its start.
    Void,
    /// Paid once.
    Paid,
    /// Paid once and topped up at the end of the claim window.
    Settled
}

/// @notice Standing order to extend a cover shortly before its end.
struct RollingOrder {
    /// Pays, by its allowance to the pool.
    address payer;
    /// Days added at each renewal; 0 is no order.
    uint16 addDays;
    /// Most the payer accepts, of cover and year, 1e8 = 100 %, fee included.
    uint32 maxRate;
    /// Reward of whoever renews, asset units.
    uint48 tip;
}

/// @notice Figures of a pool, asset units unless said otherwise.
struct PoolState {
    uint256 junior;
    uint256 senior;
    uint256 unearned;
    /// Per second, times 2^16.
    uint256 streamRate;
    uint256 feesOwed;
    uint256 integratorFees;
    uint256 escrow;
    /// Premium that policies can ask back: of ended markets, and held back while capital was short.
    uint256 refunds;
    uint256 pricingCapital;
    uint256 requestedExits;
    uint256 totalCover;
    /// V times 1e16.
    uint256 variance;
    /// S = z sqrt(V).
    uint256 requiredCapital;
    /// Liability of open incidents.
    uint256 heldLiability;
    /// Open incidents could take more than there is, or one is not made up yet: no sales, no deposits.
    bool short;
    bool windingDown;
}

/// @notice A market within a pool.
struct MarketState {
    bool attached;
    bool ended;
    /// Cover counted in V: sold, active, or ended less than R ago; asset units.
    uint256 committed;
    uint256 active;
    uint256 processedDay;
    /// Nonce of the card that is applied.
    uint256 cardNonce;
    /// Capital this market ties up (Euler share of S), asset units, to rounding.
    uint256 capital;
}

/// @notice An incident within a pool.
struct PoolIncident {
    MarketId market;
    bool declared;
    bool isFinal;
    bool closed;
    uint256 severity;
    uint256 deductibleBps;
    uint256 eventTime;
    /// End of the claim window, seconds.
    uint256 claimsUntil;
    /// Share of each claim that the capital allows, and that is payable now; 1e18 = 1.
    uint256 ratio;
    uint256 payable_;
    /// Liability at declaration, asset units.
    uint256 liability;
    /// Assets moved in, assets paid out and claims proven, asset units.
    uint256 moved;
    uint256 paid;
    uint256 proven;
    /// Of what was moved: from live junior and senior capital, from junior and senior escrow.
    uint256 fromJunior;
    uint256 fromSenior;
    uint256 fromJuniorEscrow;
    uint256 fromSeniorEscrow;
    /// Recovered or left over, for those who held at the declaration.
    uint256 salvage;
    uint256 salvageClaimed;
}

/// @notice What a vault asks its pool to strike.
struct ExitTerms {
    /// Shares to strike, of `supply`.
    uint256 shares;
    uint256 supply;
    /// Shares of all requests, and the assets they were valued at when requested.
    uint256 pending;
    uint256 requested;
    /// Most assets that `shares` may get; the highest number where there is no such limit.
    uint256 most;
    /// Receives the tip.
    address keeper;
}
