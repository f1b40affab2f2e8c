// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Finding, IncidentState} from "../../src/interfaces/IIncidentBoard.sol";
import {IPool} from "../../src/interfaces/IPool.sol";
import {PoolIncident, PoolState} from "../../src/interfaces/IPoolTypes.sol";
import {CoverId} from "../../src/types/CoverId.sol";
import {MarketId} from "../../src/types/MarketId.sol";
import {MarketTerms} from "../../src/types/MarketTerms.sol";
import {TrancheVault} from "../../src/underwriting/TrancheVault.sol";
import {SystemFixture} from "./SystemFixture.sol";

/// @notice One pool with 400k junior and 600k senior, and what tests of underwriting ask for again and again.
abstract contract UnderwritingFixture is SystemFixture {
    MarketId internal market;
    address internal keeper = makeAddr("keeper");

    function setUp() public virtual override {
        super.setUp();
        gate.list(holder);
        gate.list(underwriter);
        market = openMarket("vault");
        fund(junior, underwriter, 400_000);
        fund(senior, underwriter, 600_000);
    }

    function fund(TrancheVault vault, address account, uint256 amount) internal returns (uint256 shares) {
        return deposit(vault, account, amount * unit());
    }

    function buyCover(MarketId market_, address account, uint256 cover, uint16 coverDays)
        internal
        returns (CoverId id)
    {
        (id,) = buy(market_, account, cover * unit(), coverDays);
    }

    /// @dev Terms without a hard group and a deductible, so that liabilities may exceed capital.
    function softTerms(string memory name) internal view returns (MarketTerms memory t) {
        t = termsOf(name);
        t.groups = new uint16[](1);
        t.groups[0] = SOFT;
        t.deductibleBps = 0;
    }

    /// @dev Terms of a market without a loss to prove; only for permissioned pools.
    function parametricTerms(string memory name) internal view returns (MarketTerms memory t) {
        t = termsOf(name);
        t.exposure = address(0);
        t.exposureConfig = "";
        t.deductibleBps = 0;
    }

    /// @dev Markets of one soft group with one policy each, of an account that holds the position.
    function sellMarkets(uint256 count, uint256 cover)
        internal
        returns (MarketId[] memory markets, CoverId[] memory ids)
    {
        markets = new MarketId[](count);
        ids = new CoverId[](count);
        for (uint256 i; i < count; ++i) {
            markets[i] = openMarket(softTerms(string.concat("soft", vm.toString(i))));
            address account = makeAddr(string.concat("owner", vm.toString(i)));
            hold(account, cover * unit());
            ids[i] = buyCover(markets[i], account, cover, 60);
        }
    }

    function bonded(MarketId market_, IncidentState state, uint256 severity, uint256 bond)
        internal
        returns (uint256)
    {
        asset.mint(address(this), bond);
        asset.approve(address(board), bond);
        board.fundBond(address(route), address(asset), bond);
        return route.find(market_, Finding(state, uint40(block.timestamp), uint32(severity), 0, uint96(bond)));
    }

    function refreshCards(MarketId market_) internal {
        publishMarket(cardOf(market_));
        publishGroup(groupCardOf(SOFT));
        publishGroup(groupCardOf(HARD));
    }

    function requestAll(TrancheVault vault, address account) internal returns (uint256 id) {
        uint256 shares = vault.balanceOf(account);
        vm.prank(account);
        id = vault.requestRedeem(shares, account, account);
    }

    /// @dev Every unit the pool holds has one owner; `donated` is what was sent without being asked for.
    function assertSolvent(uint256 donated) internal view {
        PoolState memory s = pool.state();
        uint256 owned =
            s.junior + s.senior + s.escrow + s.unearned + s.feesOwed + s.integratorFees + s.refunds + donated;
        for (uint256 i = 1; i <= board.incidentCount(); ++i) {
            PoolIncident memory l = pool.incidentState(i);
            owned = owned + l.moved + l.salvage - l.paid - l.salvageClaimed;
        }
        assertEq(asset.balanceOf(address(pool)), owned, "SOLVENCY-1");
    }
}
