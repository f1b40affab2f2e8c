// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Incident, IncidentState} from "../../src/interfaces/IIncidentBoard.sol";
import {MarketState, Policy, PoolIncident, PoolState} from "../../src/interfaces/IPoolTypes.sol";
import {MarketCardMessage} from "../../src/interfaces/IRiskOracle.sol";
import {CoverId} from "../../src/types/CoverId.sol";
import {UnderwritingLosses} from "./UnderwritingLosses.sol";

/// @notice What holds of every pool whatever anyone does. EXIT-1, EQUALITY-1 and CAPITAL-1 are checked where exits, claims
/// and capital move, the rest after every action.
abstract contract UnderwritingChecks is UnderwritingLosses {
    uint256 private constant ACTIONS = 16;

    function setUp() public virtual override {
        super.setUp();
        bytes4[ACTIONS] memory once = [
            this.doWarp.selector,
            this.doBuy.selector,
            this.doIncident.selector,
            this.doSettle.selector,
            this.doPay.selector,
            this.doAftermath.selector,
            this.doDeposit.selector,
            this.doExtend.selector,
            this.doRenew.selector,
            this.doCancel.selector,
            this.doTransferCover.selector,
            this.doTransferShares.selector,
            this.doRequestExit.selector,
            this.doChangeCard.selector,
            this.doUpkeep.selector,
            this.doInterim.selector
        ];
        // Without time, cover and losses nothing else happens.
        uint8[13] memory often = [0, 0, 0, 0, 0, 1, 1, 1, 2, 3, 5, 5, 5];
        bytes4[] memory s = new bytes4[](ACTIONS + often.length);
        for (uint256 i; i < s.length; ++i) {
            s[i] = i < ACTIONS ? once[i] : once[often[i - ACTIONS]];
        }
        targetSelector(FuzzSelector({addr: address(this), selectors: s}));
        targetContract(address(this));
    }

    function _checkAll() internal view {
        for (uint256 i; i < 2; ++i) {
            _checkSolvency(sides[i]);
            _checkPrice(sides[i]);
            _checkStream(sides[i]);
        }
        _checkBonds();
    }

    /// @dev Where a run is asked to, it says how many calls of each action did something: selector, calls, effective calls.
    function afterInvariant() public {
        string memory file = vm.envOr("BREAKWATER_FUZZ_STATS", string(""));
        if (bytes(file).length == 0) return;
        bytes4[] memory all = targetSelectors()[0].selectors;
        for (uint256 i; i < ACTIONS; ++i) {
            string memory counts =
                string.concat(vm.toString(calls[all[i]]), " ", vm.toString(effective[all[i]]));
            vm.writeLine(file, string.concat(vm.toString(abi.encodePacked(all[i])), " ", counts));
        }
    }

    /// @dev INCIDENT-3: the board holds what is free, what is locked to open incidents, and what pools may collect.
    /// SOLVENCY-4: before an incident is final, pools together pay no more on it than its bond.
    function _checkBonds() private view {
        uint256 owed = board.freeBond(address(route), address(asset));
        for (uint256 n = 1; n <= board.incidentCount(); ++n) {
            Incident memory i = board.incident(n);
            bool open = i.state == IncidentState.Suspect || i.state == IncidentState.Confirmed;
            if (open) owed += i.bond;
            uint256 paid;
            for (uint256 p; p < 2; ++p) {
                if (i.state == IncidentState.Rejected) owed += board.drawnBy(n, address(sides[p].pool));
                paid += sides[p].pool.incidentState(n).paid;
            }
            if (open) assertLe(paid, i.bond, "SOLVENCY-4");
        }
        assertGe(asset.balanceOf(address(board)), owed, "INCIDENT-3");
    }

    /// @dev SOLVENCY-1: what a pool holds is what it owes and what was donated. SOLVENCY-2: no incident pays more than
    /// was moved to it, nor gives back more than was recovered.
    function _checkSolvency(Side storage side) private view {
        PoolState memory s = side.pool.state();
        uint256 owed = s.junior + s.senior + s.escrow + s.unearned + s.feesOwed + s.integratorFees + s.refunds;
        for (uint256 n = 1; n <= board.incidentCount(); ++n) {
            PoolIncident memory l = side.pool.incidentState(n);
            assertLe(l.paid, l.moved, "SOLVENCY-2");
            assertLe(l.salvageClaimed, l.salvage, "SOLVENCY-2");
            owed = owed + l.moved + l.salvage - l.paid - l.salvageClaimed;
        }
        assertEq(asset.balanceOf(address(side.pool)), owed + side.donated, "SOLVENCY-1");
    }

    /// @dev PRICE-1: V and every load are what adding all markets up from nothing gives; the capital of the markets adds
    /// up to S.
    function _checkPrice(Side storage side) private view {
        uint256[2] memory weighted;
        uint256[2] memory unweighted;
        uint256 variance;
        uint256 total;
        uint256 capital;
        for (uint256 i; i < markets.length; ++i) {
            MarketState memory m = side.pool.marketState(markets[i]);
            MarketCardMessage storage c = cards[markets[i]][m.cardNonce];
            uint256 x = m.committed;
            variance += uint256(c.v) * x * x * 1e8;
            weighted[0] += c.w[0] * x;
            unweighted[0] += x;
            if (_kindOf(i) != 2) {
                weighted[1] += c.w[1] * x;
                unweighted[1] += x;
            }
            total += x;
            capital += m.capital;
        }
        for (uint256 g; g < 2; ++g) {
            (uint256 y, uint256 u, uint256 s) = side.pool.groupState(g == 0 ? SOFT : HARD);
            assertEq(y, weighted[g], "PRICE-1");
            assertEq(u, unweighted[g], "PRICE-1");
            variance += s * y * y;
        }
        PoolState memory p = side.pool.state();
        assertEq(p.variance, variance, "PRICE-1");
        assertEq(p.totalCover, total, "PRICE-1");
        assertLe(capital, p.requiredCapital + 1, "PRICE-1");
        assertGe(capital + markets.length + 2 + p.requiredCapital / 1e7, p.requiredCapital, "PRICE-1");
    }

    function _kindOf(uint256 slot) private view returns (uint256) {
        return registry.status(markets[slot]).deductibleBps() == 0 ? 2 : 0;
    }

    /// @dev STREAM-1: unearned premium covers what every policy's rate still has to stream. STREAM-2: what is held back
    /// covers what every policy can ask back of it.
    function _checkStream(Side storage side) private view {
        PoolState memory s = side.pool.state();
        uint256 rest;
        uint256 rates;
        uint256 owed;
        for (uint256 i; i < side.covers.length; ++i) {
            CoverId id = side.covers[i];
            Policy memory p = side.pool.policy(id);
            owed += side.pool.shortfallOf(id);
            if (p.end <= block.timestamp) continue;
            // An unwound market streams no more.
            if (unwound[side.pool][board.incidentOf(p.market)]) continue;
            rest += p.rate * (p.end - block.timestamp);
            rates += p.rate;
        }
        assertGe(s.unearned + 1, rest >> 16, "STREAM-1");
        assertGe(s.streamRate, rates, "STREAM-1");
        assertGe(s.refunds + DUST, owed, "STREAM-2");
    }
}
