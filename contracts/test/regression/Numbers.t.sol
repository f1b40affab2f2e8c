// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {Incident, IncidentState} from "../../src/interfaces/IIncidentBoard.sol";
import {IncidentFixture} from "../support/IncidentFixture.sol";

/// @notice How many incidents the board can count.
contract NumbersRegressionTest is IncidentFixture {
    uint256 private constant LAST = 2 ** 31 - 1;

    function _count(uint256 count) private {
        vm.store(address(board), bytes32(uint256(8)), bytes32(count));
        assertEq(board.incidentCount(), count);
    }

    /// Raising incidents of own markets until their numbers are used up takes years of whole blocks.
    function testFuzz_TheBoardCountsTwoThousandMillionIncidents(uint256 number, uint32 severity) external {
        number = bound(number, 1, LAST);
        severity = uint32(bound(severity, 1, 1e8));
        _count(number - 1);
        assertEq(_submit(route, IncidentState.Suspect, 0), number);
        _submit(bondedRoute, _bonded(IncidentState.Confirmed, severity, FLOOR));
        Incident memory i = board.incident(number);
        assertEq(board.incidentOf(market), number);
        assertEq(board.turnOf(market), 2 * number);
        assertTrue(i.state == IncidentState.Confirmed);
        assertEq(i.route, bondedRoute);
        assertEq(i.severity, severity);
        assertEq(i.eventTime, block.timestamp - 1 hours);
        assertEq(i.changedAt, block.timestamp);
        assertEq(i.bond, FLOOR);
    }

    /// One more has no turn, and is refused.
    function test_RevertWhen_AnIncidentHasNoTurn() external {
        _count(LAST);
        vm.expectPartialRevert(SafeCast.SafeCastOverflowedUintDowncast.selector);
        _submit(route, IncidentState.Suspect, 0);
    }
}
