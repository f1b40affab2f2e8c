// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Vm} from "forge-std/Vm.sol";

import {IncidentState} from "../../../src/interfaces/IIncidentBoard.sol";
import {IPoolEvents} from "../../../src/interfaces/IPoolEvents.sol";
import {PoolIncident} from "../../../src/interfaces/IPoolTypes.sol";
import {CoverId} from "../../../src/types/CoverId.sol";
import {MarketId} from "../../../src/types/MarketId.sol";
import {UnderwritingFixture} from "../../support/UnderwritingFixture.sol";

/// @notice A third of senior's 600,000 is in escrow, struck after an event that takes all of junior and part of senior.
contract SeniorSalvageTest is UnderwritingFixture {
    MarketId[] private markets;
    uint256 private request;
    uint256 private eventTime;

    function setUp() public override {
        super.setUp();
        (markets,) = sellMarkets(4, 200_000);
        uint256 shares = senior.balanceOf(underwriter) / 3;
        vm.prank(underwriter);
        request = senior.requestRedeem(shares, underwriter, underwriter);
        vm.warp(block.timestamp + 8 days);
        eventTime = block.timestamp;
        senior.strikeExit(type(uint256).max);
    }

    /// @dev The third loss of 200,000 meets a senior tranche of which a third is in escrow.
    function test_WhenEscrowBoreIt_ItsPartIsSaidAndGivenBack() public {
        _fail(0);
        _fail(1);
        vm.recordLogs();
        uint256 incident = _fail(2);
        PoolIncident memory l = pool.incidentState(incident);
        uint256 lost = l.fromSenior + l.fromSeniorEscrow;
        assertGt(lost, 190_000 * unit());
        assertApproxEqAbs(l.fromSeniorEscrow, lost / 3, 10 * unit());
        assertEq(_escrowOf(vm.getRecordedLogs()), l.fromJuniorEscrow + l.fromSeniorEscrow);

        asset.mint(address(this), 60_000 * unit());
        asset.approve(address(pool), 60_000 * unit());
        pool.addSalvage(incident, 60_000 * unit());
        uint256 escrow = pool.claimEscrowSalvage(incident, true, request);
        uint256 live = pool.claimSalvage(incident, true, underwriter);
        assertApproxEqAbs(escrow, 60_000 * unit() * l.fromSeniorEscrow / lost, 1, "SALVAGE-1");
        assertApproxEqAbs(escrow + live, 60_000 * unit(), 2, "SALVAGE-1");
        assertLe(escrow + live, 60_000 * unit(), "SALVAGE-1");
        assertSolvent(0);
    }

    function _fail(uint256 i) private returns (uint256 incident) {
        incident = find(markets[i], IncidentState.Final, eventTime, 1e8);
        pool.settleIncident(incident);
    }

    /// @dev What the declaration says that escrow bore.
    function _escrowOf(Vm.Log[] memory logs) private pure returns (uint256 escrow) {
        for (uint256 i; i < logs.length; ++i) {
            if (logs[i].topics[0] != IPoolEvents.IncidentDeclared.selector) continue;
            (,,,, escrow) = abi.decode(logs[i].data, (uint256, uint256, uint256, uint256, uint256));
        }
    }
}
