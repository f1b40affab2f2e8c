// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";
import {console2} from "forge-std/console2.sol";

import {IncidentState} from "../../src/interfaces/IIncidentBoard.sol";
import {Report} from "../../src/interfaces/IOperatorQuorum.sol";
import {IncidentQuorumFixture} from "../support/IncidentQuorumFixture.sol";

/// @dev Whole transactions: 21,000, calldata at 4 and 16 a byte (never less than EIP-7623's floor), execution from cold.
contract IncidentAttestGas is IncidentQuorumFixture {
    using Strings for string;

    /// @dev Ceilings of the optimized profile; without IR the same code takes up to 5,000 more.
    uint256 internal constant CONFIRM = 90_000;
    uint256 internal constant CONFIRM_WITH_BOND = 98_000;
    uint256 internal constant WITHOUT_IR = 5_000;

    Report internal confirmation;
    bytes internal confirmationData;
    bytes internal suspicionData;
    bytes internal unbondedData;

    function setUp() public override {
        super.setUp();
        Report memory suspicion = _report(IncidentState.Suspect, 1);
        suspicionData = _calldata(suspicion, FIRST_FIVE);
        _attest(suspicion, FIRST_FIVE);
        vm.warp(block.timestamp + 10 minutes);
        confirmationData = _calldata(_report(IncidentState.Confirmed, 2), FIRST_NINE);
        Report memory unbonded = _report(IncidentState.Confirmed, 2);
        unbonded.bond = 0;
        unbondedData = _calldata(unbonded, FIRST_NINE);
    }

    function test_NineOfThirteenConfirmASuspicion() external {
        uint256 gas = _measure(unbondedData);
        console2.log("attest, 9 of 13, the suspicion's bond stands", gas);
        vm.snapshotValue("quorum", "quorum9of13", gas);
        assertLe(gas, CONFIRM + _slack());
    }

    function test_NineOfThirteenConfirmASuspicionWithMoreBond() external {
        uint256 gas = _measure(confirmationData);
        console2.log("attest, 9 of 13, more bond locked", gas);
        assertLe(gas, CONFIRM_WITH_BOND + _slack());
    }

    function _slack() internal view returns (uint256) {
        bool optimized = vm.envOr("BREAKWATER_ARTIFACTS", string("out")).equal("out-optimized");
        return optimized ? 0 : WITHOUT_IR;
    }

    function _calldata(Report memory report, uint256 signers) internal view returns (bytes memory) {
        return abi.encodeCall(quorum.attest, (report, signers, _proof(report, signers)));
    }

    function _measure(bytes memory data) internal returns (uint256) {
        vm.cool(address(quorum));
        vm.cool(address(board));
        vm.cool(address(registry));
        (bool ok,) = address(quorum).call(data);
        assertTrue(ok, "attest");
        uint256 execution = vm.lastCallGas().gasTotalUsed;
        (uint256 standard, uint256 floor) = _calldataGas(data);
        console2.log("  execution", execution, "calldata", standard);
        uint256 gas = 21_000 + standard + execution;
        return gas > 21_000 + floor ? gas : 21_000 + floor;
    }

    function _calldataGas(bytes memory data) internal pure returns (uint256 standard, uint256 floor) {
        for (uint256 i; i < data.length; ++i) {
            bool zero = data[i] == 0;
            standard += zero ? 4 : 16;
            floor += zero ? 10 : 40;
        }
    }
}
