import {
  type Address,
  concat,
  encodeAbiParameters,
  getContractAddress,
  getCreate2Address,
  type Hex,
  keccak256,
  numberToHex,
} from 'viem';

/** The deterministic deployment proxy: calldata is a salt of 32 bytes, then creation code. */
export const deploymentProxy = {
  address: '0x4e59b44847b379578588920cA78FbF26c0B4956C',
  /** Sends the transaction below, whose signature is the same on every chain. */
  signer: '0x3fAB184622Dc19b6109349B94811493BF2a45362',
  /** What the signer pays for gas, wei. */
  funds: 10n ** 16n,
  transaction:
    '0xf8a58085174876e800830186a08080b853604580600e600039806000f350fe7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe03601600081602082378035828234f58015156039578182fd5b8082525050506014600cf31ba02222222222222222222222222222222222222222222222222222222222222222a02222222222222222222222222222222222222222222222222222222222222222',
} as const;

const noSalt: Hex = `0x${'00'.repeat(32)}`;

/** What the deployment proxy is sent to create `creationCode`. */
export function proxyCalldata(creationCode: Hex): Hex {
  return concat([noSalt, creationCode]);
}

/** Address of `Deployer`: one and the same on every chain, for the same code. */
export function deployerAddress(creationCode: Hex): Address {
  return getCreate2Address({ from: deploymentProxy.address, salt: noSalt, bytecode: creationCode });
}

/** Where `Deployer` puts what `account` deploys with `salt`; equal to its `addressOf`. */
export function deployedAddress(deployer: Address, account: Address, salt: Hex): Address {
  return create3Address(
    deployer,
    keccak256(encodeAbiParameters([{ type: 'address' }, { type: 'bytes32' }], [account, salt])),
  );
}

/** Where the factory puts the pool with a number; equal to its `poolAt`. */
export function poolAddress(factory: Address, index: bigint): Address {
  return create3Address(factory, numberToHex(index, { size: 32 }));
}

/** Where a contract with solady's CREATE3 deploys with a salt, whatever the code. */
function create3Address(from: Address, salt: Hex): Address {
  const creator = getCreate2Address({ from, salt, bytecode: '0x67363d3d37363d34f03d5260086018f3' });
  return getContractAddress({ from: creator, nonce: 1n });
}
