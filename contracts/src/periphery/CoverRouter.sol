// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/interfaces/IERC20.sol";
import {IERC2612} from "@openzeppelin/contracts/interfaces/IERC2612.sol";
import {IERC4626} from "@openzeppelin/contracts/interfaces/IERC4626.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {SafeTransferLib} from "solady/utils/SafeTransferLib.sol";

import {ICoverRouter, Leg, Permit2Transfer, TokenPermit} from "../interfaces/ICoverRouter.sol";
import {IPermit2} from "../interfaces/IPermit2.sol";
import {IPool} from "../interfaces/IPool.sol";
import {IPoolEvents} from "../interfaces/IPoolEvents.sol";
import {IPoolFactory} from "../interfaces/IPoolFactory.sol";
import {BuyParams} from "../interfaces/IPoolTypes.sol";
import {CoverId} from "../types/CoverId.sol";

/// @title Several covers in one transaction, and permits
/// @notice Takes what the legs cost and nothing more; holds no asset between calls.
contract CoverRouter is ICoverRouter, ReentrancyGuardTransient {
    using SafeTransferLib for address;

    /// @dev The same address on every chain that has it.
    IPermit2 private constant PERMIT2 = IPermit2(0x000000000022D473030F116dDEE9F6B43aC78BA3);

    IPoolFactory private immutable FACTORY;

    /// @dev A purchase under way, asset units.
    struct Basket {
        address asset;
        /// Most that the legs and the caller's limit allow.
        uint256 limit;
        uint256 maxTotal;
        /// What was taken from the caller.
        uint256 budget;
        uint256 spent;
    }

    constructor(IPoolFactory factory) {
        FACTORY = factory;
    }

    /// @inheritdoc ICoverRouter
    function buy(Leg[] calldata legs, uint256 maxTotal, uint256 deadline)
        external
        nonReentrant
        returns (CoverId[] memory covers, uint256 spent)
    {
        Basket memory basket = _open(legs, maxTotal, deadline);
        _takeByAllowance(basket);
        return _buyAll(legs, basket);
    }

    /// @inheritdoc ICoverRouter
    function buyWithPermit(
        Leg[] calldata legs,
        uint256 maxTotal,
        uint256 deadline,
        TokenPermit calldata permit
    ) external nonReentrant returns (CoverId[] memory covers, uint256 spent) {
        Basket memory basket = _open(legs, maxTotal, deadline);
        _tryPermit(basket.asset, permit);
        _takeByAllowance(basket);
        return _buyAll(legs, basket);
    }

    /// @inheritdoc ICoverRouter
    function buyWithPermit2(
        Leg[] calldata legs,
        uint256 maxTotal,
        uint256 deadline,
        Permit2Transfer calldata transfer
    ) external nonReentrant returns (CoverId[] memory covers, uint256 spent) {
        Basket memory basket = _open(legs, maxTotal, deadline);
        _takeByPermit2(basket, transfer);
        return _buyAll(legs, basket);
    }

    /// @inheritdoc ICoverRouter
    function depositWithPermit(
        address pool,
        bool senior,
        uint256 assets,
        address receiver,
        uint256 minShares,
        uint256 deadline,
        TokenPermit calldata permit
    ) external nonReentrant returns (uint256 shares) {
        _requireBefore(deadline);
        _requireGenuine(pool);
        address asset = IPool(pool).asset();
        (address junior, address seniorVault) = FACTORY.vaultsOf(pool);
        address vault = senior ? seniorVault : junior;

        _tryPermit(asset, permit);
        uint256 available = _availableByAllowance(asset);
        if (available < assets) revert PaymentShort(available, assets);
        _take(asset, assets);

        asset.safeApproveWithRetry(vault, assets);
        shares = IERC4626(vault).deposit(assets, receiver == address(0) ? msg.sender : receiver);
        if (shares < minShares) revert SharesBelowMin(shares, minShares);
        _revoke(asset, vault);
        _returnRest(asset);
    }

    /// @dev Checks everything that can be known before money moves.
    function _open(Leg[] calldata legs, uint256 maxTotal, uint256 deadline)
        private
        view
        returns (Basket memory basket)
    {
        _requireBefore(deadline);
        if (legs.length == 0) revert LegsEmpty();
        for (uint256 i; i < legs.length; ++i) {
            address pool = legs[i].pool;
            _requireGenuine(pool);
            address asset = IPool(pool).asset();
            if (i == 0) basket.asset = asset;
            else if (asset != basket.asset) revert AssetDiffers(pool, asset, basket.asset);
            basket.limit += legs[i].params.maxPremium;
        }
        basket.maxTotal = maxTotal;
        basket.limit = _min(basket.limit, maxTotal);
    }

    function _takeByAllowance(Basket memory basket) private {
        if (basket.limit == 0) return;
        basket.budget = _min(basket.limit, _availableByAllowance(basket.asset));
        if (basket.budget == 0) revert PaymentShort(0, basket.limit);
        _take(basket.asset, basket.budget);
    }

    function _takeByPermit2(Basket memory basket, Permit2Transfer calldata transfer) private {
        if (address(PERMIT2).code.length == 0) revert Permit2Missing();
        if (basket.limit == 0) return;
        uint256 available = _min(transfer.amount, IERC20(basket.asset).balanceOf(msg.sender));
        basket.budget = _min(basket.limit, available);
        if (basket.budget == 0) revert PaymentShort(0, basket.limit);

        uint256 before = basket.asset.balanceOf(address(this));
        PERMIT2.permitTransferFrom(
            IPermit2.PermitTransferFrom({
                permitted: IPermit2.TokenPermissions(basket.asset, transfer.amount),
                nonce: transfer.nonce,
                deadline: transfer.deadline
            }),
            IPermit2.SignatureTransferDetails({to: address(this), requestedAmount: basket.budget}),
            msg.sender,
            transfer.signature
        );
        _requireArrived(basket.asset, before, basket.budget);
    }

    function _buyAll(Leg[] calldata legs, Basket memory basket)
        private
        returns (CoverId[] memory covers, uint256 spent)
    {
        covers = new CoverId[](legs.length);
        for (uint256 i; i < legs.length; ++i) {
            covers[i] = _buyLeg(legs[i], basket);
        }
        spent = basket.spent;
        _returnRest(basket.asset);
        emit CoversBought(msg.sender, basket.asset, spent, covers);
    }

    function _buyLeg(Leg calldata leg, Basket memory basket) private returns (CoverId cover) {
        BuyParams memory params = leg.params;
        uint256 most = _min(params.maxPremium, basket.budget - basket.spent);
        params.maxPremium = uint96(most);
        if (params.recipient == address(0)) params.recipient = msg.sender;

        basket.asset.safeApproveWithRetry(leg.pool, most);
        try IPool(leg.pool).buy(params) returns (CoverId id, uint256 premium) {
            cover = id;
            basket.spent += premium;
        } catch (bytes memory reason) {
            _refuse(reason, most < leg.params.maxPremium, basket);
        }
        _revoke(basket.asset, leg.pool);
    }

    /// @dev Says what was short where the leg's own limit was not; otherwise passes on what the pool said.
    function _refuse(bytes memory reason, bool clamped, Basket memory basket) private pure {
        if (clamped && bytes4(reason) == IPoolEvents.PremiumAboveMax.selector && reason.length == 68) {
            uint256 total;
            assembly ("memory-safe") {
                total := mload(add(reason, 36))
            }
            total += basket.spent;
            if (total > basket.maxTotal) revert TotalAboveMax(total, basket.maxTotal);
            revert PaymentShort(basket.budget, total);
        }
        assembly ("memory-safe") {
            revert(add(reason, 32), mload(reason))
        }
    }

    function _tryPermit(address asset, TokenPermit calldata permit) private {
        try IERC2612(asset)
            .permit(msg.sender, address(this), permit.value, permit.deadline, permit.v, permit.r, permit.s) {}
            catch {}
    }

    function _take(address asset, uint256 amount) private {
        uint256 before = asset.balanceOf(address(this));
        asset.safeTransferFrom(msg.sender, address(this), amount);
        _requireArrived(asset, before, amount);
    }

    function _revoke(address asset, address spender) private {
        if (IERC20(asset).allowance(address(this), spender) != 0) asset.safeApprove(spender, 0);
    }

    /// @dev All there is, so that nothing stays, even what was sent here by mistake.
    function _returnRest(address asset) private {
        uint256 rest = asset.balanceOf(address(this));
        if (rest != 0) asset.safeTransfer(msg.sender, rest);
    }

    function _availableByAllowance(address asset) private view returns (uint256) {
        return _min(IERC20(asset).balanceOf(msg.sender), IERC20(asset).allowance(msg.sender, address(this)));
    }

    function _requireArrived(address asset, uint256 before, uint256 amount) private view {
        uint256 arrived = asset.balanceOf(address(this)) - before;
        if (arrived < amount) revert PaymentShort(arrived, amount);
    }

    function _requireGenuine(address pool) private view {
        if (FACTORY.indexOf(pool) == 0) revert PoolNotGenuine(pool);
    }

    function _requireBefore(uint256 deadline) private view {
        if (block.timestamp > deadline) revert Expired(deadline, block.timestamp);
    }

    function _min(uint256 a, uint256 b) private pure returns (uint256) {
        return a < b ? a : b;
    }
}
