// npm does not apply `publishConfig.exports`: in the repository a package is its sources, in the registry its build.
// Before packing `apply` puts the published exports in place, afterwards `restore` brings back the manifest.

import { copyFile, readFile, rename, writeFile } from 'node:fs/promises';

const manifestPath = 'package.json';
const backupPath = 'package.json.source';

const [action] = process.argv.slice(2);

if (action === 'apply') {
  await copyFile(manifestPath, backupPath);
  const manifest = JSON.parse(await readFile(manifestPath, 'utf8'));
  manifest.exports = manifest.publishConfig.exports;
  await writeFile(manifestPath, `${JSON.stringify(manifest, null, 2)}\n`);
} else if (action === 'restore') {
  await rename(backupPath, manifestPath);
} else {
  throw new Error('Say `apply` or `restore`.');
}
