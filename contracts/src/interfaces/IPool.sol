// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {CoverId} from "../types/CoverId.sol";
import {MarketId, MarketKey} from "../types/MarketId.sol";

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
    /// Cover, asset units; after a payment made at a ratio below one, the claim that was proven.
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
    /// Capital this market ties up (Euler share of S), asset units, rounded down.
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

/// @title A risk pool: capital in two tranches, cover sold against it, losses paid from it
/// @notice Holds its own asset. Every rounding goes against the caller. No account can move its capital.
interface IPool {
    // ---- events -----------------------------------------------------------------------------------------------
    event CoverBought(
        CoverId indexed cover, MarketKey indexed market, address indexed payer, uint256 terms, uint256 premium, uint256 fee
    );
    event CoverExtended(CoverId indexed cover, uint256 end, uint256 premium, uint256 fee);
    event CoverCancelled(CoverId indexed cover, uint256 end, uint256 refund);
    event RollingOrderSet(CoverId indexed cover, RollingOrder order);
    event MarketAttached(MarketId indexed market, MarketKey indexed key);
    event MarketDetached(MarketId indexed market);
    event MarketSynced(MarketId indexed market, uint256 cardNonce, uint256 committed, uint256 variance);
    event CapitalDeposited(bool indexed senior, uint256 assets);
    event ExitRequested(bool indexed senior, uint256 assets);
    event ExitStruck(bool indexed senior, uint256 shares, uint256 assets, uint256 day, uint256 units);
    event ExitPaid(bool indexed senior, address indexed receiver, uint256 assets);
    event PremiumEarned(uint256 junior, uint256 senior);
    event FeesCollected(address indexed recipient, uint256 amount);
    event IncidentHeld(uint256 indexed incident, MarketId indexed market, uint256 liability);
    event IncidentDeclared(
        uint256 indexed incident,
        MarketId indexed market,
        uint256 liability,
        uint256 ratio,
        uint256 fromJunior,
        uint256 fromSenior,
        uint256 fromEscrow
    );
    event IncidentReleased(uint256 indexed incident, uint256 amount);
    event IncidentToppedUp(uint256 indexed incident, uint256 amount, uint256 ratio);
    event ClaimPaid(uint256 indexed incident, CoverId indexed cover, address indexed to, uint256 proven, uint256 paid);
    event ClaimSkipped(uint256 indexed incident, CoverId indexed cover, bytes4 reason);
    event SalvageReceived(uint256 indexed incident, address indexed from, uint256 amount);
    event SalvageClaimed(uint256 indexed incident, address indexed account, uint256 amount);
    event WindDownStarted();
    event PremiumRefunded(CoverId indexed cover, address indexed to, uint256 amount);
    event StreamUnwoundOf(uint256 indexed incident, uint256 refundable);
    event SettingChanged(bytes32 indexed setting, uint256 value);

