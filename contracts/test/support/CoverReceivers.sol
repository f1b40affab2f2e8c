// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC721} from "@openzeppelin/contracts/interfaces/IERC721.sol";
import {IERC721Receiver} from "@openzeppelin/contracts/interfaces/IERC721Receiver.sol";

/// @notice Answers `onERC721Received` with what it is told to, and remembers what it was asked, and how things stood.
contract AnsweringReceiver is IERC721Receiver {
    bytes4 public answer = IERC721Receiver.onERC721Received.selector;
    uint256 public calls;
    bytes32 public seen;
    address public ownerThen;
    address public approvedThen;

    function setAnswer(bytes4 value) external {
        answer = value;
    }

    function onERC721Received(address operator, address from, uint256 id, bytes calldata data)
        external
        returns (bytes4)
    {
        ++calls;
        seen = keccak256(abi.encode(msg.sender, operator, from, id, data));
        ownerThen = IERC721(msg.sender).ownerOf(id);
        approvedThen = IERC721(msg.sender).getApproved(id);
        return answer;
    }
}

/// @notice Refuses by reverting.
contract RevertingReceiver is IERC721Receiver {
    error Refused();

    function onERC721Received(address, address, uint256, bytes calldata) external pure returns (bytes4) {
        revert Refused();
    }
}

/// @notice Takes the call and says nothing.
contract SilentReceiver {
    function onERC721Received(address, address, uint256, bytes calldata) external {}
}

/// @notice Makes a call to the token while it receives one, and accepts whatever came of it.
contract ReenteringReceiver is IERC721Receiver {
    bytes private _attempt;
    bool public succeeded;

    function arm(bytes calldata attempt) external {
        _attempt = attempt;
    }

    function onERC721Received(address, address, uint256, bytes calldata) external returns (bytes4) {
        bytes memory attempt = _attempt;
        delete _attempt;
        if (attempt.length != 0) (succeeded,) = msg.sender.call(attempt);
        return IERC721Receiver.onERC721Received.selector;
    }
}

/// @notice Has itself given a token while it has no code yet.
contract ReceiverInConstruction {
    constructor(IERC721 token, address from, uint256 id) {
        token.safeTransferFrom(from, address(this), id);
    }
}
