import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Abi, Address, Hex } from 'viem';
import { packageFolder } from './packages.ts';

/** What it takes to deploy a contract. */
export type Artifact = {
  abi: Abi;
  bytecode: Hex;
  /** Code as it stands on chain, where the package ships it. */
  deployedBytecode?: Hex;
  /** Places in the bytecode that wait for a library's address. */
  linkReferences?: Record<string, Record<string, { start: number; length: number }[]>>;
};

/** Reads a prebuilt artifact that an npm package ships. */
export function readArtifact(packageName: string, file: string): Artifact {
  const json: {
    abi: Abi;
    bytecode: string;
    deployedBytecode?: string;
    linkReferences?: Artifact['linkReferences'];
  } = JSON.parse(readFileSync(join(packageFolder(packageName), file), 'utf8'));
  const artifact: Artifact = { abi: json.abi, bytecode: prefixed(json.bytecode) };
  if (json.deployedBytecode !== undefined) {
    artifact.deployedBytecode = prefixed(json.deployedBytecode);
  }
  if (json.linkReferences !== undefined) artifact.linkReferences = json.linkReferences;
  return artifact;
}

/** Puts deployed libraries' addresses into the bytecode. */
export function link(artifact: Artifact, libraries: Record<string, Address>): Artifact {
  let code = artifact.bytecode.slice(2);
  for (const [name, places] of Object.values(artifact.linkReferences ?? {}).flatMap(Object.entries)) {
    const library = libraries[name];
    if (library === undefined) throw new Error(`library ${name} is not deployed yet`);
    for (const { start, length } of places) {
      code = code.slice(0, 2 * start) + library.slice(2) + code.slice(2 * (start + length));
    }
  }
  return { abi: artifact.abi, bytecode: `0x${code}` };
}

function prefixed(code: string): Hex {
  return code.startsWith('0x') ? (code as Hex) : `0x${code}`;
}
