import type { ErrorContext } from '../../core/errors';
import type { WeatherRequest } from '../../core/model/request';
import type { Clock } from '../../core/ports/clock';
import type { Logger } from '../../core/ports/logger';
import type {
  FetchOptions,
  Patience,
  QuotaPatience,
  ReceivedBody,
  SourceWait,
  WireRequest,
} from '../../core/ports/weather-source';
import type { ApiKey } from './api-key';
import { backoffMs } from './backoff';
import { type Answer, exchange } from './exchange';
import type { QuotaBook } from './quota-book';
import { QUOTA_WINDOWS } from './quota-ledger';
import type { Reservation } from './quota-window';
import { overflowRejection, rejection } from './rejection';
import type { ResolvedSettings } from './settings';
import { outOfOrder, quotaExhausted, tooManyAtOnce } from './unavailability';
import { costOf, judge, type Verdict } from './verdict';

/** Waits that nobody needs to be told of. */
const SHORT_WAIT_MS = 1000;

/** What the requests of one source have in common. */
export interface SourceParts {
  readonly settings: ResolvedSettings;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly random: () => number;
  readonly key: ApiKey;
}

export interface AskedRequest {
  readonly request: WeatherRequest;
  readonly wire: WireRequest;
  /** The account that it counts against. */
  readonly book: QuotaBook;
}

type Outage = Extract<Verdict, { kind: 'outage' }>;
type Quota = Extract<Verdict, { kind: 'quota' }>;

/** One request from its first try to its end. */
export class RequestRun {
  private readonly facts: ErrorContext;
  private readonly refusals = { minute: 0, hour: 0, day: 0, concurrency: 0 };
  private attempts = 0;
  /** Tries that have failed in a row, and when the first of them was sent: elapsed milliseconds of the clock. */
  private outage: { failures: number; readonly since: number } | undefined;
  private sentAt = 0;

  constructor(
    private readonly parts: SourceParts,
    private readonly asked: AskedRequest,
    private readonly options: FetchOptions,
  ) {
    this.facts = { request_id: asked.request.id, api: asked.request.api };
  }

  async run(): Promise<ReceivedBody> {
    for (;;) {
      const reservation = await this.pace();
      const answer = await this.send(reservation);
      if (answer.kind === 'body') await this.options.keep(answer.body);
      const verdict = judge(answer);
      if (verdict.kind === 'done' && answer.kind === 'body') return answer.body;
      await this.recover(verdict);
    }
  }

  /** Waits until the account admits the request. It asks again after each wait: others may have been first. */
  private async pace(): Promise<Reservation> {
    const { request, book } = this.asked;
    const { patience, signal } = this.options;
    for (;;) {
      const admission = await book.admit(request.weight, signal);
      if (admission.admitted) return admission.reservation;
      const { at, window, reason } = admission;
      if (outlasts(window, patience)) throw quotaExhausted(window, at, this.errorFacts());
      await this.wait({ reason, window, until: at });
    }
  }

  private async send(reservation: Reservation): Promise<Answer> {
    const { clock, settings, key, logger } = this.parts;
    const { wire, book } = this.asked;
    const { weight } = reservation;
    this.attempts += 1;
    this.sentAt = clock.elapsed();
    logger.debug('Request sent', { ...this.facts, attempt: this.attempts, weight });
    let cost = weight;
    try {
      const { timeoutSeconds, maxBodyBytes } = settings;
      const { signal } = this.options;
      const answer = await exchange(wire, { timeoutSeconds, maxBodyBytes, clock, key, signal });
      cost = costOf(answer, weight);
      return answer;
    } finally {
      await book.settle(reservation, cost);
    }
  }

  /** Returns when the request may be tried again. */
  private async recover(verdict: Verdict): Promise<void> {
    if (verdict.kind === 'rejected') throw rejection(verdict.status, verdict.reason, this.errorFacts());
    if (verdict.kind === 'overflow')
      throw overflowRejection(this.parts.settings.maxBodyBytes, this.errorFacts());
    if (verdict.kind === 'outage') return this.sitOutOutage(verdict);
    // Whoever refuses in good order is not out of order.
    this.outage = undefined;
    if (verdict.kind === 'quota') await this.closeWindow(verdict);
    if (verdict.kind === 'concurrency') await this.sitOutConcurrency(verdict.reason);
  }

  private async sitOutOutage({ status, reason }: Outage): Promise<void> {
    const { clock, settings, random, logger } = this.parts;
    this.outage ??= { failures: 0, since: this.sentAt };
    this.outage.failures += 1;
    const remaining = this.outage.since + this.options.retryForSeconds * 1000 - clock.elapsed();
    if (remaining <= 0) throw outOfOrder({ status, reason }, this.errorFacts());
    logger.warn('Source out of order', { ...this.facts, attempt: this.attempts, status, reason });
    const delay = backoffMs(this.outage.failures, settings.backoff, random);
    await this.wait({ reason: 'outage', until: clock.now() + Math.min(delay, remaining) });
  }

  /** The pace of the next try does the waiting. */
  private async closeWindow({ window, reason }: Quota): Promise<void> {
    const { logger } = this.parts;
    const { until, closure, used, limit } = await this.asked.book.close(window);
    const facts = {
      ...this.facts,
      window,
      reason,
      own_use: used,
      limit,
      until: new Date(until).toISOString(),
    };
    if (closure === 'shared_quota') logger.warn('Quota used up by others of this address', facts);
    else logger.warn('Quota used up', facts);
    if (this.countRefusal(window)) throw quotaExhausted(window, until, this.errorFacts());
  }

  private async sitOutConcurrency(reason: string): Promise<void> {
    const { clock, logger, random, settings } = this.parts;
    logger.warn('Too many requests of this address at once', { ...this.facts, reason });
    const delay = backoffMs(this.refusals.concurrency + 1, settings.concurrencyBackoff, random);
    const until = clock.now() + delay;
    const isLast = this.countRefusal('concurrency') || this.options.patience === 'none';
    if (isLast) throw tooManyAtOnce(until, this.errorFacts());
    await this.wait({ reason: 'concurrency', until });
  }

  /** Whether that was one refusal too many. */
  private countRefusal(kind: keyof typeof this.refusals): boolean {
    this.refusals[kind] += 1;
    return this.refusals[kind] > this.parts.settings.maxQuotaWaits[kind];
  }

  private async wait(wait: SourceWait): Promise<void> {
    const { clock, logger } = this.parts;
    const milliseconds = wait.until - clock.now();
    if (milliseconds > SHORT_WAIT_MS) {
      const { reason, window, until } = wait;
      logger.info('Waiting for the source', {
        ...this.facts,
        reason,
        window,
        until: new Date(until).toISOString(),
      });
      this.options.onWait?.(wait);
    }
    await clock.sleep(Math.max(0, milliseconds), this.options.signal);
  }

  private errorFacts(): ErrorContext & { attempts: number } {
    return { ...this.facts, attempts: this.attempts };
  }
}

function outlasts(window: QuotaPatience, patience: Patience): boolean {
  if (patience === 'none') return true;
  return QUOTA_WINDOWS.indexOf(window) > QUOTA_WINDOWS.indexOf(patience);
}
