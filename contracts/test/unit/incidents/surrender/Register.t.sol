// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ISurrenderExposure, SurrenderConfig} from "../../../../src/interfaces/ISurrenderExposure.sol";
import {IncidentSurrenderFixture} from "../../../support/IncidentSurrenderFixture.sol";

contract RegisterTest is IncidentSurrenderFixture {
    function test_TheConfigIsKept() external view {
        SurrenderConfig memory c = exposure.configOf(market);
        assertEq(c.positionToken, address(position));
        assertEq(c.rate, RATE);
        assertFalse(c.useUnitValue);
    }

    function test_RevertWhen_RegisteredAlready() external {
        vm.expectRevert(abi.encodeWithSelector(ISurrenderExposure.MarketAlreadyConfigured.selector, market));
        exposure.register(terms);
    }

    function test_RevertWhen_TheMarketIsNotRegistered() external {
        terms.termsURI = "never registered";
        vm.expectRevert(
            abi.encodeWithSelector(ISurrenderExposure.MarketNotRegistered.selector, registry.idOf(terms))
        );
        exposure.register(terms);
    }

    function test_RevertWhen_TheMarketNamesAnotherModule() external {
        terms.exposure = stranger;
        _registerMarket();
        vm.expectRevert(abi.encodeWithSelector(ISurrenderExposure.ExposureDiffers.selector, stranger));
        exposure.register(terms);
    }

    function test_RevertWhen_TheConfigIsInvalid() external {
        terms.exposureConfig = hex"01";
        _registerMarket();
        vm.expectRevert(
            abi.encodeWithSelector(ISurrenderExposure.ConfigInvalid.selector, "config is not 96 bytes")
        );
        exposure.register(terms);
        terms.exposureConfig = abi.encode(SurrenderConfig(address(position), 0, false));
        _registerMarket();
        vm.expectRevert(abi.encodeWithSelector(ISurrenderExposure.ConfigInvalid.selector, "rate is 0"));
        exposure.register(terms);
        terms.exposureConfig = abi.encode(SurrenderConfig(stranger, 1, false));
        _registerMarket();
        vm.expectRevert(
            abi.encodeWithSelector(ISurrenderExposure.ConfigInvalid.selector, "position token has no code")
        );
        exposure.register(terms);
    }
}
