// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Base64} from "solady/utils/Base64.sol";
import {LibString} from "solady/utils/LibString.sol";

import {ICoverMetadata} from "../interfaces/ICoverMetadata.sol";
import {IPool} from "../interfaces/IPool.sol";
import {Policy, PolicyState} from "../interfaces/IPoolTypes.sol";
import {CoverId} from "../types/CoverId.sol";
import {MarketId} from "../types/MarketId.sol";
import {CoverArt, Picture} from "./CoverArt.sol";
import {Display} from "./Display.sol";

/// @title What wallets and marketplaces show of a cover
/// @notice Composes name, traits and picture on-chain; foreign text is cleaned and escaped.
/// @dev Liveness: the pool is a genuine one and answers; the asset may answer with anything or not at all.
contract CoverMetadata is ICoverMetadata {
    using LibString for *;

    /// @dev Figures and texts of one cover; strings are plain, escaped where they are put in.
    struct Facts {
        CoverId cover;
        address pool;
        address insured;
        MarketId market;
        uint256 start;
        uint256 end;
        string amount;
        string symbol;
        string state;
        string stateColor;
    }

    /// @inheritdoc ICoverMetadata
    function tokenURI(CoverId cover, address pool, address insured) external view returns (string memory) {
        Facts memory facts = _facts(cover, pool, insured);
        return _dataURI("application/json", _json(facts));
    }

    /// @inheritdoc ICoverMetadata
    function contractURI() external pure returns (string memory) {
        return _dataURI(
            "application/json",
            string.concat(
                '{"name":"Breakwater Cover","symbol":"BWC","description":"Cover for smart contracts. ',
                'Whoever holds a token is paid for what its insured account lost.","image":"',
                _dataURI("image/svg+xml", CoverArt.mark()),
                '"}'
            )
        );
    }

    function _facts(CoverId cover, address pool, address insured) private view returns (Facts memory facts) {
        Policy memory policy = IPool(pool).policy(cover);
        address asset = IPool(pool).asset();
        facts.cover = cover;
        facts.pool = pool;
        facts.insured = insured;
        facts.market = policy.market;
        facts.start = policy.start;
        facts.end = policy.end;
        facts.amount = Display.amount(policy.cover, Display.decimalsOf(asset));
        facts.symbol = Display.symbolOf(asset);
        (facts.state, facts.stateColor) = _state(policy);
    }

    function _state(Policy memory policy) private view returns (string memory, string memory) {
        if (policy.state == PolicyState.Paid) return ("Paid", "#7dd3fc");
        if (policy.state == PolicyState.Settled) return ("Settled", "#7dd3fc");
        if (policy.state != PolicyState.Active) return ("Void", "#94a3b8");
        if (block.timestamp < policy.start) return ("Waiting", "#fbbf24");
        if (block.timestamp < policy.end) return ("Active", "#34d399");
        return ("Ended", "#94a3b8");
    }

    function _json(Facts memory facts) private pure returns (string memory) {
        return string.concat(
            '{"name":"',
            _title(facts),
            '","description":"',
            _description(facts),
            '","image":"',
            _dataURI("image/svg+xml", CoverArt.svg(_picture(facts))),
            '","attributes":[',
            _attributes(facts),
            "]}"
        );
    }

    function _title(Facts memory facts) private pure returns (string memory) {
        return string.concat(
            "Breakwater Cover ",
            facts.cover.poolIndex().toString(),
            "-",
            uint256(facts.cover.sequence()).toString()
        );
    }

    function _description(Facts memory facts) private pure returns (string memory) {
        return string.concat(
            "Cover of up to ",
            facts.amount,
            " ",
            facts.symbol.escapeJSON(),
            " from ",
            Display.isoDate(facts.start),
            " to ",
            Display.isoDate(facts.end),
            " (UTC). Whoever holds this token is paid for what the insured account lost. Market ",
            uint256(MarketId.unwrap(facts.market)).toHexString(32),
            "."
        );
    }

    function _attributes(Facts memory facts) private pure returns (string memory) {
        string memory policy = string.concat(
            _trait("State", facts.state, ","),
            _trait("Cover", facts.amount, ","),
            _trait("Asset", facts.symbol.escapeJSON(), ","),
            _dateTrait("Start", facts.start),
            _dateTrait("End", facts.end)
        );
        return string.concat(
            policy,
            _trait("Insured account", facts.insured.toHexStringChecksummed(), ","),
            _trait("Market", uint256(MarketId.unwrap(facts.market)).toHexString(32), ","),
            _trait("Pool", facts.pool.toHexStringChecksummed(), "")
        );
    }

    function _trait(string memory name, string memory value, string memory tail)
        private
        pure
        returns (string memory)
    {
        return string.concat('{"trait_type":"', name, '","value":"', value, '"}', tail);
    }

    function _dateTrait(string memory name, uint256 time) private pure returns (string memory) {
        return
            string.concat('{"display_type":"date","trait_type":"', name, '","value":', time.toString(), "},");
    }

    function _picture(Facts memory facts) private pure returns (Picture memory picture) {
        string memory market = uint256(MarketId.unwrap(facts.market)).toHexString(32);
        picture.title = _title(facts);
        picture.amount = facts.amount;
        picture.symbol = facts.symbol.escapeHTML();
        picture.starts = Display.isoDate(facts.start);
        picture.ends = Display.isoDate(facts.end);
        picture.insured = Display.shortened(facts.insured.toHexStringChecksummed(), 8, 6);
        picture.market = Display.shortened(market, 8, 6);
        picture.number = string.concat(
            "Pool ",
            facts.cover.poolIndex().toString(),
            "&#160;&#160;&#183;&#160;&#160;Cover ",
            uint256(facts.cover.sequence()).toString()
        );
        picture.state = facts.state;
        picture.stateColor = facts.stateColor;
        picture.seed = uint256(keccak256(abi.encode(facts.cover)));
    }

    function _dataURI(string memory kind, string memory content) private pure returns (string memory) {
        return string.concat("data:", kind, ";base64,", Base64.encode(bytes(content)));
    }
}
