import fc from 'fast-check';
import type { OpenQuotaBook, QuotaBook } from '../../../../adapters/open-meteo/quota-book';
import type { Reservation } from '../../../../adapters/open-meteo/quota-window';
import { DEFAULT_OPEN_METEO_SETTINGS } from '../../../../adapters/open-meteo/settings';
import type { Clock } from '../../../../core/ports/clock';
import { VirtualClock } from '../../../clock/virtual-clock';
import { contend, type Sending } from './contend';
import { QuotaModel } from './quota-model';

export const FREE = { host: 'api.open-meteo.com', plan: 'free' } as const;
export const { limits, windows, marginSeconds, timeoutSeconds } = DEFAULT_OPEN_METEO_SETTINGS;
export const RULES = { limits, windows, marginSeconds, timeoutSeconds };
export const NOON = Date.parse('2026-03-01T12:00:10Z');
const SECOND = 1000;
const HOUR = 3600 * SECOND;

/** Accounts of their own; opening one twice is what two processes that share it do. */
export type NewAccounts = (clock: Clock, lagMs?: () => number) => OpenQuotaBook;

export async function reserved(book: QuotaBook, weight: number): Promise<Reservation> {
  const admission = await book.admit(weight);
  if (!admission.admitted) throw new Error(`The weight ${weight} was not admitted.`);
  return admission.reservation;
}

/** A process's jobs; nearly all short and light, so that many meet. */
export const sending = fc.record<Sending>({
  weight: fc.oneof(fc.double({ min: 1, max: 600, noNaN: true }), fc.integer({ min: 1, max: 60 })),
  durationMs: fc.oneof(fc.integer({ min: 0, max: 2000 }), fc.integer({ min: 0, max: 110_000 })),
  pauseMs: fc.oneof(fc.constant(0), fc.constant(0), fc.integer({ min: 0, max: 90_000 })),
});

/** Mostly that of a bucket near by, now and then one that takes a request past the end of a window. */
const lag = fc.oneof(
  { weight: 9, arbitrary: fc.integer({ min: 0, max: 100 }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 8000 }) },
);

