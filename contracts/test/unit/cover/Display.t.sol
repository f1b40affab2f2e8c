// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Test} from "forge-std/Test.sol";

import {Display} from "../../../src/cover/Display.sol";
import {CoverMockOddAsset} from "../../support/CoverMockAssets.sol";

contract DisplayTest is Test {
    function test_Amount() external pure {
        assertEq(Display.amount(0, 6), "0", "zero");
        assertEq(Display.amount(250_000e6, 6), "250,000", "whole");
        assertEq(Display.amount(1_234_567_890_000, 6), "1,234,567.89", "two places");
        assertEq(Display.amount(1_999_999_999, 6), "1,999.99", "never rounded up");
        assertEq(Display.amount(1.0203 ether, 18), "1.0203", "zeros within");
        assertEq(Display.amount(1e12 + 1, 18), "0.000001", "six places");
        assertEq(Display.amount(1e11, 18), "0", "dust");
        assertEq(Display.amount(42, 0), "42", "no decimals");
        assertEq(Display.amount(15, 1), "1.5", "one decimal");
        assertEq(Display.amount(type(uint88).max, 0), "309,485,009,821,345,068,724,781,055", "largest");
        assertEq(Display.amount(type(uint88).max, 36), "0", "most decimals");
    }

    function test_Thousands() external pure {
        assertEq(Display.thousands(0), "0");
        assertEq(Display.thousands(999), "999");
        assertEq(Display.thousands(1000), "1,000");
        assertEq(Display.thousands(1_000_000), "1,000,000");
    }

    function test_IsoDate() external pure {
        assertEq(Display.isoDate(0), "1970-01-01");
        assertEq(Display.isoDate(1_709_164_800), "2024-02-29");
        assertEq(Display.isoDate(1_773_446_400), "2026-03-14");
        assertEq(Display.isoDate(1_773_446_399), "2026-03-13");
    }

    function test_Shortened() external pure {
        assertEq(Display.shortened("0x1234567890", 4, 2), "0x12&#8230;90");
        assertEq(Display.shortened("0x1234", 4, 2), "0x1234");
    }

    function test_Printable() external pure {
        assertEq(Display.printable("USDC"), "USDC");
        assertEq(Display.printable(unicode"USD₮0"), "USD?0", "one mark for a run");
        assertEq(Display.printable("US\xe2\x80\xaeCD"), "US?CD", "text direction");
        assertEq(Display.printable("a\x00\x1b\n\x7fb"), "a?b", "control characters");
        assertEq(Display.printable(""), "");
    }

    function testFuzz_PrintableIsAscii(string calldata text) external pure {
        bytes memory out = bytes(Display.printable(text));
        assertLe(out.length, bytes(text).length, "longer");
        for (uint256 i; i < out.length; ++i) {
            assertTrue(out[i] >= 0x20 && out[i] <= 0x7e, "not printable");
        }
    }

    /// @dev Whatever an asset answers, something bounded and printable comes out.
    function testFuzz_SymbolNeverReverts(bytes calldata symbol, bytes calldata decimals) external {
        address odd = address(new CoverMockOddAsset(symbol, decimals, false));
        string memory out = Display.symbolOf(odd);
        assertGt(bytes(out).length, 0, "empty");
        assertLe(bytes(out).length, 32, "too long");
        assertLe(Display.decimalsOf(odd), 36, "decimals");
    }

    function test_WhenSymbolIsBytes32() external {
        address odd = address(new CoverMockOddAsset(abi.encode(bytes32("MKR")), abi.encode(18), false));
        assertEq(Display.symbolOf(odd), "MKR");
        assertEq(Display.decimalsOf(odd), 18);
    }

    function test_WhenAssetAnswersNothing() external {
        assertEq(Display.symbolOf(address(new CoverMockOddAsset("", "", false))), "tokens");
        assertEq(Display.symbolOf(address(0xdead)), "tokens", "no code");
        assertEq(Display.decimalsOf(address(0xdead)), 0);
    }

    function test_WhenAssetBurnsAllGas() external {
        address odd = address(new CoverMockOddAsset("", "", true));
        uint256 before = gasleft();
        assertEq(Display.symbolOf(odd), "tokens");
        assertEq(Display.decimalsOf(odd), 0);
        assertLt(before - gasleft(), 300_000, "gas is bounded");
    }

    function test_WhenSymbolIsHuge() external {
        bytes memory huge = new bytes(50_000);
        for (uint256 i; i < huge.length; ++i) {
            huge[i] = "A";
        }
        address odd =
            address(new CoverMockOddAsset(abi.encode(string(huge)), abi.encode(uint256(255)), false));
        assertLe(bytes(Display.symbolOf(odd)).length, 32);
        assertEq(Display.decimalsOf(odd), 36);
    }
}
