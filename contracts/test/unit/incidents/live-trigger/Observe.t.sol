// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ILiveTrigger} from "../../../../src/interfaces/ILiveTrigger.sol";
import {MarketId} from "../../../../src/types/MarketId.sol";
import {IncidentLiveFixture} from "../../../support/IncidentLiveFixture.sol";

contract ObserveTest is IncidentLiveFixture {
    function test_TheBaselineIsTheLowestOfTheLastFour() external {
        assertEq(_observe(), 0, "one is no baseline");
        uint64[6] memory prices = [1.01e18, 0.99e18, 1e18, 1.005e18, 1.006e18, 1.007e18];
        uint64[6] memory lowest = [1e18, 0.99e18, 0.99e18, 0.99e18, 0.99e18, 1e18];
        for (uint256 i; i < 6; ++i) {
            _blocks(300);
            _price(prices[i]);
            assertEq(_observe(), lowest[i]);
        }
        assertEq(trigger.progress(market).lastHealthy, block.timestamp);
    }

    function test_RevertWhen_WithinTheHour() external {
        _observe();
        _blocks(299);
        bytes memory tooSoon = abi.encodeWithSelector(ILiveTrigger.ObservedTooSoon.selector, START + 1 hours);
        _expectObserveRevert(tooSoon);
        _price(0.95e18);
        _expectObserveRevert(tooSoon);
        _blocks(1);
        assertEq(_observe(), 0.95e18);
    }

    /// @dev A donation raises one observation by 1/64 at most, and the lowest not at all.
    function test_ADonationDoesNotRaiseTheBaseline() external {
        _observeHourly(4);
        _price(100e18);
        assertEq(_observe(), 1e18);
        _price(1e18);
        _blocks(300);
        assertEq(_observe(), 1e18);
        assertEq(_baseline(), 1e18);
    }

    /// @dev Even a run of donations with nobody else observing takes ten hours to a breach of 10 %.
    function test_ARunOfDonationsIsSlow() external {
        _observeHourly(4);
        _price(100e18);
        for (uint256 i; i < 9; ++i) {
            _observe();
            _blocks(300);
        }
        assertLt(_baseline(), 1.1e18);
    }

    /// @dev One keeper within the hour undoes what a donation left.
    function test_WithinTheHourAnInflatedObservationIsLowered() external {
        _observeHourly(3);
        for (uint256 i; i < 10; ++i) {
            _price(100e18);
            _observe();
            _price(1e18);
            _blocks(10);
            _observe();
            _blocks(290);
        }
        assertEq(_baseline(), 1e18);
    }

    /// @dev Bending down within the hour moves nothing: at most the newest falls to the lowest of the others.
    function test_WithinTheHourTheBaselineCannotBeLowered() external {
        _observeHourly(3);
        _price(1.01e18);
        _observe();
        _price(0.91e18);
        assertEq(_observe(), 1e18);
        _expectObserveRevert(
            abi.encodeWithSelector(ILiveTrigger.ObservedTooSoon.selector, block.timestamp + 1 hours)
        );
    }

    function test_RevertWhen_Breached() external {
        _observeHourly(2);
        _price(0.9e18);
        _expectObserveRevert(abi.encodeWithSelector(ILiveTrigger.MetricBreached.selector, 1e18, 0.9e18));
    }

    function test_RevertWhen_TheMetricHasNoValueOrIsZero() external {
        bytes memory reason = abi.encodeWithSelector(ILiveTrigger.NotEvaluable.selector, market);
        vault.set(SUPPLY, 0);
        _expectObserveRevert(reason);
        vault.set(0, SUPPLY);
        _expectObserveRevert(reason);
    }

    function test_RevertWhen_ACaseIsOpen() external {
        _observeHourly(2);
        _price(0.5e18);
        _sample();
        _price(1e18);
        _expectObserveRevert(abi.encodeWithSelector(ILiveTrigger.CaseIsOpen.selector, market));
    }

    function test_RevertWhen_TheTermsAreNotTheMarkets() external {
        terms.waitingPeriod = 14 days;
        MarketId other = registry.idOf(terms);
        bytes memory reason =
            abi.encodeWithSelector(ILiveTrigger.RouteNotAccepted.selector, other, address(trigger));
        _expectObserveRevert(reason);
        _expectSampleRevert(reason);
    }

    function test_AHugeMetricIsKeptAsTheLargest() external {
        vault.set(type(uint256).max / 1e18, 1);
        _observe();
        _blocks(300);
        assertEq(_observe(), type(uint128).max);
    }

    function test_TheRouteIsNamed() external view {
        assertEq(trigger.routeName(), "live-trigger");
    }
}
