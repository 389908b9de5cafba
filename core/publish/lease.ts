import * as z from 'zod';
import { LeaseHeldError, PreconditionFailedError } from '../errors';
import { findDocument, readDocument, writeDocument } from '../json-document';
import { leaseKey } from '../keys/processed-keys';
import type { Clock } from '../ports/clock';
import type { Holders } from '../ports/holders';
import type { ObjectStore } from '../ports/object-store';
import type { Day } from '../time/day';

export const LEASE_SECONDS = 60;
export const LEASE_RENEWAL_SECONDS = 15;
/** A write starts only with this much of the lease left, so that it ends before another run may begin. */
export const LEASE_MARGIN_SECONDS = 30;

export const leaseSchema = z.object({
  run_id: z.string(),
  holder: z.string(),
  /** `promoting`: published objects may be of two versions until a manifest is written. */
  state: z.enum(['held', 'promoting']),
  /** Tables whose objects a promotion may have left without a manifest that names them. */
  tables: z.array(z.string()).default([]),
  /** ISO 8601, UTC. */
  expires_at: z.string(),
});
export type LeaseDocument = z.output<typeof leaseSchema>;

export interface LeaseParts {
  readonly store: ObjectStore;
  readonly clock: Clock;
  readonly holders: Holders;
}

export interface LeaseClaim {
  readonly pipeline: string;
  readonly day: Day;
  readonly runId: string;
}

export async function readLease(
  store: ObjectStore,
  pipeline: string,
  day: Day,
): Promise<LeaseDocument | undefined> {
  return findDocument(store, leaseKey(pipeline, day), leaseSchema);
}

/** The right to publish one pipeline's date, alone. Lost when not renewed in time; `guard` before every write. */
export class Lease {
  private constructor(
    private readonly parts: LeaseParts,
    private readonly key: string,
    private document: LeaseDocument,
    private etag: string,
  ) {}

  /** @throws LeaseHeldError when another run that lives holds it */
  static async take(parts: LeaseParts, { pipeline, day, runId }: LeaseClaim): Promise<Lease> {
    const key = leaseKey(pipeline, day);
    const found = await parts.store.get(key);
    const former = found === undefined ? undefined : readDocument(found.body, leaseSchema, key);
    if (former !== undefined && isAlive(former, parts)) throw held(former, key);
    const document: LeaseDocument = {
      run_id: runId,
      holder: parts.holders.self,
      state: former?.state ?? 'held',
      tables: former?.tables ?? [],
      expires_at: expiry(parts.clock),
    };
    const condition = found === undefined ? ({ absent: true } as const) : { etag: found.info.etag };
    try {
      const { etag } = await parts.store.put(key, writeDocument(document), { condition });
      return new Lease(parts, key, document, etag);
    } catch (error) {
      if (error instanceof PreconditionFailedError) throw held(undefined, key);
      throw error;
    }
  }

  /** Whether a run before this one may have left objects of two versions. */
  get isPromoting(): boolean {
    return this.document.state === 'promoting';
  }

  /** Tables that promotions which wrote no manifest began to write, whatever the pipeline is now. */
  get unsettledTables(): readonly string[] {
    return this.document.tables;
  }

  /** @param tables that are about to be written */
  async markPromoting(tables: readonly string[]): Promise<void> {
    await this.replace({
      ...this.document,
      state: 'promoting',
      tables: [...new Set([...this.document.tables, ...tables])],
      expires_at: expiry(this.parts.clock),
    });
  }

  /** Renews the lease when it is due. @throws LeaseHeldError when it was lost */
  async guard(): Promise<void> {
    const left = Date.parse(this.document.expires_at) - this.parts.clock.now();
    if (left > (LEASE_SECONDS - LEASE_RENEWAL_SECONDS) * 1000) return;
    await this.replace({ ...this.document, expires_at: expiry(this.parts.clock) });
    if (Date.parse(this.document.expires_at) - this.parts.clock.now() < LEASE_MARGIN_SECONDS * 1000) {
      throw held(this.document, this.key);
    }
  }

  /** After the manifest: nothing is left to tell. One that was lost meanwhile is its new holder's to remove. */
  async remove(): Promise<void> {
    try {
      await this.parts.store.delete(this.key, { etag: this.etag });
    } catch (error) {
      if (!(error instanceof PreconditionFailedError)) throw error;
    }
  }

  /** After a failure: a mark outlives its run, so that the date is known as being republished. */
  async release(): Promise<void> {
    if (!this.isPromoting) return this.remove();
    await this.replace({ ...this.document, expires_at: new Date(this.parts.clock.now()).toISOString() });
  }

  private async replace(document: LeaseDocument): Promise<void> {
    try {
      const { etag } = await this.parts.store.put(this.key, writeDocument(document), {
        condition: { etag: this.etag },
      });
      this.etag = etag;
      this.document = document;
    } catch (error) {
      if (error instanceof PreconditionFailedError) throw held(undefined, this.key);
      throw error;
    }
  }
}

function isAlive({ expires_at, holder }: LeaseDocument, { clock, holders }: LeaseParts): boolean {
  return Date.parse(expires_at) > clock.now() && !holders.isGone(holder);
}

function expiry(clock: Clock): string {
  return new Date(clock.now() + LEASE_SECONDS * 1000).toISOString();
}

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
