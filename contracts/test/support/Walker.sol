// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice Takes something that starts from nothing through steps: what to do, and its arguments.
abstract contract Walker {
    function walk(uint256[4][] calldata steps) external returns (uint256[3][] memory answers) {
        answers = new uint256[3][](steps.length);
        for (uint256 i; i < steps.length; ++i) {
            answers[i] = _step(steps[i][0], steps[i][1], steps[i][2], steps[i][3]);
        }
    }

    function _step(uint256 what, uint256 a, uint256 b, uint256 c)
        internal
        virtual
        returns (uint256[3] memory answer);
}
