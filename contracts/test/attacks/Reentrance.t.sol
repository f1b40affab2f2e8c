// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ReentrancyGuardTransient} from "solady/utils/ReentrancyGuardTransient.sol";

import {IPoolEvents} from "../../src/interfaces/IPoolEvents.sol";
import {CoverId} from "../../src/types/CoverId.sol";
import {PlainToken} from "../support/SystemTokens.sol";
import {UnderwritingFixture} from "../support/UnderwritingFixture.sol";

/// @notice Makes prepared calls whenever it moves, as ERC-777 hooks would, and notes which were not refused as re-entrant.
contract ReentrantToken is PlainToken {
    struct Call {
        address target;
        bytes data;
    }

    Call[] public calls;
    bool public armed;
    uint256 public attempts;
    /// Numbers of the calls that were let in.
    uint256[] public open;

    constructor(uint8 decimals_) PlainToken("HOOK", decimals_) {}

    function prepare(address target, bytes calldata data) external {
        calls.push(Call(target, data));
    }

    function arm(bool armed_) external {
        armed = armed_;
    }

    function openCount() external view returns (uint256) {
        return open.length;
    }

    function _update(address from, address to, uint256 value) internal override {
        super._update(from, to, value);
        if (!armed) return;
        armed = false;
        for (uint256 i; i < calls.length; ++i) {
            (bool ok, bytes memory answer) = calls[i].target.call(calls[i].data);
            ++attempts;
            if (ok || bytes4(answer) != ReentrancyGuardTransient.Reentrancy.selector) open.push(i);
        }
        armed = true;
    }
}

