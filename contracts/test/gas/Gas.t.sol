// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IncidentState} from "../../src/interfaces/IIncidentBoard.sol";
import {PoolSettings} from "../../src/interfaces/IPoolFactory.sol";
import {PolicyState} from "../../src/interfaces/IPoolTypes.sol";
import {CoverId} from "../../src/types/CoverId.sol";
import {MarketId} from "../../src/types/MarketId.sol";
import {MarketTerms} from "../../src/types/MarketTerms.sol";
import {SystemFixture} from "../support/SystemFixture.sol";

/// @notice Whole transactions, measured: forge's isolated calls pay 21,000 and for their calldata. Each test checks what
/// its transaction did. A plain ERC-20, one shock group, a pool that was touched earlier the same day.
abstract contract GasFixture is SystemFixture {
    MarketId internal market;
    address internal other = makeAddr("other");

    function setUp() public virtual override {
        super.setUp();
        gate.list(holder);
        gate.list(other);
        gate.list(underwriter);
        market = openMarket("vault");
        deposit(junior, underwriter, 400_000_000 * unit());
        deposit(senior, underwriter, 600_000_000 * unit());
        buy(market, other, 1000 * unit(), 60);
        buy(market, holder, 1000 * unit(), 60);
        approve(holder);
        approve(other);
        vm.warp(block.timestamp + 100);
    }

    /// @dev One group; the hard one would cap what 10,000 covers need.
    function termsOf(string memory name) internal view virtual override returns (MarketTerms memory t) {
        t = super.termsOf(name);
        t.groups = new uint16[](1);
        t.groups[0] = SOFT;
    }

    function approve(address account) internal {
        asset.mint(account, 1_000_000 * unit());
        vm.startPrank(account);
        asset.approve(address(pool), type(uint256).max);
        asset.approve(address(senior), type(uint256).max);
        vm.stopPrank();
    }

    /// @dev The next call is a transaction of this account.
    function from(address account) internal {
        vm.prank(account, account);
    }

    function record(string memory name) internal {
        vm.snapshotGasLastCall("gas", name);
    }
}

contract GasTest is GasFixture {
    function test_depositNew() public {
        from(holder);
        uint256 shares = senior.deposit(1000 * unit(), holder);
        record("depositNew");
        assertEq(senior.balanceOf(holder), shares);
    }

    function test_depositRepeat() public {
        from(holder);
        senior.deposit(1000 * unit(), holder);
        vm.warp(block.timestamp + 100);
        uint256 before = senior.balanceOf(holder);
        from(holder);
        senior.deposit(1000 * unit(), holder);
        record("depositRepeat");
        assertGt(senior.balanceOf(holder), before);
    }

    function test_buyFirst() public {
        address first = makeAddr("first");
        approve(first);
        _buy(first, 60, "buyFirst");
    }

    function test_buySteady() public {
        _buy(holder, 60, "buySteady");
    }

    function test_buyFreshDay() public {
        _buy(holder, 63, "buyFreshDay");
    }

    function _buy(address account, uint16 coverDays, string memory name) private {
        uint256 before = asset.balanceOf(account);
        from(account);
        (CoverId id, uint256 premium) = pool.buy(buyParams(market, account, 1000 * unit(), coverDays));
        record(name);
        assertEq(coverToken.ownerOf(id.toTokenId()), account);
        assertEq(before - asset.balanceOf(account), premium);
    }

    function test_extend() public {
        (CoverId id,) = buy(market, holder, 1000 * unit(), 50);
        buy(market, other, 1000 * unit(), 80);
        buy(market, other, 1000 * unit(), 50);
        uint256 end = pool.policy(id).end;
        vm.warp(block.timestamp + 50);
        from(holder);
        pool.extend(id, 30, type(uint96).max);
        record("extend");
        assertEq(pool.policy(id).end, end + 30 days);
    }

    function test_cancel() public {
        (CoverId id,) = buy(market, holder, 1000 * unit(), 60);
        vm.warp(block.timestamp + 50);
        from(holder);
        pool.cancel(id);
        record("cancel");
        assertEq(uint8(pool.policy(id).state), uint8(PolicyState.Void));
    }

    function test_requestAndStrikeExit() public {
        uint256 shares = senior.balanceOf(underwriter) / 10;
        from(underwriter);
        senior.requestRedeem(shares, underwriter, underwriter);
        record("requestExit");
        vm.warp(block.timestamp + 7 days);
        pool.accrue();
        vm.warp(block.timestamp + 100);
        from(other);
        uint256 struck = senior.strikeExit(type(uint256).max);
        record("strikeExit");
        assertEq(struck, shares);
    }

    function test_payoutPullSurrender() public {
        hold(holder, 1000 * unit());
        hold(other, 1000 * unit());
        (CoverId id,) = buy(market, holder, 1000 * unit(), 60);
        (CoverId earlier,) = buy(market, other, 1000 * unit(), 60);
        vm.warp(block.timestamp + 5 days);
        fail(market, 1e8);
        pool.pay(earlier);
        uint256 before = asset.balanceOf(holder);
        from(holder);
        pool.pay(id);
        record("payoutPullSurrender");
        assertEq(asset.balanceOf(holder) - before, 950 * unit());
    }
}

