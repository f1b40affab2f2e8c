// CoverMetadata, written by `npm run abi`
export const coverMetadataAbi = [
  {"type":"function","name":"contractURI","inputs":[],"outputs":[{"name":"","type":"string","internalType":"string"}],"stateMutability":"pure"},
  {"type":"function","name":"tokenURI","inputs":[{"name":"cover","type":"uint256","internalType":"CoverId"},{"name":"pool","type":"address","internalType":"address"},{"name":"insured","type":"address","internalType":"address"}],"outputs":[{"name":"","type":"string","internalType":"string"}],"stateMutability":"view"},
] as const;
