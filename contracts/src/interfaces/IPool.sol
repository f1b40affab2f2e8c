// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {CoverId} from "../types/CoverId.sol";
import {MarketId, MarketKey} from "../types/MarketId.sol";

import {IPoolEvents} from "./IPoolEvents.sol";
import {
    BuyParams,
    ExitTerms,
    MarketState,
    Policy,
    PoolIncident,
    PoolState,
    Quote,
    RollingOrder
} from "./IPoolTypes.sol";

/// @title Buying, depositing and being paid
/// @notice What holders and underwriters use. Every rounding goes against the caller.
interface IPoolSales is IPoolEvents {
    /// @notice Buys cover; the caller pays at once, in the pool's asset, by allowance to the pool.
    /// @return id the cover and its token
    /// @return premium what was paid, fee included
    function buy(BuyParams calldata params) external returns (CoverId id, uint256 premium);

    /// @notice Extends a cover by whole days at today's price; anyone may pay. Only while the extension's start is at
    /// least a waiting period away.
    function extend(CoverId id, uint16 addDays, uint96 maxPremium) external returns (uint256 premium);

    /// @notice Ends a cover at the next day boundary; void if it has not started. Holder only, and only while the market is
    /// open: OperationClosed (operation 0) from the suspicion of an incident until it is rejected.
    /// @return refund (1 - fee) x min(unearned premium, its expected-loss part at today's card), rounded down
    function cancel(CoverId id) external returns (uint256 refund);

    /// @notice Holder only: sets or (addDays = 0) removes the standing order; the caller is the payer.
    function setRollingOrder(CoverId id, uint16 addDays, uint32 maxRate, uint48 tip) external;

    /// @notice Extends a cover by its standing order, in the 24 h that end one waiting period before its end.
    /// Permissionless; the tip goes to the caller.
    function renew(CoverId id) external returns (uint256 premium);

    /// @notice Vault only, the assets having been sent: adds them to its tranche.
    /// @return before tranche assets before the deposit
    function deposit(bool senior, address account, uint256 assets) external returns (uint256 before);

    /// @notice Vault only: capital that has asked to leave is not priced against.
    function requestExit(bool senior, uint256 shares, uint256 supply) external returns (uint256 assets);

    /// @notice Assets of a tranche now, premium earned so far included.
    function trancheAssets(bool senior) external view returns (uint256);

    /// @notice Pays one claim to the holder; permissionless.
    /// @return paid asset units
    function pay(CoverId id) external returns (uint256 paid);

    /// @notice Pays many claims of the first one's incident; skips those that were never sold, are paid already, not
    /// eligible, or cannot receive, and those whose proof needs more than a million gas: those are for `pay`. Reverts with
    /// GasTooLow rather than skip one for want of gas; gas left over is not used.
    function payBatch(CoverId[] calldata ids) external returns (uint256 paid);

    /// @notice After the claim window: raises a payment made at a ratio below one. Permissionless.
    function payRest(CoverId id) external returns (uint256 paid);

    /// @notice The ERC-20 token in which capital is held, premium paid and losses covered. Never changes.
    function asset() external view returns (address);

    /// @notice Seconds from an exit's request to its maturity.
    function exitDelay() external view returns (uint256);
}

/// @title Exits and losses
/// @notice What anyone may do so that the pool follows incidents.
interface IPoolIncidents is IPoolEvents {
    /// @notice Takes note of incidents up to number `upTo`: holds back what the suspected markets' open cover could take.
    function syncIncidents(uint256 upTo) external;

    /// @notice Vault only: strikes shares at the net asset value of this moment, at most at `most`, as far as the gates let
    /// go. The first strike of a tranche's day that takes at least a thousand tips earns its keeper one, from the fees owed.
    /// @return struck shares struck
    /// @return day escrow day
    /// @return units escrow units of that day
    /// @return released the part of `requested` that no longer waits
    function strikeExit(bool senior, ExitTerms calldata terms)
        external
        returns (uint256 struck, uint256 day, uint256 units, uint256 released);

    /// @notice Vault only: pays `units` of an escrow day once R and its day of grace are over.
    function payExit(bool senior, uint256 day, uint256 units, address receiver)
        external
        returns (uint256 assets);

    /// @notice Declares the loss of a Confirmed or Final incident in this pool, finalises a declared one that has become
    /// Final, or undoes a declared one that was Rejected. Permissionless, constant work; a tip comes from fees.
    function settleIncident(uint256 incident) external;

    /// @notice Brings an under-paid incident up as capital held for others is released. Permissionless.
    function topUp(uint256 incident) external returns (uint256 amount);

    /// @notice After the claim window: what is left in the reserve goes to those who held shares or escrow at the declaration.
    /// Not while the incident was paid below one and another, open or confirmed, may still let go what it lacks.
    /// Permissionless; a tip comes from fees.
    function closeIncident(uint256 incident) external;
}

/// @title Upkeep, recovery and settings
/// @notice No function moves capital to an account of its choice.
interface IPoolDesk is IPoolEvents {
    /// @notice Earns premium up to now, catches a market up with its day buckets (at most `maxDays` days) and
    /// applies its card. Never reverts for what the oracle says.
    function poke(MarketId market, uint256 maxDays) external;

    /// @notice Once per ended market: takes its policies' rates out of the stream. The unearned premium x (1 - severity) can go
    /// back; the rest is salvage of the incident, for those who bore its loss. Work grows with the days cover ends on (at most
    /// 380), not with policies. Permissionless; a tip comes from fees.
    function unwindStream(uint256 incident) external;

    /// @notice Unearned premium x (1 - severity) of an ended market's policy, counted from the unwinding, to its holder.
    /// Permissionless.
    function refundEnded(CoverId id) external returns (uint256 amount);

