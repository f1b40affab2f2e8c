// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Finding, Incident, IncidentState} from "../../src/interfaces/IIncidentBoard.sol";
import {MarketId} from "../../src/types/MarketId.sol";
import {PHASE_OPEN} from "../../src/types/MarketStatus.sol";
import {MarketTerms} from "../../src/types/MarketTerms.sol";
import {ScriptedRoute, SystemFixture} from "../support/SystemFixture.sol";

/// @notice The rules of the board, beside the registry: a market that accepts a route of code and a bonded one.
contract IncidentRulesTest is SystemFixture {
    ScriptedRoute internal bondedRoute;
    MarketId internal market;
    uint96 internal floor;

    function setUp() public override {
        super.setUp();
        floor = uint96(unit());
        bondedRoute = new ScriptedRoute(board);
        board.enableRoute(address(bondedRoute), true);
        board.setBondFloor(address(bondedRoute), address(asset), floor);
        asset.mint(address(this), 1e6 * unit());
        asset.approve(address(board), type(uint256).max);
        board.fundBond(address(bondedRoute), address(asset), 1e6 * unit());
        MarketTerms memory t = termsOf("rules");
        t.routes = new address[](2);
        (t.routes[0], t.routes[1]) = (address(route), address(bondedRoute));
        market = openMarket(t);
    }

    /// Whatever either route says next: it is a move that the board lists, made as listed, or nothing changes. A bonded
    /// route says it with enough bond.
    function testFuzz_EveryMoveIsListedOrChangesNothing(uint256 seed) public {
        for (uint256 i; i < 12; ++i) {
            seed = uint256(keccak256(abi.encode(seed)));
            (bool byBonded, uint256 severity) = (seed % 2 == 0, 0.4e8 + (seed >> 8) % 3 * 0.1e8);
            IncidentState[8] memory wishes = [
                IncidentState.None,
                IncidentState.Suspect,
                IncidentState.Suspect,
                IncidentState.Confirmed,
                IncidentState.Confirmed,
                IncidentState.Rejected,
                IncidentState.Rejected,
                IncidentState.Final
            ];
            IncidentState to = wishes[(seed >> 16) % 8];
            (uint256 number, Incident memory was, uint8 phase) = _standing();
            bool opens = _opens(was, byBonded, to, severity);
            bool listed = opens || _moves(was, byBonded, to, severity);
            // At times without bond, where none is needed.
            bool needed = to == IncidentState.Confirmed || (to == IncidentState.Suspect && opens);
            uint256 bond = byBonded && (needed || seed >> 200 & 1 == 1) ? 2000 * unit() : 0;
            Finding memory f = Finding(to, uint40(START), uint32(severity), 0, uint96(bond));
            try (byBonded ? bondedRoute : route).find(market, f) returns (uint256 found) {
                assertTrue(listed, "INCIDENT-1");
                assertEq(found, opens ? number + 1 : number, "INCIDENT-1");
                assertTrue(board.incident(found).state == to, "INCIDENT-1");
                if (opens && number != 0) {
                    assertTrue(board.incident(number).state == IncidentState.Rejected, "INCIDENT-1");
                }
            } catch {
                assertFalse(listed, "INCIDENT-1");
                (uint256 same, Incident memory is_, uint8 phaseNow) = _standing();
                assertEq(same, number, "INCIDENT-1");
                assertEq(abi.encode(is_), abi.encode(was), "INCIDENT-1");
                assertEq(phaseNow, phase, "INCIDENT-1");
            }
        }
    }

    /// Whoever confirmed what and whatever is found later.
    function testFuzz_AConfirmationIsTheMostAndSaysWhen(uint256 seed, bool byBonded, bool thenBonded) public {
        vm.warp(START + 8 days);
        uint256 suspected = _draw(seed, "suspected", 0, 1e8);
        find(market, IncidentState.Suspect, block.timestamp - 1 days, suspected);
        uint256 raised = block.timestamp;
        vm.warp(raised + 10 hours);
        uint256 confirmed = _draw(seed, "confirmed", 1, 1e8);
        uint256 eventTime = _draw(seed, "event", raised - 7 days, block.timestamp);
        Finding memory f =
            Finding(IncidentState.Confirmed, uint40(eventTime), uint32(confirmed), 0, uint96(unit()));
        try (byBonded ? bondedRoute : route).find(market, f) {
            if (byBonded) assertLe(eventTime, raised, "INCIDENT-2");
        } catch {
            assertTrue(byBonded && eventTime > raised, "INCIDENT-2");
            assertEq(board.incident(1).severity, suspected, "INCIDENT-2");
            return;
        }
        uint256 most = confirmed > suspected ? confirmed : suspected;
        assertEq(board.incident(1).severity, most, "INCIDENT-2");
        assertEq(board.incident(1).eventTime, eventTime, "INCIDENT-2");
        vm.warp(block.timestamp + 1 days);
        f.state = IncidentState.Final;
        f.severity = uint32(_draw(seed, "final", 1, 1e8));
        f.eventTime = uint40(_draw(seed, "final event", raised - 8 days, block.timestamp));
        try (thenBonded ? bondedRoute : route).find(market, f) {} catch {}
        assertLe(board.incident(1).severity, most, "INCIDENT-2");
        assertEq(board.incident(1).eventTime, eventTime, "INCIDENT-2");
    }

    function testFuzz_WhatNothingFollowsLapses(bool confirmed, bool byBonded, bool edge, uint256 wait)
        public
    {
        IncidentState to = confirmed ? IncidentState.Confirmed : IncidentState.Suspect;
        Finding memory f = Finding(to, uint40(block.timestamp), 1e8, 0, uint96(unit()));
        (byBonded ? bondedRoute : route).find(market, f);
        uint256 life = confirmed ? 90 days : 24 hours;
        wait = edge ? bound(wait, life - 1, life) : bound(wait, 0, 2 * life);
        vm.warp(block.timestamp + wait);
        bool ended;
        try board.lapse(1) {
            ended = true;
        } catch {}
        assertEq(ended, wait >= life, "INCIDENT-7");
        assertEq(board.incident(1).state == IncidentState.Rejected, ended, "INCIDENT-7");
        assertEq(registry.status(market).phase() == PHASE_OPEN, ended, "INCIDENT-7");
    }

    function testFuzz_ARetiredRouteOpensUntilTheLongestCoverHasRunOut(bool edge, uint256 wait) public {
        board.retireRoute(address(route));
        wait = edge ? bound(wait, 396 days - 1, 396 days) : bound(wait, 0, 2 * 396 days);
        vm.warp(block.timestamp + wait);
        Finding memory f = Finding(IncidentState.Suspect, uint40(block.timestamp), 0, 0, 0);
        (bool opened,) = address(route).call(abi.encodeCall(route.find, (market, f)));
        assertEq(opened, wait < 396 days, "INCIDENT-8");
        assertEq(board.incidentCount(), opened ? 1 : 0, "INCIDENT-8");
    }

    /// Whatever is set and whenever: no floor is above twice one of less than 30 days before.
    function testFuzz_AFloorAtMostDoublesWithinThirtyDays(uint256 seed) public {
        uint256[] memory times = new uint256[](41);
        uint256[] memory floors = new uint256[](41);
        (times[0], floors[0]) = (block.timestamp, floor);
        for (uint256 i = 1; i <= 40; ++i) {
            seed = uint256(keccak256(abi.encode(seed)));
            vm.warp(block.timestamp + seed % 8 days);
            uint256 now_ = board.requiredBond(address(bondedRoute), market);
            uint256 wish = seed % 3 == 0 ? 2 * now_ : _draw(seed, "floor", 1, 3 * now_);
            try board.setBondFloor(address(bondedRoute), address(asset), uint96(wish)) {} catch {}
            (times[i], floors[i]) = (block.timestamp, board.requiredBond(address(bondedRoute), market));
            for (uint256 j; j < i; ++j) {
                if (times[j] + 30 days > times[i]) assertLe(floors[i], 2 * floors[j], "INCIDENT-8");
            }
        }
        assertNotEq(floors[40], floor);
    }

    /// After any number of rejections, opening or confirming what another route suspects, with any bond.
    function testFuzz_BehindWhatABondedRouteBringsStandsItsBond(
        uint256 rejections,
        bool suspected,
        bool confirms,
        uint256 bond
    ) public {
        rejections = bound(rejections, 0, 12);
        for (uint256 i; i < rejections; ++i) {
            _bonded(IncidentState.Suspect, 2000 * unit());
            _bonded(IncidentState.Rejected, 0);
        }
        if (suspected) find(market, IncidentState.Suspect, block.timestamp, 0);
        uint256 needed = uint256(floor) << (rejections < 10 ? rejections : 10);
        bond = bound(bond, 1, 2 * needed);
        IncidentState to = suspected || confirms ? IncidentState.Confirmed : IncidentState.Suspect;
        try this.bonded(to, bond) returns (uint256 number) {
            assertGe(board.incident(number).bond, needed, "INCIDENT-9");
        } catch {
            assertLt(bond, needed, "INCIDENT-9");
            assertEq(board.incidentCount(), rejections + (suspected ? 1 : 0), "INCIDENT-9");
            if (suspected) assertEq(board.incident(rejections + 1).route, address(route), "INCIDENT-9");
        }
    }

    function bonded(IncidentState to, uint256 bond) external returns (uint256) {
        return _bonded(to, bond);
    }

    function _bonded(IncidentState to, uint256 bond) private returns (uint256) {
        return bondedRoute.find(market, Finding(to, uint40(block.timestamp), 1e8, 0, uint96(bond)));
    }

    function _standing() private view returns (uint256 number, Incident memory last, uint8 phase) {
        number = board.incidentCount();
        if (number != 0) last = board.incident(number);
        phase = registry.status(market).phase();
    }

    /// @dev A new incident: where none is open, or where code finds more than a bonded route confirmed.
    function _opens(Incident memory was, bool byBonded, IncidentState to, uint256 severity)
        private
        view
        returns (bool)
    {
        if (was.state == IncidentState.None || was.state == IncidentState.Rejected) {
            if (to == IncidentState.Final) return !byBonded;
            return to == IncidentState.Suspect || to == IncidentState.Confirmed;
        }
        return was.state == IncidentState.Confirmed && was.route == address(bondedRoute) && !byBonded
            && to == IncidentState.Final && severity > was.severity;
    }

    function _moves(Incident memory was, bool byBonded, IncidentState to, uint256 severity)
        private
        view
        returns (bool)
    {
        bool own = was.route == (byBonded ? address(bondedRoute) : address(route));
        if (was.state == IncidentState.Suspect) {
            if (to == IncidentState.Suspect) return !byBonded;
            if (to == IncidentState.Rejected) return own;
            return to == IncidentState.Confirmed || (to == IncidentState.Final && !byBonded);
        }
        if (was.state != IncidentState.Confirmed) return false;
        if (to == IncidentState.Rejected) return own;
        return to == IncidentState.Final && severity <= was.severity;
    }

    function _draw(uint256 seed, string memory what, uint256 least, uint256 most)
        private
        pure
        returns (uint256)
    {
        return bound(uint256(keccak256(abi.encode(seed, what))), least, most);
    }
}
