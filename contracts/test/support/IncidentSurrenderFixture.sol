// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {SurrenderExposure} from "../../src/incidents/exposure/SurrenderExposure.sol";
import {Finding, IncidentState} from "../../src/interfaces/IIncidentBoard.sol";
import {SurrenderConfig} from "../../src/interfaces/ISurrenderExposure.sol";
import {CoverId, toCoverId} from "../../src/types/CoverId.sol";
import {IncidentFixture} from "./IncidentFixture.sol";
import {MockIncidentCoverToken, MockIncidentToken} from "./IncidentMocks.sol";

/// @dev A market whose position token is worth 2 asset units of 6 decimals per 1e18 units; incident 1 is Final.
abstract contract IncidentSurrenderFixture is IncidentFixture {
    uint128 internal constant RATE = 2e6;

    SurrenderExposure internal exposure;
    MockIncidentCoverToken internal covers;
    MockIncidentToken internal position;
    CoverId internal cover = toCoverId(1, 1);
    address internal insured = makeAddr("insured");

    function setUp() public virtual override {
        super.setUp();
        covers = new MockIncidentCoverToken();
        position = new MockIncidentToken();
        exposure =
            SurrenderExposure(deploy("SurrenderExposure", abi.encode(registry, factory, board, covers)));
        _useConfig(RATE, false);
        _submit(route, IncidentState.Final, 0.5e8);
        covers.setConsent(cover, true);
        _give(100e18, type(uint256).max);
    }

    function _useConfig(uint128 rate, bool useUnitValue) internal {
        terms.exposure = address(exposure);
        terms.exposureConfig = abi.encode(SurrenderConfig(address(position), rate, useUnitValue));
        _registerMarket();
        exposure.register(terms);
    }

    function _give(uint256 balance, uint256 approved) internal {
        position.mint(insured, balance);
        vm.prank(insured);
        position.approve(address(exposure), approved);
    }

    function _finalise(uint128 unitValue) internal returns (uint256) {
        Finding memory f = _finding(IncidentState.Final, 0.5e8);
        f.unitValue = unitValue;
        return _submit(route, f);
    }

    function _settle(uint256 wanted) internal returns (uint256) {
        return pool.settle(exposure, 1, market, cover, insured, wanted);
    }

    function _custody() internal view returns (uint256 units) {
        (, units) = exposure.custodyOf(address(pool), 1);
    }
}
