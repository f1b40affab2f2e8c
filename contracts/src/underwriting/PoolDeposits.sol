// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {FixedPointMathLib as Math} from "solady/utils/FixedPointMathLib.sol";
import {SafeCastLib} from "solady/utils/SafeCastLib.sol";

import {IAccessGate} from "../interfaces/IExposure.sol";
import {IPoolSales} from "../interfaces/IPool.sol";
import {TrancheMath} from "../libraries/TrancheMath.sol";
import {PoolBase} from "./PoolBase.sol";
import {Capital, FLAG_GATED, FLAG_SHORT, FLAG_WINDING_DOWN, FactsWord} from "./PoolWords.sol";

/// @title Capital coming in, and asking to leave
/// @notice Vaults only. Money comes before it is counted, and pricing capital falls with the request, not with the
/// exit.
abstract contract PoolDeposits is PoolBase, IPoolSales {
    using SafeCastLib for uint256;

    /// @inheritdoc IPoolSales
    function deposit(bool senior, address account, uint256 assets)
        external
        nonReentrant
        onlyVault(senior)
        returns (uint256 before)
    {
        if (assets == 0) revert AmountZero();
        Capital memory c = _loadCapital();
        FactsWord facts = c.facts;
        if (facts.has(FLAG_WINDING_DOWN)) revert PoolWindingDown();
        if (facts.has(FLAG_SHORT)) revert PoolShort(_held, c.junior + c.senior);
        if (facts.has(FLAG_GATED) && !IAccessGate(_accessGate).allows(address(this), account, "deposit")) {
            revert AccessRefused(account, "deposit");
        }
        if (senior) {
            before = c.senior;
            c.senior += assets;
            uint256 min = (c.junior + c.senior) * facts.minJuniorBps();
            if (c.junior * 1e4 < min) revert JuniorTooSmall(c.junior, Math.divUp(min, 1e4));
        } else {
            before = c.junior;
            c.junior += assets;
        }
        if ((before + assets) > MAX_TRANCHE) revert AmountTooLarge(before + assets, MAX_TRANCHE);
        _reprice(c);
        _storeCapital(c);
    }

    /// @inheritdoc IPoolSales
    function requestExit(bool senior, uint256 shares, uint256 supply)
        external
        nonReentrant
        onlyVault(senior)
        returns (uint256 assets)
    {
        Capital memory c = _loadCapital();
        assets = TrancheMath.toAssetsDown(shares, supply, senior ? c.senior : c.junior);
        _facts.requestedExits = (uint256(_facts.requestedExits) + assets).toUint96();
        _reprice(c);
        _storeCapital(c);
        emit ExitRequested(senior, assets);
    }

    /// @inheritdoc IPoolSales
    function trancheAssets(bool senior) external view nonReadReentrant returns (uint256) {
        Capital memory c = _loadCapital();
        return senior ? c.senior : c.junior;
    }
}
