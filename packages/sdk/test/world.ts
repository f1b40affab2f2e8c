import { type Address, getAddress, type Hex, padHex, toHex } from 'viem';
import { computeMarketId, type Deployment, type MarketTerms, parseDeployment } from '../src/index.ts';

/** A checksummed address made of a small number. */
export function account(number: number): Address {
  return getAddress(padHex(toHex(number), { size: 20 }));
}

/** 32 bytes made of a small number. */
export function word(number: number): Hex {
  return padHex(toHex(number), { size: 32 });
}

const names = [
  'accessManager',
  'registry',
  'oracle',
  'board',
  'factory',
  'coverToken',
  'router',
  'lens',
  'liveTrigger',
  'operatorQuorum',
  'surrenderExposure',
  'viewMetric',
];

export const terms: MarketTerms = {
  scope: {
    level: 'pool',
    chainId: 1n,
    protocol: 'Morpho Blue',
    contracts: [account(0xb10e)],
    poolKey: word(7),
    selectors: ['0xa99aad89'],
  },
  asset: account(0xa55e7),
  predicate: account(0x33),
  predicateConfig: '0x1234',
  exposure: account(0x44),
  exposureConfig: '0x',
  routes: [account(0x51), account(0x52)],
  groups: [3, 0x8001],
  waitingPeriod: 72 * 3_600,
  raiseWindow: 7 * 86_400,
  claimWindow: 90 * 86_400,
  deductibleBps: 500,
  termsURI: 'ipfs://terms',
  termsHash: word(9),
};

export const market = computeMarketId(terms);

const usd = { address: account(0xa55e7), symbol: 'USD', decimals: 6 };
const eth = { address: account(0xe7), symbol: 'WETH', decimals: 18 };

/** A manifest as JSON has it. */
export function manifest() {
  return {
    chainId: 31_338,
    block: 12,
    addresses: Object.fromEntries(names.map((name, i) => [name, account(0x1000 + i)])) as Record<
      string,
      string
    >,
    pools: [
      {
        index: 1,
        name: 'Core',
        address: account(0x2001),
        junior: account(0x2101),
        senior: account(0x2201),
        asset: usd,
        block: 13,
      },
      {
        index: 2,
        name: 'Ether',
        address: account(0x2002),
        junior: account(0x2102),
        senior: account(0x2202),
        asset: eth,
        accessGate: account(0x2302),
        block: 14,
      },
    ],
    markets: [{ id: market, name: 'Morpho', terms: { ...terms, scope: { ...terms.scope, chainId: 1 } } }],
  };
}

export const deployment: Deployment = parseDeployment(manifest());
