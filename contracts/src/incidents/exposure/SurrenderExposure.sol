// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {ICoverToken} from "../../interfaces/ICoverToken.sol";
import {IExposure} from "../../interfaces/IExposure.sol";
import {IIncidentBoard, Incident, IncidentState} from "../../interfaces/IIncidentBoard.sol";
import {IMarketRegistry} from "../../interfaces/IMarketRegistry.sol";
import {IPool} from "../../interfaces/IPool.sol";
import {IPoolFactory} from "../../interfaces/IPoolFactory.sol";
import {ISurrenderExposure, SurrenderConfig} from "../../interfaces/ISurrenderExposure.sol";
import {BoundedCall} from "../../libraries/BoundedCall.sol";
import {CoverId} from "../../types/CoverId.sol";
import {MarketId} from "../../types/MarketId.sol";
import {MarketTerms} from "../../types/MarketTerms.sol";

/// @title Loss proven by handing the broken position over
/// @notice Takes broken positions into custody for claims, and releases them to those who bore the loss.
contract SurrenderExposure is ISurrenderExposure, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    struct Custody {
        address token;
        uint256 units;
        mapping(bool senior => mapping(address account => uint256)) released;
        mapping(bool senior => mapping(uint256 requestId => uint256)) releasedFor;
    }

    uint256 internal constant WAD = 1e18;
    uint256 internal constant READ_GAS = 100_000;
    uint256 internal constant TRANSFER_GAS = 300_000;

    /// @notice Where it looks up whether a market is registered and names this contract.
    IMarketRegistry public immutable registry;
    /// @notice Says who is a pool: only pools settle claims here.
    IPoolFactory public immutable poolFactory;
    /// @notice Where it reads an incident's state and unit value.
    IIncidentBoard public immutable board;
    /// @notice Where it reads whether the insured account consented.
    ICoverToken public immutable coverToken;

    mapping(MarketId market => SurrenderConfig) internal _configs;
    mapping(address pool => mapping(uint256 incident => Custody)) internal _custody;

    constructor(
        IMarketRegistry registry_,
        IPoolFactory poolFactory_,
        IIncidentBoard board_,
        ICoverToken coverToken_
    ) {
        registry = registry_;
        poolFactory = poolFactory_;
        board = board_;
        coverToken = coverToken_;
    }

    /// @inheritdoc ISurrenderExposure
    function register(MarketTerms calldata terms) external returns (MarketId market) {
        market = registry.idOf(terms);
        if (!registry.status(market).registered()) revert MarketNotRegistered(market);
        if (terms.exposure != address(this)) revert ExposureDiffers(terms.exposure);
        if (_configs[market].rate != 0) revert MarketAlreadyConfigured(market);
        if (terms.exposureConfig.length != 96) revert ConfigInvalid("config is not 96 bytes");
        SurrenderConfig memory config = abi.decode(terms.exposureConfig, (SurrenderConfig));
        if (config.rate == 0) revert ConfigInvalid("rate is 0");
        if (config.positionToken.code.length == 0) revert ConfigInvalid("position token has no code");
        _configs[market] = config;
        emit MarketConfigured(market, config);
    }

    /// @inheritdoc IExposure
    function settle(uint256 incident, MarketId market, CoverId cover, address insured, uint256 wanted)
        external
        nonReentrant
        returns (uint256 proven)
    {
        if (poolFactory.indexOf(msg.sender) == 0) revert NotPool(msg.sender);
        (address token, uint256 value, uint256 units) = _terms(incident, market, cover, insured, wanted);
        if (units == 0) return 0;
        units = _take(token, insured, units);
        proven = _worth(units, value, wanted);
        if (units == 0) return 0;
        Custody storage custody = _custody[msg.sender][incident];
        custody.token = token;
        custody.units += units;
        emit PositionSurrendered(incident, msg.sender, insured, units, proven);
    }

    /// @inheritdoc IExposure
    function preview(uint256 incident, MarketId market, CoverId cover, address insured, uint256 wanted)
        external
        view
        returns (uint256 proven)
    {
        (, uint256 value, uint256 units) = _terms(incident, market, cover, insured, wanted);
        return _worth(units, value, wanted);
    }

    /// @inheritdoc ISurrenderExposure
    function releaseSalvage(address pool, uint256 incident, bool senior, address account)
        external
        nonReentrant
        returns (uint256 units)
    {
        if (poolFactory.indexOf(pool) == 0) revert PoolUnknown(pool);
        Custody storage custody = _custody[pool][incident];
        uint256 due = Math.mulDiv(custody.units, IPool(pool).salvageShare(incident, senior, account), WAD);
        units = Math.saturatingSub(due, custody.released[senior][account]);
        custody.released[senior][account] = due;
        _release(pool, incident, senior, account, units);
    }

    /// @inheritdoc ISurrenderExposure
    function releaseEscrowSalvage(address pool, uint256 incident, bool senior, uint256 requestId)
        external
        nonReentrant
        returns (uint256 units)
    {
        if (poolFactory.indexOf(pool) == 0) revert PoolUnknown(pool);
        Custody storage custody = _custody[pool][incident];
        (address controller, uint256 share) = IPool(pool).escrowSalvageShare(incident, senior, requestId);
        uint256 due = Math.mulDiv(custody.units, share, WAD);
        units = Math.saturatingSub(due, custody.releasedFor[senior][requestId]);
        custody.releasedFor[senior][requestId] = due;
        _release(pool, incident, senior, controller, units);
    }

    /// @inheritdoc ISurrenderExposure
    function custodyOf(address pool, uint256 incident) external view returns (address token, uint256 units) {
        Custody storage custody = _custody[pool][incident];
        return (custody.token, custody.units);
    }

    /// @inheritdoc ISurrenderExposure
    function releasedTo(address pool, uint256 incident, bool senior, address account)
        external
        view
        returns (uint256 units)
    {
        return _custody[pool][incident].released[senior][account];
    }

    /// @inheritdoc ISurrenderExposure
    function releasedFor(address pool, uint256 incident, bool senior, uint256 requestId)
        external
        view
        returns (uint256 units)
    {
        return _custody[pool][incident].releasedFor[senior][requestId];
    }

    /// @inheritdoc ISurrenderExposure
    function configOf(MarketId market) external view returns (SurrenderConfig memory) {
        return _configs[market];
    }

    function _release(address pool, uint256 incident, bool senior, address account, uint256 units) private {
        if (units == 0) revert NothingToRelease(incident, pool, account);
        emit SalvageReleased(incident, pool, account, senior, units);
        IERC20(_custody[pool][incident].token).safeTransfer(account, units);
    }

    /// @dev Token, value of 1e18 units, and units to take: what `wanted` was worth, rounded up, or what is approved where
    /// that is less; 0 where it is not there in full or nothing can be proven.
    function _terms(uint256 incident, MarketId market, CoverId cover, address insured, uint256 wanted)
        internal
        view
        returns (address token, uint256 value, uint256 units)
    {
        SurrenderConfig memory config = _configs[market];
        token = config.positionToken;
        Incident memory found = board.incident(incident);
        if (found.state != IncidentState.Final || found.market != market) return (token, 0, 0);
        value = config.useUnitValue ? Math.mulDiv(found.unitValue, config.rate, WAD) : config.rate;
        if (value == 0 || wanted == 0 || !coverToken.hasConsent(cover)) return (token, 0, 0);
        units = Math.mulDiv(wanted, WAD, value, Math.Rounding.Ceil);
        (, uint256 approved) = _read(token, abi.encodeCall(IERC20.allowance, (insured, address(this))));
        (, uint256 balance) = _read(token, abi.encodeCall(IERC20.balanceOf, (insured)));
        units = Math.min(units, approved);
        if (balance < units || _worth(units, value, wanted) == 0) units = 0;
    }

    /// @dev At most `wanted`: the units are at most what `wanted` was worth, so no product overflows.
    function _worth(uint256 units, uint256 value, uint256 wanted) internal pure returns (uint256) {
        return Math.min(wanted, Math.mulDiv(units, value, WAD));
    }

    /// @notice Takes position units into custody; nothing where the token refuses or does not answer.
    /// @return received what arrived, at most `units`: a token that reports more does not prove more
    function _take(address token, address insured, uint256 units) internal returns (uint256 received) {
        bytes memory data = abi.encodeCall(IERC20.balanceOf, (address(this)));
        (bool ok, uint256 before) = _read(token, data);
        if (!ok) return 0;
        bytes memory transfer = abi.encodeCall(IERC20.transferFrom, (insured, address(this), units));
        if (!BoundedCall.tryCall(token, transfer, TRANSFER_GAS)) return 0;
        (, uint256 balance) = _read(token, data);
        return Math.min(units, Math.saturatingSub(balance, before));
    }

    /// @dev 0 where the token does not answer.
    function _read(address token, bytes memory data) internal view returns (bool ok, uint256 value) {
        return BoundedCall.tryStaticWord(token, data, 0, READ_GAS);
    }
}
