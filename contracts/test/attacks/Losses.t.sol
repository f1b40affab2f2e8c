// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IncidentState} from "../../src/interfaces/IIncidentBoard.sol";
import {IPoolEvents} from "../../src/interfaces/IPoolEvents.sol";
import {MarketId} from "../../src/types/MarketId.sol";
import {UnderwritingFixture} from "../support/UnderwritingFixture.sol";

/// @notice Losses upon losses, and several at once.
contract LossAttacksTest is UnderwritingFixture {
    address private attacker = makeAddr("attacker");

    /// The attacker keeps shares of a wiped-out tranche and shares in what others bring, twice over.
    function test_Attack11_TotalLossThenDepositsThenASecondLoss() public {
        _failAtOnce("first", 8);
        assertLe(pool.state().junior + pool.state().senior, unit() / 100);
        assertEq(junior.balanceOf(underwriter), 0, "the old class");
        fund(junior, holder, 400_000);
        fund(senior, holder, 600_000);
        assertEq(junior.convertToAssets(junior.balanceOf(holder)), 400_000 * unit());
        _failAtOnce("second", 8);
        assertEq(junior.balanceOf(holder) + junior.balanceOf(underwriter), 0);
        fund(junior, keeper, 400_000);
        assertEq(junior.convertToAssets(junior.balanceOf(keeper)), 400_000 * unit());
        asset.mint(address(this), 1000 * unit());
        asset.approve(address(pool), 1000 * unit());
        pool.addSalvage(9, 1000 * unit());
        assertEq(
            pool.salvageShare(9, false, underwriter), 0, "the first class has no part in the second loss"
        );
        assertEq(pool.salvageShare(9, false, keeper), 0, "nor has the third");
        assertSolvent(0);
    }

    /// A hundred times junior loses nearly everything and comes back: shares neither overflow nor favour the old.
    function test_Attack12_AHundredLossesOfNearlyEverything() public {
        for (uint256 i; i < 100; ++i) {
            uint256 half = pool.state().junior * 99 / 200;
            for (uint256 n; n < 2; ++n) {
                MarketId m = openMarket(softTerms(string.concat(vm.toString(i), "/", vm.toString(n))));
                buy(m, holder, half, 30);
            }
            vm.warp(block.timestamp + 4 days);
            for (uint256 n; n < 2; ++n) {
                fail(registry.idOf(softTerms(string.concat(vm.toString(i), "/", vm.toString(n)))), 1e8);
            }
            publishGroup(groupCardOf(SOFT));
            uint256 amount = 400_000 * unit() - pool.state().junior;
            address account = makeAddr(vm.toString(i));
            uint256 shares = deposit(junior, account, amount);
            assertApproxEqRel(junior.convertToAssets(shares), amount, 1e12);
        }
        assertLe(junior.convertToAssets(junior.balanceOf(underwriter)), unit());
        assertSolvent(0);
    }

    /// Markets of one shock group fail at once; the attacker declares its own first, before the others are noted.
    function test_Attack15_DeclaringOnesOwnIncidentFirst() public {
        MarketId[] memory markets = _sellSoft("market", 8);
        for (uint256 i; i < 8; ++i) {
            find(markets[i], IncidentState.Final, block.timestamp, 1e8);
        }
        uint256 snapshot = vm.snapshotState();
        for (uint256 i = 8; i != 0; --i) {
            pool.settleIncident(i);
        }
        uint256 last = pool.incidentState(8).ratio;
        vm.revertToState(snapshot);
        for (uint256 i = 1; i <= 8; ++i) {
            pool.settleIncident(i);
        }
        uint256 first = pool.incidentState(1).ratio;
        assertApproxEqAbs(first, last, 1e12, "EQUALITY-1");
        for (uint256 i = 2; i <= 8; ++i) {
            assertApproxEqAbs(pool.incidentState(i).ratio, first, 1e12, "EQUALITY-1");
        }
        assertSolvent(0);
    }

    /// The attacker buys in every market that fails of one cause, so that one shock takes more than there is.
    function test_Attack15_OverfillingAShockGroup() public {
        for (uint256 i; i < 4; ++i) {
            buyCover(openMarket(vm.toString(i)), attacker, 240_000, 60);
        }
        MarketId fifth = openMarket("fifth");
        asset.mint(attacker, 100_000 * unit());
        vm.startPrank(attacker);
        vm.expectPartialRevert(IPoolEvents.GroupFull.selector);
        pool.buy(buyParams(fifth, attacker, 100_000 * unit(), 60));
        vm.stopPrank();
    }

    function _failAtOnce(string memory name, uint256 count) private {
        MarketId[] memory markets = _sellSoft(name, count);
        uint256 first = board.incidentCount() + 1;
        for (uint256 i; i < count; ++i) {
            find(markets[i], IncidentState.Final, block.timestamp, 1e8);
        }
        for (uint256 i; i < count; ++i) {
            pool.settleIncident(first + i);
        }
        for (uint256 i; i < count; ++i) {
            try pool.topUp(first + i) {} catch {}
        }
        publishGroup(groupCardOf(SOFT));
    }

    /// @dev Cover of 240,000 in each of several markets of one soft group, and time enough for it to have started.
    function _sellSoft(string memory name, uint256 count) private returns (MarketId[] memory markets) {
        markets = new MarketId[](count);
        for (uint256 i; i < count; ++i) {
            markets[i] = openMarket(softTerms(string.concat(name, vm.toString(i))));
            buyCover(markets[i], holder, 240_000, 60);
        }
        vm.warp(block.timestamp + 10 days);
    }
}
