import type { ErrorValues } from './BreakwaterError.ts';
import { type BreakwaterError, inputError } from './BreakwaterError.ts';
import { causes, type Link, text } from './causes.ts';
import type { InputErrorName } from './inputInstructions.ts';

const unreachable =
  /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ECONNRESET|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|UND_ERR|fetch failed|failed to fetch|network ?error|load failed|socket/i;

type Rule = { matches: (link: Link) => boolean; is: (link: Link) => [InputErrorName, ErrorValues] };

/** In order of precedence: what a person did, then wallet, then account, then contract, then node. */
const rules: readonly Rule[] = [
  { matches: (e) => is(e, 'UserRejectedRequestError') || e.code === 4001, is: () => ['UserRejected', {}] },
  {
    matches: (e) => is(e, 'ProviderDisconnectedError', 'ChainDisconnectedError', 'UnauthorizedProviderError'),
    is: () => ['WalletDisconnected', {}],
  },
  {
    matches: (e) => is(e, 'ChainMismatchError', 'InvalidChainIdError'),
    is: (e) => {
      const [actual, expected] = [...String(e.message).matchAll(/id: (\d+)/g)].map((match) => match[1]);
      return ['ChainDiffers', { actual: actual ?? 'another', expected: expected ?? 'another' }];
    },
  },
  {
    matches: (e) => is(e, 'InsufficientFundsError') || /insufficient funds/i.test(String(e.details ?? '')),
    is: () => ['GasFundsMissing', {}],
  },
  {
    matches: (e) => is(e, 'NonceTooLowError', 'NonceTooHighError', 'NonceMaxValueError'),
    is: () => ['NonceConflict', {}],
  },
  {
    matches: (e) =>
      is(e, 'FeeCapTooLowError', 'TipAboveFeeCapError', 'FeeCapTooHighError') ||
      /underpriced/i.test(String(e.details ?? '')),
    is: () => ['GasPriceTooLow', {}],
  },
  { matches: (e) => is(e, 'AccountNotFoundError'), is: () => ['AccountMissing', {}] },
  {
    matches: (e) => is(e, 'InvalidAddressError'),
    is: (e) => [
      'AddressInvalid',
      { field: 'an address', value: /"([^"]*)"/.exec(String(e.message))?.[1] ?? '?' },
    ],
  },
  {
    matches: (e) => is(e, 'WaitForTransactionReceiptTimeoutError', 'TransactionReceiptNotFoundError'),
    is: (e) => ['ReceiptTimeout', { hash: /0x[0-9a-f]{64}/i.exec(String(e.message))?.[0] ?? '?' }],
  },
  {
    matches: (e) => is(e, 'ContractFunctionZeroDataError', 'AbiDecodingZeroDataError'),
    is: () => ['ContractMissing', { address: 'this address' }],
  },
  { matches: (e) => is(e, 'TimeoutError'), is: (e) => ['RpcTimeout', { url: url(e) }] },
  {
    matches: (e) => e.status === 429 || is(e, 'LimitExceededRpcError'),
    is: (e) => ['RpcRateLimited', { url: url(e) }],
  },
  {
    matches: (e) =>
      is(e, 'MethodNotFoundRpcError', 'MethodNotSupportedRpcError', 'UnsupportedProviderMethodError'),
    is: (e) => ['RpcMethodMissing', { method: /"([^"]+)"/.exec(String(e.message))?.[1] ?? 'this method' }],
  },
  {
    matches: (e) => is(e, 'HttpRequestError') && e.status === undefined && hasCause(e, 'SyntaxError'),
    is: (e) => ['RpcInvalid', { url: url(e), reason: 'its answer is not JSON' }],
  },
  {
    matches: (e) =>
      is(e, 'HttpRequestError', 'WebSocketRequestError', 'SocketClosedError') ||
      unreachable.test(`${String(e.code ?? '')} ${String(e.message ?? '')}`.slice(0, 200)),
    is: (e) => ['RpcUnreachable', { url: url(e), reason: reason(e) }],
  },
];

/** Names trouble of node or wallet; undefined when a contract or something else is the cause. */
export function decodeTransport(chain: readonly Link[], cause: unknown): BreakwaterError | undefined {
  for (const rule of rules) {
    const link = chain.find(rule.matches);
    if (link) return inputError(...rule.is(link), { cause });
  }
  const rpc = chain.find((link) => typeof link.code === 'number' && !isRevert(link));
  return rpc && inputError('RpcFailed', { reason: String(rpc.details ?? text(rpc)) }, { cause });
}

function is(link: Link, ...names: string[]): boolean {
  return names.includes(String(link.name));
}

function hasCause(link: Link, name: string): boolean {
  return causes(link).some((cause) => cause.name === name);
}

function isRevert(link: Link): boolean {
  return link.code === 3 || /revert/i.test(`${link.message} ${link.details}`);
}

/** Where the node is, without what a key in the path or query would give away. */
export function whereIs(given: unknown): string {
  if (typeof given !== 'string' || !URL.canParse(given)) return 'its address';
  const { protocol, host } = new URL(given);
  return `${protocol}//${host}`;
}

function url(link: Link): string {
  return whereIs(link.url);
}

function reason(link: Link): string {
  const status = link.status;
  return typeof status === 'number' ? `HTTP status ${status}` : String(link.details ?? text(link));
}
