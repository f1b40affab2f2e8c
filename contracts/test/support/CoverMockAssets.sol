// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC20} from "solady/tokens/ERC20.sol";

/// @notice ERC-20 with EIP-2612, both from solady.
contract CoverMockAsset is ERC20 {
    string private _name;
    string private _symbol;
    uint8 private immutable DECIMALS;

    constructor(string memory name_, string memory symbol_, uint8 decimals_) {
        _name = name_;
        _symbol = symbol_;
        DECIMALS = decimals_;
    }

    function name() public view override returns (string memory) {
        return _name;
    }

    function symbol() public view override returns (string memory) {
        return _symbol;
    }

    function decimals() public view override returns (uint8) {
        return DECIMALS;
    }

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    function _givePermit2InfiniteAllowance() internal pure override returns (bool) {
        return false;
    }
}

/// @notice Keeps a share of every transfer.
contract CoverMockFeeAsset is CoverMockAsset("Fee", "FEE", 18) {
    function _afterTokenTransfer(address from, address to, uint256 amount) internal override {
        if (from != address(0) && to != address(0)) _burn(to, amount / 100);
    }
}

/// @notice Calls whoever receives it, as ERC-777 does.
contract CoverMockHookAsset is CoverMockAsset("Hook", "HOOK", 18) {
    bytes public call;
    address public target;
    bool public failed;
    bytes public reason;

    function arm(address target_, bytes calldata call_) external {
        (target, call) = (target_, call_);
    }

    function _afterTokenTransfer(address, address, uint256) internal override {
        if (target == address(0)) return;
        (bool ok, bytes memory answer) = target.call(call);
        if (!ok) (failed, reason) = (true, answer);
    }
}

/// @notice As USDT: returns nothing, and wants an allowance set to zero before another.
contract CoverMockSilentAsset {
    string public constant symbol = "USDT";
    uint8 public constant decimals = 6;

    mapping(address account => uint256) public balanceOf;
    mapping(address owner => mapping(address spender => uint256)) public allowance;

    function mint(address to, uint256 amount) external {
        balanceOf[to] += amount;
    }

    function approve(address spender, uint256 amount) external {
        require(amount == 0 || allowance[msg.sender][spender] == 0);
        allowance[msg.sender][spender] = amount;
    }

    function transfer(address to, uint256 amount) external {
        balanceOf[msg.sender] -= amount;
        balanceOf[to] += amount;
    }

    function transferFrom(address from, address to, uint256 amount) external {
        allowance[from][msg.sender] -= amount;
        balanceOf[from] -= amount;
        balanceOf[to] += amount;
    }
}

/// @notice Answers `symbol` and `decimals` with raw bytes.
contract CoverMockOddAsset {
    bytes private _symbolData;
    bytes private _decimalsData;
    bool private _burnsGas;

    constructor(bytes memory symbolData, bytes memory decimalsData, bool burnsGas) {
        (_symbolData, _decimalsData, _burnsGas) = (symbolData, decimalsData, burnsGas);
    }

    fallback(bytes calldata input) external returns (bytes memory) {
        if (_burnsGas) while (true) {}
        return bytes4(input) == 0x95d89b41 ? _raw(_symbolData) : _raw(_decimalsData);
    }

    function _raw(bytes memory data) private pure returns (bytes memory) {
        assembly {
            return(add(data, 32), mload(data))
        }
    }
}
