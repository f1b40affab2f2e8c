// IExposure, written by `npm run abi`
export const exposureAbi = [
  {"type":"function","name":"preview","inputs":[{"name":"incident","type":"uint256","internalType":"uint256"},{"name":"market","type":"bytes32","internalType":"MarketId"},{"name":"cover","type":"uint256","internalType":"CoverId"},{"name":"insured","type":"address","internalType":"address"},{"name":"wanted","type":"uint256","internalType":"uint256"}],"outputs":[{"name":"proven","type":"uint256","internalType":"uint256"}],"stateMutability":"view"},
  {"type":"function","name":"settle","inputs":[{"name":"incident","type":"uint256","internalType":"uint256"},{"name":"market","type":"bytes32","internalType":"MarketId"},{"name":"cover","type":"uint256","internalType":"CoverId"},{"name":"insured","type":"address","internalType":"address"},{"name":"wanted","type":"uint256","internalType":"uint256"}],"outputs":[{"name":"proven","type":"uint256","internalType":"uint256"}],"stateMutability":"nonpayable"},
  {"type":"error","name":"NotPool","inputs":[{"name":"caller","type":"address","internalType":"address"}]},
] as const;
