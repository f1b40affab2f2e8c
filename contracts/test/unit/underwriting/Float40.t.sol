// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Test} from "forge-std/Test.sol";

import {Float40} from "../../../src/libraries/Float40.sol";

contract Float40Test is Test {
    function testFuzz_RoundsDownByLessThanOnePartIn2To32(uint96 amount, uint8 bits) public pure {
        uint256 x = amount >> (bits % 96);
        uint256 packed = Float40.pack(x);
        assertLt(packed, 1 << 40);
        uint256 back = Float40.unpack(packed);
        assertLe(back, x);
        assertLe((x - back) << 32, x);
        if (x < 1 << 36) assertEq(back, x);
    }

    function testFuzz_RoundsOnce(uint96 amount) public pure {
        uint256 once = Float40.unpack(Float40.pack(amount));
        assertEq(Float40.unpack(Float40.pack(once)), once);
    }

    function testFuzz_KeepsOrder(uint96 less, uint96 more) public pure {
        vm.assume(less <= more);
        assertLe(Float40.unpack(Float40.pack(less)), Float40.unpack(Float40.pack(more)));
    }
}
