// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Test} from "forge-std/Test.sol";
import {SafeCastLib} from "solady/utils/SafeCastLib.sol";

import {PoolBase, PoolSystem} from "../../../src/underwriting/PoolBase.sol";
import {PoolClosing} from "../../../src/underwriting/PoolClosing.sol";

/// @notice The escrow of a pool, open to be written.
contract OpenEscrow is PoolClosing {
    constructor(PoolSystem memory system) PoolBase(system) {}

    function set(uint256 assets, uint256 units) external {
        _escrow[false][1] = assets | (units << 128);
    }

    function add(uint256 assets) external returns (uint256) {
        return _addEscrow(false, 1, assets);
    }

    function batch() external view returns (uint256 assets, uint256 units) {
        return (uint128(_escrow[false][1]), _escrow[false][1] >> 128);
    }
}

contract EscrowUnitsTest is Test {
    OpenEscrow internal escrow;

    function setUp() public {
        PoolSystem memory none;
        escrow = new OpenEscrow(none);
    }

    function test_WhenALossCame_UnitsFollowWhatIsLeft() public {
        escrow.set(50, 100);
        assertEq(escrow.add(25), 50);
        (uint256 assets, uint256 units) = escrow.batch();
        assertEq(assets, 75);
        assertEq(units, 150);
    }

    function test_RevertWhen_UnitsNoLongerFit() public {
        escrow.set(1, 1e27);
        vm.expectRevert(SafeCastLib.Overflow.selector);
        escrow.add(1e12);
        (uint256 assets, uint256 units) = escrow.batch();
        assertEq(assets, 1);
        assertEq(units, 1e27);
    }

    function testFuzz_WhenAdded_NothingIsLostInTheWord(uint96 held, uint128 total, uint96 added) public {
        held = uint96(bound(held, 1, type(uint96).max));
        escrow.set(held, total);
        try escrow.add(added) returns (uint256 units) {
            (uint256 assets, uint256 all) = escrow.batch();
            assertEq(assets, uint256(held) + added);
            assertEq(all, total + units, "EXIT-5");
        } catch (bytes memory reason) {
            assertEq(bytes4(reason), SafeCastLib.Overflow.selector);
        }
    }
}
