// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IRiskOracle, PoolCardMessage} from "../../../src/interfaces/IRiskOracle.sol";
import {OracleFixture} from "../../support/OracleFixture.sol";

/// @notice Takes z from the oracle as a pool does.
contract SyncingPool {
    IRiskOracle private immutable ORACLE;
    uint32 public z;

    constructor(IRiskOracle oracle) {
        ORACLE = oracle;
    }

    function syncPoolCard() external {
        (z,) = ORACLE.poolCard(address(this));
    }
}

contract RefusingPool {
    function syncPoolCard() external pure {
        revert("no");
    }
}

contract BurningPool {
    uint256 private _count;

    function syncPoolCard() external {
        while (true) ++_count;
    }
}

/// @notice Answers with as much data as the gas allows.
contract ShoutingPool {
    fallback() external {
        assembly ("memory-safe") {
            revert(0, 200000)
        }
    }
}

/// @notice Publishes the next card from within the call about the last.
contract ReenteringPool {
    address private immutable ORACLE;
    bytes private _call;

    constructor(IRiskOracle oracle) {
        ORACLE = address(oracle);
    }

    function prepare(bytes calldata call_) external {
        _call = call_;
    }

    function syncPoolCard() external {
        (bool done,) = ORACLE.call(_call);
        require(done);
    }
}

