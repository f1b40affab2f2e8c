// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ICoverRouter, Leg, Permit2Transfer, TokenPermit} from "../../src/interfaces/ICoverRouter.sol";
import {IPool} from "../../src/interfaces/IPool.sol";
import {IPoolEvents} from "../../src/interfaces/IPoolEvents.sol";
import {CoverRouter} from "../../src/periphery/CoverRouter.sol";
import {CoverId} from "../../src/types/CoverId.sol";
import {MarketId} from "../../src/types/MarketId.sol";
import {TrancheVault} from "../../src/underwriting/TrancheVault.sol";
import {Permit2Code} from "../support/Permit2Code.sol";
import {PermitSigner} from "../support/PermitSigner.sol";
import {SystemFixture} from "../support/SystemFixture.sol";
import {PermitToken, PlainToken} from "../support/SystemTokens.sol";

/// @notice The router in front of real pools, paid in each of its ways.
contract RouterTest is SystemFixture, PermitSigner {
    uint256 private constant MAX = type(uint256).max;

    CoverRouter internal router;
    IPool internal second;
    TrancheVault internal secondJunior;
    MarketId internal market;
    address internal buyer;
    address internal integrator = makeAddr("integrator");

    function setUp() public override {
        vm.chainId(1);
        super.setUp();
        Permit2Code.etch(vm);
        buyer = vm.addr(BUYER_KEY);
        router = CoverRouter(deploy("CoverRouter", abi.encode(factory)));
        market = openMarket("vault");
        TrancheVault secondSenior;
        (second, secondJunior, secondSenior) = createPool(settings());
        second.attachMarket(market);
        deposit(junior, underwriter, 400_000 * unit());
        deposit(senior, underwriter, 600_000 * unit());
        deposit(secondJunior, underwriter, 200_000 * unit());
        deposit(secondSenior, underwriter, 300_000 * unit());
        asset.mint(buyer, 10_000 * unit());
    }

    function newAsset() internal override returns (PlainToken) {
        return new PermitToken("USD", assetDecimals());
    }

    function test_ByAllowance_TwoPoolsAtTheirQuotedPrices() external {
        Leg[] memory legs = _twoLegs();
        uint256 price = _quote(legs[0]) + _quote(legs[1]);
        _approve(address(router), MAX);
        vm.prank(buyer);
        (CoverId[] memory covers, uint256 spent) = router.buy(legs, MAX, block.timestamp);
        _assertBought(legs, covers, spent, price);
    }

    function test_ByPermit() external {
        Leg[] memory legs = _twoLegs();
        uint256 price = _quote(legs[0]) + _quote(legs[1]);
        TokenPermit memory permit = signPermit(address(asset), address(router), price);
        vm.prank(buyer);
        (CoverId[] memory covers, uint256 spent) = router.buyWithPermit(legs, MAX, block.timestamp, permit);
        _assertBought(legs, covers, spent, price);
    }

    function test_ByPermit2() external {
        Leg[] memory legs = _twoLegs();
        uint256 price = _quote(legs[0]) + _quote(legs[1]);
        _approve(Permit2Code.CANONICAL, price);
        Permit2Transfer memory transfer = signPermit2(address(asset), address(router), price, 7);
        vm.prank(buyer);
        (CoverId[] memory covers, uint256 spent) = router.buyWithPermit2(legs, MAX, block.timestamp, transfer);
        _assertBought(legs, covers, spent, price);
        assertEq(asset.allowance(buyer, Permit2Code.CANONICAL), 0, "exact approval is used up");
    }

    /// @dev The second is priced on what the first has tied up.
    function test_TwoFromOnePool_SecondCostsMore() external {
        Leg[] memory legs = _twoLegs();
        legs[1] = legs[0];
        uint256 price = _quote(legs[0]);
        _approve(address(router), MAX);
        vm.prank(buyer);
        (CoverId[] memory covers, uint256 spent) = router.buy(legs, MAX, block.timestamp);
        assertGt(spent, 2 * price, "the second costs more");
        assertEq(asset.balanceOf(buyer), 10_000 * unit() - spent, "rest");
        assertEq(coverToken.ownerOf(covers[0].toTokenId()), buyer);
        assertEq(coverToken.ownerOf(covers[1].toTokenId()), buyer);
        assertEq(pool.state().totalCover, 40_000 * unit());
        _assertNothingStays();
    }

    /// @dev What is bought through the router is paid like any other cover, without a consent of its own.
    function test_ACoverOfTheRouterIsPaid() external {
        Leg[] memory legs = _twoLegs();
        _approve(address(router), MAX);
        vm.prank(buyer);
        (CoverId[] memory covers,) = router.buy(legs, MAX, block.timestamp);
        hold(buyer, 20_000 * unit());
        vm.warp(block.timestamp + 10 days);
        fail(market, 1e8);
        uint256 before = asset.balanceOf(buyer);
        assertEq(pool.pay(covers[0]), 19_000 * unit(), "less the deductible");
        assertEq(asset.balanceOf(buyer) - before, 19_000 * unit());
    }

    function test_IntegratorGetsHalfTheFee() external {
        Leg[] memory legs = _twoLegs();
        legs[0].params.integrator = integrator;
        uint256 fee = pool.quote(market, legs[0].params.cover, legs[0].params.coverDays).fee;
        _approve(address(router), MAX);
        vm.prank(buyer);
        router.buy(legs, MAX, block.timestamp);
        assertEq(pool.state().integratorFees, fee / 2, "owed");
        assertEq(pool.collectFees(integrator), fee / 2, "collected");
        assertEq(asset.balanceOf(integrator), fee / 2);
        assertEq(second.state().integratorFees, 0, "other leg names none");
    }

    function test_RevertWhen_ALegCostsMoreThanItsMaximum() external {
        Leg[] memory legs = _twoLegs();
        uint256 price = _quote(legs[1]);
        legs[1].params.maxPremium = uint96(price - 1);
        _approve(address(router), MAX);
        vm.expectRevert(abi.encodeWithSelector(IPoolEvents.PremiumAboveMax.selector, price, price - 1));
        vm.prank(buyer);
        router.buy(legs, MAX, block.timestamp);
        _assertNothingBought();
    }

    function test_RevertWhen_TheTotalIsAboveItsMaximum() external {
        Leg[] memory legs = _twoLegs();
        uint256 price = _quote(legs[0]) + _quote(legs[1]);
        _approve(address(router), MAX);
        vm.expectRevert(abi.encodeWithSelector(ICoverRouter.TotalAboveMax.selector, price, price - 1));
        vm.prank(buyer);
        router.buy(legs, price - 1, block.timestamp);
        _assertNothingBought();
    }

    function test_RevertWhen_TheAllowanceIsShort() external {
        Leg[] memory legs = _twoLegs();
        uint256 price = _quote(legs[0]) + _quote(legs[1]);
        _approve(address(router), price - 1);
        vm.expectRevert(abi.encodeWithSelector(ICoverRouter.PaymentShort.selector, price - 1, price));
        vm.prank(buyer);
        router.buy(legs, MAX, block.timestamp);
        _assertNothingBought();
    }

    function test_RevertWhen_TheDeadlineIsOver() external {
        Leg[] memory legs = _twoLegs();
        uint256 deadline = block.timestamp - 1;
        vm.expectRevert(abi.encodeWithSelector(ICoverRouter.Expired.selector, deadline, block.timestamp));
        vm.prank(buyer);
        router.buy(legs, MAX, deadline);
    }

    /// @dev All or none: the first leg would have succeeded alone.
    function test_RevertWhen_OneLegIsRefused_NothingIsBought() external {
        Leg[] memory legs = _twoLegs();
        second.detachMarket(market);
        _approve(address(router), MAX);
        vm.expectRevert(abi.encodeWithSelector(IPoolEvents.MarketNotAttached.selector, market));
        vm.prank(buyer);
        router.buy(legs, MAX, block.timestamp);
        _assertNothingBought();

        Leg[] memory alone = new Leg[](1);
        alone[0] = legs[0];
        vm.prank(buyer);
        router.buy(alone, MAX, block.timestamp);
    }

    function test_DepositByPermit() external {
        uint256 assets = 1000 * unit();
        TokenPermit memory permit = signPermit(address(asset), address(router), assets);
        uint256 expected = secondJunior.previewDeposit(assets);
        vm.prank(buyer);
        uint256 shares = router.depositWithPermit(
            address(second), false, assets, address(0), expected, block.timestamp, permit
        );
        assertEq(shares, expected, "at the price of the vault");
        assertEq(secondJunior.balanceOf(buyer), shares, "zero receiver is the caller");
        assertEq(secondJunior.totalAssets(), 201_000 * unit());
        _assertNothingStays();
        assertEq(asset.allowance(address(router), address(secondJunior)), 0, "ROUTER-1");
    }

    function test_RevertWhen_TheDepositGivesFewerShares() external {
        uint256 assets = 1000 * unit();
        TokenPermit memory permit = signPermit(address(asset), address(router), assets);
        uint256 expected = secondJunior.previewDeposit(assets);
        vm.expectRevert(abi.encodeWithSelector(ICoverRouter.SharesBelowMin.selector, expected, expected + 1));
        vm.prank(buyer);
        router.depositWithPermit(address(second), false, assets, buyer, expected + 1, block.timestamp, permit);
    }

    function _twoLegs() private view returns (Leg[] memory legs) {
        legs = new Leg[](2);
        legs[0] = Leg(address(pool), buyParams(market, address(0), 20_000 * unit(), 60));
        legs[1] = Leg(address(second), buyParams(market, address(0), 5000 * unit(), 30));
    }

    function _quote(Leg memory leg) private view returns (uint256) {
        return IPool(leg.pool).quote(market, leg.params.cover, leg.params.coverDays).premium;
    }

    function _approve(address spender, uint256 amount) private {
        vm.prank(buyer);
        asset.approve(spender, amount);
    }

    function _assertBought(Leg[] memory legs, CoverId[] memory covers, uint256 spent, uint256 price)
        private
        view
    {
        assertEq(spent, price, "at the quoted prices");
        assertEq(asset.balanceOf(buyer), 10_000 * unit() - price, "the rest came back");
        for (uint256 i; i < legs.length; ++i) {
            assertEq(coverToken.ownerOf(covers[i].toTokenId()), buyer, "holder");
            assertEq(coverToken.poolOf(covers[i]), legs[i].pool, "pool");
            assertEq(IPool(legs[i].pool).policy(covers[i]).cover, legs[i].params.cover, "cover");
        }
        _assertNothingStays();
    }

    function _assertNothingBought() private view {
        assertEq(asset.balanceOf(buyer), 10_000 * unit(), "nothing was spent");
        assertEq(coverToken.balanceOf(buyer), 0, "no cover");
        assertEq(pool.state().totalCover + second.state().totalCover, 0, "nothing was sold");
        _assertNothingStays();
    }

    function _assertNothingStays() private view {
        assertEq(asset.balanceOf(address(router)), 0, "ROUTER-1: balance");
        assertEq(asset.allowance(address(router), address(pool)), 0, "ROUTER-1: allowance of the first pool");
        assertEq(asset.allowance(address(router), address(second)), 0, "ROUTER-1: allowance of the second");
    }
}
