import { codeFactors } from '@breakwater/risk';
import { type Address, isAddress, isHex } from 'viem';
import { getBlock } from 'viem/actions';
import { cliError } from '../errors.ts';
import { readJson } from '../files.ts';
import { fields, type Result, table } from '../output.ts';
import { type AuditedCode, readCodeFacts } from './codeFacts.ts';
import type { RiskGiven } from './explainCommand.ts';

type CodeValues = { readonly market: string | undefined; readonly audits: string | undefined };

/** Runs `breakwater risk code`. */
export async function readMarketCode({ values, io, open }: RiskGiven<CodeValues>): Promise<Result> {
  const { client, marketEntry } = await open();
  const market = marketEntry(values.market);
  const { number: blockNumber } = await getBlock(client);
  const audited = values.audits === undefined ? undefined : readAudits(await readJson(io.cwd, values.audits));
  const code = await readCodeFacts(client, market.terms.scope.contracts, { audited, blockNumber });
  const factors = codeFactors(code);
  return {
    data: { market: market.id, name: market.name, block: blockNumber, code, factors },
    text: [
      fields([
        ['Market', market.name],
        ['Block', blockNumber],
        ...Object.entries(code).map(([name, value]): [string, string] => [
          name,
          value === undefined ? 'unknown' : `${value}`,
        ]),
      ]),
      table(
        ['Prior factor on the hazard', 'Value', 'Bounds'],
        factors.map(({ name, value, low, high }) => [name, `${value}`, `${low} to ${high}`]),
      ),
    ].join('\n'),
  };
}

/** `[{ contract, codeHash }]`, other fields are left alone. */
function readAudits(json: unknown): readonly AuditedCode[] {
  const list: readonly unknown[] = Array.isArray(json) ? json : [json];
  return list.map((given) => {
    const { contract, codeHash } = (given ?? {}) as Record<string, unknown>;
    if (typeof contract !== 'string' || !isAddress(contract) || !isHex(codeHash) || codeHash.length !== 66) {
      throw cliError(
        'AuditsInvalid',
        'The attested audits cannot be read: an entry needs contract (an address) and codeHash (32 bytes).',
        'Correct the file.',
      );
    }
    return { contract: contract as Address, codeHash };
  });
}
