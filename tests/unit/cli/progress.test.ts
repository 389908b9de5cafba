import { createProgress } from '../../../cli/progress/create-progress';
import { ProgressMeter } from '../../../cli/progress/progress-meter';
import { progressText, progressTexts, waitText, waitTexts } from '../../../cli/progress/progress-text';
import { StatusLine } from '../../../cli/progress/status-line';
import { SILENT_LOGGER } from '../../../core/ports/logger';
import type { RunEvent } from '../../../core/runs/run-parts';
import type { Day } from '../../../core/time/day';
import { VirtualClock } from '../../clock/virtual-clock';
import { capturedSurroundings } from './captured-surroundings';

const planned: RunEvent = { type: 'planned', runs: [], requests: 4, days: 100, settled: 0 };
const date: RunEvent = { type: 'date', result: { day: '2026-01-01' as Day, outcome: 'skipped' } };
const published = {
  type: 'date',
  result: { day: '2026-01-01', outcome: 'published' },
} as unknown as RunEvent;
const request = { type: 'request', how: 'sent' } as unknown as RunEvent;
const wait: RunEvent = {
  type: 'wait',
  wait: { reason: 'pace', window: 'hour', until: Date.UTC(2026, 0, 1, 13, 0, 5) },
};

describe('ProgressMeter', () => {
  test('knows no rate before a day is done, and none from days that were skipped', () => {
    const clock = new VirtualClock();
    const meter = new ProgressMeter(clock);
    for (const event of [planned, date, date]) meter.take(event);
    clock.advance(10_000);

    expect({ rate: meter.rate, remaining: meter.remainingSeconds }).toEqual({
      rate: 0,
      remaining: undefined,
    });
  });

  test('expects the rest to take as long as the days that needed work', () => {
    const clock = new VirtualClock();
    const meter = new ProgressMeter(clock);
    meter.take(planned);
    for (let day = 0; day < 50; day++) meter.take(date);
    for (let day = 0; day < 10; day++) meter.take(published);
    clock.advance(20_000);

    expect(meter.rate).toBe(0.5);
    expect(meter.remainingSeconds).toBe(80);
    expect(progressText(meter)).toBe('60 of 100 days, 0 of 4 requests, 0.500 days/s, 1 min 20 s left');
  });
});

describe('ProgressMeter of a run that goes on', () => {
  test('expects time for the days that are left to do, not for those that will be skipped', () => {
    const clock = new VirtualClock();
    const meter = new ProgressMeter(clock);
    clock.advance(60_000);
    meter.take({ type: 'planned', runs: [], requests: 4, days: 100, settled: 60 });
    for (let day = 0; day < 20; day++) meter.take(date);
    for (let day = 0; day < 10; day++) meter.take(published);
    clock.advance(20_000);

    expect({ left: meter.daysLeft, rate: meter.rate, remaining: meter.remainingSeconds }).toEqual({
      left: 30,
      rate: 0.5,
      remaining: 60,
    });
  });

  test('does not count executions that had ended before as work of this run', () => {
    const clock = new VirtualClock();
    const meter = new ProgressMeter(clock);
    meter.take({ type: 'planned', runs: [], requests: 4, days: 100, settled: 0 });
    meter.take({ type: 'advanced', requestsDone: 2, daysDone: 50, daysSkipped: 50 });
    clock.advance(10_000);

    expect({ rate: meter.rate, remaining: meter.remainingSeconds }).toEqual({
      rate: 0,
      remaining: undefined,
    });
  });
});

describe('texts for narrow terminals', () => {
  const meter = new ProgressMeter(new VirtualClock());
  meter.take(planned);
  const until = Date.UTC(2026, 0, 1, 13, 0, 5);
  const waits = (['pace', 'quota', 'shared_quota', 'concurrency', 'outage'] as const).map((reason) =>
    waitTexts({ reason, until }, until - 60_000),
  );
  const lease = waitTexts({ reason: 'lease', day: '2026-01-01' as Day, until }, until - 60_000);

  test('go from long to short', () => {
    for (const texts of [progressTexts(meter), ...waits, lease]) {
      const lengths = texts.map(({ length }) => length);
      expect(lengths).toEqual([...lengths].sort((a, b) => b - a));
    }
  });

  test('of a wait say until when, down to 26 columns', () => {
    for (const texts of [...waits, lease]) {
      for (const text of texts) expect(text).toContain('ntil 2026-01-01T13:00:05Z');
      expect(texts.at(-1)!.length).toBeLessThanOrEqual(26);
    }
  });
});

