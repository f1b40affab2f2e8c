// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {LibClone} from "solady/utils/LibClone.sol";

import {ICoverToken} from "../../src/interfaces/ICoverToken.sol";
import {IIncidentBoard} from "../../src/interfaces/IIncidentBoard.sol";
import {IMarketRegistry} from "../../src/interfaces/IMarketRegistry.sol";
import {IPoolReading} from "../../src/interfaces/IPool.sol";
import {PolicyState, PoolState} from "../../src/interfaces/IPoolTypes.sol";
import {IRiskOracle} from "../../src/interfaces/IRiskOracle.sol";
import {CoverId, toCoverId} from "../../src/types/CoverId.sol";
import {MarketId, MarketKey} from "../../src/types/MarketId.sol";
import {MarketStatus} from "../../src/types/MarketStatus.sol";
import {RiskCard, RiskInputs} from "../../src/types/RiskCards.sol";
import {PoolSystem} from "../../src/underwriting/PoolBase.sol";
import {PoolFourthPart} from "../../src/underwriting/PoolFourthPart.sol";
import {Exposure} from "../../src/underwriting/PoolRisk.sol";
import {
    Capital,
    GroupWord,
    MARKET_KNOWN,
    MarketWordLib,
    PolicyWordLib
} from "../../src/underwriting/PoolWords.sol";

/// @notice A market that changes in a book: its cover and card from now on, the groups' coefficients.
struct BookStep {
    MarketId market;
    MarketStatus status;
    RiskInputs inputs;
    uint256 committed;
}

/// @notice A pool and a market as a quote finds them, and what is asked for.
struct QuoteCase {
    uint24 z;
    uint16 feeBps;
    uint16 costOfCapitalBps;
    uint16 gateBps;
    uint8 gearing;
    uint8 decimals;
    uint8 flags;
    uint96 pricing;
    uint96 totalCover;
    uint48 expectedLoss;
    uint96 held;
    uint256 variance;
    MarketStatus status;
    uint8 marketFlags;
    uint88 committed;
    RiskCard applied;
    RiskInputs inputs;
    GroupWord[4] groups;
    uint256 cover;
    /// Days of cover, or days added.
    uint256 coverDays;
    /// Zero for a purchase; else the policy's end.
    uint256 endDay;
}

