import type { Manifest, TableReport } from '../../../../core/manifest/manifest';
import { lackingRuns, lackingSlots, requestsOf, type Slot } from '../../../../core/redrive/lacking-slots';
import type { Day } from '../../../../core/time/day';
import { manifestOf } from '../../../lake/manifest-of';
import { smallPipeline } from '../../../lake/small-pipeline';

// Chunk 0: berlin, auckland. Chunk 1: honolulu.
const PIPELINE = smallPipeline();

function table(missing: readonly string[], rows = { expected: 10, found: 10 }): TableReport {
  return { rows, locations: { expected: 3, found: 3 - missing.length, missing: [...missing] }, columns: {} };
}

const partial = (tables: Manifest['tables']) => manifestOf('2025-03-01', { partial: true, tables });

describe('what a partial day lacks', () => {
  it.each<[string, Manifest['tables'], Slot[]]>([
    ['a location', { weather_hourly: table(['honolulu'], { expected: 72, found: 48 }) }, ['hourly/1']],
    ['two of a chunk', { weather_daily: table(['berlin', 'auckland']) }, ['daily/0']],
    ['the locations, of the first section', { locations: table(['honolulu']) }, ['hourly/1']],
    [
      'several, in the order of the requests',
      { weather_daily: table(['berlin', 'honolulu']), weather_hourly: table(['honolulu']) },
      ['daily/0', 'hourly/1', 'daily/1'],
    ],
    [
      'rows alone, anywhere',
      { weather_hourly: table([], { expected: 72, found: 71 }) },
      ['hourly/0', 'hourly/1'],
    ],
    ['what the pipeline no longer has', { gone: table(['berlin']), weather_daily: table(['paris']) }, []],
  ])('is %s', (_, tables, slots) => {
    expect(lackingSlots(PIPELINE, partial(tables))).toEqual(slots);
  });

  it('is asked for by runs of days that lack the same, of at most a fortnight', () => {
    const days = Array.from(
      { length: 16 },
      (_, index) => `2025-03-${String(index + 1).padStart(2, '0')}` as Day,
    );
    const lacking = new Map<Day, Slot[]>(days.map((day) => [day, ['daily/0']]));
    lacking.set('2025-03-20' as Day, ['daily/0', 'hourly/1']);
    lacking.set('2025-03-21' as Day, ['hourly/1']);

    expect(lackingRuns(lacking).flatMap(requestsOf)).toEqual([
      { section: 'daily', chunk: 0, from: '2025-03-01', to: '2025-03-14' },
      { section: 'daily', chunk: 0, from: '2025-03-15', to: '2025-03-16' },
      { section: 'daily', chunk: 0, from: '2025-03-20', to: '2025-03-20' },
      { section: 'hourly', chunk: 1, from: '2025-03-20', to: '2025-03-20' },
      { section: 'hourly', chunk: 1, from: '2025-03-21', to: '2025-03-21' },
    ]);
  });
});