/// @notice Re-entering everything from everything that moves the asset, and pricing with the views meanwhile.
contract ReentranceAttacksTest is UnderwritingFixture {
    uint256 private constant ALL = type(uint256).max;
    ReentrantToken private token;
    CoverId private id;

    function newAsset() internal override returns (PlainToken) {
        token = new ReentrantToken(assetDecimals());
        return token;
    }

    function setUp() public override {
        super.setUp();
        hold(holder, 30_000 * unit());
        id = buyCover(market, holder, 10_000, 60);
        asset.mint(holder, 100_000 * unit());
        vm.startPrank(holder);
        asset.approve(address(pool), ALL);
        asset.approve(address(junior), ALL);
        vm.stopPrank();
        _prepareEntries();
        _prepareViews();
    }

    /// The asset calls back while premium is paid in, and while it is paid back.
    function test_Attack34_ReenteringFromBuyingAndCancelling() public {
        token.arm(true);
        vm.startPrank(holder);
        (CoverId other,) = pool.buy(buyParams(market, holder, 1000 * unit(), 30));
        _refused();
        pool.extend(other, 10, type(uint96).max);
        _refused();
        pool.cancel(other);
        _refused();
        vm.stopPrank();
    }

    /// The asset calls back while claims, salvage and fees are paid.
    function test_Attack34_ReenteringFromPayments() public {
        CoverId other = buyCover(market, holder, 10_000, 60);
        vm.warp(pool.policy(id).start);
        uint256 incident = fail(market, 1e8);
        token.arm(true);
        pool.pay(id);
        _refused();
        CoverId[] memory ids = new CoverId[](1);
        ids[0] = other;
        // Within a batch a hook has 200,000 gas: too little for all of these calls, enough for some.
        token.arm(false);
        pool.payBatch(ids);
        token.arm(true);
        vm.prank(holder);
        pool.addSalvage(incident, 1000 * unit());
        _refused();
        pool.claimSalvage(incident, false, underwriter);
        _refused();
        pool.collectFees(treasury);
        _refused();
    }

    /// The asset calls back while a matured exit is paid.
    function test_Attack34_ReenteringFromExits() public {
        requestAll(senior, underwriter);
        vm.warp(block.timestamp + 7 days);
        senior.strikeExit(ALL);
        vm.warp(block.timestamp + 9 days);
        uint256 shares = senior.maxRedeem(underwriter);
        _prepare(address(senior), abi.encodeCall(senior.strikeExit, (1)));
        _prepare(address(senior), abi.encodeCall(senior.requestRedeem, (1, underwriter, underwriter)));
        _prepare(address(senior), abi.encodeCall(senior.redeem, (1, underwriter, underwriter)));
        token.arm(true);
        vm.prank(underwriter);
        senior.redeem(shares, underwriter, underwriter);
        _refused();
    }

    /// A deposit is sent before the pool is told, so entries are open to its hook: what moves assets is seen in the sum.
    function test_Attack34_ReenteringFromADeposit() public {
        token.arm(true);
        vm.expectPartialRevert(IPoolEvents.TransferShortfall.selector);
        vm.prank(holder);
        junior.deposit(1000 * unit(), holder);
    }

    function _prepareEntries() private {
        CoverId[] memory ids = new CoverId[](1);
        ids[0] = id;
        address p = address(pool);
        _prepare(p, abi.encodeCall(pool.buy, (buyParams(market, holder, unit(), 30))));
        _prepare(p, abi.encodeCall(pool.extend, (id, 1, type(uint96).max)));
        _prepare(p, abi.encodeCall(pool.cancel, (id)));
        _prepare(p, abi.encodeCall(pool.setRollingOrder, (id, 1, 1, 1)));
        _prepare(p, abi.encodeCall(pool.renew, (id)));
        _prepare(p, abi.encodeCall(pool.deposit, (false, holder, 1)));
        _prepare(p, abi.encodeCall(pool.requestExit, (false, 1, 1)));
        _prepare(p, abi.encodeCall(pool.pay, (id)));
        _prepare(p, abi.encodeCall(pool.payBatch, (ids)));
        _prepare(p, abi.encodeCall(pool.payRest, (id)));
        _prepare(p, abi.encodeCall(pool.syncIncidents, (1)));
        _prepare(p, abi.encodeCall(pool.payExit, (false, 1, 1, holder)));
        _prepare(p, abi.encodeCall(pool.settleIncident, (1)));
        _prepare(p, abi.encodeCall(pool.topUp, (1)));
        _prepare(p, abi.encodeCall(pool.closeIncident, (1)));
        _prepare(p, abi.encodeCall(pool.unwindStream, (1)));
        _prepare(p, abi.encodeCall(pool.refundEnded, (id)));
        _prepare(p, abi.encodeCall(pool.poke, (market, 1)));
        _prepare(p, abi.encodeCall(pool.accrue, ()));
        _prepare(p, abi.encodeCall(pool.syncPoolCard, ()));
        _prepare(p, abi.encodeCall(pool.addSalvage, (1, 1)));
        _prepare(p, abi.encodeCall(pool.claimSalvage, (1, false, underwriter)));
        _prepare(p, abi.encodeCall(pool.claimEscrowSalvage, (1, false, 1)));
        _prepare(p, abi.encodeCall(pool.refundShortfall, (id)));
        _prepare(p, abi.encodeCall(pool.collectFees, (treasury)));
    }

    function _prepareViews() private {
        address p = address(pool);
        _prepare(p, abi.encodeCall(pool.state, ()));
        _prepare(p, abi.encodeCall(pool.quote, (market, unit(), 30)));
        _prepare(p, abi.encodeCall(pool.quoteExtension, (id, 1)));
        _prepare(p, abi.encodeCall(pool.marketState, (market)));
        _prepare(p, abi.encodeCall(pool.groupState, (SOFT)));
        _prepare(p, abi.encodeCall(pool.trancheAssets, (true)));
        _prepare(p, abi.encodeCall(pool.shortfallOf, (id)));
        _prepare(address(senior), abi.encodeCall(senior.totalAssets, ()));
        _prepare(address(junior), abi.encodeCall(junior.convertToAssets, (1e12)));
        _prepare(address(junior), abi.encodeCall(junior.previewDeposit, (1e12)));
    }

    function _prepare(address target, bytes memory data) private {
        token.prepare(target, data);
    }

    /// @dev Every call was made and refused for what it is.
    function _refused() private view {
        assertGt(token.attempts(), 34, "the hook did not run");
        if (token.openCount() != 0) {
            assertEq(token.openCount(), 0, string.concat("open: call ", vm.toString(token.open(0))));
        }
    }
}
