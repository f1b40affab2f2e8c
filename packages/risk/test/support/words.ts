import type { GroupCard, GroupId, GroupLoad, RiskCard } from '../../src/index.ts';

/** Fields of a packed word, lowest first: value and width in bits. */
function pack(...fields: readonly (readonly [bigint | number | boolean, number])[]): bigint {
  let word = 0n;
  let offset = 0n;
  for (const [value, width] of fields) {
    const field = BigInt(value);
    if (BigInt.asUintN(width, field) !== field) throw new RangeError(`${value} has more than ${width} bits`);
    word |= field << offset;
    offset += BigInt(width);
  }
  return word;
}

/** A market's card as RiskCards.sol packs it. */
export function riskCardWord(card: RiskCard | undefined): bigint {
  if (card === undefined) return 0n;
  const [w0 = 0, w1 = 0, w2 = 0, w3 = 0] = card.w;
  return pack(
    ...([card.el, card.v].map((value) => [value, 32]) as [number, number][]),
    ...([w0, w1, w2, w3, card.maxShare].map((value) => [value, 16]) as [number, number][]),
    [card.maxCover, 48],
    [card.validUntil, 40],
    [card.nonce, 24],
  );
}

/** A group's card as RiskCards.sol packs it. */
export function groupCardWord(card: GroupCard | undefined): bigint {
  if (card === undefined) return 0n;
  return pack([card.s, 32], [card.cap, 32], [card.validUntil, 40], [card.alertUntil, 40], [card.nonce, 24]);
}

/** A group in a pool as PoolWords.sol packs it. */
export function groupWord({ weighted, unweighted, s }: GroupLoad): bigint {
  return pack([weighted, 112], [unweighted, 96], [s, 32]);
}

/** A market's status as MarketStatus.sol packs it. */
export function statusWord(groups: readonly GroupId[], waitingHours: number, phase = 0): bigint {
  const places = [0, 1, 2, 3].map((i) => [groups[i] ?? 0, 16] as const);
  return pack(...places, [0, 8], [phase, 8], [0, 40], [waitingHours, 16], [0, 40], [true, 8]);
}

/** What the oracle answers for a market and its groups. */
export function riskInputs(card: RiskCard | undefined, groupCards: readonly (GroupCard | undefined)[]) {
  const [group0 = 0n, group1 = 0n, group2 = 0n, group3 = 0n] = groupCards.map(groupCardWord);
  return { card: riskCardWord(card), group0, group1, group2, group3 };
}
