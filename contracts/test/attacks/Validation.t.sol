// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {OperatorQuorum} from "../../src/incidents/routes/OperatorQuorum.sol";
import {IncidentState} from "../../src/interfaces/IIncidentBoard.sol";
import {IOperatorQuorum, Report} from "../../src/interfaces/IOperatorQuorum.sol";
import {IncidentQuorumFixture} from "../support/IncidentQuorumFixture.sol";

/// @notice Attacks on the operators' quorum: 13 operators, of whom 5 suspend and 9 confirm.
contract ValidationAttacksTest is IncidentQuorumFixture {
    uint256 private constant FIRST_EIGHT = 0xff;
    uint256 private constant ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;

    /// Eight operators, one short of the quorum, confirm a loss.
    function test_Attack27_AQuorumShortByOne() public {
        Report memory report = _report(IncidentState.Confirmed, 1);
        bytes memory proof = _proof(report, FIRST_EIGHT);
        vm.expectRevert(abi.encodeWithSelector(IOperatorQuorum.QuorumShort.selector, 8, 9));
        quorum.attest(report, FIRST_EIGHT, proof);
    }

    /// The eight put the signature of one of them where the ninth's belongs.
    function test_Attack27_ASignatureCountedTwice() public {
        Report memory report = _report(IncidentState.Confirmed, 1);
        keys[8] = keys[7];
        bytes memory proof = _proof(report, FIRST_NINE);
        vm.expectRevert(IOperatorQuorum.ProofWrong.selector);
        quorum.attest(report, FIRST_NINE, proof);
    }

    /// Somebody mirrors a signature, so that the same report has two proofs.
    function test_Attack27_AMalleableSignature() public {
        Report memory report = _report(IncidentState.Suspect, 1);
        bytes memory proof = _proof(report, FIRST_FIVE);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(keys[0], quorum.digestOf(report));
        uint256 mirrored = (ORDER - uint256(s)) | (uint256(28 - v) << 255);
        // A mirrored s fills the place of the parity where it is too large: nothing of it fits into 64 bytes.
        bytes memory first = abi.encodePacked(r, mirrored);
        for (uint256 i; i < 64; ++i) {
            proof[i] = first[i];
        }
        vm.expectRevert(IOperatorQuorum.ProofWrong.selector);
        quorum.attest(report, FIRST_FIVE, proof);
    }

    /// A report that has lapsed is sent again, to freeze the market once more without anyone signing.
    function test_Attack27_ReplayingAReportInALaterTurn() public {
        Report memory report = _report(IncidentState.Suspect, 1);
        report.bond = 8 * FLOOR;
        bytes memory proof = _proof(report, FIRST_FIVE);
        quorum.attest(report, FIRST_FIVE, proof);
        vm.warp(block.timestamp + 24 hours);
        board.lapse(1);
        vm.expectPartialRevert(IOperatorQuorum.RoundOfAnotherTurn.selector);
        quorum.attest(report, FIRST_FIVE, proof);
    }

    /// A report signed for one deployment, or one chain, is sent to another with the same operators.
    function test_Attack27_ReplayingAReportElsewhere() public {
        Report memory report = _report(IncidentState.Suspect, 1);
        bytes memory proof = _proof(report, FIRST_FIVE);
        OperatorQuorum twin = OperatorQuorum(_deployQuorum());
        vm.expectRevert(IOperatorQuorum.ProofWrong.selector);
        twin.attest(report, FIRST_FIVE, proof);
        vm.chainId(block.chainid + 1);
        vm.expectRevert(IOperatorQuorum.ProofWrong.selector);
        quorum.attest(report, FIRST_FIVE, proof);
    }

    /// An operator signs two reports for one round; whoever has both takes it out of every later quorum.
    function test_Attack27_Equivocating() public {
        Report memory one = _report(IncidentState.Suspect, 4);
        Report memory two = _report(IncidentState.Confirmed, 4);
        bytes memory both =
            bytes.concat(_sign(keys[3], quorum.digestOf(one)), _sign(keys[3], quorum.digestOf(two)));
        vm.prank(stranger);
        quorum.proveEquivocation(one, two, _list(), 3, both);
        Report memory report = _report(IncidentState.Suspect, 1);
        bytes memory proof = _proof(report, FIRST_FIVE);
        vm.expectRevert(abi.encodeWithSelector(IOperatorQuorum.SignersBarred.selector, 1 << 3));
        quorum.attest(report, FIRST_FIVE, proof);
    }
}
