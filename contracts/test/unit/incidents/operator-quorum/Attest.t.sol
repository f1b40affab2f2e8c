// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {OperatorQuorum} from "../../../../src/incidents/routes/OperatorQuorum.sol";
import {IIncidentBoard, Incident, IncidentState} from "../../../../src/interfaces/IIncidentBoard.sol";
import {IOperatorQuorum, Report} from "../../../../src/interfaces/IOperatorQuorum.sol";
import {IncidentQuorumFixture} from "../../../support/IncidentQuorumFixture.sol";

contract AttestTest is IncidentQuorumFixture {
    uint256 internal constant ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;

    function _expectRefused(Report memory report, uint256 signers, bytes memory proof, bytes memory reason)
        internal
    {
        (uint256 count, uint32 turn) = (board.incidentCount(), board.turnOf(report.market));
        Incident memory last;
        if (count != 0) last = board.incident(count);
        (bool counted, bytes memory answer) =
            address(quorum).call(abi.encodeCall(quorum.attest, (report, signers, proof)));
        assertFalse(counted, "INCIDENT-5");
        assertEq(answer, reason);
        assertEq(board.incidentCount(), count, "INCIDENT-5");
        assertEq(board.turnOf(report.market), turn, "INCIDENT-5");
        if (count == 0) return;
        assertEq(abi.encode(board.incident(count)), abi.encode(last), "INCIDENT-5");
    }

    function _wrong() internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IOperatorQuorum.ProofWrong.selector);
    }

    function test_FiveSuspend() external {
        Report memory r = _report(IncidentState.Suspect, 1);
        assertEq(_attest(r, FIRST_FIVE), 1);
        Incident memory i = board.incident(1);
        assertTrue(i.state == IncidentState.Suspect);
        assertEq(i.route, address(quorum));
        assertEq(i.bond, FLOOR);
        assertEq(i.eventTime, r.eventTime);
        assertEq(board.turnOf(market), 2, "the turn of incident 1, open");
    }

    function test_NineConfirm() external {
        _attest(_report(IncidentState.Suspect, 1), FIRST_FIVE);
        Report memory r = _report(IncidentState.Confirmed, 2);
        bytes memory proof = _proof(r, FIRST_NINE);
        vm.expectEmit(address(quorum));
        emit IOperatorQuorum.ReportAccepted(1, FIRST_NINE, r.evidence);
        quorum.attest(r, FIRST_NINE, proof);
        Incident memory i = board.incident(1);
        assertTrue(i.state == IncidentState.Confirmed);
        assertEq(i.severity, r.severity);
        assertEq(i.bond, 2 * FLOOR);
        assertEq(i.unitValue, 0);
    }

    function test_NineConfirmAtOnce() external {
        _attest(_report(IncidentState.Confirmed, 7), FIRST_NINE);
        assertTrue(_stateOf(1) == IncidentState.Confirmed);
    }

    /// @dev Any set of operators: accepted exactly when it reaches the threshold.
    function testFuzz_AnyQuorumCounts(uint256 signers, bool confirm) external {
        signers &= (1 << N) - 1;
        Report memory r = _report(confirm ? IncidentState.Confirmed : IncidentState.Suspect, 1);
        uint256 count;
        for (uint256 i; i < N; ++i) {
            count += signers >> i & 1;
        }
        uint256 needed = confirm ? ATTEST : SUSPEND;
        bytes memory proof = _proof(r, signers);
        if (count < needed) {
            vm.expectRevert(abi.encodeWithSelector(IOperatorQuorum.QuorumShort.selector, count, needed));
        }
        quorum.attest(r, signers, proof);
    }

    function test_RevertWhen_ShortByOne() external {
        Report memory r = _report(IncidentState.Suspect, 1);
        _expectRefused(
            r, 0xf, _proof(r, 0xf), abi.encodeWithSelector(IOperatorQuorum.QuorumShort.selector, 4, 5)
        );
        r = _report(IncidentState.Confirmed, 1);
        _expectRefused(
            r, 0xff, _proof(r, 0xff), abi.encodeWithSelector(IOperatorQuorum.QuorumShort.selector, 8, 9)
        );
    }

    /// @dev The bitmap claims one more signer than there is: an address, another's signature, or a repeated one there.
    function test_RevertWhen_ASignerIsClaimedThatIsNot() external {
        Report memory r = _report(IncidentState.Suspect, 1);
        bytes32 digest = quorum.digestOf(r);
        bytes memory rest;
        for (uint256 i = 5; i < N; ++i) {
            rest = bytes.concat(rest, bytes20(operators[i]));
        }
        bytes memory four;
        for (uint256 i; i < 4; ++i) {
            four = bytes.concat(four, _sign(keys[i], digest));
        }
        _expectRefused(r, FIRST_FIVE, bytes.concat(four, _sign(keys[0], digest), rest), _wrong());
        _expectRefused(r, FIRST_FIVE, bytes.concat(four, _sign(keys[5], digest), rest), _wrong());
        _expectRefused(r, FIRST_FIVE, bytes.concat(four, new bytes(64), rest), _wrong());
        _expectRefused(
            r, FIRST_FIVE, bytes.concat(four, bytes32(type(uint256).max), bytes32(uint256(1)), rest), _wrong()
        );
        bytes memory padded = bytes.concat(four, bytes32(uint256(uint160(operators[4]))), bytes32(0), rest);
        _expectRefused(r, FIRST_FIVE, padded, _wrong());
        quorum.attest(r, FIRST_FIVE, bytes.concat(four, _sign(keys[4], digest), rest));
    }

    function test_RevertWhen_SignaturesAreOutOfOrder() external {
        Report memory r = _report(IncidentState.Suspect, 1);
        (keys[0], keys[1]) = (keys[1], keys[0]);
        _expectRefused(r, FIRST_FIVE, _proof(r, FIRST_FIVE), _wrong());
    }

    /// @dev The mirror image (r, n - s, other v). In 64 bytes most mirrors cannot be written at all.
    function testFuzz_RevertWhen_ASignatureIsMirrored(uint8 place) external {
        place = uint8(bound(place, 0, 4));
        Report memory r = _report(IncidentState.Suspect, 1);
        bytes memory proof = _proof(r, FIRST_FIVE);
        uint256 at = 32 + uint256(place) * 64 + 32;
        uint256 vs;
        assembly {
            vs := mload(add(proof, at))
        }
        uint256 s = ORDER - (vs & type(uint256).max >> 1);
        uint256 mirrored = (s & type(uint256).max >> 1) | (((vs >> 255) ^ 1) << 255);
        assembly {
            mstore(add(proof, at), mirrored)
        }
        _expectRefused(r, FIRST_FIVE, proof, _wrong());
    }

    function testFuzz_RevertWhen_OneBitOfTheProofIsFlipped(uint256 bit) external {
        Report memory r = _report(IncidentState.Suspect, 1);
        bytes memory proof = _proof(r, FIRST_FIVE);
        bit = bound(bit, 0, proof.length * 8 - 1);
        proof[bit / 8] ^= bytes1(uint8(1 << (bit % 8)));
        _expectRefused(r, FIRST_FIVE, proof, _wrong());
    }

    function testFuzz_RevertWhen_OneFieldIsNotWhatWasSigned(uint8 field) external {
        Report memory r = _report(IncidentState.Suspect, 5);
        bytes memory proof = _proof(r, FIRST_FIVE);
        field = uint8(bound(field, 0, 4));
        if (field == 0) r.round += 1;
        if (field == 1) r.eventTime -= 1;
        if (field == 2) r.severity += 1;
        if (field == 3) r.bond += 1;
        if (field == 4) r.evidence = keccak256("other");
        _expectRefused(r, FIRST_FIVE, proof, _wrong());
    }

    function test_RevertWhen_SignedForAnotherMarket() external {
        Report memory r = _report(IncidentState.Suspect, 1);
        bytes memory proof = _proof(r, FIRST_FIVE);
        terms.termsURI = "another";
        _registerMarket();
        r.market = market;
        _expectRefused(r, FIRST_FIVE, proof, _wrong());
    }

    function test_RevertWhen_SignedAsASuspicion() external {
        Report memory r = _report(IncidentState.Suspect, 1);
        bytes memory proof = _proof(r, FIRST_NINE);
        r.state = IncidentState.Confirmed;
        _expectRefused(r, FIRST_NINE, proof, _wrong());
    }

    function test_RevertWhen_AFieldIsWiderThanItsType() external {
        Report memory r = _report(IncidentState.Suspect, 1);
        bytes memory data = abi.encodeCall(quorum.attest, (r, FIRST_FIVE, _proof(r, FIRST_FIVE)));
        for (uint256 field = 1; field <= 5; ++field) {
            bytes memory wide = bytes.concat(data);
            wide[4 + 32 * field] = 0x01;
            (bool ok,) = address(quorum).call(wide);
            assertFalse(ok);
        }
        (bool fine,) = address(quorum).call(data);
        assertTrue(fine);
    }

    function testFuzz_RevertWhen_TheLengthIsWrong(uint16 length) external {
        Report memory r = _report(IncidentState.Suspect, 1);
        bytes memory proof = _proof(r, FIRST_FIVE);
        uint256 right = proof.length;
        length = uint16(bound(length, 0, 1_000));
        vm.assume(length != right);
        bytes memory other = new bytes(length);
        for (uint256 i; i < length && i < right; ++i) {
            other[i] = proof[i];
        }
        _expectRefused(
            r,
            FIRST_FIVE,
            other,
            abi.encodeWithSelector(IOperatorQuorum.ProofLengthWrong.selector, length, right)
        );
    }

    function testFuzz_RevertWhen_TheBitmapReachesBeyondTheList(uint256 extra) external {
        extra = bound(extra, N, 255);
        uint256 signers = FIRST_NINE | (1 << extra);
        Report memory r = _report(IncidentState.Suspect, 1);
        _expectRefused(
            r,
            signers,
            _proof(r, FIRST_NINE),
            abi.encodeWithSelector(IOperatorQuorum.SignersOutOfList.selector, signers, N)
        );
    }

    function _otherTurn(Report memory r, uint32 turn) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IOperatorQuorum.RoundOfAnotherTurn.selector, r.round, turn);
    }

    /// @dev Any round but those of the turn the market is in.
    function testFuzz_RevertWhen_TheRoundIsOfAnotherTurn(uint64 round) external {
        _attest(_report(IncidentState.Suspect, 10), FIRST_FIVE);
        vm.assume(round >> 32 != 2);
        Report memory r = _report(IncidentState.Confirmed, 0);
        r.round = round;
        _expectRefused(r, FIRST_NINE, _proof(r, FIRST_NINE), _otherTurn(r, 2));
    }

    function testFuzz_AnyRoundOfTheTurnIsGood(uint32 count) external {
        _attest(_report(IncidentState.Suspect, count), FIRST_FIVE);
        _attest(_report(IncidentState.Confirmed, count), FIRST_NINE);
        assertTrue(_stateOf(1) == IncidentState.Confirmed);
    }

    /// @dev Each report that was accepted, again at every later state of the market.
    function test_RevertWhen_AReportIsReplayed() external {
        board.setArbiter(route, true);
        Report memory suspicion = _report(IncidentState.Suspect, 1);
        bytes memory first = _proof(suspicion, FIRST_FIVE);
        quorum.attest(suspicion, FIRST_FIVE, first);
        _expectRefused(suspicion, FIRST_FIVE, first, _otherTurn(suspicion, 2));

        Report memory confirmation = _report(IncidentState.Confirmed, 1);
        bytes memory second = _proof(confirmation, FIRST_NINE);
        quorum.attest(confirmation, FIRST_NINE, second);
        _expectRefused(suspicion, FIRST_FIVE, first, _otherTurn(suspicion, 2));
        _expectRefused(
            confirmation,
            FIRST_NINE,
            second,
            abi.encodeWithSelector(
                IIncidentBoard.MoveNotAllowed.selector, 1, IncidentState.Confirmed, IncidentState.Confirmed
            )
        );

        _submit(route, IncidentState.Rejected, 0);
        _expectRefused(suspicion, FIRST_FIVE, first, _otherTurn(suspicion, 3));
        _expectRefused(confirmation, FIRST_NINE, second, _otherTurn(confirmation, 3));

        _submit(route, IncidentState.Suspect, 0);
        _expectRefused(suspicion, FIRST_FIVE, first, _otherTurn(suspicion, 4));
        _expectRefused(confirmation, FIRST_NINE, second, _otherTurn(confirmation, 4));
    }

    /// @dev Signed about a suspicion, kept back until that lapsed: it opens no incident of its own, and moves no later one.
    function test_RevertWhen_AConfirmationWasSignedForAnotherIncident() external {
        _attest(_report(IncidentState.Suspect, 1), FIRST_FIVE);
        Report memory r = _report(IncidentState.Confirmed, 2);
        bytes memory proof = _proof(r, FIRST_NINE);
        vm.warp(block.timestamp + 24 hours);
        board.lapse(1);
        _expectRefused(r, FIRST_NINE, proof, _otherTurn(r, 3));
        _submit(route, IncidentState.Suspect, 0);
        _expectRefused(r, FIRST_NINE, proof, _otherTurn(r, 4));
    }

    function test_RevertWhen_ReplayedOnAnotherChain() external {
        Report memory r = _report(IncidentState.Suspect, 1);
        bytes memory proof = _proof(r, FIRST_FIVE);
        uint256 home = block.chainid;
        vm.chainId(8453);
        _expectRefused(r, FIRST_FIVE, proof, _wrong());
        vm.chainId(home);
        quorum.attest(r, FIRST_FIVE, proof);
    }

    function test_RevertWhen_ReplayedOnAnotherDeployment() external {
        OperatorQuorum twin = OperatorQuorum(_deployQuorum());
        assertTrue(twin.configDigest() != quorum.configDigest());
        _acceptBonded(address(twin));
        _registerMarket();
        board.setBondFloor(address(twin), address(asset), FLOOR);
        _fund(address(twin), FLOOR);
        Report memory r = _report(IncidentState.Suspect, 1);
        bytes memory proof = _proof(r, FIRST_FIVE);
        (bool counted, bytes memory answer) =
            address(twin).call(abi.encodeCall(twin.attest, (r, FIRST_FIVE, proof)));
        assertFalse(counted, "INCIDENT-5");
        assertEq(answer, _wrong());
        quorum.attest(r, FIRST_FIVE, proof);
    }

    function test_RevertWhen_SignedUnderAnEarlierConfiguration() external {
        Report memory r = _report(IncidentState.Suspect, 1);
        bytes memory proof = _proof(r, FIRST_FIVE);
        quorum.setOperators(operators, SUSPEND, ATTEST);
        _expectRefused(r, FIRST_FIVE, proof, _wrong());
        _attest(r, FIRST_FIVE);
    }

    function test_RevertWhen_TheStateIsNotTheOperatorsTo() external {
        for (uint8 s; s <= 4; ++s) {
            if (s == 1 || s == 2) continue;
            Report memory r = _report(IncidentState(s), 1);
            _expectRefused(
                r,
                FIRST_NINE,
                _proof(r, FIRST_NINE),
                abi.encodeWithSelector(IOperatorQuorum.StateNotAllowed.selector, s)
            );
        }
    }

    function test_RevertWhen_ASuspicionHasNoBond() external {
        Report memory r = _report(IncidentState.Suspect, 1);
        r.bond = 0;
        _expectRefused(
            r,
            FIRST_FIVE,
            _proof(r, FIRST_FIVE),
            abi.encodeWithSelector(IOperatorQuorum.SuspicionWithoutBond.selector)
        );
    }

    function test_RevertWhen_SuspectedAgainForTheSameBond() external {
        _attest(_report(IncidentState.Suspect, 1), FIRST_FIVE);
        vm.warp(block.timestamp + 24 hours);
        board.lapse(1);
        Report memory r = _report(IncidentState.Suspect, 2);
        _expectRefused(
            r,
            FIRST_FIVE,
            _proof(r, FIRST_FIVE),
            abi.encodeWithSelector(IIncidentBoard.BondShort.selector, FLOOR, 2 * FLOOR)
        );
        r.bond = 2 * FLOOR;
        _attest(r, FIRST_FIVE);
    }

    function test_RevertWhen_TheBoardRefuses_TheRoundIsNotSpent() external {
        Report memory r = _report(IncidentState.Suspect, 1);
        r.eventTime = uint40(block.timestamp + 1);
        bytes memory proof = _proof(r, FIRST_FIVE);
        _expectRefused(
            r, FIRST_FIVE, proof, abi.encodeWithSelector(IIncidentBoard.EventInFuture.selector, r.eventTime)
        );
        vm.warp(block.timestamp + 1);
        quorum.attest(r, FIRST_FIVE, proof);
    }

    /// @dev The digest is that of EIP-712, computed here from its text.
    function test_TheDigestIsTypedData() external view {
        Report memory r = _report(IncidentState.Confirmed, 3);
        bytes32 domain = keccak256(
            abi.encode(
                keccak256(
                    "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
                ),
                keccak256("Breakwater Operator Quorum"),
                keccak256("1"),
                block.chainid,
                address(quorum)
            )
        );
        bytes32 structHash = keccak256(
            abi.encode(
                keccak256(
                    "Report(bytes32 market,uint64 round,uint8 state,uint40 eventTime,uint32 severity,uint96 bond,bytes32 evidence,bytes32 configDigest)"
                ),
                r,
                quorum.configDigest()
            )
        );
        assertEq(quorum.digestOf(r), keccak256(abi.encodePacked("\x19\x01", domain, structHash)));
    }
}
