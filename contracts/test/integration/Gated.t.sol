// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IPoolEvents} from "../../src/interfaces/IPoolEvents.sol";
import {PoolSettings} from "../../src/interfaces/IPoolFactory.sol";
import {CoverId} from "../../src/types/CoverId.sol";
import {MarketId} from "../../src/types/MarketId.sol";
import {UnderwritingFixture} from "../support/UnderwritingFixture.sol";

/// @notice A permissioned pool: who may come in, and covers without a loss to prove.
contract GatedTest is UnderwritingFixture {
    MarketId internal parametric;

    function settings() internal view override returns (PoolSettings memory s) {
        s = super.settings();
        s.accessGate = address(gate);
    }

    function setUp() public override {
        super.setUp();
        parametric = openMarket(parametricTerms("parametric"));
    }

    function test_OnlyWhoIsListedBuysAndDeposits() public {
        vm.expectRevert(abi.encodeWithSelector(IPoolEvents.AccessRefused.selector, keeper, bytes32("buy")));
        pool.buy(buyParams(parametric, keeper, unit(), 30));
        asset.mint(keeper, 1000);
        vm.startPrank(keeper);
        asset.approve(address(junior), 1000);
        vm.expectRevert(
            abi.encodeWithSelector(IPoolEvents.AccessRefused.selector, keeper, bytes32("deposit"))
        );
        junior.deposit(1000, keeper);
        vm.stopPrank();
        gate.list(keeper);
        fund(junior, keeper, 1000);
        buyCover(parametric, keeper, 1000, 30);
    }

    function test_AParametricCoverPaysItsSeverity() public {
        CoverId id = buyCover(parametric, holder, 100_000, 30);
        vm.warp(pool.policy(id).start);
        fail(parametric, 0.3e8);
        assertEq(pool.pay(id), 30_000 * unit());
        assertSolvent(0);
    }

    function test_LeavingNeedsNoPermission() public {
        vm.prank(underwriter);
        junior.transfer(keeper, 1000 * unit() * 1000);
        requestAll(junior, keeper);
        vm.warp(block.timestamp + 7 days);
        junior.strikeExit(type(uint256).max);
        vm.warp(block.timestamp + 9 days);
        uint256 shares = junior.maxRedeem(keeper);
        vm.prank(keeper);
        assertEq(junior.redeem(shares, keeper, keeper), 1000 * unit());
    }
}
