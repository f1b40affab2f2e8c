// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {LibClone} from "solady/utils/LibClone.sol";
import {MetadataReaderLib} from "solady/utils/MetadataReaderLib.sol";

import {IPoolFactory, PoolSettings} from "../interfaces/IPoolFactory.sol";
import {PoolThirdPart} from "./PoolThirdPart.sol";

/// @title Makes pools: one clone each, at an address that follows from its index
/// @dev The addresses of what pools depend on are fixed when their implementation is deployed; it names this factory.
contract PoolFactory is IPoolFactory {
    address public immutable POOL_IMPLEMENTATION;
    address public immutable VAULT_IMPLEMENTATION;

    uint256 public override poolCount;
    mapping(address => uint256) public override indexOf;
    mapping(address => address[2]) private _vaults;

    constructor(address poolImplementation, address vaultImplementation) {
        POOL_IMPLEMENTATION = poolImplementation;
        VAULT_IMPLEMENTATION = vaultImplementation;
    }

    /// @inheritdoc IPoolFactory
    function create(PoolSettings calldata settings) external returns (address pool) {
        uint256 index = ++poolCount;
        if (index > type(uint32).max - 1) revert PoolUnknown(index);
        uint8 decimals = MetadataReaderLib.readDecimals(settings.asset);
        pool = LibClone.cloneDeterministic(POOL_IMPLEMENTATION, bytes32(index));
        indexOf[pool] = index;
        address junior = _vault(pool, settings, decimals, false);
        address senior = _vault(pool, settings, decimals, true);
        _vaults[pool] = [junior, senior];
        PoolThirdPart(pool).initialise(uint32(index), settings, decimals, junior, senior);
        emit PoolCreated(index, pool, junior, senior, settings);
    }

    function _vault(address pool, PoolSettings calldata s, uint8 decimals, bool senior) private returns (address) {
        bytes memory name = bytes(string.concat(s.name, senior ? " Senior" : " Junior"));
        if (name.length > 64) revert NameTooLong(name.length, 64);
        bytes memory args = abi.encodePacked(
            pool, s.asset, senior, decimals + 3, uint8(name.length), name, s.symbol, senior ? "-S" : "-J"
        );
        return LibClone.clone(VAULT_IMPLEMENTATION, args);
    }

    /// @inheritdoc IPoolFactory
    function poolAt(uint256 index) external view returns (address) {
        return LibClone.predictDeterministicAddress(POOL_IMPLEMENTATION, bytes32(index), address(this));
    }

    /// @inheritdoc IPoolFactory
    function vaultsOf(address pool) external view returns (address junior, address senior) {
        return (_vaults[pool][0], _vaults[pool][1]);
    }
}
