// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";
import {FixedPointMathLib as Math} from "solady/utils/FixedPointMathLib.sol";
import {ReentrancyGuardTransient} from "solady/utils/ReentrancyGuardTransient.sol";
import {SafeCastLib} from "solady/utils/SafeCastLib.sol";
import {SafeTransferLib} from "solady/utils/SafeTransferLib.sol";

import {ICoverToken} from "../interfaces/ICoverToken.sol";
import {IIncidentBoard} from "../interfaces/IIncidentBoard.sol";
import {IMarketRegistry} from "../interfaces/IMarketRegistry.sol";
import {IPoolEvents} from "../interfaces/IPoolEvents.sol";
import {RollingOrder} from "../interfaces/IPoolTypes.sol";
import {IRiskOracle} from "../interfaces/IRiskOracle.sol";
import {DayBucket} from "../libraries/DayBucket.sol";
import {ExpiryBitmap} from "../libraries/ExpiryBitmap.sol";
import {SplitInputs, TrancheMath} from "../libraries/TrancheMath.sol";
import {CoverId} from "../types/CoverId.sol";
import {MarketId, MarketKey} from "../types/MarketId.sol";
import {RiskCard} from "../types/RiskCards.sol";
import {
    Capital,
    Facts,
    GroupWord,
    LOSS_DECLARED,
    LOSS_UNDONE,
    Loss,
    MarketWord,
    PolicyWord,
    Terms
} from "./PoolWords.sol";

/// @notice Addresses every pool of a deployment shares.
struct PoolSystem {
    IMarketRegistry registry;
    IRiskOracle oracle;
    IIncidentBoard board;
    ICoverToken coverToken;
    address factory;
    address authority;
    /// Receives the protocol's part of the fees.
    address feeRecipient;
}

