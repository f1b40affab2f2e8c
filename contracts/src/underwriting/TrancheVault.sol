// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {LibClone} from "solady/utils/LibClone.sol";
import {LibString} from "solady/utils/LibString.sol";
import {ReentrancyGuardTransient} from "solady/utils/ReentrancyGuardTransient.sol";
import {SafeTransferLib} from "solady/utils/SafeTransferLib.sol";

import {IPool} from "../interfaces/IPool.sol";
import {IPoolEvents} from "../interfaces/IPoolEvents.sol";
import {ITrancheVault} from "../interfaces/ITrancheVault.sol";
import {TrancheMath} from "../libraries/TrancheMath.sol";
import {ExitQueue} from "./ExitQueue.sol";
import {TrancheShares} from "./TrancheShares.sol";

/// @title One tranche of a pool: ERC-4626 in, ERC-7540 out
/// @notice Assets go straight to the pool and are accounted there; this contract keeps shares and the order of exits.
/// @dev A clone: pool, asset, tranche and decimals follow its code. Every state-changing entry is non-reentrant.
contract TrancheVault is ITrancheVault, TrancheShares, ExitQueue, ReentrancyGuardTransient {
    mapping(address => mapping(address => bool)) public isOperator;

    /// @dev Below one billionth of the start value a share, the tranche is practically empty.
    uint256 private constant EPOCH_FLOOR = 1e9 * TrancheMath.VIRTUAL_SHARES;

    /// @dev Transient storage on every chain, not only on mainnet.
    function _useTransientReentrancyGuardOnlyOnMainnet() internal pure override returns (bool) {
        return false;
    }

    // What follows the code: pool (20 bytes), asset (20), senior (1), decimals (1), name length (1), name, symbol.

    function pool() public view returns (IPool) {
        return IPool(address(bytes20(LibClone.argsOnClone(address(this), 0, 20))));
    }

    function asset() public view returns (address) {
        return address(bytes20(LibClone.argsOnClone(address(this), 20, 40)));
    }

    function isSenior() public view returns (bool) {
        return LibClone.argsOnClone(address(this), 40, 41)[0] != 0;
    }

    /// @notice Three more than the asset's.
    function decimals() external view returns (uint8) {
        return uint8(LibClone.argsOnClone(address(this), 41, 42)[0]);
    }

    function name() external view returns (string memory) {
        return string(LibClone.argsOnClone(address(this), 43, 43 + _nameLength()));
    }

    function symbol() external view returns (string memory) {
        return string(LibClone.argsOnClone(address(this), 43 + _nameLength()));
    }

    function _nameLength() private view returns (uint256) {
        return uint8(LibClone.argsOnClone(address(this), 42, 43)[0]);
    }

    /// @notice ERC-7575: the share token is this contract.
    function share() external view returns (address) {
        return address(this);
    }

    function supportsInterface(bytes4 id) external pure returns (bool) {
        // ERC-165, ERC-7575 vault, ERC-7575 share, ERC-7540 operators, ERC-7540 asynchronous redemption.
        return id == 0x01ffc9a7 || id == 0x2f0a18c5 || id == 0xf815c03d || id == 0xe3bc4e65 || id == 0x620ee8e4;
    }

    // ERC-4626: in -----------------------------------------------------------------------------------------------------

    function totalAssets() public view returns (uint256) {
        return pool().trancheAssets(isSenior());
    }

    function convertToShares(uint256 assets) public view returns (uint256) {
        return TrancheMath.toSharesDown(assets, totalSupply(), totalAssets());
    }

    function convertToAssets(uint256 shares) public view returns (uint256) {
        return TrancheMath.toAssetsDown(shares, totalSupply(), totalAssets());
    }

    function previewDeposit(uint256 assets) external view returns (uint256) {
        return convertToShares(assets);
    }

    function previewMint(uint256 shares) public view returns (uint256) {
        return TrancheMath.toAssetsUp(shares, totalSupply(), totalAssets());
    }

    function maxDeposit(address) external view returns (uint256) {
        return pool().maxDeposit(isSenior());
    }

    function maxMint(address) external view returns (uint256) {
        return convertToShares(pool().maxDeposit(isSenior()));
    }

    /// @notice Deposits; shares are rounded down.
    function deposit(uint256 assets, address receiver) external nonReentrant returns (uint256 shares) {
        shares = _deposit(assets, 0, receiver);
    }

    /// @notice Deposits for exactly `shares`; assets are rounded up.
    function mint(uint256 shares, address receiver) external nonReentrant returns (uint256 assets) {
        assets = previewMint(shares);
        _deposit(assets, shares, receiver);
    }

    function _deposit(uint256 assets, uint256 exact, address receiver) private returns (uint256 shares) {
        (IPool pool_, address asset_, bool senior) = _identity();
        uint256 before = SafeTransferLib.balanceOf(asset_, address(pool_));
        SafeTransferLib.safeTransferFrom(asset_, msg.sender, address(pool_), assets);
        uint256 received = SafeTransferLib.balanceOf(asset_, address(pool_)) - before;
        if (received != assets) revert IPoolEvents.TransferShortfall(assets, received);
        uint256 tranche = pool_.deposit(senior, receiver, assets);
        shares = exact != 0 ? exact : TrancheMath.toSharesDown(assets, totalSupply(), tranche);
        if (shares == 0) revert SharesZero();
        _mint(receiver, shares);
        emit Deposit(msg.sender, receiver, assets, shares);
    }

    function _identity() private view returns (IPool pool_, address asset_, bool senior) {
        bytes memory args = LibClone.argsOnClone(address(this), 0, 41);
        assembly ("memory-safe") {
            pool_ := shr(96, mload(add(args, 0x20)))
            asset_ := shr(96, mload(add(args, 0x34)))
            senior := byte(0, mload(add(args, 0x48)))
        }
    }

    // ERC-7540: out ----------------------------------------------------------------------------------------------------

    function setOperator(address operator, bool approved) external returns (bool) {
        isOperator[msg.sender][operator] = approved;
        emit OperatorSet(msg.sender, operator, approved);
        return true;
    }

    /// @notice Asks to redeem shares. Irrevocable; they stay in the tranche, and bear its losses, until struck.
    function requestRedeem(uint256 shares, address controller, address owner)
        external
        nonReentrant
        returns (uint256 requestId)
    {
        if (shares == 0) revert SharesZero();
        if (owner != msg.sender && !isOperator[owner][msg.sender]) _spend(owner, msg.sender, shares);
        IPool pool_ = pool();
        _move(owner, address(this), shares);
        uint256 assets = pool_.requestExit(isSenior(), shares, totalSupply());
        requestId = _enqueue(controller, shares, assets, block.timestamp + pool_.exitDelay(), _epoch());
        emit RedeemRequest(controller, owner, requestId, msg.sender, shares);
    }

    /// @inheritdoc ITrancheVault
    function strikeExit(uint256 maxShares) external nonReentrant returns (uint256 struck) {
        (uint256 matured, uint256 pending, uint256 requested) = _matured(_epoch());
        if (matured > maxShares) matured = maxShares;
        if (matured == 0) revert NothingMatured(_nextMaturity(_epoch()));
        uint256 day;
        uint256 units;
        uint256 released;
        (struck, day, units, released) =
            pool().strikeExit(isSenior(), matured, totalSupply(), pending, requested);
        if (struck == 0) return 0;
        uint256 strike = _recordStrike(struck, day, units, released);
        _burn(address(this), struck);
        emit ExitStruck(strike, struck, day, units);
    }

    function pendingRedeemRequest(uint256 requestId, address controller) external view returns (uint256) {
        return _pendingOf(requestId, controller, _epoch());
    }

    /// @notice Struck shares whose escrow has matured.
    function claimableRedeemRequest(uint256 requestId, address controller) external view returns (uint256) {
        return _claimableOf(requestId, controller, pool(), isSenior());
    }

    function maxRedeem(address controller) external view returns (uint256) {
        return _claimableOfAll(controller, pool(), isSenior());
    }

    /// @notice Claims matured exits of a controller, oldest first.
    function redeem(uint256 shares, address receiver, address controller)
        external
        nonReentrant
        returns (uint256 assets)
    {
        if (controller != msg.sender && !isOperator[controller][msg.sender]) revert NotOperator(msg.sender, controller);
        if (shares == 0) revert SharesZero();
        (IPool pool_,, bool senior) = _identity();
        uint256 left = shares;
        while (left != 0) {
            (uint256 part, uint256 day, uint256 units) = _take(controller, left, pool_, senior);
            if (part == 0) revert ClaimAboveClaimable(shares, shares - left);
            left -= part;
            if (units != 0) assets += pool_.payExit(senior, day, units, receiver);
        }
        emit Withdraw(msg.sender, receiver, controller, assets, shares);
    }

    /// @notice Exits are claimed by shares: use redeem.
    function withdraw(uint256, address, address) external pure returns (uint256) {
        revert AsyncOnly();
    }

    function maxWithdraw(address) external pure returns (uint256) {
        return 0;
    }

    function previewRedeem(uint256) external pure returns (uint256) {
        revert AsyncOnly();
    }

    function previewWithdraw(uint256) external pure returns (uint256) {
        revert AsyncOnly();
    }

    // Snapshots --------------------------------------------------------------------------------------------------------

    /// @inheritdoc ITrancheVault
    function takeSnapshot(uint256 trancheAssets) external returns (uint256 snapshot) {
        if (msg.sender != address(pool())) revert NotPool(msg.sender);
        bool close = totalSupply() != 0 && trancheAssets * EPOCH_FLOOR < totalSupply();
        uint256 epoch = _epoch();
        _markQueue(snapshot = _snapshot(close));
        if (close) emit EpochClosed(epoch);
    }

    /// @inheritdoc ITrancheVault
    function sharesAt(uint256 snapshot, address account) external view returns (uint256 shares, uint256 supply) {
        return _at(snapshot, account);
    }
}
