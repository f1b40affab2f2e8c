// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {LibBit} from "solady/utils/LibBit.sol";

import {Finding, IIncidentBoard, IRoute, IncidentState} from "../../interfaces/IIncidentBoard.sol";
import {IOperatorQuorum, Report} from "../../interfaces/IOperatorQuorum.sol";
import {CommittedQuorum} from "../../libraries/CommittedQuorum.sol";
import {QuorumConfig, QuorumConfigLib} from "../../types/QuorumConfig.sol";

/// @title Operator quorum: m of n committed operators sign a report
/// @notice Checks who signed and passes the report on to the board; keeps one word, the configuration.
contract OperatorQuorum is IOperatorQuorum, AccessManaged, EIP712 {
    uint256 internal constant MAX_OPERATORS = 31;
    bytes32 internal constant REPORT_TYPEHASH = keccak256(
        "Report(bytes32 market,uint64 round,uint8 state,uint40 eventTime,uint32 severity,uint96 bond,bytes32 evidence,bytes32 configDigest)"
    );

    /// @notice Where accepted reports go.
    IIncidentBoard public immutable board;

    QuorumConfig internal _config;

    constructor(
        address authority_,
        IIncidentBoard board_,
        address[] memory operators,
        uint8 suspendThreshold,
        uint8 attestThreshold
    ) AccessManaged(authority_) EIP712("Breakwater Operator Quorum", "1") {
        board = board_;
        _setOperators(operators, suspendThreshold, attestThreshold);
    }

    /// @inheritdoc IRoute
    function routeName() external pure returns (string memory) {
        return "operator-quorum";
    }

    /// @inheritdoc IOperatorQuorum
    function config() external view returns (QuorumConfig) {
        return _config;
    }

    /// @inheritdoc IOperatorQuorum
    function digestOf(Report calldata report) external view returns (bytes32) {
        return _digest(report, _config);
    }

    /// @inheritdoc IOperatorQuorum
    function configDigest() external view returns (bytes32) {
        return _configDigest(_config);
    }

    /// @inheritdoc IOperatorQuorum
    function attest(Report calldata report, uint256 signers, bytes calldata proof)
        external
        returns (uint256 incident)
    {
        QuorumConfig c = _config;
        uint256 needed = _needed(report, c);
        uint256 size = c.operators();
        if (signers >> size != 0) revert SignersOutOfList(signers, size);
        if (signers & c.barred() != 0) revert SignersBarred(signers & c.barred());
        uint32 turn = board.turnOf(report.market);
        if (report.round >> 32 != turn) revert RoundOfAnotherTurn(report.round, turn);

        uint256 count = LibBit.popCount(signers);
        if (count < needed) revert QuorumShort(count, needed);
        uint256 length = CommittedQuorum.proofLength(size, count);
        if (proof.length != length) revert ProofLengthWrong(proof.length, length);
        if (!c.commits(CommittedQuorum.rebuild(_digest(report, c), size, signers, proof))) {
            revert ProofWrong();
        }

        incident = board.submit(
            report.market, Finding(report.state, report.eventTime, report.severity, 0, report.bond)
        );
        emit ReportAccepted(incident, signers, report.evidence);
    }

    /// @inheritdoc IOperatorQuorum
    function proveEquivocation(
        Report calldata first,
        Report calldata second,
        bytes calldata operators,
        uint256 index,
        bytes calldata signatures
    ) external {
        QuorumConfig c = _config;
        if (first.market != second.market || first.round != second.round) revert ReportsDoNotConflict();
        bytes32 a = _digest(first, c);
        bytes32 b = _digest(second, c);
        if (a == b) revert ReportsDoNotConflict();
        if (!c.commits(keccak256(operators)) || index >= c.operators()) revert OperatorsUnknown();
        if (signatures.length != 128) revert ProofLengthWrong(signatures.length, 128);

        address operator = address(bytes20(operators[20 * index:20 * index + 20]));
        if (
            CommittedQuorum.recover(a, signatures[:64]) != operator
                || CommittedQuorum.recover(b, signatures[64:]) != operator
        ) revert SignatureNotOperators(operator);
        _config = c.bar(index);
        emit Equivocation(operator, first.market, first.round, a, b);
    }

    /// @inheritdoc IOperatorQuorum
    function setOperators(address[] calldata operators, uint8 suspendThreshold, uint8 attestThreshold)
        external
        restricted
    {
        _setOperators(operators, suspendThreshold, attestThreshold);
    }

    /// @inheritdoc IOperatorQuorum
    function withdrawBond(address asset, uint96 amount, address to) external restricted {
        board.withdrawBond(asset, amount, to);
    }

    function _setOperators(address[] memory operators, uint8 suspendThreshold, uint8 attestThreshold)
        internal
    {
        uint256 n = operators.length;
        if (n == 0 || n > MAX_OPERATORS) revert OperatorsInvalid("not 1 to 31 operators");
        if (3 * uint256(suspendThreshold) <= n) {
            revert OperatorsInvalid("suspend threshold is not above 1/3");
        }
        if (3 * uint256(attestThreshold) <= 2 * n) {
            revert OperatorsInvalid("attest threshold is not above 2/3");
        }
        if (suspendThreshold > attestThreshold || attestThreshold > n) {
            revert OperatorsInvalid("thresholds are not suspend <= attest <= operators");
        }
        bytes memory list;
        address previous;
        for (uint256 i; i < n; ++i) {
            if (operators[i] <= previous) revert OperatorsInvalid("operators are not ascending");
            previous = operators[i];
            list = bytes.concat(list, bytes20(previous));
        }
        uint24 version = _config.version() + 1;
        QuorumConfig c =
            QuorumConfigLib.pack(keccak256(list), attestThreshold, suspendThreshold, uint8(n), version);
        _config = c;
        emit OperatorsSet(version, operators, suspendThreshold, attestThreshold, _configDigest(c));
    }

    function _needed(Report calldata report, QuorumConfig c) internal pure returns (uint256) {
        if (report.state == IncidentState.Confirmed) return c.attestThreshold();
        if (report.state != IncidentState.Suspect) revert StateNotAllowed(report.state);
        if (report.bond == 0) revert SuspicionWithoutBond();
        return c.suspendThreshold();
    }

    function _configDigest(QuorumConfig c) internal view returns (bytes32) {
        return keccak256(abi.encode(block.chainid, address(this), c.terms()));
    }

    /// @dev A report in calldata is laid out as EIP-712 encodes it. Were a field wider than its type, nobody signed that.
    function _digest(Report calldata report, QuorumConfig c) internal view returns (bytes32) {
        bytes32 typeHash = REPORT_TYPEHASH;
        bytes32 configHash = _configDigest(c);
        bytes32 structHash;
        assembly ("memory-safe") {
            let m := mload(0x40)
            mstore(m, typeHash)
            calldatacopy(add(m, 0x20), report, 0xe0)
            mstore(add(m, 0x100), configHash)
            structHash := keccak256(m, 0x120)
        }
        return _hashTypedDataV4(structHash);
    }
}
