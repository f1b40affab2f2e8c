// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {CREATE3} from "solady/utils/CREATE3.sol";
import {LibClone} from "solady/utils/LibClone.sol";
import {MetadataReaderLib} from "solady/utils/MetadataReaderLib.sol";

import {IPool} from "../interfaces/IPool.sol";
import {IPoolFactory, PoolSettings} from "../interfaces/IPoolFactory.sol";
import {PoolThirdPart} from "./PoolThirdPart.sol";
import {TrancheVault} from "./TrancheVault.sol";

/// @title Makes pools: one clone each, at an address that follows from its index alone
/// @notice Permissionless. A pool's contract and vaults never change; its curator moves settings within bounds.
/// @dev Nothing else is ever deployed under an index: whoever sits at an index's address is that pool.
contract PoolFactory is IPoolFactory {
    /// @notice Code that every pool is a clone of, with its own constants behind it.
    address public immutable POOL_IMPLEMENTATION;

    /// @inheritdoc IPoolFactory
    uint256 public override poolCount;
    /// @inheritdoc IPoolFactory
    mapping(address => uint256) public override indexOf;
    mapping(address => address[2]) private _vaults;

    constructor(address poolImplementation) {
        POOL_IMPLEMENTATION = poolImplementation;
    }

    /// @inheritdoc IPoolFactory
    function create(PoolSettings calldata settings) external returns (address pool) {
        uint256 index = ++poolCount;
        pool = poolAt(index);
        uint8 decimals = MetadataReaderLib.readDecimals(settings.asset);
        address junior = _vault(pool, settings, decimals, false);
        address senior = _vault(pool, settings, decimals, true);
        indexOf[pool] = index;
        _vaults[pool] = [junior, senior];
        bytes memory constants = abi.encodePacked(
            settings.asset, junior, senior, uint32(index), decimals, settings.raiseWindowDays
        );
        CREATE3.deployDeterministic(LibClone.initCode(POOL_IMPLEMENTATION, constants), bytes32(index));
        PoolThirdPart(pool).initialise(settings);
        emit PoolCreated(index, pool, junior, senior, settings);
    }

    function _vault(address pool, PoolSettings calldata s, uint8 decimals, bool senior)
        private
        returns (address)
    {
        return address(
            new TrancheVault(
                IPool(pool),
                s.asset,
                senior,
                decimals + 3,
                string.concat(s.name, senior ? " Senior" : " Junior"),
                string.concat(s.symbol, senior ? "-S" : "-J")
            )
        );
    }

    /// @inheritdoc IPoolFactory
    function poolAt(uint256 index) public view returns (address) {
        return CREATE3.predictDeterministicAddress(bytes32(index));
    }

    /// @inheritdoc IPoolFactory
    function vaultsOf(address pool) external view returns (address junior, address senior) {
        return (_vaults[pool][0], _vaults[pool][1]);
    }
}
