/**
 * What a pool and its vaults look up in their past, the plain way: everything is kept, and every look-up looks at all of it.
 * Steps are those of `HistoryWalkers.sol`.
 */

export type Step = readonly [what: bigint, a: bigint, b: bigint, c: bigint];
export type Answer = readonly [bigint, bigint, bigint];
export type History = (step: Step) => Answer;

const nothing: Answer = [0n, 0n, 0n];
const never = 2n ** 256n - 1n;
const DAY = 86_400n;

/** Lowest price noted since a day: the newest note at or before its end counts, or the first one there is. */
export function prices(): History {
  let notes: { price: bigint; day: bigint }[] = [];
  const lowestSince = (day: bigint): bigint => {
    const earlier = notes.filter((note) => note.day <= day).at(-1)?.day ?? notes[0]?.day ?? 0n;
    return lowest(notes.filter((note) => note.day >= earlier).map(({ price }) => price));
  };
  return ([what, a, b]) => {
    if (what === 0n) {
      // Of a day that has a price already, a higher one is not noted.
      const today = notes.filter((note) => note.day === b).map(({ price }) => price);
      if (today.length === 0 || a < lowest(today)) notes.push({ price: a, day: b });
      return nothing;
    }
    if (what === 2n) {
      notes = [];
      return nothing;
    }
    const price = lowestSince(a);
    const later = notes.map(({ day }) => day).filter((day) => day > a && lowestSince(day) !== price);
    return [price, later.length === 0 ? never : lowest(later), 0n];
  };
}

/** Balances at snapshots: each is a copy of all of them. */
export function balances(): History {
  let now = new Map<bigint, bigint>();
  const snapshots: Map<bigint, bigint>[] = [new Map()];
  const add = (account: bigint, amount: bigint) => now.set(account, (now.get(account) ?? 0n) + amount);
  return ([what, a, b, c]) => {
    const own = now.get(a) ?? 0n;
    if (what === 0n) add(a, b);
    else if (what === 1n) {
      const amount = lowest([c, own]);
      add(a, -amount);
      add(b, amount);
    } else if (what === 2n) add(a, -lowest([b, own]));
    else if (what === 3n) {
      snapshots.push(new Map(now));
      if (a === 1n) now = new Map();
      return [BigInt(snapshots.length - 1), 0n, 0n];
    } else {
      const then = snapshots[Number(a)] ?? new Map<bigint, bigint>();
      return [then.get(b) ?? 0n, sum([...then.values()]), now.get(b) ?? 0n];
    }
    return nothing;
  };
}

/** Cover by days: active from its start to before its end, committed until the raise window of 7 days and one more are over. */
export function covers(): History {
  const sold: { start: bigint; end: bigint; cover: bigint }[] = [];
  let today = 0n;
  const active = (day: bigint) =>
    sum(sold.filter(({ start, end }) => start <= day && day < end).map(({ cover }) => cover));
  return ([what, a, b, c]) => {
    if (what === 0n) sold.push({ start: a, end: b, cover: c });
    else if (what === 1n) {
      today += a;
      const committed = sum(sold.filter(({ end }) => today < end + 8n).map(({ cover }) => cover));
      return [active(today), committed, committed];
    } else if (what === 2n) return [active(a), 0n, 0n];
    else {
      const one = sold.find(({ end, cover }) => end === a && cover === c);
      if (one !== undefined) one.end = b;
    }
    return nothing;
  };
}

type Share = {
  readonly request: bigint;
  struckOn?: bigint;
  units?: bigint;
  /** Numbers of the strike and of the claim, in the order of all steps. */
  struckAt?: number;
  claimedAt?: number;
};

