// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {Term, ViewMetricConfig} from "../../../../src/incidents/predicates/ViewMetric.sol";
import {IPredicate} from "../../../../src/interfaces/IPredicate.sol";
import {IncidentFixture} from "../../../support/IncidentFixture.sol";

/// @dev check, breach and unitValue.
contract CheckTest is IncidentFixture {
    function _good() internal view returns (ViewMetricConfig memory) {
        return abi.decode(_priceConfig(), (ViewMetricConfig));
    }

    function _expectInvalid(ViewMetricConfig memory c, string memory reason) internal {
        vm.expectRevert(abi.encodeWithSelector(IPredicate.ConfigInvalid.selector, reason));
        metric.check(abi.encode(c));
    }

    function test_AGoodConfigPasses() external view {
        metric.check(_priceConfig());
    }

    function test_RevertWhen_TheConfigIsInvalid() external {
        ViewMetricConfig memory c = _good();
        c.numerator = new Term[](0);
        _expectInvalid(c, "numerator is empty");
        c = _good();
        c.numerator = new Term[](5);
        _expectInvalid(c, "more than 4 terms on a side");
        c = _good();
        c.root = 3;
        _expectInvalid(c, "root is neither 1 nor 2");
        c = _good();
        c.threshold = 0.01e8 - 1;
        _expectInvalid(c, "threshold is outside 1 % to 100 %");
        c.threshold = 1e8 + 1;
        _expectInvalid(c, "threshold is outside 1 % to 100 %");
        c = _good();
        c.unitScale = 0;
        _expectInvalid(c, "unit scale is 0");
        c = _good();
        c.denominator[0].target = stranger;
        _expectInvalid(c, "target has no code");
        c = _good();
        c.numerator[0].word = 32;
        _expectInvalid(c, "word is above 31");
        c = _good();
        c.numerator[0].join = 4;
        _expectInvalid(c, "join is above 3");
        c.numerator[0].join = 1;
        _expectInvalid(c, "first term does not join by plus");
        c = _good();
        c.numerator[0].scale = 0;
        _expectInvalid(c, "scale is 0");
    }

    function testFuzz_RevertWhen_TheConfigIsNoConfig(bytes calldata config) external {
        vm.assume(config.length < 160);
        vm.expectRevert(abi.encodeWithSelector(IPredicate.ConfigInvalid.selector, "config cannot be decoded"));
        metric.check(config);
    }

    function test_RevertWhen_TheMetricCannotBeRead() external {
        ViewMetricConfig memory c = _good();
        vault.set(1e18, 0);
        _expectInvalid(c, "metric has no value");
        vault.set(0, 1e18);
        _expectInvalid(c, "metric is 0");
    }

    function testFuzz_ABreachIsAFallOfAtLeastTheThreshold(uint256 baseline, uint256 value, uint32 threshold)
        external
        view
    {
        ViewMetricConfig memory c = _good();
        c.threshold = uint32(bound(threshold, 0.01e8, 1e8));
        (bool breached, uint32 severity) = metric.breach(abi.encode(c), baseline, value);
        if (value >= baseline) {
            assertFalse(breached);
            assertEq(severity, 0);
        } else {
            assertEq(severity, Math.mulDiv(baseline - value, 1e8, baseline));
            assertEq(breached, severity >= c.threshold);
            assertLe(severity, 1e8);
        }
    }

    function test_AMetricOfZeroIsATotalLoss() external view {
        (bool breached, uint32 severity) = metric.breach(_priceConfig(), 1e18, 0);
        assertTrue(breached);
        assertEq(severity, 1e8);
    }

    function testFuzz_TheSeverityIsRoundedDown(uint128 baseline, uint128 value) external view {
        vm.assume(value < baseline);
        (, uint32 severity) = metric.breach(_priceConfig(), baseline, value);
        assertLe(uint256(severity) * baseline, (uint256(baseline) - value) * 1e8);
    }

    function testFuzz_TheUnitValueNeverReverts(uint256 baseline, uint128 scale) external view {
        ViewMetricConfig memory c = _good();
        c.unitScale = scale;
        uint128 value = metric.unitValue(abi.encode(c), baseline);
        (uint256 high,) = Math.mul512(baseline, scale);
        uint256 exact = high >= 1e18 ? type(uint256).max : Math.mulDiv(baseline, scale, 1e18);
        assertEq(value, exact > type(uint128).max ? type(uint128).max : exact);
    }
}
