// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/interfaces/IERC20.sol";
import {IERC4626} from "@openzeppelin/contracts/interfaces/IERC4626.sol";

import {Display} from "../cover/Display.sol";
import {ICoverToken} from "../interfaces/ICoverToken.sol";
import {IIncidentBoard} from "../interfaces/IIncidentBoard.sol";
import {
    AssetView,
    CoverView,
    ILens,
    MarketView,
    PoolView,
    QuoteView,
    RequestView,
    VaultView
} from "../interfaces/ILens.sol";
import {IMarketRegistry} from "../interfaces/IMarketRegistry.sol";
import {IPool} from "../interfaces/IPool.sol";
import {IPoolFactory} from "../interfaces/IPoolFactory.sol";
import {Quote} from "../interfaces/IPoolTypes.sol";
import {IRiskOracle} from "../interfaces/IRiskOracle.sol";
import {CoverId} from "../types/CoverId.sol";
import {MarketId} from "../types/MarketId.sol";

/// @notice What the lens reads of a tranche's exits.
interface IExitReader {
    /// @notice Numbers of all requests a controller ever had, oldest first.
    function requestsOf(address controller) external view returns (uint256[] memory);
    /// @notice The first fields of a request: whose it is, when it may be struck, and its shares.
    function requestOf(uint256 requestId)
        external
        view
        returns (address controller, uint40 maturesAt, uint128 start, uint128 shares, uint128 claimed);
    /// @notice Shares of a request that cannot be claimed yet, struck or not.
    function pendingRedeemRequest(uint256 requestId, address controller) external view returns (uint256);
    /// @notice Shares of a request that can be claimed now.
    function claimableRedeemRequest(uint256 requestId, address controller) external view returns (uint256);
}

