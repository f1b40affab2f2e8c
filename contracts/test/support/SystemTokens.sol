// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";

/// @notice A plain ERC-20 of any decimals that anyone can mint.
contract PlainToken is ERC20 {
    uint8 private immutable DECIMALS;

    constructor(string memory name_, uint8 decimals_) ERC20(name_, name_) {
        DECIMALS = decimals_;
    }

    function decimals() public view virtual override returns (uint8) {
        return DECIMALS;
    }

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }
}

/// @notice The same with EIP-2612 permits.
contract PermitToken is PlainToken, ERC20Permit {
    constructor(string memory name_, uint8 decimals_) PlainToken(name_, decimals_) ERC20Permit(name_) {}

    function decimals() public view override(PlainToken, ERC20) returns (uint8) {
        return super.decimals();
    }
}
