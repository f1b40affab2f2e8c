// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IncidentState} from "../../src/interfaces/IIncidentBoard.sol";
import {IPoolEvents} from "../../src/interfaces/IPoolEvents.sol";
import {PoolSettings} from "../../src/interfaces/IPoolFactory.sol";
import {PolicyState} from "../../src/interfaces/IPoolTypes.sol";
import {CoverId} from "../../src/types/CoverId.sol";
import {MarketId} from "../../src/types/MarketId.sol";
import {MarketTerms} from "../../src/types/MarketTerms.sol";
import {PlainToken} from "../support/SystemTokens.sol";
import {UnderwritingFixture} from "../support/UnderwritingFixture.sol";
import {HookToken, ZeroRefusingToken} from "../support/UnderwritingTokens.sol";

/// @notice What paying claims by surrender has got wrong once.
contract PaymentsRegressionTest is UnderwritingFixture {
    CoverId[] internal ids;

    function setUp() public override {
        super.setUp();
        for (uint256 i; i < 4; ++i) {
            address account = makeAddr(vm.toString(i));
            hold(account, 10_000 * unit());
            ids.push(buyCover(market, account, 10_000, 60));
        }
        vm.warp(pool.policy(ids[0]).start);
    }

    /// A cover that nobody ever bought does not stop a batch.
    function test_NeverSoldCoverIsSkipped() public {
        uint256 incident = fail(market, 1e8);
        CoverId never = CoverId.wrap(CoverId.unwrap(ids[3]) + 1);
        ids.push(never);
        vm.expectEmit(address(pool));
        emit IPoolEvents.ClaimSkipped(incident, never, IPoolEvents.PolicyNotActive.selector);
        assertEq(pool.payBatch(ids), 38_000 * unit());
    }

    /// Whatever gas a batch is given, no claim is skipped for want of it, and none is used up.
    function test_BatchShortOfGasSkipsNobody() public {
        fail(market, 1e8);
        uint256 before = vm.snapshotState();
        for (uint256 gas_ = 60_000; gas_ < 2_000_000; gas_ += 20_000) {
            try pool.payBatch{gas: gas_}(ids) returns (uint256 paid) {
                assertEq(paid, 38_000 * unit(), "a claim was skipped for want of gas");
            } catch {
                for (uint256 i; i < 4; ++i) {
                    assertEq(uint8(pool.policy(ids[i]).state), uint8(PolicyState.Active));
                }
            }
            vm.revertToState(before);
        }
    }

    /// The refusal says how much gas there has to be.
    function test_BatchShortOfGasSaysSo() public {
        fail(market, 1e8);
        vm.expectPartialRevert(IPoolEvents.GasTooLow.selector);
        pool.payBatch{gas: 900_000}(ids);
    }

    /// Holders who can prove their loss only from Final on have the whole window from there.
    function test_ClaimWindowStartsAtFinal() public {
        uint256 incident = find(market, IncidentState.Confirmed, block.timestamp, 1e8);
        pool.settleIncident(incident);
        vm.warp(block.timestamp + 89 days);
        find(market, IncidentState.Final, pool.incidentState(incident).eventTime, 1e8);
        pool.settleIncident(incident);
        assertEq(pool.incidentState(incident).claimsUntil, block.timestamp + 90 days);
        vm.warp(block.timestamp + 90 days);
        assertEq(pool.payBatch(ids), 38_000 * unit());
    }

    /// With junior gone, cover is sold against senior alone: required capital and its gate do not know tranches, and
    /// senior earns all of the premium. Only new senior capital waits for junior.
    function test_SeniorAloneSellsAndEarns() public {
        MarketId other = openMarket(softTerms("other"));
        (, CoverId[] memory covers) = sellMarkets(2, 250_000);
        vm.warp(pool.policy(covers[0]).start);
        fail(pool.policy(covers[0]).market, 1e8);
        fail(pool.policy(covers[1]).market, 1e8);
        assertEq(pool.state().junior, 0);
        refreshCards(other);
        uint256 senior_ = pool.state().senior;
        CoverId id = buyCover(other, holder, 1000, 60);
        vm.warp(block.timestamp + 1 days);
        assertEq(pool.state().junior, 0);
        assertGt(pool.state().senior, senior_);
        assertEq(uint8(pool.policy(id).state), uint8(PolicyState.Active));
        assertEq(pool.maxDeposit(true), 0);
    }
}

