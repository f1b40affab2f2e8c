// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IncidentState} from "../../src/interfaces/IIncidentBoard.sol";
import {IPool} from "../../src/interfaces/IPool.sol";
import {IPoolEvents} from "../../src/interfaces/IPoolEvents.sol";
import {PoolIncident} from "../../src/interfaces/IPoolTypes.sol";
import {CoverId} from "../../src/types/CoverId.sol";
import {MarketId} from "../../src/types/MarketId.sol";
import {TrancheVault} from "../../src/underwriting/TrancheVault.sol";
import {UnderwritingFixture} from "../support/UnderwritingFixture.sol";

/// @notice Attacks by claiming: more than once, ahead of others, or for what was not lost.
contract ClaimingAttacksTest is UnderwritingFixture {
    address private attacker = makeAddr("attacker");

    /// The attacker buys a holder's policy and broken positions for next to nothing after the event, and claims with them.
    function test_Attack17_BuyingAPolicyAfterTheEvent() public {
        CoverId id = buyCover(market, holder, 50_000, 60);
        vm.warp(pool.policy(id).start);
        fail(market, 1e8);
        vm.prank(holder);
        coverToken.transferFrom(holder, attacker, id.toTokenId());
        hold(attacker, 50_000 * unit());
        vm.expectRevert(abi.encodeWithSelector(IPoolEvents.NothingProven.selector, id));
        pool.pay(id);
        assertEq(asset.balanceOf(attacker), 0);
    }

    /// The attacker claims, sells the policy, and has the buyer claim what was paid already.
    function test_Attack17_SellingAPolicyBetweenClaimAndPayment() public {
        (, CoverId[] memory ids) = _overwhelm();
        uint256 first = pool.pay(ids[0]);
        address owner = makeAddr("owner0");
        vm.prank(owner);
        coverToken.transferFrom(owner, attacker, ids[0].toTokenId());
        hold(owner, 200_000 * unit());
        hold(attacker, 200_000 * unit());
        vm.expectPartialRevert(IPoolEvents.PolicyNotActive.selector);
        pool.pay(ids[0]);
        vm.expectPartialRevert(IPoolEvents.NothingToPay.selector);
        pool.payRest(ids[0]);
        assertEq(asset.balanceOf(owner), first);
        assertEq(asset.balanceOf(attacker), 0);
    }

    /// Claims exceed capital, and the attacker is the first to claim.
    function test_Attack18_ClaimingFirst() public {
        (, CoverId[] memory ids) = _overwhelm();
        uint256 ratio = pool.incidentState(1).ratio / 1e10;
        assertLt(ratio, 0.7e8);
        uint256 claim = 200_000 * unit();
        uint256 snapshot = vm.snapshotState();
        for (uint256 i; i < ids.length; ++i) {
            uint256 share = pool.incidentState(i + 1).ratio / 1e10;
            assertEq(pool.pay(ids[i]), claim * share / 1e8, "EQUALITY-1");
            assertApproxEqAbs(share, ratio, 100, "EQUALITY-1");
        }
        vm.revertToState(snapshot);
        for (uint256 i = ids.length; i != 0; --i) {
            uint256 share = pool.incidentState(i).ratio / 1e10;
            assertEq(pool.pay(ids[i - 1]), claim * share / 1e8, "EQUALITY-1");
        }
        assertSolvent(0);
    }

    /// The attacker buys hundreds of dust covers so that declaring and paying become too dear for anyone.
    function test_Attack19_ManyPolicies() public {
        CoverId id = buyCover(market, holder, 10_000, 60);
        hold(holder, 10_000 * unit());
        uint256 snapshot = vm.snapshotState();
        (uint256 declaring, uint256 paying) = _gasOfAFailure(id);
        vm.revertToState(snapshot);
        for (uint256 i; i < 300; ++i) {
            buy(market, attacker, 1, 60);
        }
        (uint256 declaringMany, uint256 payingMany) = _gasOfAFailure(id);
        assertApproxEqAbs(declaringMany, declaring, 10_000);
        assertApproxEqAbs(payingMany, paying, 5000);
    }

    /// Somebody gives the pool assets before a declaration, to make its claim's ratio better or the others' worse.
    function test_Attack22_DonatingToShiftARatio() public {
        (MarketId[] memory markets,) = sellMarkets(8, 200_000);
        vm.warp(block.timestamp + 10 days);
        for (uint256 i; i < 8; ++i) {
            find(markets[i], IncidentState.Final, block.timestamp, 1e8);
        }
        uint256 snapshot = vm.snapshotState();
        pool.settleIncident(1);
        uint256 ratio = pool.incidentState(1).ratio;
        assertLt(ratio, 1e18);
        vm.revertToState(snapshot);
        asset.mint(address(pool), 500_000 * unit());
        pool.settleIncident(1);
        assertEq(pool.incidentState(1).ratio, ratio);
        assertSolvent(500_000 * unit());
    }

    /// The attacker holds twice its cover and claims twice.
    function test_Attack23_ClaimingTwice() public {
        CoverId id = buyCover(market, attacker, 10_000, 60);
        hold(attacker, 20_000 * unit());
        vm.warp(pool.policy(id).start);
        fail(market, 1e8);
        pool.pay(id);
        vm.expectPartialRevert(IPoolEvents.PolicyNotActive.selector);
        pool.pay(id);
        CoverId[] memory ids = new CoverId[](2);
        (ids[0], ids[1]) = (id, id);
        assertEq(pool.payBatch(ids), 0);
        assertEq(asset.balanceOf(attacker), 9500 * unit());
    }

    /// The attacker's market is sound; another one of the same pool has failed.
    function test_Attack23_ClaimingForAnotherMarketsIncident() public {
        MarketId sound = openMarket("sound");
        CoverId victim = buyCover(market, holder, 10_000, 60);
        CoverId id = buyCover(sound, attacker, 10_000, 60);
        hold(attacker, 10_000 * unit());
        vm.warp(pool.policy(id).start);
        fail(market, 1e8);
        vm.expectPartialRevert(IPoolEvents.IncidentNotDeclarable.selector);
        pool.pay(id);
        CoverId[] memory ids = new CoverId[](2);
        (ids[0], ids[1]) = (victim, id);
        assertEq(pool.payBatch(ids), 0, "neither has a loss to show");
    }

    /// The attacker buys a unit in another pool, whose policy has the number of a victim's in this one.
    function test_Attack23_ClaimingWithAPolicyOfAnotherPool() public {
        CoverId victim = buyCover(market, holder, 50_000, 60);
        (IPool other, TrancheVault otherJunior,) = createPool(settings());
        other.attachMarket(market);
        fund(otherJunior, underwriter, 100_000);
        asset.mint(attacker, 100 * unit());
        vm.startPrank(attacker);
        asset.approve(address(other), type(uint256).max);
        (CoverId id,) = other.buy(buyParams(market, attacker, unit(), 60));
        vm.stopPrank();
        assertEq(id.sequence(), victim.sequence());
        hold(attacker, 50_000 * unit());
        vm.warp(pool.policy(victim).start);
        fail(market, 1e8);
        vm.expectRevert(abi.encodeWithSelector(IPoolEvents.PolicyOfAnotherPool.selector, id));
        pool.pay(id);
    }

    /// The curator lets go of a market to get out of what was sold; the cancelled policy of an attacker claims all the same.
    function test_Attack23_AMarketSwitchedOffPaysWhatWasSoldAndNothingElse() public {
        CoverId sold = buyCover(market, holder, 10_000, 60);
        hold(holder, 10_000 * unit());
        CoverId void = buyCover(market, attacker, 10_000, 60);
        hold(attacker, 10_000 * unit());
        vm.prank(attacker);
        pool.cancel(void);
        vm.warp(pool.policy(sold).start);
        pool.detachMarket(market);
        fail(market, 1e8);
        assertEq(pool.pay(sold), 9500 * unit());
        vm.expectPartialRevert(IPoolEvents.PolicyNotActive.selector);
        pool.pay(void);
    }

    /// @dev Eight markets with cover of 200,000 each fail at once: 1.6 times the capital.
    function _overwhelm() private returns (MarketId[] memory markets, CoverId[] memory ids) {
        (markets, ids) = sellMarkets(8, 200_000);
        vm.warp(block.timestamp + 10 days);
        for (uint256 i; i < 8; ++i) {
            find(markets[i], IncidentState.Final, block.timestamp, 1e8);
        }
        for (uint256 i = 1; i <= 8; ++i) {
            pool.settleIncident(i);
        }
    }

    function _gasOfAFailure(CoverId id) private returns (uint256 declaring, uint256 paying) {
        vm.warp(pool.policy(id).start + 1 days);
        pool.poke(market, type(uint256).max);
        uint256 incident = find(market, IncidentState.Final, block.timestamp, 1e8);
        vm.cool(address(pool));
        declaring = gasleft();
        pool.settleIncident(incident);
        declaring -= gasleft();
        vm.cool(address(pool));
        paying = gasleft();
        pool.pay(id);
        paying -= gasleft();
    }
}
