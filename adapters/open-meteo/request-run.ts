import type { ErrorContext } from '../../core/errors';
import type {
  FetchOptions,
  Patience,
  QuotaPatience,
  ReceivedBody,
  SourceWait,
} from '../../core/ports/weather-source';
import { misaddressed } from './address-mistake';
import { backoffMs } from './backoff';
import { type Answer, exchange } from './exchange';
import { type Closing, QUOTA_WINDOWS } from './quota-ledger';
import type { Reservation } from './quota-window';
import { overflowRejection, rejection } from './rejection';
import type { AskedRequest, SourceParts } from './request-parts';
import { SteadyRefusals } from './steady-refusals';
import { outOfOrder, quotaExhausted, tooManyAtOnce } from './unavailability';
import { costOf, judge, type Verdict } from './verdict';

/** Waits that nobody needs to be told of. */
const SHORT_WAIT_MS = 1000;

type Outage = Extract<Verdict, { kind: 'outage' }>;
type Quota = Extract<Verdict, { kind: 'quota' }>;
type Concurrency = Extract<Verdict, { kind: 'concurrency' }>;

/** One request from its first try to its end. */
export class RequestRun {
  private readonly facts: ErrorContext;
  private readonly steady = new SteadyRefusals();
  private attempts = 0;
  /** When the try was sent. Elapsed milliseconds of the clock. */
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
    const { patience, once, signal } = this.options;
    for (;;) {
      const admission = await book.admit(request.weight, signal);
      if (admission.admitted) return admission.reservation;
      const { at, window, reason } = admission;
      const isRefused = once === true && reason !== 'pace';
      if (isRefused || outlasts(window, patience)) throw quotaExhausted(window, at, this.errorFacts());
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
    switch (verdict.kind) {
      case 'rejected':
        throw rejection(verdict.status, verdict.reason, this.errorFacts());
      case 'overflow':
        throw overflowRejection(this.parts.settings.maxBodyBytes, this.errorFacts());
      case 'misaddressed':
        throw misaddressed(this.asked.wire.address, verdict.mistake, verdict.reason);
      case 'outage':
        return this.sitOutOutage(verdict);
      case 'quota':
        return this.closeWindow(verdict);
      case 'concurrency':
        return this.sitOutConcurrency(verdict);
    }
  }

  private async sitOutOutage({ status, reason, retryAt = 0 }: Outage): Promise<void> {
    const { clock, settings, random, logger } = this.parts;
    const { count, since } = this.steady.timed('outage', this.sentAt);
    const now = clock.now();
    const last = this.lastInstant(since);
    // A last try before the instant that the source names would be refused again.
    if (now >= last || retryAt > last)
      throw outOfOrder({ status, reason, retryAt: retryAt > now ? retryAt : undefined }, this.errorFacts());
    logger.warn('Source out of order', { ...this.facts, attempt: this.attempts, status, reason });
    const until = Math.max(retryAt, now + backoffMs(count, settings.backoff, random));
    await this.wait({ reason: 'outage', until: Math.min(last, until) });
  }

  /** Unless the source names a later instant, the pace of the next try does the waiting. */
  private async closeWindow({ window, reason, retryAt = 0 }: Quota): Promise<void> {
    const closing = await this.asked.book.close(window);
    const { closure } = closing;
    const until = Math.max(closing.until, retryAt);
    this.logClosing(window, reason, closing);
    const isLast = this.isLastOf(window, { opensAt: closing.until, until });
    if (isLast || outlasts(window, this.options.patience))
      throw quotaExhausted(window, until, { ...this.errorFacts(), status: 429, last_reason: reason });
    if (until > closing.until) await this.wait({ reason: closure, window, until });
  }

  private logClosing(window: QuotaPatience, reason: string, closing: Closing): void {
    const { until, closure, used, limit } = closing;
    const times = { own_use: used, limit, until: new Date(until).toISOString() };
    const message = closure === 'shared_quota' ? 'Quota used up by others of this address' : 'Quota used up';
    this.parts.logger.warn(message, { ...this.facts, window, reason, ...times });
  }

  /** Whether a window is refused too often. One minute is always waited for: the whole of it may be used up. */
  private isLastOf(window: QuotaPatience, { opensAt, until }: { opensAt: number; until: number }): boolean {
    if (this.options.once === true) return true;
    if (window !== 'minute') return this.steady.refused(window) > this.parts.settings.maxQuotaWaits[window];
    const { count, since } = this.steady.timed('minute', this.sentAt);
    return until > Math.max(this.lastInstant(since), count === 1 ? opensAt : 0);
  }

  private async sitOutConcurrency({ reason, retryAt = 0 }: Concurrency): Promise<void> {
    const { clock, logger, random, settings } = this.parts;
    const { patience } = this.options;
    const { count, since } = this.steady.timed('concurrency', this.sentAt);
    logger.warn('Too many requests of this address at once', { ...this.facts, reason });
    const now = clock.now();
    const last = this.lastInstant(since);
    const until = Math.max(retryAt, now + backoffMs(count, settings.concurrencyBackoff, random));
    if (patience === 'none' || now >= last || retryAt > last)
      throw tooManyAtOnce(until, { ...this.errorFacts(), status: 429, last_reason: reason });
    await this.wait({ reason: 'concurrency', until: Math.min(last, until) });
  }

  /** When the retry time is over, by the clock as it is set now. @param since sending of the first try that failed so */
  private lastInstant(since: number): number {
    const { clock } = this.parts;
    return clock.now() + since + this.options.retryForSeconds * 1000 - clock.elapsed();
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
