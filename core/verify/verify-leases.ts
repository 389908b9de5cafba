import { forEachConcurrently } from '../for-each-concurrently';
import { readDocument } from '../json-document';
import { ALL_LEASES_PREFIX, leaseKey, leasePrefix } from '../keys/processed-keys';
import {
  ENDED_LEASE_BYTES,
  endedLease,
  isGivenUp,
  type LeaseDocument,
  leaseSchema,
  writeLease,
} from '../publish/lease-document';
import { LEASE_SECONDS } from '../publish/lease-watch';
import { putIf } from '../put-if';
import { isAhead } from '../time/ahead';
import { fetchObject, NOT_THERE } from './fetch-object';
import type { Finding, FindingBook } from './finding';
import { orProblem } from './or-problem';
import { replayAgain } from './remedies';
import { type DatePlace, dateName, isAsked, placeOfDocument, type VerifyParts } from './verify-parts';

const LEASES_AT_ONCE = 4;

/** A lease that no run can read. */
export interface DamagedLease {
  readonly place: DatePlace;
  readonly problem: string;
  /** `undefined` when not even its bytes can be read. */
  readonly etag?: string;
}

/** Leases that say something of their dates; one that was ended or ran out says nothing. */
export interface LeaseInventory {
  /** Names of the dates that are being republished. */
  readonly promoting: ReadonlySet<string>;
  readonly damaged: readonly DamagedLease[];
}

/** Reads every lease. Those of dates that are being republished go into the book. */
export async function takeLeaseInventory(parts: VerifyParts, book: FindingBook): Promise<LeaseInventory> {
  const promoting = new Set<string>();
  const damaged: DamagedLease[] = [];
  const { processed, pipeline } = parts;
  const prefix = pipeline === undefined ? ALL_LEASES_PREFIX : leasePrefix(pipeline.name);
  await forEachConcurrently(processed.list(prefix), LEASES_AT_ONCE, async ({ key, size }) => {
    const place = placeOfDocument(key);
    if (place === undefined || size === ENDED_LEASE_BYTES || !isAsked(parts, place)) return;
    book.checked('leases');
    const lease = await readLeaseAt(parts, place);
    if ('problem' in lease) damaged.push(lease);
    if (!('state' in lease) || lease.state !== 'promoting') return;
    promoting.add(dateName(place));
    book.add(promotingFinding(parts, place, lease));
  });
  return { promoting, damaged };
}

/** That a run is replacing the objects of the date now, or left off doing so; `undefined` when none is. */
export async function republishing(parts: VerifyParts, place: DatePlace): Promise<Finding | undefined> {
  const lease = await readLeaseAt(parts, place);
  const isMarked = 'state' in lease && lease.state === 'promoting';
  return isMarked ? promotingFinding(parts, place, lease) : undefined;
}

/** Tells the damaged leases. One whose date is whole has nothing to tell, so that a repair ends it. */
export async function verifyLeases(
  parts: VerifyParts,
  book: FindingBook,
  { damaged, flawed }: { readonly damaged: readonly DamagedLease[]; readonly flawed: ReadonlySet<string> },
): Promise<void> {
  for (const lease of damaged) {
    const isWhole = !flawed.has(dateName(lease.place));
    const isRepaired = parts.repair && isWhole && (await endLease(parts, lease));
    const again = `${replayAgain(lease.place)}, which takes the lease over`;
    const remedy = isRepaired ? 'Ended' : isWhole ? `verify --repair ends it. Or: ${again}` : again;
    book.add({ ...leaseFinding(lease.place, lease.problem, remedy), repaired: isRepaired });
  }
}

type FoundLease = LeaseDocument | DamagedLease | { readonly isGone: true };

async function readLeaseAt({ processed }: VerifyParts, place: DatePlace): Promise<FoundLease> {
  const key = leaseKey(place.pipeline, place.day);
  const found = await fetchObject(processed, key);
  if (found.problem === NOT_THERE) return { isGone: true };
  if (found.problem !== undefined) return { place, problem: found.problem };
  const lease = orProblem(() => readDocument(found.body, leaseSchema, key, ''));
  return typeof lease === 'string' ? { place, problem: lease, etag: found.info.etag } : lease;
}

function promotingFinding({ now, holders }: VerifyParts, place: DatePlace, lease: LeaseDocument): Finding {
  const { run_id, holder, expires_at } = lease;
  // An expiry that no run could have written now is of a clock that ran ahead, and says nothing of a run.
  const isHeld = Date.parse(expires_at) > now && !isAhead(expires_at, now + LEASE_SECONDS * 1000);
  if (isHeld && !isGivenUp(lease) && !holders.isGone(holder)) {
    const problem = `the run ${run_id} is republishing the date, so its objects were not verified`;
    return leaseFinding(place, problem, 'Verify it again when the run has ended');
  }
  const problem = `the run ${run_id} left the date between two versions, so its objects were not verified`;
  return leaseFinding(place, problem, replayAgain(place));
}

function leaseFinding({ pipeline, day }: DatePlace, problem: string, remedy: string): Finding {
  const object = leaseKey(pipeline, day);
  return { kind: 'leases', bucket: 'processed', object, problem, remedy, repaired: false };
}

/** Puts an ended lease in the place of the damaged one. False when a run replaced it meanwhile. */
async function endLease({ processed, now }: VerifyParts, lease: DamagedLease): Promise<boolean> {
  if (lease.etag === undefined) return false;
  const key = leaseKey(lease.place.pipeline, lease.place.day);
  const ended = { body: writeLease(endedLease(now)), condition: { etag: lease.etag } };
  return (await putIf(processed, key, ended)) !== undefined;
}
