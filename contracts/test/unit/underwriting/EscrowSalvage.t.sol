// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IncidentState} from "../../../src/interfaces/IIncidentBoard.sol";
import {IPoolEvents} from "../../../src/interfaces/IPoolEvents.sol";
import {PoolIncident} from "../../../src/interfaces/IPoolTypes.sol";
import {UnderwritingFixture} from "../../support/UnderwritingFixture.sol";

/// @notice Junior 500,000: 100,000 of the keeper struck before the loss, 40,000 of the underwriter on the day after.
contract EscrowSalvageTest is UnderwritingFixture {
    uint256 internal constant ALL = type(uint256).max;
    uint256 internal early;
    uint256 internal late;
    uint256 internal incident;

    function setUp() public override {
        super.setUp();
        fund(junior, keeper, 100_000);
        buyCover(market, holder, 200_000, 60);
        early = requestAll(junior, keeper);
        vm.warp(block.timestamp + 1 days);
        vm.prank(underwriter);
        late = junior.requestRedeem(40_000 * unit() * 1000, underwriter, underwriter);
        vm.warp(block.timestamp + 6 days);
        junior.strikeExit(ALL);
        vm.warp(block.timestamp + 1 days);
        junior.strikeExit(ALL);
        asset.mint(address(this), 1e6 * unit());
        asset.approve(address(pool), ALL);
    }

    function test_WhenEscrowBoreALoss_ItGetsItsPart() public {
        _fail(1 days);
        PoolIncident memory l = pool.incidentState(incident);
        assertApproxEqAbs(l.fromJuniorEscrow, 190_000 * unit() * 140 / 500, 30 * unit());
        pool.addSalvage(incident, 50_000 * unit());
        assertApproxEqAbs(pool.claimEscrowSalvage(incident, false, early), 10_000 * unit(), 5 * unit());
        assertApproxEqAbs(pool.claimEscrowSalvage(incident, false, late), 4000 * unit(), 5 * unit());
        assertApproxEqAbs(asset.balanceOf(keeper), 10_000 * unit(), 5 * unit());
        pool.claimSalvage(incident, false, underwriter);
        l = pool.incidentState(incident);
        assertLe(l.salvageClaimed, l.salvage, "SALVAGE-1");
        assertGe(l.salvageClaimed + 4, l.salvage, "SALVAGE-1");
        assertSolvent(0);
    }

    function test_WhenOnlyTheLaterStrikeBoreIt_TheEarlierGetsNothing() public {
        _fail(0);
        pool.addSalvage(incident, 50_000 * unit());
        vm.expectRevert(abi.encodeWithSelector(IPoolEvents.NothingToClaim.selector, incident, keeper));
        pool.claimEscrowSalvage(incident, false, early);
        assertGt(pool.claimEscrowSalvage(incident, false, late), 4900 * unit());
        assertEq(_escrowShare(early), 0);
    }

    function test_WhenTheExitWasClaimedBefore_TheRightSurvives() public {
        _fail(1 days);
        vm.warp(block.timestamp + 100 days);
        uint256 shares = junior.maxRedeem(keeper);
        assertEq(shares, 100_000 * unit() * 1000);
        uint256 part = _escrowShare(early);
        vm.startPrank(keeper);
        junior.redeem(shares / 3, keeper, keeper);
        junior.redeem(shares - shares / 3, keeper, keeper);
        vm.stopPrank();
        assertEq(_escrowShare(early), part);
        pool.addSalvage(incident, 50_000 * unit());
        assertApproxEqAbs(pool.claimEscrowSalvage(incident, false, early), 10_000 * unit(), 5 * unit());
    }

    function test_WhenMoreComes_TheRestIsClaimed() public {
        _fail(1 days);
        pool.addSalvage(incident, 50_000 * unit());
        uint256 first = pool.claimEscrowSalvage(incident, false, early);
        vm.expectRevert(abi.encodeWithSelector(IPoolEvents.NothingToClaim.selector, incident, keeper));
        pool.claimEscrowSalvage(incident, false, early);
        pool.addSalvage(incident, 50_000 * unit());
        assertApproxEqAbs(pool.claimEscrowSalvage(incident, false, early), first, 1);
    }

    function test_WhenAsked_TheSharesOfALossAddUp() public {
        _fail(1 days);
        uint256 sum =
            _escrowShare(early) + _escrowShare(late) + pool.salvageShare(incident, false, underwriter);
        (address controller,) = pool.escrowSalvageShare(incident, false, early);
        assertEq(controller, keeper);
        assertLe(sum, 1e18, "SALVAGE-1");
        assertGe(sum + 1e10, 1e18, "SALVAGE-1");
    }

    function test_RevertWhen_ThereIsNoSuchRequestOrIncident() public {
        _fail(1 days);
        pool.addSalvage(incident, 50_000 * unit());
        vm.expectRevert(abi.encodeWithSelector(IPoolEvents.NothingToClaim.selector, incident, address(0)));
        pool.claimEscrowSalvage(incident, false, 99);
        vm.expectRevert(abi.encodeWithSelector(IPoolEvents.NothingToClaim.selector, 7, address(0)));
        pool.claimEscrowSalvage(7, false, early);
        vm.expectRevert(abi.encodeWithSelector(IPoolEvents.NothingToClaim.selector, incident, address(0)));
        pool.claimEscrowSalvage(incident, true, early);
    }

    /// However the exit was struck and claimed, the parts never add up to more than there is.
    function testFuzz_PartsNeverExceedTheWhole(uint256 salvage, uint256 claimed, uint256 cut) public {
        _fail(1 days);
        vm.warp(block.timestamp + 100 days);
        uint256 shares = junior.maxRedeem(keeper);
        claimed = bound(claimed, 1, shares);
        vm.prank(keeper);
        junior.redeem(claimed, keeper, keeper);
        salvage = bound(salvage, 1, 1e6 * unit());
        cut = bound(cut, 0, salvage);
        if (cut != 0) pool.addSalvage(incident, cut);
        _claimAll();
        if (salvage != cut) pool.addSalvage(incident, salvage - cut);
        _claimAll();
        PoolIncident memory l = pool.incidentState(incident);
        assertLe(l.salvageClaimed, salvage, "SALVAGE-1");
        assertSolvent(0);
    }

    function _escrowShare(uint256 request) private view returns (uint256 share) {
        (, share) = pool.escrowSalvageShare(incident, false, request);
    }

    function _claimAll() private {
        try pool.claimEscrowSalvage(incident, false, early) {} catch {}
        try pool.claimEscrowSalvage(incident, false, late) {} catch {}
        try pool.claimSalvage(incident, false, underwriter) {} catch {}
        try pool.claimSalvage(incident, false, keeper) {} catch {}
    }

    /// @dev A total loss whose event was `age` ago.
    function _fail(uint256 age) private {
        incident = find(market, IncidentState.Final, block.timestamp - age, 1e8);
        pool.settleIncident(incident);
    }
}
