// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {
    MarketStatus,
    MarketStatusLib,
    OP_BUY,
    OP_EXTEND,
    PHASE_OPEN
} from "../../../src/types/MarketStatus.sol";
import {Test} from "forge-std/Test.sol";

contract MarketStatusTest is Test {
    function test_ComesBackAsPacked(
        uint64 groups,
        uint16 waitingHours,
        uint16 deductibleBps,
        uint8 raiseDays,
        uint16 claimDays,
        uint8 operations,
        uint40 until,
        uint8 phase,
        uint8 halted
    ) public pure {
        MarketStatus status = MarketStatusLib.pack(groups, waitingHours, deductibleBps, raiseDays, claimDays);
        status = status.withClosure(operations, until).withPhase(phase).withHalt(halted);
        assertEq(status.groups(), groups);
        assertEq(status.waitingPeriod(), uint256(waitingHours) * 1 hours);
        assertEq(status.deductibleBps(), deductibleBps);
        assertEq(status.raiseWindow(), uint256(raiseDays) * 1 days);
        assertEq(status.claimWindow(), uint256(claimDays) * 1 days);
        assertEq(status.closedOperations(), operations);
        assertEq(status.closedUntil(), until);
        assertEq(status.phase(), phase);
        assertEq(status.haltedOperations(), halted);
        assertTrue(status.registered());
    }

    function test_WritersTouchTheirFieldAlone(uint256 word, uint8 a, uint40 until) public pure {
        MarketStatus status = MarketStatus.wrap(word);
        MarketStatus restored =
            status.withClosure(a, until).withClosure(status.closedOperations(), status.closedUntil());
        restored = restored.withPhase(a).withPhase(status.phase());
        restored = restored.withHalt(a).withHalt(status.haltedOperations());
        assertEq(MarketStatus.unwrap(restored), word);
    }

    function test_AllowsWhatIsNeitherClosedNorHalted(
        uint256 word,
        bool extend,
        uint8 closed,
        uint8 halted,
        uint40 until,
        uint40 time
    ) public pure {
        uint8 operation = extend ? OP_EXTEND : OP_BUY;
        MarketStatus status = MarketStatus.wrap(word).withClosure(closed, until).withHalt(halted);
        bool expected = status.registered() && status.phase() == PHASE_OPEN;
        expected = expected && (closed & operation == 0 || time >= until) && halted & operation == 0;
        assertEq(status.allows(operation, time), expected);
        MarketStatus open = MarketStatusLib.pack(1, 1, 1, 1, 1).withClosure(closed, until).withHalt(halted);
        expected = (closed & operation == 0 || time >= until) && halted & operation == 0;
        assertEq(open.allows(operation, time), expected);
    }
}
