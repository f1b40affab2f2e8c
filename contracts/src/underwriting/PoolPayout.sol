// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {FixedPointMathLib as Math} from "solady/utils/FixedPointMathLib.sol";
import {SafeCastLib} from "solady/utils/SafeCastLib.sol";
import {SafeTransferLib} from "solady/utils/SafeTransferLib.sol";

import {IExposure} from "../interfaces/IExposure.sol";
import {IPool, PolicyState} from "../interfaces/IPool.sol";
import {ITrancheVault} from "../interfaces/ITrancheVault.sol";
import {ExpiryBitmap} from "../libraries/ExpiryBitmap.sol";
import {TrancheMath} from "../libraries/TrancheMath.sol";
import {CoverId} from "../types/CoverId.sol";
import {MarketKey} from "../types/MarketId.sol";
import {LOSS_CLOSED, LOSS_DECLARED, LOSS_FINAL, LOSS_UNDONE, Loss, PoolLoss} from "./PoolLoss.sol";
import {Capital, PolicyWord, PolicyWordLib} from "./PoolWords.sol";

/// @title Paying: claims in any order at one ratio, what is left, what is recovered
abstract contract PoolPayout is PoolLoss {
    using ExpiryBitmap for mapping(uint256 => uint256);
    using SafeCastLib for uint256;

    /// @dev Gas a receiver's token may use within a batch: enough for any honest transfer.
    uint256 private constant BATCH_TRANSFER_GAS = 200_000;

    /// @dev By incident, tranche and account.
    mapping(uint256 => mapping(bool => mapping(address => uint256))) private _salvaged;

    /// @inheritdoc IPool
    function pay(CoverId id) external nonReentrant returns (uint256 paid) {
        (uint256 incident, Loss storage l) = _lossFor(id);
        (address holder, address insured) = COVER.partiesOf(id);
        uint256 proven;
        bytes4 refused;
        (paid, proven, refused) = _claim(id, incident, l, insured, true);
        if (refused != 0) _revertClaim(id, l, refused);
        l.paid += uint96(paid);
        SafeTransferLib.safeTransfer(_terms.asset, holder, paid);
        emit ClaimPaid(incident, id, holder, proven, paid);
    }

    /// @inheritdoc IPool
    function payBatch(CoverId[] calldata ids) external nonReentrant returns (uint256 paid) {
        if (ids.length == 0) return 0;
        (uint256 incident, Loss storage l) = _lossFor(ids[0]);
        address asset_ = _terms.asset;
        for (uint256 n; n < ids.length; ++n) {
            CoverId id = ids[n];
            if (CoverId.unwrap(id) >> 24 != CoverId.unwrap(ids[0]) >> 24) {
                emit ClaimSkipped(incident, id, IncidentNotOfPool.selector);
                continue;
            }
            paid += _payOne(id, incident, l, asset_);
        }
        l.paid += paid.toUint96();
    }

    /// @inheritdoc IPool
    function payRest(CoverId id) external nonReentrant returns (uint256 paid) {
        (uint256 incident, Loss storage l) = _lossFor(id);
        PolicyWord p = _policies[id.sequence()];
        if (p.state() != uint8(PolicyState.Paid)) revert PolicyNotActive(id, PolicyState(p.state()));
        (address holder,) = COVER.partiesOf(id);
        uint256 claim;
        (paid, claim) = _payDue(id, l, p);
        if (paid == 0) revert NothingToPay(id);
        l.paid += uint96(paid);
        SafeTransferLib.safeTransfer(_terms.asset, holder, paid);
        emit ClaimPaid(incident, id, holder, claim, paid);
    }

    /// @dev One of a batch: whatever is wrong with it stops nobody. A transfer that fails leaves the proven claim owed.
    function _payOne(CoverId id, uint256 incident, Loss storage l, address asset_) private returns (uint256 paid) {
        (address holder, address insured) = COVER.partiesOf(id);
        uint256 claim;
        bytes4 refused;
        (paid, claim, refused) = _claim(id, incident, l, insured, false);
        if (refused != 0) {
            emit ClaimSkipped(incident, id, refused);
            return 0;
        }
        if (!_trySend(asset_, holder, paid)) {
            PolicyWord p = _policies[id.sequence()];
            _policies[id.sequence()] = PolicyWordLib.pack(p.cover(), p.rate(), p.startDay(), p.endDay(), p.state(), 0);
            emit ClaimSkipped(incident, id, TransferShortfall.selector);
            return 0;
        }
        emit ClaimPaid(incident, id, holder, claim, paid);
    }

    function _trySend(address asset_, address to, uint256 amount) private returns (bool sent) {
        bytes memory data = abi.encodeWithSignature("transfer(address,uint256)", to, amount);
        uint256 gas_ = BATCH_TRANSFER_GAS;
        assembly ("memory-safe") {
            mstore(0, 1)
            sent := call(gas_, asset_, 0, add(data, 0x20), mload(data), 0, 0x20)
            sent := and(sent, eq(mload(0), 1))
        }
    }

    /// @dev First claim of a policy: proves it and marks it paid as far as the incident's share allows.
    /// @return due asset units to send now
    /// @return claim what was proven, less the deductible
    /// @return refused selector of the error that stands in the way, 0 if none
    function _claim(CoverId id, uint256 incident, Loss storage l, address insured, bool strict)
        private
        returns (uint256 due, uint256 claim, bytes4 refused)
    {
        uint64 sequence = id.sequence();
        PolicyWord p = _policies[sequence];
        if (p.state() != uint8(PolicyState.Active)) return (0, 0, PolicyNotActive.selector);
        uint256 eventTime = l.eventTime;
        if (eventTime < p.startDay() * DAY || eventTime >= p.endDay() * DAY) return (0, 0, NotCoveredAtEvent.selector);
        if (block.timestamp > l.claimsUntil) return (0, 0, ClaimWindowOver.selector);
        claim = p.cover() * l.severity / 1e8;
        if (!l.parametric) claim = _prove(id, incident, insured, claim, strict);
        claim = claim * (1e4 - l.deductibleBps) / 1e4;
        if (claim == 0) return (0, 0, NothingProven.selector);
        uint256 share = l.share;
        due = claim * share / 1e8;
        l.proven += uint96(claim);
        _policies[sequence] =
            PolicyWordLib.pack(claim, p.rate(), p.startDay(), p.endDay(), uint256(uint8(PolicyState.Paid)), share);
    }

    /// @dev In a batch an exposure module that reverts proves nothing, and stops nobody.
    function _prove(CoverId id, uint256 incident, address insured, uint256 wanted, bool strict)
        private
        returns (uint256 proven)
    {
        MarketKey key = MarketKey.wrap(uint40(id.sequence() >> 24));
        IExposure module = IExposure(_exposures[key]);
        if (strict) {
            proven = module.settle(incident, _marketIds[key], id, insured, wanted);
        } else {
            try module.settle(incident, _marketIds[key], id, insured, wanted) returns (uint256 amount) {
                proven = amount;
            } catch {
                return 0;
            }
        }
        if (proven > wanted) proven = wanted;
    }

    /// @dev What a share that has risen still owes on a proven claim.
    function _payDue(CoverId id, Loss storage l, PolicyWord p) private returns (uint256 due, uint256 claim) {
        claim = p.cover();
        uint256 share = l.share;
        uint256 before = p.paidShare();
        if (share <= before) return (0, claim);
        due = claim * share / 1e8 - claim * before / 1e8;
        _policies[id.sequence()] =
            PolicyWordLib.pack(claim, p.rate(), p.startDay(), p.endDay(), uint256(uint8(PolicyState.Paid)), share);
    }

    function _revertClaim(CoverId id, Loss storage l, bytes4 refused) private view {
        PolicyWord p = _policies[id.sequence()];
        if (refused == PolicyNotActive.selector) revert PolicyNotActive(id, PolicyState(p.state()));
        if (refused == NotCoveredAtEvent.selector) {
            revert NotCoveredAtEvent(id, p.startDay() * DAY, p.endDay() * DAY, l.eventTime);
        }
        if (refused == ClaimWindowOver.selector) revert ClaimWindowOver(l.claimsUntil);
        revert NothingProven(id);
    }

    /// @dev The incident a policy's market ran into, declared in this pool.
    function _lossFor(CoverId id) internal view returns (uint256 incident, Loss storage l) {
        if (id.poolIndex() != _facts.poolIndex) revert PolicyOfAnotherPool(id);
        incident = _lossOf[MarketKey.wrap(uint40(id.sequence() >> 24))];
        l = _losses[incident];
        uint8 stage = l.stage;
        if (stage < LOSS_DECLARED || stage == LOSS_UNDONE) revert IncidentNotDeclarable(incident, stage);
    }

    // What is left ---------------------------------------------------------------------------------------------------

    /// @inheritdoc IPool
    function closeIncident(uint256 incident) external nonReentrant {
        Loss storage l = _losses[incident];
        if (l.stage != LOSS_FINAL) revert IncidentNotFinal(incident);
        if (block.timestamp <= l.claimsUntil) revert ClaimWindowOpen(l.claimsUntil);
        uint256 share = l.share;
        if (l.proven != 0) share = Math.max(share, Math.min(1e8, Math.fullMulDiv(l.moved, 1e8, l.proven)));
        uint256 owed = Math.fullMulDivUp(l.proven, share, 1e8);
        uint256 left = Math.zeroFloorSub(l.moved, owed);
        l.stage = LOSS_CLOSED;
        l.share = uint32(share);
        l.salvage += uint96(left);
        _leaveShort(l);
        l.moved -= uint96(left);
        _updateShort(_loadCapital());
        emit IncidentReleased(incident, left);
    }

    /// @inheritdoc IPool
    function addSalvage(uint256 incident, uint256 amount) external nonReentrant {
        Loss storage l = _losses[incident];
        if (l.stage < LOSS_DECLARED) revert IncidentNotOfPool(incident);
        if (amount == 0) revert AmountZero();
        l.salvage += amount.toUint96();
        _pull(_terms.asset, msg.sender, amount);
        emit SalvageReceived(incident, msg.sender, amount);
    }

    /// @inheritdoc IPool
    function salvageShare(uint256 incident, bool senior, address account) public view returns (uint256) {
        Loss storage l = _losses[incident];
        uint256 lost = uint256(l.fromJunior) + l.fromSenior + l.fromJuniorEscrow + l.fromSeniorEscrow;
        if (lost == 0) return 0;
        return Math.fullMulDiv(_accountLoss(l, senior, account), 1e18, lost);
    }

    /// @inheritdoc IPool
    function claimSalvage(uint256 incident, bool senior, address account)
        external
        nonReentrant
        returns (uint256 amount)
    {
        Loss storage l = _losses[incident];
        uint256 lostSenior = uint256(l.fromSenior) + l.fromSeniorEscrow;
        uint256 lostJunior = uint256(l.fromJunior) + l.fromJuniorEscrow;
        (uint256 part, uint256 toSenior) = TrancheMath.recovery(l.salvage, lostSenior);
        uint256 lost = lostJunior;
        if (senior) (part, lost) = (toSenior, lostSenior);
        if (lost != 0) amount = Math.fullMulDiv(part, _accountLoss(l, senior, account), lost);
        uint256 before = _salvaged[incident][senior][account];
        if (amount <= before) revert NothingToClaim(incident, account);
        _salvaged[incident][senior][account] = amount;
        amount -= before;
        l.salvageClaimed += uint96(amount);
        SafeTransferLib.safeTransfer(_terms.asset, account, amount);
        emit SalvageClaimed(incident, account, amount);
    }

    /// @dev Part of a tranche's live loss that fell on an account's shares, rounded down.
    function _accountLoss(Loss storage l, bool senior, address account) private view returns (uint256) {
        (uint256 shares, uint256 supply) = ITrancheVault(senior ? _seniorVault : _juniorVault)
            .sharesAt(senior ? l.seniorSnapshot : l.juniorSnapshot, account);
        if (supply == 0) return 0;
        return Math.fullMulDiv(senior ? l.fromSenior : l.fromJunior, shares, supply);
    }

    // Premium of an ended market ---------------------------------------------------------------------------------------

    /// @inheritdoc IPool
    function unwindStream(uint256 incident) external nonReentrant {
        Loss storage l = _losses[incident];
        if (l.stage != LOSS_FINAL && l.stage != LOSS_CLOSED) revert IncidentNotFinal(incident);
        if (l.unwoundAt != 0) revert StreamUnwound(incident);
        l.unwoundAt = uint40(block.timestamp);
        Capital memory c = _loadCapital();
        uint256 lost = l.severity;
        uint256 refundable;
        uint256 day = block.timestamp / DAY;
        uint256 last = day + 400;
        while ((day = _marketDays[l.key].nextAfter(day, last)) != 0) {
            uint256 rate = _buckets[l.key][day].rate();
            uint256 back = rate - rate * lost / 1e8;
            refundable += _refundOf(rate, day, block.timestamp, lost);
            c.rate -= back;
            _rateEnding[day] -= back;
        }
        c.unearned -= refundable;
        c.streamChanged = true;
        _refunds += refundable.toUint96();
        _refreshUtilisation(c);
        _storeCapital(c);
        emit StreamUnwoundOf(incident, refundable);
    }

    /// @inheritdoc IPool
    function refundEnded(CoverId id) external nonReentrant returns (uint256 amount) {
        (, Loss storage l) = _lossFor(id);
        PolicyWord p = _policies[id.sequence()];
        if (l.unwoundAt == 0) revert StreamNotUnwound(_marketIds[l.key]);
        if (p.endDay() * DAY > l.unwoundAt) amount = _refundOf(p.rate(), p.endDay(), l.unwoundAt, l.severity);
        if (amount == 0) revert NothingToPay(id);
        _policies[id.sequence()] =
            PolicyWordLib.pack(p.cover(), 0, p.startDay(), p.endDay(), p.state(), p.paidShare());
        _refunds -= uint96(amount);
        (address holder,) = COVER.partiesOf(id);
        SafeTransferLib.safeTransfer(_terms.asset, holder, amount);
        emit PremiumRefunded(id, holder, amount);
    }

    /// @dev (1 - severity) x rate x time left, rounded down.
    function _refundOf(uint256 rate, uint256 day, uint256 from, uint256 severity) private pure returns (uint256) {
        return (rate * (day * DAY - from) * (1e8 - severity) / 1e8) >> 16;
    }
}
