import { bookOfList, formatOrdered } from '@breakwater/risk';
import { readJson, writeText } from '../files.ts';
import type { Result } from '../output.ts';
import { readMarkets } from './bookMarkets.ts';
import type { RiskGiven } from './explainCommand.ts';
import { type ListValues, readList } from './list.ts';

type BookValues = ListValues & { readonly markets: string | undefined; readonly out: string | undefined };

/** `breakwater risk book`. */
export async function book({
  values,
  io,
  progress,
}: Pick<RiskGiven<BookValues>, 'values' | 'io' | 'progress'>): Promise<Result> {
  const list = await readList(values, io.cwd, progress);
  const named =
    values.markets === undefined ? undefined : readMarkets(await readJson(io.cwd, values.markets));
  const file = bookOfList({ ...list, ...named });
  const text = formatOrdered(file);
  if (values.out === undefined) return { data: file, text };
  await writeText(io.cwd, values.out, text);
  progress(`Wrote ${values.out}.`);
  const names = Object.keys(file.markets);
  return {
    data: { out: values.out, markets: names.length, groups: Object.keys(file.groups).length },
    text: `${names.length} markets, ${Object.keys(file.groups).length} groups\n`,
  };
}
