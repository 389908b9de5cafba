import { LeaseHeldError, PreconditionFailedError } from '../errors';
import { leaseKey } from '../keys/processed-keys';
import type { Clock } from '../ports/clock';
import type { Holders } from '../ports/holders';
import type { ObjectStore } from '../ports/object-store';
import type { Day } from '../time/day';
import {
  endedLease,
  instantText,
  isGivenUp,
  type LeaseDocument,
  parseLease,
  releasedMark,
  writeLease,
} from './lease-document';
import { LEASE_SECONDS, LeaseWatch } from './lease-watch';

export { type LeaseDocument, readLease } from './lease-document';
export { LEASE_SECONDS } from './lease-watch';

export const LEASE_RENEWAL_SECONDS = 15;
/** A write starts only with this much of the lease left, so that it ends before another run may begin. */
export const LEASE_MARGIN_SECONDS = 30;

export interface LeaseParts {
  readonly store: ObjectStore;
  readonly clock: Clock;
  readonly holders: Holders;
  /** Knows the lease of another run from the tries before. Default: a new one for each try. */
  readonly watch?: LeaseWatch;
}

export interface LeaseClaim {
  readonly pipeline: string;
  readonly day: Day;
  readonly runId: string;
}

/** The document as it was written last. */
interface Term {
  readonly document: LeaseDocument;
  readonly etag: string;
  /** Elapsed milliseconds of the clock when the write began: the lease lasts from then on. */
  readonly since: number;
}

/** The right to publish one pipeline's date, alone. Lost when not renewed in time; `guard` before every write. */
export class Lease {
  private constructor(
    private readonly parts: LeaseParts,
    private readonly key: string,
    private readonly expiry: Expiry,
    private term: Term,
  ) {}

  /** @throws LeaseHeldError when another run that lives holds it */
  static async take(parts: LeaseParts, { pipeline, day, runId }: LeaseClaim): Promise<Lease> {
    const { store, clock, holders } = parts;
    const key = leaseKey(pipeline, day);
    const found = await store.get(key);
    const former = found === undefined ? undefined : parseLease(found.body, key);
    if (former !== undefined && isAlive(former, found!.info.etag, parts)) throw held(former, key);
    const expiry = new Expiry(clock);
    const { since, expires_at } = expiry.next();
    const document: LeaseDocument = {
      run_id: runId,
      holder: holders.self,
      state: former?.state ?? 'held',
      tables: former?.tables ?? [],
      expires_at,
    };
    const condition = found === undefined ? ({ absent: true } as const) : { etag: found.info.etag };
    const etag = await unlessLost(key, async () => {
      return (await store.put(key, writeLease(document), { condition })).etag;
    });
    return new Lease(parts, key, expiry, { document, etag, since });
  }

  /** Whether a run before this one may have left objects of two versions. */
  get isPromoting(): boolean {
    return this.term.document.state === 'promoting';
  }

  /** Tables that promotions which wrote no manifest began to write, whatever the pipeline is now. */
  get unsettledTables(): readonly string[] {
    return this.term.document.tables;
  }

  /** @param tables that are about to be written */
  async markPromoting(tables: readonly string[]): Promise<void> {
    const all = [...new Set([...this.unsettledTables, ...tables])];
    await this.renew({ ...this.term.document, state: 'promoting', tables: all });
  }

  /** Renews the lease when it is due. @throws LeaseHeldError when it was lost */
  async guard(): Promise<void> {
    if (this.leftMs() > (LEASE_SECONDS - LEASE_RENEWAL_SECONDS) * 1000) return;
    await this.renew(this.term.document);
    if (this.leftMs() < LEASE_MARGIN_SECONDS * 1000) throw held(this.term.document, this.key);
  }

  /**
   * After the manifest: the date is free, and nothing is left to tell of it. By a write where the store cannot delete under a
   * condition, as servers made after S3. A lease that was lost meanwhile is its new holder's.
   */
  async end(): Promise<void> {
    const { store, clock } = this.parts;
    try {
      if (store.deleteIfUnchanged === undefined) await this.replace(endedLease(clock.now()));
      else await store.deleteIfUnchanged(this.key, this.term.etag);
    } catch (error) {
      if (!(error instanceof PreconditionFailedError)) throw error;
    }
  }

  /** After a failure: a mark outlives its run, so that the date is known as being republished. */
  async release(): Promise<void> {
    if (!this.isPromoting) return this.end();
    const mark = releasedMark(this.term.document, this.parts.clock.now());
    await unlessLost(this.key, () => this.replace(mark));
  }

  private leftMs(): number {
    return LEASE_SECONDS * 1000 - (this.parts.clock.elapsed() - this.term.since);
  }

  private async renew(changed: LeaseDocument): Promise<void> {
    const { since, expires_at } = this.expiry.next();
    const document = { ...changed, expires_at };
    const { etag } = await unlessLost(this.key, () => this.replace(document));
    this.term = { document, etag, since };
  }

  private replace(document: LeaseDocument) {
    const condition = { etag: this.term.etag };
    return this.parts.store.put(this.key, writeLease(document), { condition });
  }
}

/** When the terms of a lease run out, as others read it. A clock that is set back meanwhile does not shorten them. */
class Expiry {
  private readonly startInstant: number;
  private readonly startElapsed: number;

  constructor(private readonly clock: Clock) {
    this.startInstant = clock.now();
    this.startElapsed = clock.elapsed();
  }

  next(): { readonly since: number; readonly expires_at: string } {
    const since = this.clock.elapsed();
    const instant = Math.max(this.clock.now(), this.startInstant + since - this.startElapsed);
    return { since, expires_at: instantText(instant + LEASE_SECONDS * 1000) };
  }
}

function isAlive(lease: LeaseDocument, etag: string, { clock, holders, watch }: LeaseParts): boolean {
  if (isGivenUp(lease) || holders.isGone(lease.holder)) return false;
  return !(watch ?? new LeaseWatch(clock)).isOver(etag, Date.parse(lease.expires_at));
}

/** @throws LeaseHeldError when another run was faster */
async function unlessLost<T>(key: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (error instanceof PreconditionFailedError) throw held(undefined, key);
    throw error;
  }
}

/** The lease has ended already: what stays of it is passed over. */
function held(lease: LeaseDocument | undefined, key: string): LeaseHeldError {
  const by = lease === undefined ? 'Another run' : `The run ${lease.run_id}`;
  const until = lease === undefined ? '' : ` until ${lease.expires_at} unless renewed`;
  return new LeaseHeldError(
    `${by} is publishing this date: it holds ${key}${until}. Try again when it has ended.`,
    {
      context: { key, ...(lease === undefined ? {} : { run_id: lease.run_id, retry_at: lease.expires_at }) },
    },
  );
}
