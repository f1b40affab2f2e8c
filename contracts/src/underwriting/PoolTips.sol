// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {PoolBase} from "./PoolBase.sol";
import {Capital} from "./PoolWords.sol";

/// @title Rewards of whoever does what everyone needs
/// @notice Paid from the fees owed to the protocol, never from capital.
abstract contract PoolTips is PoolBase {
    /// @dev To the caller. Where the asset does not take it, the fees keep it: what the call was for is done all the same.
    function _tip() internal {
        Capital memory c = _loadCapital();
        uint256 amount = _takeTip(c, type(uint256).max);
        if (amount == 0) return;
        _storeCapital(c);
        (bool ok, bytes memory answer) = _asset().call(abi.encodeCall(IERC20.transfer, (msg.sender, amount)));
        if (ok && (answer.length == 0 || bytes32(answer) == bytes32(uint256(1)))) return;
        c.fees += amount;
        _storeCapital(c);
    }

    /// @dev A tip taken from the fees in memory; none above `most`.
    function _takeTip(Capital memory c, uint256 most) internal view returns (uint256 amount) {
        amount = uint256(_facts.tip) * _lossUnit();
        if (amount > most || c.fees < amount) return 0;
        c.fees -= amount;
    }
}
