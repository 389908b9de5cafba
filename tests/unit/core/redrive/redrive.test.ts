import { MemoryObjectStore } from '../../../../adapters/memory/memory-object-store';
import { writeDocument } from '../../../../core/json-document';
import { manifestKey } from '../../../../core/keys/processed-keys';
import { SILENT_LOGGER } from '../../../../core/ports/logger';
import { RawArchive } from '../../../../core/raw/raw-archive';
import { LETTERS_AT_ONCE } from '../../../../core/redrive/covered-letters';
import { redrive } from '../../../../core/redrive/redrive';
import { type Day, daysBetween } from '../../../../core/time/day';
import { VirtualClock } from '../../../clock/virtual-clock';
import { MemoryExecutions } from '../../../executions/memory-executions';
import { MemoryLetterBox } from '../../../executions/memory-letter-box';
import { manifestOf } from '../../../lake/manifest-of';
import { smallPipeline } from '../../../lake/small-pipeline';

const PIPELINE = smallPipeline();
const NOW = Date.parse('2025-04-01T00:00:00Z');
const DAYS = daysBetween('2025-03-01' as Day, '2025-03-04' as Day);
const REASON = { name: 'SourceRejectedError', message: 'refused' };

const letter = (from: string, to: string) => ({
  item: { section: 'hourly', chunk: 1, from, to, execution: 'e' },
  reason: REASON,
});

