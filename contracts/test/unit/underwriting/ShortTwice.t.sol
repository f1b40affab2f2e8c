// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IncidentState} from "../../../src/interfaces/IIncidentBoard.sol";
import {PoolIncident} from "../../../src/interfaces/IPoolTypes.sol";
import {MarketId} from "../../../src/types/MarketId.sol";
import {UnderwritingFixture} from "../../support/UnderwritingFixture.sol";

/// @notice One shortage leaves nothing behind for the next.
contract ShortTwiceTest is UnderwritingFixture {
    uint256 private constant COVER = 187_000;

    /// @dev Five of 250,000 against a million, of which one is final and topped up to all of it once the others are
    /// rejected; then six of 187,000 against 750,000 of new capital.
    function test_WhenShortAgain_ATopUpIsItsShareOfWhatCameBack() public {
        (MarketId[] memory markets,) = sellMarkets(5, 250_000);
        vm.warp(block.timestamp + 10 days);
        _settleAll(markets, 1);
        find(markets[0], IncidentState.Final, block.timestamp, 1e8);
        pool.settleIncident(1);
        for (uint256 i = 1; i < 5; ++i) {
            find(markets[i], IncidentState.Rejected, block.timestamp, 0);
            pool.settleIncident(i + 1);
        }
        assertGt(pool.topUp(1), 40_000 * unit());
        assertEq(pool.incidentState(1).ratio, 1e18);
        assertFalse(pool.state().short);

        // The reserves of the rejected are salvage of those who bore them: others bring new capital.
        vm.warp(block.timestamp + 70 days);
        for (uint256 i = 1; i < 5; ++i) {
            pool.poke(markets[i], type(uint256).max);
        }
        fund(junior, keeper, 300_000);
        fund(senior, keeper, 450_000);
        MarketId[] memory next = new MarketId[](6);
        for (uint256 i; i < 6; ++i) {
            next[i] = openMarket(softTerms(string.concat("again", vm.toString(i))));
            publishGroup(groupCardOf(SOFT));
            buyCover(next[i], holder, COVER, 60);
        }
        vm.warp(block.timestamp + 10 days);
        _settleAll(next, 6);
        for (uint256 i; i < 5; ++i) {
            find(next[i], IncidentState.Final, block.timestamp, 1e8);
            pool.settleIncident(6 + i);
        }
        uint256 back = pool.incidentState(11).moved;
        find(next[5], IncidentState.Rejected, block.timestamp, 0);
        pool.settleIncident(11);
        assertApproxEqAbs(pool.topUp(6), back / 5, 20 * unit(), "EQUALITY-1");
        for (uint256 i = 7; i < 11; ++i) {
            pool.topUp(i);
            assertApproxEqAbs(
                pool.incidentState(i).ratio, pool.incidentState(6).ratio, 0.0001e18, "EQUALITY-1"
            );
        }
        assertSolvent(0);
    }

    function _settleAll(MarketId[] memory markets, uint256 first) private {
        for (uint256 i; i < markets.length; ++i) {
            find(markets[i], IncidentState.Confirmed, block.timestamp, 1e8);
        }
        pool.syncIncidents(markets.length);
        for (uint256 i; i < markets.length; ++i) {
            pool.settleIncident(first + i);
            PoolIncident memory l = pool.incidentState(first + i);
            assertLt(l.ratio, 0.9e18);
        }
    }
}