/// @title A pool's own quotes and views, on states that a test writes
/// @notice Answers as registry and oracle to pools it makes as clones of itself, one for each number of decimals.
/// Meant for `eth_call`: nothing it writes is kept.
contract QuoteHarness is PoolFourthPart {
    MarketId private constant MARKET = MarketId.wrap(bytes32(uint256(1) << 216));
    uint32 private constant POOL_INDEX = 1;

    MarketStatus private _status;
    RiskInputs private _inputs;
    mapping(uint8 => QuoteHarness) private _pools;

    constructor()
        PoolFourthPart(PoolSystem({
                registry: IMarketRegistry(address(this)),
                oracle: IRiskOracle(address(this)),
                board: IIncidentBoard(address(0)),
                coverToken: ICoverToken(address(0)),
                factory: address(0),
                authority: address(0),
                feeRecipient: address(0)
            }))
    {}

    /// @notice What the registry would answer.
    function status(MarketId) external view returns (MarketStatus) {
        return _status;
    }

    /// @notice What the oracle would answer.
    function inputs(MarketId, uint64) external view returns (RiskInputs memory) {
        return _inputs;
    }

    /// @notice Answers of `quote` or `quoteExtension`, as returned or reverted; the market's capital and the pool's state
    /// before.
    function quotes(QuoteCase[] calldata cases)
        external
        returns (
            bool[] memory ok,
            bytes[] memory data,
            uint256[] memory capital,
            PoolState[] memory states,
            uint256 time
        )
    {
        ok = new bool[](cases.length);
        data = new bytes[](cases.length);
        capital = new uint256[](cases.length);
        states = new PoolState[](cases.length);
        for (uint256 i; i < cases.length; ++i) {
            _status = cases[i].status;
            _inputs = cases[i].inputs;
            (ok[i], data[i], capital[i], states[i]) = _pool(cases[i].decimals).ask(cases[i]);
        }
        time = block.timestamp;
    }

    /// @notice Takes a book from nothing through all steps as purchases and card changes do; the figures after each:
    /// V, total cover, expected loss in loss units, then weighted and unweighted load of the step's groups.
    function walk(BookStep[] calldata steps, uint8 decimals) external returns (uint256[11][] memory figures) {
        figures = new uint256[11][](steps.length);
        Capital memory c;
        for (uint256 i; i < steps.length; ++i) {
            _status = steps[i].status;
            _inputs = steps[i].inputs;
            (c, figures[i]) = _pool(decimals).take(steps[i], c);
        }
    }

    /// @notice Pricing capital now. Cases (junior, senior, pricing capital, requested exits, total cover, elapsed).
    function pricingCapital(uint256[6][] calldata cases) external returns (uint256[] memory results) {
        results = new uint256[](cases.length);
        for (uint256 i; i < cases.length; ++i) {
            Capital memory c;
            c.junior = cases[i][0];
            c.senior = cases[i][1];
            _setPricing(c, cases[i][2]);
            c.totalCover = cases[i][4];
            c.touched = block.timestamp - cases[i][5];
            c.streamAsOf = block.timestamp;
            c.streamChanged = true;
            _storeCapital(c);
            _facts.requestedExits = uint96(cases[i][3]);
            results[i] = _loadCapital().pricing;
        }
    }

    /// @notice For this harness alone, of one of its pools: writes the state of a case and asks for the quote.
    function ask(QuoteCase calldata q)
        external
        returns (bool ok, bytes memory data, uint256 capital, PoolState memory state_)
    {
        _write(q);
        state_ = this.state();
        capital = this.marketState(MARKET).capital;
        CoverId id = toCoverId(POOL_INDEX, _sequence());
        data = q.endDay == 0
            ? abi.encodeCall(IPoolReading.quote, (MARKET, q.cover, q.coverDays))
            : abi.encodeCall(IPoolReading.quoteExtension, (id, q.coverDays));
        (ok, data) = address(this).staticcall(data);
    }

    /// @notice For this harness alone, of one of its pools: one step of a walk.
    function take(BookStep calldata step, Capital memory c)
        external
        returns (Capital memory, uint256[11] memory figures)
    {
        if (_markets[step.market].flags() == 0) {
            _markets[step.market] = MarketWordLib.pack(0, 0, 0, 0, 0, MARKET_KNOWN);
        }
        Exposure memory e = _loadExposure(step.market);
        _applyCards(e, c);
        _weigh(e, c, e.applied, step.committed);
        _storeExposure(e);
        (figures[0], figures[1], figures[2]) = (_variance, c.totalCover, c.expectedLoss);
        for (uint256 n; n < 4; ++n) {
            uint16 group = uint16(step.status.groups() >> (16 * n));
            if (group == 0) break;
            (figures[3 + 2 * n], figures[4 + 2 * n]) =
            (_groups[group].weighted(), _groups[group].unweighted());
        }
        return (c, figures);
    }

    function _pool(uint8 decimals) private returns (QuoteHarness pool) {
        pool = _pools[decimals];
        if (address(pool) != address(0)) return pool;
        bytes memory constants =
            abi.encodePacked(address(0), address(0), address(0), POOL_INDEX, decimals, uint8(7));
        pool = QuoteHarness(LibClone.clone(address(this), constants));
        _pools[decimals] = pool;
    }

    function _write(QuoteCase calldata q) private {
        _facts.z = q.z;
        _facts.feeBps = q.feeBps;
        _facts.costOfCapitalBps = q.costOfCapitalBps;
        _facts.gateBps = q.gateBps;
        _facts.gearing = q.gearing;
        _facts.flags = q.flags;
        _held = q.held;
        Capital memory c;
        c.junior = q.pricing;
        _setPricing(c, q.pricing);
        c.totalCover = q.totalCover;
        c.expectedLoss = q.expectedLoss;
        c.touched = block.timestamp;
        c.streamAsOf = block.timestamp;
        c.streamChanged = true;
        _storeCapital(c);
        _variance = q.variance;
        _marketIds[MARKET.keyOf()] = MARKET;
        _markets[MARKET] = MarketWordLib.pack(q.committed, 0, 0, q.applied.nonce(), 0, q.marketFlags);
        _appliedCards[MARKET.keyOf()] = q.applied;
        for (uint256 i; i < 4; ++i) {
            uint16 group = uint16(q.status.groups() >> (16 * i));
            if (group != 0) _groups[group] = q.groups[i];
        }
        if (q.endDay != 0) {
            _policies[_sequence()] =
                PolicyWordLib.pack(q.cover, 1, q.endDay, q.endDay, uint256(uint8(PolicyState.Active)));
        }
    }

    function _sequence() private pure returns (uint64) {
        return uint64(MarketKey.unwrap(MARKET.keyOf())) << 24;
    }
}
