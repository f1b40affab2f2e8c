// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {
    GroupCardMessage,
    IRiskOracle,
    MarketCardMessage,
    PoolCardMessage
} from "../../src/interfaces/IRiskOracle.sol";
import {RiskOracle} from "../../src/pricing/RiskOracle.sol";
import {MarketId} from "../../src/types/MarketId.sol";
import {Artifacts} from "./Artifacts.sol";
import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";

/// @notice An oracle with five publishers and a quorum of three; digests are computed here, apart from the source.
abstract contract OracleFixture is Artifacts {
    uint64 internal constant GUARDIAN_ROLE = 1;
    uint64 internal constant GOVERNOR_ROLE = 2;
    uint256 internal constant START = 1_800_000_000;
    MarketId internal constant MARKET = MarketId.wrap(keccak256("a market"));
    uint16 internal constant SOFT = 7;
    uint16 internal constant HARD = 0x8007;

    address internal governor = makeAddr("governor");
    address internal guardian = makeAddr("guardian");
    address internal pool = makeAddr("pool without code");
    AccessManager internal manager;
    IRiskOracle internal oracle;
    /// Private keys, ascending by address.
    uint256[] internal keys;

    function setUp() public virtual {
        vm.warp(START);
        for (uint256 i; i < publisherCount(); ++i) {
            addKey(uint256(keccak256(abi.encode("publisher", i))));
        }
        manager = new AccessManager(address(this));
        oracle = deployOracle();
    }

    function publisherCount() internal pure virtual returns (uint256) {
        return 5;
    }

    function quorumSize() internal pure virtual returns (uint8) {
        return 3;
    }

    function deployOracle() internal returns (IRiskOracle deployed) {
        bytes memory arguments = abi.encode(address(manager), addressesOf(keys), quorumSize());
        deployed = IRiskOracle(deploy("RiskOracle", arguments));
        assertGt(address(deployed).code.length, 0);
        manager.grantRole(GUARDIAN_ROLE, guardian, 0);
        manager.grantRole(GOVERNOR_ROLE, governor, 0);
        bytes4[] memory selectors = new bytes4[](1);
        selectors[0] = IRiskOracle.alertGroup.selector;
        manager.setTargetFunctionRole(address(deployed), selectors, GUARDIAN_ROLE);
        selectors = new bytes4[](2);
        (selectors[0], selectors[1]) = (IRiskOracle.clearAlert.selector, IRiskOracle.setPublishers.selector);
        manager.setTargetFunctionRole(address(deployed), selectors, GOVERNOR_ROLE);
    }

    function addKey(uint256 seed) private {
        uint256 key = bound(seed, 1, type(uint128).max);
        keys.push(key);
        for (uint256 i = keys.length - 1; i > 0 && vm.addr(keys[i]) < vm.addr(keys[i - 1]); --i) {
            (keys[i], keys[i - 1]) = (keys[i - 1], keys[i]);
        }
    }

    function addressesOf(uint256[] memory of_) internal pure returns (address[] memory list) {
        list = new address[](of_.length);
        for (uint256 i; i < of_.length; ++i) {
            list[i] = vm.addr(of_[i]);
        }
    }

    function typicalMarket() internal view returns (MarketCardMessage memory card) {
        card.market = MARKET;
        (card.el, card.v) = (2_000_000, 1_000_000);
        (card.w[0], card.w[1]) = (2000, 5000);
        (card.maxShare, card.maxCover) = (2000, 1_000_000);
        card.validUntil = uint40(block.timestamp + 7 days);
        card.nonce = oracle.marketNonce(MARKET) + 1;
    }

    function typicalGroup(uint16 id) internal view returns (GroupCardMessage memory card) {
        (card.group, card.s, card.cap) = (id, 500_000, 8000);
        card.validUntil = uint40(block.timestamp + 7 days);
        card.nonce = oracle.groupNonce(id) + 1;
    }

    function typicalPool() internal view returns (PoolCardMessage memory card) {
        (card.pool, card.z, card.elSenior) = (pool, 50_000, 40);
        card.validUntil = uint40(block.timestamp + 7 days);
        card.nonce = oracle.poolNonce(pool) + 1;
    }

    function publish(MarketCardMessage memory card) internal {
        oracle.publishMarket(card, signed(digestOf(card)));
    }

    function publish(GroupCardMessage memory card) internal {
        oracle.publishGroup(card, signed(digestOf(card)));
    }

    function publish(PoolCardMessage memory card) internal {
        oracle.publishPool(card, signed(digestOf(card)));
    }

    /// @notice Signatures of the first publishers that make a quorum.
    function signed(bytes32 digest) internal view returns (bytes[] memory) {
        return signedBy(digest, 0, quorumSize());
    }

    function signedBy(bytes32 digest, uint256 first, uint256 count)
        internal
        view
        returns (bytes[] memory list)
    {
        list = new bytes[](count);
        for (uint256 i; i < count; ++i) {
            list[i] = signature(keys[first + i], digest);
        }
    }

    function signature(uint256 key, bytes32 digest) internal pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        return abi.encodePacked(r, s, v);
    }

    function digestOf(MarketCardMessage memory card) internal view returns (bytes32) {
        return typedDigest(structHash(card), block.chainid, address(oracle));
    }

    function digestOf(GroupCardMessage memory card) internal view returns (bytes32) {
        bytes32 type_ =
            keccak256("GroupCard(uint16 group,uint32 s,uint32 cap,uint40 validUntil,uint24 nonce)");
        bytes32 hash = keccak256(abi.encode(type_, card));
        return typedDigest(hash, block.chainid, address(oracle));
    }

    function digestOf(PoolCardMessage memory card) internal view returns (bytes32) {
        bytes32 type_ =
            keccak256("PoolCard(address pool,uint32 z,uint16 elSenior,uint40 validUntil,uint24 nonce)");
        bytes32 hash = keccak256(abi.encode(type_, card));
        return typedDigest(hash, block.chainid, address(oracle));
    }

    function structHash(MarketCardMessage memory card) internal pure returns (bytes32) {
        bytes32 type_ = keccak256(
            "MarketCard(bytes32 market,uint32 el,uint32 v,uint16[4] w,uint16 maxShare,uint48 maxCover,uint40 validUntil,uint24 nonce)"
        );
        bytes32 weights = keccak256(
            bytes.concat(
                bytes32(uint256(card.w[0])),
                bytes32(uint256(card.w[1])),
                bytes32(uint256(card.w[2])),
                bytes32(uint256(card.w[3]))
            )
        );
        bytes memory head = abi.encode(type_, card.market, card.el, card.v, weights);
        return
            keccak256(
                bytes.concat(head, abi.encode(card.maxShare, card.maxCover, card.validUntil, card.nonce))
            );
    }

    function typedDigest(bytes32 hash, uint256 chainId, address deployment) internal pure returns (bytes32) {
        bytes32 type_ =
            keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");
        bytes32 domain = keccak256(
            abi.encode(type_, keccak256("Breakwater Risk Oracle"), keccak256("1"), chainId, deployment)
        );
        return keccak256(abi.encodePacked(hex"1901", domain, hash));
    }
}
