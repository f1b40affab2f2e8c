// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IPool} from "../../../src/interfaces/IPool.sol";
import {IPoolEvents} from "../../../src/interfaces/IPoolEvents.sol";
import {PoolSettings} from "../../../src/interfaces/IPoolFactory.sol";
import {ITrancheVault} from "../../../src/interfaces/ITrancheVault.sol";
import {PoolThirdPart} from "../../../src/underwriting/PoolThirdPart.sol";
import {TrancheVault} from "../../../src/underwriting/TrancheVault.sol";
import {UnderwritingFixture} from "../../support/UnderwritingFixture.sol";

contract FactoryTest is UnderwritingFixture {
    function test_WhenCreated_ThePoolSitsWhereItsIndexSays() public {
        assertEq(factory.poolAt(1), address(pool));
        assertEq(factory.indexOf(address(pool)), 1);
        assertEq(pool.poolIndex(), 1);
        (IPool next,,) = createPool(settings());
        assertEq(factory.poolAt(2), address(next));
        assertEq(factory.indexOf(address(next)), 2);
        assertEq(factory.poolCount(), 2);
        assertEq(factory.indexOf(address(this)), 0);
    }

    function test_WhenCreated_TheVaultsAreNamedAndBound() public view {
        (address a, address b) = factory.vaultsOf(address(pool));
        assertEq(a, address(junior));
        assertEq(b, address(senior));
        assertEq(junior.name(), "Breakwater Core Junior");
        assertEq(senior.name(), "Breakwater Core Senior");
        assertEq(junior.symbol(), "bwCORE-J");
        assertEq(senior.symbol(), "bwCORE-S");
        assertEq(junior.decimals(), assetDecimals() + 3);
        assertEq(junior.asset(), address(asset));
        assertEq(pool.asset(), address(asset));
        assertEq(address(senior.pool()), address(pool));
        assertEq(senior.share(), address(senior));
        assertFalse(junior.isSenior());
        assertTrue(senior.isSenior());
        assertTrue(senior.supportsInterface(0x620ee8e4));
        assertFalse(senior.supportsInterface(0xffffffff));
    }

    function test_WhenTwoPoolsExist_NeitherHoldsTheOthersCapital() public {
        (IPool next, TrancheVault other,) = createPool(settings());
        deposit(other, keeper, 1000 * unit());
        assertEq(next.state().junior, 1000 * unit());
        assertEq(pool.state().junior, 400_000 * unit());
        assertEq(asset.balanceOf(address(next)), 1000 * unit());
    }

    function test_RevertWhen_ASettingIsOutOfBounds() public {
        PoolSettings memory s = settings();
        s.raiseWindowDays = 31;
        vm.expectRevert();
        factory.create(s);
        s = settings();
        s.feeBps = 2501;
        vm.expectRevert();
        factory.create(s);
        s = settings();
        s.gearing = 0;
        vm.expectRevert();
        factory.create(s);
    }

    function test_WhenNobodyHasARole_AnyoneStillCreates() public {
        vm.prank(holder);
        assertEq(factory.create(settings()), factory.poolAt(2));
    }

    function test_RevertWhen_APoolIsSetUpByAStrangerOrAgain() public {
        PoolThirdPart part = PoolThirdPart(address(pool));
        PoolSettings memory s = settings();
        vm.expectRevert(abi.encodeWithSelector(IPoolEvents.NotFactory.selector, address(this)));
        part.initialise(s);
        vm.prank(address(factory));
        vm.expectRevert(IPoolEvents.AlreadyInitialised.selector);
        part.initialise(s);
    }

    function test_RevertWhen_AStrangerMarksAVaultsBalances() public {
        vm.expectRevert(abi.encodeWithSelector(ITrancheVault.NotPool.selector, address(this)));
        junior.takeSnapshot(0, true);
    }
}