contract PublishPoolTest is OracleFixture {
    function test_WhenNonePublished_TheTailMultiplierIsTheLargest() public view {
        assertPoolCard(75_000, 0);
        assertEq(oracle.poolNonce(pool), 0);
    }

    function test_WhenFirst_StoresIt() public {
        PoolCardMessage memory card = typicalPool();
        vm.expectEmit(address(oracle));
        emit IRiskOracle.PoolCardPublished(pool, card);
        publish(card);
        assertPoolCard(50_000, 40);
        assertEq(oracle.poolNonce(pool), 1);
    }

    function test_WhenThePoolListens_ItKnowsAtOnce() public {
        SyncingPool listener = new SyncingPool(oracle);
        pool = address(listener);
        publish(typicalPool());
        assertEq(listener.z(), 50_000);
    }

    function test_WhenThePoolReverts_IsPublishedStill() public {
        pool = address(new RefusingPool());
        publish(typicalPool());
        assertPoolCard(50_000, 40);
    }

    function test_WhenThePoolBurnsItsGas_CostsABoundedAmount() public {
        pool = address(new BurningPool());
        PoolCardMessage memory card = typicalPool();
        bytes[] memory signatures = signed(digestOf(card));
        uint256 before = gasleft();
        oracle.publishPool(card, signatures);
        assertLt(before - gasleft(), 600_000);
        assertPoolCard(50_000, 40);
    }

    function test_WhenThePoolAnswersWithMuchData_NoneIsCopied() public {
        pool = address(new ShoutingPool());
        PoolCardMessage memory card = typicalPool();
        bytes[] memory signatures = signed(digestOf(card));
        uint256 before = gasleft();
        oracle.publishPool(card, signatures);
        assertLt(before - gasleft(), 600_000);
        assertPoolCard(50_000, 40);
    }

    function test_WhenThePoolReenters_TheLaterCardHolds() public {
        ReenteringPool reentering = new ReenteringPool(oracle);
        pool = address(reentering);
        PoolCardMessage memory next = typicalPool();
        (next.z, next.nonce) = (60_000, 2);
        reentering.prepare(abi.encodeCall(IRiskOracle.publishPool, (next, signed(digestOf(next)))));
        publish(typicalPool());
        assertPoolCard(60_000, 40);
        assertEq(oracle.poolNonce(pool), 2);
    }

    function test_RevertWhen_OutOfBounds() public {
        PoolCardMessage memory card = typicalPool();
        card.z = 34_999;
        expectRefused(card, outOfBounds("z", 34_999, 35_000, 75_000));
        card.z = 75_001;
        expectRefused(card, outOfBounds("z", 75_001, 35_000, 75_000));
        (card.z, card.elSenior) = (75_000, 10_001);
        expectRefused(card, outOfBounds("elSenior", 10_001, 0, 10_000));
    }

    function test_RevertWhen_Expired() public {
        PoolCardMessage memory card = typicalPool();
        card.validUntil = uint40(block.timestamp);
        expectRefused(card, abi.encodeWithSelector(IRiskOracle.CardExpired.selector, block.timestamp));
    }

    function test_RevertWhen_ValidForTooLong() public {
        PoolCardMessage memory card = typicalPool();
        uint256 max = block.timestamp + 30 days;
        card.validUntil = uint40(max + 1);
        expectRefused(card, abi.encodeWithSelector(IRiskOracle.CardValidTooLong.selector, max + 1, max));
    }

    function test_RevertWhen_NonceNotNext() public {
        PoolCardMessage memory card = typicalPool();
        card.nonce = 3;
        expectRefused(card, abi.encodeWithSelector(IRiskOracle.NonceNotNext.selector, 3, 1));
    }

    function test_RevertWhen_ZFallsTooFast() public {
        PoolCardMessage memory card = typicalPool();
        card.z = 75_000;
        publish(card);
        card = typicalPool();
        card.z = 37_499;
        expectRefused(card, tooFast("z", 37_499, 37_500, 300_000));
    }

    function test_RevertWhen_SeniorLossRisesTooFast() public {
        publish(typicalPool());
        PoolCardMessage memory card = typicalPool();
        card.elSenior = 161;
        expectRefused(card, tooFast("elSenior", 161, 20, 160));
        card.elSenior = 19;
        expectRefused(card, tooFast("elSenior", 19, 20, 160));
    }

    /// Below 0.1 % a year the senior loss moves as if it were 0.1 %: it can reach zero and leave it.
    function test_WhenTheSeniorLossIsSmall_ReachesZeroAndLeavesIt() public {
        PoolCardMessage memory card = typicalPool();
        card.elSenior = 20;
        publish(card);
        card = typicalPool();
        card.elSenior = 0;
        publish(card);
        assertPoolCard(50_000, 0);
        card = typicalPool();
        card.elSenior = 40;
        publish(card);
        card = typicalPool();
        card.elSenior = 41;
        expectRefused(card, tooFast("elSenior", 41, 10, 40));
    }

    /// Every field anywhere about its bounds: in force only what is within all of them.
    function testFuzz_WhatIsInForceIsWithinTheBounds(uint256 field, uint256 value) public {
        PoolCardMessage memory card = typicalPool();
        field = bound(field, 0, 2);
        if (field == 0) card.z = uint32(bound(value, 0, 150_000));
        else if (field == 1) (card.z, card.elSenior) = (75_000, uint16(bound(value, 0, 20_000)));
        else card.validUntil = uint40(block.timestamp + bound(value, 0, 60 days));
        (bool published,) =
            address(oracle).call(abi.encodeCall(oracle.publishPool, (card, signed(digestOf(card)))));
        (uint32 z, uint16 elSenior) = oracle.poolCard(pool);
        assertTrue(z >= 35_000 && z <= 75_000 && elSenior <= 10_000, "CARD-1");
        bool within = card.z >= 35_000 && card.z <= 75_000 && card.elSenior <= 10_000
            && card.validUntil > block.timestamp && card.validUntil <= block.timestamp + 30 days;
        assertEq(published, within, "CARD-1");
        if (within) assertPoolCard(card.z, card.elSenior);
    }

    function outOfBounds(string memory field, uint256 value, uint256 min, uint256 max)
        internal
        pure
        returns (bytes memory)
    {
        return abi.encodeWithSelector(IRiskOracle.CardOutOfBounds.selector, field, value, min, max);
    }

    function tooFast(string memory field, uint256 value, uint256 min, uint256 max)
        internal
        pure
        returns (bytes memory)
    {
        return abi.encodeWithSelector(IRiskOracle.CardMovesTooFast.selector, field, value, min, max);
    }

    function assertPoolCard(uint32 z, uint16 elSenior) internal view {
        (uint32 storedZ, uint16 storedEl) = oracle.poolCard(pool);
        assertEq(storedZ, z);
        assertEq(storedEl, elSenior);
    }

    function expectRefused(PoolCardMessage memory card, bytes memory reason) internal {
        bytes[] memory signatures = signed(digestOf(card));
        vm.expectRevert(reason);
        oracle.publishPool(card, signatures);
    }
}