/** What every account of the quota does. */
export function describeQuotaBook(newAccounts: NewAccounts): void {
  let clock: VirtualClock;
  let open: OpenQuotaBook;
  beforeEach(() => {
    clock = new VirtualClock(NOON);
    open = newAccounts(clock);
  });

  it('gives the same room to one of two who ask at once, and tells the other when to ask again', async () => {
    const books = [open(FREE, RULES), open(FREE, RULES)];

    const admissions = await Promise.all(books.map((book) => book.admit(400)));

    expect(admissions.filter(({ admitted }) => admitted)).toHaveLength(1);
    expect(admissions).toContainEqual({
      admitted: false,
      at: Date.parse('2026-03-01T12:01:05Z'),
      window: 'minute',
      reason: 'pace',
    });
  });

  it.each([
    ['nothing', 0, 600],
    ['1 for a request that was refused as wrong', 1, 599],
    ['a part', 26.1, 573.9],
  ])('corrects the weight to what the source has counted: %s', async (_what, cost, room) => {
    const reservation = await reserved(open(FREE, RULES), 600);

    await open(FREE, RULES).settle(reservation, cost);

    expect(await open(FREE, RULES).admit(room + 1)).toMatchObject({ admitted: false, window: 'minute' });
    expect(await open(FREE, RULES).admit(room)).toMatchObject({ admitted: true });
  });

  it('settles a request once', async () => {
    const reservation = await reserved(open(FREE, RULES), 300);

    await open(FREE, RULES).settle(reservation, 300);
    await open(FREE, RULES).settle(reservation, 0);

    expect(await open(FREE, RULES).admit(301)).toMatchObject({ admitted: false });
  });

  it('counts a request under way in the window that has begun meanwhile', async () => {
    await reserved(open(FREE, RULES), 400);
    clock.advance(60 * SECOND);

    const admission = await open(FREE, RULES).admit(300);

    expect(admission).toMatchObject({ admitted: false, at: Date.parse('2026-03-01T12:02:05Z') });
  });

  it('admits nothing to anybody in a window that the source says is used up, and knows that others used it', async () => {
    await reserved(open(FREE, RULES), 100);
    const until = Date.parse('2026-03-01T13:00:05Z');

    const closing = await open(FREE, RULES).close('hour');

    const refusal = { admitted: false, at: until, window: 'hour', reason: 'shared_quota' };
    expect(closing).toEqual({ until, closure: 'shared_quota', used: 100, limit: 5000 });
    expect(await open(FREE, RULES).admit(1)).toEqual(refusal);
    clock.advance(HOUR);
    expect(await open(FREE, RULES).admit(1)).toMatchObject({ admitted: true });
  });

  it('knows a window that was used up by those who share the account from one that others used up', async () => {
    await reserved(open(FREE, RULES), 300);
    await reserved(open(FREE, RULES), 300);

    const closing = await open(FREE, RULES).close('minute');

    expect(closing).toMatchObject({ closure: 'quota', used: 600 });
  });

  it('keeps hosts and plans apart', async () => {
    await reserved(open(FREE, RULES), 600);
    await open(FREE, RULES).close('day');

    const otherHost = await open({ host: 'archive-api.open-meteo.com', plan: 'free' }, RULES).admit(600);
    const otherPlan = await open({ host: 'api.open-meteo.com', plan: 'keyed' }, RULES).admit(600);

    expect([otherHost.admitted, otherPlan.admitted]).toEqual([true, true]);
  });

  it('never admits a weight that a whole window cannot hold', async () => {
    const admission = await open(FREE, RULES).admit(601);

    expect(admission).toEqual({ admitted: false, at: Infinity, window: 'minute', reason: 'pace' });
  });

  it('takes windows of other lengths', async () => {
    const short = { minuteSeconds: 1, hourSeconds: 10, daySeconds: 100 };
    const rules = { ...RULES, windows: short, marginSeconds: 0.1 };
    clock.advance(500);
    await reserved(open(FREE, rules), 600);

    const admission = await open(FREE, rules).admit(1);

    expect(admission).toMatchObject({ admitted: false, at: NOON + 1100 });
  });

  it.each([
    ['back', -HOUR],
    ['forth', HOUR],
  ])(
    'opens a closed window when its time has elapsed, though the clock is set %s by an hour',
    async (_, step) => {
      const book = open(FREE, RULES);
      await book.close('hour');
      await book.admit(1);
      clock.advance(1800 * SECOND);
      clock.setForth(step);

      const meanwhile = await book.admit(1);
      clock.advance(1795 * SECOND);

      expect(meanwhile).toMatchObject({ admitted: false, window: 'hour' });
      expect('at' in meanwhile && meanwhile.at - (clock.now() - 1795 * SECOND)).toBe(1795 * SECOND);
      expect(await book.admit(1)).toMatchObject({ admitted: true });
    },
  );

  it('waits no longer than a window lasts for what was written before the clock was set back', async () => {
    const book = open(FREE, RULES);
    await reserved(book, 600);
    await book.close('minute');
    clock.setForth(-HOUR);
    clock.advance(55 * SECOND);

    expect(await open(FREE, RULES).admit(600)).toMatchObject({ admitted: true });
  });

  it('never meets a refusal nor goes past a limit, however many send at once and whenever windows are cleared', async () => {
    const jobs = fc.array(sending, { minLength: 1, maxLength: 15 });
    const scenario = fc.record({
      processes: fc.array(jobs, { minLength: 1, maxLength: 8 }),
      clearings: fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength: 20 }),
      lags: fc.array(lag, { minLength: 1, maxLength: 30 }),
      offset: fc.integer({ min: 0, max: 24 * HOUR }),
    });
    await fc.assert(
      fc.asyncProperty(scenario, async ({ processes, clearings, lags, offset }) => {
        const time = new VirtualClock(NOON + offset);
        const model = new QuotaModel(RULES, (_level, index) => clearings[index % clearings.length] ?? 0);
        const accounts = newAccounts(time, inTurn(lags));

        await contend({ clock: time, model, open: () => accounts(FREE, RULES) }, processes);

        expect(model.refusals).toBe(0);
        expect(model.highest).toBeLessThanOrEqual(1e-6);
      }),
      { numRuns: 30 },
    );
  });

  it('loses no weight and invents none', async () => {
    const roomy = { ...RULES, limits: { minute: 1e9, hour: 1e9, day: 1e9 } };
    const request = fc.record({
      weight: fc.integer({ min: 1, max: 600 }),
      share: fc.constantFrom(0, 0.5, 1),
    });
    const processes = fc.array(fc.array(request, { maxLength: 8 }), { minLength: 1, maxLength: 8 });
    const lags = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(processes, lags, async (all, waits) => {
        const time = new VirtualClock(NOON);
        const accounts = newAccounts(time, inTurn(waits));

        await Promise.all(
          all.map(async (requests) => {
            const book = accounts(FREE, roomy);
            for (const { weight, share } of requests)
              await book.settle(await reserved(book, weight), weight * share);
          }),
        );

        const { used } = await accounts(FREE, roomy).close('day');
        expect(used).toBe(all.flat().reduce((sum, { weight, share }) => sum + weight * share, 0));
      }),
      { numRuns: 30 },
    );
  });
}

/** The numbers one after the other, for ever. */
export function inTurn(numbers: readonly number[]): () => number {
  let next = 0;
  return () => numbers[next++ % numbers.length]!;
}
