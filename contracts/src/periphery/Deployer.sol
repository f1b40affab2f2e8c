// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {CREATE3} from "solady/utils/CREATE3.sol";

/// @title Puts contracts at addresses that follow from the account that deploys them and a salt, not from their code
/// @notice So contracts that name each other in their constructors can be deployed in any order. An account's addresses
/// can be used by that account alone. Holds nothing; re-entrance is harmless, since a salt serves once.
contract Deployer {
    /// @notice Deploys a contract. Reverts where the salt was used before, or the constructor reverts.
    function deploy(bytes32 salt, bytes calldata creationCode) external returns (address) {
        return CREATE3.deployDeterministic(creationCode, _saltOf(msg.sender, salt));
    }

    /// @notice Where `account` deploys with `salt`, used already or not.
    function addressOf(address account, bytes32 salt) external view returns (address) {
        return CREATE3.predictDeterministicAddress(_saltOf(account, salt));
    }

    function _saltOf(address account, bytes32 salt) private pure returns (bytes32) {
        return keccak256(abi.encode(account, salt));
    }
}
