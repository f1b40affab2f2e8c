import fc from 'fast-check';
import type { Step } from './histories.ts';

/** Draws numbers below a bound. */
type Draw = (below: number) => number;
/** The next step of a walk; it knows what it did before. */
type Next = () => Step;

const look = (what: number, a: number | bigint, b: number | bigint = 0, c: number | bigint = 0): Step => [
  BigInt(what),
  BigInt(a),
  BigInt(b),
  BigInt(c),
];

/** Walks of `length` steps, each drawn with what the ones before it did. */
function walksOf(length: number, start: (draw: Draw) => Next): fc.Arbitrary<Step[]> {
  const numbers = fc.array(fc.nat(), { minLength: 5 * length, maxLength: 5 * length });
  return numbers.map((drawn) => {
    let at = 0;
    const next = start((below) => (drawn[at++ % drawn.length] ?? 0) % below);
    return Array.from({ length }, () => next());
  });
}

/** Prices that rise, fall, repeat and come several a day; look-ups from before the first to after the last. */
export const priceWalks = walksOf(40, (draw) => {
  let day = 1 + draw(20);
  return () => {
    if (draw(60) === 0) return look(2, 0);
    if (draw(3) === 0) return look(1, draw(day + 4));
    day += draw(3);
    return look(0, 1 + (draw(4) === 0 ? draw(2 ** 31) : draw(12)), day);
  };
});

/** Four accounts, of which one stays idle for long; snapshots in a row; look-ups of all of them. */
export const balanceWalks = walksOf(60, (draw) => {
  let snapshots = 0;
  const account = () => draw(13) % 4;
  return () => {
    const what = draw(10);
    if (what < 2) return look(0, account(), draw(1_000));
    if (what < 4) return look(1, account(), account(), draw(1_200));
    if (what < 5) return look(2, account(), draw(600));
    if (what < 7) return look(3, draw(8) === 0 ? 1 : 0, ++snapshots);
    return look(4, draw(snapshots + 1), account());
  };
});

/** Covers of up to a month, many on one day, ends that move, days passed one by one or many at once. */
export const coverWalks = walksOf(60, (draw) => {
  let today = 0;
  let number = 0n;
  const sold: { start: number; end: number; cover: bigint }[] = [];
  return () => {
    const what = draw(10);
    if (what < 4) {
      const start = today + 1 + draw(6);
      const one = { start, end: start + 1 + draw(30), cover: ++number * 1_000n + BigInt(draw(1_000)) };
      sold.push(one);
      return look(0, one.start, one.end, one.cover);
    }
    const open = sold.filter(({ end }) => end > today);
    const one = open[draw(Math.max(open.length, 1))];
    if (what < 5 && one !== undefined) {
      const was = one.end;
      one.end = Math.max(one.start, today) + 1 + draw(30);
      return look(3, was, one.end, one.cover);
    }
    if (what < 7) {
      const days = draw(4) === 0 ? 1 + draw(40) : 1 + draw(3);
      today += days;
      return look(1, days);
    }
    return look(2, draw(today + 1));
  };
});

/** Three controllers, several strikes a day, units that do not divide, snapshots between claims. */
export const exitWalks = walksOf(60, (draw) => {
  let [day, requests, snapshots] = [1, 0, 0];
  const earlier = () => draw(day + 2);
  return () => {
    const what = draw(12);
    if (what < 2) {
      ++requests;
      return look(0, draw(3), 1 + draw(9), 1 + draw(40));
    }
    if (what < 4) {
      day += draw(3);
      return look(1, 1 + draw(12), day, draw(5) === 0 ? 0 : draw(1_000));
    }
    if (what < 6) return look(2, draw(3), 1 + draw(8), earlier());
    if (what < 7) return look(3, 0, 0, ++snapshots);
    if (what < 9) return look(4, draw(requests + 1), draw(3), earlier());
    if (what < 11) return look(5, draw(requests + 1), draw(snapshots + 1), earlier());
    return look(6, draw(3), draw(snapshots + 1), draw(45));
  };
});

/** Intervals that touch or do not, within a day and over many; look-ups at the starts of all days so far and of later ones. */
export const shortfallWalks = walksOf(40, (draw) => {
  let time = 86_400 + draw(100_000);
  return () => {
    if (draw(2) === 0) return look(1, draw(Math.floor(time / 86_400) + 3));
    const from = time + (draw(2) === 0 ? 0 : draw(draw(3) === 0 ? 300_000 : 20_000));
    time = from + 1 + draw(draw(4) === 0 ? 400_000 : 20_000);
    return look(0, from, time, (BigInt(draw(2 ** 31)) << 64n) / BigInt(1 + draw(2 ** 31)));
  };
});

/** Incidents of a pool that mostly cannot pay them all, in any order, with escrow, claims and premium in between. */
export const lossWalks = walksOf(60, (draw) => {
  const states: ('held' | 'confirmed' | 'final' | 'over')[] = [];
  const severities: number[] = [];
  const looks: Step[] = [];
  let unit = 1n;
  const amount = () => unit * BigInt(draw(2_000)) + BigInt(draw(100));
  const pick = (...wanted: string[]) => {
    const found = states.map((state, n) => (wanted.includes(state) ? n : -1)).filter((n) => n >= 0);
    return found[draw(Math.max(found.length, 1))];
  };
  const act = (): Step => {
    if (looks.length === 0 && states.length === 0 && unit === 1n) {
      unit = 10n ** BigInt(1 + draw(12));
      return look(0, amount(), amount());
    }
    const what = draw(20);
    if (what < 5 || states.length === 0) {
      states.push('held');
      severities.push(100_000_000);
      return look(1, amount() + 1n, draw(2) === 0 ? 0 : draw(5_001), draw(7));
    }
    if (what < 7) return look(6, draw(2), amount() / 4n, draw(7));
    if (what < 8) return look(0, amount() / 3n, amount() / 3n);
    if (what < 11) {
      const n = pick('confirmed', 'final');
      return n === undefined ? look(14, draw(2), draw(7)) : look(7, n + 1, amount() / 4n);
    }
    if (what < 13) {
      const n = pick('final');
      return n === undefined ? look(14, draw(2), draw(7)) : look(5, n + 1);
    }
    const [from, to] = (
      [
        [['held', 'confirmed'], 'final'],
        [['held', 'confirmed'], 'final'],
        [['held'], 'confirmed'],
        [['held'], 'confirmed'],
        [['held', 'confirmed'], 'over'],
        [['final'], 'over'],
      ] as const
    )[draw(6)] ?? [[], 'over'];
    const n = pick(...from);
    if (n === undefined) return look(14, draw(2), draw(7));
    const was = states[n];
    states[n] = to;
    if (to === 'over') return look(was === 'final' ? 8 : 4, n + 1);
    const highest = severities[n] ?? 1;
    severities[n] = draw(2) === 0 ? highest : 1 + draw(highest);
    return look(to === 'final' ? 2 : 3, n + 1, severities[n] ?? 1, amount() / 2n);
  };
  return () => {
    const due = looks.pop();
    if (due !== undefined) return due;
    const step = act();
    const n = step[0] === 0n || step[0] === 6n || step[0] >= 10n ? draw(states.length + 1) : Number(step[1]);
    const at = step[0] === 1n ? states.length : n;
    looks.push(look(13, at), look(12, at), look(11, at), look(10, 0), look(14, draw(2), draw(7)));
    return step;
  };
});
