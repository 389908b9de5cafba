import fc from 'fast-check';
import { MemoryObjectStore } from '../../../../adapters/memory/memory-object-store';
import { leaseKey } from '../../../../core/keys/processed-keys';
import {
  ENDED_LEASE_BYTES,
  endedLease,
  parseLease,
  readLease,
  releasedMark,
  writeLease,
} from '../../../../core/publish/lease-document';
import type { Day } from '../../../../core/time/day';

const DAY = '2026-03-10' as Day;
const NOON = Date.UTC(2026, 2, 11, 12);

/** As any version of the code writes it: a promotion writes a table of the pipeline's and the locations. */
const mark = fc.record({
  run_id: fc.string({ minLength: 1 }),
  holder: fc.string(),
  state: fc.constant('promoting' as const),
  tables: fc.array(fc.string({ minLength: 1 }), { minLength: 1 }).map((tables) => [...tables, 'locations']),
  expires_at: fc.constant(new Date(NOON).toISOString()),
});

describe('a lease that has ended', () => {
  it.each([0, NOON, Date.UTC(9999, 11, 31)])(
    'has the size that rules go by, whenever it ended: %d',
    (now) => {
      expect(writeLease(endedLease(now))).toHaveLength(ENDED_LEASE_BYTES);
    },
  );

  it('is smaller than any mark, whatever its run', () => {
    fc.assert(
      fc.property(mark, (lease) => {
        expect(writeLease(lease).length).toBeGreaterThan(ENDED_LEASE_BYTES);
        expect(writeLease(releasedMark(lease, NOON)).length).toBeGreaterThan(ENDED_LEASE_BYTES);
      }),
    );
  });

  it('is no lease to those who look for one', async () => {
    const store = new MemoryObjectStore();
    await store.put(leaseKey('test', DAY), writeLease(endedLease(NOON)));

    expect(await readLease(store, 'test', DAY)).toBeUndefined();
  });
});

describe('a mark that is released', () => {
  it('keeps its run and its tables, and is held by nobody', () => {
    fc.assert(
      fc.property(mark, (lease) => {
        const released = parseLease(writeLease(releasedMark(lease, NOON)), 'k');
        expect(released).toEqual({ ...lease, holder: '' });
      }),
    );
  });
});

describe('parseLease', () => {
  it('takes whatever it cannot read for a mark that has run out', () => {
    const spoilt = [
      fc.uint8Array(),
      fc.json().map((text) => Buffer.from(text)),
      mark.map((lease) => Buffer.from(JSON.stringify({ ...lease, expires_at: 'soon' }))),
    ];
    fc.assert(
      fc.property(fc.oneof(...spoilt), (body) => {
        expect(parseLease(body, 'k')).toMatchObject({ state: 'promoting', holder: '' });
      }),
    );
  });
});
