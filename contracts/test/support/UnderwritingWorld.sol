// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {FixedPointMathLib as Math} from "solady/utils/FixedPointMathLib.sol";
import {SafeTransferLib} from "solady/utils/SafeTransferLib.sol";

import {IncidentState} from "../../src/interfaces/IIncidentBoard.sol";
import {IPool} from "../../src/interfaces/IPool.sol";
import {PoolSettings} from "../../src/interfaces/IPoolFactory.sol";
import {PoolState} from "../../src/interfaces/IPoolTypes.sol";
import {GroupCardMessage, IRiskOracle, MarketCardMessage} from "../../src/interfaces/IRiskOracle.sol";
import {CoverId} from "../../src/types/CoverId.sol";
import {MarketId} from "../../src/types/MarketId.sol";
import {MarketTerms} from "../../src/types/MarketTerms.sol";
import {TrancheVault} from "../../src/underwriting/TrancheVault.sol";
import {SystemFixture} from "./SystemFixture.sol";

/// @notice Two pools that share markets and groups, several actors, and what a bookkeeper would note beside them.
abstract contract UnderwritingWorld is SystemFixture {
    struct Side {
        IPool pool;
        TrancheVault junior;
        TrancheVault senior;
        uint256 donated;
        CoverId[] covers;
        uint256 juniorRequests;
        uint256 seniorRequests;
    }

    struct Sold {
        uint256 slot;
        /// Premium of the sale and of its extensions.
        uint256 spent;
        bool refunded;
    }

    Side[2] internal sides;
    address[] internal actors;
    /// Every market ever opened; the newest of each of each kind can be sold.
    MarketId[] internal markets;
    uint256 internal constant KINDS = 6;
    /// The kind without a loss to prove; only the second pool, which asks a gate, sells it.
    uint256 internal constant PARAMETRIC = 5;
    uint256[KINDS] internal current;
    mapping(MarketId => mapping(uint256 nonce => MarketCardMessage)) internal cards;
    mapping(uint16 group => uint256) internal shocks;
    mapping(CoverId => Sold) internal sold;
    mapping(CoverId => mapping(uint256 incident => uint256)) internal paidOn;
    /// Newest incident on which something was paid.
    mapping(CoverId => uint256) internal paidFor;
    mapping(IPool => mapping(uint256 incident => bool)) internal unwound;
    /// Incidents declared before the pool was last seen not to be short: it owes them nothing more.
    mapping(IPool => mapping(uint256 incident => bool)) internal forgotten;
    mapping(IPool => bool) private _wasShort;
    /// What the pool that is being used looked like before the action.
    PoolState internal earlier;
    uint256 internal earlierTime;
    uint256 private _step;
    /// Actions called, and those of them that did something.
    mapping(bytes4 => uint256) internal calls;
    mapping(bytes4 => uint256) internal effective;

    modifier action() {
        ++calls[msg.sig];
        _;
        _afterAction();
    }

    function setUp() public virtual override {
        super.setUp();
        sides[0].pool = pool;
        (sides[0].junior, sides[0].senior) = (junior, senior);
        PoolSettings memory gated = settings();
        gated.accessGate = address(gate);
        (sides[1].pool, sides[1].junior, sides[1].senior) = createPool(gated);
        for (uint256 i; i < 4; ++i) {
            actors.push(makeAddr(string.concat("actor", vm.toString(i))));
            hold(actors[i], 1e9 * unit());
            gate.list(actors[i]);
        }
        for (uint256 i; i < KINDS; ++i) {
            _open(i);
        }
        for (uint256 i; i < 2; ++i) {
            _use(i);
            deposit(junior, actors[0], 400_000 * unit());
            deposit(senior, actors[1], 600_000 * unit());
            publishPool(35_000, 50);
        }
    }

    /// @dev A fresh market of a kind: two with a hard and a soft group, the others with the soft group alone.
    function _open(uint256 kind) internal {
        MarketTerms memory t = termsOf(string.concat("market", vm.toString(markets.length)));
        t.claimWindow = 30 days;
        if (kind > 1) {
            t.groups = new uint16[](1);
            t.groups[0] = SOFT;
            t.deductibleBps = 0;
        }
        if (kind == PARAMETRIC) (t.exposure, t.exposureConfig) = (address(0), "");
        pool = sides[0].pool;
        MarketId m = registry.register(t);
        if (kind != PARAMETRIC) surrender.register(t);
        current[kind] = markets.length;
        markets.push(m);
        _publish(m, 2_000_000, 500_000, 3000);
        if (oracle.groupNonce(SOFT) == 0) _publishGroup(SOFT, 1_000_000);
        if (oracle.groupNonce(HARD) == 0) _publishGroup(HARD, 1_000_000);
        for (uint256 i = kind == PARAMETRIC ? 1 : 0; i < 2; ++i) {
            sides[i].pool.attachMarket(m);
        }
    }

    function _publish(MarketId m, uint256 el, uint256 v, uint256 w) internal {
        MarketCardMessage memory c = cardOf(m);
        (c.el, c.v) = (uint32(el), uint32(v));
        c.w = [uint16(w), uint16(w), 0, 0];
        publishMarket(c);
        cards[m][c.nonce] = c;
    }

    /// @dev The same cards again, where they are about to go stale.
    function _refresh() internal {
        for (uint256 i; i < KINDS; ++i) {
            MarketId m = markets[current[i]];
            MarketCardMessage memory c = cards[m][oracle.marketNonce(m)];
            if (_stateOf(m) == IncidentState.Final || c.validUntil > block.timestamp + 15 days) continue;
            _publish(m, c.el, c.v, c.w[0]);
        }
        _ease(SOFT);
        _ease(HARD);
    }

    /// @dev The same shock again; one that was raised in a hurry is halved at times, where the oracle lets it.
    function _ease(uint16 group) private {
        uint256 s = shocks[group];
        if (s <= 2_000_000 || _mix(s) % 4 != 0 || !_tryGroup(group, s / 2)) _publishGroup(group, s);
    }

    /// @dev Whether the oracle took a shock; it refuses what moves too fast.
    function _tryGroup(uint16 group, uint256 s) internal returns (bool) {
        return _tryCard(abi.encodeCall(this.publishShock, (group, s)));
    }

    function _tryTail(uint32 z) internal returns (bool) {
        return _tryCard(abi.encodeCall(this.publishTail, (z)));
    }

    function _tryCard(bytes memory publication) private returns (bool took) {
        bytes memory reason;
        (took, reason) = address(this).call(publication);
        if (!took) assertEq(bytes4(reason), IRiskOracle.CardMovesTooFast.selector);
    }

    function publishShock(uint16 group, uint256 s) external {
        _publishGroup(group, s);
    }

    function publishTail(uint32 z) external {
        publishPool(z, 50);
    }

    function _publishGroup(uint16 group, uint256 s) internal {
        GroupCardMessage memory c = groupCardOf(group);
        c.s = uint32(Math.min(s, 1e8));
        publishGroup(c);
        shocks[group] = c.s;
    }

    /// @dev Every function of the fixture acts on this pool from here on.
    function _use(uint256 seed) internal returns (Side storage side) {
        side = sides[seed % 2];
        (pool, junior, senior) = (side.pool, side.junior, side.senior);
        earlier = pool.state();
        earlierTime = block.timestamp;
        _forget();
        _beforeAction(uint256(keccak256(abi.encode(seed))));
    }

    /// @dev A pool that is not short any more owes nothing to the past.
    function _forget() private {
        if (_wasShort[pool] && !earlier.short) {
            for (uint256 n = 1; n <= board.incidentCount(); ++n) {
                forgotten[pool][n] = forgotten[pool][n] || pool.incidentState(n).declared;
            }
        }
        _wasShort[pool] = earlier.short;
    }

    /// @dev What a suite does to make the action harder.
    function _beforeAction(uint256 seed) internal virtual {}

    function _afterAction() internal virtual {}

    /// @dev What a suite tries beside upkeep, of all that must not succeed.
    function _tryInVain(uint256 seed) internal virtual {}

    /// @dev Whether risk rises faster at times than the pool can follow.
    function _hurries() internal view virtual returns (bool) {
        return false;
    }

    /// @dev Whether the token refuses to reach an account.
    function _refuses(address) internal view virtual returns (bool) {
        return false;
    }

    /// @dev Lets a failure pass where the token refuses who was to be paid; any other stays what it is.
    function _passRefusal(address to, bytes memory reason) internal view {
        if (_refuses(to) && bytes4(reason) == SafeTransferLib.TransferFailed.selector) return;
        assembly ("memory-safe") {
            revert(add(reason, 32), mload(reason))
        }
    }

    /// @dev CAPITAL-1 after an action: pricing capital is never more than what stays, and grows by a tenth a day at most.
    function _checkGrowth() internal view {
        PoolState memory s = pool.state();
        uint256 free = Math.zeroFloorSub(s.junior + s.senior, s.requestedExits);
        assertLe(s.pricingCapital, free, "CAPITAL-1");
        if (earlier.totalCover == 0 || s.totalCover == 0) return;
        uint256 elapsed = (block.timestamp - earlierTime) * 1e18 / 1 days;
        uint256 growth = uint256(Math.powWad(1.1e18, int256(elapsed))) - 1e18;
        uint256 base =
            Math.max(earlier.pricingCapital, Math.max(free, earlier.junior + earlier.senior) / 64 + 1);
        assertLe(s.pricingCapital, earlier.pricingCapital + base * growth / 1e18 + 1, "CAPITAL-1");
    }

    /// @dev Says that the action has got to its end and changed what it is about.
    function _did() internal {
        ++effective[msg.sig];
    }

    /// @dev The same number chooses something else each time.
    function _mix(uint256 seed) internal returns (uint256) {
        return uint256(keccak256(abi.encode(seed, ++_step)));
    }

    function _actor(uint256 seed) internal view returns (address) {
        return actors[seed % actors.length];
    }

    function _marketOf(uint256 seed) internal view returns (MarketId) {
        return markets[current[seed % KINDS]];
    }

    /// @dev Whether the pool that is being used may sell a market.
    function _knows(MarketId m) internal view returns (bool) {
        return registry.exposureOf(m) != address(0) || pool == sides[1].pool;
    }

    function _vault(bool isSenior) internal view returns (TrancheVault) {
        return isSenior ? senior : junior;
    }

    function _stateOf(MarketId m) internal view returns (IncidentState) {
        uint256 incident = board.incidentOf(m);
        return incident == 0 ? IncidentState.None : board.incident(incident).state;
    }
}
