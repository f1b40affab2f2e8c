// ViewMetric, written by `npm run abi`
export const viewMetricAbi = [
  {"type":"function","name":"breach","inputs":[{"name":"config","type":"bytes","internalType":"bytes"},{"name":"baseline","type":"uint256","internalType":"uint256"},{"name":"value","type":"uint256","internalType":"uint256"}],"outputs":[{"name":"breached","type":"bool","internalType":"bool"},{"name":"severity","type":"uint32","internalType":"uint32"}],"stateMutability":"pure"},
  {"type":"function","name":"check","inputs":[{"name":"config","type":"bytes","internalType":"bytes"}],"outputs":[],"stateMutability":"view"},
  {"type":"function","name":"measure","inputs":[{"name":"config","type":"bytes","internalType":"bytes"}],"outputs":[{"name":"ok","type":"bool","internalType":"bool"},{"name":"value","type":"uint256","internalType":"uint256"}],"stateMutability":"view"},
  {"type":"function","name":"unitValue","inputs":[{"name":"config","type":"bytes","internalType":"bytes"},{"name":"baseline","type":"uint256","internalType":"uint256"}],"outputs":[{"name":"","type":"uint128","internalType":"uint128"}],"stateMutability":"pure"},
  {"type":"error","name":"ConfigInvalid","inputs":[{"name":"reason","type":"string","internalType":"string"}]},
  {"type":"error","name":"GasTooLow","inputs":[{"name":"left","type":"uint256","internalType":"uint256"},{"name":"needed","type":"uint256","internalType":"uint256"}]},
] as const;
