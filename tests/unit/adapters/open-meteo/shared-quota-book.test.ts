import fc from 'fast-check';
import { MemoryObjectStore } from '../../../../adapters/memory/memory-object-store';
import type { OpenQuotaBook } from '../../../../adapters/open-meteo/quota-book';
import { MAX_CHANGE_TRIES } from '../../../../adapters/open-meteo/quota-object';
import {
  RESERVATION_SLACK_SECONDS,
  sharedQuotaBooks,
} from '../../../../adapters/open-meteo/shared-quota-book';
import { PreconditionFailedError, StorageError } from '../../../../core/errors';
import { VirtualClock } from '../../../clock/virtual-clock';
import { HookedStore } from '../../../integration/runs/hooked-store';
import { RecordingLogger } from '../../../open-meteo/recording-logger';
import { contend } from './contend';
import { LaggingStore } from './lagging-store';
import { describeQuotaBook, FREE, inTurn, NOON, RULES, reserved, sending } from './quota-book-suite';
import { QuotaModel } from './quota-model';
import { seededRandom } from './seeded-random';

const KEY = '_quota/api.open-meteo.com.free.json';
const SECOND = 1000;
const LIFETIME = (RULES.timeoutSeconds + RESERVATION_SLACK_SECONDS) * SECOND;