    /// @notice Earns premium up to now.
    function accrue() external;

    /// @notice Takes z and the senior expected loss from the oracle.
    function syncPoolCard() external;

    /// @notice Anyone pays in recovered funds for those who held shares or escrow at the declaration.
    function addSalvage(uint256 incident, uint256 amount) external;

    /// @notice Most that a tranche takes now, whoever brings it.
    function maxDeposit(bool senior) external view returns (uint256);

    /// @notice Whether the access gate, if there is one, lets an account deposit; false where the gate reverts.
    function mayDeposit(address account) external view returns (bool);

    /// @notice Whether a tranche's matured escrow can be paid now. False also while the pool has not taken note of an
    /// incident that could hold it back.
    function exitsOpen(bool senior) external view returns (bool);

    /// @notice Assets behind the escrow units of a day, and when they can be paid.
    function escrowOf(bool senior, uint256 day)
        external
        view
        returns (uint256 assets, uint256 units, uint256 maturesAt);

    /// @notice Share of an incident's loss that an account's tranche shares bore, 1e18 = all of it, rounded down; 0 while
    /// it may still be topped up.
    function salvageShare(uint256 incident, bool senior, address account) external view returns (uint256);

    /// @notice Share of salvage of an account's tranche shares at the declaration. Permissionless, goes to the account.
    /// Waits while the incident was paid below one and may still be topped up.
    function claimSalvage(uint256 incident, bool senior, address account) external returns (uint256 amount);

    /// @notice Share of an incident's loss that a request bore in escrow, 1e18 = all of it, rounded down; 0 while
    /// it may still be topped up.
    /// @return controller whose it is; zero where the request had nothing in escrow
    function escrowSalvageShare(uint256 incident, bool senior, uint256 requestId)
        external
        view
        returns (address controller, uint256 share);

    /// @notice Share of salvage of what a request had in escrow at the declaration, claimed since or not. Permissionless,
    /// goes to the request's controller.
    function claimEscrowSalvage(uint256 incident, bool senior, uint256 requestId)
        external
        returns (uint256 amount);

    /// @notice For the access manager: its own selector while a delayed call is being used up, else zero.
    function isConsumingScheduledOp() external view returns (bytes4);

    /// @notice Curator: lets the pool sell cover of a registered market in its asset. May be called again after a
    /// detachment.
    function attachMarket(MarketId market) external;

    /// @notice Curator: sells no more cover of a market. What was sold stays covered, and counts until it is over.
    function detachMarket(MarketId market) external;

    /// @notice Curator, with the role's delay: moves a setting by its name ("feeBps", "gateBps", ...) within its
    /// bounds, in the units of PoolSettings; "tip" in hundredths of the asset.
    function setParameter(bytes32 name, uint256 value) external;

    /// @notice Curator: no sales and no deposits any more, for good. Exits, claims and salvage go on.
    function startWindDown() external;

    /// @notice Refunds to a cover's holder the premium held back while capital K was less than required capital S: the
    /// share 1 - K/S of what the cover's rate streamed in that time, rounded down. Permissionless, and nothing is lost by
    /// asking early: what later touches of the day may still add to waits for the next day.
    function refundShortfall(CoverId id) external returns (uint256 amount);

    /// @notice What `refundShortfall` would refund, as of the last touch of the pool; asset units, rounded down.
    function shortfallOf(CoverId id) external view returns (uint256);

    /// @notice Sends the fees owed to the fee recipient or an integrator. Permissionless.
    function collectFees(address account) external returns (uint256 amount);
}

/// @title Quotes and reading
/// @notice Nothing here changes state.
interface IPoolReading is IPoolEvents {
    /// @notice What `buy` would cost in this block if the pool were caught up; never less than the true price.
    function quote(MarketId market, uint256 cover, uint256 coverDays) external view returns (Quote memory);

    /// @notice What `extend` would cost in this block if the pool were caught up; never less than the true price.
    function quoteExtension(CoverId id, uint256 addDays) external view returns (Quote memory);

    /// @notice The pool's capital, stream, risk and flags, as of this second.
    function state() external view returns (PoolState memory);

    /// @notice A market within this pool, as of its last touch; zeros where it was never attached.
    function marketState(MarketId market) external view returns (MarketState memory);

    /// @notice A group's load within this pool, as of the last touch of its markets.
    /// @return weighted sum of weight times committed cover, asset units times 1e4
    /// @return unweighted sum of committed cover, asset units
    /// @return s variance of the group's shock that is applied, 1e8 = 1
    function groupState(uint16 group) external view returns (uint256 weighted, uint256 unweighted, uint256 s);

    /// @notice A cover's record; state None where it was never sold.
    function policy(CoverId id) external view returns (Policy memory);

    /// @notice A cover's standing order; `addDays` 0 where there is none.
    function rollingOrder(CoverId id) external view returns (RollingOrder memory);

    /// @notice An incident within this pool; zeros where the pool has not taken note of it.
    function incidentState(uint256 incident) external view returns (PoolIncident memory);

    /// @notice Cover of a market that was active at `time`; the market must be caught up past it.
    function activeAt(MarketId market, uint256 time) external view returns (uint256);

    /// @notice The market of a key that covers carry; 0 where the pool never attached one.
    function marketOf(MarketKey key) external view returns (MarketId);

    /// @notice The pool's index in its factory, from 1, part of its covers' numbers.
    function poolIndex() external view returns (uint256);
}

/// @title A risk pool: capital in two tranches, cover sold against it, losses paid from it
/// @notice Holds its own asset. No account can move its capital. One address answers all of it; its code is in four
/// parts because one contract cannot hold it.
interface IPool is IPoolSales, IPoolIncidents, IPoolDesk, IPoolReading {}
