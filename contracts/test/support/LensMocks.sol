// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC4626} from "solady/tokens/ERC4626.sol";

import {MarketId} from "../../src/types/MarketId.sol";
import {MarketStatus} from "../../src/types/MarketStatus.sol";
import {RiskCard, RiskInputs} from "../../src/types/RiskCards.sol";
import {ExitQueue} from "../../src/underwriting/ExitQueue.sol";

/// @notice A vault with requests of one account.
contract LensMockVault is ERC4626 {
    address private immutable ASSET;
    uint256[2][] private _requests;
    mapping(address controller => uint256[]) private _requestsOf;

    constructor(address asset_) {
        ASSET = asset_;
    }

    function asset() public view override returns (address) {
        return ASSET;
    }

    function name() public pure override returns (string memory) {
        return "Senior";
    }

    function symbol() public pure override returns (string memory) {
        return "SEN";
    }

    function _useVirtualShares() internal pure override returns (bool) {
        return false;
    }

    function ask(address controller, uint256 pending, uint256 claimable) external {
        _requests.push([pending, claimable]);
        _requestsOf[controller].push(_requests.length);
    }

    function requestsOf(address controller) external view returns (uint256[] memory) {
        return _requestsOf[controller];
    }

    function requestOf(uint256 id) external view returns (ExitQueue.Request memory request) {
        request.maturesAt = uint40(1000 + id);
        request.shares = uint128(_requests[id - 1][0] + _requests[id - 1][1]);
    }

    function pendingRedeemRequest(uint256 id, address) external view returns (uint256) {
        return _requests[id - 1][0];
    }

    function claimableRedeemRequest(uint256 id, address) external view returns (uint256) {
        return _requests[id - 1][1];
    }
}

/// @notice Registry, oracle and board in one, each with one fixed answer.
contract LensMockSources {
    function status(MarketId) external pure returns (MarketStatus) {
        return MarketStatus.wrap((1 << 176) | 0x8001);
    }

    function assetOf(MarketId) external pure returns (address) {
        return address(0xA55E7);
    }

    function inputs(MarketId, uint64 groups) external pure returns (RiskInputs memory result) {
        result.card = RiskCard.wrap(groups);
    }

    function incidentOf(MarketId) external pure returns (uint256) {
        return 5;
    }
}
