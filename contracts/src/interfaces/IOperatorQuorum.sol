// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {MarketId} from "../types/MarketId.sol";
import {QuorumConfig} from "../types/QuorumConfig.sol";
import {IRoute, IncidentState} from "./IIncidentBoard.sol";

/// @notice What operators sign, together with the config digest, as EIP-712 typed data:
/// Report(bytes32 market,uint64 round,uint8 state,uint40 eventTime,uint32 severity,uint96 bond,bytes32 evidence,bytes32 configDigest)
struct Report {
    MarketId market;
    /// The market's turn on the board in the high 32 bits, the operators' own count within it in the low ones: it grows
    /// within a market. An operator signs one report a round.
    uint64 round;
    /// Suspect or Confirmed.
    IncidentState state;
    /// When the insured contract failed, seconds.
    uint40 eventTime;
    /// Largest share of the value that may be lost, 1e8 = 100 %: Final lowers it at no cost, while code that finds more
    /// overrules the confirmation.
    uint32 severity;
    /// Bond to lock, in the market's asset; what is free is locked, up to this. Not 0 in a suspicion.
    uint96 bond;
    /// Hash of the evidence, kept elsewhere.
    bytes32 evidence;
}

/// @title Operator quorum: m of n committed operators sign a report
/// @notice A suspicion takes f + 1 signatures of 3 f + 1 operators, a confirmation 2 f + 1. Never Final: that waits for a
/// panel. The bond behind both is what this contract has deposited with the board.
///
/// The chain, this contract, the operators, the thresholds and the version of that configuration are hashed into the
/// config digest, which is part of what is signed: nothing signed for one configuration, deployment or chain serves another.
///
/// A report answers one turn of its market on the board (`IIncidentBoard.turnOf`): a suspicion or a confirmation that
/// opens an incident ends the turn, and an open incident is confirmed once. So no report is accepted twice, and none that
/// was signed about one incident opens or moves another.
///
/// Only a commitment to the list is stored. A proof walks the list once, in its order: 64 bytes of signature (EIP-2098)
/// for who signed, 20 bytes of address for who did not, as the bitmap says. The addresses recovered and those given must
/// together hash to the commitment: so each signature is its operator's, and none counts twice.
interface IOperatorQuorum is IRoute {
    /// @notice A report reached the board.
    /// @param signers bit i set: the i-th operator signed
    /// @param evidence hash of the evidence, kept elsewhere
    event ReportAccepted(uint256 indexed incident, uint256 signers, bytes32 evidence);
    /// @notice Operators and thresholds are these from now on; signatures under an older version are void.
    /// @param version number of the configuration, from 1
    event OperatorsSet(
        uint256 indexed version,
        address[] operators,
        uint8 suspendThreshold,
        uint8 attestThreshold,
        bytes32 configDigest
    );
    /// @notice An operator is barred: it signed both reports, whose digests are `first` and `second`.
    event Equivocation(
        address indexed operator, MarketId indexed market, uint64 round, bytes32 first, bytes32 second
    );

    /// @notice Operators report suspicions and confirmations only.
    error StateNotAllowed(IncidentState state);
    /// @notice The report answers another state of the market than the one the board is in.
    error RoundOfAnotherTurn(uint64 round, uint32 turn);
    /// @notice Fewer operators signed than this state needs.
    error QuorumShort(uint256 signers, uint256 needed);
    /// @notice The bitmap names an operator beyond the list.
    error SignersOutOfList(uint256 signers, uint256 operators);
    /// @notice Operators in the bitmap `barred` have equivocated: leave them out.
    error SignersBarred(uint256 barred);
    /// @notice The proof is not as long as the bitmap says, in bytes.
    error ProofLengthWrong(uint256 length, uint256 expected);
    /// @notice A signature is not the operator's whose place it takes, is malleable, or an address is wrong.
    error ProofWrong();
    /// @notice A suspicion names the bond it locks.
    error SuspicionWithoutBond();
    /// @notice The new operators or thresholds break the rule that is named.
    error OperatorsInvalid(string reason);
    /// @notice The list is not the one committed to, or the index is outside it.
    error OperatorsUnknown();
    /// @notice The reports are the same, or of different markets or rounds.
    error ReportsDoNotConflict();
    /// @notice One of the two signatures is not this operator's.
    error SignatureNotOperators(address operator);

    /// @notice Passes a report on to the board. Permissionless to send. Stores nothing, and calls the board, which calls
    /// the registry only.
    /// @param signers bit i set: the i-th operator signed
    /// @param proof in the order of the list: 64 bytes r, vs of who signed, 20 bytes of who did not
    /// @return incident its number
    function attest(Report calldata report, uint256 signers, bytes calldata proof)
        external
        returns (uint256 incident);

    /// @notice Bars an operator who signed two different reports of one market and round, under this configuration.
    /// Permissionless. Makes no call.
    /// @param operators the whole list, 20 bytes each
    /// @param index place of the operator in the list
    /// @param signatures 64 bytes r, vs of the first report, then of the second
    function proveEquivocation(
        Report calldata first,
        Report calldata second,
        bytes calldata operators,
        uint256 index,
        bytes calldata signatures
    ) external;

    /// @notice Governor: replaces the operators and thresholds; all signatures given before become void and nobody is
    /// barred. At most 31, ascending; n < 3 suspend, 2 n < 3 attest.
    function setOperators(address[] calldata operators, uint8 suspendThreshold, uint8 attestThreshold)
        external;

    /// @notice Governor: takes out bond that is not locked.
    function withdrawBond(address asset, uint96 amount, address to) external;

    /// @notice What operators sign for `report` under this configuration.
    function digestOf(Report calldata report) external view returns (bytes32);
    /// @notice Hash of the chain, this contract and the configuration, part of what operators sign; barring an operator
    /// does not change it.
    function configDigest() external view returns (bytes32);
    /// @notice The configuration in force: commitment to the list, thresholds, version and who is barred.
    function config() external view returns (QuorumConfig);
}
