// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";

import {CoverMetadata} from "../../src/cover/CoverMetadata.sol";
import {CoverToken} from "../../src/cover/CoverToken.sol";
import {IncidentBoard} from "../../src/incidents/IncidentBoard.sol";
import {SurrenderExposure} from "../../src/incidents/exposure/SurrenderExposure.sol";
import {IAccessGate} from "../../src/interfaces/IExposure.sol";
import {Finding, IRoute, IncidentState} from "../../src/interfaces/IIncidentBoard.sol";
import {IPool} from "../../src/interfaces/IPool.sol";
import {PoolSettings} from "../../src/interfaces/IPoolFactory.sol";
import {BuyParams} from "../../src/interfaces/IPoolTypes.sol";
import {GroupCardMessage, MarketCardMessage, PoolCardMessage} from "../../src/interfaces/IRiskOracle.sol";
import {MarketRegistry} from "../../src/markets/MarketRegistry.sol";
import {RiskOracle} from "../../src/pricing/RiskOracle.sol";
import {CoverId} from "../../src/types/CoverId.sol";
import {MarketId} from "../../src/types/MarketId.sol";
import {MarketTerms, Scope, ScopeLevel} from "../../src/types/MarketTerms.sol";
import {Pool} from "../../src/underwriting/Pool.sol";
import {PoolSystem} from "../../src/underwriting/PoolBase.sol";
import {PoolFactory} from "../../src/underwriting/PoolFactory.sol";
import {PoolFourthPart} from "../../src/underwriting/PoolFourthPart.sol";
import {PoolSecondPart} from "../../src/underwriting/PoolSecondPart.sol";
import {PoolThirdPart} from "../../src/underwriting/PoolThirdPart.sol";
import {TrancheVault} from "../../src/underwriting/TrancheVault.sol";
import {Artifacts} from "./Artifacts.sol";
import {PlainToken} from "./SystemTokens.sol";

/// @notice A route that finds what a test tells it to: the edge of the system in tests that are not about routes.
contract ScriptedRoute is IRoute {
    IncidentBoard private immutable BOARD;

    constructor(IncidentBoard board) {
        BOARD = board;
    }

    function routeName() external pure returns (string memory) {
        return "scripted";
    }

    function find(MarketId market, Finding calldata finding) external returns (uint256) {
        return BOARD.submit(market, finding);
    }
}

/// @notice Lets everyone in whom a test has listed.
contract ListGate is IAccessGate {
    mapping(address => bool) public listed;

    function list(address account) external {
        listed[account] = true;
    }

    function allows(address, address account, bytes32) external view returns (bool) {
        return listed[account];
    }
}

