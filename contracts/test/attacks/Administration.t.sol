// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";

import {IMarketRegistry} from "../../src/interfaces/IMarketRegistry.sol";
import {IPoolEvents} from "../../src/interfaces/IPoolEvents.sol";
import {PolicyState, PoolState} from "../../src/interfaces/IPoolTypes.sol";
import {MarketCardMessage} from "../../src/interfaces/IRiskOracle.sol";
import {CoverId} from "../../src/types/CoverId.sol";
import {OP_ALL} from "../../src/types/MarketStatus.sol";
import {MarketTerms} from "../../src/types/MarketTerms.sol";
import {UnderwritingFixture} from "../support/UnderwritingFixture.sol";

/// @notice Attacks by those who administer: this contract holds every role, without a delay.
contract AdministrationAttacksTest is UnderwritingFixture {
    address private hostile = makeAddr("hostile governor");

    /// The administrator calls everything it may, to its worst value: no unit of capital moves.
    function test_Attack36_MovingCapital() public {
        buyCover(market, holder, 10_000, 60);
        PoolState memory before = pool.state();
        uint256 balance = asset.balanceOf(address(pool));
        _everythingHostile();
        PoolState memory s = pool.state();
        assertEq(s.junior, before.junior);
        assertEq(s.senior, before.senior);
        assertEq(s.unearned, before.unearned);
        assertEq(asset.balanceOf(address(pool)), balance);
        assertEq(asset.balanceOf(address(this)), 0);
        vm.expectPartialRevert(IPoolEvents.NotVault.selector);
        pool.payExit(false, 0, 1, address(this));
        vm.expectPartialRevert(IPoolEvents.SettingOutOfBounds.selector);
        pool.setParameter("feeBps", 2501);
    }

    /// The administrator calls everything it may: what was sold keeps its terms and is paid by them.
    function test_Attack36_ChangingWhatWasSold() public {
        CoverId id = buyCover(market, holder, 10_000, 60);
        hold(holder, 10_000 * unit());
        bytes32 sold = keccak256(abi.encode(pool.policy(id)));
        MarketTerms memory terms = termsOf("vault");
        terms.deductibleBps = 1000;
        assertTrue(registry.register(terms) != market, "other terms are another market");
        vm.expectPartialRevert(IMarketRegistry.NotIncidentBoard.selector);
        registry.setPhase(market, 2);
        _everythingHostile();
        assertEq(keccak256(abi.encode(pool.policy(id))), sold);
        assertEq(uint8(pool.policy(id).state), uint8(PolicyState.Active));
        vm.warp(pool.policy(id).start);
        fail(market, 1e8);
        assertEq(pool.pay(id), 9500 * unit());
        requestAll(junior, underwriter);
        vm.warp(block.timestamp + 90 days);
        junior.strikeExit(type(uint256).max);
        assertGt(pool.state().escrow, 0, "who bore the loss may leave");
    }

    /// A governor with a delay calls at once, without having announced; so does whoever has no role.
    function test_Attack36_SkippingTheDelay() public {
        manager.grantRole(0, hostile, 2 days);
        vm.startPrank(hostile);
        vm.expectPartialRevert(IAccessManager.AccessManagerNotScheduled.selector);
        pool.setParameter("feeBps", 2500);
        bytes memory call = abi.encodeCall(pool.setParameter, ("feeBps", 2500));
        manager.schedule(address(pool), call, 0);
        vm.warp(block.timestamp + 2 days - 1);
        vm.expectPartialRevert(IAccessManager.AccessManagerNotReady.selector);
        pool.setParameter("feeBps", 2500);
        vm.warp(block.timestamp + 1);
        pool.setParameter("feeBps", 2500);
        vm.expectPartialRevert(IAccessManager.AccessManagerNotScheduled.selector);
        pool.setParameter("feeBps", 2500);
        vm.stopPrank();
        vm.expectPartialRevert(IPoolEvents.NotAuthorised.selector);
        vm.prank(holder);
        pool.startWindDown();
    }

    function _everythingHostile() private {
        pool.setParameter("feeBps", 2500);
        pool.setParameter("costOfCapitalBps", 5000);
        pool.setParameter("gateBps", 5000);
        pool.setParameter("minJuniorBps", 10_000);
        pool.setParameter("gearing", 1);
        pool.setParameter("exitDelayDays", 90);
        pool.setParameter("tip", 1);
        registry.close(market, OP_ALL);
        oracle.alertGroup(SOFT, uint40(block.timestamp + 3 days));
        MarketCardMessage memory card = cardOf(market);
        card.el = 8_000_000;
        publishMarket(card);
        board.retireRoute(address(route));
        pool.detachMarket(market);
        pool.startWindDown();
    }
}
