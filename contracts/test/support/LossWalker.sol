// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ICoverToken} from "../../src/interfaces/ICoverToken.sol";
import {IIncidentBoard, Incident, IncidentState} from "../../src/interfaces/IIncidentBoard.sol";
import {IMarketRegistry} from "../../src/interfaces/IMarketRegistry.sol";
import {IRiskOracle} from "../../src/interfaces/IRiskOracle.sol";
import {DayBucketLib} from "../../src/libraries/DayBucket.sol";
import {ExpiryBitmap} from "../../src/libraries/ExpiryBitmap.sol";
import {MarketId, MarketKey} from "../../src/types/MarketId.sol";
import {MarketStatus, MarketStatusLib} from "../../src/types/MarketStatus.sol";
import {RiskInputs} from "../../src/types/RiskCards.sol";
import {PoolBase, PoolSystem} from "../../src/underwriting/PoolBase.sol";
import {PoolClosing} from "../../src/underwriting/PoolClosing.sol";
import {Capital, FLAG_SHORT, Loss, MARKET_KNOWN, MarketWordLib} from "../../src/underwriting/PoolWords.sol";
import {Walker} from "./Walker.sol";

/// @notice Board, registry, oracle and vaults as a pool under test finds them; what it was told by that pool.
contract LossWorld {
    mapping(address pool => Incident[]) private _incidents;
    mapping(address pool => uint16[]) private _deductibles;
    mapping(address pool => mapping(uint256 => uint96)) private _drawn;

    function open(MarketId market, uint40 eventTime, uint16 deductibleBps) external {
        Incident memory i;
        (i.market, i.state, i.eventTime) = (market, IncidentState.Suspect, eventTime);
        _incidents[msg.sender].push(i);
        _deductibles[msg.sender].push(deductibleBps);
    }

    function move(uint256 n, IncidentState state, uint32 severity, uint96 bond) external {
        Incident storage i = _incidents[msg.sender][n - 1];
        (i.state, i.severity, i.bond) = (state, severity, bond);
    }

    function incidentCount() external view returns (uint256) {
        return _incidents[msg.sender].length;
    }

    function incident(uint256 n) external view returns (Incident memory) {
        return _incidents[msg.sender][n - 1];
    }

    function drawInterim(uint256 n, uint96 wanted) external returns (uint96 granted) {
        uint96 bond = _incidents[msg.sender][n - 1].bond;
        granted = wanted < bond ? wanted : bond;
        _drawn[msg.sender][n] = granted;
    }

    function collectForfeit(uint256 n) external view returns (uint96) {
        return _drawn[msg.sender][n];
    }

    function status(MarketId market) external view returns (MarketStatus) {
        uint256 n = MarketKey.unwrap(market.keyOf());
        return MarketStatusLib.pack(0, 72, _deductibles[msg.sender][n - 1], 7, 90);
    }

    function exposureOf(MarketId) external pure returns (address) {
        return address(0);
    }

    function inputs(MarketId, uint64) external pure returns (RiskInputs memory answer) {}

    function takeSnapshot(uint256, bool) external pure returns (uint256, uint256) {}
}

