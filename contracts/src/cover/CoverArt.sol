// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {LibString} from "solady/utils/LibString.sol";

/// @notice What the picture of a cover says. Strings are already escaped for XML.
struct Picture {
    string title;
    string amount;
    string symbol;
    string starts;
    string ends;
    string insured;
    string market;
    string number;
    string state;
    /// Colour of the state's dot; the state is written beside it.
    string stateColor;
    /// Moves the waves, so that no two covers look alike.
    uint256 seed;
}

/// @title The picture of a cover
/// @notice A wall with one gap: open sea below it, calm water above it, in which the waves that came through fade.
library CoverArt {
    string private constant SANS = "font-family=\"Inter,'Helvetica Neue',Helvetica,Arial,sans-serif\"";

    function svg(Picture memory p) internal pure returns (string memory) {
        return string.concat(
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 640" role="img" ',
            SANS,
            ' style="font-variant-numeric:tabular-nums"><title>',
            p.title,
            "</title>",
            _water(p.seed),
            _head(p),
            _body(p),
            "</svg>"
        );
    }

    /// @notice The mark alone, for the collection.
    function mark() internal pure returns (string memory) {
        return string.concat(
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 640" role="img"><title>Breakwater</title>',
            _gradients(),
            '<rect width="640" height="640" fill="url(#sky)"/><g transform="translate(120 120) scale(12.5)">',
            _glyph(),
            "</g></svg>"
        );
    }

    function _water(uint256 seed) private pure returns (string memory) {
        return string.concat(
            _gradients(),
            '<clipPath id="card"><rect width="640" height="640" rx="36"/></clipPath>',
            '<clipPath id="calm"><path d="M0 0H640V492H0Z"/></clipPath>',
            '<g clip-path="url(#card)"><rect width="640" height="640" fill="url(#sky)"/>',
            '<g clip-path="url(#calm)" fill="none" stroke="url(#ripple)" stroke-width="1.5">',
            _ripples(),
            "</g>",
            '<rect y="492" width="640" height="148" fill="#0a3a4c"/>',
            _wave("#0f5a68", 512, seed % 160),
            _wave("#13808a", 538, (seed >> 8) % 160),
            _wave("#1ba6a3", 568, (seed >> 16) % 160),
            '<g stroke="#d9e6ea" stroke-width="9" stroke-dasharray="21 3"><path d="M0 492H264"/>',
            '<path d="M640 492H376"/></g></g>',
            '<rect x=".75" y=".75" width="638.5" height="638.5" rx="35.25" fill="none" stroke="#fff"',
            ' stroke-opacity=".14" stroke-width="1.5"/>'
        );
    }

    function _gradients() private pure returns (string memory) {
        return string.concat(
            '<defs><linearGradient id="sky" x2="0" y2="1"><stop stop-color="#061527"/>',
            '<stop offset=".55" stop-color="#0a2942"/><stop offset="1" stop-color="#0c4a5c"/></linearGradient>',
            '<radialGradient id="ripple" gradientUnits="userSpaceOnUse" cx="320" cy="492" r="520">',
            '<stop stop-color="#5eead4" stop-opacity=".45"/><stop offset=".5" stop-color="#5eead4" ',
            'stop-opacity=".1"/><stop offset="1" stop-color="#5eead4" stop-opacity="0"/></radialGradient></defs>'
        );
    }

    /// @dev Half circles around the gap, as waves bend behind a wall.
    function _ripples() private pure returns (string memory circles) {
        for (uint256 r = 56; r <= 520; r += 40) {
            circles = string.concat(circles, '<circle cx="320" cy="492" r="', LibString.toString(r), '"/>');
        }
    }

    function _wave(string memory color, uint256 y, uint256 shift) private pure returns (string memory) {
        return string.concat(
            '<path transform="translate(-',
            LibString.toString(shift),
            " ",
            LibString.toString(y),
            ')" fill="',
            color,
            '" d="M0 0q40-20 80 0t80 0t80 0t80 0t80 0t80 0t80 0t80 0t80 0t80 0V160H0Z"/>'
        );
    }

    /// @dev 32 x 32: fronts of the open sea, the wall with its gap, the half circles behind it.
    function _glyph() private pure returns (string memory) {
        return string.concat(
            '<g fill="none" stroke="#5eead4" stroke-width="2.2"><path d="M11.5 20a4.5 4.5 0 0 1 9 0"/>',
            '<path d="M6.7 20a9.3 9.3 0 0 1 18.6 0"/><path d="M1.9 20a14.1 14.1 0 0 1 28.2 0"/>',
            '<path stroke-opacity=".6" d="M0 26H32M0 30.6H32"/></g>',
            '<path d="M0 21.3H10.6M21.4 21.3H32" stroke="#fff" stroke-width="3"/>'
        );
    }

    function _head(Picture memory p) private pure returns (string memory) {
        return string.concat(
            '<g transform="translate(40 38)">',
            _glyph(),
            "</g>",
            _text('x="84" y="62" fill="#fff"', "23", "600", "Breakwater"),
            _pill(46 + 10 * bytes(p.state).length, p)
        );
    }

    function _pill(uint256 width, Picture memory p) private pure returns (string memory) {
        string memory box =
            string.concat(LibString.toString(600 - width), ' 37)"><rect width="', LibString.toString(width));
        return string.concat(
            '<g transform="translate(',
            box,
            '" height="36" rx="18" fill="#fff" fill-opacity=".1"/><circle cx="20" cy="18" r="5" fill="',
            p.stateColor,
            '"/>',
            _text('x="34" y="24" fill="#fff"', "17", "500", p.state),
            "</g>"
        );
    }

    function _body(Picture memory p) private pure returns (string memory) {
        string memory size = _amountSize(bytes(p.amount).length);
        return string.concat(
            _label("40", 150, "COVER"),
            _text('x="38" y="222" fill="#fff" letter-spacing="-1"', size, "600", p.amount),
            _text(
                'x="40" y="264" fill="#5eead4"', bytes(p.symbol).length > 16 ? "18" : "28", "500", p.symbol
            ),
            _text('x="40" y="612" fill="#06202e"', "18", "600", p.number),
            _fields(p)
        );
    }

    function _fields(Picture memory p) private pure returns (string memory) {
        return string.concat(
            _field("40", 334, "STARTS (UTC)", p.starts),
            _field("340", 334, "ENDS (UTC)", p.ends),
            _field("40", 412, "INSURED ACCOUNT", p.insured),
            _field("340", 412, "MARKET", p.market)
        );
    }

    function _field(string memory x, uint256 y, string memory name, string memory value)
        private
        pure
        returns (string memory)
    {
        return string.concat(
            _label(x, y, name),
            _text(
                string.concat('x="', x, '" y="', LibString.toString(y + 29), '" fill="#fff"'),
                "22",
                "400",
                value
            )
        );
    }

    function _label(string memory x, uint256 y, string memory name) private pure returns (string memory) {
        return _text(
            string.concat('x="', x, '" y="', LibString.toString(y), '" fill="#9fc3cf" letter-spacing="1.6"'),
            "13",
            "500",
            name
        );
    }

    function _text(string memory attributes, string memory size, string memory weight, string memory text)
        private
        pure
        returns (string memory)
    {
        return string.concat(
            "<text ", attributes, ' font-size="', size, '" font-weight="', weight, '">', text, "</text>"
        );
    }

    /// @dev The widest figure of each size fits the 560 units between the margins.
    function _amountSize(uint256 length) private pure returns (string memory) {
        if (length <= 13) return "72";
        return length <= 28 ? "50" : "30";
    }
}
