// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {LiveTrigger} from "../../src/incidents/routes/LiveTrigger.sol";
import {IncidentFixture} from "./IncidentFixture.sol";

/// @dev A live trigger over the mock vault's share price, 1.0 when healthy, breached below 0.9.
abstract contract IncidentLiveFixture is IncidentFixture {
    uint256 internal constant K = 300;
    uint256 internal constant GAP = 75;
    uint256 internal constant SUPPLY = 1_000_000e18;

    LiveTrigger internal trigger;
    address internal keeper = makeAddr("keeper");

    function setUp() public virtual override {
        super.setUp();
        trigger = LiveTrigger(deploy("LiveTrigger", abi.encode(board, registry, K)));
        _acceptRoute(address(trigger));
        _registerMarket();
    }

    /// @dev Share price, 1e18 = 1.
    function _price(uint256 price) internal {
        vault.set(SUPPLY * price / 1e18, SUPPLY);
    }

    function _blocks(uint256 n) internal {
        vm.roll(block.number + n);
        vm.warp(block.timestamp + 12 * n);
    }

    function _observe() internal returns (uint128) {
        vm.prank(keeper, keeper);
        return trigger.observe(terms);
    }

    function _sample() internal returns (uint8) {
        vm.prank(keeper, keeper);
        return trigger.sample(terms);
    }

    function _observeHourly(uint256 times) internal {
        for (uint256 i; i < times; ++i) {
            _observe();
            _blocks(300);
        }
    }

    function _expectSampleRevert(bytes memory reason) internal {
        vm.prank(keeper, keeper);
        vm.expectRevert(reason);
        trigger.sample(terms);
    }

    function _expectObserveRevert(bytes memory reason) internal {
        vm.prank(keeper, keeper);
        vm.expectRevert(reason);
        trigger.observe(terms);
    }

    function _baseline() internal view returns (uint128) {
        return trigger.progress(market).baseline;
    }
}
