// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IMarketRegistry} from "../../../src/interfaces/IMarketRegistry.sol";
import {IPredicate} from "../../../src/interfaces/IPredicate.sol";
import {MarketId} from "../../../src/types/MarketId.sol";
import {MarketStatus, OP_BUY, OP_EXTEND, PHASE_OPEN} from "../../../src/types/MarketStatus.sol";
import {MarketTerms, ScopeLevel} from "../../../src/types/MarketTerms.sol";
import {RegistryFixture} from "../../support/RegistryFixture.sol";

contract RegisterTest is RegistryFixture {
    uint256 private constant ANY = type(uint256).max;

    function test_WhenTermsAreGood_AnyoneRegisters(address caller) public {
        MarketTerms memory terms = typicalTerms();
        MarketId expected = MarketId.wrap(keccak256(abi.encode(terms)));
        vm.expectEmit(address(registry));
        emit IMarketRegistry.MarketRegistered(expected, terms);
        vm.prank(caller);
        MarketId market = registry.register(terms);
        assertTrue(market == expected);
        assertTrue(registry.idOf(terms) == expected);
    }

    function test_WhenRegistered_ItsStatusAndDetailsAreThere() public {
        MarketId market = registerTypical();
        MarketStatus status = statusOf(market);
        assertTrue(status.registered());
        assertEq(status.phase(), PHASE_OPEN);
        assertEq(status.groups(), 7 | (0x8003 << 16));
        assertEq(status.waitingPeriod(), 72 hours);
        assertEq(status.raiseWindow(), 7 days);
        assertEq(status.claimWindow(), 90 days);
        assertEq(status.deductibleBps(), 500);
        assertEq(status.closedOperations(), 0);
        assertEq(status.haltedOperations(), 0);
        assertTrue(allows(market, OP_BUY) && allows(market, OP_EXTEND));
        assertEq(registry.assetOf(market), address(0xA5));
        assertEq(registry.exposureOf(market), address(0xE1));
        assertTrue(registry.accepts(market, route));
        assertFalse(registry.accepts(market, board));
    }

    function test_WhenUnknown_NothingIsAllowed(MarketId market, address account) public view {
        assertEq(MarketStatus.unwrap(statusOf(market)), 0);
        assertFalse(allows(market, OP_BUY) || allows(market, OP_EXTEND));
        assertEq(registry.assetOf(market), address(0));
        assertEq(registry.exposureOf(market), address(0));
        assertFalse(registry.accepts(market, account));
    }

    function test_StatusIsOneSlot() public {
        MarketId market = registerTypical();
        vm.record();
        registry.status(market);
        (bytes32[] memory reads,) = vm.accesses(address(registry));
        assertEq(reads.length, 1);
    }

    function test_WhenAnyFieldDiffers_TheIdDiffers(uint32 waiting, bytes32 hash, bytes4 selector)
        public
        view
    {
        MarketTerms memory terms = typicalTerms();
        MarketId id = registry.idOf(terms);
        terms.waitingPeriod ^= waiting | 1;
        assertTrue(registry.idOf(terms) != id);
        terms = typicalTerms();
        terms.termsHash ^= hash | bytes32(uint256(1));
        assertTrue(registry.idOf(terms) != id);
        terms = typicalTerms();
        terms.scope.selectors = new bytes4[](1);
        terms.scope.selectors[0] = selector;
        assertTrue(registry.idOf(terms) != id);
    }

    function test_WhenAtTheBounds_IsAccepted() public {
        MarketTerms memory terms = typicalTerms();
        (terms.waitingPeriod, terms.raiseWindow) = (24 hours, 2 days);
        (terms.claimWindow, terms.deductibleBps) = (30 days, 0);
        (terms.predicate, terms.predicateConfig) = (address(0), "");
        (terms.exposure, terms.exposureConfig) = (address(0), "");
        terms.groups = new uint16[](0);
        registry.register(terms);
        terms = typicalTerms();
        (terms.waitingPeriod, terms.raiseWindow) = (14 days, 30 days);
        (terms.claimWindow, terms.deductibleBps) = (365 days, 5000);
        terms.groups = new uint16[](4);
        (terms.groups[0], terms.groups[1]) = (1, 2);
        (terms.groups[2], terms.groups[3]) = (0x8000, 0xffff);
        terms.routes = manyRoutes(8);
        MarketStatus status = statusOf(registry.register(terms));
        assertEq(status.waitingPeriod(), 14 days);
        assertEq(status.raiseWindow(), 30 days);
        assertEq(status.claimWindow(), 365 days);
        assertEq(status.deductibleBps(), 5000);
        assertEq(status.groups(), 0xffff800000020001);
    }

    function test_WhenScopeFitsItsLevel_IsAccepted() public {
        MarketTerms memory terms = typicalTerms();
        terms.scope.level = ScopeLevel.Protocol;
        terms.scope.contracts = new address[](0);
        registry.register(terms);
        terms = typicalTerms();
        (terms.scope.level, terms.scope.poolKey) = (ScopeLevel.Pool, bytes32(uint256(9)));
        registry.register(terms);
        terms = typicalTerms();
        terms.scope.level = ScopeLevel.Function;
        terms.scope.selectors = new bytes4[](1);
        registry.register(terms);
    }

    function test_RevertWhen_AlreadyRegistered() public {
        MarketId market = registerTypical();
        vm.expectRevert(abi.encodeWithSelector(IMarketRegistry.MarketAlreadyRegistered.selector, market));
        registry.register(typicalTerms());
    }

    function test_RevertWhen_AlreadyRegisteredAndEnded() public {
        MarketId market = registerTypical();
        vm.prank(board);
        registry.setPhase(market, 2);
        vm.expectRevert(abi.encodeWithSelector(IMarketRegistry.MarketAlreadyRegistered.selector, market));
        registry.register(typicalTerms());
    }

    function test_RevertWhen_WaitingPeriodOutOfBounds() public {
        MarketTerms memory terms = typicalTerms();
        terms.waitingPeriod = 23 hours;
        expectOutOfBounds(terms, "waitingPeriod", 23 hours, 24 hours, 14 days);
        terms.waitingPeriod = 14 days + 1 hours;
        expectOutOfBounds(terms, "waitingPeriod", 14 days + 1 hours, 24 hours, 14 days);
        terms.waitingPeriod = 24 hours + 1;
        expectNotWhole(terms, "waitingPeriod", 24 hours + 1, 1 hours);
    }

    function test_RevertWhen_RaiseWindowOutOfBounds() public {
        MarketTerms memory terms = typicalTerms();
        terms.raiseWindow = 1 days;
        expectOutOfBounds(terms, "raiseWindow", 1 days, 2 days, 30 days);
        terms.raiseWindow = 31 days;
        expectOutOfBounds(terms, "raiseWindow", 31 days, 2 days, 30 days);
        terms.raiseWindow = 2 days + 1;
        expectNotWhole(terms, "raiseWindow", 2 days + 1, 1 days);
    }

    function test_RevertWhen_ClaimWindowOutOfBounds() public {
        MarketTerms memory terms = typicalTerms();
        terms.claimWindow = 29 days;
        expectOutOfBounds(terms, "claimWindow", 29 days, 30 days, 365 days);
        terms.claimWindow = 366 days;
        expectOutOfBounds(terms, "claimWindow", 366 days, 30 days, 365 days);
        terms.claimWindow = 30 days + 1 hours;
        expectNotWhole(terms, "claimWindow", 30 days + 1 hours, 1 days);
    }

    function test_RevertWhen_DeductibleOutOfBounds() public {
        MarketTerms memory terms = typicalTerms();
        terms.deductibleBps = 5001;
        expectOutOfBounds(terms, "deductibleBps", 5001, 0, 5000);
    }

    function test_RevertWhen_GroupsAreNotAscending() public {
        MarketTerms memory terms = typicalTerms();
        (terms.groups[0], terms.groups[1]) = (9, 8);
        expectGroupsRefused(terms, 9, 8);
        (terms.groups[0], terms.groups[1]) = (9, 9);
        expectGroupsRefused(terms, 9, 9);
        (terms.groups[0], terms.groups[1]) = (0, 9);
        expectGroupsRefused(terms, 0, 0);
    }

    function test_RevertWhen_MoreThanFourGroups() public {
        MarketTerms memory terms = typicalTerms();
        terms.groups = new uint16[](5);
        expectOutOfBounds(terms, "groups", 5, 0, 4);
    }

    function test_RevertWhen_RoutesOutOfBounds() public {
        MarketTerms memory terms = typicalTerms();
        terms.routes = new address[](0);
        expectOutOfBounds(terms, "routes", 0, 1, 8);
        terms.routes = manyRoutes(9);
        expectOutOfBounds(terms, "routes", 9, 1, 8);
        terms.routes = new address[](1);
        expectOutOfBounds(terms, "routes", 0, 1, type(uint160).max);
    }

    function test_RevertWhen_RouteIsRepeated() public {
        MarketTerms memory terms = typicalTerms();
        terms.routes = manyRoutes(3);
        terms.routes[2] = terms.routes[0];
        expectRefused(terms, abi.encodeWithSelector(IMarketRegistry.RouteRepeated.selector, terms.routes[0]));
    }

    function test_RevertWhen_AssetIsZero() public {
        MarketTerms memory terms = typicalTerms();
        terms.asset = address(0);
        expectOutOfBounds(terms, "asset", 0, 1, type(uint160).max);
    }

    function test_RevertWhen_PredicateRefusesItsConfig() public {
        MarketTerms memory terms = typicalTerms();
        terms.predicateConfig = "bad";
        expectRefused(terms, abi.encodeWithSelector(IPredicate.ConfigInvalid.selector, "not good"));
    }

    function test_RevertWhen_PredicateHasNoCode() public {
        MarketTerms memory terms = typicalTerms();
        terms.predicate = makeAddr("no code");
        expectOutOfBounds(terms, "predicate", 0, 1, ANY);
    }

    function test_RevertWhen_ConfigHasNoModule() public {
        MarketTerms memory terms = typicalTerms();
        terms.predicate = address(0);
        expectOutOfBounds(terms, "predicateConfig", 4, 0, 0);
        terms = typicalTerms();
        terms.exposure = address(0);
        expectOutOfBounds(terms, "exposureConfig", 7, 0, 0);
    }

    function test_RevertWhen_ConfigIsTooLong() public {
        MarketTerms memory terms = typicalTerms();
        terms.predicateConfig = new bytes(8193);
        expectOutOfBounds(terms, "predicateConfig", 8193, 0, 8192);
        terms = typicalTerms();
        terms.exposureConfig = new bytes(8193);
        expectOutOfBounds(terms, "exposureConfig", 8193, 0, 8192);
    }

    function test_RevertWhen_TextIsMissingOrTooLong() public {
        MarketTerms memory terms = typicalTerms();
        terms.termsURI = "";
        expectOutOfBounds(terms, "termsURI", 0, 1, 256);
        terms.termsURI = string(new bytes(257));
        expectOutOfBounds(terms, "termsURI", 257, 1, 256);
        terms = typicalTerms();
        terms.termsHash = 0;
        expectOutOfBounds(terms, "termsHash", 0, 1, ANY);
        terms = typicalTerms();
        terms.scope.protocol = "";
        expectOutOfBounds(terms, "protocol", 0, 1, 256);
    }

    function test_RevertWhen_ScopeDoesNotFitItsLevel() public {
        MarketTerms memory terms = typicalTerms();
        terms.scope.chainId = 0;
        expectOutOfBounds(terms, "chainId", 0, 1, type(uint64).max);
        terms = typicalTerms();
        terms.scope.contracts = new address[](0);
        expectOutOfBounds(terms, "contracts", 0, 1, 64);
        terms.scope.contracts = new address[](1);
        expectOutOfBounds(terms, "contracts", 0, 1, type(uint160).max);
        terms.scope.contracts = new address[](65);
        expectOutOfBounds(terms, "contracts", 65, 1, 64);
        terms = typicalTerms();
        terms.scope.poolKey = bytes32(uint256(9));
        expectOutOfBounds(terms, "poolKey", 9, 0, 0);
        terms = typicalTerms();
        terms.scope.selectors = new bytes4[](1);
        expectOutOfBounds(terms, "selectors", 1, 0, 0);
        terms = typicalTerms();
        terms.scope.level = ScopeLevel.Function;
        expectOutOfBounds(terms, "selectors", 0, 1, 64);
    }

    function manyRoutes(uint256 count) internal pure returns (address[] memory routes) {
        routes = new address[](count);
        for (uint256 i; i < count; ++i) {
            routes[i] = address(uint160(0x1000 + i));
        }
    }

    function expectGroupsRefused(MarketTerms memory terms, uint16 previous, uint16 next) internal {
        expectRefused(
            terms, abi.encodeWithSelector(IMarketRegistry.GroupsNotAscending.selector, previous, next)
        );
    }

    function expectNotWhole(MarketTerms memory terms, string memory field, uint256 value, uint256 unit)
        internal
    {
        expectRefused(
            terms, abi.encodeWithSelector(IMarketRegistry.TermsNotWhole.selector, field, value, unit)
        );
    }

    function expectOutOfBounds(
        MarketTerms memory terms,
        string memory field,
        uint256 value,
        uint256 min,
        uint256 max
    ) internal {
        expectRefused(
            terms, abi.encodeWithSelector(IMarketRegistry.TermsOutOfBounds.selector, field, value, min, max)
        );
    }

    function expectRefused(MarketTerms memory terms, bytes memory reason) internal {
        vm.expectRevert(reason);
        registry.register(terms);
    }
}
