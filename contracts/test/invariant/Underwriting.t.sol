// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {MarketId} from "../../src/types/MarketId.sol";
import {PlainToken} from "../support/SystemTokens.sol";
import {UnderwritingChecks} from "../support/UnderwritingChecks.sol";
import {HookToken, OddToken} from "../support/UnderwritingTokens.sol";

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

/// @notice The same where risk rises faster at times than the pool can follow: capital is short of what cover requires.
contract ShortCapitalInvariants is UnderwritingChecks {
    function _hurries() internal pure override returns (bool) {
        return true;
    }

    /// forge-config: default.invariant.runs = 16
    /// forge-config: default.invariant.depth = 250
    /// forge-config: deep.invariant.runs = 1000000
    /// forge-config: deep.invariant.depth = 256
    function invariant_ShortCapital() public view {
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

/// @notice The same with a token that returns nothing, refuses actors at times, and at times keeps a part of what it moves.
contract OddTokenInvariants is UnderwritingChecks {
    function newAsset() internal override returns (PlainToken) {
        return PlainToken(address(new OddToken()));
    }

    function _refuses(address account) internal view override returns (bool) {
        return _token().refused(account);
    }

    /// @dev Where money only leaves the pool, what the token keeps is not the pool's loss.
    function _beforeAction(uint256 seed) internal override {
        if (seed % 4 == 0) _token().refuse(_actor(seed >> 8), (seed >> 16) % 2 == 0);
        bool leaves = msg.sig == this.doPay.selector || msg.sig == this.doCancel.selector;
        _token().take(leaves && (seed >> 24) % 2 == 0);
    }

    function _afterAction() internal override {
        _token().take(false);
    }

    /// @dev SOLVENCY-1: what comes short is not taken at all. Bonds count as far as they arrive.
    function _tryInVain(uint256 seed) internal override {
        address payer = _actor(seed);
        MarketId m = _marketOf(seed >> 8);
        uint256 incident = _incident(seed >> 16);
        asset.mint(payer, 3000 * unit());
        asset.mint(address(this), 1000 * unit());
        asset.approve(address(board), 1000 * unit());
        _token().take(true);
        assertLt(board.fundBond(address(route), address(asset), 1000 * unit()), 1000 * unit(), "INCIDENT-3");
        vm.startPrank(payer);
        asset.approve(address(pool), type(uint256).max);
        asset.approve(address(junior), type(uint256).max);
        bool taken;
        try pool.buy(buyParams(m, payer, 100 * unit(), 30)) {
            taken = true;
        } catch {}
        try junior.deposit(1000 * unit(), payer) {
            taken = true;
        } catch {}
        try pool.addSalvage(incident, 1000 * unit()) {
            taken = true;
        } catch {}
        vm.stopPrank();
        assertFalse(taken, "SOLVENCY-1");
    }

    function _token() private view returns (OddToken) {
        return OddToken(address(asset));
    }

    /// forge-config: default.invariant.runs = 8
    /// forge-config: default.invariant.depth = 200
    /// forge-config: deep.invariant.runs = 1000000
    /// forge-config: deep.invariant.depth = 256
    function invariant_OddToken() public view {
        _checkAll();
    }
}
