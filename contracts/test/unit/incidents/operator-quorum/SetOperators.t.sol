// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {IncidentState} from "../../../../src/interfaces/IIncidentBoard.sol";
import {IOperatorQuorum, Report} from "../../../../src/interfaces/IOperatorQuorum.sol";
import {QuorumConfig} from "../../../../src/types/QuorumConfig.sol";
import {IncidentQuorumFixture} from "../../../support/IncidentQuorumFixture.sol";

/// @dev setOperators and withdrawBond.
contract SetOperatorsTest is IncidentQuorumFixture {
    function _expectInvalid(string memory reason) internal {
        vm.expectRevert(abi.encodeWithSelector(IOperatorQuorum.OperatorsInvalid.selector, reason));
    }

    function test_TheConfigurationIsKept() external {
        QuorumConfig c = quorum.config();
        assertEq(c.version(), 1);
        assertEq(c.operators(), 13);
        assertEq(c.suspendThreshold(), 5);
        assertEq(c.attestThreshold(), 9);
        assertTrue(c.commits(keccak256(_list())));
        assertFalse(c.commits(keccak256("other")));
        quorum.setOperators(operators, 6, 10);
        c = quorum.config();
        assertEq(c.version(), 2);
        assertEq(c.suspendThreshold(), 6);
        assertEq(c.attestThreshold(), 10);
    }

    function test_RevertWhen_CallerIsNotAuthorised() external {
        bytes memory refused =
            abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, stranger);
        vm.startPrank(stranger);
        vm.expectRevert(refused);
        quorum.setOperators(operators, SUSPEND, ATTEST);
        vm.expectRevert(refused);
        quorum.withdrawBond(address(asset), 1, stranger);
    }

    function test_NewOperatorsSign() external {
        uint256 oldKey = keys[0];
        _makeOperators(31, 2);
        quorum.setOperators(operators, 11, 21);
        Report memory r = _report(IncidentState.Confirmed, 1);
        _attest(r, (1 << 31) - 1);
        r.round = _round(board.turnOf(market), 2);
        keys[0] = oldKey;
        bytes memory proof = _proof(r, (1 << 31) - 1);
        vm.expectRevert(IOperatorQuorum.ProofWrong.selector);
        quorum.attest(r, (1 << 31) - 1, proof);
    }

    function test_RevertWhen_TheListIsInvalid() external {
        address[] memory list = new address[](0);
        _expectInvalid("not 1 to 31 operators");
        quorum.setOperators(list, 1, 1);
        list = new address[](32);
        _expectInvalid("not 1 to 31 operators");
        quorum.setOperators(list, 11, 22);
        list = new address[](1);
        _expectInvalid("operators are not ascending");
        quorum.setOperators(list, 1, 1);
        list = operators;
        list[4] = list[3];
        _expectInvalid("operators are not ascending");
        quorum.setOperators(list, SUSPEND, ATTEST);
    }

    function testFuzz_ThresholdsAreBounded(uint8 n, uint8 suspend, uint8 attest) external {
        n = uint8(bound(n, 1, 31));
        suspend = uint8(bound(suspend, 0, 32));
        attest = uint8(bound(attest, 0, 32));
        _makeOperators(n, 3);
        bool good = 3 * uint256(suspend) > n && 3 * uint256(attest) > 2 * uint256(n) && suspend <= attest
            && attest <= n;
        if (!good) vm.expectPartialRevert(IOperatorQuorum.OperatorsInvalid.selector);
        quorum.setOperators(operators, suspend, attest);
    }

    function test_TheGovernorTakesOutFreeBond() external {
        _attest(_report(IncidentState.Suspect, 1), FIRST_FIVE);
        uint96 free = board.freeBond(address(quorum), address(asset));
        quorum.withdrawBond(address(asset), free, stranger);
        assertEq(asset.balanceOf(stranger), free);
        assertEq(board.incident(1).bond, FLOOR);
    }

    function test_TheRouteIsNamed() external view {
        assertEq(quorum.routeName(), "operator-quorum");
    }
}
