// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {FixedPointMathLib as Math} from "solady/utils/FixedPointMathLib.sol";

import {MarketState, Policy, PoolIncident, PoolState} from "../../src/interfaces/IPoolTypes.sol";
import {MarketCardMessage} from "../../src/interfaces/IRiskOracle.sol";
import {CoverId} from "../../src/types/CoverId.sol";
import {MarketId} from "../../src/types/MarketId.sol";
import {UnderwritingLosses} from "../support/UnderwritingLosses.sol";

/// @notice What holds of every pool whatever anyone does. EXIT-1 and EQUALITY-1 are checked where exits and claims are
/// made, the rest after every action.
contract UnderwritingInvariants is UnderwritingLosses {
    function setUp() public override {
        super.setUp();
        bytes4[21] memory once = [
            this.doWarp.selector,
            this.doBuy.selector,
            this.doIncident.selector,
            this.doSettle.selector,
            this.doPay.selector,
            this.doClaimExit.selector,
            this.doDeposit.selector,
            this.doExtend.selector,
            this.doRenew.selector,
            this.doCancel.selector,
            this.doTransferCover.selector,
            this.doTransferShares.selector,
            this.doRequestExit.selector,
            this.doStrike.selector,
            this.doChangeCard.selector,
            this.doUpkeep.selector,
            this.doTopUp.selector,
            this.doClose.selector,
            this.doRefund.selector,
            this.doSalvage.selector,
            this.doRefundShortfall.selector
        ];
        // Without time, cover and losses nothing else happens.
        uint8[14] memory often = [0, 0, 0, 0, 1, 1, 1, 1, 2, 3, 3, 4, 5, 16];
        bytes4[] memory s = new bytes4[](35);
        for (uint256 i; i < 35; ++i) {
            s[i] = i < 21 ? once[i] : once[often[i - 21]];
        }
        targetSelector(FuzzSelector({addr: address(this), selectors: s}));
        targetContract(address(this));
    }

    /// forge-config: default.invariant.runs = 40
    /// forge-config: default.invariant.depth = 250
    function invariant_Underwriting() public view {
        for (uint256 i; i < 2; ++i) {
            _checkSolvency(sides[i]);
            _checkPrice(sides[i]);
            _checkStream(sides[i]);
        }
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
            uint256 incident = board.incidentOf(p.market);
            uint256 share = 1e8;
            if (unwound[side.pool][incident]) {
                if (sold[id].refunded) continue;
                share = board.incident(incident).severity;
            }
            rest += p.rate * (p.end - block.timestamp) * share / 1e8;
            rates += p.rate * share / 1e8;
        }
        assertGe(s.unearned + 1, rest >> 16, "STREAM-1");
        assertGe(s.streamRate, rates, "STREAM-1");
        assertGe(s.refunds + DUST, owed, "STREAM-2");
    }
}
