import { expect, it } from 'vitest';
import { artifactFolder } from './support/chain.ts';
import { breakwater } from './support/io.ts';

it('the drill prints its progress on standard error, and one object of JSON and nothing else on standard output', async () => {
  const { code, stdout, stderr } = await breakwater([
    'drill',
    '--json',
    '--fast',
    '--artifacts',
    artifactFolder,
  ]);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ holders: 60, ratioMin: 1, ratioMax: 1, difference: 0 });
  expect(stderr).toMatch(/ s {2}block +\d+ {2}Every holder paid$/m);
  expect(stderr).not.toContain('{');
});
