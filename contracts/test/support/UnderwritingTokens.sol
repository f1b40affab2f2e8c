// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {PlainToken} from "./SystemTokens.sol";

/// @notice Keeps a hundredth of every transfer while it is told to.
contract FeeToken is PlainToken {
    bool public taking;

    constructor() PlainToken("FEE", 6) {}

    function take(bool taking_) external {
        taking = taking_;
    }

    function _update(address from, address to, uint256 value) internal override {
        super._update(from, to, value);
        if (taking && from != address(0) && to != address(0)) super._update(to, address(0), value / 100);
    }
}

/// @notice Refuses to move to or from accounts on its list; may burn all gas instead.
contract BlockingToken is PlainToken {
    mapping(address => bool) public blocked;
    bool public burning;

    constructor() PlainToken("BLK", 6) {}

    function block_(address account, bool blocked_) external {
        blocked[account] = blocked_;
    }

    function burnGas(bool burning_) external {
        burning = burning_;
    }

    function _update(address from, address to, uint256 value) internal override {
        if (blocked[to]) {
            while (burning) {}
            revert("blocked");
        }
        super._update(from, to, value);
    }
}

/// @notice Returns nothing from transfers, as USDT.
contract SilentToken {
    uint8 public constant decimals = 6;
    mapping(address => uint256) public balanceOf;
    mapping(address => mapping(address => uint256)) public allowance;

    function mint(address to, uint256 amount) external {
        balanceOf[to] += amount;
    }

    function approve(address spender, uint256 amount) external returns (bool) {
        allowance[msg.sender][spender] = amount;
        return true;
    }

    function transfer(address to, uint256 amount) external {
        _move(msg.sender, to, amount);
    }

    function transferFrom(address from, address to, uint256 amount) external {
        allowance[from][msg.sender] -= amount;
        _move(from, to, amount);
    }

    function _move(address from, address to, uint256 amount) internal virtual {
        balanceOf[from] -= amount;
        balanceOf[to] += amount;
    }
}

/// @notice Returns nothing, refuses to reach accounts on its list, and keeps a part of every transfer while it is told to.
contract OddToken is SilentToken {
    mapping(address => bool) public refused;
    bool public taking;

    function refuse(address account, bool refused_) external {
        refused[account] = refused_;
    }

    function take(bool taking_) external {
        taking = taking_;
    }

    function _move(address from, address to, uint256 amount) internal override {
        require(!refused[to], "refused");
        super._move(from, to, amount);
        if (taking && amount != 0) balanceOf[to] -= amount / 100 + 1;
    }
}

/// @notice Calls back whoever a test names when it moves, as ERC-777 does.
contract HookToken is PlainToken {
    address public target;
    bytes public data;
    /// Where set, calls back only when this account moves the token.
    address public mover;
    bool public called;
    bool public succeeded;

    constructor(uint8 decimals_) PlainToken("HOOK", decimals_) {}

    function arm(address target_, bytes calldata data_) external {
        (target, data, called) = (target_, data_, false);
    }

    function armFor(address mover_, bytes calldata data_) external {
        (target, mover, data, called) = (mover_, mover_, data_, false);
    }

    function _update(address from, address to, uint256 value) internal override {
        super._update(from, to, value);
        if (target == address(0) || called || (mover != address(0) && msg.sender != mover)) return;
        called = true;
        (succeeded,) = target.call(data);
    }
}

/// @notice Refuses to move nothing.
contract ZeroRefusingToken is PlainToken {
    constructor(uint8 decimals_) PlainToken("NIL", decimals_) {}

    function _update(address from, address to, uint256 value) internal override {
        require(value != 0, "nothing to move");
        super._update(from, to, value);
    }
}
