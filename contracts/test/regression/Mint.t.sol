// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IncidentState} from "../../src/interfaces/IIncidentBoard.sol";
import {IPoolIncidents, IPoolSales} from "../../src/interfaces/IPool.sol";
import {ITrancheVault} from "../../src/interfaces/ITrancheVault.sol";
import {MarketId} from "../../src/types/MarketId.sol";
import {PlainToken} from "../support/SystemTokens.sol";
import {UnderwritingFixture} from "../support/UnderwritingFixture.sol";
import {HookToken} from "../support/UnderwritingTokens.sol";

/// @notice What minting an exact number of shares has got wrong once.
contract MintRegressionTest is UnderwritingFixture {
    HookToken private token;

    function newAsset() internal override returns (PlainToken) {
        token = new HookToken(assetDecimals());
        return token;
    }

    /// An asset that calls back has a loss settled between quote and payment: where that ends the class of shares, the next
    /// class begins at its own price.
    function test_MintIsNotAtThePriceOfAnEndedClass() public {
        (MarketId[] memory markets,) = sellMarkets(2, 250_000);
        vm.warp(block.timestamp + 10 days);
        fail(markets[0], 1e8);
        find(markets[1], IncidentState.Final, block.timestamp, 1e8);
        pool.syncIncidents(2);
        (uint256 shares, uint256 cost) = _quote();
        token.arm(address(pool), abi.encodeCall(IPoolIncidents.settleIncident, (2)));
        _refused(shares, cost * 1000);
        assertEq(asset.balanceOf(address(this)), cost, "CAPITAL-2");
    }

    /// Whatever let a share's price rise: shares are minted at the price they have when they are paid for, or not at all.
    function test_MintIsNotAtAnOldPrice() public {
        (uint256 shares, uint256 cost) = _quote();
        vm.mockCall(
            address(pool),
            abi.encodeCall(IPoolSales.deposit, (false, address(this), cost)),
            abi.encode(2 * pool.trancheAssets(false))
        );
        _refused(shares, shares / 2);
        assertEq(asset.balanceOf(address(this)), cost, "CAPITAL-2");
    }

    /// @dev As many shares as there are, and what they cost, ready to be paid.
    function _quote() private returns (uint256 shares, uint256 cost) {
        shares = junior.totalSupply();
        cost = junior.previewMint(shares);
        asset.mint(address(this), cost);
        asset.approve(address(junior), cost);
    }

    function _refused(uint256 shares, uint256 bought) private {
        bytes memory answer;
        try junior.mint(shares, address(this)) {
            revert("minted");
        } catch (bytes memory reason) {
            answer = reason;
        }
        assertEq(bytes4(answer), ITrancheVault.MintUnderpaid.selector);
        (uint256 asked, uint256 worth) = this.decode(answer);
        assertEq(asked, shares);
        assertApproxEqRel(worth, bought, 1e9);
    }

    function decode(bytes calldata answer) external pure returns (uint256, uint256) {
        return abi.decode(answer[4:], (uint256, uint256));
    }
}