/** The line of exits, share by share. */
export function exits(): History {
  const line: Share[] = [];
  const requests: { controller: bigint; maturesAt: bigint; askedAt: number }[] = [];
  const snapshots: number[] = [-1];
  let time = 0;
  let strikes = 0n;
  const of = (controller: bigint) => (share: Share) =>
    requests[Number(share.request) - 1]?.controller === controller;
  const claimable = (day: bigint) => (share: Share) =>
    share.claimedAt === undefined && share.struckOn !== undefined && share.struckOn <= day;
  const pending = () => line.filter((share) => share.struckOn === undefined);
  return ([what, a, b, c]) => {
    ++time;
    if (what === 0n) {
      // None matures before the one ahead of it.
      const maturesAt = highest([c, ...requests.map((request) => request.maturesAt)]);
      requests.push({ controller: a, maturesAt, askedAt: time });
      for (let i = 0n; i < b; ++i) line.push({ request: BigInt(requests.length) });
      return [BigInt(requests.length), 0n, 0n];
    }
    if (what === 1n) {
      const struck = pending().slice(0, Number(a));
      if (pending().length === 0) return nothing;
      const count = BigInt(struck.length);
      struck.forEach((share, i) => {
        // Units go to shares side by side, so that they add up.
        const units = (c * BigInt(i + 1)) / count - (c * BigInt(i)) / count;
        Object.assign(share, { struckOn: b, struckAt: time, units });
      });
      return [++strikes, 0n, 0n];
    }
    if (what === 2n) {
      // Of the oldest request that is not claimed in full, what one day struck.
      const own = line.filter((share) => of(a)(share) && share.claimedAt === undefined);
      const oldest = own.filter(({ request }) => request === own[0]?.request).filter(claimable(c));
      const taken = oldest.filter(({ struckOn }) => struckOn === oldest[0]?.struckOn).slice(0, Number(b));
      for (const share of taken) share.claimedAt = time;
      return [BigInt(taken.length), taken[0]?.struckOn ?? 0n, sum(taken.map(({ units = 0n }) => units))];
    }
    if (what === 3n) {
      snapshots.push(time);
      return nothing;
    }
    if (what === 4n) {
      const ofRequest = line.filter((share) => share.request === a && of(b)(share));
      return [
        count(ofRequest.filter(claimable(c))),
        count(line.filter(of(b)).filter(claimable(c))),
        count(ofRequest.filter(({ claimedAt }) => claimedAt === undefined)),
      ];
    }
    const at = snapshots[Number(b)] ?? -1;
    if (what === 5n) {
      const held = line.filter(
        ({ request, struckAt = time, struckOn = 0n, claimedAt = time }) =>
          request === a && struckAt < at && claimedAt > at && struckOn > c,
      );
      const day = held[0]?.struckOn ?? 0n;
      return [day, sum(held.filter(({ struckOn }) => struckOn === day).map(({ units = 0n }) => units)), 0n];
    }
    const waiting = line.filter(({ request, struckAt = time }) => {
      const { controller, askedAt = time } = requests[Number(request) - 1] ?? {};
      return controller === a && askedAt < at && struckAt > at;
    });
    const matured = pending().filter(
      ({ request }) => (requests[Number(request) - 1]?.maturesAt ?? never) <= c,
    );
    return [count(waiting), count(matured), 0n];
  };
}

/** The index of premium held back, interval by interval, at the starts of days. */
export function shortfall(): History {
  const intervals: { from: bigint; to: bigint; increase: bigint }[] = [];
  return ([what, a, b, c]) => {
    if (what === 0n) {
      intervals.push({ from: a, to: b, increase: c });
      return nothing;
    }
    const end = a * DAY;
    const parts = intervals.map(({ from, to, increase }) => {
      if (end <= from) return 0n;
      return end >= to ? increase : (increase * (end - from)) / (to - from);
    });
    return [sum(parts), 0n, 0n];
  };
}

function sum(numbers: readonly bigint[]): bigint {
  return numbers.reduce((total, one) => total + one, 0n);
}

function count(list: readonly unknown[]): bigint {
  return BigInt(list.length);
}

function lowest(numbers: readonly bigint[]): bigint {
  return numbers.reduce((least, one) => (one < least ? one : least), never);
}

function highest(numbers: readonly bigint[]): bigint {
  return numbers.reduce((most, one) => (one > most ? one : most), 0n);
}
