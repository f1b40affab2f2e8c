import type { CompiledPortfolio } from './compile.ts';
import { mix } from './random.ts';

/** Which paths, and where their losses go. Path i is the same whoever simulates it, and in whatever order. */
export type PathRange = {
  readonly seed: readonly [number, number];
  /** First path. */
  readonly from: number;
  readonly to: number;
};

/** Losses by path, loss units, and by name for the last path that was simulated. */
export type PathOutput = {
  /** Paid losses, at path less `offset`. */
  readonly losses: Float64Array;
  /** Recovered of them; empty without recoveries. */
  readonly recovered: Float64Array;
  readonly offset: number;
};

/** What `simulatePaths` needs besides: how often it was stamped, and who failed in the last path. */
export type Scratch = {
  /** Path at which each name last failed, plus one. */
  readonly stamps: Int32Array;
  readonly failedNames: Int32Array;
  readonly failedLosses: Float64Array;
  /** How many failed in the last path. */
  failed: number;
  /** Loss and recovery of a path, and the state of its generator, while a shock is played. */
  loss: number;
  back: number;
  readonly words: Int32Array;
};

export function newScratch({ names }: CompiledPortfolio): Scratch {
  return {
    stamps: new Int32Array(names),
    failedNames: new Int32Array(names),
    failedLosses: new Float64Array(names),
    failed: 0,
    loss: 0,
    back: 0,
    words: new Int32Array(4),
  };
}

/**
 * Simulates a range of paths.
 *
 * The number of events of a path is Poisson; each falls on a name or on a group by their rates, in random order, which
 * is that of time. A name's first event counts and later ones do not, so it fails with exactly its chance
 * 1 - exp(-rate), independently of the others; a shock draws one severity and hits each member by its weight.
 */
export function simulatePaths(
  model: CompiledPortfolio,
  { seed, from, to }: PathRange,
  output: PathOutput,
  scratch: Scratch,
): void {
  const { names, exposure, lawStart, lawShift, severities, recovery } = model;
  const { binBits, binTable, countBits, countTable, eventBits, eventTable, dense } = model;
  const { stamps, failedNames, failedLosses, words } = scratch;
  const { losses, recovered, offset } = output;
  const [seedLow, seedHigh] = seed;
  const binShift = 32 - binBits;
  const binLow = (1 << binShift) - 1;
  const countShift = 32 - countBits;
  const countLow = (1 << countShift) - 1;
  const countMask = (1 << countBits) - 1;
  const eventShift = 32 - eventBits;
  const eventLow = (1 << eventShift) - 1;
  const eventMask = (1 << eventBits) - 1;
  const hasRecovery = recovery.length > 0;

  for (let path = from; path < to; path++) {
    // The four words of xoshiro128**, from seed and path.
    let a = mix(path ^ seedLow);
    let b = mix(a + seedHigh);
    let c = mix(b + 0x3c6ef372);
    let d = mix(c + 0xdaa66d2b) | 1;

    // A draw is written out each time: as a function its state would live in memory.
    let r = Math.imul(b, 5);
    r = Math.imul((r << 7) | (r >>> 25), 9);
    let t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = (d << 11) | (d >>> 21);
    let column = r >>> binShift;
    let entry = binTable[column] as number;
    const bin = (r & binLow) < entry >>> binBits ? column : entry & ((1 << binBits) - 1);

    if (dense[bin] === 1) {
      words[0] = a;
      words[1] = b;
      words[2] = c;
      words[3] = d;
      simulateDense(model, path, bin, output, scratch);
      continue;
    }

    r = Math.imul(b, 5);
    r = Math.imul((r << 7) | (r >>> 25), 9);
    t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = (d << 11) | (d >>> 21);
    column = r >>> countShift;
    entry = countTable[(bin << countBits) + column] as number;
    const few = ((r & countLow) - (entry >>> countBits)) >> 31;
    let events = (column & few) | (entry & countMask & ~few);

    const base = bin << eventBits;
    const stamp = path + 1;
    let failed = 0;
    let loss = 0;
    let back = 0;
    for (; events > 0; events--) {
      r = Math.imul(b, 5);
      r = Math.imul((r << 7) | (r >>> 25), 9);
      t = b << 9;
      c ^= a;
      d ^= b;
      b ^= c;
      a ^= d;
      c ^= t;
      d = (d << 11) | (d >>> 21);
      column = r >>> eventShift;
      entry = eventTable[base + column] as number;
      // All ones to keep the column: a branch would be guessed wrong half of the time.
      const kept = ((r & eventLow) - (entry >>> eventBits)) >> 31;
      const hit = (column & kept) | (entry & eventMask & ~kept);

      if (hit >= names) {
        words[0] = a;
        words[1] = b;
        words[2] = c;
        words[3] = d;
        scratch.failed = failed;
        scratch.loss = loss;
        scratch.back = back;
        simulateShock(model, hit - names, stamp, scratch);
        loss = scratch.loss;
        back = scratch.back;
        failed = scratch.failed;
        a = words[0] as number;
        b = words[1] as number;
        c = words[2] as number;
        d = words[3] as number;
        continue;
      }
      if (stamps[hit] === stamp) continue;
      stamps[hit] = stamp;
      r = Math.imul(b, 5);
      r = Math.imul((r << 7) | (r >>> 25), 9);
      t = b << 9;
      c ^= a;
      d ^= b;
      b ^= c;
      a ^= d;
      c ^= t;
      d = (d << 11) | (d >>> 21);
      const law = (lawStart[hit] as number) + (r >>> (lawShift[hit] as number));
      const one = Math.floor((exposure[hit] as number) * (severities[law] as number) + 0.5);
      loss += one;
      failedNames[failed] = hit;
      failedLosses[failed] = one;
      failed++;
      if (hasRecovery) {
        r = Math.imul(b, 5);
        r = Math.imul((r << 7) | (r >>> 25), 9);
        t = b << 9;
        c ^= a;
        d ^= b;
        b ^= c;
        a ^= d;
        c ^= t;
        d = (d << 11) | (d >>> 21);
        back += Math.floor(one * (recovery[r >>> 22] as number) + 0.5);
      }
    }
    losses[path - offset] = loss;
    if (hasRecovery) recovered[path - offset] = back;
    scratch.failed = failed;
  }
}

