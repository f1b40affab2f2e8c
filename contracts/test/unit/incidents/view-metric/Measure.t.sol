// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {Term, ViewMetricConfig} from "../../../../src/incidents/predicates/ViewMetric.sol";
import {BoundedCall} from "../../../../src/libraries/BoundedCall.sol";
import {IncidentFixture} from "../../../support/IncidentFixture.sol";

contract MeasureTest is IncidentFixture {
    /// @dev Gas handed to `measure` as it is, without the 1/64 kept back.
    uint256 internal constant PLENTY = 5_000_000;
    uint8 internal constant PLUS = 0;
    uint8 internal constant MINUS = 1;
    uint8 internal constant TIMES = 2;
    uint8 internal constant BY = 3;

    function _price() internal view returns (Term memory) {
        return Term(address(vault), abi.encodeCall(vault.price, ()), 0, PLUS, 1e18);
    }

    function _assets(uint128 scale) internal view returns (Term memory) {
        return Term(address(vault), abi.encodeCall(vault.totalAssets, ()), 0, PLUS, scale);
    }

    function _supply() internal view returns (Term memory) {
        return Term(address(vault), abi.encodeCall(vault.totalSupply, ()), 0, PLUS, 1e18);
    }

    function _config(Term[] memory above, Term[] memory below, uint8 root)
        internal
        pure
        returns (bytes memory)
    {
        return abi.encode(ViewMetricConfig(above, below, root, 0.1e8, 1e18));
    }

    /// @dev The term, multiplied by itself n - 1 times.
    function _times(Term memory term, uint256 n) internal pure returns (Term[] memory terms_) {
        terms_ = new Term[](n);
        for (uint256 i; i < n; ++i) {
            terms_[i] = Term(term.target, term.callData, term.word, i == 0 ? PLUS : TIMES, term.scale);
        }
    }

    /// @dev Terms that answer `values`, joined as `joins` says.
    function _side(uint256[4] memory values, uint8[4] memory joins) internal returns (Term[] memory terms_) {
        terms_ = new Term[](4);
        for (uint256 i; i < 4; ++i) {
            address target = vm.addr(1_000 + i);
            vm.etch(target, hex"00");
            vm.mockCall(target, abi.encodeWithSignature("value()"), abi.encode(values[i]));
            terms_[i] = Term(target, abi.encodeWithSignature("value()"), 0, joins[i], 1e18);
        }
    }

    function _none() internal pure returns (Term[] memory) {
        return new Term[](0);
    }

    function testFuzz_ASharePrice(uint256 assets, uint256 supply) external {
        assets = bound(assets, 0, type(uint128).max);
        supply = bound(supply, 1, type(uint128).max);
        vault.set(assets, supply);
        (bool ok, uint256 value) = metric.measure(_priceConfig());
        assertTrue(ok);
        assertEq(value, Math.mulDiv(assets, 1e18, supply));
    }

    function testFuzz_AConstantProductPair(uint112 reserve0, uint112 reserve1, uint128 supply) external {
        vm.assume(supply != 0);
        Term[] memory above = new Term[](2);
        address pair = makeAddr("pair");
        vm.etch(pair, hex"00");
        bytes memory reserves = abi.encodeWithSignature("getReserves()");
        vm.mockCall(pair, reserves, abi.encode(reserve0, reserve1, uint32(block.timestamp)));
        above[0] = Term(pair, reserves, 0, PLUS, 1e18);
        above[1] = Term(pair, reserves, 1, TIMES, 1e18);
        vault.set(0, supply);
        (bool ok, uint256 value) = metric.measure(_config(above, _times(_supply(), 2), 2));
        uint256 product = uint256(reserve0) * reserve1;
        (uint256 high,) = Math.mul512(product, 1e36);
        if (high >= uint256(supply) * supply) {
            assertFalse(ok);
        } else {
            assertTrue(ok);
            assertEq(value, Math.sqrt(Math.mulDiv(product, 1e36, uint256(supply) * supply)));
        }
    }

    function test_WithoutADenominatorTheAnswerIsTheMetric() external {
        vault.set(4e18, 2e18);
        (bool ok, uint256 value) = metric.measure(_config(_times(_price(), 1), _none(), 1));
        assertTrue(ok);
        assertEq(value, 2e18);
        (ok, value) = metric.measure(_config(_times(_price(), 2), _none(), 2));
        assertTrue(ok);
        assertEq(value, 2e18);
    }

    function test_AScaleMultiplies() external {
        vault.set(5e6, 5e18);
        (bool ok, uint256 value) = metric.measure(_config(_times(_assets(1e30), 1), _times(_supply(), 1), 1));
        assertTrue(ok);
        assertEq(value, 1e18);
    }

    function test_TermsAreJoinedFromLeftToRight() external {
        Term[] memory above = _side([uint256(30), 12, 2, 6], [PLUS, PLUS, MINUS, BY]);
        (bool ok, uint256 value) = metric.measure(_config(above, _none(), 1));
        assertTrue(ok);
        assertEq(value, 6, "(30 + 12 - 2) / 6, rounded down");
        above = _side([uint256(30), 12, 2, 6], [PLUS, MINUS, TIMES, PLUS]);
        (ok, value) = metric.measure(_config(above, _none(), 1));
        assertTrue(ok);
        assertEq(value, 42, "(30 - 12) x 2 + 6");
    }

    /// @dev Each side, against the same computed here; what does not fit has no value.
    function testFuzz_ASideIsWhatItsTermsSay(uint256[4] memory values, uint8[4] memory joins) external {
        joins[0] = PLUS;
        (bool fits, uint256 expected) = (true, values[0]);
        for (uint256 i = 1; i < 4; ++i) {
            joins[i] = uint8(bound(joins[i], PLUS, BY));
            values[i] = bound(values[i], 0, joins[i] == TIMES ? type(uint64).max : type(uint256).max);
            (uint256 a, uint256 b) = (expected, values[i]);
            if (!fits) continue;
            if (joins[i] == PLUS) fits = a <= type(uint256).max - b;
            if (joins[i] == TIMES) fits = b == 0 || a <= type(uint256).max / b;
            if (joins[i] == BY) fits = b != 0;
            if (!fits) continue;
            if (joins[i] == PLUS) expected = a + b;
            if (joins[i] == MINUS) expected = a < b ? 0 : a - b;
            if (joins[i] == TIMES) expected = a * b;
            if (joins[i] == BY) expected = a / b;
        }
        (bool ok, uint256 value) = metric.measure(_config(_side(values, joins), _none(), 1));
        assertEq(ok, fits, "ok");
        assertEq(value, fits ? expected : 0, "value");
        if (fits && expected != 0) {
            (ok, value) = metric.measure(_config(_times(_supply(), 1), _side(values, joins), 1));
            assertEq(value, Math.mulDiv(vault.totalSupply(), 1e18, expected), "denominator");
        }
    }

    function test_WhenMoreIsOwedThanThereIs_TheMetricIsZero() external {
        Term[] memory above = _side([uint256(30), 31, 0, 0], [PLUS, MINUS, PLUS, PLUS]);
        (bool ok, uint256 value) = metric.measure(_config(above, _times(_supply(), 1), 1));
        assertTrue(ok);
        assertEq(value, 0);
        (ok,) = metric.measure(_config(_times(_supply(), 1), above, 1));
        assertFalse(ok, "as a denominator it has no value");
    }

    function test_AWordIsPickedFromTheAnswer() external view {
        Term memory second = Term(address(vault), abi.encodeCall(vault.getReserves, ()), 2, PLUS, 1e18);
        (bool ok, uint256 value) = metric.measure(_config(_times(second, 1), _none(), 1));
        assertTrue(ok);
        assertEq(value, block.timestamp);
        second.word = 3;
        (ok,) = metric.measure(_config(_times(second, 1), _none(), 1));
        assertFalse(ok, "a word beyond the answer");
    }

    function test_ZeroIsAValue() external {
        vault.set(0, 1e18);
        (bool ok, uint256 value) = metric.measure(_priceConfig());
        assertTrue(ok);
        assertEq(value, 0);
    }

    function test_WhenADenominatorIsZero_ThereIsNoValue() external {
        vault.set(1e18, 0);
        (bool ok,) = metric.measure(_priceConfig());
        assertFalse(ok);
        vault.set(0, 0);
        (ok,) = metric.measure(_priceConfig());
        assertFalse(ok);
    }

    /// @dev Reverts, burns all gas, answers a megabyte, answers 31 bytes.
    function test_WhenTheTargetMisbehaves_ThereIsNoValue() external {
        bytes memory config = _config(_times(_price(), 4), _times(_price(), 4), 1);
        for (uint8 mode = 1; mode <= 4; ++mode) {
            vault.setMode(mode);
            uint256 before = gasleft();
            (bool ok, uint256 value) = metric.measure{gas: PLENTY}(config);
            assertFalse(ok && mode != 3, "ok");
            assertTrue(mode != 3 || !ok || value == 0, "a megabyte of zeros");
            assertLt(before - gasleft(), PLENTY);
        }
    }

    function test_WhenTheTargetHasNoCode_ThereIsNoValue() external view {
        Term memory term = _price();
        term.target = stranger;
        (bool ok,) = metric.measure(_config(_times(term, 1), _none(), 1));
        assertFalse(ok);
    }

    function testFuzz_WhenAProductOverflows_ThereIsNoValue(uint256 assets, uint8 n, uint128 scale) external {
        n = uint8(bound(n, 1, 4));
        vm.assume(scale != 0);
        vault.set(assets, 1e18);
        (bool ok, uint256 value) = metric.measure(_config(_times(_assets(scale), n), _none(), 1));
        (bool fits, uint256 expected) = (true, 1);
        for (uint256 i; i < n && fits; ++i) {
            (uint256 high,) = Math.mul512(assets, scale);
            fits = high < 1e18;
            if (fits) (fits, expected) = Math.tryMul(expected, Math.mulDiv(assets, scale, 1e18));
        }
        assertEq(ok, fits);
        assertEq(value, fits ? expected : 0);
    }

    /// @dev A sender cannot pass a healthy contract off as silent: with too little gas the whole call reverts.
    function testFuzz_RevertWhen_TheGasIsTooLow(uint256 gas) external {
        vault.setMode(5);
        bytes memory config = _config(_times(_price(), 3), _none(), 1);
        gas = bound(gas, 30_000, PLENTY);
        try metric.measure{gas: gas}(config) returns (bool ok, uint256 value) {
            assertTrue(ok, "passed off as silent");
            assertEq(value, 1e54);
        } catch (bytes memory reason) {
            if (reason.length != 0) assertEq(bytes4(reason), BoundedCall.GasTooLow.selector);
        }
    }
}
