// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {CoverId} from "../types/CoverId.sol";
import {MarketId, MarketKey} from "../types/MarketId.sol";

import {PolicyState, RollingOrder} from "./IPoolTypes.sol";

/// @title What happens in a pool, and what it refuses
/// @notice Each error carries what was given and what is allowed, and so says what to do.
interface IPoolEvents {
    /// @param cover carries the market's key in its bits 24 to 63
    /// @param terms cover u88 (bits 0-87) | rate u80 (88-167) | start day u16 (168-183) | end day u16 (184-199)
    event CoverBought(
        CoverId indexed cover, address indexed payer, uint256 terms, uint256 premium, uint256 fee
    );
    event CoverExtended(CoverId indexed cover, uint256 end, uint256 premium, uint256 fee);
    event CoverCancelled(CoverId indexed cover, uint256 end, uint256 refund);
    event RollingOrderSet(CoverId indexed cover, RollingOrder order);
    event MarketAttached(MarketId indexed market, MarketKey indexed key);
    event MarketDetached(MarketId indexed market);
    event MarketSynced(MarketId indexed market, uint256 cardNonce, uint256 committed, uint256 variance);
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
    /// @param payment incident u64 (bits 0-63) | claim proven u96 (64-159) | asset units paid u96 (160-255)
    event ClaimPaid(CoverId indexed cover, address to, uint256 payment);
    event ClaimSkipped(uint256 indexed incident, CoverId indexed cover, bytes4 reason);
    event SalvageReceived(uint256 indexed incident, address indexed from, uint256 amount);
    event SalvageClaimed(uint256 indexed incident, address indexed account, uint256 amount);
    event WindDownStarted();
    event PremiumRefunded(CoverId indexed cover, address indexed to, uint256 amount);
    event StreamUnwoundOf(uint256 indexed incident, uint256 refundable);
    event SettingChanged(bytes32 indexed setting, uint256 value);

    error AlreadyInitialised();
    error NotAuthorised(address caller, bytes4 selector);
    error NotVault(address caller);
    error NotFactory(address caller);
    error AmountZero();
    error AmountTooLarge(uint256 amount, uint256 max);
    error GasTooLow(uint256 left, uint256 needed);
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
    error SalvageWaits(uint256 incident);
    error SettingOutOfBounds(bytes32 setting, uint256 value, uint256 min, uint256 max);
}
