// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {CREATE3} from "solady/utils/CREATE3.sol";
import {LibClone} from "solady/utils/LibClone.sol";
import {SafeTransferLib} from "solady/utils/SafeTransferLib.sol";

import {CoverToken} from "../../src/cover/CoverToken.sol";
import {IPoolEvents} from "../../src/interfaces/IPoolEvents.sol";
import {
    BuyParams,
    MarketState,
    Policy,
    PolicyState,
    PoolState,
    Quote,
    RollingOrder
} from "../../src/interfaces/IPoolTypes.sol";
import {CoverId, toCoverId} from "../../src/types/CoverId.sol";
import {MarketId} from "../../src/types/MarketId.sol";

/// @notice Makes mock pools as the factory does: CREATE2 clones of one implementation, the index as the salt.
contract CoverMockFactory {
    address public immutable implementation;
    uint256 public poolCount;
    mapping(address pool => uint256) public indexOf;
    mapping(address pool => address[2]) private _vaults;

    constructor(address implementation_) {
        implementation = implementation_;
    }

    function create(address asset, address token) external returns (address pool) {
        uint256 index = ++poolCount;
        pool = CREATE3.deployDeterministic(LibClone.initCode(implementation), bytes32(index));
        indexOf[pool] = index;
        CoverMockPool(pool).initialise(asset, token, index);
    }

    function setVaults(address pool, address junior, address senior) external {
        _vaults[pool] = [junior, senior];
    }

    function vaultsOf(address pool) external view returns (address junior, address senior) {
        return (_vaults[pool][0], _vaults[pool][1]);
    }

    function poolAt(uint256 index) external view returns (address) {
        return CREATE3.predictDeterministicAddress(bytes32(index));
    }
}

/// @notice Sells cover at a price that the test sets: `priceBps` of the cover.
contract CoverMockPool {
    using SafeTransferLib for address;

    address public asset;
    address public token;
    uint256 public poolIndex;
    uint64 public nextSequence;
    uint256 public priceBps;
    bool public broken;
    uint256 public pokes;

    mapping(CoverId cover => Policy) private _policies;
    BuyParams private _lastBuy;
    PoolState private _state;

    function initialise(address asset_, address token_, uint256 index) external {
        require(poolIndex == 0);
        (asset, token, poolIndex, nextSequence, priceBps) = (asset_, token_, index, 1, 100);
    }

    function setPrice(uint256 bps) external {
        priceBps = bps;
    }

    function setBroken(bool value) external {
        broken = value;
    }

    function setPolicy(CoverId cover, Policy calldata value) external {
        _policies[cover] = value;
    }

    function setState(PoolState calldata value) external {
        _state = value;
    }

    /// @dev Mints without a sale.
    function mint(address to, address insured) external {
        CoverToken(token).mint(to, toCoverId(poolIndex, nextSequence++), insured);
    }

    /// @dev Mints an id of the caller's choice.
    function mintId(address to, CoverId cover, address insured) external {
        CoverToken(token).mint(to, cover, insured);
    }

    function buy(BuyParams calldata params) external returns (CoverId id, uint256 premium) {
        premium = uint256(params.cover) * priceBps / 10_000;
        if (premium > params.maxPremium) revert IPoolEvents.PremiumAboveMax(premium, params.maxPremium);
        _lastBuy = params;
        asset.safeTransferFrom(msg.sender, address(this), premium);
        id = toCoverId(poolIndex, nextSequence++);
        uint256 start = block.timestamp + 3 days;
        _policies[id] = Policy({
            market: params.market,
            cover: params.cover,
            rate: premium,
            start: start,
            end: start + uint256(params.coverDays) * 1 days,
            state: PolicyState.Active
        });
        CoverToken(token).mint(params.recipient, id, params.insured);
    }

    function lastBuy() external view returns (BuyParams memory) {
        return _lastBuy;
    }

    function policy(CoverId id) external view returns (Policy memory) {
        require(!broken, "broken");
        return _policies[id];
    }

    function rollingOrder(CoverId) external pure returns (RollingOrder memory order) {
        order.addDays = 30;
    }

    function state() external view returns (PoolState memory) {
        require(!broken, "broken");
        return _state;
    }

    function marketState(MarketId market) external view returns (MarketState memory result) {
        require(MarketId.unwrap(market) != bytes32("bad"), "bad market");
        result.attached = true;
        result.committed = pokes;
    }

    function maxDeposit(bool senior) external pure returns (uint256) {
        return senior ? 2000 : 1000;
    }

    function poke(MarketId market, uint256) external {
        require(MarketId.unwrap(market) != bytes32("sleepy"), "no poke");
        ++pokes;
    }

    function quote(MarketId market, uint256 cover, uint256) external view returns (Quote memory result) {
        require(MarketId.unwrap(market) != bytes32("bad"), "bad market");
        result.premium = cover * priceBps / 10_000 + 100 - pokes;
    }
}