/// @notice Losses of a pool. 0: junior and senior get a and b. 1: cover a, of a market with deductible b, was active when it failed,
/// c days ago: suspicion. 2: incident a is final at severity b. 3: it is confirmed, with a bond of c. 4: it is rejected. 5: it is
/// topped up, where it can be. 6: at most b of junior (a is 0) or senior goes into escrow of c days ago. 7: b of incident a's
/// liability is claimed and paid. 8: its claim window ends. Looks: 10 the tranches, and what is held; 11 incident a: moved, ratio,
/// share; 12 what live junior and senior lost to it, its salvage; 13 the same of escrow, its liability; 14 escrow of tranche
/// a struck b days ago, and whether the pool is short.
contract LossWalker is Walker, PoolClosing {
    using ExpiryBitmap for mapping(uint256 => uint256);

    LossWorld private immutable WORLD;

    constructor(LossWorld world)
        PoolBase(PoolSystem({
                registry: IMarketRegistry(address(world)),
                oracle: IRiskOracle(address(world)),
                board: IIncidentBoard(address(world)),
                coverToken: ICoverToken(address(0)),
                factory: address(0),
                authority: address(0),
                feeRecipient: address(0)
            }))
    {
        WORLD = world;
    }

    function _step(uint256 what, uint256 a, uint256 b, uint256 c)
        internal
        override
        returns (uint256[3] memory answer)
    {
        if (what >= 10) return _look(what, a, b);
        if (what == 0) _add(a, b);
        else if (what == 1) _open(a, b, c);
        else if (what == 2) _move(a, IncidentState.Final, b, 0);
        else if (what == 3) _move(a, IncidentState.Confirmed, b, c);
        else if (what == 4) _move(a, IncidentState.Rejected, 0, 0);
        else if (what == 5) answer[0] = _tryTopUp(a);
        else if (what == 6) _strike(a == 1, b, c);
        else if (what == 7) _claim(_losses[a], b);
        else _end(a);
    }

    function _add(uint256 junior, uint256 senior) private {
        Capital memory c = _loadCapital();
        c.junior += junior;
        c.senior += senior;
        _storeCapital(c);
    }

    function _open(uint256 cover, uint256 deductibleBps, uint256 age) private {
        uint256 n = WORLD.incidentCount() + 1;
        MarketKey key = MarketKey.wrap(uint40(n));
        MarketId market = MarketId.wrap(bytes32(n << 216));
        uint256 today = block.timestamp / DAY;
        _marketIds[key] = market;
        _markets[market] = MarketWordLib.pack(cover, cover, today, 0, 0, MARKET_KNOWN);
        _buckets[key][today - 30] = DayBucketLib.pack(cover, 0, 0);
        _marketDays[key].set(today - 30);
        Capital memory c = _loadCapital();
        c.totalCover += cover;
        _storeCapital(c);
        WORLD.open(market, uint40((today - age) * DAY), uint16(deductibleBps));
        this.syncIncidents(n);
    }

    function _move(uint256 n, IncidentState state, uint256 severity, uint256 bond) private {
        WORLD.move(n, state, uint32(severity), uint96(bond));
        this.settleIncident(n);
    }

    function _tryTopUp(uint256 n) private returns (uint256 amount) {
        try this.topUp(n) returns (uint256 topped) {
            amount = topped;
        } catch {}
    }

    function _strike(bool senior, uint256 most, uint256 age) private {
        Capital memory c = _loadCapital();
        uint256 assets = senior ? c.senior : c.junior;
        if (assets > most) assets = most;
        if (assets == 0) return;
        if (senior) c.senior -= assets;
        else c.junior -= assets;
        _storeCapital(c);
        uint256 day = block.timestamp / DAY - age;
        // A batch that a loss has emptied takes nothing more; a pool strikes nothing into it.
        _escrow[senior][day] += assets | (assets << 128);
        _escrowDays[senior].set(day);
        _escrowed += uint96(assets);
    }

    function _claim(Loss storage l, uint256 amount) private {
        uint256 left = l.liability > l.proven ? l.liability - l.proven : 0;
        if (amount > left) amount = left;
        l.proven += uint96(amount);
        l.paid += uint96(amount * l.share / 1e8);
    }

    function _end(uint256 n) private {
        _losses[n].claimsUntil = 0;
        try this.closeIncident(n) {}
        catch (bytes memory reason) {
            if (bytes4(reason) != IncidentStillOwed.selector) {
                revert("closing was refused for something else");
            }
        }
    }

    function _look(uint256 what, uint256 a, uint256 b) private view returns (uint256[3] memory answer) {
        Loss storage l = _losses[a];
        if (what == 10) {
            Capital memory c = _loadCapital();
            return [c.junior, c.senior, uint256(_held)];
        }
        if (what == 11) return [uint256(l.moved), l.ratio, l.share];
        if (what == 12) return [uint256(l.fromJunior), l.fromSenior, l.salvage];
        if (what == 13) return [uint256(l.fromJuniorEscrow), l.fromSeniorEscrow, l.liability];
        answer[0] = uint128(_escrow[a == 1][block.timestamp / DAY - b]);
        answer[1] = _facts.flags & FLAG_SHORT == 0 ? 0 : 1;
    }
}
