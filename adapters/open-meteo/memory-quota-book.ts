import type { Clock } from '../../core/ports/clock';
import type { QuotaPatience } from '../../core/ports/weather-source';
import { ClosureWatch } from './closure-watch';
import type { Admission, QuotaBook } from './quota-book';
import { type Closing, QuotaLedger, type QuotaRules } from './quota-ledger';
import type { Reservation } from './quota-window';

/** The account of one process, for as long as it lives. */
export class MemoryQuotaBook implements QuotaBook {
  private readonly ledger: QuotaLedger;
  private readonly closures: ClosureWatch;
  private reservations = 0;

  constructor(
    rules: QuotaRules,
    private readonly clock: Pick<Clock, 'now' | 'elapsed'>,
  ) {
    this.ledger = new QuotaLedger(rules);
    this.closures = new ClosureWatch(clock);
  }

  async admit(weight: number): Promise<Admission> {
    // Who reserves lives as long as the account and settles.
    const expiresAt = Number.POSITIVE_INFINITY;
    const reservation = { id: String(++this.reservations), weight, expiresAt };
    this.measureClosures();
    const delay = this.ledger.admit(reservation, this.clock.now());
    return delay === undefined ? { admitted: true, reservation } : { admitted: false, ...delay };
  }

  async settle(reservation: Reservation, cost: number): Promise<void> {
    this.ledger.settle(reservation, cost, this.clock.now());
  }

  async close(window: QuotaPatience): Promise<Closing> {
    const closing = this.ledger.close(window, this.clock.now());
    this.measureClosures();
    return closing;
  }

  private measureClosures(): void {
    this.ledger.measureClosures((window, until) => this.closures.endOf(window, until));
  }
}
