import fc from 'fast-check';
import {
  ConfigError,
  DeadlineExceededError,
  SourceContractError,
  SourceRejectedError,
  SourceUnavailableError,
  StorageError,
} from '../../../../core/errors';
import {
  backoffAfter,
  decideOnOutcome,
  decideOnReceipt,
  MAX_ATTEMPTS,
  MAX_BACKOFF_MS,
  MAX_HIDE_SECONDS,
} from '../../../../core/messages/decide-message';
import type { FetchMessage } from '../../../../core/messages/fetch-message';
import { fetchMessage } from '../../../orchestration/request-item';

const NOW = Date.parse('2026-11-19T12:00:00Z');
const HOUR_MS = 3_600_000;
const iso = (instant: number) => new Date(instant).toISOString();

const outage = () => new SourceUnavailableError('down');
const quota = (until: number, window = 'day') =>
  new SourceUnavailableError('full', { context: { window, retry_at: iso(until) } });

describe('a message that is received', () => {
  test.each([
    ['without a moment', null],
    ['at its moment', iso(NOW)],
    ['after its moment', iso(NOW - 1)],
  ])('%s is sent to the source', (_, not_before) => {
    expect(decideOnReceipt(fetchMessage({ not_before }), NOW)).toEqual({ type: 'fetch' });
  });

  test.each([
    [1, 1],
    [999, 1],
    [1000, 1],
    [1001, 2],
    [HOUR_MS, 3600],
    [11 * HOUR_MS, 39_600],
    [24 * HOUR_MS, 39_600],
  ])('%d ms before its moment is hidden for %d s', (ms, seconds) => {
    const message = fetchMessage({ not_before: iso(NOW + ms) });

    expect(decideOnReceipt(message, NOW)).toEqual({ type: 'hide', seconds });
  });

  test('is never sent before its moment, however often it is received', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -HOUR_MS, max: 30 * HOUR_MS }),
        fc.integer({ min: 1, max: 40 * HOUR_MS }),
        (moment, received) => {
          const action = decideOnReceipt(fetchMessage({ not_before: iso(NOW + moment) }), NOW + received);
          expect(action.type).toBe(received >= moment ? 'fetch' : 'hide');
        },
      ),
    );
  });
});

describe('an attempt', () => {
  test('that was answered ends the task well', () => {
    expect(decideOnOutcome(fetchMessage(), undefined, NOW)).toEqual({ type: 'succeed' });
  });

  test.each([
    ['minute', 30_000, 30],
    ['hour', HOUR_MS, 3600],
    ['day', 20 * HOUR_MS, MAX_HIDE_SECONDS],
  ])('before a full window of the %s is hidden until it opens, 11 hours at most', (window, ms, seconds) => {
    const action = decideOnOutcome(fetchMessage({ attempt: MAX_ATTEMPTS }), quota(NOW + ms, window), NOW);

    expect(action).toEqual({ type: 'hide', seconds });
  });

  test('before a window that has opened meanwhile comes back at once', () => {
    expect(decideOnOutcome(fetchMessage(), quota(NOW - 5000), NOW)).toEqual({ type: 'hide', seconds: 1 });
  });

  test.each([
    ['an outage', outage()],
    ['a store that fails', new StorageError('S3')],
    ['a function whose time runs out', new DeadlineExceededError('late')],
    ['a defect', new TypeError('undefined is not a function')],
    ['a window without a moment', new SourceUnavailableError('full', { context: { window: 'day' } })],
  ])('that ended with %s is sent again to the tail', (_, error) => {
    const message = fetchMessage({ first_sent: iso(NOW - 1000) });

    const action = decideOnOutcome(message, error, NOW);

    const again = { ...message, attempt: 2, not_before: iso(NOW + 60_000) };
    expect(action).toEqual({ type: 'resend', message: again });
  });

  test('that the source put off, since it is busy with others, waits out of sight and burns nothing', () => {
    const busy = new SourceUnavailableError('busy', { context: { retry_at: iso(NOW + 15_000) } });

    const action = decideOnOutcome(fetchMessage({ attempt: MAX_ATTEMPTS }), busy, NOW);

    expect(action).toEqual({ type: 'hide', seconds: 15 });
  });

  test('that a 429 without a window ended counts, and is made again when the source says at the soonest', () => {
    const context = { outage: true, status: 429 };
    const soon = new SourceUnavailableError('slow', { context: { ...context, retry_at: iso(NOW + 1000) } });
    const late = new SourceUnavailableError('slow', {
      context: { ...context, retry_at: iso(NOW + HOUR_MS) },
    });

    const actions = [soon, late].map((error) => decideOnOutcome(fetchMessage(), error, NOW));
    const last = decideOnOutcome(fetchMessage({ attempt: MAX_ATTEMPTS }), late, NOW);

    expect(actions).toMatchObject([
      { type: 'resend', message: { attempt: 2, not_before: iso(NOW + 60_000) } },
      { type: 'resend', message: { attempt: 2, not_before: iso(NOW + HOUR_MS) } },
    ]);
    expect(last.type).toBe('give_up');
  });

  test.each([
    new SourceRejectedError('no'),
    new SourceContractError('odd'),
    new ConfigError('wrong', [{ path: 'a', message: 'b' }]),
  ])('that asking again does not help is given up: $name', (error) => {
    const action = decideOnOutcome(fetchMessage(), error, NOW);

    expect(action).toMatchObject({ type: 'give_up', failure: { name: error.name, message: error.message } });
  });

  test('past the bound is given up with the last error', () => {
    const action = decideOnOutcome(fetchMessage({ attempt: MAX_ATTEMPTS }), outage(), NOW);

    expect(action).toMatchObject({
      type: 'give_up',
      failure: { name: 'SourceUnavailableError', message: 'down', retryable: true },
    });
  });
});

