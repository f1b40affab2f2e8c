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
  const bound = keccak256(encodeAbiParameters([{ type: 'address' }, { type: 'bytes32' }], [account, salt]));
  const creator = getCreate2Address({
    from: deployer,
    salt: bound,
    bytecode: '0x67363d3d37363d34f03d5260086018f3',
  });
  return getContractAddress({ from: creator, nonce: 1n });
}

/** Where the factory puts the pool with a number; equal to its `poolAt`. */
export function poolAddress(factory: Address, implementation: Address, index: bigint): Address {
  const bytecode = concat([
    '0x602c3d8160093d39f33d3d3d3d363d3d37363d73',
    implementation,
    '0x5af43d3d93803e602a57fd5bf3',
  ]);
  return getCreate2Address({ from: factory, salt: numberToHex(index, { size: 32 }), bytecode });
}
