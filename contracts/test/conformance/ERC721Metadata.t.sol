// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC165} from "@openzeppelin/contracts/interfaces/IERC165.sol";
import {IERC721} from "@openzeppelin/contracts/interfaces/IERC721.sol";
import {IERC721Metadata} from "@openzeppelin/contracts/interfaces/IERC721Metadata.sol";
import {stdJson} from "forge-std/StdJson.sol";
import {Base64} from "solady/utils/Base64.sol";
import {LibString} from "solady/utils/LibString.sol";

import {PolicyState} from "../../src/interfaces/IPoolTypes.sol";
import {CoverId} from "../../src/types/CoverId.sol";
import {UnderwritingFixture} from "../support/UnderwritingFixture.sol";

/// @notice The metadata extension of ERC-721, ERC-165, and the life of a token, which is longer than its cover's.
contract ERC721MetadataTest is UnderwritingFixture {
    using LibString for string;
    using stdJson for string;

    string private constant JSON_PREFIX = "data:application/json;base64,";

    address internal buyer = makeAddr("buyer");
    IERC721 internal token;
    uint256 internal id;
    uint256 internal other;

    function setUp() public override {
        super.setUp();
        token = IERC721(address(coverToken));
        id = buyCover(market, holder, 50_000, 30).toTokenId();
        other = buyCover(market, holder, 20_000, 30).toTokenId();
    }

    // Metadata

    /// name, symbol: "A descriptive name", "An abbreviated name for a collection of NFTs in this contract".
    function test_NameAndSymbol() public view {
        assertEq(IERC721Metadata(address(token)).name(), "Breakwater Cover");
        assertEq(IERC721Metadata(address(token)).symbol(), "BWC");
    }

    /// tokenURI: "A distinct Uniform Resource Identifier (URI) for a given asset", and "a JSON file that conforms to the ERC721
    /// Metadata JSON Schema": name, description and image are strings, the image another URI.
    function test_TokenURIIsADistinctDataURIOfTheSchema() public view {
        string memory uri = IERC721Metadata(address(token)).tokenURI(id);
        assertTrue(uri.startsWith(JSON_PREFIX));
        string memory json = string(Base64.decode(uri.slice(bytes(JSON_PREFIX).length)));
        assertGt(bytes(json.readString(".name")).length, 0);
        assertGt(bytes(json.readString(".description")).length, 0);
        assertTrue(json.readString(".image").startsWith("data:image/svg+xml;base64,"));
        assertFalse(uri.eq(IERC721Metadata(address(token)).tokenURI(other)));
    }

    // ERC-165

    /// supportsInterface: "true if the contract implements `interfaceID` and `interfaceID` is not 0xffffffff, false otherwise."
    function testFuzz_SupportsThreeInterfacesAndNoOther(bytes4 asked) public view {
        assertTrue(token.supportsInterface(type(IERC165).interfaceId));
        assertTrue(token.supportsInterface(0x80ac58cd), "token");
        assertTrue(token.supportsInterface(0x5b5e139f), "metadata");
        assertFalse(token.supportsInterface(0xffffffff));
        assertFalse(token.supportsInterface(0x780e9d63), "enumerable");
        bool one = asked == 0x01ffc9a7 || asked == 0x80ac58cd || asked == 0x5b5e139f;
        assertEq(token.supportsInterface(asked), one);
    }

    /// supportsInterface: "This function uses less than 30,000 gas."
    function test_SupportsInterfaceIsCheap() public view {
        uint256 before = gasleft();
        token.supportsInterface(0x80ac58cd);
        assertLt(before - gasleft(), 30_000);
    }

    // Covers

    /// "This identifying number SHALL NOT change for the life of the contract", and nothing is ever destroyed: a cover that was
    /// cancelled, that has lapsed, or that was paid is a token like any other.
    function test_ACoverThatIsOverIsStillAToken() public {
        vm.prank(holder);
        pool.cancel(CoverId.wrap(other));
        assertEq(uint8(pool.policy(CoverId.wrap(other)).state), uint8(PolicyState.Void));
        uint256 short = buyCover(market, holder, 10_000, 14).toTokenId();
        vm.warp(pool.policy(CoverId.wrap(short)).end + 1);
        refreshCards(market);
        hold(holder, 50_000 * unit());
        fail(market, 1e8);
        pool.pay(CoverId.wrap(id));
        assertEq(uint8(pool.policy(CoverId.wrap(id)).state), uint8(PolicyState.Settled));

        uint256[3] memory ids = [other, short, id];
        for (uint256 i; i < 3; ++i) {
            assertEq(token.ownerOf(ids[i]), holder);
            assertTrue(IERC721Metadata(address(token)).tokenURI(ids[i]).startsWith(JSON_PREFIX));
            vm.expectEmit(address(token));
            emit IERC721.Transfer(holder, buyer, ids[i]);
            vm.prank(holder);
            token.transferFrom(holder, buyer, ids[i]);
        }
        assertEq(token.balanceOf(buyer), 3);
    }

    /// An id is given once: the next cover of a pool has another, though the one before it is void.
    function test_AnIdIsNeverGivenAgain() public {
        vm.prank(holder);
        pool.cancel(CoverId.wrap(other));
        uint256 next = buyCover(market, buyer, 20_000, 30).toTokenId();
        assertTrue(next != id && next != other);
        assertEq(token.ownerOf(other), holder);
    }
}
