import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../src/files.ts';
import { withTables } from '../src/risk/backtest.ts';
import { breakwater } from './support/io.ts';
import { writeRiskSample } from './support/riskSample.ts';

let folder: string;
let files: { protocols: string; incidents: string };
const asof = ['--asof', '2026-02-02'];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'breakwater-risk-'));
  files = await writeRiskSample(folder);
});

afterAll(() => rm(folder, { recursive: true }));

function fitSample(...more: string[]) {
  return breakwater(
    ['risk', 'fit', '--protocols', files.protocols, '--incidents', files.incidents, ...asof, ...more],
    { cwd: folder },
  );
}

describe('risk fit', () => {
  it('says what it dropped and why, writes parameters, and finds the same again', async () => {
    const { code, stdout, stderr } = await fitSample('--out', 'hazard.json');
    expect(stderr).toContain('rejected row 242: no slug');
    expect(stderr).toContain('date soon is not a day such as 2031-01-31');
    expect(code).toBe(0);
    expect(stdout).toContain('95 % interval');
    const written = JSON.parse(await readFile(join(folder, 'hazard.json'), 'utf8'));
    expect(written.provenance).toMatchObject({ asOf: '2026-02-02', listDay: '2023-02-18' });
    expect(written.provenance.inputs.protocols).toMatchObject({ rows: 241, kept: 240 });

    expect((await fitSample('--out', 'hazard.json', '--check')).code).toBe(0);
    await writeFile(join(folder, 'hazard.json'), `${JSON.stringify(written)}\n`);
    const differing = await fitSample('--out', 'hazard.json', '--check');
    expect(differing.code).toBe(1);
    expect(differing.stderr).toContain('is not what these records give');
  });

  it('says what is wrong with how it was called', async () => {
    expect(await breakwater(['risk', 'fit'])).toMatchObject({ code: 2 });
    expect((await breakwater(['risk'])).stderr).toContain('Did you mean risk fit or risk score');
    expect((await breakwater(['help', 'risk', 'fit'])).stdout).toContain('--asof DATE');
    expect((await fitSample('--check')).stderr).toContain('name it with --out');
    const day = await breakwater([
      'risk',
      'fit',
      '--protocols',
      'x',
      '--incidents',
      'y',
      '--asof',
      '2026-02-30',
    ]);
    expect(day.stderr).toContain('a day such as 2031-01-31');
    const missing = await breakwater(
      ['risk', 'fit', '--protocols', 'x.csv', '--incidents', 'y.csv', ...asof],
      { cwd: folder },
    );
    expect(missing).toMatchObject({ code: 1, stdout: '' });
    expect(missing.stderr).toContain('x.csv cannot be read');
    const early = await breakwater([
      'risk',
      'fit',
      '--protocols',
      files.protocols,
      '--incidents',
      files.incidents,
      '--asof',
      '2020-01-01',
    ]);
    expect(early.stderr).toContain('give an older list');
  });
});

