// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {OperatorQuorum} from "../../src/incidents/routes/OperatorQuorum.sol";
import {IncidentState} from "../../src/interfaces/IIncidentBoard.sol";
import {Report} from "../../src/interfaces/IOperatorQuorum.sol";
import {IncidentFixture} from "./IncidentFixture.sol";

/// @dev 13 operators, 5 suspend, 9 attest, bonded.
abstract contract IncidentQuorumFixture is IncidentFixture {
    uint256 internal constant N = 13;
    uint8 internal constant SUSPEND = 5;
    uint8 internal constant ATTEST = 9;
    uint256 internal constant FIRST_FIVE = 0x1f;
    uint256 internal constant FIRST_NINE = 0x1ff;

    OperatorQuorum internal quorum;
    address[] internal operators;
    uint256[] internal keys;

    function setUp() public virtual override {
        super.setUp();
        _makeOperators(N, 1);
        quorum = OperatorQuorum(_deployQuorum());
        _acceptBonded(address(quorum));
        _registerMarket();
        board.setBondFloor(address(quorum), address(asset), FLOOR);
        _fund(address(quorum), 1_000_000e6);
    }

    function _deployQuorum() internal returns (address) {
        return deploy("OperatorQuorum", abi.encode(manager, board, operators, SUSPEND, ATTEST));
    }

    /// @dev Keys, sorted by their addresses.
    function _makeOperators(uint256 n, uint256 seed) internal {
        delete operators;
        delete keys;
        for (uint256 i; i < n; ++i) {
            uint256 key = uint256(keccak256(abi.encode("operator", seed, i))) >> 8;
            address account = vm.addr(key);
            operators.push(account);
            keys.push(key);
            for (uint256 j = i; j > 0 && operators[j] < operators[j - 1]; --j) {
                (operators[j], operators[j - 1]) = (operators[j - 1], operators[j]);
                (keys[j], keys[j - 1]) = (keys[j - 1], keys[j]);
            }
        }
    }

    /// @dev The `count`-th report of the turn the market is in.
    function _report(IncidentState state, uint32 count) internal view returns (Report memory) {
        return Report({
            market: market,
            round: _round(board.turnOf(market), count),
            state: state,
            eventTime: uint40(block.timestamp - 1 hours),
            severity: 0.3e8,
            bond: FLOOR,
            evidence: keccak256("evidence")
        });
    }

    function _round(uint256 turn, uint32 count) internal pure returns (uint64) {
        return uint64(turn << 32 | count);
    }

    /// @dev r and vs of EIP-2098.
    function _sign(uint256 key, bytes32 digest) internal pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        return abi.encodePacked(r, bytes32(uint256(s) | (uint256(v - 27) << 255)));
    }

    function _proof(bytes32 digest, uint256 signers) internal view returns (bytes memory proof) {
        for (uint256 i; i < operators.length; ++i) {
            if (signers >> i & 1 == 1) proof = bytes.concat(proof, _sign(keys[i], digest));
            else proof = bytes.concat(proof, bytes20(operators[i]));
        }
    }

    function _proof(Report memory report, uint256 signers) internal view returns (bytes memory) {
        return _proof(quorum.digestOf(report), signers);
    }

    function _list() internal view returns (bytes memory list) {
        for (uint256 i; i < operators.length; ++i) {
            list = bytes.concat(list, bytes20(operators[i]));
        }
    }

    function _attest(Report memory report, uint256 signers) internal returns (uint256) {
        return quorum.attest(report, signers, _proof(report, signers));
    }
}
