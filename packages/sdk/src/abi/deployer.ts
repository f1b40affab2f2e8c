// Deployer, written by `npm run abi`
export const deployerAbi = [
  {"type":"function","name":"addressOf","inputs":[{"name":"account","type":"address","internalType":"address"},{"name":"salt","type":"bytes32","internalType":"bytes32"}],"outputs":[{"name":"","type":"address","internalType":"address"}],"stateMutability":"view"},
  {"type":"function","name":"deploy","inputs":[{"name":"salt","type":"bytes32","internalType":"bytes32"},{"name":"creationCode","type":"bytes","internalType":"bytes"}],"outputs":[{"name":"","type":"address","internalType":"address"}],"stateMutability":"nonpayable"},
] as const;
