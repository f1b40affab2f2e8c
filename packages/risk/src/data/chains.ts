/** Names that lists of other years write for the same chain. */
const aliases: Readonly<Record<string, string>> = {
  bsc: 'binance',
  'bnb chain': 'binance',
  'bnb smart chain': 'binance',
  'op mainnet': 'optimism',
  gnosis: 'xdai',
  kaia: 'klaytn',
  okxchain: 'okexchain',
  okc: 'okexchain',
  okt: 'okexchain',
};

/** The one name of a chain. */
export function canonicalChain(name: string): string {
  const lower = name.toLowerCase().trim();
  return aliases[lower] ?? lower;
}
