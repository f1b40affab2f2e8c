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
import {PolicyState, RollingOrder} from "../interfaces/IPoolTypes.sol";
import {IRiskOracle} from "../interfaces/IRiskOracle.sol";
import {DayBucket} from "../libraries/DayBucket.sol";
import {Float40} from "../libraries/Float40.sol";
import {PremiumMath} from "../libraries/PremiumMath.sol";
import {ShortfallIndex, ShortfallPoint} from "../libraries/ShortfallIndex.sol";
import {SplitInputs, TrancheMath} from "../libraries/TrancheMath.sol";
import {CoverId} from "../types/CoverId.sol";
import {MarketId, MarketKey} from "../types/MarketId.sol";
import {RiskCard} from "../types/RiskCards.sol";
import {PoolConstants} from "./PoolConstants.sol";
import {
    Capital,
    Facts,
    FactsWord,
    GroupWord,
    LOSS_DECLARED,
    LOSS_UNDONE,
    Loss,
    LossWord,
    MarketWord,
    PolicyWord
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
/// @notice Premium streams to the tranches by the second; pricing capital falls at once and rises slowly.
/// @dev Every state-changing entry of a pool is non-reentrant; its views reject a read in the middle of a call where
/// another protocol could price with them.
abstract contract PoolBase is PoolConstants, IPoolEvents, ReentrancyGuardTransient {
    using SafeCastLib for uint256;

    uint256 internal constant DAY = 1 days;
    /// @dev ln(1.1), 18 decimals: growth by its tangent never exceeds 1.10 a day, in however many steps.
    uint256 internal constant PRICING_GROWTH = 0.09531017980432486 ether;
    uint256 internal constant PRICING_FLOOR = 64;
    uint256 private constant TRANCHE_FIELD = type(uint96).max >> 4;
    /// @dev Half of what a tranche's field holds: premium finds room however much was deposited.
    uint256 internal constant MAX_TRANCHE = TRANCHE_FIELD >> 1;
    uint256 internal constant MAX_HARD_GROUPS = 16;
    /// @dev Utilisation, in basis points, up to which required capital is below capital however both were rounded.
    uint256 private constant SURELY_COVERED = 9990;

    IMarketRegistry internal immutable REGISTRY;
    IRiskOracle internal immutable ORACLE;
    IIncidentBoard internal immutable BOARD;
    ICoverToken internal immutable COVER;
    address internal immutable FACTORY;
    address internal immutable AUTHORITY;
    address internal immutable FEE_RECIPIENT;

    Facts internal _facts;
    uint256 internal _capital0;
    uint256 internal _capital1;
    uint256 internal _capital2;
    /// @dev V times 1e16.
    uint256 internal _variance;
    /// @dev Liability of open incidents u96 | liability of incidents paid below one u96.
    uint96 internal _held;
    uint96 internal _shortLiability;
    uint32 internal _syncedIncidents;
    /// @dev Incidents declared and not final: a rejection may still give their reserve back.
    uint32 internal _confirmed;
    /// @dev Assets moved to incidents paid below one | escrow of struck exits.
    uint96 internal _shortMoved;
    uint96 internal _escrowed;
    uint96 internal _refunds;
    uint96 internal _integratorFees;
    uint32 internal _shortGeneration;
    address internal _accessGate;
    /// @dev Least junior share that exits keep, basis points: the least that the setting has ever been.
    uint16 internal _exitJuniorBps;
    uint16[] internal _hardGroups;

    mapping(MarketKey => MarketId) internal _marketIds;
    mapping(MarketId => MarketWord) internal _markets;
    mapping(MarketKey => address) internal _exposures;
    mapping(MarketKey => RiskCard) internal _appliedCards;
    mapping(uint16 => GroupWord) internal _groups;
    mapping(MarketKey => mapping(uint256 => DayBucket)) internal _buckets;
    mapping(MarketKey => mapping(uint256 => uint256)) internal _marketDays;
    /// @dev Stream rate that ends on a day, three days a word, u80 each.
    mapping(uint256 => uint256) private _ratesEnding;
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
    /// @dev What a day's escrow lost to an incident, and its units then, by tranche: assets u128 | units u128.
    mapping(uint256 => mapping(bool => mapping(uint256 => uint256))) internal _escrowLosses;
    /// @dev Salvage of escrow claimed, by incident, tranche and request.
    mapping(uint256 => mapping(bool => mapping(uint256 => uint256))) internal _escrowSalvaged;

    mapping(uint256 => ShortfallPoint) private _shortfall;
    /// @dev Refunds of premium held back that a change of its rate has settled, by policy; and all that is held back.
    mapping(uint64 => uint256) internal _shortfallOwed;
    uint256 internal _withheld;

    /// @dev Whether the access manager is being asked to use up a scheduled call; it asks back.
    bool internal transient _consumingSchedule;

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
        if (msg.sender != _vault(senior)) revert NotVault(msg.sender);
        _;
    }

    function _checkAuthority() private {
        (bool immediate, uint32 delay) = IAccessManager(AUTHORITY).canCall(msg.sender, address(this), msg.sig);
        if (immediate) return;
        if (delay == 0) revert NotAuthorised(msg.sender, msg.sig);
        _consumingSchedule = true;
        IAccessManager(AUTHORITY).consumeScheduledOp(msg.sender, msg.data);
        _consumingSchedule = false;
    }

    // Capital through time -------------------------------------------------------------------------------------------

    /// @dev Capital as of now: premium earned so far distributed, pricing capital grown.
    function _loadCapital() internal view returns (Capital memory c) {
        _unpackCapital(c);
        uint256 touched = c.touched;
        if (touched != block.timestamp || c.streamAsOf != block.timestamp) {
            uint256 earned = _earn(c);
            if (earned != 0) {
                if (c.utilisation > SURELY_COVERED) earned -= _withhold(c, earned);
                _distribute(c, earned);
            }
        }
        unchecked {
            uint256 free = Math.zeroFloorSub(c.junior + c.senior, c.facts.requestedExits());
            uint256 pricing = c.pricing;
            if (c.totalCover != 0 && pricing < free) {
                // From nothing it would never grow again: a 64th of what there is counts as the base.
                uint256 base = Math.max(pricing, free / PRICING_FLOOR);
                uint256 growth = base * PRICING_GROWTH * (block.timestamp - touched) / (DAY * 1e18);
                free = Math.min(free, pricing + growth);
            }
            _setPricing(c, free);
        }
        c.touched = block.timestamp;
    }

    /// @dev Pricing capital is what can be stored of it: rounding it down is the safe side.
    function _setPricing(Capital memory c, uint256 amount) internal pure {
        uint256 packed = Float40.pack(amount);
        c.pricingPacked = packed;
        c.pricing = Float40.unpack(packed);
    }

    function _readFacts() internal view returns (FactsWord f) {
        assembly ("memory-safe") {
            f := sload(_facts.slot)
        }
    }

    function _unpackCapital(Capital memory c) private view {
        c.facts = _readFacts();
        uint256 word = _capital0;
        c.junior = word & TRANCHE_FIELD;
        c.senior = (word >> 92) & TRANCHE_FIELD;
        c.pricing = Float40.unpack(uint40(word >> 184));
        c.touched = word >> 224;
        word = _capital1;
        c.unearned = uint96(word);
        c.rate = uint80(word >> 96);
        c.streamAsOf = word >> 176;
        word = _capital2;
        c.fees = uint80(word);
        c.totalCover = uint96(word >> 80);
        c.expectedLoss = uint48(word >> 176);
        c.utilisation = word >> 224;
    }

    /// @dev Premium earned between the last touch and now. Rates that ended on the way are taken off; then the stream is
    /// brought up to now in memory. What truncated rates leave over is earned when the last stream ends.
    function _earn(Capital memory c) private view returns (uint256 earned) {
        uint256 at = c.streamAsOf;
        uint256 sum; // since streamAsOf, times 2^16
        uint256 before; // of that, until touched
        // Rates end on days they were added to, and what has streamed was unearned before: nothing here under- or overflows.
        unchecked {
            uint256 first = at / DAY + 1;
            // Where nothing streams, nothing ends.
            uint256 last = c.rate == 0 ? 0 : block.timestamp / DAY;
            // A long walk is kept, so that the next one starts from here.
            if (last > first + 7) c.streamChanged = true;
            for (uint256 day = first; day <= last; ++day) {
                uint256 ending = _rateEnding(day);
                if (ending == 0) continue;
                (sum, before) = _advance(c, at, day * DAY, sum, before);
                at = day * DAY;
                c.rate -= ending;
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
    }

    function _rateEnding(uint256 day) private view returns (uint256) {
        return uint80(_ratesEnding[day / 3] >> (day % 3 * 80));
    }

    /// @dev Adds and takes away rate that ends on a day.
    function _moveRateEnding(uint256 day, uint256 plus, uint256 minus) internal {
        unchecked {
            uint256 word = _ratesEnding[day / 3];
            uint256 shift = day % 3 * 80;
            uint256 was = uint80(word >> shift);
            uint256 rate = was + plus - minus; // a borrow sets the high bits
            if (rate >> 80 != 0) revert SafeCastLib.Overflow();
            _ratesEnding[day / 3] = word ^ ((was ^ rate) << shift);
        }
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

    /// @dev Premium of cover that capital K did not fully carry since the last touch: the share 1 - K/S of what was
    /// earned, rounded up, is for its policies; the index by which they share it rounds down.
    function _withhold(Capital memory c, uint256 earned) private view returns (uint256 withheld) {
        uint256 required = PremiumMath.requiredCapitalUp(_variance, c.facts.z()) / PremiumMath.CAPITAL_UNIT;
        uint256 capital = c.junior + c.senior;
        if (capital >= required || c.facts.shortfallPoints() + 2 > ShortfallIndex.MAX_POINTS) return 0;
        uint256 missing = required - capital;
        // One unit more: what streamed is rounded down.
        withheld = Math.min(earned, Math.fullMulDivUp(earned + 1, missing, required));
        c.withheld = withheld;
        c.shortfall = Math.fullMulDiv((block.timestamp - c.touched) << 64, missing, required);
    }

    /// @dev Writes down what was held back since the last touch. Before a rate changes, and where capital is stored.
    function _storeShortfall(Capital memory c) internal {
        if (c.withheld == 0) return;
        uint256 from = _capital0 >> 224;
        uint256 points = c.facts.shortfallPoints();
        points = ShortfallIndex.add(_shortfall, points, from, block.timestamp, c.shortfall);
        _withheld += c.withheld;
        c.withheld = 0;
        _facts.shortfallPoints = uint16(points);
        c.facts = _readFacts();
    }

    /// @dev Premium of a policy held back since the point it carries, up to now or its end, rounded down. Where a market
    /// ended, it is counted to the day its stream was unwound.
    function _shortfallOf(CoverId id, PolicyWord p, uint256 points) internal view returns (uint256) {
        uint256 from = p.shortfallPoint();
        if (from >= points) return 0;
        uint256 end = p.endDay();
        Loss storage l = _losses[_lossOf[MarketKey.wrap(uint40(id.sequence() >> 24))]];
        uint256 unwoundAt = l.unwoundAt;
        if (unwoundAt != 0) end = Math.min(end, unwoundAt / DAY);
        return Math.fullMulDiv(p.rate(), ShortfallIndex.rise(_shortfall, from, points, end * DAY), 1 << 80);
    }

    /// @dev Point from which on a rate that begins now is owed refunds. No later touch moves it.
    function _fixShortfall(Capital memory c) internal returns (uint256 point) {
        point = c.facts.shortfallPoints();
        // Beyond the last point nothing is added.
        if (point == 0 || point == ShortfallIndex.MAX_POINTS) return point;
        uint256 points = point;
        uint256 count;
        (point, count) = ShortfallIndex.fix(_shortfall, points, block.timestamp);
        if (count == points) return point;
        _facts.shortfallPoints = uint16(count);
        c.facts = _readFacts();
    }

    /// @dev The newest point that no later touch moves.
    function _fixedShortfall(uint256 points) internal view returns (uint256) {
        return ShortfallIndex.lastFixed(_shortfall, points, block.timestamp);
    }

    /// @dev Notes what is owed to a policy up to a point, which it carries from there on: one that no later touch moves,
    /// or the newest where its rate ends.
    function _settleShortfall(CoverId id, PolicyWord p, uint256 points) internal returns (PolicyWord) {
        if (p.shortfallPoint() >= points) return p;
        _shortfallOwed[id.sequence()] += _shortfallOf(id, p, points);
        return p.withShortfallPoint(points);
    }

    function _distribute(Capital memory c, uint256 earned) internal view {
        (uint256 toJunior, uint256 toSenior) = TrancheMath.split(
            SplitInputs({
                earned: earned,
                elapsed: block.timestamp - c.touched,
                junior: c.junior,
                senior: c.senior,
                expectedLoss: c.expectedLoss * _lossUnit(),
                seniorElBps: c.facts.seniorElBps(),
                utilisationBps: c.utilisation,
                minJuniorBps: c.facts.minJuniorBps()
            })
        );
        unchecked {
            c.junior += toJunior;
            c.senior += toSenior;
        }
    }

    /// @dev Writes capital back. Where the stream did not change, its word stays as it is, with its own moment.
    function _storeCapital(Capital memory c) internal {
        _storeShortfall(c);
        if (c.streamChanged) {
            if (c.unearned >> 96 != 0 || c.rate >> 80 != 0) revert SafeCastLib.Overflow();
            _capital1 = c.unearned | (c.rate << 96) | (c.streamAsOf << 176);
        }
        bool over = (c.junior | c.senior) >> 92 != 0 || c.totalCover >> 96 != 0 || c.fees >> 80 != 0;
        if (over || c.expectedLoss >> 48 != 0 || c.utilisation >> 16 != 0) revert SafeCastLib.Overflow();
        _capital0 = c.junior | (c.senior << 92) | (c.pricingPacked << 184) | (c.touched << 224);
        _capital2 = c.fees | (c.totalCover << 80) | (c.expectedLoss << 176) | (c.utilisation << 224);
    }

    /// @dev Brings pricing capital down with capital, or (nothing sold yet) up; never up otherwise.
    function _reprice(Capital memory c) internal view {
        unchecked {
            uint256 before = c.pricing;
            uint256 free = Math.zeroFloorSub(c.junior + c.senior, _readFacts().requestedExits());
            if (c.totalCover != 0 && free >= before) return;
            _setPricing(c, free);
            free = c.pricing;
            uint256 utilisation = c.utilisation;
            if (utilisation == 0) return;
            c.utilisation =
                free == 0 ? type(uint16).max : Math.min(utilisation * before / free, type(uint16).max);
        }
    }

    /// @dev One unit of Capital.expectedLoss in asset units: 0.01 of the asset.
    function _lossUnit() internal view returns (uint256) {
        unchecked {
            uint256 decimals = _decimals();
            return decimals > 2 ? 10 ** (decimals - 2) : 1;
        }
    }

    /// @dev Takes assets from the caller and checks that they came.
    function _pull(address asset_, address from, uint256 amount) internal {
        uint256 before = SafeTransferLib.balanceOf(asset_, address(this));
        if (!SafeTransferLib.trySafeTransferFrom(asset_, from, address(this), amount)) {
            revert PaymentRefused(from, amount);
        }
        uint256 received = SafeTransferLib.balanceOf(asset_, address(this)) - before;
        if (received != amount) revert TransferShortfall(amount, received);
    }

    /// @dev The incident a policy's market ran into, declared in this pool.
    function _lossFor(CoverId id) internal view returns (uint256 incident, Loss storage l, LossWord word) {
        if (id.poolIndex() != _poolIndex()) revert PolicyOfAnotherPool(id);
        incident = _lossOf[MarketKey.wrap(uint40(id.sequence() >> 24))];
        l = _losses[incident];
        word = _readLoss(l);
        uint8 stage = word.stage();
        if (stage < LOSS_DECLARED || stage == LOSS_UNDONE) revert IncidentNotDeclarable(incident, stage);
    }

    /// @dev The policy as it stands. One that was paid for an incident which was undone since is active again, with the
    /// cover that was not paid; the bonds behind the undone incident have made the pool good.
    function _standing(CoverId id) internal view returns (PolicyWord p) {
        uint64 sequence = id.sequence();
        p = _policies[sequence];
        if (p.state() != uint8(PolicyState.Paid)) return p;
        MarketKey key = MarketKey.wrap(uint40(sequence >> 24));
        Loss storage l = _losses[p.paidIncident(_lossOf[key])];
        LossWord word = _readLoss(l);
        if (word.stage() != LOSS_UNDONE || MarketKey.unwrap(l.key) != MarketKey.unwrap(key)) return p;
        uint256 left;
        unchecked {
            left = p.cover() - word.claimOn(p.cover()) * p.paidShare() / 1e8;
        }
        if (left != 0) p = p.withCover(left).withPayment(uint8(PolicyState.Active), 0, 0);
    }

    /// @dev What an incident took from the tranches and from escrow.
    function _borne(Loss storage l) internal view returns (uint256) {
        return uint256(l.fromJunior) + l.fromSenior + l.fromJuniorEscrow + l.fromSeniorEscrow;
    }

    /// @dev Whether a declared incident was paid below one and is owed more still.
    function _isShort(Loss storage l) internal view returns (bool) {
        return l.ratio < 1e8 && l.shortGeneration == _shortGeneration;
    }

    function _readLoss(Loss storage l) internal view returns (LossWord word) {
        assembly ("memory-safe") {
            word := sload(l.slot)
        }
    }
}
