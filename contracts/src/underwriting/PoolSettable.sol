// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {SafeTransferLib} from "solady/utils/SafeTransferLib.sol";

import {IPoolDesk} from "../interfaces/IPool.sol";
import {PoolSettings} from "../interfaces/IPoolFactory.sol";
import {MarketId, MarketKey} from "../types/MarketId.sol";
import {HARD_GROUP, MarketStatus} from "../types/MarketStatus.sol";
import {PoolBase} from "./PoolBase.sol";
import {
    Capital,
    FLAG_GATED,
    FLAG_WINDING_DOWN,
    MARKET_ATTACHED,
    MARKET_KNOWN,
    MarketWord,
    MarketWordLib
} from "./PoolWords.sol";

/// @title Setting up, and what a curator may change within bounds and delays
/// @notice No function here moves capital.
abstract contract PoolSettable is PoolBase, IPoolDesk {
    /// @notice Factory only, once: what can change later.
    function initialise(PoolSettings calldata s) external {
        if (msg.sender != FACTORY) revert NotFactory(msg.sender);
        if (_facts.gateBps != 0) revert AlreadyInitialised();
        _facts.z = 75_000;
        _capital0 = block.timestamp << 224;
        _capital1 = block.timestamp << 176;
        if (s.accessGate != address(0)) {
            _accessGate = s.accessGate;
            _facts.flags = FLAG_GATED;
        }
        _within("raiseWindowDays", _raiseWindowDays(), 2, 30);
        _set("exitDelayDays", s.exitDelayDays);
        _set("feeBps", s.feeBps);
        _set("costOfCapitalBps", s.costOfCapitalBps);
        _set("gateBps", s.gateBps);
        _set("minJuniorBps", s.minJuniorBps);
        _set("gearing", s.gearing);
        _syncedIncidents = uint32(BOARD.incidentCount());
    }

    /// @inheritdoc IPoolDesk
    function isConsumingScheduledOp() external view returns (bytes4) {
        return _consumingSchedule ? this.isConsumingScheduledOp.selector : bytes4(0);
    }

    /// @inheritdoc IPoolDesk
    function attachMarket(MarketId market) external restricted nonReentrant {
        MarketKey key = market.keyOf();
        MarketWord word = _markets[market];
        if (word.flags() & MARKET_ATTACHED != 0) revert MarketAlreadyAttached(market);
        MarketId other = _marketIds[key];
        if (other != MarketId.wrap(0) && other != market) revert MarketKeyTaken(key, other);
        MarketStatus status = REGISTRY.status(market);
        if (!status.registered()) revert MarketNotRegistered(market);
        address marketAsset = REGISTRY.assetOf(market);
        if (marketAsset != _asset()) revert MarketAssetDiffers(marketAsset, _asset());
        uint256 window = uint256(_raiseWindowDays()) * DAY;
        if (status.raiseWindow() > window) revert MarketRaiseWindowLonger(status.raiseWindow(), window);
        address exposure = REGISTRY.exposureOf(market);
        if (exposure == address(0) && _facts.flags & FLAG_GATED == 0) revert ParametricNeedsGate(market);
        _exposures[key] = exposure;
        _noteHardGroups(status.groups());
        _marketIds[key] = market;
        uint256 day = word.processedDay() == 0 ? block.timestamp / DAY : word.processedDay();
        _markets[market] = MarketWordLib.pack(
            word.committed(),
            word.active(),
            day,
            word.nonce(),
            word.counter(),
            word.flags() | MARKET_ATTACHED | MARKET_KNOWN
        );
        emit MarketAttached(market, key);
    }

    /// @inheritdoc IPoolDesk
    function detachMarket(MarketId market) external restricted nonReentrant {
        MarketWord word = _markets[market];
        if (word.flags() & MARKET_ATTACHED == 0) revert MarketNotAttached(market);
        _markets[market] = MarketWordLib.pack(
            word.committed(),
            word.active(),
            word.processedDay(),
            word.nonce(),
            word.counter(),
            word.flags() & ~MARKET_ATTACHED
        );
        emit MarketDetached(market);
    }

    function _noteHardGroups(uint64 groups) private {
        for (uint256 i; i < 4; ++i) {
            uint16 group = uint16(groups >> (16 * i));
            if (group & HARD_GROUP == 0) continue;
            uint256 count = _hardGroups.length;
            uint256 n;
            while (n < count && _hardGroups[n] != group) ++n;
            if (n < count) continue;
            if (count == MAX_HARD_GROUPS) revert TooManyGroups(MAX_HARD_GROUPS);
            _hardGroups.push(group);
        }
    }

    /// @inheritdoc IPoolDesk
    function setParameter(bytes32 name, uint256 value) external restricted nonReentrant {
        // Premium and tranches up to now follow the old value.
        Capital memory c = _loadCapital();
        _storeCapital(c);
        _set(name, value);
    }

    function _set(bytes32 name, uint256 value) private {
        if (name == "feeBps") _facts.feeBps = uint16(_within(name, value, 0, 2500));
        else if (name == "costOfCapitalBps") _facts.costOfCapitalBps = uint16(_within(name, value, 500, 5000));
        else if (name == "gateBps") _facts.gateBps = uint16(_within(name, value, 5000, 9500));
        else if (name == "minJuniorBps") _setMinJunior(uint16(_within(name, value, 500, 10_000)));
        else if (name == "gearing") _facts.gearing = uint8(_within(name, value, 1, 20));
        else if (name == "exitDelayDays") _facts.exitDelayDays = uint8(_within(name, value, 3, 90));
        else if (name == "tip") _facts.tip = uint16(_within(name, value, 0, type(uint16).max));
        else revert SettingOutOfBounds(name, value, 0, 0);
        emit SettingChanged(name, value);
    }

    /// @dev What it was lower once holds for exits for good: no setting holds who may leave today.
    function _setMinJunior(uint16 value) private {
        uint16 least = _exitJuniorBps;
        if (least == 0 || value < least) _exitJuniorBps = value;
        _facts.minJuniorBps = value;
    }

    function _within(bytes32 name, uint256 value, uint256 min, uint256 max) private pure returns (uint256) {
        if (value < min || value > max) revert SettingOutOfBounds(name, value, min, max);
        return value;
    }

    /// @inheritdoc IPoolDesk
    function startWindDown() external restricted nonReentrant {
        _facts.flags |= FLAG_WINDING_DOWN;
        emit WindDownStarted();
    }

    /// @inheritdoc IPoolDesk
    function collectFees(address account) external nonReentrant returns (uint256 amount) {
        amount = _integratorOwed[account];
        if (amount != 0) {
            delete _integratorOwed[account];
            _integratorFees -= uint96(amount);
        }
        if (account == FEE_RECIPIENT) {
            Capital memory c = _loadCapital();
            amount += c.fees;
            c.fees = 0;
            _storeCapital(c);
        }
        if (amount == 0) revert AmountZero();
        SafeTransferLib.safeTransfer(_asset(), account, amount);
        emit FeesCollected(account, amount);
    }
}
