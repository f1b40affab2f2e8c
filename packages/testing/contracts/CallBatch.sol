// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title CallBatch
/// @notice Runs a list of calls in one transaction, for its owner alone. The local world uses it
///         to open many positions at once through the insured protocols' own functions.
contract CallBatch {
    struct Call {
        address target;
        bytes data;
    }

    error NotOwner();

    address public immutable owner = msg.sender;

    /// @notice Makes the calls in order; the first that fails reverts them all, with its own reason.
    function run(Call[] calldata calls) external {
        require(msg.sender == owner, NotOwner());
        for (uint256 i; i < calls.length; ++i) {
            (bool success, bytes memory result) = calls[i].target.call(calls[i].data);
            if (!success) {
                assembly ("memory-safe") {
                    revert(add(result, 0x20), mload(result))
                }
            }
        }
    }
}
