/** Words that name a part or a version of a project, not the project. */
const parts = new Set(
  'finance protocol dex swap exchange network dao fi labs money amm lend lending clmm perps cash bridge app io vault vaults market markets defi core staking'.split(
    ' ',
  ),
);

/** The project that a slug belongs to, where the list names no parent: its words without versions and parts. */
export function projectOf(slug: string, parent?: string): string {
  const words = (parent ?? slug).split('-').filter((word) => word !== '');
  while (words.length > 1 && isPart(words.at(-1) ?? '')) words.pop();
  return words.join('-');
}

function isPart(word: string): boolean {
  return parts.has(word) || /^v?\d+$/.test(word);
}
