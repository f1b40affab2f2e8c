// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {LibClone} from "solady/utils/LibClone.sol";

import {BalanceWalker, CoverWalker, ExitWalker, PriceWalker, ShortfallWalker} from "./HistoryWalkers.sol";
import {LossWalker, LossWorld} from "./LossWalker.sol";
import {Walker} from "./Walker.sol";

/// @title What a pool and its vaults look up in their past, and its losses one after the other, open to calls
/// @notice Takes lists of walks; each starts from nothing, and each of its steps writes or looks up. Meant for `eth_call`:
/// nothing it writes is kept. Its mirror in TypeScript keeps everything and looks at all of it, and must give the same.
contract HistoryHarness {
    /// Days from an end of cover until it leaves V, less one.
    uint8 private constant RAISE_WINDOW = 7;

    LossWorld private immutable WORLD = new LossWorld();
    mapping(string => Walker) private _walkers;

    constructor() {
        _walkers["prices"] = new PriceWalker();
        _walkers["balances"] = new BalanceWalker();
        _walkers["covers"] = new CoverWalker();
        _walkers["exits"] = new ExitWalker();
        _walkers["shortfall"] = new ShortfallWalker();
        _walkers["losses"] = new LossWalker(WORLD);
    }

    /// @notice Steps (what to do, and up to three arguments, as its walker says); answers of up to three figures.
    function walks(string calldata history, uint256[4][][] calldata steps)
        external
        returns (uint256[3][][] memory answers)
    {
        // What a pool is born with: asset, vaults, its number, decimals, raise window.
        bytes memory constants = abi.encodePacked(WORLD, WORLD, WORLD, uint32(1), uint8(6), RAISE_WINDOW);
        answers = new uint256[3][][](steps.length);
        for (uint256 i; i < steps.length; ++i) {
            Walker walker = Walker(LibClone.clone(address(_walkers[history]), constants));
            answers[i] = walker.walk(steps[i]);
        }
    }
}
