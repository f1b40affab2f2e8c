// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IMarketRegistry} from "../../../src/interfaces/IMarketRegistry.sol";
import {MarketId} from "../../../src/types/MarketId.sol";
import {
    MarketStatus,
    OP_BUY,
    OP_EXTEND,
    PHASE_ENDED,
    PHASE_OPEN,
    PHASE_SUSPECT
} from "../../../src/types/MarketStatus.sol";
import {RegistryFixture} from "../../support/RegistryFixture.sol";

contract SetPhaseTest is RegistryFixture {
    MarketId internal market;

    function setUp() public override {
        super.setUp();
        market = registerTypical();
    }

    function test_WhenSuspect_NothingIsSoldUntilOpenAgain() public {
        vm.expectEmit(address(registry));
        emit IMarketRegistry.PhaseChanged(market, PHASE_SUSPECT);
        setPhase(PHASE_SUSPECT);
        assertEq(statusOf(market).phase(), PHASE_SUSPECT);
        assertFalse(allows(market, OP_BUY) || allows(market, OP_EXTEND));
        setPhase(PHASE_OPEN);
        assertTrue(allows(market, OP_BUY) && allows(market, OP_EXTEND));
    }

    function test_WhenPhaseChanges_ClosuresStay() public {
        vm.prank(governor);
        registry.close(market, OP_BUY);
        vm.prank(guardian);
        registry.closeForAWhile(market, OP_EXTEND, inFuture(1 days));
        MarketStatus before = statusOf(market);
        setPhase(PHASE_SUSPECT);
        setPhase(PHASE_OPEN);
        assertEq(MarketStatus.unwrap(statusOf(market)), MarketStatus.unwrap(before));
    }

    function test_WhenSuspect_TheGovernorCannotReopenSales() public {
        setPhase(PHASE_SUSPECT);
        vm.prank(governor);
        registry.open(market);
        assertFalse(allows(market, OP_BUY) || allows(market, OP_EXTEND));
    }

    function test_RevertWhen_Ended(uint8 from, uint8 phase) public {
        setPhase(uint8(bound(from, PHASE_OPEN, PHASE_SUSPECT)));
        setPhase(PHASE_ENDED);
        assertFalse(allows(market, OP_BUY) || allows(market, OP_EXTEND));
        vm.expectRevert(abi.encodeWithSelector(IMarketRegistry.MarketAlreadyEnded.selector, market));
        setPhase(uint8(bound(phase, PHASE_OPEN, PHASE_ENDED)));
    }

    function test_RevertWhen_PhaseUnknown(uint8 phase) public {
        phase = uint8(bound(phase, PHASE_ENDED + 1, type(uint8).max));
        vm.expectRevert(abi.encodeWithSelector(IMarketRegistry.PhaseUnknown.selector, phase));
        setPhase(phase);
    }

    function test_RevertWhen_NotRegistered() public {
        market = MarketId.wrap(keccak256("unknown"));
        vm.expectRevert(abi.encodeWithSelector(IMarketRegistry.MarketNotRegistered.selector, market));
        setPhase(PHASE_SUSPECT);
    }

    function test_RevertWhen_CallerIsNotTheBoard(address caller) public {
        vm.assume(caller != board);
        vm.expectRevert(abi.encodeWithSelector(IMarketRegistry.NotIncidentBoard.selector, caller));
        vm.prank(caller);
        registry.setPhase(market, PHASE_ENDED);
    }

    function setPhase(uint8 phase) internal {
        vm.prank(board);
        registry.setPhase(market, phase);
    }
}
