// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IncidentState} from "../../../../src/interfaces/IIncidentBoard.sol";
import {ILiveTrigger} from "../../../../src/interfaces/ILiveTrigger.sol";
import {MarketTerms} from "../../../../src/types/MarketTerms.sol";
import {IncidentLiveFixture} from "../../../support/IncidentLiveFixture.sol";
import {MockIncidentVault} from "../../../support/IncidentMocks.sol";

/// @dev Bends the metric, acts, and bends it back, within one transaction.
contract Bender {
    MockIncidentVault internal immutable VAULT;
    ILiveTrigger internal immutable TRIGGER;

    constructor(MockIncidentVault vault, ILiveTrigger trigger) {
        VAULT = vault;
        TRIGGER = trigger;
    }

    function sampleBent(uint256 assets, MarketTerms calldata terms) external {
        uint256 before = VAULT.totalAssets();
        VAULT.set(assets, VAULT.totalSupply());
        TRIGGER.sample(terms);
        VAULT.set(before, VAULT.totalSupply());
    }

    function observeBent(uint256 assets, MarketTerms calldata terms) external {
        VAULT.set(assets, VAULT.totalSupply());
        TRIGGER.observe(terms);
    }
}

/// @dev Acts while it is being created, when it has no code yet.
contract BenderAtBirth {
    constructor(MockIncidentVault vault, ILiveTrigger trigger, MarketTerms memory terms) {
        vault.set(0, vault.totalSupply());
        trigger.sample(terms);
    }
}

contract BentStateTest is IncidentLiveFixture {
    Bender internal bender;

    function setUp() public override {
        super.setUp();
        _observeHourly(4);
        bender = new Bender(vault, trigger);
    }

    function test_RevertWhen_BentWithinTheTransaction() external {
        bytes memory refused = abi.encodeWithSelector(ILiveTrigger.CallerNotDirect.selector, address(bender));
        vm.startPrank(keeper, keeper);
        vm.expectRevert(refused);
        bender.sampleBent(0, terms);
        vm.expectRevert(refused);
        bender.observeBent(SUPPLY * 2, terms);
    }

    function test_RevertWhen_BentWithinAConstructor() external {
        vm.prank(keeper, keeper);
        vm.expectPartialRevert(ILiveTrigger.CallerNotDirect.selector);
        new BenderAtBirth(vault, trigger, terms);
    }

    /// @dev An account that delegates its code (EIP-7702) is both origin and caller, and yet runs code before.
    function test_RevertWhen_TheCallerDelegatesItsCode() external {
        vm.etch(keeper, abi.encodePacked(hex"ef0100", address(bender)));
        _price(0.5e18);
        _expectSampleRevert(abi.encodeWithSelector(ILiveTrigger.CallerNotDirect.selector, keeper));
    }

    function test_WhenBentForOneBlock_ItIsDismissedInTheNext() external {
        _price(0.1e18);
        _sample();
        _blocks(1);
        _price(1e18);
        _sample();
        assertTrue(_stateOf(1) == IncidentState.Rejected);
    }

    /// @dev Any number of samples within K - 1 blocks is not enough, and the healthy block after them ends the case.
    function testFuzz_WhenBentForFewerThanKBlocks_ItIsNeverFinal(uint256 length, uint8 step) external {
        length = bound(length, 1, K - 1);
        step = uint8(bound(step, 1, 100));
        uint256 end = block.number + length;
        _price(0.1e18);
        _sample();
        while (block.number + step <= end) {
            _blocks(step);
            vm.prank(keeper, keeper);
            try trigger.sample(terms) {} catch {}
            assertTrue(_stateOf(1) == IncidentState.Suspect, "INCIDENT-4");
        }
        _price(1e18);
        _blocks(1);
        _sample();
        assertTrue(_stateOf(1) == IncidentState.Rejected, "INCIDENT-4");
    }

    /// @dev The claimant samples only where he bends; one sample of anyone else, in any block between, refutes him.
    function testFuzz_WhenTheClaimantPicksTheBlocks_AnyOtherBlockRefutes(uint256 when) external {
        when = bound(when, 1, K - 1);
        vm.assume(when % GAP != 0);
        uint256 start = block.number;
        for (uint256 b; b <= K; ++b) {
            vm.roll(start + b);
            if (b % GAP == 0) {
                _price(0.1e18);
                vm.prank(keeper, keeper);
                try trigger.sample(terms) {} catch {}
                _price(1e18);
            } else if (b == when) {
                vm.prank(stranger, stranger);
                trigger.sample(terms);
            }
        }
        assertTrue(_stateOf(board.incidentOf(market)) != IncidentState.Final, "INCIDENT-4");
        assertTrue(_stateOf(1) == IncidentState.Rejected);
    }

    /// @dev Opening again and again: at most one block in K is under suspicion while one keeper watches.
    function test_RaisingAgainAndAgainDoesNotFreezeTheMarket() external {
        uint256 suspect;
        for (uint256 b; b < 3 * K; ++b) {
            _blocks(1);
            _price(0.1e18);
            vm.prank(keeper, keeper);
            try trigger.sample(terms) {} catch {}
            if (_phase() == 1) ++suspect;
            _price(1e18);
            if (trigger.progress(market).samples != 0) _sample();
        }
        assertEq(suspect, 3);
    }
}
