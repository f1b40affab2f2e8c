// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IMarketRegistry} from "../../src/interfaces/IMarketRegistry.sol";
import {IPredicate} from "../../src/interfaces/IPredicate.sol";
import {MarketRegistry} from "../../src/markets/MarketRegistry.sol";
import {MarketId} from "../../src/types/MarketId.sol";
import {MarketStatus} from "../../src/types/MarketStatus.sol";
import {MarketTerms, ScopeLevel} from "../../src/types/MarketTerms.sol";
import {Artifacts} from "./Artifacts.sol";
import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";

/// @notice Accepts the configuration "good" alone.
contract PickyPredicate {
    function check(bytes calldata config) external pure {
        if (keccak256(config) != keccak256("good")) revert IPredicate.ConfigInvalid("not good");
    }
}

/// @notice A registry with a guardian, a governor and an incident board.
abstract contract RegistryFixture is Artifacts {
    uint64 internal constant GUARDIAN_ROLE = 1;
    uint64 internal constant GOVERNOR_ROLE = 2;
    uint256 internal constant START = 1_800_000_000;

    address internal governor = makeAddr("governor");
    address internal guardian = makeAddr("guardian");
    address internal board = makeAddr("incident board");
    address internal route = makeAddr("route");
    AccessManager internal manager;
    IMarketRegistry internal registry;
    address internal predicate;

    function setUp() public virtual {
        vm.warp(START);
        manager = new AccessManager(address(this));
        predicate = address(new PickyPredicate());
        registry = IMarketRegistry(deploy("MarketRegistry", abi.encode(address(manager), board)));
        assertEq(MarketRegistry(address(registry)).INCIDENT_BOARD(), board);
        manager.grantRole(GUARDIAN_ROLE, guardian, 0);
        manager.grantRole(GOVERNOR_ROLE, governor, 0);
        bytes4[] memory selectors = new bytes4[](1);
        selectors[0] = IMarketRegistry.closeForAWhile.selector;
        manager.setTargetFunctionRole(address(registry), selectors, GUARDIAN_ROLE);
        selectors = new bytes4[](2);
        (selectors[0], selectors[1]) = (IMarketRegistry.close.selector, IMarketRegistry.open.selector);
        manager.setTargetFunctionRole(address(registry), selectors, GOVERNOR_ROLE);
    }

    function typicalTerms() internal view returns (MarketTerms memory terms) {
        terms.scope.level = ScopeLevel.Contract;
        terms.scope.chainId = 1;
        terms.scope.protocol = "Example Lending";
        terms.scope.contracts = new address[](1);
        terms.scope.contracts[0] = address(0xC0);
        terms.asset = address(0xA5);
        (terms.predicate, terms.predicateConfig) = (predicate, "good");
        (terms.exposure, terms.exposureConfig) = (address(0xE1), "account");
        terms.routes = new address[](1);
        terms.routes[0] = route;
        terms.groups = new uint16[](2);
        (terms.groups[0], terms.groups[1]) = (7, 0x8003);
        (terms.waitingPeriod, terms.raiseWindow) = (72 hours, 7 days);
        terms.claimWindow = 90 days;
        terms.deductibleBps = 500;
        (terms.termsURI, terms.termsHash) = ("ipfs://terms", keccak256("terms"));
    }

    function registerTypical() internal returns (MarketId) {
        return registry.register(typicalTerms());
    }

    function statusOf(MarketId market) internal view returns (MarketStatus) {
        return registry.status(market);
    }

    function allows(MarketId market, uint8 operation) internal view returns (bool) {
        return registry.status(market).allows(operation, block.timestamp);
    }

    function inFuture(uint256 time) internal view returns (uint40) {
        return uint40(block.timestamp + time);
    }
}
