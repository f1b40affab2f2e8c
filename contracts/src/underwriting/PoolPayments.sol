// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {SafeCastLib} from "solady/utils/SafeCastLib.sol";
import {SafeTransferLib} from "solady/utils/SafeTransferLib.sol";

import {ICoverToken} from "../interfaces/ICoverToken.sol";
import {IExposure} from "../interfaces/IExposure.sol";
import {IPoolSales} from "../interfaces/IPool.sol";
import {PolicyState} from "../interfaces/IPoolTypes.sol";
import {ClaimMath} from "../libraries/ClaimMath.sol";
import {CoverId} from "../types/CoverId.sol";
import {MarketId, MarketKey} from "../types/MarketId.sol";
import {PoolBase} from "./PoolBase.sol";
import {LOSS_DECLARED, Loss, LossWord, PolicyWord} from "./PoolWords.sol";

/// @title Paying: claims in any order, at one ratio
/// @notice Every claim of an incident is paid the same share, whichever comes first.
abstract contract PoolPayments is PoolBase, IPoolSales {
    /// @dev Gas that a transfer and a proof may use within a batch: enough for any honest one.
    uint256 private constant BATCH_TRANSFER_GAS = 200_000;
    uint256 private constant BATCH_PROOF_GAS = 1_000_000;
    /// @dev What the call itself needs beside that.
    uint256 private constant CALL_OVERHEAD = 10_000;

    /// @inheritdoc IPoolSales
    function pay(CoverId id) external nonReentrant returns (uint256 paid) {
        (uint256 incident, Loss storage l, LossWord word) = _lossFor(id);
        (uint256 due, uint256 claim, address holder, bytes4 refused) = _claim(id, incident, word, true);
        if (refused != 0) _revertClaim(id, word, refused);
        paid = due;
        _count(l, claim, paid);
        if (paid != 0) SafeTransferLib.safeTransfer(_asset(), holder, paid);
        emit ClaimPaid(id, holder, _payment(incident, claim, paid));
    }

    /// @inheritdoc IPoolSales
    function payBatch(CoverId[] calldata ids) external nonReentrant returns (uint256 paid) {
        if (ids.length == 0) return 0;
        (uint256 incident, Loss storage l, LossWord word) = _lossFor(ids[0]);
        address asset_ = _asset();
        uint256 market = CoverId.unwrap(ids[0]) >> 24;
        uint256 proven;
        for (uint256 n; n < ids.length; ++n) {
            CoverId id = ids[n];
            if (CoverId.unwrap(id) >> 24 != market) {
                emit ClaimSkipped(incident, id, IncidentNotOfPool.selector);
                continue;
            }
            (uint256 claim, uint256 sent) = _payOne(id, incident, word, asset_);
            unchecked {
                proven += claim;
                paid += sent;
            }
        }
        _count(l, proven, paid);
    }

    /// @inheritdoc IPoolSales
    function payRest(CoverId id) external nonReentrant returns (uint256 paid) {
        (uint256 incident, Loss storage l, LossWord word) = _lossFor(id);
        PolicyWord p = _policies[id.sequence()];
        if (p.state() != uint8(PolicyState.Paid) || !p.isPaidFor(incident)) {
            revert PolicyNotActive(id, PolicyState(p.state()));
        }
        (address holder,) = _partiesOf(id);
        uint256 claim = word.parametric() ? word.claimOn(p.cover()) : p.cover();
        paid = _payDue(id, incident, word, p, claim);
        if (paid == 0) revert NothingToPay(id);
        _count(l, 0, paid);
        SafeTransferLib.safeTransfer(_asset(), holder, paid);
        emit ClaimPaid(id, holder, _payment(incident, claim, paid));
    }

    /// @dev Third word of a loss: what was paid (low u96) and proven (next u96) so far; both stay below the reserve's and
    /// the liability's u96, else it refuses.
    function _count(Loss storage l, uint256 proven, uint256 paid) private {
        uint256 word;
        assembly ("memory-safe") {
            word := sload(add(l.slot, 2))
        }
        unchecked {
            if (
                (uint256(uint96(word)) + paid) >> 96 != 0 || (uint256(uint96(word >> 96)) + proven) >> 96 != 0
            ) {
                revert SafeCastLib.Overflow();
            }
            word += paid | (proven << 96);
        }
        assembly ("memory-safe") {
            sstore(add(l.slot, 2), word)
        }
    }

    /// @dev Claims and payments are below 2^88, as the cover.
    function _payment(uint256 incident, uint256 claim, uint256 paid) private pure returns (uint256) {
        return incident | (claim << 64) | (paid << 160);
    }

    /// @dev One of a batch: whatever is wrong with it stops nobody. A transfer that fails leaves the proven claim owed.
    function _payOne(CoverId id, uint256 incident, LossWord word, address asset_)
        private
        returns (uint256 claim, uint256 paid)
    {
        address holder;
        bytes4 refused;
        (paid, claim, holder, refused) = _claim(id, incident, word, false);
        if (refused != 0) {
            emit ClaimSkipped(incident, id, refused);
            return (0, 0);
        }
        if (!_trySend(asset_, holder, paid)) {
            PolicyWord p = _policies[id.sequence()];
            _policies[id.sequence()] = p.withPayment(uint8(PolicyState.Paid), 0, incident);
            emit ClaimSkipped(incident, id, TransferShortfall.selector);
            return (claim, 0);
        }
        emit ClaimPaid(id, holder, _payment(incident, claim, paid));
    }

    function _trySend(address asset_, address to, uint256 amount) private returns (bool sent) {
        uint256 gas_ = BATCH_TRANSFER_GAS;
        _requireGas(BATCH_TRANSFER_GAS);
        assembly ("memory-safe") {
            // transfer(address,uint256), from the scratch space; a token that answers nothing has not refused.
            mstore(0x14, to)
            mstore(0x34, amount)
            mstore(0, 0xa9059cbb000000000000000000000000)
            let ok := call(gas_, asset_, 0, 0x10, 0x44, 0, 0x20)
            sent := and(ok, or(iszero(returndatasize()), eq(mload(0), 1)))
            mstore(0x34, 0)
        }
    }

    /// @dev EIP-150 hands on at most 63/64 of what is left: less would fail for want of gas, not for what is called.
    function _requireGas(uint256 limit) private view {
        unchecked {
            uint256 needed = limit * 64 / 63 + CALL_OVERHEAD;
            if (gasleft() < needed) revert GasTooLow(gasleft(), needed);
        }
    }

    /// @dev As the cover token's partiesOf, whose answer is two clean words.
    function _partiesOf(CoverId id) private view returns (address holder, address insured) {
        ICoverToken token = COVER;
        bytes4 selector = ICoverToken.partiesOf.selector;
        assembly ("memory-safe") {
            mstore(0, selector)
            mstore(4, id)
            if iszero(staticcall(gas(), token, 0, 0x24, 0, 0x40)) {
                returndatacopy(mload(0x40), 0, returndatasize())
                revert(mload(0x40), returndatasize())
            }
            holder := mload(0)
            insured := mload(0x20)
        }
    }

    /// @notice First claim of a policy: proves it and marks it paid as far as the incident's share allows.
    /// @return due asset units to send now
    /// @return claim what was proven, less the deductible
    /// @return holder receives it
    /// @return refused selector of the error that stands in the way, 0 if none
    function _claim(CoverId id, uint256 incident, LossWord l, bool strict)
        private
        returns (uint256 due, uint256 claim, address holder, bytes4 refused)
    {
        uint256 slot = _policySlot(id);
        PolicyWord p;
        assembly ("memory-safe") {
            p := sload(slot)
        }
        if (p.state() != uint8(PolicyState.Active)) {
            p = _standing(id);
            if (p.state() != uint8(PolicyState.Active)) return (0, 0, address(0), PolicyNotActive.selector);
        }
        uint256 share = l.share();
        uint256 cover = p.cover();
        // Days are below 2^16.
        unchecked {
            uint256 eventTime = l.eventTime();
            if (eventTime < p.startDay() * DAY || eventTime >= p.endDay() * DAY) {
                return (0, 0, address(0), NotCoveredAtEvent.selector);
            }
        }
        if (block.timestamp > l.claimsUntil()) return (0, 0, address(0), ClaimWindowOver.selector);
        if (share == 0) return (0, 0, address(0), NothingToPay.selector);
        address insured;
        (holder, insured) = _partiesOf(id);
        if (l.parametric()) {
            claim = l.claimOn(cover);
        } else {
            claim = _proven(id, incident, l, insured, cover, strict);
            p = p.withCover(claim);
            // The proof called other contracts: who holds the cover now is paid.
            (holder,) = _partiesOf(id);
        }
        if (claim == 0) return (0, 0, address(0), NothingProven.selector);
        due = ClaimMath.due(claim, share);
        p = p.withPayment(uint8(PolicyState.Paid), share, incident);
        assembly ("memory-safe") {
            sstore(slot, p)
        }
    }

    /// @dev Where a policy is, to hash it once.
    function _policySlot(CoverId id) private pure returns (uint256 slot) {
        // Widened, so that no bit above the sequence is left.
        uint256 sequence = id.sequence();
        assembly ("memory-safe") {
            mstore(0, and(sequence, 0xffffffffffffffff))
            mstore(0x20, _policies.slot)
            slot := keccak256(0, 0x40)
        }
    }

    /// @dev What the market's module proves, less the deductible; at the severity declared, as every claim is counted.
    /// Before Final it proves nothing: what it takes or counts could not be given back were the incident rejected.
    function _proven(CoverId id, uint256 incident, LossWord l, address insured, uint256 cover, bool strict)
        private
        returns (uint256 claim)
    {
        if (l.stage() == LOSS_DECLARED) return 0;
        uint256 severity = l.finalSeverity();
        // Cover is below 2^88, severities below 2^32: nothing here overflows.
        unchecked {
            claim = _prove(id, incident, insured, ClaimMath.most(cover, severity), strict);
            if (severity != l.severity()) claim = claim * l.severity() / severity;
        }
        claim = ClaimMath.lessDeductible(claim, l.deductibleBps());
    }

    /// @dev In a batch an exposure module that reverts proves nothing, and stops nobody.
    function _prove(CoverId id, uint256 incident, address insured, uint256 wanted, bool strict)
        private
        returns (uint256 proven)
    {
        MarketKey key = MarketKey.wrap(uint40(id.sequence() >> 24));
        IExposure module = IExposure(_exposures[key]);
        MarketId market = _marketIds[key];
        if (strict) {
            proven = module.settle(incident, market, id, insured, wanted);
        } else {
            _requireGas(BATCH_PROOF_GAS);
            try module.settle{gas: BATCH_PROOF_GAS}(incident, market, id, insured, wanted) returns (
                uint256 amount
            ) {
                proven = amount;
            } catch {
                return 0;
            }
        }
        if (proven > wanted) proven = wanted;
    }

    /// @dev What a share that has risen still owes on a proven claim.
    function _payDue(CoverId id, uint256 incident, LossWord l, PolicyWord p, uint256 claim)
        private
        returns (uint256 due)
    {
        uint256 share = l.share();
        uint256 before = p.paidShare();
        if (share <= before) return 0;
        due = ClaimMath.due(claim, share) - ClaimMath.due(claim, before);
        _policies[id.sequence()] = p.withPayment(uint8(PolicyState.Paid), share, incident);
    }

    function _revertClaim(CoverId id, LossWord l, bytes4 refused) private view {
        PolicyWord p = _standing(id);
        if (refused == PolicyNotActive.selector) revert PolicyNotActive(id, PolicyState(p.state()));
        if (refused == NotCoveredAtEvent.selector) {
            revert NotCoveredAtEvent(id, p.startDay() * DAY, p.endDay() * DAY, l.eventTime());
        }
        if (refused == ClaimWindowOver.selector) revert ClaimWindowOver(l.claimsUntil());
        if (refused == NothingToPay.selector) revert NothingToPay(id);
        revert NothingProven(id);
    }
}