test('the waits double from a minute to an hour', () => {
  const minutes = Array.from({ length: MAX_ATTEMPTS - 1 }, (_, index) => backoffAfter(index + 1) / 60_000);

  expect(minutes).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60, 60, 60]);
});

/** Lives through a message: each step is how long it waits before it is received, and what its attempt ends with. */
function live(steps: readonly Step[]) {
  let message: FetchMessage = fetchMessage();
  let now = NOW;
  const sentAt: number[] = [];
  for (const { delay, end } of steps) {
    now += delay;
    const receipt = decideOnReceipt(message, now);
    if (receipt.type !== 'fetch') continue;
    if (end !== 'quota') sentAt.push(now);
    const error = end === 'quota' ? quota(now + delay) : end === 'outage' ? outage() : undefined;
    const action = decideOnOutcome(message, error, now);
    if (action.type === 'resend') message = action.message;
    if (action.type === 'succeed' || action.type === 'give_up') return { end: action.type, sentAt, message };
  }
  return { end: 'waiting', sentAt, message };
}

interface Step {
  readonly delay: number;
  readonly end: 'outage' | 'quota' | 'answer';
}

const failing = fc.record({
  delay: fc.integer({ min: 1, max: 2 * HOUR_MS }),
  end: fc.constantFrom('outage' as const, 'quota' as const),
});

test('a request that keeps failing is given up after its attempts, and not before six hours of them', () => {
  fc.assert(
    fc.property(fc.array(failing, { maxLength: 400 }), (steps) => {
      const { end, sentAt } = live(steps);
      expect(sentAt.length).toBeLessThanOrEqual(MAX_ATTEMPTS);
      expect(end).toBe(sentAt.length === MAX_ATTEMPTS ? 'give_up' : 'waiting');
      if (end === 'give_up') expect(sentAt.at(-1)! - sentAt[0]!).toBeGreaterThanOrEqual(6 * HOUR_MS);
      sentAt.forEach((at, index) => {
        if (index > 0) expect(at - sentAt[index - 1]!).toBeGreaterThanOrEqual(backoffAfter(index));
      });
    }),
  );
});

test('a request that is answered at last has succeeded, however often the quota put it off', () => {
  fc.assert(
    fc.property(fc.array(failing, { maxLength: 30 }), (steps) => {
      const outages = steps.filter(({ end }) => end === 'outage').slice(0, MAX_ATTEMPTS - 1);
      const quotas = steps.filter(({ end }) => end === 'quota');
      const answer: Step = { delay: MAX_BACKOFF_MS, end: 'answer' };

      const { end, message } = live([...outages, ...quotas, answer]);

      expect(end).toBe('succeed');
      expect(message.attempt).toBeLessThanOrEqual(outages.length + 1);
    }),
  );
});
