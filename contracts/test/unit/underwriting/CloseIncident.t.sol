// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IncidentState} from "../../../src/interfaces/IIncidentBoard.sol";
import {IPoolEvents} from "../../../src/interfaces/IPoolEvents.sol";
import {PoolIncident} from "../../../src/interfaces/IPoolTypes.sol";
import {CoverId} from "../../../src/types/CoverId.sol";
import {UnderwritingFixture} from "../../support/UnderwritingFixture.sol";

contract CloseIncidentTest is UnderwritingFixture {
    CoverId internal first;
    CoverId internal second;

    function setUp() public override {
        super.setUp();
        first = buyCover(market, holder, 50_000, 60);
        second = buyCover(market, keeper, 50_000, 60);
        hold(holder, 50_000 * unit());
        vm.warp(block.timestamp + 10 days);
    }

    function test_WhenSomeDidNotClaim_TheirPartIsSalvage() public {
        uint256 incident = fail(market, 1e8);
        pool.pay(first);
        vm.warp(block.timestamp + 90 days + 1);
        pool.closeIncident(incident);
        PoolIncident memory l = pool.incidentState(incident);
        assertTrue(l.closed);
        assertEq(l.salvage, 47_500 * unit());
        assertEq(l.moved, l.paid);
        assertEq(pool.claimSalvage(incident, false, underwriter), 47_500 * unit());
        assertSolvent(0);
    }

    function test_WhenNobodyClaimed_AllIsSalvage() public {
        uint256 incident = fail(market, 1e8);
        vm.warp(block.timestamp + 91 days);
        pool.closeIncident(incident);
        assertEq(pool.incidentState(incident).salvage, 95_000 * unit());
        assertEq(pool.incidentState(incident).moved, 0);
        assertSolvent(0);
    }

    function test_WhenClosed_NoClaimIsTaken() public {
        uint256 incident = fail(market, 1e8);
        vm.warp(block.timestamp + 91 days);
        pool.closeIncident(incident);
        vm.expectPartialRevert(IPoolEvents.ClaimWindowOver.selector);
        pool.pay(first);
    }

    function test_RevertWhen_TheClaimWindowIsOpen() public {
        uint256 incident = fail(market, 1e8);
        vm.warp(block.timestamp + 90 days);
        vm.expectRevert(abi.encodeWithSelector(IPoolEvents.ClaimWindowOpen.selector, block.timestamp));
        pool.closeIncident(incident);
    }

    function test_RevertWhen_ItIsNotFinal() public {
        uint256 incident = find(market, IncidentState.Confirmed, block.timestamp, 1e8);
        pool.settleIncident(incident);
        vm.warp(block.timestamp + 91 days);
        vm.expectRevert(abi.encodeWithSelector(IPoolEvents.IncidentNotFinal.selector, incident));
        pool.closeIncident(incident);
    }

    function test_RevertWhen_ClosedTwice() public {
        uint256 incident = fail(market, 1e8);
        vm.warp(block.timestamp + 91 days);
        pool.closeIncident(incident);
        vm.expectRevert(abi.encodeWithSelector(IPoolEvents.IncidentNotFinal.selector, incident));
        pool.closeIncident(incident);
    }
}
