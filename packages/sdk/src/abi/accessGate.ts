// IAccessGate, written by `npm run abi`
export const accessGateAbi = [
  {"type":"function","name":"allows","inputs":[{"name":"pool","type":"address","internalType":"address"},{"name":"account","type":"address","internalType":"address"},{"name":"operation","type":"bytes32","internalType":"bytes32"}],"outputs":[{"name":"","type":"bool","internalType":"bool"}],"stateMutability":"view"},
] as const;
