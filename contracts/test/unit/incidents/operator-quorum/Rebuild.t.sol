// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Test} from "forge-std/Test.sol";

import {CommittedQuorum} from "../../../../src/libraries/CommittedQuorum.sol";

contract RebuildTest is Test {
    uint256 internal constant HALF_ORDER = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0;

    function rebuild(bytes32 digest, uint256 size, uint256 signers, bytes calldata proof)
        external
        view
        returns (bytes32)
    {
        return CommittedQuorum.rebuild(digest, size, signers, proof);
    }

    function recover(bytes32 digest, bytes calldata signature) external pure returns (address) {
        return CommittedQuorum.recover(digest, signature);
    }

    /// @dev Between half the order and 2^255 a large s can still be written in 64 bytes.
    function testFuzz_ALargeSIsNobodys(bytes32 digest, uint256 above) external view {
        above = bound(above, 1, (1 << 255) - 1 - HALF_ORDER);
        bytes32 r = 0x79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798;
        bytes32 s = bytes32(HALF_ORDER + above);
        address recovered = ecrecover(digest, 27, r, s);
        vm.assume(recovered != address(0));
        bytes memory proof = bytes.concat(r, s);
        assertEq(this.rebuild(digest, 1, 1, proof), 0);
        assertEq(this.recover(digest, proof), address(0));
        s = bytes32(HALF_ORDER);
        recovered = ecrecover(digest, 27, r, s);
        assertEq(this.rebuild(digest, 1, 1, bytes.concat(r, s)), keccak256(abi.encodePacked(recovered)));
        assertEq(this.recover(digest, bytes.concat(r, s)), recovered);
    }

    function testFuzz_TheListIsRebuilt(bytes32 digest, uint32 signers, uint8 size, uint256 seed)
        external
        view
    {
        size = uint8(bound(size, 0, 31));
        bytes memory list;
        bytes memory proof;
        for (uint256 i; i < size; ++i) {
            uint256 key = uint256(keccak256(abi.encode(seed, i))) >> 8;
            list = bytes.concat(list, bytes20(vm.addr(key)));
            if (signers >> i & 1 == 0) {
                proof = bytes.concat(proof, bytes20(vm.addr(key)));
            } else {
                (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
                proof = bytes.concat(proof, r, bytes32(uint256(s) | (uint256(v - 27) << 255)));
            }
        }
        assertEq(this.rebuild(digest, size, signers, proof), keccak256(list));
    }

    /// @dev Where nobody is recovered, nothing of the one before is left in his place.
    function test_AnEmptyRecoveryIsTheZeroAddress() external view {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(1, bytes32(uint256(7)));
        bytes memory proof = bytes.concat(r, bytes32(uint256(s) | (uint256(v - 27) << 255)), new bytes(64));
        bytes32 expected = keccak256(abi.encodePacked(vm.addr(1), address(0)));
        assertEq(this.rebuild(bytes32(uint256(7)), 2, 3, proof), expected);
    }
}
