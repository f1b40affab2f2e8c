// ICoverToken, written by `npm run abi`
export const coverTokenAbi = [
  {"type":"function","name":"giveConsent","inputs":[{"name":"cover","type":"uint256","internalType":"CoverId"}],"outputs":[],"stateMutability":"nonpayable"},
  {"type":"function","name":"hasConsent","inputs":[{"name":"cover","type":"uint256","internalType":"CoverId"}],"outputs":[{"name":"","type":"bool","internalType":"bool"}],"stateMutability":"view"},
  {"type":"function","name":"insuredOf","inputs":[{"name":"cover","type":"uint256","internalType":"CoverId"}],"outputs":[{"name":"","type":"address","internalType":"address"}],"stateMutability":"view"},
  {"type":"function","name":"mint","inputs":[{"name":"to","type":"address","internalType":"address"},{"name":"cover","type":"uint256","internalType":"CoverId"},{"name":"insured","type":"address","internalType":"address"}],"outputs":[],"stateMutability":"nonpayable"},
  {"type":"function","name":"partiesOf","inputs":[{"name":"cover","type":"uint256","internalType":"CoverId"}],"outputs":[{"name":"holder","type":"address","internalType":"address"},{"name":"insured","type":"address","internalType":"address"}],"stateMutability":"view"},
  {"type":"function","name":"poolOf","inputs":[{"name":"cover","type":"uint256","internalType":"CoverId"}],"outputs":[{"name":"","type":"address","internalType":"address"}],"stateMutability":"view"},
  {"type":"event","name":"ConsentGiven","inputs":[{"name":"insured","type":"address","indexed":true,"internalType":"address"},{"name":"cover","type":"uint256","indexed":true,"internalType":"CoverId"}],"anonymous":false},
  {"type":"event","name":"InsuredSet","inputs":[{"name":"cover","type":"uint256","indexed":true,"internalType":"CoverId"},{"name":"insured","type":"address","indexed":true,"internalType":"address"}],"anonymous":false},
  {"type":"error","name":"NotPool","inputs":[{"name":"caller","type":"address","internalType":"address"},{"name":"poolIndex","type":"uint256","internalType":"uint256"}]},
] as const;
