// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";

/// @title Who may call what, and how long a call must be announced before it acts
/// @notice OpenZeppelin's access manager as it is. Roles, and the functions they are for, are set when a deployment is made.
contract Authority is AccessManager {
    constructor(address initialAdmin) AccessManager(initialAdmin) {}
}
