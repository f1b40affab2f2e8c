/** What is in the lists and is no contract that holds deposits. */
const notContracts = new Set([
  'CEX',
  'Chain',
  'Payments',
  'Services',
  'Interface',
  'Ponzi',
  'OTC Marketplace',
  'OTC',
  'Telegram Bot',
  'Trading App',
  'Wallets',
  'Developer Tools',
  'Portfolio Tracker',
  'Charity Fundraising',
]);

/** What a category's contracts do with deposits. */
export type CategoryFamily = 'credit' | 'trading' | 'staking' | 'yield' | 'bridge' | 'other';

const families: Readonly<Record<Exclude<CategoryFamily, 'other'>, readonly string[]>> = {
  credit: [
    'Lending',
    'CDP',
    'Leveraged Farming',
    'NFT Lending',
    'RWA Lending',
    'Uncollateralized Lending',
    'Synthetics',
    'Algo-Stables',
    'Reserve Currency',
    'CDP Manager',
    'Decentralized Stablecoin',
    'Dual-Token Stablecoin',
    'Partially Algorithmic Stablecoin',
  ],
  trading: [
    'Dexs',
    'Derivatives',
    'Options',
    'Exotic Options',
    'Options Vault',
    'DEX Aggregator',
    'Prediction Market',
    'NFT Marketplace',
    'Liquidity manager',
    'Liquidity Manager',
  ],
  staking: [
    'Liquid Staking',
    'Staking',
    'Staking Pool',
    'Liquid Restaking',
    'Restaking',
    'Restaked BTC',
    'Anchor BTC',
    'Decentralized BTC',
  ],
  yield: ['Yield', 'Yield Aggregator', 'Farm', 'Indexes', 'Yield Lottery', 'Basis Trading'],
  bridge: ['Bridge', 'Canonical Bridge', 'Cross Chain', 'Bridge Aggregator'],
};

/** Names that lists of other years write for the same category. */
const aliases: Readonly<Record<string, string>> = {
  Dexes: 'Dexs',
  Dex: 'Dexs',
  'Cross Chain Bridge': 'Cross Chain',
  'Algo-Stable': 'Algo-Stables',
};

const familyOf = new Map(
  Object.entries(families).flatMap(([family, names]) =>
    names.map((name) => [name, family as CategoryFamily]),
  ),
);

/** The one name of a category; an empty one is `Unknown`. */
export function canonicalCategory(name: string): string {
  return name === '' ? 'Unknown' : (aliases[name] ?? name);
}

/** What a category's contracts do with deposits; `other` where it is not known. */
export function categoryFamily(name: string): CategoryFamily {
  return familyOf.get(canonicalCategory(name)) ?? 'other';
}

/** Whether a category is about contracts that hold deposits. */
export function isContractCategory(name: string): boolean {
  return !notContracts.has(canonicalCategory(name));
}
