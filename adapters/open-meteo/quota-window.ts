/** A request that counts against the quota. While it is under way it counts in every window that begins. */
export interface Reservation {
  readonly id: string;
  readonly weight: number;
  /**
   * From then on it is under way no longer, though nobody has settled it; what it was counted for stays counted.
   * Milliseconds since the epoch.
   */
  readonly expiresAt: number;
}

export interface QuotaWindowRule {
  readonly lengthMs: number;
  readonly marginMs: number;
  readonly limit: number;
}

/** Why a window is closed although the ledger has room in it. */
export type WindowClosure = 'quota' | 'shared_quota';

/** From the first window to the last, both included. */
interface Span {
  readonly first: number;
  readonly last: number;
}

/** All that is known of one kind of window, for another process to go on with. */
export interface QuotaWindowState {
  /** Weight by window. */
  readonly used: ReadonlyMap<number, number>;
  /** With the windows that each counts in. */
  readonly underWay: readonly (Reservation & Span)[];
  readonly closed: { readonly until: number; readonly closure: WindowClosure } | undefined;
}

const UNUSED: QuotaWindowState = { used: new Map(), underWay: [], closed: undefined };

/** Weights such as 26.1 are sums of binary fractions. */
const ROUNDING = 1e-6;

/**
 * Use of one kind of window (minutes, say) over time. Window `n` begins at `n` lengths since the epoch.
 *
 * The source clears a window up to a margin before or after its boundary, so that an instant nearer to a boundary than that
 * belongs to the windows on both sides: what happens then counts in both, and needs room in both.
 */
export class QuotaWindow {
  private readonly used: Map<number, number>;
  private readonly underWay: Map<string, Reservation & Span>;
  private closed: QuotaWindowState['closed'];

  constructor(
    private readonly rule: QuotaWindowRule,
    { used, underWay, closed } = UNUSED,
  ) {
    this.used = new Map(used);
    this.underWay = new Map(underWay.map((reservation) => [reservation.id, reservation]));
    this.closed = closed;
  }

  state(now: number): QuotaWindowState {
    this.advance(now);
    const closed = this.closed !== undefined && now < this.closed.until ? this.closed : undefined;
    return { used: new Map(this.used), underWay: [...this.underWay.values()], closed };
  }

  get limit(): number {
    return this.rule.limit;
  }

  /** Weight counted at an instant, in the fuller window where it belongs to two. */
  usedAt(now: number): number {
    this.advance(now);
    return Math.max(...indices(this.spanAt(now)).map((index) => this.used.get(index) ?? 0));
  }

  /** What keeps the weight from being sent at an instant, now or later, as far as is known now. */
  obstacle(weight: number, at: number): { until: number; closure?: WindowClosure } | undefined {
    if (this.closed !== undefined && at < this.closed.until) return this.closed;
    const full = indices(this.spanAt(at)).filter((index) => !this.hasRoom(index, weight));
    return full.length === 0 ? undefined : { until: this.endOf(Math.max(...full)) };
  }

  reserve(reservation: Reservation, now: number): void {
    this.advance(now);
    const span = this.spanAt(now);
    for (const index of indices(span)) this.add(index, reservation.weight);
    this.underWay.set(reservation.id, { ...reservation, ...span });
  }

  isUnderWay(id: string): boolean {
    return this.underWay.has(id);
  }

  /** @param cost what the source has counted in the end */
  settle(reservation: Reservation, cost: number, now: number): void {
    this.advance(now);
    const span = this.underWay.get(reservation.id);
    if (span === undefined) return;
    this.underWay.delete(reservation.id);
    for (const index of indices(span)) this.add(index, cost - reservation.weight);
  }

  /** Admits nothing until the source must have cleared the window. */
  close(closure: WindowClosure, now: number): number {
    const until = this.endOf(this.spanAt(now).first);
    this.closed = { until, closure };
    return until;
  }

  /** @param endOf when the window opens, from when it was said to */
  measureClosure(endOf: (until: number) => number): void {
    if (this.closed !== undefined) this.closed = { ...this.closed, until: endOf(this.closed.until) };
  }

  /** Counts what is under way in the windows that have begun since, and forgets windows long past. */
  advance(now: number): void {
    const { first } = this.spanAt(now);
    this.forgetFuture(now);
    for (const reservation of this.underWay.values()) this.follow(reservation, now);
    for (const index of this.used.keys()) if (index < first - 1) this.used.delete(index);
  }

  /** What a clock has written that was ahead: it has been set back since, or is another machine's. */
  private forgetFuture(now: number): void {
    const next = this.spanAt(now).last + 1;
    for (const { id, first } of this.underWay.values()) if (first > next) this.underWay.delete(id);
    if (this.closed !== undefined && this.closed.until > this.endOf(next)) this.closed = undefined;
  }

  private follow(reservation: Reservation & Span, now: number): void {
    const { id, weight, expiresAt } = reservation;
    const { last } = this.spanAt(Math.min(now, expiresAt));
    for (let index = reservation.last + 1; index <= last; index += 1) this.add(index, weight);
    if (expiresAt <= now) this.underWay.delete(id);
    else if (last > reservation.last) this.underWay.set(id, { ...reservation, last });
  }

  private hasRoom(index: number, weight: number): boolean {
    return (this.used.get(index) ?? 0) + weight <= this.rule.limit + ROUNDING;
  }

  private add(index: number, weight: number): void {
    this.used.set(index, Math.max(0, (this.used.get(index) ?? 0) + weight));
  }

  private spanAt(now: number): Span {
    const { lengthMs, marginMs } = this.rule;
    return { first: Math.floor((now - marginMs) / lengthMs), last: Math.floor((now + marginMs) / lengthMs) };
  }

  private endOf(index: number): number {
    return (index + 1) * this.rule.lengthMs + this.rule.marginMs;
  }
}

function indices({ first, last }: Span): number[] {
  return Array.from({ length: last - first + 1 }, (_, offset) => first + offset);
}
