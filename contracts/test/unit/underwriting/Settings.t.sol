// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IPoolEvents} from "../../../src/interfaces/IPoolEvents.sol";
import {BuyParams, PoolState} from "../../../src/interfaces/IPoolTypes.sol";
import {MarketId} from "../../../src/types/MarketId.sol";
import {MarketTerms} from "../../../src/types/MarketTerms.sol";
import {PlainToken} from "../../support/SystemTokens.sol";
import {UnderwritingFixture} from "../../support/UnderwritingFixture.sol";

contract SettingsTest is UnderwritingFixture {
    function test_WhenWithinBounds_Changes() public {
        uint256 before = pool.quote(market, 10_000 * unit(), 60).premium;
        pool.setParameter("costOfCapitalBps", 3000);
        assertGt(pool.quote(market, 10_000 * unit(), 60).premium, before);
        pool.setParameter("feeBps", 0);
        assertEq(pool.quote(market, 10_000 * unit(), 60).fee, 0);
        pool.setParameter("exitDelayDays", 30);
        assertEq(pool.exitDelay(), 30 days);
    }

    function test_WhenChanged_PremiumUntilThenFollowsTheOldValue() public {
        buyCover(market, holder, 50_000, 60);
        vm.warp(block.timestamp + 20 days);
        PoolState memory before = pool.state();
        pool.setParameter("minJuniorBps", 9000);
        PoolState memory s = pool.state();
        assertEq(s.junior, before.junior);
        assertEq(s.senior, before.senior);
    }

    function test_RevertWhen_OutOfBounds() public {
        _refuse("feeBps", 2501);
        _refuse("costOfCapitalBps", 499);
        _refuse("costOfCapitalBps", 5001);
        _refuse("gateBps", 4999);
        _refuse("gateBps", 9501);
        _refuse("minJuniorBps", 499);
        _refuse("minJuniorBps", 10_001);
        _refuse("gearing", 0);
        _refuse("gearing", 21);
        _refuse("exitDelayDays", 2);
        _refuse("exitDelayDays", 91);
        _refuse("tip", 65_536);
        _refuse("anything", 1);
    }

    function test_RevertWhen_TheRaiseWindowIsChanged() public {
        _refuse("raiseWindowDays", 8);
        _refuse("raiseWindowDays", 7);
    }

    function _refuse(bytes32 name, uint256 value) private {
        vm.expectPartialRevert(IPoolEvents.SettingOutOfBounds.selector);
        pool.setParameter(name, value);
    }

    function test_RevertWhen_TheCallerHasNoRole() public {
        vm.startPrank(holder);
        vm.expectRevert(
            abi.encodeWithSelector(IPoolEvents.NotAuthorised.selector, holder, pool.setParameter.selector)
        );
        pool.setParameter("feeBps", 1);
        vm.expectPartialRevert(IPoolEvents.NotAuthorised.selector);
        pool.attachMarket(market);
        vm.expectPartialRevert(IPoolEvents.NotAuthorised.selector);
        pool.detachMarket(market);
        vm.expectPartialRevert(IPoolEvents.NotAuthorised.selector);
        pool.startWindDown();
    }

    function test_WhenTheRoleHasADelay_TheCallIsScheduledFirst() public {
        manager.grantRole(0, keeper, 2 days);
        bytes memory data = abi.encodeCall(pool.setParameter, ("feeBps", 500));
        vm.startPrank(keeper);
        vm.expectRevert();
        manager.execute(address(pool), data);
        manager.schedule(address(pool), data, 0);
        vm.expectRevert();
        manager.execute(address(pool), data);
        vm.warp(block.timestamp + 2 days);
        manager.execute(address(pool), data);
        vm.expectRevert();
        manager.execute(address(pool), data);
        vm.stopPrank();
        uint256 premium = pool.quote(market, 10_000 * unit(), 60).premium;
        assertApproxEqAbs(pool.quote(market, 10_000 * unit(), 60).fee * 21, premium, 21);
    }

    function test_RevertWhen_AttachedTwice() public {
        vm.expectRevert(abi.encodeWithSelector(IPoolEvents.MarketAlreadyAttached.selector, market));
        pool.attachMarket(market);
    }

    function test_RevertWhen_NotRegistered() public {
        vm.expectPartialRevert(IPoolEvents.MarketNotRegistered.selector);
        pool.attachMarket(MarketId.wrap(bytes32(uint256(1) << 255)));
    }

    function test_RevertWhen_TheAssetDiffers() public {
        MarketTerms memory t = termsOf("foreign");
        t.asset = address(new PlainToken("EUR", 6));
        MarketId foreign = registry.register(t);
        vm.expectRevert(
            abi.encodeWithSelector(IPoolEvents.MarketAssetDiffers.selector, t.asset, address(asset))
        );
        pool.attachMarket(foreign);
    }

    function test_RevertWhen_ItsRaiseWindowIsLongerThanThePools() public {
        MarketTerms memory t = termsOf("slow");
        t.raiseWindow = 8 days;
        MarketId slow = registry.register(t);
        vm.expectRevert(abi.encodeWithSelector(IPoolEvents.MarketRaiseWindowLonger.selector, 8 days, 7 days));
        pool.attachMarket(slow);
    }

    function test_RevertWhen_AnOpenPoolAttachesAParametricMarket() public {
        MarketId parametric = registry.register(parametricTerms("parametric"));
        vm.expectRevert(abi.encodeWithSelector(IPoolEvents.ParametricNeedsGate.selector, parametric));
        pool.attachMarket(parametric);
    }

    function test_WhenAttachedAgain_KeepsItsCover() public {
        buyCover(market, holder, 1000, 30);
        pool.detachMarket(market);
        vm.expectRevert(abi.encodeWithSelector(IPoolEvents.MarketNotAttached.selector, market));
        pool.detachMarket(market);
        vm.warp(block.timestamp + 10 days);
        pool.attachMarket(market);
        assertEq(pool.marketState(market).committed, 1000 * unit());
        pool.poke(market, type(uint256).max);
        assertEq(pool.marketState(market).active, 1000 * unit());
        buyCover(market, holder, 1000, 30);
    }

    function test_WhenSeventeenHardGroupsAreNeeded_Refuses() public {
        for (uint16 i = 1; i < 16; ++i) {
            MarketTerms memory t = termsOf(vm.toString(i));
            t.groups[1] = HARD + i;
            pool.attachMarket(registry.register(t));
        }
        MarketTerms memory last = termsOf("last");
        last.groups[1] = HARD + 16;
        MarketId one = registry.register(last);
        vm.expectPartialRevert(IPoolEvents.TooManyGroups.selector);
        pool.attachMarket(one);
    }

    function test_WhenFeesAreCollected_TheyGoToTheirOwners() public {
        asset.mint(holder, 10_000 * unit());
        BuyParams memory p = buyParams(market, holder, 10_000 * unit(), 60);
        p.integrator = keeper;
        vm.startPrank(holder);
        asset.approve(address(pool), type(uint256).max);
        pool.buy(p);
        vm.stopPrank();
        PoolState memory s = pool.state();
        uint256 fee = s.feesOwed + s.integratorFees;
        assertEq(s.integratorFees, fee / 2);
        assertEq(pool.collectFees(keeper), fee / 2);
        assertEq(pool.collectFees(treasury), fee - fee / 2);
        assertEq(asset.balanceOf(keeper), fee / 2);
        assertEq(asset.balanceOf(treasury), fee - fee / 2);
        vm.expectRevert(IPoolEvents.AmountZero.selector);
        pool.collectFees(keeper);
        vm.expectRevert(IPoolEvents.AmountZero.selector);
        pool.collectFees(treasury);
        assertSolvent(0);
    }

    function test_RevertWhen_AnotherMarketHasItsKey() public {
        MarketId twin = MarketId.wrap(MarketId.unwrap(market) ^ bytes32(uint256(1)));
        assertEq(MarketId.unwrap(pool.marketOf(twin.keyOf())), MarketId.unwrap(market));
        vm.expectRevert(abi.encodeWithSelector(IPoolEvents.MarketKeyTaken.selector, twin.keyOf(), market));
        pool.attachMarket(twin);
    }
}