/// @title One read a page
/// @notice What a screen shows, in one call each; figures of one page are all of the same block.
/// @dev Each item is read by a call of the lens to itself, so that neither a revert, nor a missing contract, nor an answer
/// that does not decode spoils the page. Reads only, apart from poking a market; holds nothing.
contract Lens is ILens {
    /// @dev Enough for the non-empty days of a year.
    uint256 private constant MAX_DAYS = 400;
    /// @dev An account may have made any number; reading them must end.
    uint256 private constant MAX_REQUESTS = 200;

    IPoolFactory private immutable FACTORY;
    ICoverToken private immutable TOKEN;
    IMarketRegistry private immutable REGISTRY;
    IRiskOracle private immutable ORACLE;
    IIncidentBoard private immutable BOARD;

    modifier onlySelf() {
        if (msg.sender != address(this)) revert OnlySelf();
        _;
    }

    constructor(
        IPoolFactory factory,
        ICoverToken token,
        IMarketRegistry registry,
        IRiskOracle oracle,
        IIncidentBoard board
    ) {
        (FACTORY, TOKEN, REGISTRY, ORACLE, BOARD) = (factory, token, registry, oracle, board);
    }

    /// @inheritdoc ILens
    function poolPage(address pool) external view returns (PoolView memory page) {
        try this.readPool(pool) returns (PoolView memory read) {
            page = read;
        } catch {}
        page.pool = pool;
    }

    /// @inheritdoc ILens
    function marketsPage(address pool, MarketId[] calldata markets)
        external
        view
        returns (MarketView[] memory page)
    {
        page = new MarketView[](markets.length);
        for (uint256 i; i < markets.length; ++i) {
            try this.readMarket(pool, markets[i]) returns (MarketView memory read) {
                page[i] = read;
            } catch {}
            page[i].market = markets[i];
        }
    }

    /// @inheritdoc ILens
    function coversPage(CoverId[] calldata covers) external view returns (CoverView[] memory page) {
        page = new CoverView[](covers.length);
        for (uint256 i; i < covers.length; ++i) {
            try this.readCover(covers[i]) returns (CoverView memory read) {
                page[i] = read;
            } catch {}
            page[i].cover = covers[i];
        }
    }

    /// @inheritdoc ILens
    function vaultPage(address vault, address account) external view returns (VaultView memory page) {
        try this.readVault(vault, account) returns (VaultView memory read) {
            page = read;
        } catch {}
        page.vault = vault;
    }

    /// @inheritdoc ILens
    function quoteExact(address pool, MarketId market, uint256 cover, uint256 coverDays)
        external
        returns (QuoteView memory page)
    {
        try this.pokeMarket(pool, market) {
            page.poked = true;
        } catch {}
        try this.readQuote(pool, market, cover, coverDays) returns (Quote memory quote) {
            (page.ok, page.quote) = (true, quote);
        } catch (bytes memory reason) {
            page.reason = reason;
        }
    }

    /// @notice Self only: see `poolPage`.
    function readPool(address pool) external view onlySelf returns (PoolView memory page) {
        page.index = FACTORY.indexOf(pool);
        if (page.index == 0) revert PoolUnknown(pool);
        page.ok = true;
        page.asset = _asset(IPool(pool).asset());
        (page.junior, page.senior) = FACTORY.vaultsOf(pool);
        page.state = IPool(pool).state();
        page.utilisation = _utilisation(page.state.requiredCapital, page.state.pricingCapital);
        page.maxDepositJunior = IPool(pool).maxDeposit(false);
        page.maxDepositSenior = IPool(pool).maxDeposit(true);
        page.blockNumber = block.number;
        page.time = block.timestamp;
    }

    /// @notice Self only: see `marketsPage`.
    function readMarket(address pool, MarketId market)
        external
        view
        onlySelf
        returns (MarketView memory page)
    {
        page.ok = true;
        page.status = REGISTRY.status(market);
        page.asset = REGISTRY.assetOf(market);
        page.state = IPool(pool).marketState(market);
        page.cards = ORACLE.inputs(market, page.status.groups());
        page.incident = BOARD.incidentOf(market);
    }

    /// @notice Self only: see `coversPage`.
    function readCover(CoverId cover) external view onlySelf returns (CoverView memory page) {
        page.ok = true;
        page.pool = TOKEN.poolOf(cover);
        (page.holder, page.insured) = TOKEN.partiesOf(cover);
        page.consent = TOKEN.hasConsent(cover);
        page.asset = _asset(IPool(page.pool).asset());
        page.policy = IPool(page.pool).policy(cover);
        page.order = IPool(page.pool).rollingOrder(cover);
    }

    /// @notice Self only: see `vaultPage`.
    function readVault(address vault, address account)
        external
        view
        onlySelf
        returns (VaultView memory page)
    {
        page.ok = true;
        page.supply = IERC4626(vault).totalSupply();
        page.assets = IERC4626(vault).totalAssets();
        page.shares = IERC4626(vault).balanceOf(account);
        page.worth = IERC4626(vault).convertToAssets(page.shares);
        page.claimable = IERC4626(vault).maxRedeem(account);
        page.requests = _openRequests(IExitReader(vault), account);
        page.maxDeposit = IERC4626(vault).maxDeposit(account);
        address asset = IERC4626(vault).asset();
        page.asset = _asset(asset);
        page.balance = IERC20(asset).balanceOf(account);
        page.allowance = IERC20(asset).allowance(account, vault);
    }

    /// @notice Self only: see `quoteExact`.
    function readQuote(address pool, MarketId market, uint256 cover, uint256 coverDays)
        external
        view
        onlySelf
        returns (Quote memory)
    {
        return IPool(pool).quote(market, cover, coverDays);
    }

    /// @notice Self only: see `quoteExact`.
    function pokeMarket(address pool, MarketId market) external onlySelf {
        IPool(pool).poke(market, MAX_DAYS);
    }

    function _openRequests(IExitReader vault, address account)
        private
        view
        returns (RequestView[] memory open)
    {
        uint256[] memory ids = vault.requestsOf(account);
        uint256 most = ids.length < MAX_REQUESTS ? ids.length : MAX_REQUESTS;
        open = new RequestView[](most);
        uint256 count;
        for (uint256 i = ids.length; i > ids.length - most; --i) {
            RequestView memory request = _request(vault, ids[i - 1], account);
            if (request.pending + request.claimable != 0) open[count++] = request;
        }
        assembly ("memory-safe") {
            mstore(open, count)
        }
    }

    function _request(IExitReader vault, uint256 id, address account)
        private
        view
        returns (RequestView memory request)
    {
        request.requestId = id;
        (, request.maturesAt,, request.shares,) = vault.requestOf(id);
        request.pending = vault.pendingRedeemRequest(id, account);
        request.claimable = vault.claimableRedeemRequest(id, account);
    }

    function _asset(address asset) private view returns (AssetView memory) {
        return AssetView(asset, Display.symbolOf(asset), Display.decimalsOf(asset));
    }

    function _utilisation(uint256 required, uint256 capital) private pure returns (uint256) {
        if (required == 0) return 0;
        return capital == 0 ? type(uint256).max : required * 1e18 / capital;
    }
}
