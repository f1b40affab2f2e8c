// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

import {IExposure} from "../../../../src/interfaces/IExposure.sol";
import {IncidentState} from "../../../../src/interfaces/IIncidentBoard.sol";
import {ISurrenderExposure} from "../../../../src/interfaces/ISurrenderExposure.sol";
import {BoundedCall} from "../../../../src/libraries/BoundedCall.sol";
import {Manner} from "../../../support/IncidentMocks.sol";
import {IncidentSurrenderFixture} from "../../../support/IncidentSurrenderFixture.sol";

contract SettleTest is IncidentSurrenderFixture {
    function test_RevertWhen_CallerIsNoPool() external {
        vm.expectRevert(abi.encodeWithSelector(IExposure.NotPool.selector, address(this)));
        exposure.settle(1, market, cover, insured, 1);
    }

    function test_ThePositionIsHandedOver() external {
        vm.expectEmit(address(exposure));
        emit ISurrenderExposure.PositionSurrendered(1, address(pool), insured, 25e18, 50e6);
        assertEq(_settle(50e6), 50e6);
        assertEq(position.balanceOf(address(exposure)), 25e18);
        assertEq(position.balanceOf(insured), 75e18);
        (address token, uint256 units) = exposure.custodyOf(address(pool), 1);
        assertEq(token, address(position));
        assertEq(units, 25e18);
    }

    function test_TheUnitValueOfTheIncidentCounts() external {
        _useConfig(0.5e18, true);
        uint256 number = _finalise(4e6);
        assertEq(pool.settle(exposure, number, market, cover, insured, 50e6), 50e6);
        assertEq(position.balanceOf(address(exposure)), 25e18);
    }

    function test_WhenTheIncidentHasNoUnitValue_NothingIsProven() external {
        _useConfig(1e18, true);
        uint256 number = _finalise(0);
        assertEq(pool.settle(exposure, number, market, cover, insured, 50e6), 0);
        assertEq(position.balanceOf(insured), 100e18);
    }

    /// @dev Units are rounded up, what they prove is rounded down and never above what was wanted.
    function testFuzz_RoundingIsAgainstTheClaimant(uint128 rate, uint96 wanted, uint256 balance) external {
        rate = uint128(bound(rate, 1, type(uint128).max));
        balance = bound(balance, 0, type(uint128).max);
        terms.termsURI = "another";
        _useConfig(rate, false);
        uint256 number = _finalise(0);
        _give(balance, balance + 100e18);
        uint256 before = position.balanceOf(insured);
        uint256 previewed = exposure.preview(number, market, cover, insured, wanted);
        uint256 proven = pool.settle(exposure, number, market, cover, insured, wanted);
        uint256 taken = before - position.balanceOf(insured);
        assertEq(proven, previewed);
        assertLe(proven, wanted);
        if (proven == 0) assertEq(taken, 0, "nothing is taken for nothing");
        else assertGe(taken * rate, proven * 1e18, "worth at least what it proves");
    }

    function test_WhenTheApprovedUnitsAreWorthNothing_NoneAreTaken() external {
        vm.prank(insured);
        position.approve(address(exposure), 1e18 / RATE - 1);
        assertEq(_settle(50e6), 0);
        assertEq(position.balanceOf(insured), 100e18);
        vm.prank(insured);
        position.approve(address(exposure), 1e18 / RATE);
        assertEq(_settle(50e6), 1);
    }

    /// @dev Units are rounded up, so that the whole loss is proven.
    function testFuzz_WhoHasEnoughProvesAllThatWasWanted(uint128 rate, uint96 wanted) external {
        rate = uint128(bound(rate, 1, type(uint128).max));
        terms.termsURI = "another";
        _useConfig(rate, false);
        uint256 number = _finalise(0);
        _give(type(uint192).max, type(uint256).max);
        assertEq(pool.settle(exposure, number, market, cover, insured, wanted), wanted);
    }

    /// @dev Two policies on one position: what was handed over for one is gone for the other.
    function test_APositionIsCountedOnce() external {
        vm.prank(insured);
        position.approve(address(exposure), 100e18);
        assertEq(_settle(150e6), 150e6);
        assertEq(otherPool.settle(exposure, 1, market, cover, insured, 150e6), 50e6, "INCIDENT-6");
        assertEq(otherPool.settle(exposure, 1, market, cover, insured, 150e6), 0, "INCIDENT-6");
        assertEq(position.balanceOf(insured), 0);
    }

    function test_TheApprovalSaysHowMuch() external {
        vm.prank(insured);
        position.approve(address(exposure), 10e18);
        assertEq(_settle(50e6), 20e6);
    }

    /// @dev A stranger sends dust while the position is elsewhere, and has the claim settled.
    function test_WhenTheApprovedUnitsAreNotThere_NothingIsTaken() external {
        vm.prank(insured);
        position.transfer(stranger, 100e18);
        position.mint(insured, 1e18);
        assertEq(exposure.preview(1, market, cover, insured, 50e6), 0);
        assertEq(_settle(50e6), 0);
        assertEq(position.balanceOf(insured), 1e18);
        vm.prank(insured);
        position.approve(address(exposure), 1e18);
        assertEq(_settle(50e6), 2e6);
    }

    function test_WithoutConsentOrApproval_NothingIsProven() external {
        covers.setConsent(cover, false);
        assertEq(_settle(50e6), 0);
        covers.setConsent(cover, true);
        vm.prank(insured);
        position.approve(address(exposure), 0);
        assertEq(_settle(50e6), 0);
        assertEq(_custody(), 0);
    }

    function test_BeforeFinal_NothingIsTaken() external {
        terms.termsURI = "another";
        _useConfig(RATE, false);
        uint256 number = _submit(route, IncidentState.Confirmed, 0.5e8);
        assertEq(pool.settle(exposure, number, market, cover, insured, 50e6), 0);
        _submit(route, IncidentState.Final, 0.5e8);
        assertEq(pool.settle(exposure, number, market, cover, insured, 50e6), 50e6);
    }

    function test_WhenTheIncidentIsOfAnotherMarket_NothingIsProven() external {
        terms.termsURI = "another";
        _useConfig(RATE, false);
        assertEq(pool.settle(exposure, 1, market, cover, insured, 50e6), 0);
    }

    function test_WhenTheMarketIsNotRegisteredHere_NothingIsProven() external {
        terms.termsURI = "another";
        _registerMarket();
        uint256 number = _finalise(0);
        assertEq(pool.settle(exposure, number, market, cover, insured, 50e6), 0);
    }

    /// @dev Refuses, burns all gas, reverts with a megabyte.
    function test_WhenTheTokenMisbehaves_NothingIsProvenAndNothingReverts() external {
        Manner[3] memory manners = [Manner.Refuses, Manner.BurnsGas, Manner.Bombs];
        for (uint256 i; i < 3; ++i) {
            position.setManner(manners[i]);
            uint256 before = gasleft();
            assertEq(_settle(50e6), 0);
            assertLt(before - gasleft(), 500_000);
            assertEq(_custody(), 0);
        }
        position.setManner(Manner.Plain);
        assertEq(_settle(50e6), 50e6);
    }

    function test_WhenTheTokenIsGone_NothingIsProven() external {
        vm.etch(address(position), "");
        assertEq(_settle(50e6), 0);
    }

    function test_WhenTheTokenTakesAFee_WhatArrivesIsProven() external {
        position.setManner(Manner.TakesFee);
        assertEq(_settle(50e6), 49.5e6);
        assertEq(_custody(), 24.75e18);
    }

    function test_WhenTheTokenReportsMore_WhatWasAskedForCounts() external {
        position.mint(address(exposure), 1);
        position.setManner(Manner.ReportsMore);
        assertEq(_settle(50e6), 50e6);
        assertEq(_custody(), 25e18);
    }

    /// @dev A claim settled within a claim would count what the inner one took for the outer one too.
    function test_WhenTheTokenCallsBack_TheInnerClaimFails() external {
        position.setCallback(
            address(pool), abi.encodeCall(pool.settle, (exposure, 1, market, cover, insured, 20e6))
        );
        assertEq(_settle(50e6), 50e6);
        assertFalse(position.calleeOk());
        assertEq(
            bytes4(position.calleeAnswer()), ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector
        );
        assertEq(_custody(), 25e18);
    }

    /// @dev A keeper cannot make a good position prove nothing by sending little gas.
    function testFuzz_RevertWhen_TheGasIsTooLow(uint256 gas) external {
        gas = bound(gas, 60_000, 900_000);
        bytes memory data = abi.encodeCall(pool.settle, (exposure, 1, market, cover, insured, 50e6));
        (bool ok, bytes memory answer) = address(pool).call{gas: gas}(data);
        if (ok) assertEq(abi.decode(answer, (uint256)), 50e6);
        else if (answer.length != 0) assertEq(bytes4(answer), BoundedCall.GasTooLow.selector);
    }

    /// @dev What arrives could not be measured: nothing is taken.
    function test_WhenTheTokenHidesTheCustodiansBalance_NothingIsTaken() external {
        bytes memory data = abi.encodeCall(position.balanceOf, (address(exposure)));
        vm.mockCallRevert(address(position), data, "hidden");
        assertEq(_settle(50e6), 0);
        vm.clearMockedCalls();
        assertEq(position.balanceOf(insured), 100e18);
        assertEq(_custody(), 0);
        assertEq(_settle(50e6), 50e6);
    }
}
