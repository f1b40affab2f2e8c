// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IRiskOracle} from "../interfaces/IRiskOracle.sol";

/// @notice For the four newest half-days, the boldest (least cautious) of each value in force during it: the lowest of a
/// rate, the highest of a cap. One word a half-day, in the ring slot of its number mod 4:
/// values as in the card (bits 0-191) | number (192-255).
/// A half-day that is not in its slot had no publication since it began: what is in force now was in force throughout.
struct BoldHistory {
    uint256[4] words;
}

/// @notice A card on its way from the values in force to the next ones.
struct CardMove {
    uint256 current;
    uint256 next;
    /// Boldest of this half-day and of the three before it, newest first, each with its number.
    uint256[4] boldest;
}

/// @title How fast a card may move
/// @notice At most x4 a day towards caution and x1/2 a day away from it, however many cards are published.
/// @dev Why many steps do not help: a publication enters the word of its own half-day only, so towards caution all steps
/// of 24 h share one base, and away from caution the base lies 24 to 48 h back, out of reach of any step since. A first
/// card leaves no word, so that it counts as long in force.
library CardLimits {
    uint256 internal constant HALF_DAY = 12 hours;
    uint256 private constant VALUES = type(uint192).max;

    /// @notice Begins a move from a card that is not the first; writes the words of half-days without a publication.
    function begin(BoldHistory storage self, uint256 current, uint256 next)
        internal
        returns (CardMove memory move)
    {
        (move.current, move.next) = (current & VALUES, next & VALUES);
        uint256 number = numberNow();
        for (uint256 i; i < 4; ++i) {
            uint256 word = self.words[(number - i) & 3];
            if (word >> 192 != number - i) {
                word = move.current | ((number - i) << 192);
                if (i != 0) self.words[(number - i) & 3] = word;
            }
            move.boldest[i] = word;
        }
    }

    /// @notice Checks a value for which caution is upwards, and lowers the boldest of this half-day to it.
    function rate(CardMove memory move, string memory field, uint256 offset, uint256 bits) internal pure {
        (uint256 current, uint256 next, uint256[4] memory bold) = unpack(move, offset, bits);
        uint256 recent = min(min(bold[0], bold[1]), bold[2]);
        check(field, next, min(current, (bold[3] + 1) / 2), 4 * recent);
        if (next < bold[0]) move.boldest[0] = move.boldest[0] ^ ((next ^ bold[0]) << offset);
    }

    /// @notice Checks a value for which caution is downwards, and raises the boldest of this half-day to it.
    function cap(CardMove memory move, string memory field, uint256 offset, uint256 bits) internal pure {
        (uint256 current, uint256 next, uint256[4] memory bold) = unpack(move, offset, bits);
        uint256 recent = max(max(bold[0], bold[1]), bold[2]);
        check(field, next, (recent + 3) / 4, max(current, 2 * bold[3]));
        if (next > bold[0]) move.boldest[0] = move.boldest[0] ^ ((next ^ bold[0]) << offset);
    }

    /// @notice Ends a move whose every value was checked.
    function finish(BoldHistory storage self, CardMove memory move) internal {
        uint256 slot = (move.boldest[0] >> 192) & 3;
        if (self.words[slot] != move.boldest[0]) self.words[slot] = move.boldest[0];
    }

    /// @dev From 4, so that a word never written is of no half-day.
    function numberNow() private view returns (uint256) {
        return block.timestamp / HALF_DAY + 4;
    }

    function unpack(CardMove memory move, uint256 offset, uint256 bits)
        private
        pure
        returns (uint256 current, uint256 next, uint256[4] memory bold)
    {
        uint256 mask = (uint256(1) << bits) - 1;
        (current, next) = ((move.current >> offset) & mask, (move.next >> offset) & mask);
        for (uint256 i; i < 4; ++i) {
            bold[i] = (move.boldest[i] >> offset) & mask;
        }
    }

    function check(string memory field, uint256 value, uint256 least, uint256 most) private pure {
        if (value < least || value > most) {
            revert IRiskOracle.CardMovesTooFast(field, value, least, most);
        }
    }

    function min(uint256 a, uint256 b) private pure returns (uint256) {
        return a < b ? a : b;
    }

    function max(uint256 a, uint256 b) private pure returns (uint256) {
        return a > b ? a : b;
    }
}
