// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {FixedPointMathLib as Math} from "solady/utils/FixedPointMathLib.sol";

import {PoolState} from "../../src/interfaces/IPoolTypes.sol";
import {ExitQueue} from "../../src/underwriting/ExitQueue.sol";
import {TrancheVault} from "../../src/underwriting/TrancheVault.sol";
import {UnderwritingWorld} from "./UnderwritingWorld.sol";

/// @notice Exits, at random, and what shares were worth in between.
abstract contract UnderwritingExits is UnderwritingWorld {
    /// @notice A share price that was noted, in assets for PRICE_UNIT shares.
    struct Note {
        uint256 time;
        uint256 price;
    }

    uint256 private constant PRICE_UNIT = 1 << 128;

    mapping(TrancheVault => Note[]) private _notes;

    function doRequestExit(uint256 seed, uint256 shares) external action {
        seed = _mix(seed);
        Side storage side = _use(seed);
        TrancheVault vault = _vault(seed & 2 == 0);
        address owner = _shareholder(vault, seed >> 8);
        uint256 balance = vault.balanceOf(owner);
        if (balance == 0) return;
        vm.prank(owner);
        vault.requestRedeem(seed % 3 == 0 ? bound(shares, 1, balance) : balance / 2 + 1, owner, owner);
        if (seed & 2 == 0) ++side.seniorRequests;
        else ++side.juniorRequests;
        _checkOrder(vault, seed & 2 == 0 ? side.seniorRequests : side.juniorRequests);
        _checkGrowth();
        _did();
    }

    function _strike(uint256 seed) internal {
        seed = _mix(seed);
        Side storage side = _use(seed);
        bool isSenior = seed & 2 == 0;
        TrancheVault vault = _vault(isSenior);
        uint256 count = isSenior ? side.seniorRequests : side.juniorRequests;
        (uint256 pending,) = vault.pendingExits();
        bool matured;
        for (uint256 id = 1; id <= count && pending != 0 && !matured; ++id) {
            ExitQueue.Request memory r = vault.requestOf(id);
            ExitQueue.Request memory last = vault.requestOf(count);
            matured = r.maturesAt <= block.timestamp
                && uint256(r.start) + r.shares > uint256(last.start) + last.shares - pending;
        }
        // A pool that owes incidents more than they got lets nobody go.
        if (!matured || pool.maxDeposit(false) == 0) return;
        uint256 lowest = _lowestSinceMaturity(vault, count, pending);
        (uint256 before,,) = pool.escrowOf(isSenior, block.timestamp / 1 days);
        uint256 struck = vault.strikeExit(bound(seed, 1, type(uint128).max));
        (uint256 after_,,) = pool.escrowOf(isSenior, block.timestamp / 1 days);
        if (lowest != type(uint256).max) {
            assertLe(after_ - before, Math.fullMulDiv(struck, lowest, PRICE_UNIT) + 1, "EXIT-3");
        }
        _checkOrder(vault, count);
        PoolState memory s = pool.state();
        if (s.escrow > earlier.escrow) {
            assertLe(s.requiredCapital * 1e4, (s.junior + s.senior + 1) * 8500, "EXIT-1");
            _did();
        }
        _checkGrowth();
    }

    function _claimExit(uint256 seed) internal {
        seed = _mix(seed);
        Side storage side = _use(seed);
        bool isSenior = seed & 2 == 0;
        TrancheVault vault = _vault(isSenior);
        _sync();
        address owner;
        uint256 shares;
        for (uint256 i; i < actors.length && shares == 0; ++i) {
            owner = _actor((seed >> 8) % 1000 + i);
            shares = vault.maxRedeem(owner);
        }
        PoolState memory s = pool.state();
        if (s.heldLiability > (isSenior ? s.junior : 0) || pool.maxDeposit(false) == 0) {
            assertEq(shares, 0, "EXIT-1");
            _redeemNothing(vault, isSenior ? side.seniorRequests : side.juniorRequests, seed);
            return;
        } else if (shares != 0) {
            vm.prank(owner);
            try vault.redeem(bound(seed, 1, shares), owner, owner) {}
            catch (bytes memory reason) {
                return _passRefusal(owner, reason);
            }
        }
        _checkOrder(vault, isSenior ? side.seniorRequests : side.juniorRequests);
        _checkGrowth();
        _did();
    }

    /// @dev While exits are held, no part of a request is paid, however much of it is asked for.
    function _redeemNothing(TrancheVault vault, uint256 requests, uint256 seed) private {
        if (requests == 0) return;
        uint256 id = 1 + (seed >> 24) % requests;
        for (uint256 i; i < actors.length; ++i) {
            uint256 open = vault.pendingRedeemRequest(id, actors[i]);
            for (uint256 part = open; part > open / 64; part /= 2) {
                vm.prank(actors[i]);
                try vault.redeem(part, actors[i], actors[i]) returns (uint256 assets) {
                    assertEq(assets, 0, "EXIT-1");
                } catch {}
            }
        }
    }

    /// @dev EXIT-2: requests stand in one line without gaps, and nobody has claimed a share that was not struck in its turn.
    function _checkOrder(TrancheVault vault, uint256 count) private view {
        if (count == 0) return;
        ExitQueue.Request memory last = vault.requestOf(count);
        (uint256 pending,) = vault.pendingExits();
        uint256 front = uint256(last.start) + last.shares - pending;
        uint256 end;
        for (uint256 id = 1; id <= count; ++id) {
            ExitQueue.Request memory r = vault.requestOf(id);
            assertEq(r.start, end, "EXIT-2");
            end = uint256(r.start) + r.shares;
            assertLe(r.claimed, Math.min(r.shares, Math.zeroFloorSub(front, r.start)), "EXIT-2");
        }
    }

    /// @dev Has a vault note the price of its shares, and notes it too.
    function _notePrice(TrancheVault vault) internal {
        vault.checkpoint();
        _notes[vault].push(Note(block.timestamp, vault.convertToAssets(PRICE_UNIT)));
    }

    /// @dev Of a request that is struck after the day that follows its maturity, the lowest price noted after the day it
    /// matured; the highest number where there is none, or where it is struck in time.
    function _lowestSinceMaturity(TrancheVault vault, uint256 count, uint256 pending)
        private
        view
        returns (uint256 lowest)
    {
        lowest = type(uint256).max;
        uint256 day;
        ExitQueue.Request memory last = vault.requestOf(count);
        uint256 front = uint256(last.start) + last.shares - pending;
        for (uint256 id = 1; id <= count && day == 0; ++id) {
            ExitQueue.Request memory r = vault.requestOf(id);
            if (uint256(r.start) + r.shares > front) day = r.maturesAt / 1 days;
        }
        if (block.timestamp / 1 days <= day + 1) return lowest;
        Note[] storage notes = _notes[vault];
        for (uint256 n = notes.length; n != 0 && notes[n - 1].time / 1 days > day; --n) {
            if (notes[n - 1].price < lowest) lowest = notes[n - 1].price;
        }
    }

    /// @dev Notes all incidents there are.
    function _sync() internal {
        uint256 count = board.incidentCount();
        for (uint256 i; i <= count / 8; ++i) {
            pool.syncIncidents(count);
        }
    }

    /// @dev An actor that holds shares, where there is one.
    function _shareholder(TrancheVault vault, uint256 seed) internal view returns (address account) {
        for (uint256 i; i < actors.length; ++i) {
            account = _actor((seed % 1000) + i);
            if (vault.balanceOf(account) != 0) return account;
        }
    }
}
