// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {stdJson} from "forge-std/StdJson.sol";
import {Base64} from "solady/utils/Base64.sol";
import {LibString} from "solady/utils/LibString.sol";

import {Policy, PolicyState} from "../../../src/interfaces/IPoolTypes.sol";
import {CoverId} from "../../../src/types/CoverId.sol";
import {MarketId} from "../../../src/types/MarketId.sol";
import {CoverFixture} from "../../support/CoverFixture.sol";
import {CoverMockAsset, CoverMockOddAsset} from "../../support/CoverMockAssets.sol";

contract CoverMetadataTest is CoverFixture {
    using LibString for string;
    using stdJson for string;

    string private constant JSON_PREFIX = "data:application/json;base64,";
    string private constant SVG_PREFIX = "data:image/svg+xml;base64,";

    function test_WhenActive() external {
        string memory json = _json(_cover(250_000e6, PolicyState.Active));

        assertEq(json.readString(".name"), "Breakwater Cover 1-1", "name");
        assertEq(_trait(json, 0), "Waiting", "state");
        assertEq(_trait(json, 1), "250,000", "cover");
        assertEq(_trait(json, 2), "USDC", "asset");
        assertEq(json.readUint(".attributes[3].value"), block.timestamp + 3 days, "start");
        assertEq(json.readUint(".attributes[4].value"), block.timestamp + 33 days, "end");
        assertEq(_trait(json, 5), vm.toString(ALICE), "insured");
        assertEq(_trait(json, 6), vm.toString(bytes32("market")), "market");
        assertEq(_trait(json, 7), vm.toString(address(pool)), "pool");
        assertTrue(json.readString(".description").contains("from 2026-03-17 to 2026-04-16 (UTC)"), "dates");
    }

    function test_WhenTimePasses_StateFollows() external {
        CoverId cover = _cover(1e6, PolicyState.Active);
        assertEq(_trait(_json(cover), 0), "Waiting");
        skip(3 days);
        assertEq(_trait(_json(cover), 0), "Active");
        skip(30 days);
        assertEq(_trait(_json(cover), 0), "Ended");
    }

    function test_WhenPolicyIsOver() external {
        assertEq(_trait(_json(_cover(1e6, PolicyState.Void)), 0), "Void");
        assertEq(_trait(_json(_cover(1e6, PolicyState.Paid)), 0), "Paid");
        assertEq(_trait(_json(_cover(1e6, PolicyState.Settled)), 0), "Settled");
    }

    function test_WhenInsuredIsNotTheHolder_ItIsShown() external {
        CoverId cover = mintTo(ALICE, BOB);
        assertEq(_trait(_json(cover), 5), vm.toString(BOB));
    }

    function test_ImageShowsWhatTheTextSays() external {
        string memory svg = _svg(_json(_cover(250_000e6, PolicyState.Active)));
        assertTrue(svg.startsWith("<svg xmlns="), "start");
        assertTrue(svg.endsWith("</svg>"), "end");
        assertTrue(svg.contains(">250,000</text>"), "amount");
        assertTrue(svg.contains(">USDC</text>"), "symbol");
        assertTrue(svg.contains(">2026-03-17</text>"), "start date");
        assertTrue(svg.contains(">2026-04-16</text>"), "end date");
        assertTrue(svg.contains(">Waiting</text>"), "state");
        assertTrue(svg.contains("<title>Breakwater Cover 1-1</title>"), "title");
    }

    /// @dev A symbol that closes the string, the tag, or both, stays a symbol.
    function test_WhenSymbolIsMalicious_NothingEscapes() external {
        uint256 tags = _count(_svg(_json(_cover(1e6, PolicyState.Active))), "<");
        string[4] memory symbols = [
            '","image":"https://evil"',
            "</text><script>alert(1)</script>",
            "\\\"\x00\x1f\n&#x27;'\"><a href='x'",
            "USD\xe2\x80\xae\xd0\xa1<svg onload=x>"
        ];
        for (uint256 i; i < symbols.length; ++i) {
            pool = newPool(address(new CoverMockAsset("x", symbols[i], 6)));
            string memory json = _json(_cover(1e6, PolicyState.Active));
            string memory svg = _svg(json);
            assertTrue(json.readString(".image").startsWith(SVG_PREFIX), "image replaced");
            assertFalse(svg.contains("<script"), "script");
            assertFalse(svg.contains("<a "), "link");
            assertEq(_count(svg, "<svg"), 1, "svg within svg");
            assertEq(_count(svg, "<"), tags, "another tag");
            assertTrue(json.is7BitASCII() && svg.is7BitASCII(), "foreign letters");
            assertTrue(bytes(_trait(json, 2)).length <= 32, "symbol too long");
        }
    }

    /// @dev Metadata of a token that exists never reverts, whatever its asset and its terms.
    function testFuzz_NeverReverts(
        bytes calldata symbol,
        bytes calldata decimals,
        uint256 cover,
        uint40 start,
        uint40 end,
        uint8 state
    ) external {
        pool = newPool(address(new CoverMockOddAsset(symbol, decimals, false)));
        CoverId id = mintTo(ALICE, address(0));
        PolicyState chosen = PolicyState(state % 5);
        pool.setPolicy(id, Policy(MarketId.wrap(keccak256(symbol)), cover, 1, start, end, chosen));

        string memory json = _json(id);
        assertTrue(json.is7BitASCII(), "json");
        assertTrue(_svg(json).is7BitASCII(), "svg");
        assertEq(json.readString(".name"), "Breakwater Cover 2-1", "json does not parse");
    }

    function test_ContractURI() external view {
        string memory json = _decoded(token.contractURI(), JSON_PREFIX);
        assertEq(json.readString(".name"), "Breakwater Cover");
        assertTrue(_svg(json).endsWith("</svg>"));
    }

    function _cover(uint256 amount, PolicyState state) private returns (CoverId id) {
        id = mintTo(ALICE, address(0));
        pool.setPolicy(
            id,
            Policy(
                MarketId.wrap("market"), amount, 1, block.timestamp + 3 days, block.timestamp + 33 days, state
            )
        );
    }

    function _json(CoverId cover) private view returns (string memory) {
        return _decoded(token.tokenURI(cover.toTokenId()), JSON_PREFIX);
    }

    function _svg(string memory json) private pure returns (string memory) {
        return _decoded(json.readString(".image"), SVG_PREFIX);
    }

    function _trait(string memory json, uint256 i) private pure returns (string memory) {
        return json.readString(string.concat(".attributes[", vm.toString(i), "].value"));
    }

    function _decoded(string memory uri, string memory prefix) private pure returns (string memory) {
        assertTrue(uri.startsWith(prefix), "prefix");
        return string(Base64.decode(uri.slice(bytes(prefix).length)));
    }

    function _count(string memory text, string memory part) private pure returns (uint256) {
        return text.indicesOf(part).length;
    }
}