/// @title Storage of a pool, and how its capital moves through time
/// @dev Every state-changing entry of a pool is non-reentrant; its views reject a read in the middle of a call where
/// another protocol could price with them.
abstract contract PoolBase is IPoolEvents, ReentrancyGuardTransient {
    using SafeCastLib for uint256;
    using ExpiryBitmap for mapping(uint256 => uint256);

    uint256 internal constant DAY = 1 days;
    /// @dev ln(1.1), 18 decimals: growth by its tangent never exceeds 1.10 a day, in however many steps.
    uint256 internal constant PRICING_GROWTH = 0.095310179804324860 ether;
    uint256 internal constant MAX_HARD_GROUPS = 16;

    IMarketRegistry internal immutable REGISTRY;
    IRiskOracle internal immutable ORACLE;
    IIncidentBoard internal immutable BOARD;
    ICoverToken internal immutable COVER;
    address internal immutable FACTORY;
    address internal immutable AUTHORITY;
    address internal immutable FEE_RECIPIENT;

    Terms internal _terms;
    Facts internal _facts;
    uint256 internal _capital0;
    uint256 internal _capital1;
    uint256 internal _capital2;
    /// @dev V times 1e16.
    uint256 internal _variance;
    /// @dev Liability of open incidents u96 | liability of incidents paid below one u96.
    uint96 internal _held;
    uint96 internal _shortLiability;
    /// @dev Assets moved to incidents paid below one | escrow of struck exits.
    uint96 internal _shortMoved;
    uint96 internal _escrowed;
    uint96 internal _refunds;
    uint96 internal _integratorFees;
    address internal _juniorVault;
    uint32 internal _shortGeneration;
    address internal _seniorVault;
    address internal _accessGate;
    address internal _curator;
    uint16[] internal _hardGroups;

    mapping(MarketKey => MarketId) internal _marketIds;
    mapping(MarketId => MarketWord) internal _markets;
    mapping(MarketKey => address) internal _exposures;
    mapping(MarketKey => RiskCard) internal _appliedCards;
    mapping(uint16 => GroupWord) internal _groups;
    mapping(MarketKey => mapping(uint256 => DayBucket)) internal _buckets;
    mapping(MarketKey => mapping(uint256 => uint256)) internal _marketDays;
    /// @dev Stream rate that ends on a day, and which days have one.
    mapping(uint256 => uint256) internal _rateEnding;
    mapping(uint256 => uint256) internal _streamDays;
    mapping(uint64 => PolicyWord) internal _policies;
    mapping(address => uint256) internal _integratorOwed;
    /// @dev Escrow of exits struck on a day, by tranche: assets u128 | units u128.
    mapping(bool => mapping(uint256 => uint256)) internal _escrow;
    mapping(bool => mapping(uint256 => uint256)) internal _escrowDays;
    mapping(uint64 => RollingOrder) internal _rollingOrders;
    mapping(uint256 => Loss) internal _losses;
    /// @dev Newest incident of a market.
    mapping(MarketKey => uint256) internal _lossOf;
    /// @dev Salvage claimed, by incident, tranche and account.
    mapping(uint256 => mapping(bool => mapping(address => uint256))) internal _salvaged;

    constructor(PoolSystem memory system) {
        REGISTRY = system.registry;
        ORACLE = system.oracle;
        BOARD = system.board;
        COVER = system.coverToken;
        FACTORY = system.factory;
        AUTHORITY = system.authority;
        FEE_RECIPIENT = system.feeRecipient;
    }

    /// @dev Transient storage on every chain, not only on mainnet.
    function _useTransientReentrancyGuardOnlyOnMainnet() internal pure override returns (bool) {
        return false;
    }

    /// @dev Asks the access manager, so that roles and their delays hold for pools too.
    modifier restricted() {
        _checkAuthority();
        _;
    }

    modifier onlyVault(bool senior) {
        if (msg.sender != (senior ? _seniorVault : _juniorVault)) revert NotVault(msg.sender);
        _;
    }

    function _checkAuthority() private {
        (bool immediate, uint32 delay) = IAccessManager(AUTHORITY).canCall(msg.sender, address(this), msg.sig);
        if (immediate) return;
        if (delay == 0) revert NotAuthorised(msg.sender, msg.sig);
        IAccessManager(AUTHORITY).consumeScheduledOp(msg.sender, msg.data);
    }

    // Capital through time -------------------------------------------------------------------------------------------

    /// @dev Capital as of now: premium earned so far distributed, pricing capital grown.
    function _loadCapital() internal view returns (Capital memory c) {
        _unpackCapital(c);
        Facts memory f = _facts;
        if (c.touched != block.timestamp || c.streamAsOf != block.timestamp) {
            uint256 earned = _earn(c);
            if (earned != 0) _distribute(c, earned, f.seniorElBps);
        }
        uint256 elapsed = block.timestamp - c.touched;
        uint256 free = Math.zeroFloorSub(c.junior + c.senior, f.requestedExits);
        if (c.totalCover == 0) c.pricing = free;
        else if (c.pricing < free) c.pricing = Math.min(free, c.pricing + c.pricing * PRICING_GROWTH * elapsed / (DAY * 1e18));
        else c.pricing = free;
        c.touched = block.timestamp;
    }

    function _unpackCapital(Capital memory c) private view {
        uint256 word = _capital0;
        c.junior = uint96(word);
        c.senior = uint96(word >> 96);
        c.touched = uint32(word >> 192);
        c.streamAsOf = word >> 224;
        word = _capital1;
        c.unearned = uint96(word);
        c.rate = uint80(word >> 96);
        c.fees = word >> 176;
        word = _capital2;
        c.pricing = uint96(word);
        c.totalCover = uint96(word >> 96);
        c.expectedLoss = uint48(word >> 192);
        c.utilisation = word >> 240;
    }

    /// @dev Premium earned between the last touch and now. Rates that ended on the way are taken off; then the stream is
    /// brought up to now in memory. What truncated rates leave over is earned when the last stream ends.
    function _earn(Capital memory c) private view returns (uint256 earned) {
        uint256 at = c.streamAsOf;
        uint256 sum; // since streamAsOf, times 2^16
        uint256 before; // of that, until touched
        uint256 today = block.timestamp / DAY;
        uint256 day = at / DAY;
        while ((day = _streamDays.nextAfter(day, today)) != 0) {
            (sum, before) = _advance(c, at, day * DAY, sum, before);
            at = day * DAY;
            c.rate -= _rateEnding[day];
            c.streamChanged = true;
        }
        (sum, before) = _advance(c, at, block.timestamp, sum, before);
        uint256 total = sum >> 16;
        earned = total - (before >> 16);
        if (c.rate == 0 && c.unearned > total) {
            earned += c.unearned - total;
            total = c.unearned;
            c.streamChanged = true;
        }
        c.unearned -= total;
        c.streamAsOf = block.timestamp;
    }

    function _advance(Capital memory c, uint256 from, uint256 to, uint256 sum, uint256 before)
        private
        pure
        returns (uint256, uint256)
    {
        unchecked {
            if (c.touched > from) before = sum + c.rate * (Math.min(c.touched, to) - from);
            return (sum + c.rate * (to - from), before);
        }
    }

    function _distribute(Capital memory c, uint256 earned, uint256 seniorElBps) private view {
        Terms memory t = _terms;
        (uint256 toJunior, uint256 toSenior) = TrancheMath.split(
            SplitInputs({
                earned: earned,
                elapsed: block.timestamp - c.touched,
                junior: c.junior,
                senior: c.senior,
                expectedLoss: c.expectedLoss * _lossUnit(),
                seniorElBps: seniorElBps,
                utilisationBps: c.utilisation,
                minJuniorBps: t.minJuniorBps
            })
        );
        c.junior += toJunior;
        c.senior += toSenior;
    }

    /// @dev Writes capital back. Where the stream did not change, its word stays as it is, with its own moment.
    function _storeCapital(Capital memory c) internal {
        if (!c.streamChanged) {
            c.streamAsOf = _capital0 >> 224;
        } else {
            _capital1 = uint256(c.unearned.toUint96()) | (uint256(c.rate.toUint80()) << 96)
                | (uint256(c.fees.toUint80()) << 176);
        }
        _capital0 = uint256(c.junior.toUint96()) | (uint256(c.senior.toUint96()) << 96)
            | (uint256(c.touched.toUint32()) << 192) | (uint256(c.streamAsOf.toUint32()) << 224);
        _capital2 = uint256(c.pricing.toUint96()) | (uint256(c.totalCover.toUint96()) << 96)
            | (uint256(c.expectedLoss.toUint48()) << 192) | (uint256(c.utilisation.toUint16()) << 240);
    }

    /// @dev Brings pricing capital down with capital, or (nothing sold yet) up; never up otherwise.
    function _reprice(Capital memory c) internal view {
        uint256 free = Math.zeroFloorSub(c.junior + c.senior, _facts.requestedExits);
        uint256 before = c.pricing;
        if (c.totalCover == 0 || free < before) {
            c.pricing = free;
            c.utilisation = free == 0
                ? (c.utilisation == 0 ? 0 : type(uint16).max)
                : Math.min(c.utilisation * before / free, type(uint16).max);
        }
    }

    /// @dev One unit of Capital.expectedLoss in asset units: 0.01 of the asset.
    function _lossUnit() internal view returns (uint256) {
        uint256 decimals = _facts.decimals;
        return decimals > 2 ? 10 ** (decimals - 2) : 1;
    }

    /// @dev Takes assets from the caller and checks that they came.
    function _pull(address asset_, address from, uint256 amount) internal {
        uint256 before = SafeTransferLib.balanceOf(asset_, address(this));
        SafeTransferLib.safeTransferFrom(asset_, from, address(this), amount);
        uint256 received = SafeTransferLib.balanceOf(asset_, address(this)) - before;
        if (received != amount) revert TransferShortfall(amount, received);
    }

    /// @dev The incident a policy's market ran into, declared in this pool.
    function _lossFor(CoverId id) internal view returns (uint256 incident, Loss storage l) {
        if (id.poolIndex() != _facts.poolIndex) revert PolicyOfAnotherPool(id);
        incident = _lossOf[MarketKey.wrap(uint40(id.sequence() >> 24))];
        l = _losses[incident];
        uint8 stage = l.stage;
        if (stage < LOSS_DECLARED || stage == LOSS_UNDONE) revert IncidentNotDeclarable(incident, stage);
    }
}
