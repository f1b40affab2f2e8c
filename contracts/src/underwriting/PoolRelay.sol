// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title Hands what this part of a pool does not know to the next one, on the same storage
/// @notice Lets one address answer for code that one contract cannot hold.
/// @dev The next part is fixed at deployment: pools are immutable.
abstract contract PoolRelay {
    address private immutable NEXT_PART;

    constructor(address nextPart) {
        NEXT_PART = nextPart;
    }

    /// @notice Runs the call on this storage by the next part's code; its result or revert is passed on as it is.
    fallback() external {
        address next = NEXT_PART;
        assembly ("memory-safe") {
            let m := mload(0x40)
            calldatacopy(m, 0, calldatasize())
            let ok := delegatecall(gas(), next, m, calldatasize(), 0, 0)
            returndatacopy(m, 0, returndatasize())
            if ok { return(m, returndatasize()) }
            revert(m, returndatasize())
        }
    }
}
