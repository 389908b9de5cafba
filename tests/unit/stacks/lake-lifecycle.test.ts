import { leaseKey, quotaKey, stagedKey, tableKey } from '../../../core/keys/processed-keys';
import { endedLease, releasedMark, writeLease } from '../../../core/publish/lease-document';
import type { Day } from '../../../core/time/day';
import { resourceAt, synthesizeDeployment } from '../../stacks/synthesize';

const DAY = '2026-03-10' as Day;
const NOW = Date.UTC(2026, 2, 11);
const PART = { pipeline: 'test', table: 'weather_hourly', day: DAY, chunk: 0 };
const KEPT_DAYS = 90;

interface Filter {
  readonly prefix: string;
  readonly object_size_greater_than?: number;
  readonly object_size_less_than?: number;
}
interface Rule {
  readonly status: string;
  readonly filter: readonly (Filter | { readonly and: readonly Filter[] })[];
  readonly expiration?: readonly {
    readonly days?: number;
    readonly expired_object_delete_marker?: boolean;
  }[];
  readonly noncurrent_version_expiration?: readonly { readonly noncurrent_days: number }[];
}

/** The rules of the processed bucket that hold for an object, as S3 picks them. */
function rulesFor(key: string, size: number): Rule[] {
  const { lake } = synthesizeDeployment({ environment: { retention: { noncurrent_days: KEPT_DAYS } } });
  const rules = resourceAt(lake, 'Processed/Lifecycle/Rules').rule as readonly Rule[];
  return rules.filter(({ status, filter }) => {
    const [given] = filter;
    const { prefix, object_size_greater_than, object_size_less_than } =
      'and' in given! ? given.and[0]! : given!;
    const isSized = size > (object_size_greater_than ?? -1) && size < (object_size_less_than ?? Infinity);
    return status === 'Enabled' && key.startsWith(prefix) && isSized;
  });
}

/** Days after which an object goes; of several rules S3 follows the one that comes first. */
function lifetimesOf(key: string, size = 1000): { readonly current: number; readonly noncurrent: number } {
  const rules = rulesFor(key, size);
  const days = rules.flatMap(({ expiration }) => expiration?.map((one) => one.days ?? Infinity) ?? []);
  const old = rules.flatMap(({ noncurrent_version_expiration: one }) => one?.[0]?.noncurrent_days ?? []);
  return { current: Math.min(Infinity, ...days), noncurrent: Math.min(Infinity, ...old) };
}

const mark = {
  run_id: 'r',
  holder: 'h',
  state: 'promoting' as const,
  tables: ['weather_hourly', 'locations'],
  expires_at: new Date(NOW).toISOString(),
};

describe('the lifecycle of the processed bucket', () => {
  test.each([
    ['what a run staged', stagedKey('test', 'run', tableKey(PART))],
    ['a lease', leaseKey('test', DAY)],
    ['the account of a quota', quotaKey({ host: 'api.open-meteo.com', plan: 'free' })],
  ])('keeps old versions of %s for a day, and those of tables as long as the environment says', (_, key) => {
    expect(lifetimesOf(key).noncurrent).toBe(1);
    expect(lifetimesOf(tableKey(PART))).toEqual({ current: Infinity, noncurrent: KEPT_DAYS });
  });

  test('removes a lease that has ended after a day', () => {
    expect(lifetimesOf(leaseKey('test', DAY), writeLease(endedLease(NOW)).length).current).toBe(1);
  });

  test.each([
    ['is held', writeLease({ ...mark, state: 'held', tables: [] })],
    ['marks a date', writeLease(mark)],
    ['marks a date that no run works on', writeLease(releasedMark(mark, NOW))],
    ['marks a date and names no table', writeLease(releasedMark({ ...mark, tables: [] }, NOW))],
    ['is damaged', Buffer.from('')],
    ['is cut short', writeLease(mark).subarray(0, 60)],
  ])('never removes a lease that %s', (_, body) => {
    expect(lifetimesOf(leaseKey('test', DAY), body.length).current).toBe(Infinity);
  });

  test('never removes the account of a quota', () => {
    expect(lifetimesOf(quotaKey({ host: 'api.open-meteo.com', plan: 'free' })).current).toBe(Infinity);
  });

  test('removes delete markers behind which no version is left, of leases too', () => {
    const markers = rulesFor(leaseKey('test', DAY), 0).filter(({ expiration }) =>
      expiration?.some((one) => one.expired_object_delete_marker),
    );
    expect(markers).toHaveLength(1);
  });
});
