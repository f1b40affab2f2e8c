// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {FixedPointMathLib as Math} from "solady/utils/FixedPointMathLib.sol";

import {Policy, PolicyState, PoolState, Quote} from "../../src/interfaces/IPoolTypes.sol";
import {CoverId} from "../../src/types/CoverId.sol";
import {MarketId} from "../../src/types/MarketId.sol";
import {PHASE_OPEN} from "../../src/types/MarketStatus.sol";
import {TrancheVault} from "../../src/underwriting/TrancheVault.sol";
import {UnderwritingExits} from "./UnderwritingExits.sol";

/// @notice What holders do, what underwriters bring and hand on, and upkeep, at random; each action knows beforehand whether it can succeed.
abstract contract UnderwritingActions is UnderwritingExits {
    function doWarp(uint256 seed) external action {
        seed = _mix(seed);
        _use(seed >> 8);
        bool sold = earlier.requiredCapital * 4 > earlier.junior + earlier.senior;
        if (_hurries() && sold && (seed >> 16) % 4 == 0) _hurry();
        vm.warp(
            block.timestamp + (seed % 8 == 0 ? bound(seed, 1 days, 12 days) : bound(seed, 1 minutes, 2 days))
        );
        if (seed % 3 != 0) _refresh();
        _checkGrowth();
        _did();
    }

    function doDeposit(uint256 seed, uint256 amount) external action {
        seed = _mix(seed);
        _use(seed);
        TrancheVault vault = _vault(seed & 2 == 0);
        uint256 max = vault.maxDeposit(_actor(seed));
        if (max == 0) return;
        amount = bound(amount, 1, max < 500_000 * unit() ? max : 500_000 * unit());
        uint256 preview = vault.previewDeposit(amount);
        if (preview == 0 || preview > type(uint128).max) return;
        assertEq(deposit(vault, _actor(seed >> 8), amount), preview);
        _checkGrowth();
        _did();
    }

    function doBuy(uint256 seed, uint256 cover, uint256 coverDays) external action {
        seed = _mix(seed);
        Side storage side = _use(seed);
        MarketId m = _marketOf(seed >> 8);
        uint256 room = Math.zeroFloorSub(earlier.pricingCapital / 4, pool.marketState(m).committed);
        cover = seed % 4 == 0 || room < 10 ? bound(cover, 1, 250_000 * unit()) : room * 9 / 10;
        coverDays = bound(coverDays, 14, 60);
        // A quote is refused where a purchase would be, and never below its price.
        Quote memory q;
        try pool.quote(m, cover, coverDays) returns (Quote memory quoted) {
            q = quoted;
        } catch {
            return;
        }
        (CoverId id, uint256 premium) = buy(m, _actor(seed >> 16), cover, uint16(coverDays));
        assertLe(premium, q.premium, "PRICE-1");
        side.covers.push(id);
        sold[id].spent = premium;
        for (uint256 i; i < markets.length; ++i) {
            if (markets[i] == m) sold[id].slot = i;
        }
        _checkGates(m);
        _checkGrowth();
        _did();
        if (seed % 16 == 5) _takeBack(id, premium);
    }

    /// @dev PRICE-4: who buys and cancels at once has paid for nothing but the fee, and has paid.
    function _takeBack(CoverId id, uint256 premium) private {
        address owner = coverToken.ownerOf(id.toTokenId());
        vm.prank(owner);
        try pool.cancel(id) returns (uint256 refund) {
            assertLt(refund, premium, "PRICE-4");
        } catch (bytes memory reason) {
            _passRefusal(owner, reason);
        }
    }

    function doExtend(uint256 seed, uint256 addDays) external action {
        seed = _mix(seed);
        (CoverId id, Policy memory p) = _policy(seed);
        if (p.state != PolicyState.Active || block.timestamp + 72 hours > p.end) return;
        addDays = bound(addDays, 1, 40);
        uint256 price;
        try pool.quoteExtension(id, addDays) returns (Quote memory q) {
            price = q.premium;
        } catch {
            return;
        }
        address payer = _actor(seed >> 32);
        asset.mint(payer, price);
        vm.startPrank(payer);
        asset.approve(address(pool), type(uint256).max);
        assertLe(pool.extend(id, uint16(addDays), type(uint96).max), price, "PRICE-1");
        vm.stopPrank();
        sold[id].spent += price;
        _checkGates(p.market);
        _checkGrowth();
        _did();
    }

    function doRenew(uint256 seed, uint256 addDays) external action {
        seed = _mix(seed);
        (CoverId id, Policy memory p) = _policy(seed);
        if (p.state != PolicyState.Active || p.end < 72 hours + block.timestamp) return;
        address owner = coverToken.ownerOf(id.toTokenId());
        addDays = bound(addDays, 1, 30);
        vm.prank(owner);
        pool.setRollingOrder(id, uint16(addDays), type(uint32).max, 0);
        if (p.end > 96 hours + block.timestamp) return _did();
        try pool.quoteExtension(id, addDays) returns (Quote memory q) {
            asset.mint(owner, q.premium);
            sold[id].spent += q.premium;
        } catch {
            return;
        }
        vm.prank(owner);
        asset.approve(address(pool), type(uint256).max);
        pool.renew(id);
        _checkGates(p.market);
        _checkGrowth();
        _did();
    }

    function doCancel(uint256 seed) external action {
        seed = _mix(seed);
        (CoverId id, Policy memory p) = _policy(seed);
        if (p.state != PolicyState.Active || p.end / 1 days <= block.timestamp / 1 days) return;
        if (registry.status(p.market).phase() != PHASE_OPEN) return;
        address owner = coverToken.ownerOf(id.toTokenId());
        vm.prank(owner);
        try pool.cancel(id) returns (uint256 refund) {
            assertLe(refund, p.rate * (p.end - block.timestamp) >> 16, "STREAM-1");
            assertLe(refund, sold[id].spent, "PRICE-4");
        } catch (bytes memory reason) {
            return _passRefusal(owner, reason);
        }
        _checkGrowth();
        _did();
    }

    function doTransferCover(uint256 seed) external action {
        seed = _mix(seed);
        (CoverId id,) = _policy(seed);
        if (CoverId.unwrap(id) == 0) return;
        address owner = coverToken.ownerOf(id.toTokenId());
        vm.prank(owner);
        coverToken.transferFrom(owner, _actor(seed >> 64), id.toTokenId());
        _did();
    }

    function doTransferShares(uint256 seed, uint256 amount) external action {
        seed = _mix(seed);
        _use(seed);
        TrancheVault vault = _vault(seed & 2 == 0);
        address from = _shareholder(vault, seed >> 8);
        amount = bound(amount, 0, vault.balanceOf(from));
        if (amount == 0) return;
        vm.prank(from);
        vault.transfer(_actor(seed >> 16), amount);
        _did();
    }

    function doChangeCard(uint256 seed) external action {
        seed = _mix(seed);
        if (seed % 4 == 0) {
            bool took = _tryGroup(SOFT, bound(seed, 1_000_000, 2_000_000));
            if (_tryGroup(HARD, bound(seed >> 8, 1_000_000, 2_000_000)) || took) _did();
            return;
        }
        MarketId m = _marketOf(seed >> 16);
        _publish(
            m,
            bound(seed >> 32, 1_000_000, 2_000_000) * 2,
            bound(seed >> 64, 500_000, 1_000_000),
            bound(seed >> 96, 3000, 6000)
        );
        _did();
    }

    /// @dev Far more risk at once, so that capital is less than cover requires.
    function _hurry() private {
        _tryTail(75_000);
        _tryGroup(SOFT, 4 * shocks[SOFT]);
        _tryGroup(HARD, 4 * shocks[HARD]);
        MarketId m = markets[current[1]];
        if (_knows(m)) pool.poke(m, type(uint256).max);
    }

    function doUpkeep(uint256 seed) external action {
        seed = _mix(seed);
        _use(seed);
        MarketId m = markets[(seed >> 8) % markets.length];
        if (_knows(m)) pool.poke(m, seed % 5 == 0 ? 2 : type(uint256).max);
        if (seed % 7 == 0) pool.accrue();
        if (seed % 2 == 0) _notePrice(_vault(seed & 2 == 0));
        if (pool.state().feesOwed != 0 && seed % 3 == 0) pool.collectFees(treasury);
        if (seed % 11 == 0) {
            asset.mint(address(pool), 1000);
            sides[seed % 2].donated += 1000;
        }
        _tryInVain(seed >> 16);
        _checkGrowth();
        _did();
    }

    /// @dev PRICE-6 after a sale in a market: no limit of the pool, of its groups or of its own is exceeded.
    function _checkGates(MarketId m) private view {
        PoolState memory s = pool.state();
        uint256 capital = s.pricingCapital;
        assertLe(s.requiredCapital * 1e4, capital * settings().gateBps, "PRICE-6");
        assertLe(s.totalCover, capital * settings().gearing, "PRICE-6");
        assertLe(pool.marketState(m).committed * 1e4, capital * cardOf(m).maxShare, "PRICE-6");
        (, uint256 soft,) = pool.groupState(SOFT);
        assertLe(soft * 1e4, capital * groupCardOf(SOFT).cap, "PRICE-6");
        if (registry.status(m).deductibleBps() == 0) return;
        (, uint256 hard,) = pool.groupState(HARD);
        assertLe(hard, capital, "PRICE-6");
    }

    function _policy(uint256 seed) internal returns (CoverId id, Policy memory p) {
        Side storage side = _use(seed);
        uint256 count = side.covers.length;
        uint256 most = seed % 4 == 0 ? 1 : 16;
        for (uint256 i; i < count && i < most; ++i) {
            id = side.covers[((seed >> 8) % count + i) % count];
            p = pool.policy(id);
            // One that still runs, where there is one.
            if (p.state == PolicyState.Active && p.end > block.timestamp + 72 hours) return (id, p);
        }
    }
}
