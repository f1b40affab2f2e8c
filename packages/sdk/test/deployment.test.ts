import { describe, expect, it } from 'vitest';
import {
  encodeCoverId,
  extendDeployment,
  findMarket,
  findPool,
  findPoolOfCover,
  parseDeployment,
  serializeDeployment,
} from '../src/index.ts';
import { account, deployment, manifest, market, word } from './world.ts';

type Manifest = ReturnType<typeof manifest>;

/** What parsing says of a manifest with one thing changed. */
function problem(change: (json: Manifest) => void): string {
  const json = manifest();
  change(json);
  try {
    parseDeployment(json);
  } catch (error) {
    return (error as Error).message;
  }
  return 'none';
}

/** Puts a value of the wrong type in place. */
function put(target: object, name: string, value: unknown): void {
  Object.assign(target, { [name]: value });
}

describe('a manifest', () => {
  it('comes back from its text', () => {
    expect(parseDeployment(serializeDeployment(deployment))).toEqual(deployment);
    expect(parseDeployment(JSON.parse(serializeDeployment(deployment)))).toEqual(deployment);
  });

  it('is frozen all the way down', () => {
    expect(Object.isFrozen(deployment)).toBe(true);
    expect(Object.isFrozen(deployment.pools[0]?.asset)).toBe(true);
    expect(Object.isFrozen(deployment.markets[0]?.terms.scope.contracts)).toBe(true);
  });

  it('takes addresses in one case and returns them checksummed', () => {
    const json = manifest();
    json.addresses.lens = '0xd8da6bf26964af9d7eed9e03e53415d37aa96045';
    expect(parseDeployment(json).addresses.lens).toBe('0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045');
  });

  it.each<[string, string, (json: Manifest) => void]>([
    [
      'a missing contract',
      'deployment.addresses.lens: it is not an address',
      (json) => delete json.addresses.lens,
    ],
    [
      'the zero address',
      'deployment.addresses.lens: it is the zero address',
      (json) => put(json.addresses, 'lens', account(0)),
    ],
    [
      'a wrong checksum',
      'deployment.addresses.lens: it is not an address',
      (json) => put(json.addresses, 'lens', '0xD8dA6BF26964aF9D7eEd9e03E53415D37aA96045'),
    ],
    [
      'a chain id in text',
      'deployment.chainId: it is not a whole number',
      (json) => put(json, 'chainId', '1'),
    ],
    ['chain id zero', 'deployment.chainId: it is not between', (json) => put(json, 'chainId', 0)],
    ['a negative block', 'deployment.block: it is not a whole number', (json) => put(json, 'block', -1)],
    ['pools as an object', 'deployment.pools: it is not a list', (json) => put(json, 'pools', {})],
    [
      'a pool that is a text',
      'deployment.pools[1]: it is not an object',
      (json) => put(json.pools, '1', 'x'),
    ],
    [
      'a pool without name',
      'deployment.pools[0].name: it is empty',
      (json) => put(json.pools[0] ?? {}, 'name', ''),
    ],
    [
      'two pools of one number',
      'deployment.pools: 1 is in it twice',
      (json) => put(json.pools[1] ?? {}, 'index', 1),
    ],
    [
      'a changed term',
      'deployment.markets[0].id: it is not the hash of the terms',
      (json) => put(json.markets[0]?.terms ?? {}, 'deductibleBps', 1),
    ],
    [
      'an unknown scope',
      'deployment.markets[0].terms.scope.level: it is not one of protocol, contract, pool, function',
      (json) => put(json.markets[0]?.terms.scope ?? {}, 'level', 'chain'),
    ],
    [
      'odd bytes',
      'deployment.markets[0].terms.predicateConfig: it is not bytes',
      (json) => put(json.markets[0]?.terms ?? {}, 'predicateConfig', '0x123'),
    ],
    [
      'short bytes',
      'deployment.markets[0].terms.termsHash: it is not 32 bytes',
      (json) => put(json.markets[0]?.terms ?? {}, 'termsHash', '0x12'),
    ],
  ])('with %s is refused, with the place', (_, expected, change) => {
    expect(problem(change)).toContain(expected);
  });

  it('that is not JSON is refused', () => {
    expect(() => parseDeployment('{')).toThrow('it is not JSON');
    expect(() => parseDeployment(null)).toThrow('it is not an object');
    expect(() => parseDeployment([])).toThrow('it is not an object');
  });

  it('keeps numbers beyond 2^53 as text', () => {
    const large = { ...deployment, block: 2n ** 60n };
    expect(serializeDeployment(large)).toContain('"1152921504606846976"');
    expect(parseDeployment(serializeDeployment(large)).block).toBe(2n ** 60n);
  });
});

describe('entries', () => {
  it('are found by address, number and id', () => {
    expect(findPool(deployment, account(0x2002)).name).toBe('Ether');
    expect(findPoolOfCover(deployment, encodeCoverId({ pool: 2n, sequence: 5n })).name).toBe('Ether');
    expect(findMarket(deployment, market).name).toBe('Morpho');
  });

  it('that are missing are named', () => {
    const missing = expect.objectContaining({ name: 'PoolNotInDeployment' });
    expect(() => findPool(deployment, account(1))).toThrow(missing);
    expect(() => findPoolOfCover(deployment, encodeCoverId({ pool: 9n, sequence: 1n }))).toThrow(missing);
    expect(() => findMarket(deployment, word(1))).toThrow(
      expect.objectContaining({ name: 'MarketNotInDeployment' }),
    );
  });

  it('can be added, the newer one replacing the older', () => {
    const [core, ether] = deployment.pools;
    if (!core || !ether) throw new Error('two pools');
    const grown = extendDeployment(deployment, {
      pools: [
        { ...ether, index: 3n },
        { ...core, name: 'New' },
      ],
    });
    expect(grown.pools.map(({ name }) => name)).toEqual(['New', 'Ether', 'Ether']);
    expect(deployment.pools).toHaveLength(2);
  });
});