describe('SharedQuotaBook', () => {
  describeQuotaBook((clock, lagMs = () => 0) => {
    const store = new LaggingStore(new MemoryObjectStore(clock), clock, lagMs);
    return sharedQuotaBooks({ store, clock, random: seededRandom(), logger: new RecordingLogger() });
  });

  let clock: VirtualClock;
  let memory: MemoryObjectStore;
  let store: HookedStore;
  let logger: RecordingLogger;
  let open: OpenQuotaBook;
  beforeEach(() => {
    clock = new VirtualClock(NOON);
    memory = new MemoryObjectStore(clock);
    store = new HookedStore(memory);
    logger = new RecordingLogger();
    open = sharedQuotaBooks({ store, clock, random: seededRandom(), logger });
  });

  const calls = (): string[] => {
    const seen: string[] = [];
    store.before = (call) => void seen.push(call);
    return seen;
  };
  const documentText = async () => Buffer.from((await memory.get(KEY))!.body).toString();
  const minute = Math.floor(NOON / 60_000);

  it('keeps one object per host and plan that says what was used, what is under way and what is closed', async () => {
    const book = open(FREE, RULES);
    const [, second] = [await reserved(book, 24), await reserved(book, 30)];
    await book.settle(second, 26.1);
    await book.close('hour');

    const document = JSON.parse(await documentText());

    expect(document).toMatchObject({ schema_version: 1, host: FREE.host, plan: 'free' });
    expect(document.windows.minute).toEqual({
      seconds: 60,
      used: { [minute]: expect.closeTo(50.1, 9) },
      under_way: [
        {
          id: expect.any(String),
          weight: 24,
          first: minute,
          last: minute,
          expires_at: new Date(NOON + LIFETIME).toISOString(),
        },
      ],
    });
    expect(document.windows.hour.closed).toEqual({
      until: '2026-03-01T13:00:05.000Z',
      reason: 'shared_quota',
    });
  });

  it('costs a process that is alone one call per change after the first', async () => {
    const book = open(FREE, RULES);
    const seen = calls();

    for (let sent = 0; sent < 3; sent += 1) await book.settle(await reserved(book, 10), 10);

    expect(seen).toEqual(['get', ...Array(6).fill('put')]);
  });

  it('refuses by what is there now, never by what it remembers', async () => {
    const [one, other] = [open(FREE, RULES), open(FREE, RULES)];
    const reservation = await reserved(one, 600);
    await other.settle(reservation, 0);

    expect(await one.admit(600)).toMatchObject({ admitted: true });
  });

  it('keeps the weight of a process that died counted, and no longer under way when its request must have ended', async () => {
    await reserved(open(FREE, RULES), 400);
    const room = async () => {
      const admission = await open(FREE, RULES).admit(300);
      if (admission.admitted) await open(FREE, RULES).settle(admission.reservation, 0);
      return admission.admitted;
    };

    const seen: boolean[] = [];
    for (const passed of [10, LIFETIME / SECOND - 10, 30, 90]) {
      clock.advance(passed * SECOND);
      seen.push(await room());
    }

    expect(seen).toEqual([false, false, false, true]);
    expect((await open(FREE, RULES).close('hour')).used).toBe(400);
  });

  it('never goes past a limit when processes die between sending and settling', async () => {
    const dying = fc
      .record({ sending, dies: fc.boolean() })
      .map(({ sending: job, dies }) => ({ ...job, dies }));
    const processes = fc.array(fc.array(dying, { minLength: 1, maxLength: 10 }), {
      minLength: 1,
      maxLength: 5,
    });
    const lags = fc.array(fc.integer({ min: 0, max: 2000 }), { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(processes, lags, async (all, waits) => {
        const time = new VirtualClock(NOON);
        const model = new QuotaModel(RULES, () => 0);
        const slow = new LaggingStore(new MemoryObjectStore(time), time, inTurn(waits));
        const accounts = sharedQuotaBooks({ store: slow, clock: time, random: seededRandom(), logger });

        await contend({ clock: time, model, open: () => accounts(FREE, RULES) }, all);

        expect(model.refusals).toBe(0);
        expect(model.highest).toBeLessThanOrEqual(1e-6);
      }),
      { numRuns: 30 },
    );
  });

  it('leaves the whole weight counted, and says so, when a cost cannot be noted', async () => {
    const book = open(FREE, RULES);
    const reservation = await reserved(book, 600);
    store.before = () => {
      throw new StorageError('The bucket is away.');
    };

    await book.settle(reservation, 0);

    store.before = () => {};
    expect((await open(FREE, RULES).close('minute')).used).toBe(600);
    expect(logger.lines).toContainEqual({
      level: 'warn',
      message: 'Cost of a request not noted, its whole weight counts',
      fields: { weight: 600, cost: 0, reason: 'The bucket is away.' },
    });
  });

  it('admits nothing when the account cannot be kept, and goes on when it can again', async () => {
    const book = open(FREE, RULES);
    store.before = (call) => {
      if (call === 'put') throw new StorageError('The bucket is away.');
    };

    await expect(book.admit(1)).rejects.toThrow(StorageError);

    store.before = () => {};
    expect(await book.admit(600)).toMatchObject({ admitted: true });
  });

  it('counts a reservation once whose write took effect although the store said that it lost', async () => {
    const put = memory.put.bind(memory);
    let lost = false;
    memory.put = async (...call) => {
      const info = await put(...call);
      if (lost) return info;
      lost = true;
      throw new PreconditionFailedError('The object is another version.');
    };

    const reservation = await reserved(open(FREE, RULES), 300);
    await open(FREE, RULES).settle(reservation, 300);

    expect((await open(FREE, RULES).close('minute')).used).toBe(300);
  });

  it('gives up, to be tried again later, when others are always first', async () => {
    const seen: string[] = [];
    store.before = (call) => {
      seen.push(call);
      if (call === 'put') throw new PreconditionFailedError('The object is another version.');
    };

    const failure = open(FREE, RULES).admit(1);

    await expect(failure).rejects.toMatchObject({
      name: 'SourceUnavailableError',
      retryable: true,
      context: { key: KEY, tries: MAX_CHANGE_TRIES },
    });
    expect(seen).toHaveLength(2 * MAX_CHANGE_TRIES);
    expect(Math.max(...clock.sleeps)).toBeLessThanOrEqual(2000);
  });

  it('stops trying when it is told to', async () => {
    const stop = new AbortController();
    store.before = (call) => {
      if (call === 'get') stop.abort(new Error('told to end'));
      else throw new PreconditionFailedError('The object is another version.');
    };

    await expect(open(FREE, RULES).admit(1, stop.signal)).rejects.toThrow('told to end');
  });
});
