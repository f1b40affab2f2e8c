import type { MarketTerms } from './codec/marketTerms.ts';
import { account, address, bigint, bytes, field, integer, list, type Node, oneOf, string } from './parse.ts';

/** Terms of a market, with its modules as `Module` gives them: by address, or by name too. */
export type TermsWith<Module> = Omit<MarketTerms, 'predicate' | 'exposure' | 'routes'> & {
  readonly predicate: Module;
  readonly exposure: Module;
  readonly routes: readonly Module[];
};

/**
 * Reads the terms of a market and checks every field.
 * @param readModule reads predicate, exposure module and routes
 * @throws DeploymentInvalid which names the place and the problem
 */
export function readTerms<Module>(node: Node, readModule: (node: Node) => Module): TermsWith<Module> {
  const scope = field(node, 'scope');
  const seconds = (name: string) => integer(field(node, name), 0, 2 ** 32 - 1);
  return {
    scope: {
      level: oneOf(field(scope, 'level'), ['protocol', 'contract', 'pool', 'function']),
      chainId: bigint(field(scope, 'chainId'), 64),
      protocol: string(field(scope, 'protocol')),
      contracts: list(field(scope, 'contracts'), address),
      poolKey: bytes(field(scope, 'poolKey'), 32),
      selectors: list(field(scope, 'selectors'), (selector) => bytes(selector, 4)),
    },
    asset: account(field(node, 'asset')),
    predicate: readModule(field(node, 'predicate')),
    predicateConfig: bytes(field(node, 'predicateConfig')),
    exposure: readModule(field(node, 'exposure')),
    exposureConfig: bytes(field(node, 'exposureConfig')),
    routes: list(field(node, 'routes'), readModule),
    groups: list(field(node, 'groups'), (group) => integer(group, 1, 65_535)),
    waitingPeriod: seconds('waitingPeriod'),
    raiseWindow: seconds('raiseWindow'),
    claimWindow: seconds('claimWindow'),
    deductibleBps: integer(field(node, 'deductibleBps'), 0, 10_000),
    termsURI: string(field(node, 'termsURI'), { empty: true }),
    termsHash: bytes(field(node, 'termsHash'), 32),
  };
}
