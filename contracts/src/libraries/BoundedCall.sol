// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title Calls to contracts that may be broken or hostile
/// @notice A call gets exactly the gas it was promised, or the caller reverts: whoever sends the transaction cannot make a
/// healthy contract look silent by sending little gas. What comes back is copied only as far as it is read.
library BoundedCall {
    /// @dev Pays for the access to a cold account and for the memory around the call.
    uint256 internal constant OVERHEAD = 10_000;

    error GasTooLow(uint256 left, uint256 needed);

    /// @notice Reads one 32-byte word of the answer; `word` 0 is the first.
    /// @return ok false where the call fails, or answers less than that word, as an account without code does
    function tryStaticWord(address target, bytes memory data, uint256 word, uint256 gasLimit)
        internal
        view
        returns (bool ok, uint256 value)
    {
        _requireGas(gasLimit);
        assembly ("memory-safe") {
            let size := mul(32, add(word, 1))
            let out := mload(0x40)
            ok := staticcall(gasLimit, target, add(data, 32), mload(data), out, size)
            ok := and(ok, iszero(lt(returndatasize(), size)))
            if ok { value := mload(add(out, mul(32, word))) }
        }
    }

    /// @notice Calls and copies nothing back; what happened is for the caller to measure.
    function tryCall(address target, bytes memory data, uint256 gasLimit) internal returns (bool ok) {
        _requireGas(gasLimit);
        assembly ("memory-safe") {
            ok := call(gasLimit, target, 0, add(data, 32), mload(data), 0, 0)
        }
    }

    /// @dev EIP-150 hands on at most 63/64 of what is left.
    function _requireGas(uint256 gasLimit) private view {
        uint256 needed = gasLimit * 64 / 63 + OVERHEAD;
        if (gasleft() < needed) revert GasTooLow(gasleft(), needed);
    }
}
