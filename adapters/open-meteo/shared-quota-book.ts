import { randomUUID } from 'node:crypto';
import type { Logger } from '../../core/ports/logger';
import type { QuotaPatience } from '../../core/ports/weather-source';
import { ClosureWatch } from './closure-watch';
import type { Admission, OpenQuotaBook, QuotaAccount, QuotaBook, QuotaBookRules } from './quota-book';
import type { Closing } from './quota-ledger';
import { QuotaObject, type QuotaObjectParts, type Step } from './quota-object';
import type { Reservation } from './quota-window';

/** How long, beside the request itself, a reservation may be under way: longer than any call of a store takes. */
export const RESERVATION_SLACK_SECONDS = 120;

export interface SharedQuotaBookParts extends QuotaObjectParts {
  readonly logger: Logger;
}

/** The account of all processes that write to one store, such as functions, which share no memory. */
export class SharedQuotaBook implements QuotaBook {
  private readonly object: QuotaObject;
  private readonly closures: ClosureWatch;
  private readonly lifetimeMs: number;

  constructor(
    private readonly parts: SharedQuotaBookParts,
    account: QuotaAccount,
    rules: QuotaBookRules,
  ) {
    this.object = new QuotaObject(parts, account, rules);
    this.closures = new ClosureWatch(parts.clock);
    this.lifetimeMs = (rules.timeoutSeconds + RESERVATION_SLACK_SECONDS) * 1000;
  }

  admit(weight: number, signal?: AbortSignal): Promise<Admission> {
    const id = randomUUID();
    return this.object.change<Admission>((ledger, now) => {
      const reservation = { id, weight, expiresAt: now + this.lifetimeMs };
      // The write of a try before took effect although the store said that it lost.
      if (ledger.isUnderWay(id)) return { outcome: { admitted: true, reservation }, changed: false };
      ledger.measureClosures((name, until) => this.closures.endOf(name, until));
      const delay = ledger.admit(reservation, now);
      return delay === undefined
        ? changed({ admitted: true, reservation })
        : { outcome: { admitted: false, ...delay }, changed: false };
    }, signal);
  }

  async settle(reservation: Reservation, cost: number): Promise<void> {
    try {
      await this.object.change((ledger, now) => changed(ledger.settle(reservation, cost, now)));
    } catch (error) {
      const { message } = error as Error;
      this.parts.logger.warn('Cost of a request not noted, its whole weight counts', {
        weight: reservation.weight,
        cost,
        reason: message,
      });
    }
  }

  close(window: QuotaPatience): Promise<Closing> {
    return this.object.change((ledger, now) => changed(ledger.close(window, now)));
  }
}

/** Accounts in the processed bucket. */
export function sharedQuotaBooks(parts: SharedQuotaBookParts): OpenQuotaBook {
  return (account, rules) => new SharedQuotaBook(parts, account, rules);
}

function changed<T>(outcome: T): Step<T> {
  return { outcome, changed: true };
}
