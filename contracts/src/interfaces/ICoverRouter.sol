// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {CoverId} from "../types/CoverId.sol";
import {BuyParams} from "./IPoolTypes.sol";

/// @notice One purchase of several. A zero recipient is the caller.
struct Leg {
    address pool;
    BuyParams params;
}

/// @notice EIP-2612 permit of the caller for the router.
struct TokenPermit {
    uint256 value;
    uint256 deadline;
    uint8 v;
    bytes32 r;
    bytes32 s;
}

/// @notice Permit2 signature transfer (`PermitTransferFrom`, no witness) of the caller for the router.
struct Permit2Transfer {
    /// Most that the signature allows, asset units.
    uint256 amount;
    uint256 nonce;
    uint256 deadline;
    bytes signature;
}

/// @title Several covers in one transaction, and permits
/// @notice The router takes what the legs may cost at most, buys, and returns the rest in the same transaction: between
/// transactions it holds no balance and no pool or vault has an allowance from it. All legs are of pools with one asset.
/// The caller alone pays; whoever else carries a permit of theirs here cannot use it.
///
/// What is taken is the least of: the sum of the legs' `maxPremium`, `maxTotal`, what the caller holds and what the
/// caller allows. A transaction does not fail because the caller holds less than the most it may cost, only if it holds
/// less than what it costs.
/// @dev Safety: pools and vaults are the factory's. The asset may be anything: a malicious one harms only who pays with it.
/// Reentrancy: every function is guarded.
interface ICoverRouter {
    /// @notice A basket of covers was bought; `spent` is what all of them cost, fees included, asset units.
    event CoversBought(address indexed payer, address indexed asset, uint256 spent, CoverId[] covers);

    /// @notice There is nothing to buy.
    error LegsEmpty();
    /// @notice The address is not a pool of the factory.
    error PoolNotGenuine(address pool);
    /// @notice All legs must be of pools with the first one's asset.
    error AssetDiffers(address pool, address asset, address expected);
    /// @notice The legs cost more than the caller allows, asset units.
    /// @param total cost of the legs up to the one that broke the limit
    error TotalAboveMax(uint256 total, uint256 maxTotal);
    /// @notice The transaction came after its deadline; both in seconds.
    error Expired(uint256 deadline, uint256 time);
    /// @notice What the caller holds or allows, or what arrived (an asset that takes a fee), is less than needed.
    error PaymentShort(uint256 available, uint256 needed);
    /// @notice The deposit gives fewer shares than the caller accepts.
    error SharesBelowMin(uint256 shares, uint256 minShares);
    /// @notice Permit2 is not deployed on this chain.
    error Permit2Missing();

    /// @notice Buys, paid by allowance to the router.
    /// @param maxTotal most that all legs may cost together, fees included, asset units
    /// @param deadline last second in which this may happen
    /// @return covers ids, in the order of the legs
    /// @return spent what was paid, fees included, asset units
    function buy(Leg[] calldata legs, uint256 maxTotal, uint256 deadline)
        external
        returns (CoverId[] memory covers, uint256 spent);

    /// @notice As `buy`, after an EIP-2612 permit. A permit that fails is passed over: somebody may have sent it before,
    /// and then the allowance is there.
    function buyWithPermit(
        Leg[] calldata legs,
        uint256 maxTotal,
        uint256 deadline,
        TokenPermit calldata permit
    ) external returns (CoverId[] memory covers, uint256 spent);

    /// @notice As `buy`, paid through Permit2.
    function buyWithPermit2(
        Leg[] calldata legs,
        uint256 maxTotal,
        uint256 deadline,
        Permit2Transfer calldata transfer
    ) external returns (CoverId[] memory covers, uint256 spent);

    /// @notice Deposits into a tranche of a pool, after an EIP-2612 permit (passed over if it fails).
    /// @param receiver account that gets the shares; zero is the caller
    /// @param minShares least that is accepted
    /// @return shares what `receiver` got
    function depositWithPermit(
        address pool,
        bool senior,
        uint256 assets,
        address receiver,
        uint256 minShares,
        uint256 deadline,
        TokenPermit calldata permit
    ) external returns (uint256 shares);
}
