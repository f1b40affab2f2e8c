import type { Instruction } from './explain.ts';

/** Errors found before anything is sent, and on the way to the chain and back. */
export const inputInstructions = {
  ValueZero: ['{field} is zero.', 'Give a value above zero.'],
  ValueTooSmall: ['{field} is {value:figure}, less than {min:figure}.', 'Give at least {min:figure}.'],
  ValueTooLarge: ['{field} is {value:figure}, more than {max:figure}.', 'Give at most {max:figure}.'],
  ValueNotWhole: ['{field} is {value}, which is not a whole number.', 'Give a whole number.'],
  ListEmpty: ['{field} is empty.', 'Give at least one entry.'],
  ListTooLong: ['{field} has {length} entries, more than {max}.', 'Split it into several transactions.'],
  AddressInvalid: [
    '{field} is {value}, which is not an address.',
    'Give 20 bytes in hexadecimal, with a right checksum where upper and lower case are mixed.',
  ],
  BytesInvalid: ['{field} is {value}, which is not {size} bytes.', 'Give {size} bytes in hexadecimal.'],
  AssetsDiffer: [
    'The pools of this purchase hold different assets: {first} and {second}.',
    'Buy from the pools of one asset in one transaction.',
  ],
  PoolNotInDeployment: [
    'Pool {pool} is not in the deployment of chain {chainId}.',
    'Check the address, or pass the pool as an object as `getPoolEntry` reads it.',
  ],
  MarketNotInDeployment: [
    'Market {market} is not in the deployment of chain {chainId}.',
    'Check the id, or add the market to the manifest.',
  ],
  DeploymentInvalid: ['The deployment manifest is wrong at {path}: {problem}.', 'Correct the manifest.'],
  ChainDiffers: [
    'The wallet or node is on chain {actual}, the transaction is for chain {expected}.',
    'Switch to chain {expected} and try again.',
  ],
  DeadlinePassed: [
    'The deadline {deadline:time} has passed; it is {now:time}.',
    'Sign again with a later deadline.',
  ],
  AllowanceTooSmall: [
    '{spender} may move {allowance:amount} of token {token}; {amount:amount} is needed.',
    'Approve {amount:amount} first.',
  ],
  BalanceTooSmall: [
    '{account} holds {balance:amount} of token {token}; {amount:amount} is needed.',
    'Bring in the difference, or use a smaller amount.',
  ],
  TokenNotApproved: ['{spender} may not move token {id} of {token}.', 'Approve it first.'],
  PermitUsed: [
    'The permit with nonce {nonce} is used or replaced; the next nonce is {next}.',
    'Sign a new permit.',
  ],
  PermitUnsupported: [
    'Token {token} has no EIP-2612 permit.',
    'Approve in a transaction of its own instead.',
  ],
  PermissionMissing: [
    '{account} may not call {target}.',
    'Use an account that holds the role, or ask for it to be granted.',
  ],
  ScheduleMissing: [
    'The call to {target} acts after a delay of {delay:duration} and is not scheduled.',
    'Schedule it, wait for the delay, then send it again.',
  ],
  ScheduleWaiting: [
    'The scheduled call to {target} is not due before {readyAt:time}.',
    'Send it after that.',
  ],
  SignatureForeign: [
    'A signature is by {signer}, which is not among the publishers.',
    'Leave that signature out.',
  ],
  SignaturesShort: ['{valid} publishers have signed, {quorum} are needed.', 'Collect more signatures.'],
  AccountMissing: ['The wallet has no account.', 'Connect an account, or pass one.'],
  ContractMissing: [
    'There is no such contract at {address}, or it does not answer this call.',
    'Check that the node is on the right chain, is in step with it, and that the manifest is the one of this chain.',
  ],
  RpcUnreachable: [
    'The node at {url} cannot be reached: {reason}.',
    'Check the address and the connection, or use another node.',
  ],
  RpcInvalid: [
    'What answers at {url} is not a node: {reason}.',
    'Check the address: it must be that of an Ethereum JSON-RPC endpoint.',
  ],
  RpcTimeout: ['The node at {url} did not answer in time.', 'Try again, or use another node.'],
  RpcRateLimited: ['The node at {url} refuses: too many requests.', 'Wait a little, or use another node.'],
  RpcFailed: ['The node answered with an error: {reason}.', 'Try again; if it stays, use another node.'],
  RpcMethodMissing: ['The node or wallet does not offer {method}.', 'Use another node or wallet.'],
  UserRejected: ['The request was declined in the wallet.', 'Confirm it in the wallet to go on.'],
  WalletDisconnected: ['The wallet is not connected to the chain.', 'Reconnect the wallet and try again.'],
  GasFundsMissing: [
    'The account cannot pay for gas and value of the transaction.',
    'Bring some of the native currency of the chain to the account.',
  ],
  GasPriceTooLow: [
    'The offered gas price is below what the chain asks.',
    'Try again with the current gas price.',
  ],
  NonceConflict: [
    'The transaction number of the account is already used or out of step.',
    'Wait for pending transactions, then try again.',
  ],
  ReceiptTimeout: [
    'Transaction {hash} was sent and is not mined yet.',
    'Look it up before sending again: it may still be mined.',
  ],
  TransactionReplaced: [
    'Transaction {hash} was replaced by {by} ({reason}).',
    'See whether the new one does what you want.',
  ],
  TransactionReverted: [
    'Transaction {hash} was mined and reverted: {reason}.',
    'Nothing changed but the gas spent. Read the state again, correct what is named, and retry.',
  ],
  RevertedSilently: [
    'The call reverted without saying why.',
    'Check the addresses, balances and allowances; a token that returns nothing useful does this.',
  ],
  RevertedUnknown: [
    'The call reverted with an unknown error {data}.',
    'Look the error up in the ABI of the called token or module.',
  ],
  RevertedWithReason: [
    'The call reverted: {reason}.',
    'The text is from the called token or module; correct what it names.',
  ],
  Panicked: [
    'A contract stopped at a check of its own: {reason} (panic {code}).',
    'The amounts are out of what it can compute; use smaller ones, and report it if they were ordinary.',
  ],
  Unexpected: [
    'Something unexpected happened: {reason}.',
    'Try again; if it stays, report it with this text.',
  ],
} as const satisfies Record<string, Instruction>;

/** Name of an error that the SDK itself finds. */
export type InputErrorName = keyof typeof inputInstructions;
