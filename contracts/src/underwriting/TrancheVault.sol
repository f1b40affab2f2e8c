// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {FixedPointMathLib as Math} from "solady/utils/FixedPointMathLib.sol";
import {ReentrancyGuardTransient} from "solady/utils/ReentrancyGuardTransient.sol";
import {SafeTransferLib} from "solady/utils/SafeTransferLib.sol";

import {IPool} from "../interfaces/IPool.sol";
import {IPoolEvents} from "../interfaces/IPoolEvents.sol";
import {ExitTerms} from "../interfaces/IPoolTypes.sol";
import {ITrancheVault} from "../interfaces/ITrancheVault.sol";
import {PriceHistory} from "../libraries/PriceHistory.sol";
import {TrancheMath} from "../libraries/TrancheMath.sol";
import {ExitQueue} from "./ExitQueue.sol";
import {TrancheShares} from "./TrancheShares.sol";

/// @title One tranche of a pool: ERC-4626 in, ERC-7540 out
/// @notice Assets go straight to the pool and are accounted there; this contract keeps shares and the order of exits.
/// @dev Every state-changing entry is non-reentrant.
contract TrancheVault is ITrancheVault, TrancheShares, ExitQueue, ReentrancyGuardTransient {
    using PriceHistory for PriceHistory.History;

    /// @notice Whether the second account may request, claim and receive requests in the first one's name (ERC-7540).
    mapping(address => mapping(address => bool)) public isOperator;
    /// @dev Share prices of this class, in assets for PRICE_UNIT shares.
    PriceHistory.History private _prices;

    uint256 private constant PRICE_UNIT = 1 << 128;

    /// @dev Below one billionth of the start value a share, the tranche is practically empty.
    uint256 private constant EPOCH_FLOOR = 1e9 * TrancheMath.VIRTUAL_SHARES;

    /// @dev Transient storage on every chain, not only on mainnet.
    function _useTransientReentrancyGuardOnlyOnMainnet() internal pure override returns (bool) {
        return false;
    }

    IPool private immutable POOL;
    address private immutable ASSET;
    bool private immutable SENIOR;
    uint8 private immutable DECIMALS;

    /// @notice Name of the share token, set at the pool's creation for good.
    string public name;
    /// @notice Symbol of the share token, set at the pool's creation for good.
    string public symbol;

    constructor(
        IPool pool_,
        address asset_,
        bool senior_,
        uint8 decimals_,
        string memory name_,
        string memory symbol_
    ) {
        POOL = pool_;
        ASSET = asset_;
        SENIOR = senior_;
        DECIMALS = decimals_;
        name = name_;
        symbol = symbol_;
    }

    /// @notice The pool that holds this tranche's assets; the only one that may take snapshots.
    function pool() external view returns (IPool) {
        return POOL;
    }

    /// @notice The ERC-20 token that shares are bought with and redeemed for: the pool's asset.
    function asset() external view returns (address) {
        return ASSET;
    }

    /// @notice Whether this is the tranche that loses last.
    function isSenior() external view returns (bool) {
        return SENIOR;
    }

    /// @notice Three more than the asset's.
    function decimals() external view returns (uint8) {
        return DECIMALS;
    }

    /// @notice ERC-7575: the share token is this contract.
    function share() external view returns (address) {
        return address(this);
    }

    /// @notice ERC-7575: the vault of this share for an asset; none for another asset.
    function vault(address asset_) external view returns (address) {
        return asset_ == ASSET ? address(this) : address(0);
    }

    /// @notice ERC-165: ERC-165 itself, ERC-7575 vault and share, ERC-7540 operators and asynchronous redemption.
    function supportsInterface(bytes4 id) external pure returns (bool) {
        // ERC-165, ERC-7575 vault, ERC-7575 share, ERC-7540 operators, ERC-7540 asynchronous redemption.
        return
            id == 0x01ffc9a7 || id == 0x2f0a18c5 || id == 0xf815c03d || id == 0xe3bc4e65 || id == 0x620ee8e4;
    }

    // ERC-4626: in -----------------------------------------------------------------------------------------------------

    /// @notice Assets of the tranche now, premium earned so far included; what was struck and waits in escrow is not.
    function totalAssets() public view returns (uint256) {
        return POOL.trancheAssets(SENIOR);
    }

    /// @notice Shares that `assets` buy at today's price, rounded down.
    function convertToShares(uint256 assets) public view returns (uint256) {
        return TrancheMath.toSharesDown(assets, totalSupply(), totalAssets());
    }

    /// @notice Assets that `shares` are worth at today's price, rounded down; an exit gets the price of its strike.
    function convertToAssets(uint256 shares) public view returns (uint256) {
        return TrancheMath.toAssetsDown(shares, totalSupply(), totalAssets());
    }

    /// @notice Shares that `deposit` gives for `assets` in this block, rounded down. Limits are not looked at.
    function previewDeposit(uint256 assets) external view returns (uint256) {
        return convertToShares(assets);
    }

    /// @notice Assets that `mint` takes for `shares` in this block, rounded up. Limits are not looked at.
    function previewMint(uint256 shares) public view returns (uint256) {
        return TrancheMath.toAssetsUp(shares, totalSupply(), totalAssets());
    }

    /// @notice 0 for an account that the pool's access gate refuses.
    function maxDeposit(address receiver) public view returns (uint256) {
        return POOL.mayDeposit(receiver) ? POOL.maxDeposit(SENIOR) : 0;
    }

    /// @notice Shares that the most `receiver` may deposit buys, rounded down; 0 where the access gate refuses it.
    function maxMint(address receiver) external view returns (uint256) {
        return convertToShares(maxDeposit(receiver));
    }

    /// @notice Deposits; shares are rounded down.
    /// @dev Needs no guard: what a token's hook could change before the pool is told is seen in what was received.
    function deposit(uint256 assets, address receiver) external returns (uint256 shares) {
        shares = _deposit(assets, 0, receiver);
    }

    /// @notice Deposits for exactly `shares`; assets are rounded up. Reverts with MintUnderpaid where the price has risen
    /// by the time they are paid.
    function mint(uint256 shares, address receiver) external nonReentrant returns (uint256 assets) {
        assets = previewMint(shares);
        _deposit(assets, shares, receiver);
    }

    function _deposit(uint256 assets, uint256 exact, address receiver) private returns (uint256 shares) {
        uint256 before = SafeTransferLib.balanceOf(ASSET, address(POOL));
        if (!SafeTransferLib.trySafeTransferFrom(ASSET, msg.sender, address(POOL), assets)) {
            revert IPoolEvents.PaymentRefused(msg.sender, assets);
        }
        uint256 received = SafeTransferLib.balanceOf(ASSET, address(POOL)) - before;
        if (received != assets) revert IPoolEvents.TransferShortfall(assets, received);
        uint256 tranche = POOL.deposit(SENIOR, receiver, assets);
        shares = TrancheMath.toSharesDown(assets, totalSupply(), tranche);
        if (shares == 0) revert SharesZero();
        if (exact != 0) {
            // While the asset moved, its hook may have let the price rise.
            if (shares < exact) revert MintUnderpaid(exact, shares);
            shares = exact;
        }
        _mint(receiver, shares);
        emit Deposit(msg.sender, receiver, assets, shares);
    }

    // ERC-7540: out ----------------------------------------------------------------------------------------------------

    /// @notice Makes an account the caller's operator, or no longer. An operator may request the caller's shares, give
    /// it requests, and claim its exits to any receiver.
    function setOperator(address operator, bool approved) external returns (bool) {
        isOperator[msg.sender][operator] = approved;
        emit OperatorSet(msg.sender, operator, approved);
        return true;
    }

    /// @inheritdoc ITrancheVault
    function requestRedeem(uint256 shares, address controller, address owner)
        external
        nonReentrant
        returns (uint256 requestId)
    {
        if (shares == 0) revert SharesZero();
        if (owner != msg.sender && !isOperator[owner][msg.sender]) _spend(owner, msg.sender, shares);
        if (controller != owner) _checkController(controller);
        _move(owner, address(this), shares);
        uint256 assets = POOL.requestExit(SENIOR, shares, totalSupply());
        requestId = _enqueue(controller, shares, assets, block.timestamp + POOL.exitDelay());
        _checkpoint();
        emit RedeemRequest(controller, owner, requestId, msg.sender, shares);
    }

    /// @inheritdoc ITrancheVault
    function strikeExit(uint256 maxShares) external nonReentrant returns (uint256 struck) {
        ExitTerms memory t;
        uint256 price;
        (t.shares, price) = _matured();
        if (t.shares > maxShares) t.shares = maxShares;
        if (t.shares == 0) revert NothingMatured(_nextMaturity());
        t.most = price == type(uint256).max ? price : Math.fullMulDiv(t.shares, price, PRICE_UNIT);
        t.supply = totalSupply();
        t.pending = _pendingShares();
        t.requested = _requested();
        t.keeper = msg.sender;
        uint256 day;
        uint256 units;
        uint256 released;
        (struck, day, units, released) = POOL.strikeExit(SENIOR, t);
        if (struck == 0) return 0;
        uint256 strike = _recordStrike(struck, day, units, released);
        _burn(address(this), struck);
        if (struck != t.pending) _checkpoint();
        emit ExitStruck(strike, struck, day, units);
    }

    /// @inheritdoc ITrancheVault
    function checkpoint() external nonReentrant {
        _checkpoint();
    }

    function _checkpoint() private {
        _prices.record(
            TrancheMath.toAssetsDown(PRICE_UNIT, totalSupply(), totalAssets()), block.timestamp / DAY
        );
    }

    /// @dev Rounded up by less than any amount can show, so that an unchanged price takes nothing away.
    function _note(uint256 supply, uint256 assets) private {
        _prices.record(TrancheMath.toAssetsUp(PRICE_UNIT, supply, assets), block.timestamp / DAY);
    }

    /// @dev What can be struck at once, and the highest price for it. Until the end of the day after its maturity a request
    /// gets the price of the moment. Later it gets no more than the lowest price noted since the day it matured; requests
    /// with the same such price are struck together.
    function _matured() private view returns (uint256 shares, uint256 price) {
        uint256 maturesAt = _nextMaturity();
        if (maturesAt == 0 || maturesAt > block.timestamp) return (0, 0);
        uint256 today = block.timestamp / DAY;
        uint256 day = maturesAt / DAY;
        if (today <= day + 1) return (_maturedBy(block.timestamp), type(uint256).max);
        uint256 next;
        (price, next) = _prices.lowestSince(day);
        shares = _maturedBy(Math.min(next, today - 1) * DAY - 1);
    }

    /// @notice What was requested and cannot be claimed yet: what waits to be struck, and what waits in escrow.
    function pendingRedeemRequest(uint256 requestId, address controller) external view returns (uint256) {
        return _openOf(requestId, controller) - claimableRedeemRequest(requestId, controller);
    }

    /// @notice Struck shares whose escrow has matured and is not held back.
    function claimableRedeemRequest(uint256 requestId, address controller) public view returns (uint256) {
        if (!POOL.exitsOpen(SENIOR)) return 0;
        return _claimableOf(requestId, controller, _lastPayableDay());
    }

    /// @notice Struck shares of a controller, over all its requests, that can be claimed now; 0 while exits are held
    /// back.
    function maxRedeem(address controller) external view returns (uint256) {
        if (!POOL.exitsOpen(SENIOR)) return 0;
        return _claimableOfAll(controller, _lastPayableDay());
    }

    /// @notice Claims matured exits of a controller, oldest first.
    function redeem(uint256 shares, address receiver, address controller)
        external
        nonReentrant
        returns (uint256 assets)
    {
        _checkController(controller);
        if (shares == 0) revert SharesZero();
        uint256 left = shares;
        uint256 lastDay = _lastPayableDay();
        uint256 payDay;
        uint256 due;
        while (left != 0) {
            (uint256 part, uint256 day, uint256 units) = _take(controller, left, lastDay, _newestSnapshot());
            if (part == 0) revert ClaimAboveClaimable(shares, shares - left);
            left -= part;
            if (day != payDay) {
                if (due != 0) assets += POOL.payExit(SENIOR, payDay, due, receiver);
                (payDay, due) = (day, 0);
            }
            due += units;
        }
        if (due != 0) assets += POOL.payExit(SENIOR, payDay, due, receiver);
        emit Withdraw(msg.sender, receiver, controller, assets, shares);
    }

    function _checkController(address controller) private view {
        if (controller != msg.sender && !isOperator[controller][msg.sender]) {
            revert NotOperator(msg.sender, controller);
        }
    }

    /// @dev Every day's escrow waits as long as that of day 0.
    function _lastPayableDay() private view returns (uint256) {
        (,, uint256 wait) = POOL.escrowOf(SENIOR, 0);
        return Math.zeroFloorSub(block.timestamp, wait) / DAY;
    }

    /// @notice Exits are claimed by shares: use redeem.
    function withdraw(uint256, address, address) external pure returns (uint256) {
        revert AsyncOnly();
    }

    /// @notice Always 0: exits are claimed by shares.
    function maxWithdraw(address) external pure returns (uint256) {
        return 0;
    }

    /// @notice Always reverts with AsyncOnly, as ERC-7540 asks: an exit's price is that of its strike.
    function previewRedeem(uint256) external pure returns (uint256) {
        revert AsyncOnly();
    }

    /// @notice Always reverts with AsyncOnly, as ERC-7540 asks.
    function previewWithdraw(uint256) external pure returns (uint256) {
        revert AsyncOnly();
    }

    // Snapshots --------------------------------------------------------------------------------------------------------

    /// @inheritdoc ITrancheVault
    function takeSnapshot(uint256 trancheAssets, bool mayClose)
        external
        returns (uint256 snapshot, uint256 pendingAssets)
    {
        if (msg.sender != address(POOL)) revert NotPool(msg.sender);
        uint256 supply = totalSupply();
        bool close = mayClose && supply != 0 && trancheAssets * EPOCH_FLOOR < supply;
        uint256 epoch = _epoch();
        snapshot = _snapshot(close);
        _markQueue(snapshot);
        if (close) {
            _clearQueue();
            _prices.clear();
            emit EpochClosed(epoch);
        } else {
            pendingAssets = TrancheMath.toAssetsDown(_pendingShares(), supply, trancheAssets);
            _revalueQueue(pendingAssets);
            if (pendingAssets != 0) _note(supply, trancheAssets);
        }
    }

    /// @inheritdoc ITrancheVault
    function sharesAt(uint256 snapshot, address account)
        external
        view
        returns (uint256 shares, uint256 supply)
    {
        (shares, supply) = _at(snapshot, account);
        if (account == address(this)) return (0, supply);
        shares += _pendingOfAllAt(snapshot, account);
    }

    /// @inheritdoc ITrancheVault
    function escrowAt(uint256 snapshot, uint256 requestId, uint256 afterDay)
        external
        view
        returns (address controller, uint256 day, uint256 units)
    {
        return _escrowOfAt(snapshot, requestId, afterDay);
    }
}