describe('a redrive', () => {
  let processed: MemoryObjectStore;
  let executions: MemoryExecutions;
  const clock = new VirtualClock(NOW);
  let dropUnreadable: boolean;
  const run = (letters: MemoryLetterBox, days = DAYS, pipeline = PIPELINE) => {
    const archive = new RawArchive(new MemoryObjectStore(), pipeline.name, { clock, logger: SILENT_LOGGER });
    return redrive(
      { pipeline, processed, archive, executions, letters, clock, now: NOW, dropUnreadable },
      days,
    );
  };
  const publish = async (date: string, missing: readonly string[]) => {
    const tables = {
      weather_hourly: {
        rows: { expected: 72, found: 72 - 24 * missing.length },
        locations: { expected: 3, found: 3 - missing.length, missing: [...missing] },
        columns: {},
      },
    };
    const manifest = manifestOf(date, { pipeline: 'small', partial: missing.length > 0, tables });
    await processed.put(manifestKey('small', date as Day), writeDocument(manifest));
  };

  beforeEach(async () => {
    dropUnreadable = false;
    processed = new MemoryObjectStore();
    executions = new MemoryExecutions();
    await publish('2025-03-01', []);
    await publish('2025-03-02', ['honolulu']);
    await publish('2025-03-03', ['honolulu']);
  });

  it('tells a day whose manifest is damaged, keeps its letters and goes on with the others', async () => {
    await processed.put(manifestKey('small', '2025-03-02' as Day), Buffer.from('{"pipeline":'));
    const letters = new MemoryLetterBox([
      letter('2025-03-02', '2025-03-02'),
      letter('2025-03-03', '2025-03-03'),
    ]);

    const report = await run(letters);

    expect(report.damaged).toEqual([
      { date: '2025-03-02', reason: expect.stringContaining('replay --date 2025-03-02') },
    ]);
    expect(report.partial).toEqual([{ from: '2025-03-03', to: '2025-03-03', days: 1 }]);
    expect(report.executions).not.toEqual([]);
    expect(report.letters).toMatchObject({ deleted: 1, kept: 1 });
  });

  it('starts what partial and missing days lack, and deletes the letters about it', async () => {
    const letters = new MemoryLetterBox([
      letter('2025-03-02', '2025-03-03'),
      letter('2025-03-01', '2025-03-01'),
      letter('2025-02-28', '2025-03-02'),
      { item: null, reason: REASON },
      'no letter at all',
    ]);

    const report = await run(letters);

    const missing = { from: '2025-03-04', to: '2025-03-04' };
    const requests = [
      { section: 'hourly', chunk: 1, from: '2025-03-02', to: '2025-03-03' },
      { section: 'hourly', chunk: 0, ...missing },
      { section: 'daily', chunk: 0, ...missing },
      { section: 'hourly', chunk: 1, ...missing },
      { section: 'daily', chunk: 1, ...missing },
    ];
    expect(executions.started.map(({ input }) => input)).toEqual([{ requests }]);
    expect(report).toMatchObject({
      executions: [{ how: 'started', requests: 5 }],
      missing: [{ from: '2025-03-04', to: '2025-03-04' }],
      partial: [{ from: '2025-03-02', to: '2025-03-03' }],
      left: [],
      letters: { deleted: 2, kept: 3, elsewhere: { letters: 1, from: '2025-02-28', to: '2025-03-02' } },
    });
    expect(letters.left()).toEqual(['2', '3', '4']);
    expect(await letters.depth()).toEqual({ waiting: 3, hidden: 0 });
  });

  it('leaves days to the executions that work on them', async () => {
    await run(new MemoryLetterBox([]));
    const letters = new MemoryLetterBox([letter('2025-03-02', '2025-03-02')]);

    const again = await run(letters);

    expect(executions.started).toHaveLength(1);
    expect(again).toMatchObject({
      executions: [],
      under_way: [{ from: '2025-03-02', to: '2025-03-04' }],
      letters: { deleted: 1, kept: 0 },
    });
  });

  it('keeps the letters of executions under way, which do not ask again for what they gave up', async () => {
    await run(new MemoryLetterBox([]));
    const [execution] = executions.started.map(({ name }) => name);
    const own = letter('2025-03-04', '2025-03-04');
    const letters = new MemoryLetterBox([{ ...own, item: { ...own.item, execution } }]);

    expect(await run(letters)).toMatchObject({ executions: [], letters: { deleted: 0, kept: 1 } });
  });

  it('keeps a letter of a day on which an execution works that asks for another request', async () => {
    const request = { section: 'hourly', chunk: 0, from: '2025-03-02', to: '2025-03-02' };
    await executions.start('by-hand', JSON.stringify({ requests: [request] }));
    const letters = new MemoryLetterBox([
      letter('2025-03-02', '2025-03-02'),
      { item: { ...request, execution: 'e' }, reason: REASON },
    ]);

    const report = await run(letters, ['2025-03-02' as Day]);

    expect(report).toMatchObject({ executions: [], letters: { deleted: 1, kept: 1 } });
    expect(letters.left()).toEqual(['0']);
  });

  it('takes no slot under way into account that the pipeline has no more', async () => {
    const request = { section: 'hourly', chunk: 9, from: '2025-03-02', to: '2025-03-02' };
    await executions.start('by-hand', JSON.stringify({ requests: [request] }));

    expect(await run(new MemoryLetterBox([]))).toMatchObject({
      executions: [{ how: 'started' }],
      under_way: [{ from: '2025-03-02' }],
    });
  });

  it.each([
    { date: '2025-03-02' },
    { from: '2025-03-01', to: '2025-03-02' },
    { scheduled_time: '2025-03-04T00:00:00Z' },
  ])('deletes a letter of a day that an execution asks for as a whole: %j', async (input) => {
    await executions.start('by-hand', JSON.stringify(input));
    const letters = new MemoryLetterBox([letter('2025-03-02', '2025-03-02')]);

    const report = await run(letters, ['2025-03-02' as Day]);

    expect(report).toMatchObject({ executions: [], letters: { deleted: 1, kept: 0 } });
  });

  it('asks again, under another name, for what it did not bring in', async () => {
    await run(new MemoryLetterBox([]));
    for (const { name } of executions.started) executions.end(name, 'succeeded');

    await run(new MemoryLetterBox([]));

    const names = executions.started.map(({ name }) => name);
    expect(names).toEqual([names[0], `${names[0]}-2`]);
  });

  it('starts nothing and deletes what is settled where nothing lacks', async () => {
    const letters = new MemoryLetterBox([letter('2025-03-01', '2025-03-01')]);

    const report = await run(letters, ['2025-03-01' as Day]);

    expect(executions.started).toEqual([]);
    expect(report).toMatchObject({ executions: [], letters: { deleted: 1, kept: 0 } });
  });

  describe('of letters that cannot be read', () => {
    const bodies = [
      { item: null, reason: REASON },
      'no letter at all',
      { item: { chunk: -1 }, reason: REASON },
    ];

    it('keeps and counts them', async () => {
      const report = await run(new MemoryLetterBox(bodies));

      expect(report.letters).toMatchObject({ deleted: 0, kept: 3, unreadable: 3, dropped: [] });
    });

    it('deletes them where it is told to, and those alone, and tells why each was written', async () => {
      dropUnreadable = true;
      const letters = new MemoryLetterBox([...bodies, letter('2025-02-28', '2025-02-28')]);

      const report = await run(letters);

      expect(letters.left()).toEqual(['3']);
      expect(report.letters).toMatchObject({
        deleted: 3,
        kept: 1,
        unreadable: 0,
        dropped: [
          { id: '0', ...REASON },
          { id: '1', name: 'UnreadableLetter' },
          { id: '2', ...REASON },
        ],
      });
    });

    it('counts one as read whose request can be told, whatever else is wrong with it', async () => {
      const { execution: _, ...item } = letter('2025-03-02', '2025-03-02').item;
      const letters = new MemoryLetterBox([
        { item: { ...item, weight: 'much' }, reason: REASON, died_at: 7 },
      ]);

      expect((await run(letters)).letters).toMatchObject({ deleted: 1, kept: 0, unreadable: 0 });
    });
  });

  it('tells of the letters about days that it did not look at, with their span', async () => {
    const letters = new MemoryLetterBox([
      letter('2025-02-27', '2025-02-28'),
      letter('2025-03-04', '2025-03-05'),
      letter('2024-12-31', '2024-12-31'),
      letter('2025-03-01', '2025-03-01'),
    ]);

    expect((await run(letters)).letters).toMatchObject({
      deleted: 1,
      kept: 3,
      elsewhere: { letters: 3, from: '2024-12-31', to: '2025-03-05' },
    });
    expect(
      (await run(new MemoryLetterBox([letter('2025-03-01', '2025-03-01')]))).letters.elsewhere,
    ).toBeNull();
  });

  it('tells how many letters it could not see', async () => {
    const letters = new MemoryLetterBox(Array(5).fill(letter('2025-03-01', '2025-03-01')));
    await letters.take(2);

    expect((await run(letters)).letters).toMatchObject({ deleted: 3, kept: 0, unseen: 2 });
    expect((await run(new MemoryLetterBox([letter('2025-03-01', '2025-03-01')]))).letters.unseen).toBe(0);
  });

  describe('of thousands of letters', () => {
    const covered = letter('2025-03-02', '2025-03-02');
    const foreign = letter('2025-02-28', '2025-02-28');
    const thousands = Array.from({ length: 5_000 }, (_, index) => (index % 10 === 0 ? foreign : covered));

    it('is done with some before it takes the next ones', async () => {
      const letters = new MemoryLetterBox(thousands);

      const report = await run(letters);

      expect(report.letters).toMatchObject({ deleted: 4_500, kept: 500 });
      expect(Math.max(...letters.deletions)).toBeLessThanOrEqual(LETTERS_AT_ONCE);
      expect(await letters.depth()).toEqual({ waiting: 500, hidden: 0 });
    });

    it('comes to an end, and counts right, when kept ones come back meanwhile', async () => {
      const letters = new MemoryLetterBox(thousands, 4);

      const report = await run(letters);

      expect(report.letters).toMatchObject({ deleted: 4_500, kept: 500 });
      expect(letters.left()).toHaveLength(500);
    });
  });

  it('joins missing days of which every other one is published', async () => {
    const days = daysBetween('2024-01-01' as Day, '2024-10-31' as Day);
    for (const [index, day] of days.entries()) if (index % 2 === 0) await publish(day, []);

    const report = await run(new MemoryLetterBox([]), days);

    expect(executions.started.map(({ input }) => input)).toEqual([{ from: '2024-01-02', to: '2024-10-30' }]);
    expect(report.left).toEqual([]);
  });

  it('asks for a partial day between missing ones with them, and not once more', async () => {
    const days = daysBetween('2024-01-01' as Day, '2024-01-03' as Day);
    await publish('2024-01-02', ['honolulu']);

    const report = await run(new MemoryLetterBox([]), days);

    expect(report).toMatchObject({ executions: [{ requests: 4 }], partial: [{ from: '2024-01-02' }] });
    const { requests } = executions.started[0]!.input as { requests: object[] };
    for (const request of requests) expect(request).toMatchObject({ from: '2024-01-01', to: '2024-01-03' });
  });

  describe('of more than the quota serves in two days', () => {
    const limits = { minute: 600, hour: 600, day: 10 };
    const pipeline = { ...PIPELINE, source: { ...PIPELINE.source, limits } };
    const days = daysBetween('2024-01-01' as Day, '2024-12-31' as Day);

    it('starts the first of it, leaves the rest to another one, and keeps its letters', async () => {
      await publish('2024-12-20', []);
      const letters = new MemoryLetterBox(
        ['2024-01-02', '2024-12-02', '2024-12-20'].map((day) => letter(day, day)),
      );

      const report = await run(letters, days, pipeline);

      const [execution, ...others] = report.executions;
      expect(others).toEqual([]);
      expect(execution).toMatchObject({ how: 'started', from: '2024-01-01', requests: null });
      expect(report.left.at(-1)).toMatchObject({ to: '2024-12-31' });
      expect(report.left[0]!.from > execution!.to!).toBe(true);
      expect(letters.left()).toEqual(['1']);
    });

    it('goes on behind it when that has ended', async () => {
      const first = await run(new MemoryLetterBox([]), days, pipeline);
      const { name, from, to } = first.executions[0]!;
      for (const day of daysBetween(from!, to!)) await publish(day, []);
      executions.end(name, 'succeeded');

      const second = await run(new MemoryLetterBox([]), days, pipeline);

      expect(second.executions[0]!.from).toBe(first.left[0]!.from);
    });

    it('starts nothing more, and keeps the letters, while that runs', async () => {
      const first = await run(new MemoryLetterBox([]), days, pipeline);
      const letters = new MemoryLetterBox([letter('2024-12-02', '2024-12-02')]);

      const again = await run(letters, days, pipeline);

      expect(executions.started).toHaveLength(1);
      expect(again).toMatchObject({ executions: [], left: first.left, letters: { deleted: 0, kept: 1 } });
    });

    it('does the same with requests that are named', async () => {
      const some = days.filter((_, index) => index % 5 === 0);
      for (const day of days) await publish(day, some.includes(day) ? ['honolulu'] : []);

      const report = await run(new MemoryLetterBox([]), days, pipeline);

      // Ten a day, and the third day begins when the second has ended.
      expect(report.executions).toMatchObject([{ requests: 20 }]);
      expect(report.left).toHaveLength(some.length - 20);
    });

    it('is refused, before anything is started or deleted, where not even the first ends in time', async () => {
      const tight = { ...pipeline, source: { ...PIPELINE.source, limits: { ...limits, day: 1 } } };
      const letters = new MemoryLetterBox([letter('2024-01-02', '2024-01-02')]);

      await expect(run(letters, days, tight)).rejects.toThrow('No execution can bring these days in');

      expect(executions.started).toEqual([]);
      expect(letters.deletions).toEqual([]);
    });
  });
});
