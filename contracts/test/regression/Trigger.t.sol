// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IncidentState} from "../../src/interfaces/IIncidentBoard.sol";
import {LiveProgress} from "../../src/interfaces/ILiveTrigger.sol";
import {IncidentLiveFixture} from "../support/IncidentLiveFixture.sol";

/// @notice What the live trigger has got wrong once.
contract TriggerRegressionTest is IncidentLiveFixture {
    function setUp() public override {
        super.setUp();
        _observeHourly(4);
    }

    /// Bending the metric back once in K blocks delays a case for as long as it goes on; it does not shut the trigger.
    function test_DismissalsForAWaitingPeriodDoNotShutTheTrigger() external {
        uint256 end = block.timestamp + terms.waitingPeriod;
        while (block.timestamp <= end) {
            _price(0.5e18);
            _sample();
            _price(1e18);
            _sample();
            _blocks(K);
        }
        _price(0.5e18);
        for (uint256 i; i < 5; ++i) {
            _sample();
            _blocks(GAP);
        }
        uint256 number = board.incidentOf(market);
        assertTrue(_stateOf(number) == IncidentState.Final);
        assertEq(board.incident(number).severity, 0.5e8);
    }

    /// A healthy sample does to baseline and last healthy reading what an observation in its place would have done, no more.
    function testFuzz_ADismissalCountsAsAnObservation(uint256 price, uint256 wait) external {
        // A fall of 10 % is a breach: healthy is anything less.
        price = bound(price, 0.9e18 + 1, 1.2e18);
        wait = bound(wait, 0, 2 * K);
        _price(1.1e18);
        _observe();
        _blocks(wait);
        uint256 before = vm.snapshotState();
        _price(price);
        vm.prank(keeper, keeper);
        try trigger.observe(terms) {} catch {}
        LiveProgress memory observed = trigger.progress(market);
        vm.revertToState(before);
        _price(0.1e18);
        _sample();
        _price(price);
        _sample();
        LiveProgress memory dismissed = trigger.progress(market);
        assertEq(dismissed.samples, 0);
        assertEq(dismissed.baseline, observed.baseline, "baseline");
        assertEq(dismissed.lastHealthy, observed.lastHealthy, "last healthy");
    }
}
