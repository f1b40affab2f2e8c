// IRoute, written by `npm run abi`
export const routeAbi = [
  {"type":"function","name":"routeName","inputs":[],"outputs":[{"name":"","type":"string","internalType":"string"}],"stateMutability":"view"},
] as const;
