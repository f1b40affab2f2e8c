// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

import {IExposure} from "../../src/interfaces/IExposure.sol";
import {IIncidentBoard} from "../../src/interfaces/IIncidentBoard.sol";
import {CoverId} from "../../src/types/CoverId.sol";
import {MarketId} from "../../src/types/MarketId.sol";
import {MarketStatus} from "../../src/types/MarketStatus.sol";
import {MarketTerms} from "../../src/types/MarketTerms.sol";

/// @dev What the board and the routes ask of the registry, with the same storage reads as the real one.
contract MockIncidentRegistry {
    error OnlyBoard(address caller);

    address public board;
    mapping(MarketId => uint256) internal _status;
    mapping(MarketId => address) public assetOf;
    mapping(MarketId => address) public exposureOf;
    mapping(MarketId => mapping(address => bool)) public accepts;

    function setBoard(address board_) external {
        board = board_;
    }

    function register(MarketTerms calldata terms) external returns (MarketId market) {
        market = idOf(terms);
        _status[market] = (uint256(1) << 176) | (uint256(terms.claimWindow / 1 days) << 160)
            | (uint256(terms.raiseWindow / 1 days) << 152) | (uint256(terms.deductibleBps) << 136)
            | (uint256(terms.waitingPeriod / 1 hours) << 120);
        assetOf[market] = terms.asset;
        exposureOf[market] = terms.exposure;
        for (uint256 i; i < terms.routes.length; ++i) {
            accepts[market][terms.routes[i]] = true;
        }
    }

    function idOf(MarketTerms calldata terms) public pure returns (MarketId) {
        return MarketId.wrap(keccak256(abi.encode(terms)));
    }

    function status(MarketId market) external view returns (MarketStatus) {
        return MarketStatus.wrap(_status[market]);
    }

    function setPhase(MarketId market, uint8 phase) external {
        if (msg.sender != board) revert OnlyBoard(msg.sender);
        _status[market] = (_status[market] & ~(uint256(0xff) << 72)) | (uint256(phase) << 72);
    }
}

contract MockIncidentFactory {
    mapping(address => uint256) public indexOf;
    uint256 public poolCount;

    function add(address pool) external {
        indexOf[pool] = ++poolCount;
    }
}

contract MockIncidentCoverToken {
    mapping(CoverId => bool) public hasConsent;

    function setConsent(CoverId cover, bool consent) external {
        hasConsent[cover] = consent;
    }
}

/// @dev A pool's side of the board and of the exposure module.
contract MockIncidentPool {
    struct Escrow {
        address controller;
        uint256 share;
    }

    mapping(uint256 => mapping(bool => mapping(address => uint256))) public salvageShare;
    mapping(uint256 => mapping(bool => mapping(uint256 => Escrow))) public escrowSalvageShare;

    function setShare(uint256 incident, bool senior, address account, uint256 share) external {
        salvageShare[incident][senior][account] = share;
    }

    function setEscrowShare(
        uint256 incident,
        bool senior,
        uint256 requestId,
        address controller,
        uint256 share
    ) external {
        escrowSalvageShare[incident][senior][requestId] = Escrow(controller, share);
    }

    function draw(IIncidentBoard board, uint256 incident, uint96 wanted) external returns (uint96) {
        return board.drawInterim(incident, wanted);
    }

    function collect(IIncidentBoard board, uint256 incident) external returns (uint96) {
        return board.collectForfeit(incident);
    }

    function settle(
        IExposure exposure,
        uint256 incident,
        MarketId market,
        CoverId cover,
        address insured,
        uint256 wanted
    ) external returns (uint256) {
        return exposure.settle(incident, market, cover, insured, wanted);
    }
}

/// @dev How a token misbehaves.
enum Manner {
    Plain,
    Refuses,
    BurnsGas,
    TakesFee,
    Bombs,
    ReportsMore,
    CallsBack
}

contract MockIncidentToken is ERC20("Token", "TKN") {
    Manner public manner;
    address public callee;
    bytes public payload;
    bool public calleeOk;
    bytes public calleeAnswer;

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    function setManner(Manner manner_) external {
        manner = manner_;
    }

    function setCallback(address callee_, bytes calldata payload_) external {
        manner = Manner.CallsBack;
        callee = callee_;
        payload = payload_;
    }

    function balanceOf(address account) public view override returns (uint256) {
        uint256 balance = super.balanceOf(account);
        return manner == Manner.ReportsMore && balance != 0 ? balance * 1e30 : balance;
    }

    function _update(address from, address to, uint256 value) internal override {
        if (from == address(0)) return super._update(from, to, value);
        if (manner == Manner.Refuses) revert("refused");
        if (manner == Manner.BurnsGas) {
            while (true) {}
        }
        if (manner == Manner.Bombs) {
            assembly {
                revert(0, 1000000)
            }
        }
        if (manner == Manner.TakesFee) {
            super._update(from, address(0xfee), value / 100);
            value -= value / 100;
        }
        if (manner == Manner.CallsBack) (calleeOk, calleeAnswer) = callee.call(payload);
        super._update(from, to, value);
    }
}

/// @dev An insured vault whose answers can be bent.
contract MockIncidentVault {
    uint256 public totalAssets = 1_000_000e18;
    uint256 public totalSupply = 1_000_000e18;
    uint8 public mode;

    function set(uint256 assets, uint256 supply) external {
        totalAssets = assets;
        totalSupply = supply;
    }

    function setMode(uint8 mode_) external {
        mode = mode_;
    }

    /// @dev Price as words of one answer, after Uniswap V2.
    function getReserves() external view returns (uint112, uint112, uint32) {
        return (uint112(totalAssets), uint112(totalAssets), uint32(block.timestamp));
    }

    function price() external view returns (uint256) {
        if (mode == 1) revert("broken");
        if (mode == 2) {
            while (true) {}
        }
        if (mode == 3) {
            assembly {
                return(0, 1000000)
            }
        }
        if (mode == 4) {
            assembly {
                return(0, 31)
            }
        }
        if (mode == 5) {
            uint256 until = gasleft() - 400_000;
            while (gasleft() > until) {}
        }
        return totalAssets * 1e18 / totalSupply;
    }
}
