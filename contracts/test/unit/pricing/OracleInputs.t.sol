// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {MarketId} from "../../../src/types/MarketId.sol";
import {GroupCard, RiskCard, RiskInputs} from "../../../src/types/RiskCards.sol";
import {OracleFixture} from "../../support/OracleFixture.sol";

contract OracleInputsTest is OracleFixture {
    function test_WhenUnknown_EveryWordIsZero(bytes32 market, uint64 groups) public view {
        RiskInputs memory cards = oracle.inputs(MarketId.wrap(market), groups);
        assertEq(RiskCard.unwrap(cards.card), 0);
        assertGroupZero(cards.group0);
        assertGroupZero(cards.group1);
        assertGroupZero(cards.group2);
        assertGroupZero(cards.group3);
    }

    function test_WhenFourGroups_EachIsInItsPlace() public {
        publish(typicalMarket());
        for (uint16 id = 11; id <= 14; ++id) {
            publish(typicalGroup(id));
            vm.prank(guardian);
            oracle.alertGroup(id, uint40(block.timestamp + id));
        }
        uint64 groups = uint64(11) | (uint64(12) << 16) | (uint64(13) << 32) | (uint64(14) << 48);
        RiskInputs memory cards = oracle.inputs(MARKET, groups);
        assertEq(cards.card.el(), typicalMarket().el);
        assertEq(cards.group0.alertUntil(), block.timestamp + 11);
        assertEq(cards.group1.alertUntil(), block.timestamp + 12);
        assertEq(cards.group2.alertUntil(), block.timestamp + 13);
        assertEq(cards.group3.alertUntil(), block.timestamp + 14);
        cards = oracle.inputs(MARKET, uint64(13) << 16);
        assertGroupZero(cards.group0);
        assertEq(cards.group1.alertUntil(), block.timestamp + 13);
    }

    function test_ReadsOneSlotForTheCardAndOneForEachGroup(uint256 count) public {
        count = bound(count, 0, 4);
        uint64 groups;
        for (uint256 i; i < count; ++i) {
            groups |= uint64(i + 1) << uint64(16 * i);
        }
        vm.record();
        oracle.inputs(MARKET, groups);
        (bytes32[] memory reads, bytes32[] memory writes) = vm.accesses(address(oracle));
        assertEq(reads.length, 1 + count);
        assertEq(writes.length, 0);
    }

    function assertGroupZero(GroupCard card) internal pure {
        assertEq(GroupCard.unwrap(card), 0);
    }
}
