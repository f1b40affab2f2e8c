import type { Client, Hex } from 'viem';
import { readContract } from 'viem/actions';
import { marketRegistryAbi, riskOracleAbi } from '../abi/index.ts';
import { type GroupId, packGroups } from '../codec/groups.ts';
import { decodeMarketStatus } from '../codec/marketStatus.ts';
import { decodeGroupCard, decodeRiskCard, type GroupCard, type RiskCard } from '../codec/riskCards.ts';
import type { Deployment } from '../deployment.ts';
import { checkBytes } from '../validate.ts';
import { at, type ReadOptions, reading } from './read.ts';

/** The cards a price depends on. */
export type RiskInputs = {
  /** Undefined when none was published. */
  card: RiskCard | undefined;
  /** Groups of the market in the order of the card's weights. */
  groups: readonly { group: GroupId; card: GroupCard | undefined }[];
};

/**
 * Reads the risk cards of a market and of its shock groups.
 * @param parameters.groups groups of the market, when known; read from the registry otherwise
 * @throws BytesInvalid, RpcUnreachable and the like
 */
export function getRiskInputs(
  client: Client,
  parameters: { deployment: Deployment; market: Hex; groups?: readonly GroupId[] | undefined } & ReadOptions,
): Promise<RiskInputs> {
  return reading(async () => {
    const { oracle, registry } = parameters.deployment.addresses;
    const market = checkBytes('market', parameters.market, 32);
    const readGroups = async () => {
      const args = [market] as const;
      const contract = { address: registry, abi: marketRegistryAbi, ...at(parameters) } as const;
      return decodeMarketStatus(await readContract(client, { ...contract, functionName: 'status', args }))
        .groups;
    };
    const groups = parameters.groups ?? (await readGroups());
    const inputs = await readContract(client, {
      address: oracle,
      abi: riskOracleAbi,
      functionName: 'inputs',
      args: [market, packGroups(groups)],
      ...at(parameters),
    });
    const words = [inputs.group0, inputs.group1, inputs.group2, inputs.group3];
    return {
      card: decodeRiskCard(inputs.card),
      groups: groups.map((group, i) => ({ group, card: decodeGroupCard(words[i] ?? 0n) })),
    };
  });
}