/** A uniform word. */
function draw(words: Int32Array): number {
  const r = Math.imul(words[1] as number, 5);
  const t = (words[1] as number) << 9;
  words[2] = (words[2] as number) ^ (words[0] as number);
  words[3] = (words[3] as number) ^ (words[1] as number);
  words[1] = (words[1] as number) ^ (words[2] as number);
  words[0] = (words[0] as number) ^ (words[3] as number);
  words[2] = (words[2] as number) ^ t;
  words[3] = ((words[3] as number) << 11) | ((words[3] as number) >>> 21);
  return Math.imul((r << 7) | (r >>> 25), 9) >>> 0;
}

/** A shock: one severity for all whom it hits and who have not failed. */
function simulateShock(model: CompiledPortfolio, group: number, stamp: number, scratch: Scratch): void {
  const { names, memberStart, members, memberChance } = model;
  const severity = drawSeverity(model, names + group, scratch);
  for (let m = memberStart[group] ?? 0; m < (memberStart[group + 1] ?? 0); m++) {
    const isHit = draw(scratch.words) < (memberChance[m] ?? 0);
    const name = members[m] ?? 0;
    if (isHit && scratch.stamps[name] !== stamp) fail(model, name, severity, stamp, scratch);
  }
}

/** Draws each name by itself, for bins where most fail; shocks and failures in the order of their times. */
function simulateDense(
  model: CompiledPortfolio,
  path: number,
  bin: number,
  output: PathOutput,
  scratch: Scratch,
): void {
  const { names, rates, shockRates } = model;
  const stamp = path + 1;
  const wait = (rate: number) => -Math.log((draw(scratch.words) + 0.5) / 2 ** 32) / rate;
  const events: { time: number; hit: number }[] = [];
  for (let hit = 0; hit < names; hit++) {
    const time = wait(rates[bin * names + hit] ?? 0);
    if (time < 1) events.push({ time, hit });
  }
  shockRates.forEach((rate, group) => {
    for (let time = wait(rate); time < 1; time += wait(rate)) events.push({ time, hit: names + group });
  });
  events.sort((x, y) => x.time - y.time);
  scratch.failed = 0;
  scratch.loss = 0;
  scratch.back = 0;
  for (const { hit } of events) {
    if (hit >= names) simulateShock(model, hit - names, stamp, scratch);
    else if (scratch.stamps[hit] !== stamp) {
      fail(model, hit, drawSeverity(model, hit, scratch), stamp, scratch);
    }
  }
  output.losses[path - output.offset] = scratch.loss;
  if (model.recovery.length > 0) output.recovered[path - output.offset] = scratch.back;
}

function drawSeverity(model: CompiledPortfolio, subject: number, { words }: Scratch): number {
  const place = (model.lawStart[subject] ?? 0) + (draw(words) >>> (model.lawShift[subject] ?? 0));
  return model.severities[place] ?? 0;
}

function fail(
  { exposure, recovery }: CompiledPortfolio,
  name: number,
  severity: number,
  stamp: number,
  scratch: Scratch,
): void {
  const loss = Math.floor((exposure[name] ?? 0) * severity + 0.5);
  scratch.stamps[name] = stamp;
  scratch.failedNames[scratch.failed] = name;
  scratch.failedLosses[scratch.failed] = loss;
  scratch.failed++;
  scratch.loss += loss;
  if (recovery.length === 0) return;
  scratch.back += Math.floor(loss * (recovery[draw(scratch.words) >>> 22] ?? 0) + 0.5);
}