/// @notice The whole system, deployed as it is in the wild, with one open pool and markets that tests shape.
abstract contract SystemFixture is Artifacts {
    uint256 internal constant START = 1_900_000_800; // 2030-03-17 18:00 UTC
    uint16 internal constant HARD = 0x8001;
    uint16 internal constant SOFT = 7;

    address internal governor = makeAddr("governor");
    address internal treasury = makeAddr("treasury");
    address internal underwriter = makeAddr("underwriter");
    address internal holder = makeAddr("holder");

    AccessManager internal manager;
    MarketRegistry internal registry;
    RiskOracle internal oracle;
    IncidentBoard internal board;
    CoverToken internal coverToken;
    PoolFactory internal factory;
    SurrenderExposure internal surrender;
    ScriptedRoute internal route;
    ListGate internal gate;
    PlainToken internal asset;
    PlainToken internal position;
    IPool internal pool;
    TrancheVault internal junior;
    TrancheVault internal senior;
    uint256[] internal publisherKeys;

    function setUp() public virtual {
        vm.warp(START);
        asset = newAsset();
        position = new PlainToken("POS", assetDecimals());
        _deploySystem();
        _openPool();
    }

    /// @dev The asset of the pools; tests of odd tokens bring their own.
    function newAsset() internal virtual returns (PlainToken) {
        return new PlainToken("USD", assetDecimals());
    }

    function assetDecimals() internal pure virtual returns (uint8) {
        return 6;
    }

    function unit() internal pure returns (uint256) {
        return 10 ** assetDecimals();
    }

    function _deploySystem() private {
        manager = new AccessManager(address(this));
        publisherKeys = [uint256(101), 102, 103];
        for (uint256 i; i < 3; ++i) {
            for (uint256 j; j + 1 < 3; ++j) {
                if (vm.addr(publisherKeys[j]) > vm.addr(publisherKeys[j + 1])) {
                    (publisherKeys[j], publisherKeys[j + 1]) = (publisherKeys[j + 1], publisherKeys[j]);
                }
            }
        }
        address[] memory publishers = new address[](3);
        for (uint256 i; i < 3; ++i) {
            publishers[i] = vm.addr(publisherKeys[i]);
        }
        oracle = RiskOracle(deploy("RiskOracle", abi.encode(manager, publishers, 2)));

        // The cycle of addresses that know each other is solved by counting the deployer's nonces.
        uint256 nonce = vm.getNonce(address(this));
        address boardAt = vm.computeCreateAddress(address(this), nonce + 1);
        address metadataAt = vm.computeCreateAddress(address(this), nonce + 2);
        address tokenAt = vm.computeCreateAddress(address(this), nonce + 3);
        address factoryAt = vm.computeCreateAddress(address(this), nonce + 8);
        registry = MarketRegistry(deploy("MarketRegistry", abi.encode(manager, boardAt)));
        board = IncidentBoard(deploy("IncidentBoard", abi.encode(manager, registry, factoryAt)));
        address metadata = deploy("CoverMetadata", "");
        coverToken = CoverToken(deploy("CoverToken", abi.encode(factoryAt, metadata)));
        PoolSystem memory system =
            PoolSystem(registry, oracle, board, coverToken, factoryAt, address(manager), treasury);
        address third =
            deploy("PoolThirdPart", abi.encode(system, deploy("PoolFourthPart", abi.encode(system))));
        address second = deploy("PoolSecondPart", abi.encode(system, third));
        address implementation = deploy("Pool", abi.encode(system, second));
        factory = PoolFactory(deploy("PoolFactory", abi.encode(implementation)));
        require(address(board) == boardAt && metadata == metadataAt && address(coverToken) == tokenAt);
        require(address(factory) == factoryAt);

        surrender =
            SurrenderExposure(deploy("SurrenderExposure", abi.encode(registry, factory, board, coverToken)));
        route = new ScriptedRoute(board);
        gate = new ListGate();
        manager.grantRole(0, governor, 0);
        board.enableRoute(address(route), false);
    }

    function settings() internal view virtual returns (PoolSettings memory s) {
        s.asset = address(asset);
        s.curator = governor;
        s.raiseWindowDays = 7;
        s.exitDelayDays = 7;
        s.feeBps = 1000;
        s.costOfCapitalBps = 1500;
        s.gateBps = 8500;
        s.minJuniorBps = 2000;
        s.gearing = 10;
        s.name = "Breakwater Core";
        s.symbol = "bwCORE";
    }

    function _openPool() private {
        (pool, junior, senior) = createPool(settings());
    }

    function createPool(PoolSettings memory s) internal returns (IPool p, TrancheVault j, TrancheVault k) {
        // The test contract is the manager's administrator: it may call what curators and governors may.
        p = IPool(factory.create(s));
        (address a, address b) = factory.vaultsOf(address(p));
        (j, k) = (TrancheVault(a), TrancheVault(b));
    }

    // Markets --------------------------------------------------------------------------------------------------------

    /// @dev Terms that differ by name; one hard and one soft group, surrender of `position` at par.
    function termsOf(string memory name) internal view virtual returns (MarketTerms memory t) {
        t.scope =
            Scope(ScopeLevel.Protocol, uint64(block.chainid), name, new address[](0), 0, new bytes4[](0));
        t.asset = address(asset);
        t.exposure = address(surrender);
        t.exposureConfig = abi.encode(address(position), uint128(1e18), false);
        t.routes = new address[](1);
        t.routes[0] = address(route);
        t.groups = new uint16[](2);
        (t.groups[0], t.groups[1]) = (SOFT, HARD);
        t.waitingPeriod = 72 hours;
        t.raiseWindow = 7 days;
        t.claimWindow = 90 days;
        t.deductibleBps = 500;
        t.termsURI = "ipfs://terms";
        t.termsHash = keccak256(bytes(name));
    }

    function openMarket(string memory name) internal returns (MarketId market) {
        return openMarket(termsOf(name));
    }

    function openMarket(MarketTerms memory t) internal returns (MarketId market) {
        market = registry.register(t);
        if (t.exposure == address(surrender)) surrender.register(t);
        publishMarket(cardOf(market));
        for (uint256 i; i < t.groups.length; ++i) {
            if (oracle.groupNonce(t.groups[i]) == 0) publishGroup(groupCardOf(t.groups[i]));
        }
        pool.attachMarket(market);
    }

    function cardOf(MarketId market) internal view virtual returns (MarketCardMessage memory c) {
        c.market = market;
        c.el = 2_000_000; // 2 % a year
        c.v = 2_000_000; // 0.02
        c.w = [uint16(2000), 3000, 0, 0];
        c.maxShare = 2500;
        c.maxCover = 1e12;
        c.validUntil = uint40(block.timestamp + 30 days);
        c.nonce = oracle.marketNonce(market) + 1;
    }

    function groupCardOf(uint16 group) internal view virtual returns (GroupCardMessage memory c) {
        c.group = group;
        c.s = 1_000_000;
        c.cap = group & 0x8000 != 0 ? 10_000 : 30_000;
        c.validUntil = uint40(block.timestamp + 30 days);
        c.nonce = oracle.groupNonce(group) + 1;
    }

    function publishMarket(MarketCardMessage memory c) internal {
        bytes32 type_ = keccak256(
            "MarketCard(bytes32 market,uint32 el,uint32 v,uint16[4] w,uint16 maxShare,uint48 maxCover,uint40 validUntil,uint24 nonce)"
        );
        bytes32 w = keccak256(abi.encode(c.w));
        oracle.publishMarket(
            c,
            sign(
                keccak256(
                    abi.encode(type_, c.market, c.el, c.v, w, c.maxShare, c.maxCover, c.validUntil, c.nonce)
                )
            )
        );
    }

    function publishGroup(GroupCardMessage memory c) internal {
        bytes32 type_ =
            keccak256("GroupCard(uint16 group,uint32 s,uint32 cap,uint40 validUntil,uint24 nonce)");
        oracle.publishGroup(c, sign(keccak256(abi.encode(type_, c))));
    }

    function publishPool(uint32 z, uint16 elSenior) internal {
        PoolCardMessage memory c = PoolCardMessage(
            address(pool), z, elSenior, uint40(block.timestamp + 30 days), oracle.poolNonce(address(pool)) + 1
        );
        bytes32 type_ =
            keccak256("PoolCard(address pool,uint32 z,uint16 elSenior,uint40 validUntil,uint24 nonce)");
        oracle.publishPool(c, sign(keccak256(abi.encode(type_, c))));
    }

    /// @dev The EIP-712 digest of a struct, signed by a quorum.
    function sign(bytes32 structHash) internal view returns (bytes[] memory signatures) {
        bytes32 domainType =
            keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");
        bytes32 domain = keccak256(
            abi.encode(
                domainType,
                keccak256("Breakwater Risk Oracle"),
                keccak256("1"),
                block.chainid,
                address(oracle)
            )
        );
        bytes32 digest = keccak256(abi.encodePacked(hex"1901", domain, structHash));
        signatures = new bytes[](2);
        for (uint256 i; i < 2; ++i) {
            (uint8 v, bytes32 r, bytes32 s) = vm.sign(publisherKeys[i], digest);
            signatures[i] = abi.encodePacked(r, s, v);
        }
    }

    // Verbs ----------------------------------------------------------------------------------------------------------

    function deposit(TrancheVault vault, address account, uint256 amount) internal returns (uint256 shares) {
        asset.mint(account, amount);
        vm.startPrank(account);
        asset.approve(address(vault), type(uint256).max);
        shares = vault.deposit(amount, account);
        vm.stopPrank();
    }

    function buyParams(MarketId market, address account, uint256 cover, uint16 coverDays)
        internal
        pure
        returns (BuyParams memory p)
    {
        p.market = market;
        p.cover = uint88(cover);
        p.coverDays = coverDays;
        p.recipient = account;
        p.maxPremium = type(uint96).max;
    }

    function buy(MarketId market, address account, uint256 cover, uint16 coverDays)
        internal
        returns (CoverId id, uint256 premium)
    {
        uint256 price = pool.quote(market, cover, coverDays).premium;
        asset.mint(account, price);
        vm.startPrank(account);
        asset.approve(address(pool), type(uint256).max);
        (id, premium) = pool.buy(buyParams(market, account, cover, coverDays));
        vm.stopPrank();
    }

    /// @dev Gives an account a position and the approval to hand it over.
    function hold(address account, uint256 amount) internal {
        position.mint(account, amount);
        vm.prank(account);
        position.approve(address(surrender), type(uint256).max);
    }

    function find(MarketId market, IncidentState state, uint256 eventTime, uint256 severity)
        internal
        returns (uint256)
    {
        return route.find(market, Finding(state, uint40(eventTime), uint32(severity), 0, 0));
    }

    /// @dev A total loss, final and declared.
    function fail(MarketId market, uint256 severity) internal returns (uint256 incident) {
        incident = find(market, IncidentState.Final, block.timestamp, severity);
        pool.settleIncident(incident);
    }

    function nextDay() internal {
        vm.warp((block.timestamp / 1 days + 1) * 1 days);
    }
}
