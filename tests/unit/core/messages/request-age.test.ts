import { requestAgeSeconds } from '../../../../core/messages/request-age';
import { fetchMessage } from '../../../orchestration/request-item';

const NOW = Date.parse('2026-11-19T12:00:00Z');
const HOUR_MS = 3_600_000;
const iso = (instant: number) => new Date(instant).toISOString();
const body = (first_sent: string | null) => JSON.stringify(fetchMessage({ first_sent }));

describe('the age of a request', () => {
  test.each([
    ['counts from its first message', body(iso(NOW - 30 * HOUR_MS)), NOW - HOUR_MS, 30 * 3600],
    ['counts from its own message, where none was before', body(null), NOW - HOUR_MS, 3600],
    ['counts from the message, where it cannot be read', '{', NOW - 2 * HOUR_MS, 7200],
    ['counts from the older of both, since clocks differ', body(iso(NOW)), NOW - 2000, 2],
    ['is never negative', body(iso(NOW + HOUR_MS)), NOW + HOUR_MS, 0],
  ])('%s', (_, text, sentAt, seconds) => {
    expect(requestAgeSeconds({ body: text, sentAt }, NOW)).toBe(seconds);
  });
});
