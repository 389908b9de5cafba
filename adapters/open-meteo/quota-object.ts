import { SourceUnavailableError } from '../../core/errors';
import { quotaKey } from '../../core/keys/processed-keys';
import type { Clock } from '../../core/ports/clock';
import type { ObjectStore, Precondition } from '../../core/ports/object-store';
import { putIf } from '../../core/put-if';
import { backoffMs } from './backoff';
import type { QuotaAccount } from './quota-book';
import { readQuota, writeQuota } from './quota-document';
import { QuotaLedger, type QuotaRules, type QuotaState } from './quota-ledger';
import type { BackoffBounds } from './settings';

/** Changes that others may be ahead of, one after the other, before one gives up. */
export const MAX_CHANGE_TRIES = 16;
/** What whoever gave up is told to leave to the others. */
export const CONTENTION_PAUSE_SECONDS = 15;
export const CHANGE_BACKOFF: BackoffBounds = { baseSeconds: 0.02, maxSeconds: 2 };

export interface QuotaObjectParts {
  /** Where the lake's processed objects lie. */
  readonly store: ObjectStore;
  readonly clock: Clock;
  /** From 0 to 1, 1 excluded. */
  readonly random: () => number;
}

/** What a step made of the account. */
export interface Step<T> {
  readonly outcome: T;
  /** Whether it is to be written. */
  readonly changed: boolean;
}

interface Version {
  readonly state: QuotaState | undefined;
  readonly condition: Precondition;
}

/**
 * The object of one account. A change is written only over the very version that it was computed from, and computed at a time
 * after that version was read: so changes follow each other as if one process made them all.
 */
export class QuotaObject {
  /** Written here last, and still the newest unless a write over it fails. */
  private held: Version | undefined;
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly parts: QuotaObjectParts,
    private readonly account: QuotaAccount,
    private readonly rules: QuotaRules,
  ) {}

  /**
   * One change after the other. The step may run several times; what it leaves unchanged was read just before.
   *
   * @throws SourceUnavailableError when others are always first; StorageError; the signal's reason when aborted
   */
  change<T>(step: (ledger: QuotaLedger, now: number) => Step<T>, signal?: AbortSignal): Promise<T> {
    const turn = this.last.then(() => this.replace(step, signal));
    this.last = turn.catch(() => {});
    return turn;
  }

  private async replace<T>(
    step: (ledger: QuotaLedger, now: number) => Step<T>,
    signal: AbortSignal | undefined,
  ): Promise<T> {
    const { clock, random } = this.parts;
    for (let failures = 0; failures < MAX_CHANGE_TRIES; ) {
      signal?.throwIfAborted();
      const isFresh = this.held === undefined;
      const { state, condition } = this.held ?? (await this.read());
      this.held = undefined;
      const now = clock.now();
      const ledger = new QuotaLedger(this.rules, state);
      const { outcome, changed } = step(ledger, now);
      if (changed && (await this.write(ledger.state(now), condition))) return outcome;
      if (!changed && isFresh) return outcome;
      if (!isFresh) continue;
      failures += 1;
      await clock.sleep(backoffMs(failures, CHANGE_BACKOFF, random), signal);
    }
    throw this.alwaysLate();
  }

  private async read(): Promise<Version> {
    const found = await this.parts.store.get(quotaKey(this.account));
    if (found === undefined) return { state: undefined, condition: { absent: true } };
    const { rules } = this;
    const state = readQuota(found.body, this.account, { rules, now: this.parts.clock.now() });
    return { state, condition: { etag: found.info.etag } };
  }

  /** Whether nobody was first. */
  private async write(state: QuotaState, condition: Precondition): Promise<boolean> {
    const body = writeQuota(this.account, this.rules, state);
    const written = await putIf(this.parts.store, quotaKey(this.account), { body, condition });
    if (written === undefined) return false;
    this.held = { state, condition: { etag: written.etag } };
    return true;
  }

  private alwaysLate(): SourceUnavailableError {
    const key = quotaKey(this.account);
    const retryAt = new Date(this.parts.clock.now() + 1000 * CONTENTION_PAUSE_SECONDS).toISOString();
    const message = `Too many change the account of Open-Meteo's quota at once (${key}, tries: ${MAX_CHANGE_TRIES}). Try again from ${retryAt}.`;
    return new SourceUnavailableError(message, {
      context: { key, tries: MAX_CHANGE_TRIES, retry_at: retryAt },
    });
  }
}
