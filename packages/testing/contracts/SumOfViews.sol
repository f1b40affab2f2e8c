// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title SumOfViews
/// @notice Adds up what other contracts answer, for metrics whose parts are sums: a predicate's terms are multiplied.
///         Fixed at deployment; no owner.
contract SumOfViews {
    struct View {
        address target;
        bytes data;
        /// Word of the answer, from 0.
        uint256 word;
    }

    error NoAnswer(address target);

    View[] private _views;

    constructor(View[] memory views) {
        for (uint256 i; i < views.length; ++i) {
            _views.push(views[i]);
        }
    }

    /// @notice The sum now; reverts where a contract does not answer.
    function total() external view returns (uint256 sum) {
        for (uint256 i; i < _views.length; ++i) {
            View memory v = _views[i];
            (bool ok, bytes memory answer) = v.target.staticcall(v.data);
            uint256 end = 32 * v.word + 32;
            require(ok && answer.length >= end, NoAnswer(v.target));
            uint256 value;
            assembly ("memory-safe") {
                value := mload(add(answer, end))
            }
            sum += value;
        }
    }
}
