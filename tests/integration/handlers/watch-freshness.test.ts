import { MemoryObjectStore } from '../../../adapters/memory/memory-object-store';
import { FunctionLogger } from '../../../adapters/powertools/function-logger';
import { StorageError } from '../../../core/errors';
import { manifestKey } from '../../../core/keys/processed-keys';
import { writeManifest } from '../../../core/manifest/manifest-store';
import { deployedDocument, PipelineObject } from '../../../core/pipeline/pipeline-object';
import type { Day } from '../../../core/time/day';
import { watchFreshness } from '../../../handlers/watch-freshness/handler';
import { manifestOf } from '../../lake/manifest-of';
import { smallPipelineFile } from '../../lake/small-pipeline';
import { HookedStore } from '../runs/hooked-store';
import { CapturedOutput, emfLine, setPowertools } from './captured-output';
import { lambdaContext } from './lambda-context';

const SERVICE = 'watch-freshness';
const DIMENSIONS = { environment: 'dev', pipeline: 'small' };
/** Honolulu ends a day at ten o'clock UTC, so 2026-11-18 is due from the deadline of 2026-11-19 on. */
const AFTER_DEADLINE = '2026-11-19T12:10:00Z';
const BEFORE_DEADLINE = '2026-11-19T11:10:00Z';

const output = new CapturedOutput();
let raw: MemoryObjectStore;
let processed: HookedStore;
let logger: FunctionLogger;

beforeEach(async () => {
  setPowertools(SERVICE);
  raw = new MemoryObjectStore();
  processed = new HookedStore(new MemoryObjectStore());
  await raw.put('config/small.json', Buffer.from(JSON.stringify(deployedDocument(smallPipelineFile()))));
  output.start();
  logger = new FunctionLogger();
});
afterEach(() => output.stop());

const publish = async (...days: string[]) => {
  for (const day of days) await writeManifest(processed, manifestOf(day, { pipeline: 'small' }));
};

const watch = (event: unknown) =>
  watchFreshness(event, lambdaContext(), {
    environment: 'dev',
    pipeline: new PipelineObject(raw, 'config/small.json'),
    processed,
    deadlineHour: 12,
    logger,
  });

const overdue = (DaysOverdue: number) => [emfLine(SERVICE, { DaysOverdue }, DIMENSIONS)];

test('counts the days due that have no manifest, and logs the first that is missing', async () => {
  await publish('2026-11-14', '2026-11-15');

  const result = await watch({ scheduled_time: AFTER_DEADLINE });

  expect(result).toEqual({
    pipeline: 'small',
    due: '2026-11-18',
    days_overdue: 3,
    first_missing_date: '2026-11-16',
  });
  expect(output.metrics).toEqual(overdue(3));
  expect(output.logs).toMatchObject([{ level: 'WARN', first_missing_date: '2026-11-16', pipeline: 'small' }]);
});

test('counts a day whose manifest is damaged, says which, and looks at the days before it', async () => {
  await publish('2026-11-16');
  await processed.put(manifestKey('small', '2026-11-17' as Day), Buffer.from('{"pipeline":'));

  const result = await watch({ scheduled_time: AFTER_DEADLINE });

  expect(result).toMatchObject({ days_overdue: 2, first_missing_date: '2026-11-17' });
  expect(output.logs).toMatchObject([
    {
      level: 'ERROR',
      key: '_manifests/small/date=2026-11-17.json',
      reason: expect.stringContaining('replay --date 2026-11-17'),
    },
    { level: 'WARN' },
  ]);
});

test('counts nothing before the hour by which the newest day is due', async () => {
  await publish('2026-11-17');

  const result = await watch({ scheduled_time: BEFORE_DEADLINE });

  expect(result).toMatchObject({ due: '2026-11-17', days_overdue: 0, first_missing_date: null });
  expect(output.metrics).toEqual(overdue(0));
  expect(output.logs).toMatchObject([{ level: 'INFO' }]);
});

test('is green again only when the newest day due is published, whatever a backfill publishes', async () => {
  await publish('2026-11-16', '2026-01-01');

  await watch({ scheduled_time: AFTER_DEADLINE });

  expect(output.metrics).toEqual(overdue(2));
});

test('of a lake that holds nothing it counts as many days as it looks at', async () => {
  const { days_overdue } = await watch({ scheduled_time: AFTER_DEADLINE });

  expect(days_overdue).toBe(31);
});

test('fails when it cannot look, and then emits nothing', async () => {
  processed.before = () => {
    throw new StorageError('The bucket does not answer.');
  };

  await expect(watch({ scheduled_time: AFTER_DEADLINE })).rejects.toThrow('does not answer');
  expect(output.metrics).toEqual([]);
});

test.each([
  [{ scheduled_time: '<aws.scheduler.scheduled-time>' }, /was not replaced/],
  [{}, /scheduled_time: must be a text, and is missing/],
  [{ scheduled_time: AFTER_DEADLINE, date: '2026-11-10' }, /date: no such key here/],
])('refuses the event %j', async (event, says) => {
  await expect(watch(event)).rejects.toThrow(says);
  expect(output.metrics).toEqual([]);
});
