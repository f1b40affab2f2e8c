// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title LoopbackMessenger
/// @notice A cross-domain messenger for a world in which both ends of a bridge stand on one chain:
///         it delivers each message at once. Same interface as Optimism's ICrossDomainMessenger.
contract LoopbackMessenger {
    event SentMessage(address indexed target, address indexed sender, bytes message);

    /// @notice Who sent the message being delivered; zero outside a delivery.
    address public xDomainMessageSender;

    /// @notice Delivers `message` to `target`, which sees the caller as the message's sender.
    function sendMessage(address target, bytes calldata message, uint32) external {
        address outer = xDomainMessageSender;
        xDomainMessageSender = msg.sender;
        (bool success, bytes memory result) = target.call(message);
        if (!success) {
            assembly ("memory-safe") {
                revert(add(result, 0x20), mload(result))
            }
        }
        xDomainMessageSender = outer;
        emit SentMessage(target, msg.sender, message);
    }
}
