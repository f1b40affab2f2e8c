// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IPoolEvents} from "../../../src/interfaces/IPoolEvents.sol";
import {CoverId} from "../../../src/types/CoverId.sol";
import {UnderwritingFixture} from "../../support/UnderwritingFixture.sol";

contract ExtendEdgesTest is UnderwritingFixture {
    /// @dev At midnight what is left of a cover is whole days.
    function test_WhenAYearIsLeftAfterwards_Extends() public {
        CoverId id = buyCover(market, holder, 50_000, 30);
        vm.warp((block.timestamp / 1 days + 1) * 1 days);
        uint256 left = (pool.policy(id).end - block.timestamp) / 1 days;
        assertEq(pool.policy(id).end, block.timestamp + left * 1 days);
        asset.mint(holder, 1e6 * unit());
        vm.startPrank(holder);
        asset.approve(address(pool), type(uint256).max);
        vm.expectRevert(
            abi.encodeWithSelector(IPoolEvents.TermOutOfBounds.selector, 366 days, 14 days, 365 days)
        );
        pool.extend(id, uint16(366 - left), type(uint96).max);
        pool.extend(id, uint16(365 - left), type(uint96).max);
        assertEq(pool.policy(id).end, block.timestamp + 365 days);
    }
}
