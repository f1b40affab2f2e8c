// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IPoolEvents} from "../../src/interfaces/IPoolEvents.sol";
import {IRiskOracle, MarketCardMessage} from "../../src/interfaces/IRiskOracle.sol";
import {MarketId} from "../../src/types/MarketId.sol";
import {UnderwritingFixture} from "../support/UnderwritingFixture.sol";

/// @notice Attacks on the price by its inputs: risk cards.
contract CardAttacksTest is UnderwritingFixture {
    bytes32 private constant TYPE = keccak256(
        "MarketCard(bytes32 market,uint32 el,uint32 v,uint16[4] w,uint16 maxShare,uint48 maxCover,uint40 validUntil,uint24 nonce)"
    );

    /// The attacker keeps cards from being published and buys at what was right a month ago.
    function test_Attack06_BuyingOnAStaleCard() public {
        vm.warp(block.timestamp + 30 days + 1);
        publishGroup(groupCardOf(SOFT));
        publishGroup(groupCardOf(HARD));
        vm.expectPartialRevert(IPoolEvents.CardStale.selector);
        pool.buy(buyParams(market, holder, 1000 * unit(), 30));
    }

    /// The attacker brings back the cheap card from before the risk was seen.
    function test_Attack06_ReplayingACard() public {
        MarketCardMessage memory cheap = cardOf(market);
        bytes[] memory signatures = sign(_hash(cheap));
        oracle.publishMarket(cheap, signatures);
        vm.expectPartialRevert(IRiskOracle.NonceNotNext.selector);
        oracle.publishMarket(cheap, signatures);
    }

    /// The attacker uses signatures over another market's card, of another chain, or over other figures.
    function test_Attack06_UsingACardOfAnotherMarketOrChain() public {
        MarketId other = openMarket("other");
        MarketCardMessage memory card = cardOf(market);
        bytes[] memory signatures = sign(_hash(card));
        MarketCardMessage memory changed = cardOf(market);
        changed.market = other;
        vm.expectRevert();
        oracle.publishMarket(changed, signatures);
        changed = cardOf(market);
        changed.el = card.el / 2;
        vm.expectRevert();
        oracle.publishMarket(changed, signatures);
        vm.chainId(block.chainid + 1);
        vm.expectRevert();
        oracle.publishMarket(card, signatures);
    }

    /// The attacker is one publisher of three, twice, or signs with keys of its own.
    function test_Attack06_SigningWithoutAQuorum() public {
        MarketCardMessage memory card = cardOf(market);
        bytes[] memory both = sign(_hash(card));
        bytes[] memory one = new bytes[](1);
        one[0] = both[0];
        vm.expectRevert(abi.encodeWithSelector(IRiskOracle.QuorumShort.selector, 1, 2));
        oracle.publishMarket(card, one);
        both[1] = both[0];
        vm.expectPartialRevert(IRiskOracle.SignerOutOfOrder.selector);
        oracle.publishMarket(card, both);
        (publisherKeys[0], publisherKeys[1]) = (uint256(901), 902);
        if (vm.addr(901) > vm.addr(902)) (publisherKeys[0], publisherKeys[1]) = (uint256(902), 901);
        both = sign(_hash(card));
        vm.expectPartialRevert(IRiskOracle.NotPublisher.selector);
        oracle.publishMarket(card, both);
    }

    /// A hostile quorum lowers the risk by a tenth an hour, for most of a day.
    function test_Attack06_LoweringACardInManySmallSteps() public {
        vm.warp(block.timestamp + 5 days);
        MarketCardMessage memory card = cardOf(market);
        uint32 first = card.el;
        uint32 inForce = first;
        for (uint256 i; i < 20; ++i) {
            card = cardOf(market);
            card.el = inForce * 9 / 10;
            try this.publish(card) {
                inForce = card.el;
            } catch {}
            vm.warp(block.timestamp + 1 hours);
        }
        assertLt(inForce, first, "some steps are allowed");
        assertGe(inForce, first / 2, "half a day's risk at most");
    }

    function publish(MarketCardMessage calldata card) external {
        publishMarket(card);
    }

    function _hash(MarketCardMessage memory c) private pure returns (bytes32) {
        bytes32 w = keccak256(abi.encode(c.w));
        return
            keccak256(abi.encode(TYPE, c.market, c.el, c.v, w, c.maxShare, c.maxCover, c.validUntil, c.nonce));
    }
}
