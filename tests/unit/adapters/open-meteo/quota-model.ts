import type { QuotaLedger, QuotaRules } from '../../../../adapters/open-meteo/quota-ledger';

type Level = 'minute' | 'hour' | 'day';
const LEVELS: readonly Level[] = ['minute', 'hour', 'day'];

/** The source's account of one address: it checks before a request and adds after it, and clears each window near its boundary. */
export class QuotaModel {
  private readonly used = { minute: 0, hour: 0, day: 0 };
  private readonly cleared = { minute: -1, hour: -1, day: -1 };
  refusals = 0;
  served = 0;
  /** The farthest that any window went past its limit, ever. */
  highest = Number.NEGATIVE_INFINITY;

  /** @param lateness of the n-th clearing, from -1 (a margin early) to 1 (a margin late) */
  constructor(
    private readonly rules: QuotaRules,
    private readonly lateness: (level: Level, index: number) => number,
  ) {}

  arrive(now: number): boolean {
    this.clear(now);
    const refused = LEVELS.some((level) => this.used[level] >= this.rules.limits[level]);
    if (refused) this.refusals += 1;
    return !refused;
  }

  complete(weight: number, now: number): void {
    this.clear(now);
    this.served += weight;
    for (const level of LEVELS) this.used[level] += weight;
    this.highest = Math.max(this.highest, this.overshoot());
  }

  private overshoot(): number {
    return Math.max(...LEVELS.map((level) => this.used[level] - this.rules.limits[level]));
  }

  private clear(now: number): void {
    for (const level of LEVELS) {
      const index = this.windowAt(level, now);
      if (index > this.cleared[level]) this.used[level] = 0;
      this.cleared[level] = Math.max(index, this.cleared[level]);
    }
  }

  private windowAt(level: Level, now: number): number {
    const length = this.rules.windows[`${level}Seconds`] * 1000;
    const nearest = Math.round(now / length);
    const clearing = nearest * length + this.lateness(level, nearest) * this.rules.marginSeconds * 1000;
    return now >= clearing ? nearest : nearest - 1;
  }
}

export interface Job {
  readonly weight: number;
  readonly durationMs: number;
  /** Idle time before the job is thought of. */
  readonly pauseMs: number;
}

let reservations = 0;

/** Sends the jobs through so many lanes at once, each when the ledger says. Returns the moment at which the last one ends. */
export function drive(
  parts: { ledger: QuotaLedger; model: QuotaModel; lanes: number; start: number },
  jobs: readonly Job[],
): number {
  const { ledger, model } = parts;
  const running: { end: number; finish: () => void }[] = [];
  let now = parts.start;
  const settleUntil = (time: number) => {
    running.sort((one, other) => one.end - other.end);
    while (running[0] !== undefined && running[0].end <= time) {
      now = Math.max(now, running[0].end);
      running.shift()?.finish();
    }
    now = Math.max(now, time);
  };
  for (const { weight, durationMs, pauseMs } of jobs) {
    settleUntil(now + pauseMs);
    if (running.length >= parts.lanes) settleUntil(Math.min(...running.map(({ end }) => end)));
    for (let at = ledger.delayUntil(weight, now).at; at > now; at = ledger.delayUntil(weight, now).at)
      settleUntil(at);
    const reservation = { id: String(++reservations), weight, expiresAt: Number.POSITIVE_INFINITY };
    ledger.reserve(reservation, now);
    const end = now + durationMs;
    const admitted = model.arrive(now);
    const finish = () => {
      if (admitted) model.complete(weight, end);
      ledger.settle(reservation, admitted ? weight : 0, end);
    };
    running.push({ end, finish });
  }
  settleUntil(Math.max(now, ...running.map(({ end }) => end)));
  return now;
}
