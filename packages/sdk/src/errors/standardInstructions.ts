import type { Instruction } from './explain.ts';

const tooLarge: Instruction = ['An amount is too large to compute with.', 'Use smaller amounts.'];
const permitInvalid: Instruction = [
  'The permit is not valid: signer, nonce, amount or chain differ.',
  'Sign a new permit, or approve in a transaction of its own.',
];
const permitExpired: Instruction = ['The permit has expired.', 'Sign a new permit with a later deadline.'];
const signatureInvalid: Instruction = [
  'A signature is not valid.',
  'Sign again with the right account and chain.',
];
const transferRefused: Instruction = [
  'The token refused the transfer.',
  'Check balance and allowance of the payer, and that the token blocks neither side.',
];
const tokenMissing: Instruction = ['There is no such token.', 'Check its number and the chain.'];
const notTokensOwner: Instruction = [
  'The account may not move this token.',
  'Act as its holder, or have the holder approve you.',
];
const setUpAlready: Instruction = ['The contract is set up already.', 'Nothing is left to do.'];
const reentered: Instruction = [
  'The call came back into a contract that was in the middle of another.',
  'Call it in a transaction of its own.',
];

/** Errors of the token, access and utility contracts that ours are built on or call. */
export const standardInstructions: Record<string, Instruction> = {
  // ERC-20
  ERC20InsufficientBalance: [
    '{sender} holds {balance:amount}; {needed:amount} is needed.',
    'Bring in the difference, or use a smaller amount.',
  ],
  ERC20InsufficientAllowance: [
    '{spender} may move {allowance:amount}; {needed:amount} is needed.',
    'Approve {needed:amount} for {spender} first.',
  ],
  ERC20InvalidSender: ['Tokens cannot come from {sender}.', 'Use another account.'],
  ERC20InvalidReceiver: ['Tokens cannot go to {receiver}.', 'Use another receiver.'],
  ERC20InvalidApprover: ['{approver} cannot approve.', 'Use another account.'],
  ERC20InvalidSpender: ['{spender} cannot be approved.', 'Approve another account.'],
  ERC2612ExpiredSignature: [
    'The permit was valid until {deadline:time}.',
    'Sign a new permit with a later deadline.',
  ],
  ERC2612InvalidSigner: ['The permit was signed by {signer}, not by {owner}.', 'Sign it with {owner}.'],
  InvalidAccountNonce: ['The next nonce of {account} is {currentNonce}.', 'Sign again with that nonce.'],
  SafeERC20FailedOperation: [
    'Token {token} refused a transfer or an approval.',
    'Check balance and allowance of the payer, and that the token blocks neither side.',
  ],
  InsufficientBalance: ['The balance is too small.', 'Bring in the difference, or use a smaller amount.'],
  InsufficientAllowance: ['The allowance is too small.', 'Approve the amount first.'],
  AllowanceOverflow: tooLarge,
  AllowanceUnderflow: [
    'The allowance is smaller than what is taken off.',
    'Set it to the amount you want instead.',
  ],
  TotalSupplyOverflow: tooLarge,
  InvalidPermit: permitInvalid,
  PermitExpired: permitExpired,
  Permit2AllowanceIsFixedAtInfinity: [
    'The allowance for Permit2 cannot be changed.',
    'Nothing is left to do.',
  ],
  TransferFromFailed: transferRefused,
  TransferFailed: transferRefused,
  ApproveFailed: ['The token refused the approval.', 'Set the allowance to zero first, then approve again.'],
  Permit2Failed: permitInvalid,
  Permit2AmountOverflow: tooLarge,
  // Permit2
  InvalidNonce: ['The Permit2 signature has been used, or taken back.', 'Sign again with another nonce.'],
  InvalidSigner: [
    'The Permit2 signature is not of this account over this amount, spender and deadline.',
    'Sign again with the account that pays.',
  ],
  InvalidAmount: [
    'More was asked for than the {maxAmount:amount} that were signed.',
    'Sign again for a larger amount.',
  ],
  SignatureExpired: [
    'The Permit2 signature was valid until {signatureDeadline:time}.',
    'Sign again with a later deadline.',
  ],
  InvalidContractSignature: ['The contract wallet does not confirm the signature.', 'Sign again with it.'],
  InvalidSignatureLength: [
    'A signature is neither 64 nor 65 bytes long.',
    'Sign again with a current wallet.',
  ],
  ETHTransferFailed: ['The native currency could not be sent.', 'Use a receiver that accepts it.'],
  // ERC-4626
  DepositMoreThanMax: [
    'The deposit is more than the vault takes now.',
    'Read `maxDeposit` and deposit at most that.',
  ],
  MintMoreThanMax: ['The shares are more than the vault gives now.', 'Read `maxMint` and mint at most that.'],
  WithdrawMoreThanMax: [
    'The assets are more than can be withdrawn now.',
    'Read `maxWithdraw` and claim at most that.',
  ],
  RedeemMoreThanMax: [
    'The shares are more than can be redeemed now.',
    'Read `maxRedeem` and claim at most that.',
  ],
  ERC4626ExceededMaxDeposit: [
    'The deposit of {assets:amount} is more than {max:amount}.',
    'Deposit at most {max:amount}.',
  ],
  ERC4626ExceededMaxMint: ['{shares} shares are more than {max}.', 'Mint at most {max}.'],
  ERC4626ExceededMaxWithdraw: [
    '{assets:amount} is more than the {max:amount} that can be withdrawn.',
    'Withdraw at most {max:amount}.',
  ],
  ERC4626ExceededMaxRedeem: [
    '{shares} shares are more than the {max} that can be redeemed.',
    'Redeem at most {max}.',
  ],
  // ERC-721
  ERC721InvalidOwner: ['{owner} cannot hold tokens.', 'Use another account.'],
  ERC721NonexistentToken: ['There is no token {tokenId}.', 'Check its number and the chain.'],
  ERC721IncorrectOwner: ['Token {tokenId} is of {owner}, not of {sender}.', 'Act as {owner}.'],
  ERC721InvalidSender: ['Tokens cannot come from {sender}.', 'Use another account.'],
  ERC721InvalidReceiver: ['{receiver} does not take ERC-721 tokens.', 'Use another receiver.'],
  ERC721InsufficientApproval: [
    '{operator} may not move token {tokenId}.',
    'Act as its holder, or have the holder approve you.',
  ],
  ERC721InvalidApprover: ['{approver} may not approve this token.', 'Act as its holder.'],
  ERC721InvalidOperator: ['{operator} cannot be an operator.', 'Approve another account.'],
  NotOwnerNorApproved: notTokensOwner,
  TokenDoesNotExist: tokenMissing,
  TokenAlreadyExists: ['The token exists already.', 'Nothing is left to do.'],
  BalanceQueryForZeroAddress: ['The zero address holds nothing.', 'Ask for another account.'],
  TransferToZeroAddress: ['A token cannot go to the zero address.', 'Give the receiver.'],
  TransferFromIncorrectOwner: [
    'The token is of another account.',
    'Read its holder again and transfer from there.',
  ],
  AccountBalanceOverflow: tooLarge,
  TransferToNonERC721ReceiverImplementer: [
    'The receiver does not take ERC-721 tokens.',
    'Use another receiver.',
  ],
  // access
  AccessManagedUnauthorized: [
    '{caller} does not hold the role for this call.',
    'Use an account that holds it, or ask for it to be granted.',
  ],
  AccessManagedRequiredDelay: [
    '{caller} may make this call only after a delay of {delay:duration}.',
    'Schedule it with the access manager, wait, then send it again.',
  ],
  AccessManagedInvalidAuthority: ['{authority} is not an access manager.', 'Give the address of one.'],
  AccessManagerAlreadyScheduled: ['Operation {operationId} is scheduled already.', 'Wait for its time.'],
  AccessManagerNotScheduled: [
    'Operation {operationId} is not scheduled.',
    'Schedule it and wait for the delay.',
  ],
  AccessManagerNotReady: ['Operation {operationId} is not due yet.', 'Wait for the delay to end.'],
  AccessManagerExpired: ['Operation {operationId} was not executed in time.', 'Schedule it again.'],
  AccessManagerLockedRole: ['Role {roleId} cannot be changed.', 'Use another role.'],
  AccessManagerLockedFunction: ['Function {selector} cannot be changed.', 'Use another function.'],
  AccessManagerBadConfirmation: [
    'The confirmation is not the account that renounces.',
    'Give your own account.',
  ],
  AccessManagerUnauthorizedAccount: [
    '{msgsender} does not hold role {roleId}.',
    'Use an account that holds it.',
  ],
  AccessManagerUnauthorizedCall: [
    '{caller} may not call {selector} of {target}.',
    'Use an account that holds the role, or ask for it to be granted.',
  ],
  AccessManagerUnauthorizedConsume: [
    '{target} may not use up a scheduled operation.',
    'Call the target directly.',
  ],
  AccessManagerUnauthorizedCancel: [
    '{msgsender} may not cancel the operation of {caller} on {selector} of {target}.',
    'Have {caller}, a guardian or an administrator cancel it.',
  ],
  AccessManagerInvalidInitialAdmin: ['{initialAdmin} cannot be the administrator.', 'Give another account.'],
  // signatures
  ECDSAInvalidSignature: signatureInvalid,
  ECDSAInvalidSignatureLength: ['A signature is {length} bytes long.', 'Give signatures of 65 bytes.'],
  ECDSAInvalidSignatureS: [
    'A signature has a value s in the upper half: {s}.',
    'Sign again with a current wallet.',
  ],
  InvalidSignature: signatureInvalid,
  InvalidShortString: ['A name is empty or not readable.', 'Use a shorter name.'],
  StringTooLong: ['The text "{str}" is too long.', 'Use a shorter one.'],
  // numbers and plumbing
  Overflow: tooLarge,
  MulDivFailed: tooLarge,
  FullMulDivFailed: tooLarge,
  MulWadFailed: tooLarge,
  DivWadFailed: tooLarge,
  DivFailed: tooLarge,
  ExpOverflow: tooLarge,
  RPowOverflow: tooLarge,
  SafeCastOverflowedUintDowncast: ['{value} does not fit into {bits} bits.', 'Use a smaller value.'],
  SafeCastOverflowedIntDowncast: ['{value} does not fit into {bits} bits.', 'Use a value nearer to zero.'],
  SafeCastOverflowedIntToUint: ['{value} is negative.', 'Use a value above zero.'],
  SafeCastOverflowedUintToInt: ['{value} is too large.', 'Use a smaller value.'],
  Reentrancy: reentered,
  ReentrancyGuardReentrantCall: reentered,
  InvalidInitialization: setUpAlready,
  NotInitializing: ['The contract is not being set up.', 'Nothing is left to do.'],
  DeploymentFailed: [
    'The contract could not be created; it may exist already.',
    'Check whether it exists, and retry.',
  ],
  FailedDeployment: [
    'The contract could not be created; it may exist already.',
    'Check whether it exists, and retry.',
  ],
  AddressEmptyCode: ['There is no contract at {target}.', 'Check the address and the chain.'],
  FailedCall: ['A call to another contract failed.', 'Check the addresses, and retry.'],
  RLPInvalidEncoding: ['The proof or header is not valid RLP.', 'Fetch it again from another node.'],
};
