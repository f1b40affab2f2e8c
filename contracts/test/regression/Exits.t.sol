// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IncidentState} from "../../src/interfaces/IIncidentBoard.sol";
import {PoolIncident} from "../../src/interfaces/IPoolTypes.sol";
import {ITrancheVault} from "../../src/interfaces/ITrancheVault.sol";
import {CoverId} from "../../src/types/CoverId.sol";
import {MarketId} from "../../src/types/MarketId.sol";
import {PlainToken} from "../support/SystemTokens.sol";
import {UnderwritingFixture} from "../support/UnderwritingFixture.sol";
import {ZeroRefusingToken} from "../support/UnderwritingTokens.sol";

/// @notice What exits have got wrong once.
contract ExitsRegressionTest is UnderwritingFixture {
    uint256 internal constant ALL = type(uint256).max;

    /// Nobody gets a request that they did not ask for.
    function test_StrangersMakeNoRequestsForAnAccount() public {
        fund(senior, keeper, 1000);
        vm.prank(keeper);
        (bool made, bytes memory reason) =
            address(senior).call(abi.encodeCall(senior.requestRedeem, (1, underwriter, keeper)));
        assertFalse(made, "EXIT-4");
        assertEq(reason, abi.encodeWithSelector(ITrancheVault.NotOperator.selector, keeper, underwriter));
        assertEq(senior.pendingRedeemRequest(1, underwriter), 0, "EXIT-4");
        assertEq(senior.balanceOf(keeper), 1000 * unit() * 1000, "EXIT-4");
    }

    /// Many requests of one account make nothing dear: not its salvage, nor what it can claim.
    function test_ManyRequestsAreAsCheapAsOne() public {
        buyCover(market, holder, 200_000, 60);
        vm.startPrank(underwriter);
        for (uint256 i; i < 300; ++i) {
            junior.requestRedeem(1000, underwriter, underwriter);
        }
        vm.stopPrank();
        vm.warp(block.timestamp + 5 days);
        uint256 incident = fail(market, 1e8);
        asset.mint(address(this), 1000 * unit());
        asset.approve(address(pool), ALL);
        pool.addSalvage(incident, 1000 * unit());
        _coolDown();
        uint256 gas = gasleft();
        pool.claimSalvage(incident, false, underwriter);
        assertLt(gas - gasleft(), 250_000, "EXIT-4");
        vm.warp(block.timestamp + 3 days);
        junior.strikeExit(ALL);
        vm.warp(block.timestamp + 10 days);
        _coolDown();
        gas = gasleft();
        assertEq(junior.maxRedeem(underwriter), 300_000);
        assertLt(gas - gasleft(), 150_000, "EXIT-4");
    }

    /// Striking a request bit by bit does not make its claim dear.
    function test_ManyStrikesAreAsCheapAsOne() public {
        requestAll(senior, underwriter);
        vm.warp(block.timestamp + 7 days);
        for (uint256 i; i < 200; ++i) {
            senior.strikeExit(1e6);
        }
        vm.warp(block.timestamp + 9 days);
        _coolDown();
        uint256 gas = gasleft();
        vm.prank(underwriter);
        senior.redeem(200e6, underwriter, underwriter);
        assertLt(gas - gasleft(), 300_000, "EXIT-4");
    }

    /// Whoever is struck late gets nothing of what was earned since, and still bears what was lost.
    function test_LateStrikePaysNoGainSinceMaturity() public {
        fund(senior, keeper, 600_000);
        buyCover(market, holder, 150_000, 200);
        vm.prank(underwriter);
        senior.requestRedeem(100_000 * unit() * 1000, underwriter, underwriter);
        vm.warp(block.timestamp + 7 days);
        uint256 value = senior.convertToAssets(100_000 * unit() * 1000);
        vm.warp(block.timestamp + 60 days);
        pool.accrue();
        assertGt(senior.convertToAssets(100_000 * unit() * 1000), value + unit());
        senior.strikeExit(ALL);
        (uint256 paid,,) = pool.escrowOf(true, block.timestamp / 1 days);
        assertLe(paid, value, "EXIT-3");
        assertGe(paid, 100_000 * unit() - 1);
        assertSolvent(0);
    }

    /// Salvage given to one tranche is not given to the other when a later top-up takes from that.
    function test_SalvageIsNotGivenTwice() public {
        (MarketId[] memory markets,) = sellMarkets(8, 250_000);
        vm.warp(block.timestamp + 10 days);
        for (uint256 i; i < 8; ++i) {
            find(
                markets[i],
                i < 3 ? IncidentState.Final : IncidentState.Suspect,
                block.timestamp,
                i < 3 ? 1e8 : 0
            );
        }
        pool.syncIncidents(8);
        for (uint256 i = 1; i <= 3; ++i) {
            pool.settleIncident(i);
        }
        asset.mint(address(this), 100_000 * unit());
        asset.approve(address(pool), ALL);
        pool.addSalvage(1, 100_000 * unit());
        try pool.claimSalvage(1, false, underwriter) {} catch {}
        for (uint256 i = 3; i < 8; ++i) {
            find(markets[i], IncidentState.Rejected, block.timestamp, 0);
        }
        for (uint256 i = 4; i <= 8; ++i) {
            try pool.settleIncident(i) {} catch {}
        }
        pool.topUp(1);
        PoolIncident memory l = pool.incidentState(1);
        assertGt(l.fromSenior, 90_000 * unit());
        try pool.claimSalvage(1, true, underwriter) {} catch {}
        l = pool.incidentState(1);
        assertLe(l.salvageClaimed, l.salvage, "SOLVENCY-2");
    }

    /// No role holds an exit without limit: who asked to leave leaves once no cover needs the capital.
    function test_NoSettingHoldsExits() public {
        requestAll(junior, underwriter);
        pool.setParameter("minJuniorBps", 10_000);
        vm.warp(block.timestamp + 400 days);
        assertEq(pool.state().totalCover, 0);
        assertEq(junior.strikeExit(ALL), 400_000 * unit() * 1000, "EXIT-6");
        assertSolvent(0);
    }

    /// Nor does a setting that rises hold what could have left before, while there is cover.
    function test_ARaisedJuniorShareHoldsNoExits() public {
        buyCover(market, holder, 10_000, 60);
        requestAll(junior, underwriter);
        vm.warp(block.timestamp + 7 days);
        uint256 before = vm.snapshotState();
        uint256 struck = junior.strikeExit(ALL);
        assertGt(struck, 0);
        vm.revertToState(before);
        pool.setParameter("minJuniorBps", 10_000);
        assertEq(junior.strikeExit(ALL), struck, "EXIT-6");
        vm.revertToState(before);
        pool.setParameter("minJuniorBps", 500);
        pool.setParameter("minJuniorBps", 10_000);
        assertGt(junior.strikeExit(ALL), struck);
    }

    /// @dev As if the next call were a transaction of its own.
    function _coolDown() private {
        vm.cool(address(junior));
        vm.cool(address(senior));
        vm.cool(address(pool));
    }
}

/// @notice What exits in an asset that refuses to move nothing have got wrong once.
contract RefusedExitsRegressionTest is UnderwritingFixture {
    function newAsset() internal override returns (PlainToken) {
        return new ZeroRefusingToken(assetDecimals());
    }

    /// A batch that a loss has emptied blocks none of the later exits of its controllers.
    function test_AnEmptiedBatchDoesNotBlockLaterExits() public {
        buyCover(market, holder, 100_000, 60);
        uint256 id = requestAll(junior, underwriter);
        vm.warp(block.timestamp + 7 days);
        assertEq(junior.strikeExit(1000), 1000);
        fail(market, 1e8);
        (uint256 assets, uint256 units,) = pool.escrowOf(false, block.timestamp / 1 days);
        assertEq(assets, 0);
        assertGt(units, 0);
        nextDay();
        assertGt(junior.strikeExit(type(uint256).max), 0);
        vm.warp(block.timestamp + 10 days);
        uint256 shares = junior.claimableRedeemRequest(id, underwriter);
        vm.prank(underwriter);
        assertGt(junior.redeem(shares, underwriter, underwriter), 0);
        assertSolvent(0);
    }
}