/// @notice A permissioned pool with a parametric market.
contract GasParametricTest is GasFixture {
    function settings() internal view override returns (PoolSettings memory s) {
        s = super.settings();
        s.accessGate = address(gate);
    }

    function termsOf(string memory name) internal view override returns (MarketTerms memory t) {
        t = super.termsOf(name);
        t.exposure = address(0);
        t.exposureConfig = "";
    }

    function test_payoutPull() public {
        (CoverId id,) = buy(market, holder, 1000 * unit(), 60);
        (CoverId earlier,) = buy(market, other, 1000 * unit(), 60);
        vm.warp(block.timestamp + 5 days);
        fail(market, 1e8);
        pool.pay(earlier);
        uint256 before = asset.balanceOf(holder);
        from(holder);
        pool.pay(id);
        record("payoutPull");
        assertEq(asset.balanceOf(holder) - before, 950 * unit());
    }

    function test_payoutPushEach() public {
        CoverId[] memory ids = new CoverId[](100);
        for (uint256 i; i < 100; ++i) {
            address account = makeAddr(vm.toString(i));
            gate.list(account);
            (ids[i],) = buy(market, account, 1000 * unit(), 60);
            asset.mint(account, 1);
        }
        vm.warp(block.timestamp + 5 days);
        fail(market, 1e8);
        from(other);
        uint256 paid = pool.payBatch(ids);
        uint256 gas = vm.lastCallGas().gasTotalUsed;
        vm.snapshotValue("gas", "payoutPushEach", (gas + 99) / 100);
        assertEq(paid, 100 * 950 * unit());
    }
}

/// @notice Declaring a loss costs the same for one policy and for ten thousand.
contract GasDeclareTest is GasFixture {
    function test_declare1() public {
        _declare(1, "declare1");
    }

    function test_declare100() public {
        _declare(100, "declare100");
    }

    function test_declare10000() public {
        _declare(10_000, "declare10000");
    }

    function _declare(uint256 policies, string memory name) private {
        MarketId failing = openMarket("failing");
        vm.startPrank(holder);
        for (uint256 i; i < policies; ++i) {
            pool.buy(buyParams(failing, holder, 100 * unit(), uint16(30 + i % 60)));
        }
        vm.stopPrank();
        vm.warp(block.timestamp + 10 days);
        pool.poke(failing, type(uint256).max);
        uint256 incident = find(failing, IncidentState.Final, block.timestamp, 1e8);
        pool.syncIncidents(incident);
        vm.warp(block.timestamp + 12);
        from(other);
        pool.settleIncident(incident);
        record(name);
        assertEq(pool.incidentState(incident).liability, policies * 95 * unit());
        assertEq(pool.incidentState(incident).ratio, 1e18);
    }
}
