import { type BreakwaterError, inputError } from './BreakwaterError.ts';
import { type Link, text } from './causes.ts';
import type { ErrorValues } from './BreakwaterError.ts';
import type { InputErrorName } from './inputInstructions.ts';

const unreachable = /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ECONNRESET|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|UND_ERR|fetch failed|failed to fetch|network ?error|load failed|socket/i;

type Rule = { when: (link: Link) => boolean; then: (link: Link) => [InputErrorName, ErrorValues] };

/** In order of precedence: what a person did, then wallet, then account, then contract, then node. */
const rules: readonly Rule[] = [
  { when: (e) => is(e, 'UserRejectedRequestError') || e['code'] === 4001, then: () => ['UserRejected', {}] },
  {
    when: (e) => is(e, 'ProviderDisconnectedError', 'ChainDisconnectedError', 'UnauthorizedProviderError'),
    then: () => ['WalletDisconnected', {}],
  },
  {
    when: (e) => is(e, 'ChainMismatchError', 'InvalidChainIdError'),
    then: (e) => {
      const [actual, expected] = [...String(e['message']).matchAll(/id: (\d+)/g)].map((match) => match[1]);
      return ['ChainDiffers', { actual: actual ?? 'another', expected: expected ?? 'another' }];
    },
  },
  {
    when: (e) => is(e, 'InsufficientFundsError') || /insufficient funds/i.test(String(e['details'] ?? '')),
    then: () => ['GasFundsMissing', {}],
  },
  { when: (e) => is(e, 'NonceTooLowError', 'NonceTooHighError', 'NonceMaxValueError'), then: () => ['NonceConflict', {}] },
  {
    when: (e) => is(e, 'FeeCapTooLowError', 'TipAboveFeeCapError', 'FeeCapTooHighError') || /underpriced/i.test(String(e['details'] ?? '')),
    then: () => ['GasPriceTooLow', {}],
  },
  { when: (e) => is(e, 'AccountNotFoundError'), then: () => ['AccountMissing', {}] },
  {
    when: (e) => is(e, 'InvalidAddressError'),
    then: (e) => ['AddressInvalid', { field: 'an address', value: /"([^"]*)"/.exec(String(e['message']))?.[1] ?? '?' }],
  },
  {
    when: (e) => is(e, 'WaitForTransactionReceiptTimeoutError', 'TransactionReceiptNotFoundError'),
    then: (e) => ['ReceiptTimeout', { hash: /0x[0-9a-f]{64}/i.exec(String(e['message']))?.[0] ?? '?' }],
  },
  {
    when: (e) => is(e, 'ContractFunctionZeroDataError', 'AbiDecodingZeroDataError'),
    then: () => ['ContractMissing', { address: 'this address' }],
  },
  { when: (e) => is(e, 'TimeoutError'), then: (e) => ['RpcTimeout', { url: url(e) }] },
  {
    when: (e) => e['status'] === 429 || is(e, 'LimitExceededRpcError'),
    then: (e) => ['RpcRateLimited', { url: url(e) }],
  },
  {
    when: (e) => is(e, 'MethodNotFoundRpcError', 'MethodNotSupportedRpcError', 'UnsupportedProviderMethodError'),
    then: (e) => ['RpcMethodMissing', { method: /"([^"]+)"/.exec(String(e['message']))?.[1] ?? 'this method' }],
  },
  {
    when: (e) =>
      is(e, 'HttpRequestError', 'WebSocketRequestError', 'SocketClosedError') ||
      unreachable.test(`${String(e['code'] ?? '')} ${String(e['message'] ?? '')}`.slice(0, 200)),
    then: (e) => ['RpcUnreachable', { url: url(e), reason: reason(e) }],
  },
];

/** Names trouble of node or wallet; undefined when a contract or something else is the cause. */
export function decodeTransport(chain: readonly Link[], cause: unknown): BreakwaterError | undefined {
  for (const rule of rules) {
    const link = chain.find(rule.when);
    if (link) return inputError(...rule.then(link), { cause });
  }
  const rpc = chain.find((link) => typeof link['code'] === 'number' && !isRevert(link));
  return rpc && inputError('RpcFailed', { reason: String(rpc['details'] ?? text(rpc)) }, { cause });
}

function is(link: Link, ...names: string[]): boolean {
  return names.includes(String(link['name']));
}

function isRevert(link: Link): boolean {
  return link['code'] === 3 || /revert/i.test(`${link['message']} ${link['details']}`);
}

/** Where the node is, without what a key in the path or query would give away. */
function url(link: Link): string {
  const given = link['url'];
  if (typeof given !== 'string' || !URL.canParse(given)) return 'its address';
  const { protocol, host } = new URL(given);
  return `${protocol}//${host}`;
}

function reason(link: Link): string {
  const status = link['status'];
  return typeof status === 'number' ? `HTTP status ${status}` : String(link['details'] ?? text(link));
}
