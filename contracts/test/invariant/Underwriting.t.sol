// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {PlainToken} from "../support/SystemTokens.sol";
import {UnderwritingChecks} from "../support/UnderwritingChecks.sol";
import {HookToken, SilentToken} from "../support/UnderwritingTokens.sol";

/// @notice Two pools, six kinds of market, a plain token of 6 decimals.
contract UnderwritingInvariants is UnderwritingChecks {
    /// forge-config: default.invariant.runs = 32
    /// forge-config: default.invariant.depth = 250
    /// forge-config: deep.invariant.runs = 1000000
    /// forge-config: deep.invariant.depth = 256
    function invariant_Underwriting() public view {
        _checkAll();
    }
}

/// @notice The same with 18 decimals and a token that calls back at every transfer: no call gets in (REENTRANCE-1).
contract HookTokenInvariants is UnderwritingChecks {
    function newAsset() internal override returns (PlainToken) {
        return new HookToken(18);
    }

    function assetDecimals() internal pure override returns (uint8) {
        return 18;
    }

    /// @dev Before each action the token is told what to try the first time it moves.
    function _beforeAction(uint256 seed) internal override {
        bytes[8] memory attempts = [
            abi.encodeCall(pool.accrue, ()),
            abi.encodeCall(pool.poke, (markets[0], type(uint256).max)),
            abi.encodeCall(pool.collectFees, (treasury)),
            abi.encodeCall(pool.syncIncidents, (type(uint256).max)),
            abi.encodeCall(pool.state, ()),
            abi.encodeCall(pool.maxDeposit, (true)),
            abi.encodeCall(pool.quote, (markets[0], unit(), 30)),
            abi.encodeCall(pool.topUp, (1))
        ];
        HookToken(address(asset)).armFor(address(pool), attempts[seed % attempts.length]);
    }

    /// forge-config: default.invariant.runs = 12
    /// forge-config: default.invariant.depth = 200
    /// forge-config: deep.invariant.runs = 1000000
    /// forge-config: deep.invariant.depth = 256
    function invariant_HookToken() public view {
        _checkAll();
        assertFalse(HookToken(address(asset)).succeeded(), "REENTRANCE-1");
    }
}

/// @notice The same with a token that returns nothing.
contract SilentTokenInvariants is UnderwritingChecks {
    function newAsset() internal override returns (PlainToken) {
        return PlainToken(address(new SilentToken()));
    }

    /// forge-config: default.invariant.runs = 8
    /// forge-config: default.invariant.depth = 200
    /// forge-config: deep.invariant.runs = 1000000
    /// forge-config: deep.invariant.depth = 256
    function invariant_SilentToken() public view {
        _checkAll();
    }
}
