// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";

import {IncidentBoard} from "../../src/incidents/IncidentBoard.sol";
import {Term, ViewMetric, ViewMetricConfig} from "../../src/incidents/predicates/ViewMetric.sol";
import {Finding, Incident, IncidentState} from "../../src/interfaces/IIncidentBoard.sol";
import {MarketId} from "../../src/types/MarketId.sol";
import {MarketTerms} from "../../src/types/MarketTerms.sol";
import {Artifacts} from "./Artifacts.sol";
import {
    MockIncidentFactory,
    MockIncidentPool,
    MockIncidentRegistry,
    MockIncidentToken,
    MockIncidentVault
} from "./IncidentMocks.sol";

/// @dev A board with a mock registry and factory, one market with two plain routes, and a bonded third.
abstract contract IncidentFixture is Artifacts {
    uint96 internal constant FLOOR = 1_000e6;
    uint256 internal constant START = 1_800_000_000;

    AccessManager internal manager;
    MockIncidentRegistry internal registry;
    MockIncidentFactory internal factory;
    IncidentBoard internal board;
    ViewMetric internal metric;
    MockIncidentToken internal asset;
    MockIncidentVault internal vault;
    MockIncidentPool internal pool;
    MockIncidentPool internal otherPool;

    address internal route = makeAddr("route");
    address internal secondRoute = makeAddr("second route");
    address internal bondedRoute = makeAddr("bonded route");
    address internal stranger = makeAddr("stranger");

    MarketTerms internal terms;
    MarketId internal market;

    function setUp() public virtual {
        vm.warp(START);
        vm.roll(20_000_000);
        manager = new AccessManager(address(this));
        registry = new MockIncidentRegistry();
        factory = new MockIncidentFactory();
        asset = new MockIncidentToken();
        vault = new MockIncidentVault();
        pool = new MockIncidentPool();
        otherPool = new MockIncidentPool();
        factory.add(address(pool));
        factory.add(address(otherPool));
        board = IncidentBoard(deploy("IncidentBoard", abi.encode(manager, registry, factory)));
        metric = ViewMetric(deploy("ViewMetric", ""));
        registry.setBoard(address(board));

        _setTerms();
        _acceptRoute(route);
        _acceptRoute(secondRoute);
        _acceptBonded(bondedRoute);
        _registerMarket();
        board.setBondFloor(bondedRoute, address(asset), FLOOR);
        _fund(bondedRoute, 1_000_000e6);
    }

    function _setTerms() internal {
        terms.scope.chainId = uint64(block.chainid);
        terms.scope.protocol = "Vault";
        terms.scope.contracts.push(address(vault));
        terms.asset = address(asset);
        terms.predicate = address(metric);
        terms.predicateConfig = _priceConfig();
        terms.waitingPeriod = 72 hours;
        terms.raiseWindow = 7 days;
        terms.claimWindow = 90 days;
        terms.deductibleBps = 500;
        terms.groups.push(0x8001);
    }

    function _acceptRoute(address accepted) internal {
        board.enableRoute(accepted, false);
        terms.routes.push(accepted);
    }

    function _acceptBonded(address accepted) internal {
        board.enableRoute(accepted, true);
        terms.routes.push(accepted);
    }

    function _registerMarket() internal {
        market = registry.register(terms);
    }

    /// @dev vault.totalAssets / vault.totalSupply, a fall of 10 % is a breach.
    function _priceConfig() internal view returns (bytes memory) {
        ViewMetricConfig memory c = ViewMetricConfig(new Term[](1), new Term[](1), 1, 0.1e8, 1e18);
        c.numerator[0] = Term(address(vault), abi.encodeCall(vault.totalAssets, ()), 0, 0, 1e18);
        c.denominator[0] = Term(address(vault), abi.encodeCall(vault.totalSupply, ()), 0, 0, 1e18);
        return abi.encode(c);
    }

    function _fund(address to, uint256 amount) internal {
        asset.mint(address(this), amount);
        asset.approve(address(board), amount);
        board.fundBond(to, address(asset), amount);
    }

    function _finding(IncidentState state, uint32 severity) internal view returns (Finding memory) {
        return Finding(state, uint40(block.timestamp - 1 hours), severity, 0, 0);
    }

    function _bonded(IncidentState state, uint32 severity, uint96 bond)
        internal
        view
        returns (Finding memory f)
    {
        f = _finding(state, severity);
        f.bond = bond;
    }

    function _submit(address by, Finding memory finding) internal returns (uint256 number) {
        vm.prank(by);
        return board.submit(market, finding);
    }

    function _submit(address by, IncidentState state, uint32 severity) internal returns (uint256 number) {
        return _submit(by, _finding(state, severity));
    }

    function _stateOf(uint256 number) internal view returns (IncidentState) {
        return board.incident(number).state;
    }

    function _phase() internal view returns (uint8) {
        return registry.status(market).phase();
    }
}
