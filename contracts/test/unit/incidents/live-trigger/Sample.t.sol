// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {LiveTrigger} from "../../../../src/incidents/routes/LiveTrigger.sol";
import {IIncidentBoard, Incident, IncidentState} from "../../../../src/interfaces/IIncidentBoard.sol";
import {ILiveTrigger, LiveProgress} from "../../../../src/interfaces/ILiveTrigger.sol";
import {PHASE_ENDED, PHASE_OPEN} from "../../../../src/types/MarketStatus.sol";
import {IncidentLiveFixture} from "../../../support/IncidentLiveFixture.sol";

contract SampleTest is IncidentLiveFixture {
    function setUp() public override {
        super.setUp();
        _observeHourly(4);
    }

    function test_FiveSamplesOverKBlocksAreFinal() external {
        _price(0.6e18);
        uint40 opened = uint40(block.timestamp);
        uint256 first = block.number;
        for (uint8 i = 1; i < 5; ++i) {
            assertEq(_sample(), i);
            assertTrue(_stateOf(1) == IncidentState.Suspect);
            _blocks(GAP);
        }
        assertEq(_sample(), 5);
        assertEq(block.number, first + K);
        Incident memory found = board.incident(1);
        assertTrue(found.state == IncidentState.Final);
        assertEq(found.route, address(trigger));
        assertEq(found.eventTime, opened);
        assertEq(found.severity, 0.4e8);
        assertEq(found.unitValue, 1e18);
        assertEq(_phase(), PHASE_ENDED);
        assertEq(trigger.progress(market).samples, 0);
        _expectSampleRevert(abi.encodeWithSelector(IIncidentBoard.MarketClosed.selector, market));
    }

    function test_ATotalLossIsALoss() external {
        _price(0);
        for (uint256 i; i < 5; ++i) {
            _sample();
            _blocks(GAP);
        }
        assertEq(board.incident(1).severity, 1e8);
    }

    function test_TheSeverityIsTheLowestSeen() external {
        uint64[5] memory prices = [0.2e18, 0.5e18, 0.7e18, 0.1e18, 0.3e18];
        for (uint256 i; i < 5; ++i) {
            _price(prices[i]);
            _sample();
            _blocks(GAP);
        }
        assertEq(board.incident(1).severity, 0.3e8);
    }

    function test_RevertWhen_TooEarly() external {
        _price(0.5e18);
        _sample();
        uint256 due = block.number + GAP;
        _expectSampleRevert(abi.encodeWithSelector(ILiveTrigger.SampleTooEarly.selector, due));
        _blocks(GAP - 1);
        _expectSampleRevert(abi.encodeWithSelector(ILiveTrigger.SampleTooEarly.selector, due));
        _blocks(1);
        assertEq(_sample(), 2);
    }

    function test_WhenEarly_ALowerSeverityCountsAndTheSampleDoesNot() external {
        _price(0.5e18);
        _sample();
        _price(0.8e18);
        assertEq(_sample(), 1);
        LiveProgress memory p = trigger.progress(market);
        assertEq(p.severity, 0.2e8);
        assertEq(p.nextBlock, block.number + GAP);
    }

    function test_WhenHealthyAtAnyBlock_TheCaseIsDismissed() external {
        _price(0.5e18);
        _sample();
        _blocks(1);
        _price(0.901e18);
        assertEq(_sample(), 0);
        assertTrue(_stateOf(1) == IncidentState.Rejected);
        assertEq(_phase(), PHASE_OPEN);
    }

    function test_AfterADismissalTheTriggerRestsForKBlocks() external {
        _price(0.5e18);
        _sample();
        _price(1e18);
        _sample();
        uint256 until = block.number + K;
        assertEq(trigger.progress(market).nextBlock, until);
        _price(0.5e18);
        _expectSampleRevert(abi.encodeWithSelector(ILiveTrigger.DismissedRecently.selector, until));
        _blocks(K - 1);
        _expectSampleRevert(abi.encodeWithSelector(ILiveTrigger.DismissedRecently.selector, until));
        _blocks(1);
        assertEq(_sample(), 1);
        assertEq(board.incidentCount(), 2);
    }

    function test_RevertWhen_HealthyAndNoCase() external {
        _expectSampleRevert(abi.encodeWithSelector(ILiveTrigger.MetricHealthy.selector, 1e18, 1e18));
    }

    function test_RevertWhen_ThereIsNoBaseline() external {
        terms.termsURI = "another";
        _registerMarket();
        _price(0.5e18);
        _expectSampleRevert(abi.encodeWithSelector(ILiveTrigger.BaselineMissing.selector, 0, 2));
        _price(1e18);
        _observe();
        _price(0.5e18);
        _expectSampleRevert(abi.encodeWithSelector(ILiveTrigger.BaselineMissing.selector, 1, 2));
    }

    /// @dev Who bought after the failure would otherwise be covered at the event time.
    function test_RevertWhen_TheLastHealthyObservationIsOlderThanTheWaitingPeriod() external {
        uint40 lastHealthy = trigger.progress(market).lastHealthy;
        _price(0.5e18);
        vm.warp(lastHealthy + 72 hours + 1);
        _expectSampleRevert(
            abi.encodeWithSelector(ILiveTrigger.BaselineTooOld.selector, lastHealthy, 72 hours)
        );
        vm.warp(lastHealthy + 72 hours);
        assertEq(_sample(), 1);
    }

    function test_WhenTheMetricHasNoValue_NothingMoves() external {
        _price(0.5e18);
        _sample();
        _blocks(GAP);
        vault.set(SUPPLY, 0);
        _expectSampleRevert(abi.encodeWithSelector(ILiveTrigger.NotEvaluable.selector, market));
        assertEq(trigger.progress(market).samples, 1);
        _price(0.5e18);
        assertEq(_sample(), 2);
    }

    function test_WhenStale_TheNextBreachStartsOver() external {
        _price(0.5e18);
        _sample();
        _blocks(GAP);
        _sample();
        _blocks(2 * K);
        assertEq(_sample(), 3, "not stale yet");
        _blocks(2 * K + 1);
        _price(0.8e18);
        uint40 reopened = uint40(block.timestamp);
        assertEq(_sample(), 1);
        assertEq(trigger.progress(market).openedAt, reopened);
        assertEq(trigger.progress(market).severity, 0.2e8);
    }

    function test_WhenStale_AHealthySampleDismisses() external {
        _price(0.5e18);
        _sample();
        _blocks(2 * K + 1);
        _price(1e18);
        assertEq(_sample(), 0);
        assertTrue(_stateOf(1) == IncidentState.Rejected);
        assertEq(trigger.progress(market).lastHealthy, block.timestamp);
        _blocks(K);
        _observe();
    }

    function test_SuspicionLastsWhileSamplesGoOn() external {
        _price(0.5e18);
        _sample();
        _blocks(GAP);
        _sample();
        assertEq(board.incident(1).expiresAt, block.timestamp + 24 hours);
    }

    function test_WhenTheSuspicionLapsed_TheNextSampleRaisesAnother() external {
        _price(0.5e18);
        _sample();
        vm.warp(block.timestamp + 24 hours);
        board.lapse(1);
        vm.roll(block.number + GAP);
        assertEq(_sample(), 2);
        assertEq(board.incidentOf(market), 2);
    }

    function test_WhenAnotherRouteSuspects_AHealthySampleLeavesItStanding() external {
        _submit(route, IncidentState.Suspect, 0);
        _price(0.5e18);
        _sample();
        assertEq(board.incidentCount(), 1);
        _price(1e18);
        _sample();
        assertTrue(_stateOf(1) == IncidentState.Suspect);
        assertEq(trigger.progress(market).samples, 0);
    }

    function test_WhenAnotherRouteConfirms_TheTriggerFinalisesAtMostItsSeverity() external {
        uint40 confirmedEvent = uint40(block.timestamp - 1 hours);
        _price(0.5e18);
        _submit(route, IncidentState.Confirmed, 0.3e8);
        for (uint256 i; i < 5; ++i) {
            _blocks(GAP);
            _sample();
        }
        Incident memory found = board.incident(1);
        assertTrue(found.state == IncidentState.Final);
        assertEq(found.severity, 0.3e8);
        assertEq(found.eventTime, confirmedEvent);
    }

    /// @dev A route that knows less of the loss than the trigger has seen already does not lower what can be paid.
    function test_WhenAnotherRouteConfirmsLessThanTheTriggerSuspects_TheLossIsFinalInFull() external {
        _price(0.5e18);
        _sample();
        _submit(route, IncidentState.Confirmed, 0.3e8);
        for (uint256 i; i < 4; ++i) {
            _blocks(GAP);
            _sample();
        }
        assertTrue(_stateOf(1) == IncidentState.Final);
        assertEq(board.incident(1).severity, 0.5e8);
    }

    function test_RevertWhen_TheMarketNamesNoPredicate() external {
        (terms.predicate, terms.predicateConfig) = (address(0), "");
        _registerMarket();
        _expectObserveRevert(abi.encodeWithSelector(ILiveTrigger.NotEvaluable.selector, market));
        _expectSampleRevert(abi.encodeWithSelector(ILiveTrigger.BaselineMissing.selector, 0, 2));
    }

    function test_WhenAnotherRouteConfirmed_AHealthySampleDoesNotReject() external {
        _price(0.5e18);
        _sample();
        _submit(route, IncidentState.Confirmed, 0.3e8);
        _price(1e18);
        _sample();
        assertTrue(_stateOf(1) == IncidentState.Confirmed);
    }

    function test_ProgressTellsKeepersWhenToSample() external {
        _price(0.5e18);
        _sample();
        LiveProgress memory p = trigger.progress(market);
        assertEq(p.samples, 1);
        assertEq(p.needed, 5);
        assertEq(p.nextBlock, block.number + GAP);
        assertEq(p.staleAfter, block.number + 2 * K);
        assertEq(p.severity, 0.5e8);
        assertEq(p.openedAt, block.timestamp);
        assertEq(p.baseline, 1e18);
    }

    function testFuzz_TheSpreadIsAtLeastK(uint256 spread) external {
        spread = bound(spread, 10, 7200);
        LiveTrigger t = new LiveTrigger(trigger.board(), trigger.registry(), spread);
        assertGe(4 * t.sampleGap(), spread);
        assertLt(4 * (t.sampleGap() - 1), spread);
    }

    function test_RevertWhen_TheSpreadIsOutOfBounds() external {
        IIncidentBoard b = trigger.board();
        for (uint256 i; i < 2; ++i) {
            uint256 spread = i == 0 ? 9 : 7201;
            vm.expectRevert(abi.encodeWithSelector(ILiveTrigger.SpreadOutOfBounds.selector, spread, 10, 7200));
            this.deploy(b, spread);
        }
    }

    function deploy(IIncidentBoard b, uint256 spread) external {
        new LiveTrigger(b, trigger.registry(), spread);
    }
}