    // ---- errors: each says what was given, what is allowed, and so what to do ------------------------------------
    error AlreadyInitialised();
    error NotAuthorised(address caller, bytes4 selector);
    error NotVault(address caller);
    error NotFactory(address caller);
    error AmountZero();
    error AmountTooLarge(uint256 amount, uint256 max);
    error TransferShortfall(uint256 expected, uint256 received);
    error MarketNotAttached(MarketId market);
    error MarketAlreadyAttached(MarketId market);
    error MarketKeyTaken(MarketKey key, MarketId by);
    error MarketAssetDiffers(address marketAsset, address poolAsset);
    error MarketRaiseWindowLonger(uint256 marketWindow, uint256 poolWindow);
    error MarketNotRegistered(MarketId market);
    error ParametricNeedsGate(MarketId market);
    error TooManyGroups(uint256 max);
    error OperationClosed(MarketId market, uint8 operation, uint8 phase, uint40 closedUntil);
    error StreamUnwound(uint256 incident);
    error StreamNotUnwound(MarketId market);
    error CardMissing(MarketId market);
    error CardStale(MarketId market, uint256 validUntil, uint256 time);
    error GroupCardStale(uint16 group, uint256 validUntil, uint256 time);
    error GroupAlerted(uint16 group, uint256 until);
    error TermOutOfBounds(uint256 seconds_, uint256 min, uint256 max);
    error PremiumAboveMax(uint256 premium, uint256 max);
    error UtilisationAboveGate(uint256 requiredCapital, uint256 max);
    error MarketFull(MarketId market, uint256 cover, uint256 max);
    error GroupFull(uint16 group, uint256 cover, uint256 max);
    error PoolFull(uint256 cover, uint256 max);
    error PoolWindingDown();
    error PoolShort(uint256 heldLiability, uint256 capital);
    error AccessRefused(address account, bytes32 operation);
    error NotHolder(CoverId cover, address caller, address holder);
    error PolicyNotActive(CoverId cover, PolicyState state);
    error PolicyOfAnotherPool(CoverId cover);
    error CoverEnded(CoverId cover, uint256 end);
    error ExtensionTooLate(CoverId cover, uint256 latest);
    error RenewalNotDue(CoverId cover, uint256 from, uint256 until);
    error RollingOrderMissing(CoverId cover);
    error RollingOrderNotHolders(CoverId cover, address payer, address holder);
    error MarketBehind(MarketId market, uint256 processedDay);
    error JuniorTooSmall(uint256 junior, uint256 min);
    error ExitsBehindIncidents(uint256 synced, uint256 count);
    error ExitHeld(uint256 escrow, uint256 held);
    error EscrowNotMatured(uint256 day, uint256 maturesAt);
    error IncidentNotOfPool(uint256 incident);
    error IncidentNotDeclarable(uint256 incident, uint8 state);
    error IncidentAlreadyDeclared(uint256 incident);
    error IncidentNotFinal(uint256 incident);
    error NotCoveredAtEvent(CoverId cover, uint256 start, uint256 end, uint256 eventTime);
    error ClaimWindowOver(uint256 until);
    error ClaimWindowOpen(uint256 until);
    error NothingProven(CoverId cover);
    error NothingToPay(CoverId cover);
    error NothingToClaim(uint256 incident, address account);
    error SettingOutOfBounds(bytes32 setting, uint256 value, uint256 min, uint256 max);

    // ---- cover --------------------------------------------------------------------------------------------------

    /// @notice Buys cover; the caller pays at once, in the pool's asset, by allowance to the pool.
    /// @return id the cover and its token
    /// @return premium what was paid, fee included
    function buy(BuyParams calldata params) external returns (CoverId id, uint256 premium);

    /// @notice Extends a cover by whole days at today's price; anyone may pay. Only while the extension's start is at
    /// least a waiting period away.
    function extend(CoverId id, uint16 addDays, uint96 maxPremium) external returns (uint256 premium);

    /// @notice Ends a cover at the next day boundary; void if it has not started. Holder only.
    /// @return refund (1 - fee) x min(unearned premium, its expected-loss part at today's card), rounded down
    function cancel(CoverId id) external returns (uint256 refund);

    /// @notice Holder only: sets or (addDays = 0) removes the standing order; the caller is the payer.
    function setRollingOrder(CoverId id, uint16 addDays, uint32 maxRate, uint48 tip) external;

    /// @notice Extends a cover by its standing order, in the 24 h that end one waiting period before its end.
    /// Permissionless; the tip goes to the caller.
    function renew(CoverId id) external returns (uint256 premium);

    /// @notice What `buy` would cost in this block if the pool were caught up; never less than the true price.
    function quote(MarketId market, uint256 cover, uint256 coverDays) external view returns (Quote memory);
    function quoteExtension(CoverId id, uint256 addDays) external view returns (Quote memory);

    // ---- upkeep (permissionless) ----------------------------------------------------------------------------------

    /// @notice Earns premium up to now, catches a market up with its day buckets (at most `maxDays` non-empty days) and
    /// applies its card. Never reverts for what the oracle says.
    function poke(MarketId market, uint256 maxDays) external;

    /// @notice Earns premium up to now.
    function accrue() external;

    /// @notice Takes z and the senior expected loss from the oracle.
    function syncPoolCard() external;

    /// @notice Takes note of incidents up to number `upTo`: holds back what the suspected markets' open cover could take.
    function syncIncidents(uint256 upTo) external;

    // ---- capital (vaults only) --------------------------------------------------------------------------------------

    /// @notice Assets of a tranche now, premium earned so far included.
    function trancheAssets(bool senior) external view returns (uint256);

    /// @notice Vault only, the assets having been sent: adds them to its tranche.
    /// @return before tranche assets before the deposit
    function deposit(bool senior, address account, uint256 assets) external returns (uint256 before);

