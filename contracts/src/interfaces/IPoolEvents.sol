// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {CoverId} from "../types/CoverId.sol";
import {MarketId, MarketKey} from "../types/MarketId.sol";

import {PolicyState, RollingOrder} from "./IPoolTypes.sol";

/// @title What happens in a pool, and what it refuses
/// @notice Each error carries what was given and what is allowed, and so says what to do.
interface IPoolEvents {
    /// @notice A cover was sold and its token minted.
    /// @param cover carries the market's key in its bits 24 to 63
    /// @param terms cover u88 (bits 0-87) | rate u80 (88-167) | start day u16 (168-183) | end day u16 (184-199)
    event CoverBought(
        CoverId indexed cover, address indexed payer, uint256 terms, uint256 premium, uint256 fee
    );
    /// @notice A cover was extended, by anyone or by its standing order.
    /// @param end the new end, seconds, a day boundary
    /// @param premium paid for the extension, fee included, asset units
    /// @param fee part of `premium`
    event CoverExtended(CoverId indexed cover, uint256 end, uint256 premium, uint256 fee);
    /// @notice The holder ended a cover.
    /// @param end when it ends now, seconds, a day boundary; not after its start where it is void
    /// @param refund sent to the holder, asset units
    event CoverCancelled(CoverId indexed cover, uint256 end, uint256 refund);
    /// @notice The holder set its standing order to extend, or removed it (`addDays` 0).
    event RollingOrderSet(CoverId indexed cover, RollingOrder order);
    /// @notice The curator lets the pool sell cover of a market; `key` is what its covers carry.
    event MarketAttached(MarketId indexed market, MarketKey indexed key);
    /// @notice The curator let the pool sell no more cover of a market. What was sold stays covered.
    event MarketDetached(MarketId indexed market);
    /// @notice Someone caught a market up with its days and cards.
    /// @param cardNonce number of the card that is applied; 0 is none
    /// @param committed the market's cover that counts in V, asset units
    /// @param variance the pool's V of all markets, times 1e16
    event MarketSynced(MarketId indexed market, uint256 cardNonce, uint256 committed, uint256 variance);
    /// @notice Shares worth `assets` then asked to leave; the pool prices without them from now on.
    event ExitRequested(bool indexed senior, uint256 assets);
    /// @notice Exits left a tranche and wait in escrow.
    /// @param shares struck
    /// @param assets moved to escrow, rounded down, asset units
    /// @param day day of escrow, days since 1970
    /// @param units part of that day's escrow
    event ExitStruck(bool indexed senior, uint256 shares, uint256 assets, uint256 day, uint256 units);
    /// @notice A matured escrow was paid; `assets` are what losses left of it, rounded down.
    event ExitPaid(bool indexed senior, address indexed receiver, uint256 assets);
    /// @notice Fees owed went to the fee recipient or an integrator, in asset units.
    event FeesCollected(address indexed recipient, uint256 amount);
    /// @notice The pool took note of an incident of one of its markets. `liability` is what its cover could take at
    /// most, asset units; so much does not leave.
    event IncidentHeld(uint256 indexed incident, MarketId indexed market, uint256 liability);
    /// @notice The pool took an incident's loss.
    /// @param liability severity times cover active at the event, less the deductible, rounded up, asset units
    /// @param ratio share of it that capital allows, 1e18 = all
    /// @param fromJunior taken from live junior capital, asset units
    /// @param fromSenior taken from live senior capital, asset units
    /// @param fromEscrow taken from exits struck since the event, asset units
    event IncidentDeclared(
        uint256 indexed incident,
        MarketId indexed market,
        uint256 liability,
        uint256 ratio,
        uint256 fromJunior,
        uint256 fromSenior,
        uint256 fromEscrow
    );
    /// @notice An incident takes no more: it was rejected, or its claim window is over. `amount`, in asset units, is
    /// what was held for it (rejected before the declaration) or is for salvage (rejected after it; at the end of the
    /// claim window, what is left of its reserve).
    event IncidentReleased(uint256 indexed incident, uint256 amount);
    /// @notice Capital that is free again brought an under-paid incident up by `amount` asset units.
    /// @param ratio share of the liability that is reserved now, 1e18 = all
    event IncidentToppedUp(uint256 indexed incident, uint256 amount, uint256 ratio);
    /// @notice A claim, or its rest, was paid to the holder.
    /// @param payment incident u64 (bits 0-63) | claim proven u96 (64-159) | asset units paid u96 (160-255)
    event ClaimPaid(CoverId indexed cover, address to, uint256 payment);
    /// @notice A batch left a claim out; `reason` is the selector of the error that `pay` would give. With
    /// TransferShortfall the claim is proven and counted, and only the payment is still owed.
    event ClaimSkipped(uint256 indexed incident, CoverId indexed cover, bytes4 reason);
    /// @notice Recovered funds were paid in for those who bore an incident's loss.
    event SalvageReceived(uint256 indexed incident, address indexed from, uint256 amount);
    /// @notice An account got its share of salvage, asset units, for its shares or its escrow at the declaration.
    event SalvageClaimed(uint256 indexed incident, address indexed account, uint256 amount);
    /// @notice The pool sells no cover and takes no deposit any more, for good.
    event WindDownStarted();
    /// @notice Premium went back to a cover's holder: held back while capital was short, or unearned when its market
    /// ended.
    event PremiumRefunded(CoverId indexed cover, address indexed to, uint256 amount);
    /// @notice An ended market's rates were taken out of the stream; `refundable`, in asset units, waits for its
    /// holders.
    event StreamUnwoundOf(uint256 indexed incident, uint256 refundable);
    /// @notice The curator changed a setting; `value` in the setting's own unit.
    event SettingChanged(bytes32 indexed setting, uint256 value);