/// @notice What paying before Final has got wrong once.
contract InterimPaymentsRegressionTest is UnderwritingFixture {
    MarketId internal parametric;
    CoverId internal id;

    function settings() internal view override returns (PoolSettings memory s) {
        s = super.settings();
        s.accessGate = address(gate);
    }

    function setUp() public override {
        super.setUp();
        parametric = openMarket(parametricTerms("parametric"));
        id = buyCover(parametric, holder, 100_000, 60);
        vm.warp(block.timestamp + 10 days);
    }

    function _paidThenRejected(uint256 severity, uint256 bond) private returns (uint256 incident) {
        incident = bonded(parametric, IncidentState.Confirmed, severity, bond * unit());
        pool.settleIncident(incident);
        pool.pay(id);
        find(parametric, IncidentState.Rejected, block.timestamp, 0);
        pool.settleIncident(incident);
    }

    /// Cover that was paid in part for an incident that was then rejected pays the rest of it for a real one.
    function test_RejectedIncidentLeavesTheRestOfTheCover() public {
        _paidThenRejected(1e8, 40_000);
        assertEq(asset.balanceOf(holder), 40_000 * unit());
        assertEq(uint8(pool.policy(id).state), uint8(PolicyState.Active));
        assertEq(pool.policy(id).cover, 60_000 * unit());
        vm.warp(block.timestamp + 1 days);
        fail(parametric, 0.5e8);
        assertEq(pool.pay(id), 30_000 * unit());
        assertEq(asset.balanceOf(holder), 70_000 * unit());
        assertSolvent(0);
    }

    /// The same in a batch.
    function test_RejectedIncidentLeavesTheRestOfTheCoverInABatch() public {
        _paidThenRejected(0.5e8, 50_000);
        vm.warp(block.timestamp + 1 days);
        fail(parametric, 1e8);
        CoverId[] memory ids = new CoverId[](1);
        ids[0] = id;
        assertEq(pool.payBatch(ids), 50_000 * unit());
    }

    /// Cover that was paid in full has nothing left.
    function test_CoverPaidInFullStaysPaid() public {
        _paidThenRejected(1e8, 100_000);
        assertEq(uint8(pool.policy(id).state), uint8(PolicyState.Settled));
        vm.warp(block.timestamp + 1 days);
        fail(parametric, 1e8);
        vm.expectPartialRevert(IPoolEvents.PolicyNotActive.selector);
        pool.pay(id);
    }

    /// What was paid for an undone incident is not topped up from the next one without a claim.
    function test_RestIsOfTheIncidentThatWasClaimed() public {
        _paidThenRejected(1e8, 40_000);
        vm.warp(block.timestamp + 1 days);
        fail(parametric, 0.5e8);
        vm.expectPartialRevert(IPoolEvents.PolicyNotActive.selector);
        pool.payRest(id);
    }

    /// It can be cancelled again too.
    function test_RejectedIncidentLeavesACoverToCancel() public {
        _paidThenRejected(1e8, 40_000);
        vm.prank(holder);
        assertGt(pool.cancel(id), 0);
        assertSolvent(0);
    }

    /// What is left of an interim payment follows once it is final.
    function test_InterimPaymentIsRaisedAtFinal() public {
        uint256 incident = bonded(parametric, IncidentState.Confirmed, 1e8, 40_000 * unit());
        pool.settleIncident(incident);
        assertEq(pool.pay(id), 40_000 * unit());
        find(parametric, IncidentState.Final, block.timestamp, 1e8);
        pool.settleIncident(incident);
        assertEq(pool.payRest(id), 60_000 * unit());
        assertSolvent(0);
    }
}