    /// @notice Vault only: capital that has asked to leave is not priced against.
    function requestExit(bool senior, uint256 shares, uint256 supply) external returns (uint256 assets);

    /// @notice Vault only: strikes up to `shares` of `supply` at the net asset value of this moment, as far as the gates
    /// let go.
    /// @param pending shares of all requests
    /// @param requested assets they were valued at when requested
    /// @return struck shares struck
    /// @return day escrow day
    /// @return units escrow units of that day
    /// @return released the part of `requested` that no longer waits
    function strikeExit(bool senior, uint256 shares, uint256 supply, uint256 pending, uint256 requested)
        external
        returns (uint256 struck, uint256 day, uint256 units, uint256 released);

    /// @notice Vault only: pays `units` of an escrow day once R and its day of grace are over.
    function payExit(bool senior, uint256 day, uint256 units, address receiver) external returns (uint256 assets);

    /// @notice Assets behind the escrow units of a day, and when they can be paid.
    function escrowOf(bool senior, uint256 day) external view returns (uint256 assets, uint256 units, uint256 maturesAt);

    function maxDeposit(bool senior) external view returns (uint256);

    // ---- incidents ------------------------------------------------------------------------------------------------

    /// @notice Declares the loss of a Confirmed or Final incident in this pool, finalises a declared one that has become
    /// Final, or undoes a declared one that was Rejected. Permissionless, constant work; a tip comes from fees.
    function settleIncident(uint256 incident) external;

    /// @notice Once per ended market: takes its policies' rates out of the stream, so that the unearned premium x
    /// (1 - severity) can go back. Work grows with the days cover ends on (at most 380), not with policies. Permissionless.
    function unwindStream(uint256 incident) external;

    /// @notice Unearned premium x (1 - severity) of an ended market's policy, counted from the unwinding, to its holder.
    /// Permissionless.
    function refundEnded(CoverId id) external returns (uint256 amount);

    /// @notice Pays one claim to the holder; permissionless.
    /// @return paid asset units
    function pay(CoverId id) external returns (uint256 paid);

    /// @notice Pays many claims; skips those that are paid already, not eligible, or cannot receive.
    function payBatch(CoverId[] calldata ids) external returns (uint256 paid);

    /// @notice After the claim window: raises a payment made at a ratio below one. Permissionless.
    function payRest(CoverId id) external returns (uint256 paid);

    /// @notice Brings an under-paid incident up as capital held for others is released. Permissionless.
    function topUp(uint256 incident) external returns (uint256 amount);

    /// @notice After the claim window: what is left in the reserve goes to those who held shares at the declaration.
    function closeIncident(uint256 incident) external;

    /// @notice Anyone pays in recovered funds for those who held shares at the declaration.
    function addSalvage(uint256 incident, uint256 amount) external;

    /// @notice Share of an incident's loss that an account's tranche shares bore, 1e18 = all of it, rounded down.
    function salvageShare(uint256 incident, bool senior, address account) external view returns (uint256);

    /// @notice Share of salvage of an account's tranche shares at the declaration. Permissionless, goes to the account.
    function claimSalvage(uint256 incident, bool senior, address account) external returns (uint256 amount);

    // ---- settings (through the access manager) ----------------------------------------------------------------------

    function attachMarket(MarketId market) external;
    function detachMarket(MarketId market) external;
    function setParameter(bytes32 name, uint256 value) external;
    function startWindDown() external;
    /// @notice Sends the fees owed to the fee recipient or an integrator. Permissionless.
    function collectFees(address account) external returns (uint256 amount);

    // ---- reading ----------------------------------------------------------------------------------------------------

    function state() external view returns (PoolState memory);
    function marketState(MarketId market) external view returns (MarketState memory);
    function groupState(uint16 group) external view returns (uint256 weighted, uint256 unweighted, uint256 s);
    function policy(CoverId id) external view returns (Policy memory);
    function rollingOrder(CoverId id) external view returns (RollingOrder memory);
    function incidentState(uint256 incident) external view returns (PoolIncident memory);
    /// @notice Cover of a market that was active at `time`; the market must be caught up past it.
    function activeAt(MarketId market, uint256 time) external view returns (uint256);
    function marketOf(MarketKey key) external view returns (MarketId);
    function asset() external view returns (address);
    /// @notice Seconds from an exit's request to its maturity.
    function exitDelay() external view returns (uint256);
    function poolIndex() external view returns (uint256);
}