    /// @notice A pool is set up once, by its factory.
    error AlreadyInitialised();
    /// @notice The access manager does not let the caller call this function.
    error NotAuthorised(address caller, bytes4 selector);
    /// @notice Only the tranche's own vault moves its capital.
    error NotVault(address caller);
    /// @notice Only the factory sets a pool up.
    error NotFactory(address caller);
    /// @notice There is nothing to buy, deposit, add or collect.
    error AmountZero();
    /// @notice The amount does not fit what the pool keeps of it; at most `max`, asset units.
    error AmountTooLarge(uint256 amount, uint256 max);
    /// @notice A batch needs so much gas to try the next claim fairly: send more, or fewer ids.
    error GasTooLow(uint256 left, uint256 needed);
    /// @notice The token did not move `amount` asset units from `from`: its balance, or its allowance for the pool or vault
    /// that takes them, is short, or the token refuses it.
    error PaymentRefused(address from, uint256 amount);
    /// @notice Less arrived, or left, than was sent: assets that take a fee on transfer are not supported.
    error TransferShortfall(uint256 expected, uint256 received);
    /// @notice The pool does not sell cover of this market, or never knew it.
    error MarketNotAttached(MarketId market);
    /// @notice The pool sells cover of this market already.
    error MarketAlreadyAttached(MarketId market);
    /// @notice Another market of this pool has the same first 40 bits of its id.
    error MarketKeyTaken(MarketKey key, MarketId by);
    /// @notice Markets are covered in the pool's asset only.
    error MarketAssetDiffers(address marketAsset, address poolAsset);
    /// @notice Escrow would be paid before an incident of this market must be raised; both in seconds.
    error MarketRaiseWindowLonger(uint256 marketWindow, uint256 poolWindow);
    /// @notice The registry does not know this market.
    error MarketNotRegistered(MarketId market);
    /// @notice A market without exposure module is covered only in pools with an access gate.
    error ParametricNeedsGate(MarketId market);
    /// @notice A pool holds markets of at most `max` hard groups.
    error TooManyGroups(uint256 max);
    /// @notice Sales or extensions of this market are closed: for a while, until `closedUntil`, or by its phase; or
    /// cancelling is, which is operation 0, by its phase alone.
    error OperationClosed(MarketId market, uint8 operation, uint8 phase, uint40 closedUntil);
    /// @notice An incident's rates are taken out of the stream once.
    error StreamUnwound(uint256 incident);
    /// @notice The market's incident is not Final, or nobody called `unwindStream` for it yet.
    error StreamNotUnwound(MarketId market);
    /// @notice No card was ever applied to this market: nothing can be priced.
    error CardMissing(MarketId market);
    /// @notice The market's card is past its `validUntil`: sales wait for the next one.
    error CardStale(MarketId market, uint256 validUntil, uint256 time);
    /// @notice The card of one of the market's groups is past its `validUntil`, or was never published.
    error GroupCardStale(uint16 group, uint256 validUntil, uint256 time);
    /// @notice A guardian stopped sales in this group until `until`, in seconds.
    error GroupAlerted(uint16 group, uint256 until);
    /// @notice The time from now to the end of cover, in seconds, is outside its bounds.
    error TermOutOfBounds(uint256 seconds_, uint256 min, uint256 max);
    /// @notice The premium is higher than the payer allows; both in asset units, fee included.
    error PremiumAboveMax(uint256 premium, uint256 max);
    /// @notice The sale would tie up more than the gate's part of pricing capital.
    error UtilisationAboveGate(uint256 requiredCapital, uint256 max);
    /// @notice With this sale the market's committed cover would be above its cap, by share of pricing capital or by
    /// card; asset units.
    error MarketFull(MarketId market, uint256 cover, uint256 max);
    /// @notice With this sale a group's committed cover would be above its cap; asset units.
    error GroupFull(uint16 group, uint256 cover, uint256 max);
    /// @notice With this sale the pool's cover would be above its gearing times pricing capital; asset units.
    error PoolFull(uint256 cover, uint256 max);
    /// @notice The pool sells no cover and takes no deposit any more.
    error PoolWindingDown();
    /// @notice Open incidents could take more than there is, or one paid below one is not made up yet: no sales,
    /// deposits or exits. After what open incidents hold comes, for a deposit, live capital; for an exit, the liability
    /// of incidents paid below one; for a sale, 0.
    error PoolShort(uint256 heldLiability, uint256 capital);
    /// @notice The pool's access gate does not let the account buy or deposit.
    error AccessRefused(address account, bytes32 operation);
    /// @notice Only the holder of the cover token may do this.
    error NotHolder(CoverId cover, address caller, address holder);
    /// @notice The policy is void or paid, or (None) was never sold; for `payRest`, it is not paid for this incident
    /// yet.
    error PolicyNotActive(CoverId cover, PolicyState state);
    /// @notice The cover's number names another pool: ask that one.
    error PolicyOfAnotherPool(CoverId cover);
    /// @notice The cover ended at `end`, in seconds: there is nothing left to cancel.
    error CoverEnded(CoverId cover, uint256 end);
    /// @notice An extension was possible until `latest`, in seconds, one waiting period before the end.
    error ExtensionTooLate(CoverId cover, uint256 latest);
    /// @notice A standing order is carried out from `from` until `until`, in seconds.
    error RenewalNotDue(CoverId cover, uint256 from, uint256 until);
    /// @notice The cover has no standing order.
    error RollingOrderMissing(CoverId cover);
    /// @notice The standing order was set by a former holder: it does not bind the present one.
    error RollingOrderNotHolders(CoverId cover, address payer, address holder);
    /// @notice The market's days are processed up to `processedDay` only: call `poke` first.
    error MarketBehind(MarketId market, uint256 processedDay);
    /// @notice With this deposit the junior tranche would be below its least share; asset units.
    error JuniorTooSmall(uint256 junior, uint256 min);
    /// @notice The pool has not taken note of all incidents: call `syncIncidents` first.
    error ExitsBehindIncidents(uint256 synced, uint256 count);
    /// @notice Open incidents could take `held` of this tranche's escrow: payment waits for them.
    error ExitHeld(uint256 escrow, uint256 held);
    /// @notice The day's escrow is paid from `maturesAt` on, in seconds.
    error EscrowNotMatured(uint256 day, uint256 maturesAt);
    /// @notice The incident's market was never attached here, the incident was not declared here, or a batch has a
    /// cover of another market.
    error IncidentNotOfPool(uint256 incident);
    /// @notice Nothing of this incident is left to be done here; `state` is the board's, or for a claim the pool's own
    /// stage of it.
    error IncidentNotDeclarable(uint256 incident, uint8 state);
    /// @notice The incident is not Final in this pool yet, or is closed already.
    error IncidentNotFinal(uint256 incident);
    /// @notice The event was not between the cover's start (included) and end (not included); seconds.
    error NotCoveredAtEvent(CoverId cover, uint256 start, uint256 end, uint256 eventTime);
    /// @notice Claims of this incident were taken until `until`, in seconds.
    error ClaimWindowOver(uint256 until);
    /// @notice Claims of this incident are taken until `until`, in seconds; its reserve is kept for them.
    error ClaimWindowOpen(uint256 until);
    /// @notice The incident was paid below one, and another incident that is open or confirmed may still let go what it
    /// lacks: it is closed once those are final or rejected.
    error IncidentStillOwed(uint256 incident);
    /// @notice The exposure module proves no loss now; before Final none does.
    error NothingProven(CoverId cover);
    /// @notice There is nothing to pay now: no share is payable yet, all of it was paid, or nothing was held back. In a
    /// top-up the cover is 0: the incident is not one that is Final and under-paid.
    error NothingToPay(CoverId cover);
    /// @notice The account or request bore no part of this loss, or has had all of its share.
    error NothingToClaim(uint256 incident, address account);
    /// @notice The incident was paid below one and may still be topped up: its salvage is not shared out yet.
    error SalvageWaits(uint256 incident);
    /// @notice The value is outside its bounds; with bounds 0 and 0 there is no setting of this name.
    error SettingOutOfBounds(bytes32 setting, uint256 value, uint256 min, uint256 max);
}
