// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IRiskOracle} from "../interfaces/IRiskOracle.sol";
import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

/// @title Who signs risk cards
/// @notice Counts signatures over a card's hash; who publishes is the governor's choice.
/// @dev Only the access manager is called: nothing can re-enter.
abstract contract Publishers is IRiskOracle, AccessManaged, EIP712 {
    uint256 internal constant MAX_PUBLISHERS = 32;

    uint8 private _quorum;
    address[] private _publishers;
    mapping(address account => bool) private _isPublisher;

    constructor(address[] memory list, uint8 quorum) {
        _setPublishers(list, quorum);
    }

    /// @inheritdoc IRiskOracle
    function setPublishers(address[] calldata list, uint8 quorum) external restricted {
        _setPublishers(list, quorum);
    }

    /// @inheritdoc IRiskOracle
    function publishers() external view returns (address[] memory list, uint8 quorum) {
        return (_publishers, _quorum);
    }

    /// @dev Every signature given must be good, those beyond the quorum too.
    function _checkQuorum(bytes32 structHash, bytes[] calldata signatures) internal view {
        if (signatures.length < _quorum) revert QuorumShort(signatures.length, _quorum);
        bytes32 digest = _hashTypedDataV4(structHash);
        address previous;
        for (uint256 i; i < signatures.length; ++i) {
            address signer = ECDSA.recoverCalldata(digest, signatures[i]);
            if (signer <= previous) revert SignerOutOfOrder(previous, signer);
            if (!_isPublisher[signer]) revert NotPublisher(signer);
            previous = signer;
        }
    }

    function _setPublishers(address[] memory list, uint8 quorum) private {
        _checkPublishers(list, quorum);
        for (uint256 i; i < _publishers.length; ++i) {
            _isPublisher[_publishers[i]] = false;
        }
        for (uint256 i; i < list.length; ++i) {
            _isPublisher[list[i]] = true;
        }
        (_publishers, _quorum) = (list, quorum);
        emit PublishersChanged(list, quorum);
    }

    function _checkPublishers(address[] memory list, uint8 quorum) private pure {
        bool sized =
            list.length <= MAX_PUBLISHERS && quorum <= list.length && 2 * uint256(quorum) > list.length;
        if (!sized) revert PublishersInvalid();
        address previous;
        for (uint256 i; i < list.length; ++i) {
            if (list[i] <= previous) revert PublishersInvalid();
            previous = list[i];
        }
    }
}