/// @notice What paying in an asset that refuses to move nothing has got wrong once.
contract RefusedPaymentsRegressionTest is UnderwritingFixture {
    function newAsset() internal override returns (PlainToken) {
        return new ZeroRefusingToken(assetDecimals());
    }

    /// A claim too small to be paid at the ratio of the moment is taken, and paid once the ratio has risen.
    function test_DustIsClaimedNowAndPaidLater() public {
        (MarketId[] memory markets,) = sellMarkets(5, 240_000);
        hold(holder, 100 * unit());
        (CoverId dust,) = buy(markets[0], holder, 1, 60);
        vm.warp(block.timestamp + 10 days);
        for (uint256 i; i < 5; ++i) {
            find(markets[i], i == 0 ? IncidentState.Final : IncidentState.Suspect, block.timestamp, 1e8);
        }
        pool.syncIncidents(5);
        pool.settleIncident(1);
        assertLt(pool.incidentState(1).payable_, 1e18);
        assertEq(pool.pay(dust), 0);
        for (uint256 i = 1; i < 5; ++i) {
            find(markets[i], IncidentState.Rejected, block.timestamp, 0);
        }
        pool.syncIncidents(5);
        for (uint256 i = 2; i <= 5; ++i) {
            pool.settleIncident(i);
        }
        pool.topUp(1);
        assertEq(pool.payRest(dust), 1);
        assertSolvent(0);
    }
}

/// @notice What a position token that calls back has brought to light.
contract HookedPaymentsRegressionTest is UnderwritingFixture {
    HookToken private token;
    CoverId private id;
    uint256 private incident;

    function setUp() public override {
        super.setUp();
        token = new HookToken(assetDecimals());
        MarketTerms memory t = softTerms("hooked");
        t.exposureConfig = abi.encode(address(token), uint128(1e18), false);
        MarketId hooked = openMarket(t);
        token.mint(holder, 10_000 * unit());
        vm.prank(holder);
        token.approve(address(surrender), type(uint256).max);
        id = buyCover(hooked, holder, 10_000, 60);
        vm.warp(pool.policy(id).start);
        incident = fail(hooked, 1e8);
    }

    /// A cover sold while its loss is proven is paid to whom it was sold.
    function test_CoverSoldDuringTheProofIsPaidToItsBuyer() public {
        _sellsCover();
        assertEq(pool.pay(id), 10_000 * unit());
        _boughtAndPaid();
    }

    /// The same in a batch.
    function test_CoverSoldDuringTheProofIsPaidToItsBuyerInABatch() public {
        _sellsCover();
        CoverId[] memory ids = new CoverId[](1);
        ids[0] = id;
        assertEq(pool.payBatch(ids), 10_000 * unit());
        _boughtAndPaid();
    }

    /// No cover looks unclaimed, and no incident unpaid, while it is claimed.
    function test_RecordsAreNotReadDuringTheProof() public {
        token.arm(address(pool), abi.encodeCall(pool.policy, (id)));
        uint256 before = vm.snapshotState();
        pool.pay(id);
        assertTrue(token.called());
        assertFalse(token.succeeded(), "policy");
        vm.revertToState(before);
        token.arm(address(pool), abi.encodeCall(pool.incidentState, (incident)));
        pool.pay(id);
        assertTrue(token.called());
        assertFalse(token.succeeded(), "incidentState");
    }

    function _sellsCover() private {
        vm.prank(holder);
        coverToken.approve(address(token), id.toTokenId());
        address buyer = makeAddr("buyer");
        token.arm(
            address(coverToken), abi.encodeCall(coverToken.transferFrom, (holder, buyer, id.toTokenId()))
        );
    }

    function _boughtAndPaid() private {
        assertTrue(token.succeeded());
        assertEq(coverToken.ownerOf(id.toTokenId()), makeAddr("buyer"));
        assertEq(asset.balanceOf(makeAddr("buyer")), 10_000 * unit());
        assertEq(asset.balanceOf(holder), 0);
        assertSolvent(0);
    }
}