describe('a clock that is set while a run is on', () => {
  test.each([-3_600_000, 3_600_000])('by %d ms changes neither rate nor remaining time', (step) => {
    const clock = new VirtualClock();
    const meter = new ProgressMeter(clock);
    meter.take(planned);
    for (let day = 0; day < 10; day++) meter.take(published);
    clock.advance(20_000);
    clock.setForth(step);

    expect([meter.elapsedSeconds, meter.rate, meter.remainingSeconds]).toEqual([20, 0.5, 180]);
  });
});

describe('waitText', () => {
  test('names the date that another run publishes', () => {
    const until = Date.UTC(2026, 0, 1, 13, 0, 5);
    expect(waitText({ reason: 'lease', day: '2025-12-31' as Day, until }, until - 45_000)).toBe(
      'Waiting for another run that publishes the same date (2025-12-31) until 2026-01-01T13:00:05Z, 45 s',
    );
  });

  test.each([
    ['pace', 'Waiting to stay within the quota (hour) until 2026-01-01T13:00:05Z, 1 h'],
    [
      'shared_quota',
      'Waiting for the quota, which others of this address have used up (hour) until 2026-01-01T13:00:05Z, 1 h',
    ],
  ] as const)('tells why and until when: %s', (reason, text) => {
    const until = Date.UTC(2026, 0, 1, 13, 0, 5);
    expect(waitText({ reason, window: 'hour', until }, until - 3_600_000)).toBe(text);
  });
});

describe('createProgress', () => {
  const create = (options: { json?: true; quiet?: true }, isTTY = false) => {
    const surroundings = capturedSurroundings({ isTTY });
    const progress = createProgress({
      options,
      surroundings,
      line: new StatusLine(surroundings.stderr),
      logger: SILENT_LOGGER,
      bar: true,
    });
    return { surroundings, progress };
  };

  test('writes a line now and then where nobody watches, and every wait', () => {
    const { surroundings, progress } = create({});
    progress.onEvent(planned);
    for (let second = 0; second < 30; second++) {
      surroundings.clock.advance(1000);
      progress.onEvent(published);
    }
    progress.onEvent(wait);
    progress.stop();

    expect(surroundings.stderr.text.trimEnd().split('\n')).toEqual([
      '10 of 100 days, 0 of 4 requests, 1.00 days/s, 1 min 30 s left',
      '20 of 100 days, 0 of 4 requests, 1.00 days/s, 1 min 20 s left',
      '30 of 100 days, 0 of 4 requests, 1.00 days/s, 1 min 10 s left',
      'Waiting to stay within the quota (hour) until 2026-01-01T13:00:05Z, 59 min 35 s',
    ]);
  });

  test('tells the wait for one lease once in ten seconds, however often it is renewed', () => {
    const { surroundings, progress } = create({});
    progress.onEvent(planned);
    for (let poll = 0; poll < 12; poll++) {
      const until = surroundings.clock.now() + 45_000;
      progress.onEvent({ type: 'wait', wait: { reason: 'lease', day: '2025-12-31' as Day, until } });
      surroundings.clock.advance(2000);
    }

    expect(surroundings.stderr.text.trimEnd().split('\n')).toHaveLength(3);
  });

  test.each([[{}], [{ json: true }], [{ quiet: true }]] as const)(
    'counts what is published with %j',
    (options) => {
      const { progress } = create(options, true);
      const failed = {
        type: 'date',
        result: { day: '2026-01-02', outcome: 'failed' },
      } as unknown as RunEvent;
      for (const event of [planned, published, date, failed]) progress.onEvent(event);
      progress.stop();

      expect(progress.meter.daysPublished).toBe(2);
    },
  );

  test('draws nothing more once it is stopped', () => {
    const { surroundings, progress } = create({}, true);
    progress.onEvent(planned);
    progress.stop();
    const { text } = surroundings.stderr;
    progress.onEvent(published);

    expect(surroundings.stderr.text).toBe(text);
  });

  test('draws a bar on a terminal, with the wait in it', () => {
    const { surroundings, progress } = create({}, true);
    for (const event of [planned, request, published, wait]) progress.onEvent(event);
    progress.stop();

    expect(surroundings.stderr.text).toContain('░');
    expect(surroundings.stderr.text).toContain(
      'Waiting to stay within the quota (hour) until 2026-01-01T13:00:05Z',
    );
  });

  test.each([{ quiet: true }, { json: true }] as const)('with %j writes nothing itself', (options) => {
    const { surroundings, progress } = create(options, true);
    progress.onEvent(planned);
    surroundings.clock.advance(60_000);
    for (const event of [published, wait]) progress.onEvent(event);
    progress.stop();

    expect(surroundings.stderr.text).toBe('');
  });
});
