// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IncidentState} from "../../../../src/interfaces/IIncidentBoard.sol";
import {IOperatorQuorum, Report} from "../../../../src/interfaces/IOperatorQuorum.sol";
import {MarketId} from "../../../../src/types/MarketId.sol";
import {IncidentQuorumFixture} from "../../../support/IncidentQuorumFixture.sol";

contract ProveEquivocationTest is IncidentQuorumFixture {
    Report internal one;
    Report internal two;

    function setUp() public override {
        super.setUp();
        one = _report(IncidentState.Suspect, 4);
        two = _report(IncidentState.Confirmed, 4);
    }

    function _signatures(uint256 key) internal view returns (bytes memory) {
        return bytes.concat(_sign(key, quorum.digestOf(one)), _sign(key, quorum.digestOf(two)));
    }

    function testFuzz_TheOperatorIsBarred(uint256 index) external {
        index = bound(index, 0, N - 1);
        bytes memory signatures = _signatures(keys[index]);
        bytes32 a = quorum.digestOf(one);
        bytes32 b = quorum.digestOf(two);
        vm.expectEmit(address(quorum));
        emit IOperatorQuorum.Equivocation(operators[index], market, one.round, a, b);
        vm.prank(stranger);
        quorum.proveEquivocation(one, two, _list(), index, signatures);
        assertEq(quorum.config().barred(), 1 << index);

        uint256 signers = FIRST_FIVE | (1 << index);
        Report memory r = _report(IncidentState.Suspect, 1);
        bytes memory proof = _proof(r, signers);
        vm.expectRevert(abi.encodeWithSelector(IOperatorQuorum.SignersBarred.selector, 1 << index));
        quorum.attest(r, signers, proof);
        signers = ((1 << N) - 1) ^ (1 << index);
        _attest(r, signers);
    }

    function test_TheOthersSignaturesStayGood() external {
        Report memory r = _report(IncidentState.Suspect, 1);
        bytes memory proof = _proof(r, FIRST_FIVE);
        bytes32 digest = quorum.configDigest();
        quorum.proveEquivocation(one, two, _list(), 12, _signatures(keys[12]));
        assertEq(quorum.configDigest(), digest);
        quorum.attest(r, FIRST_FIVE, proof);
    }

    function test_NewOperatorsStartClean() external {
        quorum.proveEquivocation(one, two, _list(), 3, _signatures(keys[3]));
        quorum.setOperators(operators, SUSPEND, ATTEST);
        assertEq(quorum.config().barred(), 0);
    }

    function test_RevertWhen_TheReportsAreTheSame() external {
        two = one;
        bytes memory signatures = _signatures(keys[0]);
        vm.expectRevert(IOperatorQuorum.ReportsDoNotConflict.selector);
        quorum.proveEquivocation(one, two, _list(), 0, signatures);
    }

    function test_RevertWhen_RoundOrMarketDiffers() external {
        two.round = 5;
        bytes memory signatures = _signatures(keys[0]);
        vm.expectRevert(IOperatorQuorum.ReportsDoNotConflict.selector);
        quorum.proveEquivocation(one, two, _list(), 0, signatures);
        two.round = 4;
        two.market = MarketId.wrap(keccak256("another"));
        signatures = _signatures(keys[0]);
        vm.expectRevert(IOperatorQuorum.ReportsDoNotConflict.selector);
        quorum.proveEquivocation(one, two, _list(), 0, signatures);
    }

    function test_RevertWhen_ASignatureIsAnothers() external {
        bytes memory signatures =
            bytes.concat(_sign(keys[0], quorum.digestOf(one)), _sign(keys[1], quorum.digestOf(two)));
        for (uint256 i; i < 2; ++i) {
            vm.expectRevert(
                abi.encodeWithSelector(IOperatorQuorum.SignatureNotOperators.selector, operators[i])
            );
            quorum.proveEquivocation(one, two, _list(), i, signatures);
        }
    }

    function test_RevertWhen_TheListIsNotTheCommittedOne() external {
        bytes memory signatures = _signatures(keys[0]);
        bytes memory list = _list();
        list[0] ^= 0x01;
        vm.expectRevert(IOperatorQuorum.OperatorsUnknown.selector);
        quorum.proveEquivocation(one, two, list, 0, signatures);
        list[0] ^= 0x01;
        vm.expectRevert(IOperatorQuorum.OperatorsUnknown.selector);
        quorum.proveEquivocation(one, two, list, N, signatures);
    }

    function test_RevertWhen_TheSignaturesHaveAnotherLength() external {
        bytes memory signatures = bytes.concat(_signatures(keys[0]), hex"00");
        vm.expectRevert(abi.encodeWithSelector(IOperatorQuorum.ProofLengthWrong.selector, 129, 128));
        quorum.proveEquivocation(one, two, _list(), 0, signatures);
    }
}
