import type { Answer, History } from './histories.ts';

/**
 * Losses of a pool the plain way: amounts are kept by tranche and day, and every sum is taken anew.
 * Steps are those of `LossWalker.sol`.
 */

const WHOLE = 100_000_000n;
const BPS = 10_000n;
const nothing: Answer = [0n, 0n, 0n];

type Batch = { readonly day: bigint; assets: bigint };
type Tranche = { live: bigint; readonly escrow: Batch[] };
type Incident = {
  readonly cover: bigint;
  readonly deductible: bigint;
  readonly day: bigint;
  state: 'held' | 'confirmed' | 'final' | 'closed' | 'undone';
  /** Held before the declaration, owed after it. */
  liability: bigint;
  severity: bigint;
  finalSeverity: bigint;
  moved: bigint;
  ratio: bigint;
  share: bigint;
  paid: bigint;
  proven: bigint;
  salvage: bigint;
  drawn: bigint;
  /** Paid before a final at a lower severity, and beyond it. */
  early: bigint;
  /** Whether it may still be owed more. */
  owed: boolean;
  /** What live capital and escrow lost, junior and senior. */
  readonly live: [bigint, bigint];
  readonly escrow: [bigint, bigint];
};

export function losses(): History {
  const tranches: [Tranche, Tranche] = [
    { live: 0n, escrow: [] },
    { live: 0n, escrow: [] },
  ];
  const [junior, senior] = tranches;
  const incidents: Incident[] = [];
  const capital = () => junior.live + senior.live;
  const open = () => incidents.filter(({ state }) => state === 'held');
  const underpaid = () => incidents.filter(({ owed, ratio }) => owed && ratio < WHOLE);
  const held = () => sum(open().map(({ liability }) => liability));
  const owing = () => sum(underpaid().map(({ liability }) => liability));
  const reserved = ({ moved, early }: Incident) => floored(moved - early);
  const got = () => sum(underpaid().map(reserved));

  /**
   * Whether the pool is short, as of the last change of an incident. Once nothing is open or confirmed, and less is left than
   * moves a ratio, the past is owed nothing any more.
   */
  let short = false;
  const review = () => {
    const settled = incidents.every(({ state }) => state !== 'held' && state !== 'confirmed');
    if (settled && owing() !== 0n && capital() * 10_000_000n <= owing()) {
      for (const incident of underpaid()) incident.owed = false;
    }
    short = owing() !== 0n || held() > capital();
  };

  /** Junior until it is empty, then senior; escrow struck on the event's day or later and live capital in proportion. */
  const bear = (incident: Incident, loss: bigint) => {
    let rest = loss;
    tranches.forEach((tranche, n) => {
      const batches = tranche.escrow
        .filter(({ day }) => day >= incident.day)
        .sort((a, b) => Number(a.day - b.day));
      let base = tranche.live + sum(batches.map(({ assets }) => assets));
      let own = least(rest, base);
      rest -= own;
      for (const batch of batches) {
        if (own === 0n) break;
        const taken = up(own * batch.assets, base);
        base -= batch.assets;
        batch.assets -= taken;
        incident.escrow[n === 0 ? 0 : 1] += taken;
        own -= taken;
      }
      tranche.live -= own;
      incident.live[n === 0 ? 0 : 1] += own;
    });
  };

  /** Live capital, and escrow that an incident's loss reaches. */
  const reached = ({ day: event }: Incident) =>
    capital() +
    sum(
      tranches.flatMap(({ escrow }) => escrow.filter(({ day }) => day >= event)).map(({ assets }) => assets),
    );

  /** What is freed goes back to live capital as far as other incidents lack it, senior's loss first; the rest is salvage. */
  const free = (incident: Incident, freed: bigint) => {
    const lacking = floored(held() + owing() - got() - capital());
    const back = least(freed, lacking);
    const toSenior = least(back, incident.live[1]);
    senior.live += toSenior;
    junior.live += back - toSenior;
    incident.live[1] -= toSenior;
    incident.live[0] = floored(incident.live[0] - (back - toSenior));
    incident.salvage += freed - back;
  };

  const declare = (incident: Incident, severity: bigint) => {
    const liability = up(incident.cover * severity * (BPS - incident.deductible), WHOLE * BPS);
    incident.state = 'confirmed';
    Object.assign(incident, { liability, severity, finalSeverity: severity });
    const bearing = reached(incident);
    const alone = part(bearing, liability + held());
    const equal = part(bearing + got(), liability + held() + owing());
    incident.ratio = least(alone, equal);
    incident.moved = (liability * incident.ratio) / WHOLE;
    bear(incident, incident.moved);
    incident.owed = incident.ratio < WHOLE;
    review();
  };

  /** At a lower severity, liability and share come down with it, and what that frees is for others or salvage. */
  const finalise = (incident: Incident, severity: bigint) => {
    incident.state = 'final';
    incident.finalSeverity = severity;
    incident.share = incident.ratio;
    if (severity < incident.severity) {
      const liability = up(incident.liability * severity, incident.severity);
      const wasUnderpaid = incident.owed && incident.ratio < WHOLE;
      let kept = least(incident.moved, liability);
      if (wasUnderpaid) {
        incident.owed = false;
        const equal = part(reached(incident) + incident.moved + got(), liability + owing() + held());
        kept = least(kept, up(liability * equal, WHOLE));
        incident.ratio = liability === 0n ? WHOLE : (kept * WHOLE) / liability;
      }
      incident.share = (incident.ratio * severity) / incident.severity;
      const early = floored(incident.paid - (incident.proven * incident.share) / WHOLE);
      const moved = least(incident.moved, kept + early);
      const freed = incident.moved - moved;
      Object.assign(incident, { liability, moved, early });
      // What this incident still lacks itself is not among what the others lack.
      if (wasUnderpaid) free(incident, freed);
      else incident.salvage += freed;
      incident.owed = wasUnderpaid && incident.ratio < WHOLE;
    }
    review();
  };

  const topUp = (incident: Incident): bigint => {
    if (incident.state !== 'final' || incident.ratio === WHOLE || !incident.owed) return 0n;
    const bearing = reached(incident);
    const equal = part(bearing + got(), owing() + held());
    const due = (incident.liability * equal) / WHOLE;
    if (equal <= incident.ratio || due <= reserved(incident)) {
      review();
      return 0n;
    }
    const amount = least(bearing, due - reserved(incident));
    bear(incident, amount);
    incident.moved += amount;
    incident.ratio = (reserved(incident) * WHOLE) / incident.liability;
    incident.share = (incident.ratio * incident.finalSeverity) / incident.severity;
    review();
    return amount;
  };

  const close = (incident: Incident) => {
    if (incident.owed && incident.ratio < WHOLE) {
      // Another may still let go what it lacks: refused.
      if (incidents.some(({ state }) => state === 'held' || state === 'confirmed')) return;
      topUp(incident);
    }
    const { proven, severity, finalSeverity, moved, early } = incident;
    const whole = (finalSeverity * WHOLE) / severity;
    const raised = proven === 0n ? 0n : least(whole, (reserved(incident) * WHOLE) / proven);
    incident.share = most(incident.share, raised);
    const left = floored(moved - most(incident.paid, early + up(proven * incident.share, WHOLE)));
    Object.assign(incident, { state: 'closed', owed: false });
    incident.salvage += left;
    incident.moved -= left;
    review();
  };

  const reject = (incident: Incident) => {
    const declared = incident.state !== 'held';
    Object.assign(incident, { state: 'undone', owed: false });
    if (declared) {
      free(incident, incident.moved - incident.paid + incident.drawn);
      Object.assign(incident, { moved: incident.paid, share: 0n });
    }
    review();
  };

  const look = (what: bigint, a: bigint, b: bigint): Answer => {
    if (what === 10n) return [junior.live, senior.live, held()];
    if (what === 14n) {
      const batches = (a === 0n ? junior : senior).escrow.filter(({ day }) => day === -b);
      return [sum(batches.map(({ assets }) => assets)), short ? 1n : 0n, 0n];
    }
    const one = incidents[Number(a) - 1];
    if (one === undefined) return nothing;
    if (what === 11n) return [one.moved, one.ratio, one.share];
    if (what === 12n) return [...one.live, one.salvage];
    return [...one.escrow, one.liability];
  };

  return ([what, a, b, c]) => {
    if (what >= 10n) return look(what, a, b);
    if (what === 0n) {
      junior.live += a;
      senior.live += b;
      return nothing;
    }
    if (what === 1n) {
      incidents.push({
        ...{
          cover: a,
          deductible: b,
          day: -c,
          state: 'held',
          liability: up(a * (BPS - b), BPS),
          owed: false,
        },
        ...{ severity: 0n, finalSeverity: 0n, moved: 0n, ratio: 0n, share: 0n, paid: 0n, proven: 0n },
        ...{ salvage: 0n, drawn: 0n, early: 0n, live: [0n, 0n], escrow: [0n, 0n] },
      });
      review();
      return nothing;
    }
    if (what === 6n) {
      const tranche = a === 0n ? junior : senior;
      const assets = least(b, tranche.live);
      tranche.live -= assets;
      const batch = tranche.escrow.find(({ day }) => day === -c);
      if (batch === undefined) tranche.escrow.push({ day: -c, assets });
      else batch.assets += assets;
      return nothing;
    }
    const incident = incidents[Number(a) - 1];
    if (incident === undefined) throw new Error(`no incident ${a}`);
    if (what === 2n) {
      if (incident.state === 'held') declare(incident, b);
      finalise(incident, b);
    } else if (what === 3n) {
      declare(incident, b);
      incident.drawn = least(incident.moved, c);
      if (incident.liability !== 0n) incident.share = (incident.drawn * WHOLE) / incident.liability;
    } else if (what === 4n) reject(incident);
    else if (what === 5n) return [topUp(incident), 0n, 0n];
    else if (what === 7n) {
      const claim = least(b, floored(incident.liability - incident.proven));
      incident.proven += claim;
      incident.paid += (claim * incident.share) / WHOLE;
    } else close(incident);
    return nothing;
  };
}

/** What capital gives of a liability, at most all of it, in parts of 1e8. */
function part(capital: bigint, liability: bigint): bigint {
  return liability <= capital ? WHOLE : (capital * WHOLE) / liability;
}

function up(x: bigint, y: bigint): bigint {
  return (x + y - 1n) / y;
}

function least(x: bigint, y: bigint): bigint {
  return x < y ? x : y;
}

function most(x: bigint, y: bigint): bigint {
  return x > y ? x : y;
}

function floored(x: bigint): bigint {
  return x < 0n ? 0n : x;
}

function sum(numbers: readonly bigint[]): bigint {
  return numbers.reduce((total, one) => total + one, 0n);
}
