// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {DateTimeLib} from "solady/utils/DateTimeLib.sol";
import {LibString} from "solady/utils/LibString.sol";
import {MetadataReaderLib} from "solady/utils/MetadataReaderLib.sol";

/// @title Values as people read them
/// @notice Everything returned is printable ASCII, but not yet escaped.
library Display {
    uint256 internal constant MAX_SYMBOL_LENGTH = 32;
    uint256 internal constant MAX_DECIMALS = 36;

    /// @notice Symbol of a token that is not trusted: at most 32 characters; "?" for whatever is not printable ASCII, so
    /// that no look-alike letter or text direction mark passes; "tokens" where there is none.
    function symbolOf(address token) internal view returns (string memory) {
        string memory clean = printable(MetadataReaderLib.readSymbol(token, MAX_SYMBOL_LENGTH));
        return bytes(clean).length == 0 ? "tokens" : clean;
    }

    /// @notice Decimals of a token that is not trusted; 0 where there are none, at most 36.
    function decimalsOf(address token) internal view returns (uint256) {
        uint256 decimals = MetadataReaderLib.readDecimals(token);
        return decimals > MAX_DECIMALS ? MAX_DECIMALS : decimals;
    }

    /// @notice Replaces every run of bytes outside printable ASCII by one "?".
    function printable(string memory text) internal pure returns (string memory) {
        bytes memory source = bytes(text);
        bytes memory target = new bytes(source.length);
        uint256 length;
        bool inRun;
        for (uint256 i; i < source.length; ++i) {
            bytes1 c = source[i];
            bool plain = c >= 0x20 && c <= 0x7e;
            if (plain || !inRun) target[length++] = plain ? c : bytes1(0x3f);
            inRun = !plain;
        }
        return LibString.slice(string(target), 0, length);
    }

    /// @notice "1,234.5": rounded down to 2 decimal places from 1,000 on, else to 6; no trailing zeros.
    function amount(uint256 value, uint256 decimals) internal pure returns (string memory) {
        uint256 unit = 10 ** decimals;
        uint256 whole = value / unit;
        string memory text = thousands(whole);

        uint256 places = whole >= 1000 ? 2 : 6;
        if (places > decimals) places = decimals;
        uint256 part = (value % unit) / 10 ** (decimals - places);
        if (part == 0) return text;
        while (part % 10 == 0) {
            part /= 10;
            --places;
        }
        string memory digits = LibString.toString(part);
        return string.concat(text, ".", LibString.repeat("0", places - bytes(digits).length), digits);
    }

    /// @notice "1,234,567".
    function thousands(uint256 value) internal pure returns (string memory text) {
        bytes memory digits = bytes(LibString.toString(value));
        bytes memory target = new bytes(digits.length + (digits.length - 1) / 3);
        uint256 j = target.length;
        for (uint256 i; i < digits.length; ++i) {
            if (i != 0 && i % 3 == 0) target[--j] = ",";
            target[--j] = digits[digits.length - 1 - i];
        }
        return string(target);
    }

    /// @notice "2026-03-14", UTC.
    function isoDate(uint256 time) internal pure returns (string memory) {
        (uint256 year, uint256 month, uint256 day) = DateTimeLib.timestampToDate(time);
        return string.concat(LibString.toString(year), "-", twoDigits(month), "-", twoDigits(day));
    }

    /// @notice First `head` and last `tail` characters of `text` with an XML entity for an ellipsis between them.
    function shortened(string memory text, uint256 head, uint256 tail) internal pure returns (string memory) {
        uint256 length = bytes(text).length;
        if (length <= head + tail) return text;
        return string.concat(
            LibString.slice(text, 0, head), "&#8230;", LibString.slice(text, length - tail, length)
        );
    }

    function twoDigits(uint256 value) private pure returns (string memory) {
        return string.concat(value < 10 ? "0" : "", LibString.toString(value));
    }
}
