/** One error in a chain of causes, whatever made it. */
export type Link = Readonly<Record<string, unknown>>;

/** An error and its causes, outermost first. */
export function causes(error: unknown): Link[] {
  const links: Link[] = [];
  let next: unknown = error;
  while (typeof next === 'object' && next !== null && links.length < 20 && !links.includes(next as Link)) {
    links.push(next as Link);
    next = (next as Link).cause;
  }
  return links.length > 0 ? links : [{ name: 'Error', message: String(error) }];
}

/** Short text of an error: one line. */
export function text(link: Link | undefined): string {
  const short = link?.shortMessage ?? link?.message ?? 'no reason given';
  return (String(short).split('\n')[0] ?? '').trim().replace(/\.$/, '');
}
