import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Writes invented lists of protocols and incidents into a folder; nothing in them ever happened. */
export async function writeRiskSample(folder: string): Promise<{ protocols: string; incidents: string }> {
  const names = Array.from({ length: 240 }, (_, i) => `protocol-${i}`);
  const protocols = names.map((slug, i) => {
    const category = ['Lending', 'Dexes', 'Yield'][i % 3];
    const tvl = 10 ** (5 + (i % 40) / 10);
    return `${slug},${slug},${category},2,False,${i % 2 ? 'Ethereum' : 'Arbitrum'},0,${tvl.toFixed(0)},${(tvl / 2).toFixed(0)},2021-0${1 + (i % 9)}-11,,1,1`;
  });
  const incidents = names.flatMap((slug, i) => {
    if (i % 6 !== 0 && i % 40 < 34) return [];
    const month = `${1 + (i % 12)}`.padStart(2, '0');
    const year = 2022 + (Math.floor(i / 6) % 4);
    const day = year === 2023 && i % 12 < 3 ? `2023-05-${10 + (i % 19)}` : `${year}-${month}-15`;
    return [`${day},${slug},Ethereum,EF,,Invented,${200_000 + 9_000 * i},0,${slug},exact,0`];
  });
  const paths = { protocols: join(folder, 'protocols.csv'), incidents: join(folder, 'incidents.csv') };
  const heading =
    'slug,name,category,audits,forked_from,chains,oracles,tvl_2023,tvl_2026,listed,dead_from,in_2023,in_2026';
  await writeFile(paths.protocols, `${[heading, ...protocols, ',nameless,,,,,,,,,,,'].join('\n')}\n`);
  const columns =
    'date,name,chain,basel,classification,technique,loss_usd,recovered_usd,protocol_slug,match_how,contagion';
  await writeFile(paths.incidents, `${[columns, ...incidents, 'soon,x,,EF,,,5,0,,,0'].join('\n')}\n`);
  return paths;
}