describe('risk score', () => {
  const score = (...more: string[]) =>
    breakwater(['risk', 'score', '--protocols', files.protocols, '--horizon', '1', ...more], { cwd: folder });

  it('writes slug, probability, lower, upper, reasons with the committed parameters', async () => {
    const { code, stderr } = await score(...asof, '--out', 'scores.csv');
    expect(code).toBe(0);
    expect(stderr).toContain('incidents.csv');
    const [heading, ...rows] = (await readFile(join(folder, 'scores.csv'), 'utf8')).trim().split('\n');
    expect(heading).toBe('slug,probability,lower,upper,reasons');
    expect(rows).toHaveLength(240);
    for (const row of rows) {
      const [, probability, lower, upper] = row.split(',').map(Number);
      expect(0 < (lower ?? 0) && (lower ?? 0) < (probability ?? 0) && (probability ?? 0) < (upper ?? 0)).toBe(
        true,
      );
    }
  });

  it('uses no incidents when told so, and says when scores are not out of time', async () => {
    const with_ = await score(...asof);
    const without = await score(...asof, '--no-incidents');
    expect(with_.stdout).toContain('exploited before');
    expect(without.stdout).not.toContain('exploited before');
    expect(without.stderr).toContain('not known who was exploited');
    expect((await score('--asof', '2024-02-02')).stderr).toContain('not out of time');
  });

  it('takes the JSON of the public interface', async () => {
    const json = join(folder, 'llama.json');
    await writeFile(
      json,
      JSON.stringify([
        {
          name: 'New One',
          slug: 'new-one',
          category: 'Lending',
          tvl: 5e7,
          chains: ['Base'],
          listedAt: 1_700_000_000,
        },
      ]),
    );
    const { stdout, code } = await breakwater([
      'risk',
      'score',
      '--protocols',
      json,
      ...asof,
      '--horizon',
      '0.5',
      '--no-incidents',
    ]);
    expect(code).toBe(0);
    expect(stdout.split('\n')[1]).toMatch(/^new-one,0\.0\d+,.*value locked \$50\.0M/);
  });

  it('reads from an address, and says what is wrong with one', async () => {
    const server = createServer((request, response) => {
      if (request.url === '/protocols') response.end(JSON.stringify([{ slug: 'far', tvl: 1e6 }]));
      else response.writeHead(404).end();
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const from = (path: string) =>
      breakwater([
        'risk',
        'score',
        '--protocols',
        address + path,
        ...asof,
        '--horizon',
        '1',
        '--no-incidents',
      ]);
    try {
      expect((await from('/protocols')).stdout).toContain('far,');
      const missing = await from('/nothing');
      expect(missing.code).toBe(1);
      expect(missing.stderr).toContain('the server answered 404');
    } finally {
      server.close();
    }
  });

  it('says what is wrong with a horizon, an unknown file of parameters, an empty list', async () => {
    expect(
      (await breakwater(['risk', 'score', '--protocols', 'x', ...asof, '--horizon', '0'])).stderr,
    ).toContain('above 0');
    const parameters = join(folder, 'not.json');
    await writeFile(parameters, '{}');
    expect((await score(...asof, '--params', parameters)).stderr).toContain('This is not a parameter file');
    await writeFile(join(folder, 'empty.csv'), 'slug,tvl\n');
    const empty = await breakwater([
      'risk',
      'score',
      '--protocols',
      join(folder, 'empty.csv'),
      ...asof,
      '--horizon',
      '1',
    ]);
    expect(empty.stderr).toContain('no usable row');
  });
});

describe('risk book', () => {
  const book = (...more: string[]) => breakwater(['risk', 'book', ...asof, ...more], { cwd: folder });

  it("makes the local world's score book of its list and markets", async () => {
    const from = (name: string) => join(root, 'deployments', name);
    const { code } = await book(
      '--protocols',
      from('protocols.example.json'),
      '--markets',
      from('markets.example.json'),
      '--no-incidents',
      '--out',
      'book.json',
    );
    expect(code).toBe(0);
    const written = await readFile(join(folder, 'book.json'), 'utf8');
    expect(written).toBe(await readFile(from('scores.example.json'), 'utf8'));
  });

  it('takes lists and incidents in the shapes of the public interface, from an address', async () => {
    const answers: Record<string, unknown> = {
      '/protocols': [
        {
          id: '7',
          slug: 'far',
          name: 'Far',
          category: 'Lending',
          tvl: 2e7,
          chains: ['Ethereum'],
          oracles: ['Chainlink'],
          forkedFrom: [],
          listedAt: 1_600_000_000,
        },
        { slug: 'near', name: 'Near', category: 'Lending', tvl: 2e7, chains: ['Ethereum'] },
      ],
      '/hacks': [
        {
          date: 1_700_000_000,
          name: 'Far',
          defillamaId: 7,
          amount: 5_000_000,
          technique: 'Reentrancy',
          chain: ['Ethereum'],
          returnedFunds: null,
        },
      ],
    };
    const server = createServer((request, response) => {
      response.end(JSON.stringify(answers[request.url ?? ''] ?? []));
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    try {
      const asked = await book('--protocols', `${address}/protocols`, '--incidents', `${address}/hacks`);
      const { markets } = JSON.parse(asked.stdout);
      const names = (slug: string) => markets[slug].factors.map(({ name }: { name: string }) => name);
      expect(names('far')).toContain('exploited before');
      expect(names('near')).not.toContain('exploited before');
      for (const name of ['protocols', 'hacks']) {
        await writeFile(join(folder, `${name}.json`), JSON.stringify(answers[`/${name}`]));
      }
      const fromFiles = await book('--protocols', 'protocols.json', '--incidents', 'hacks.json');
      expect(fromFiles.stdout).toBe(asked.stdout);
    } finally {
      server.close();
    }
  });

  it('says what is wrong with the markets', async () => {
    const told = async (markets: unknown) => {
      await writeFile(join(folder, 'markets.json'), JSON.stringify(markets));
      return (await book('--protocols', files.protocols, '--markets', 'markets.json')).stderr;
    };
    const market = { market: 'M', slug: 'protocol-1', groups: [] };
    expect(await told({})).toContain('markets is not a list');
    expect(await told({ markets: [{ ...market, slug: 'none' }] })).toContain('no protocol none');
    expect(await told({ markets: [{ ...market, groups: [{ group: 1, kind: 'x' }] }] })).toContain('kinds');
    expect(await told({ markets: [{ ...market, code: { isAudited: true } }] })).toContain('unknown fact');
    expect(await told({ markets: [market], assets: { USD: 0 } })).toContain('USD is worth no number');
  });
});

describe('risk backtest', () => {
  it('writes plots, and tables between their markers', async () => {
    const document =
      '# T\n\n<!-- schemes:start -->\nold\n<!-- schemes:end -->\n\n<!-- figures:start -->\n<!-- figures:end -->\n';
    await writeFile(join(folder, 'risk-model.md'), document);
    await writeFile(join(folder, 'backtest.md'), document);
    const { code, stdout, stderr } = await breakwater(
      [
        'risk',
        'backtest',
        '--protocols',
        files.protocols,
        '--incidents',
        files.incidents,
        ...asof,
        '--draws',
        '20',
        '--docs',
        folder,
      ],
      { cwd: folder },
    );
    expect(stderr).toContain('Judging');
    expect(code).toBe(0);
    expect(stdout).toContain('Combined ratio');
    const written = await readFile(join(folder, 'backtest.md'), 'utf8');
    expect(written).not.toContain('old');
    expect(written).toContain('| Breakwater');
    expect(await readFile(join(folder, 'risk-calibration.svg'), 'utf8')).toContain('</svg>');
  }, 60_000);

  it('leaves alone what has no table', () => {
    const text = 'a\n<!-- x:start -->\nkept\n<!-- x:end -->\n';
    expect(withTables(text, {})).toBe(text);
    expect(withTables(text, { x: 'new' })).toBe('a\n<!-- x:start -->\n\nnew\n\n<!-- x:end -->\n');
  });
});
