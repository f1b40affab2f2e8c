// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Test} from "forge-std/Test.sol";
import {CREATE3} from "solady/utils/CREATE3.sol";

import {Deployer} from "../../../src/periphery/Deployer.sol";

/// @dev Two of these can be deployed naming each other.
contract Half {
    address public immutable OTHER;

    constructor(address other) {
        require(other != address(0), "no other");
        OTHER = other;
    }
}

contract DeployerTest is Test {
    Deployer internal deployer = new Deployer();

    function test_DeploysContractsThatNameEachOther() external {
        address first = deployer.addressOf(address(this), "first");
        address second = deployer.addressOf(address(this), "second");
        assertEq(deployer.deploy("first", _half(second)), first);
        assertEq(deployer.deploy("second", _half(first)), second);
        assertEq(Half(first).OTHER(), second);
        assertEq(Half(second).OTHER(), first);
    }

    function test_GivesEveryAccountAddressesOfItsOwn(address account) external {
        vm.assume(account != address(this));
        address ours = deployer.addressOf(address(this), "salt");
        assertNotEq(deployer.addressOf(account, "salt"), ours);
        vm.prank(account);
        assertNotEq(deployer.deploy("salt", _half(account == address(0) ? ours : account)), ours);
        assertEq(ours.code.length, 0);
    }

    function test_RevertWhen_TheSaltWasUsed() external {
        deployer.deploy("salt", _half(address(this)));
        vm.expectRevert(CREATE3.DeploymentFailed.selector);
        deployer.deploy("salt", _half(address(this)));
    }

    function test_RevertWhen_TheConstructorReverts() external {
        vm.expectRevert(CREATE3.DeploymentFailed.selector);
        deployer.deploy("salt", _half(address(0)));
    }

    function _half(address other) private pure returns (bytes memory) {
        return abi.encodePacked(type(Half).creationCode, abi.encode(other));
    }
}
