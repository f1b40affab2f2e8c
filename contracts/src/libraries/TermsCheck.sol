// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IMarketRegistry} from "../interfaces/IMarketRegistry.sol";
import {IPredicate} from "../interfaces/IPredicate.sol";
import {MarketTerms, Scope, ScopeLevel} from "../types/MarketTerms.sol";

/// @title Bounds of a market's terms
/// @notice Refuses terms that no pool could carry or no predicate could evaluate.
library TermsCheck {
    uint256 internal constant MAX_ROUTES = 8;
    uint256 internal constant MAX_GROUPS = 4;
    /// @dev Contracts or selectors in a scope.
    uint256 internal constant MAX_LISTED = 64;
    uint256 internal constant MAX_TEXT = 256;
    uint256 internal constant MAX_CONFIG = 8192;
    uint256 private constant ANY = type(uint256).max;

    /// @notice Reverts unless every field of `terms` is within its bounds. Calls the predicate, statically.
    function check(MarketTerms calldata terms) internal view {
        checkScope(terms.scope);
        checkModules(terms);
        checkRoutes(terms.routes);
        checkPeriods(terms);
        bound("deductibleBps", terms.deductibleBps, 0, 5000);
        bound("termsURI", bytes(terms.termsURI).length, 1, MAX_TEXT);
        bound("termsHash", uint256(terms.termsHash), 1, ANY);
    }

    function checkScope(Scope calldata scope) internal pure {
        bound("chainId", scope.chainId, 1, type(uint64).max);
        bound("protocol", bytes(scope.protocol).length, 1, MAX_TEXT);
        bound("contracts", scope.contracts.length, scope.level == ScopeLevel.Protocol ? 0 : 1, MAX_LISTED);
        for (uint256 i; i < scope.contracts.length; ++i) {
            bound("contracts", uint160(scope.contracts[i]), 1, type(uint160).max);
        }
        bound("poolKey", uint256(scope.poolKey), 0, scope.level == ScopeLevel.Pool ? ANY : 0);
        bool byFunction = scope.level == ScopeLevel.Function;
        bound("selectors", scope.selectors.length, byFunction ? 1 : 0, byFunction ? MAX_LISTED : 0);
    }

    function checkModules(MarketTerms calldata terms) internal view {
        bound("asset", uint160(terms.asset), 1, type(uint160).max);
        bound("exposureConfig", terms.exposureConfig.length, 0, terms.exposure == address(0) ? 0 : MAX_CONFIG);
        if (terms.predicate == address(0)) {
            return bound("predicateConfig", terms.predicateConfig.length, 0, 0);
        }
        bound("predicate", terms.predicate.code.length, 1, ANY);
        bound("predicateConfig", terms.predicateConfig.length, 0, MAX_CONFIG);
        IPredicate(terms.predicate).check(terms.predicateConfig);
    }

    function checkRoutes(address[] calldata routes) internal pure {
        bound("routes", routes.length, 1, MAX_ROUTES);
        for (uint256 i; i < routes.length; ++i) {
            bound("routes", uint160(routes[i]), 1, type(uint160).max);
            for (uint256 j; j < i; ++j) {
                if (routes[j] == routes[i]) revert IMarketRegistry.RouteRepeated(routes[i]);
            }
        }
    }

    function checkPeriods(MarketTerms calldata terms) internal pure {
        bound("waitingPeriod", terms.waitingPeriod, 24 hours, 14 days);
        whole("waitingPeriod", terms.waitingPeriod, 1 hours);
        bound("raiseWindow", terms.raiseWindow, 2 days, 30 days);
        whole("raiseWindow", terms.raiseWindow, 1 days);
        bound("claimWindow", terms.claimWindow, 30 days, 365 days);
        whole("claimWindow", terms.claimWindow, 1 days);
    }

    /// @notice The groups in one word, 16 bits each; at most four, ascending, none zero.
    function packGroups(uint16[] calldata groups) internal pure returns (uint64 packed) {
        bound("groups", groups.length, 0, MAX_GROUPS);
        uint16 previous;
        for (uint256 i; i < groups.length; ++i) {
            if (groups[i] <= previous) revert IMarketRegistry.GroupsNotAscending(previous, groups[i]);
            previous = groups[i];
            packed |= uint64(uint256(previous) << (16 * i));
        }
    }

    function bound(string memory field, uint256 value, uint256 min, uint256 max) internal pure {
        if (value < min || value > max) revert IMarketRegistry.TermsOutOfBounds(field, value, min, max);
    }

    function whole(string memory field, uint256 value, uint256 unit) internal pure {
        if (value % unit != 0) revert IMarketRegistry.TermsNotWhole(field, value, unit);
    }
}
