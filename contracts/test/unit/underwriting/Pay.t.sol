// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IExposure} from "../../../src/interfaces/IExposure.sol";
import {IncidentState} from "../../../src/interfaces/IIncidentBoard.sol";
import {IPoolEvents} from "../../../src/interfaces/IPoolEvents.sol";
import {PolicyState} from "../../../src/interfaces/IPoolTypes.sol";
import {CoverId, toCoverId} from "../../../src/types/CoverId.sol";
import {UnderwritingFixture} from "../../support/UnderwritingFixture.sol";

contract PayTest is UnderwritingFixture {
    CoverId internal id;

    function setUp() public override {
        super.setUp();
        id = buyCover(market, holder, 50_000, 30);
        vm.warp(pool.policy(id).start);
    }

    function test_WhenTheLossIsProven_PaysTheHolderLessTheDeductible() public {
        hold(holder, 50_000 * unit());
        uint256 incident = fail(market, 1e8);
        vm.prank(keeper);
        assertEq(pool.pay(id), 47_500 * unit());
        assertEq(asset.balanceOf(holder), 47_500 * unit());
        assertEq(position.balanceOf(holder), 0);
        assertEq(uint8(pool.policy(id).state), uint8(PolicyState.Settled));
        assertEq(pool.incidentState(incident).paid, 47_500 * unit());
        assertEq(pool.incidentState(incident).proven, 47_500 * unit());
        assertSolvent(0);
    }

    function test_WhenTheLossIsPartial_PaysItsSeverity() public {
        hold(holder, 50_000 * unit());
        fail(market, 0.2e8);
        assertEq(pool.pay(id), 9500 * unit());
        assertEq(position.balanceOf(holder), 40_000 * unit());
    }

    function test_WhenTheInsuredHasLess_PaysWhatItLost() public {
        hold(holder, 10_000 * unit());
        vm.prank(holder);
        position.approve(address(surrender), 10_000 * unit());
        fail(market, 1e8);
        assertEq(pool.pay(id), 9500 * unit());
    }

    function test_WhenTwoPoliciesInsureOnePosition_ItCountsOnce() public {
        CoverId second = buyCover(market, holder, 50_000, 30);
        vm.warp(pool.policy(second).start);
        hold(holder, 50_000 * unit());
        fail(market, 1e8);
        pool.pay(id);
        vm.expectRevert(abi.encodeWithSelector(IPoolEvents.NothingProven.selector, second));
        pool.pay(second);
    }

    function test_WhenTheTokenWasSoldAfterTheEvent_ThePaymentGoesToItsHolder() public {
        hold(holder, 50_000 * unit());
        fail(market, 1e8);
        vm.prank(holder);
        coverToken.transferFrom(holder, keeper, id.toTokenId());
        pool.pay(id);
        assertEq(asset.balanceOf(keeper), 47_500 * unit());
        assertEq(position.balanceOf(holder), 0);
    }

    function test_WhenTheEventIsInTheFirstSecond_Pays() public {
        hold(holder, 50_000 * unit());
        uint256 start = pool.policy(id).start;
        vm.warp(start + 1 days);
        pool.settleIncident(find(market, IncidentState.Final, start, 1e8));
        assertEq(pool.pay(id), 47_500 * unit());
    }

    function test_RevertWhen_TheEventIsASecondBeforeTheStart() public {
        hold(holder, 50_000 * unit());
        pool.settleIncident(find(market, IncidentState.Final, pool.policy(id).start - 1, 1e8));
        vm.expectPartialRevert(IPoolEvents.NotCoveredAtEvent.selector);
        pool.pay(id);
    }

    function test_RevertWhen_TheEventIsInTheSecondOfTheEnd() public {
        hold(holder, 50_000 * unit());
        uint256 end = pool.policy(id).end;
        vm.warp(end);
        fail(market, 1e8);
        vm.expectPartialRevert(IPoolEvents.NotCoveredAtEvent.selector);
        pool.pay(id);
    }

    function test_WhenReportedAfterTheEnd_PaysForTheLastSecond() public {
        hold(holder, 50_000 * unit());
        uint256 end = pool.policy(id).end;
        vm.warp(end + 7 days - 1);
        pool.settleIncident(find(market, IncidentState.Final, end - 1, 1e8));
        assertEq(pool.pay(id), 47_500 * unit());
        assertSolvent(0);
    }

    function test_RevertWhen_NothingIsProven() public {
        fail(market, 1e8);
        vm.expectRevert(abi.encodeWithSelector(IPoolEvents.NothingProven.selector, id));
        pool.pay(id);
    }

    function test_RevertWhen_TheClaimWindowIsOver() public {
        hold(holder, 50_000 * unit());
        fail(market, 1e8);
        vm.warp(block.timestamp + 90 days + 1);
        vm.expectPartialRevert(IPoolEvents.ClaimWindowOver.selector);
        pool.pay(id);
    }

    function test_RevertWhen_ClaimedTwice() public {
        hold(holder, 100_000 * unit());
        fail(market, 1e8);
        pool.pay(id);
        vm.expectPartialRevert(IPoolEvents.PolicyNotActive.selector);
        pool.pay(id);
    }

    function test_RevertWhen_NothingWasDeclared() public {
        vm.expectPartialRevert(IPoolEvents.IncidentNotDeclarable.selector);
        pool.pay(id);
        find(market, IncidentState.Final, block.timestamp, 1e8);
        vm.expectPartialRevert(IPoolEvents.IncidentNotDeclarable.selector);
        pool.pay(id);
    }

    function test_RevertWhen_ThePolicyIsVoid() public {
        CoverId late = buyCover(market, holder, 1000, 30);
        vm.prank(holder);
        pool.cancel(late);
        fail(market, 1e8);
        vm.expectPartialRevert(IPoolEvents.PolicyNotActive.selector);
        pool.pay(late);
    }

    function test_RevertWhen_ThePolicyIsOfAnotherPool() public {
        fail(market, 1e8);
        CoverId other = toCoverId(9, id.sequence());
        vm.expectRevert(abi.encodeWithSelector(IPoolEvents.PolicyOfAnotherPool.selector, other));
        pool.pay(other);
    }

    function test_WhenTheMarketIsClosedForSales_Pays() public {
        hold(holder, 50_000 * unit());
        registry.close(market, 3);
        vm.warp(block.timestamp + 20 days);
        pool.startWindDown();
        fail(market, 1e8);
        assertEq(pool.pay(id), 47_500 * unit());
    }

    /// @dev Without a bond behind it a confirmation could be undone for nothing.
    function test_RevertWhen_NothingIsPayableBeforeFinal() public {
        hold(holder, 50_000 * unit());
        uint256 incident = find(market, IncidentState.Confirmed, block.timestamp, 1e8);
        pool.settleIncident(incident);
        assertEq(pool.incidentState(incident).payable_, 0);
        vm.expectRevert(abi.encodeWithSelector(IPoolEvents.NothingToPay.selector, id));
        pool.pay(id);
    }

    /// @dev A hand-over cannot be undone, an incident that is not Final can.
    function test_RevertWhen_TheProofWouldBeTakenBeforeFinal() public {
        hold(holder, 50_000 * unit());
        uint256 incident = bonded(market, IncidentState.Confirmed, 1e8, 10_000 * unit());
        pool.settleIncident(incident);
        assertGt(pool.incidentState(incident).payable_, 0);
        vm.expectRevert(abi.encodeWithSelector(IPoolEvents.NothingProven.selector, id));
        pool.pay(id);
        assertEq(position.balanceOf(holder), 50_000 * unit());
    }

    function test_WhenTheModuleProvesMoreThanWanted_PaysThePolicyAtMost() public {
        fail(market, 1e8);
        vm.mockCall(
            address(surrender),
            abi.encodeWithSelector(IExposure.settle.selector),
            abi.encode(type(uint256).max)
        );
        assertEq(pool.pay(id), 47_500 * unit());
        assertSolvent(0);
    }

    function test_RevertWhen_TheCoverTokenDoesNotAnswer() public {
        hold(holder, 50_000 * unit());
        fail(market, 1e8);
        vm.mockCallRevert(
            address(coverToken), abi.encodeCall(coverToken.partiesOf, (id)), "its reason is passed on"
        );
        vm.expectRevert("its reason is passed on");
        pool.pay(id);
        vm.clearMockedCalls();
        assertEq(pool.pay(id), 47_500 * unit());
    }
}
