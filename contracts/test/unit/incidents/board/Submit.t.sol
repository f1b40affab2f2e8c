// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {
    Finding,
    IIncidentBoard,
    Incident,
    IncidentState
} from "../../../../src/interfaces/IIncidentBoard.sol";
import {MarketId} from "../../../../src/types/MarketId.sol";
import {PHASE_ENDED, PHASE_OPEN, PHASE_SUSPECT} from "../../../../src/types/MarketStatus.sol";
import {IncidentFixture} from "../../../support/IncidentFixture.sol";

contract SubmitTest is IncidentFixture {
    function test_RevertWhen_RouteIsNotEnabled() external {
        vm.expectRevert(abi.encodeWithSelector(IIncidentBoard.RouteNotEnabled.selector, stranger));
        _submit(stranger, IncidentState.Suspect, 0);
        _submit(route, IncidentState.Suspect, 0);
        vm.expectRevert(abi.encodeWithSelector(IIncidentBoard.RouteNotEnabled.selector, stranger));
        _submit(stranger, IncidentState.Final, 1e8);
    }

    /// @dev Grows with each incident opened and each one ended, and with nothing else.
    function test_TheTurnGrowsWithEachOpeningAndEnd() external {
        assertEq(board.turnOf(market), 1);
        _submit(route, IncidentState.Suspect, 0);
        assertEq(board.turnOf(market), 2);
        _submit(route, IncidentState.Suspect, 0);
        _submit(route, IncidentState.Confirmed, 0.3e8);
        assertEq(board.turnOf(market), 2);
        _submit(route, IncidentState.Rejected, 0);
        assertEq(board.turnOf(market), 3);
        _submit(route, IncidentState.Suspect, 0);
        assertEq(board.turnOf(market), 4);
        vm.warp(block.timestamp + 24 hours);
        board.lapse(2);
        assertEq(board.turnOf(market), 5);
        _submit(route, IncidentState.Confirmed, 0.3e8);
        _submit(route, IncidentState.Final, 0.3e8);
        assertEq(board.turnOf(market), 7);
    }

    function test_RevertWhen_MarketDoesNotAcceptTheRoute() external {
        board.enableRoute(stranger, false);
        vm.expectRevert(abi.encodeWithSelector(IIncidentBoard.RouteNotAccepted.selector, market, stranger));
        _submit(stranger, IncidentState.Suspect, 0);
        _submit(route, IncidentState.Suspect, 0);
        vm.expectRevert(abi.encodeWithSelector(IIncidentBoard.RouteNotAccepted.selector, market, stranger));
        _submit(stranger, IncidentState.Final, 1e8);
    }

    function test_RevertWhen_MarketIsUnknown() external {
        MarketId unknown = MarketId.wrap(keccak256("unknown"));
        vm.prank(route);
        vm.expectRevert(abi.encodeWithSelector(IIncidentBoard.RouteNotAccepted.selector, unknown, route));
        board.submit(unknown, _finding(IncidentState.Suspect, 0));
    }

    function test_WhenNothingIsOpen_SuspectOpens() external {
        Finding memory f = _finding(IncidentState.Suspect, 0.2e8);
        vm.expectEmit(address(board));
        emit IIncidentBoard.IncidentRaised(1, market, route, f);
        assertEq(_submit(route, f), 1);
        Incident memory i = board.incident(1);
        assertEq(MarketId.unwrap(i.market), MarketId.unwrap(market));
        assertEq(i.route, route);
        assertTrue(i.state == IncidentState.Suspect);
        assertEq(i.eventTime, f.eventTime);
        assertEq(i.raisedAt, block.timestamp);
        assertEq(i.changedAt, block.timestamp);
        assertEq(i.expiresAt, block.timestamp + 24 hours);
        assertEq(i.severity, 0.2e8);
        assertEq(_phase(), PHASE_SUSPECT);
        assertEq(board.incidentOf(market), 1);
        assertEq(board.incidentCount(), 1);
    }

    function test_WhenNothingIsOpen_ConfirmedAndFinalOpen() external {
        _submit(route, IncidentState.Confirmed, 0.2e8);
        assertEq(_phase(), PHASE_SUSPECT);
        terms.termsURI = "another";
        _registerMarket();
        Finding memory f = _finding(IncidentState.Final, 0.4e8);
        f.unitValue = 1.5e18;
        assertEq(_submit(route, f), 2);
        assertEq(_phase(), PHASE_ENDED);
        assertEq(board.incident(2).unitValue, 1.5e18);
    }

    /// forge-config: default.fuzz.runs = 64
    function testFuzz_EveryMoveIsAllowedOrReverts(uint8 from, uint8 to) external {
        IncidentState a = IncidentState(bound(from, 0, 4));
        IncidentState b = IncidentState(bound(to, 0, 4));
        uint256 number;
        if (a == IncidentState.Rejected) number = _submit(route, IncidentState.Suspect, 0.5e8);
        if (a != IncidentState.None) number = _submit(route, a, 0.5e8);
        Finding memory f = _finding(b, 0.5e8);
        bool opens = b == IncidentState.Suspect || b == IncidentState.Confirmed || b == IncidentState.Final;
        bool allowed;
        if (a == IncidentState.None || a == IncidentState.Rejected) allowed = opens;
        if (a == IncidentState.Suspect) allowed = b != IncidentState.None;
        if (a == IncidentState.Confirmed) allowed = b == IncidentState.Final || b == IncidentState.Rejected;
        if (!allowed) {
            if (a == IncidentState.Final) {
                vm.expectRevert(abi.encodeWithSelector(IIncidentBoard.MarketClosed.selector, market));
            } else {
                bool none = a == IncidentState.None || a == IncidentState.Rejected;
                IncidentState shown = none ? IncidentState.None : a;
                vm.expectRevert(
                    abi.encodeWithSelector(
                        IIncidentBoard.MoveNotAllowed.selector, none ? 0 : number, shown, b
                    )
                );
            }
        }
        vm.prank(route);
        uint256 after_ = board.submit(market, f);
        if (!allowed) return;
        assertTrue(_stateOf(after_) == b, "state");
        uint8 phase =
            b == IncidentState.Final ? PHASE_ENDED : b == IncidentState.Rejected ? PHASE_OPEN : PHASE_SUSPECT;
        assertEq(_phase(), phase, "phase");
        if (a == IncidentState.Rejected) {
            assertEq(after_, number + 1, "a new number");
            assertTrue(_stateOf(number) == IncidentState.Rejected, "the old one stays");
        }
    }

    function test_WhenAnotherIncidentFollows_TheOldOneIsKept() external {
        Finding memory f = _bonded(IncidentState.Confirmed, 0.3e8, FLOOR);
        _submit(bondedRoute, f);
        _submit(bondedRoute, IncidentState.Rejected, 0);
        Incident memory before = board.incident(1);
        vm.warp(block.timestamp + 1 days);
        _submit(route, IncidentState.Suspect, 0.9e8);
        assertEq(keccak256(abi.encode(board.incident(1))), keccak256(abi.encode(before)));
        assertEq(board.incidentOf(market), 2);
    }

    function test_RevertWhen_SeverityRisesAfterConfirmation() external {
        _submit(route, IncidentState.Confirmed, 0.3e8);
        vm.expectRevert(abi.encodeWithSelector(IIncidentBoard.SeverityRaised.selector, 0.3e8, 0.3e8 + 1));
        _submit(secondRoute, IncidentState.Final, 0.3e8 + 1);
    }

    /// @dev What is reserved must serve the larger finding: a final severity may fall, never rise.
    function test_WhenConfirmedAtLessThanSuspected_TheLargestStands() external {
        _submit(route, IncidentState.Suspect, 0.8e8);
        Finding memory f = _finding(IncidentState.Confirmed, 0.3e8);
        Finding memory stored = f;
        stored.severity = 0.8e8;
        vm.expectEmit(address(board));
        emit IIncidentBoard.IncidentMoved(1, IncidentState.Confirmed, stored);
        _submit(secondRoute, _finding(IncidentState.Confirmed, 0.3e8));
        assertEq(board.incident(1).severity, 0.8e8);
        _submit(route, IncidentState.Final, 0.8e8);
        assertEq(board.incident(1).severity, 0.8e8);
    }

    function test_WhenFinal_SeverityMayFall() external {
        _submit(route, IncidentState.Suspect, 0.1e8);
        _submit(route, IncidentState.Confirmed, 0.3e8);
        _submit(secondRoute, IncidentState.Final, 0.2e8);
        assertEq(board.incident(1).severity, 0.2e8);
        assertEq(board.incident(1).route, secondRoute);
    }

    function testFuzz_RevertWhen_SeverityIsOutOfBounds(uint32 severity) external {
        severity = uint32(bound(severity, 1e8 + 1, type(uint32).max));
        for (uint8 s = 1; s <= 3; ++s) {
            vm.expectRevert(abi.encodeWithSelector(IIncidentBoard.SeverityOutOfBounds.selector, severity));
            _submit(route, IncidentState(s), severity);
        }
        vm.expectRevert(abi.encodeWithSelector(IIncidentBoard.SeverityOutOfBounds.selector, 0));
        _submit(route, IncidentState.Confirmed, 0);
    }

    function test_RevertWhen_EventIsInTheFuture() external {
        Finding memory f = _finding(IncidentState.Suspect, 0);
        f.eventTime = uint40(block.timestamp + 1);
        vm.expectRevert(abi.encodeWithSelector(IIncidentBoard.EventInFuture.selector, f.eventTime));
        _submit(route, f);
        f.eventTime = uint40(block.timestamp);
        _submit(route, f);
    }

    function test_RevertWhen_RaisedAfterTheWindow() external {
        Finding memory f = _finding(IncidentState.Suspect, 0);
        f.eventTime = uint40(block.timestamp - 7 days - 1);
        vm.expectRevert(
            abi.encodeWithSelector(IIncidentBoard.RaisedTooLate.selector, f.eventTime, f.eventTime + 7 days)
        );
        _submit(route, f);
        f.eventTime += 1;
        _submit(route, f);
    }

    function test_WhenConfirmedLater_TheWindowCountsFromTheRaise() external {
        uint40 raised = uint40(block.timestamp);
        _submit(route, IncidentState.Suspect, 0);
        vm.warp(block.timestamp + 23 hours);
        Finding memory f = _finding(IncidentState.Confirmed, 0.3e8);
        f.eventTime = raised - 7 days - 1;
        vm.expectRevert(
            abi.encodeWithSelector(IIncidentBoard.RaisedTooLate.selector, f.eventTime, f.eventTime + 7 days)
        );
        _submit(route, f);
        f.eventTime += 1;
        _submit(route, f);
        assertEq(board.incident(1).eventTime, raised - 7 days);
    }

    function test_WhenConfirmed_TheEventTimeIsKept() external {
        Finding memory f = _finding(IncidentState.Confirmed, 0.3e8);
        _submit(route, f);
        vm.warp(block.timestamp + 1 hours);
        _submit(secondRoute, IncidentState.Final, 0.3e8);
        assertEq(board.incident(1).eventTime, f.eventTime);
    }

    function test_WhenSuspectAgain_ItLastsLongerAndSaysTheSame() external {
        _submit(route, IncidentState.Suspect, 0.2e8);
        Incident memory before = board.incident(1);
        vm.warp(block.timestamp + 5 hours);
        _submit(secondRoute, IncidentState.Suspect, 0.1e8);
        Incident memory i = board.incident(1);
        assertEq(i.expiresAt, block.timestamp + 24 hours);
        assertEq(i.route, route);
        assertEq(i.severity, 0.2e8);
        assertEq(i.eventTime, before.eventTime);
        assertEq(i.raisedAt, before.raisedAt);
        assertEq(i.changedAt, before.changedAt);
    }

    function test_RevertWhen_ABondedRouteProlongs() external {
        _submit(bondedRoute, _bonded(IncidentState.Suspect, 0, FLOOR));
        vm.expectRevert(
            abi.encodeWithSelector(
                IIncidentBoard.MoveNotAllowed.selector, 1, IncidentState.Suspect, IncidentState.Suspect
            )
        );
        _submit(bondedRoute, _bonded(IncidentState.Suspect, 0, FLOOR));
    }

    function test_RevertWhen_AnotherRouteRejects() external {
        _submit(route, IncidentState.Suspect, 0.2e8);
        vm.expectRevert(abi.encodeWithSelector(IIncidentBoard.RouteNotOfIncident.selector, 1, secondRoute));
        _submit(secondRoute, IncidentState.Rejected, 0);
        _submit(secondRoute, IncidentState.Confirmed, 0.2e8);
        vm.expectRevert(abi.encodeWithSelector(IIncidentBoard.RouteNotOfIncident.selector, 1, route));
        _submit(route, IncidentState.Rejected, 0);
    }

    function test_WhenAnArbiter_ItRejectsAnyIncident() external {
        _submit(route, IncidentState.Confirmed, 0.2e8);
        board.setArbiter(secondRoute, true);
        _submit(secondRoute, IncidentState.Rejected, 0);
        assertTrue(_stateOf(1) == IncidentState.Rejected);
        assertEq(_phase(), PHASE_OPEN);
    }

    function test_WhenFinal_TheMarketTakesNoOther() external {
        _submit(route, IncidentState.Final, 0.2e8);
        vm.expectRevert(abi.encodeWithSelector(IIncidentBoard.MarketClosed.selector, market));
        _submit(secondRoute, IncidentState.Suspect, 0);
    }

    function test_TwoMarketsAreApart() external {
        MarketId first = market;
        _submit(route, IncidentState.Suspect, 0);
        terms.termsURI = "another";
        _registerMarket();
        assertEq(_submit(route, IncidentState.Confirmed, 0.2e8), 2);
        assertEq(board.incidentOf(first), 1);
        assertTrue(_stateOf(1) == IncidentState.Suspect);
    }

    function test_RevertWhen_ReadingAnUnknownIncident() external {
        vm.expectRevert(abi.encodeWithSelector(IIncidentBoard.IncidentUnknown.selector, 0));
        board.incident(0);
        vm.expectRevert(abi.encodeWithSelector(IIncidentBoard.IncidentUnknown.selector, 1));
        board.incident(1);
    }
}
