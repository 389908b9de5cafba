import { MemoryObjectStore } from '../../../../adapters/memory/memory-object-store';
import type { DamagedObjectError } from '../../../../core/errors';
import type { Manifest } from '../../../../core/manifest/manifest';
import type { Pipeline } from '../../../../core/pipeline/pipeline';
import { chunksOf } from '../../../../core/planning/chunks';
import { planRequests } from '../../../../core/planning/requests';
import type { DaySource } from '../../../../core/planning/source-rule';
import { SILENT_LOGGER } from '../../../../core/ports/logger';
import { RawArchive } from '../../../../core/raw/raw-archive';
import type { RawBody } from '../../../../core/raw/raw-body';
import { requestDocument } from '../../../../core/raw/request-document';
import { ArchivedAnswers } from '../../../../core/staging/archived-answers';
import { pickSlice } from '../../../../core/staging/indexed-answers';
import { type Day, daysBetween } from '../../../../core/time/day';
import { VirtualClock } from '../../../clock/virtual-clock';
import { bodyOf, elementOf, hourLabels } from '../../../weather/body-of';
import { BERLIN, HOURLY, NEW_YORK, pipelineOf } from '../../../weather/pipeline-of';

const DAY = '2026-03-10' as Day;
const FORECAST: DaySource = { api: 'forecast', models: [] };
const ARCHIVE: DaySource = { api: 'archive', models: ['era5'] };
const WIRE = { method: 'GET', address: 'https://example.org', form: {} } as const;
const pipeline = pipelineOf({ tables: [HOURLY] });

interface Fetch {
  readonly at: string;
  /** Every value of the answer; text makes a body that does not decode. */
  readonly value: number | string;
  readonly from?: Day;
  readonly to?: Day;
  readonly source?: DaySource;
  readonly asking?: Pipeline;
}

class Kept {
  readonly store = new MemoryObjectStore();
  /** What the last look passed over. */
  damaged: DamagedObjectError | undefined;
  readonly archive = new RawArchive(this.store, 'test', {
    clock: new VirtualClock('2026-03-20T00:00:00Z'),
    logger: SILENT_LOGGER,
  });

  async keep({
    at,
    value,
    from = DAY,
    to = DAY,
    source = FORECAST,
    asking = pipeline,
  }: Fetch): Promise<RawBody> {
    const [request] = planRequests(asking, { from, to, source });
    const document = requestDocument(request!, WIRE);
    const time = hourLabels(...daysBetween(from, to));
    const elements = request!.locations.map(({ number }) =>
      elementOf({
        time,
        columns: { temperature_2m: time.map(() => value) },
        envelope: { location_id: number },
      }),
    );
    const bytes = bodyOf(elements.length === 1 ? elements[0] : elements);
    await this.archive.keepRequest(document);
    return this.archive.keepBody(document, {
      bytes,
      fetchedAt: Date.parse(at),
      complete: true,
      simulated: false,
    });
  }

  /** The value found for each location, and undefined where there is none. */
  async found(more: { day?: Day; source?: DaySource; named?: readonly RawBody[]; now?: Pipeline } = {}) {
    const { day = DAY, source = FORECAST, named, now = pipeline } = more;
    const [chunk] = chunksOf(now);
    const parts = {
      archive: this.archive,
      pipeline: now,
      section: 'hourly',
      chunk: chunk!,
      logger: SILENT_LOGGER,
    } as const;
    const raw = named?.map(({ key, sha256, request }) => ({ key, sha256, request }));
    const manifest = raw === undefined ? undefined : ({ source, raw } as unknown as Manifest);
    const { sets, damaged } = await new ArchivedAnswers(parts).forDay({ day, source, manifest });
    this.damaged = damaged;
    return chunk!.locations.map(({ id }) => {
      const slice = pickSlice(sets, id, day)?.slice;
      const data = slice?.answer.columns.get('weather_hourly')?.[0]?.data;
      return data?.kind === 'number' ? data.values[slice!.from] : undefined;
    });
  }
}

describe('answers kept earlier, for a day without a manifest', () => {
  test('are the latest fetched that decodes', async () => {
    const kept = new Kept();
    await kept.keep({ at: '2026-03-11T05:00:00Z', value: 1 });
    await kept.keep({ at: '2026-03-12T05:00:00Z', value: 2 });
    await kept.keep({ at: '2026-03-13T05:00:00Z', value: 'torn' });
    expect(await kept.found()).toEqual([2, 2]);
  });

  test('come from any request whose days include the day', async () => {
    const kept = new Kept();
    await kept.keep({ at: '2026-03-11T05:00:00Z', value: 1 });
    await kept.keep({ at: '2026-03-12T05:00:00Z', value: 2, from: '2026-03-01' as Day });
    await kept.keep({ at: '2026-03-13T05:00:00Z', value: 3, to: '2026-03-12' as Day });
    await kept.keep({
      at: '2026-03-14T05:00:00Z',
      value: 4,
      from: '2026-03-11' as Day,
      to: '2026-03-11' as Day,
    });
    expect(await kept.found()).toEqual([3, 3]);
  });

  test('come from the API that the source rule picks', async () => {
    const kept = new Kept();
    await kept.keep({ at: '2026-03-11T05:00:00Z', value: 1 });
    await kept.keep({ at: '2026-03-12T05:00:00Z', value: 2, source: ARCHIVE });
    expect(await kept.found()).toEqual([1, 1]);
    expect(await kept.found({ source: ARCHIVE })).toEqual([2, 2]);
  });

  test('are none where nothing was ever kept', async () => {
    expect(await new Kept().found()).toEqual([undefined, undefined]);
  });

  test('may be of several requests, each for the locations that it asked for', async () => {
    const kept = new Kept();
    const [berlin, newYork] = [BERLIN, NEW_YORK].map((one) =>
      pipelineOf({ tables: [HOURLY], locations: [one] }),
    );
    await kept.keep({ at: '2026-03-11T05:00:00Z', value: 1, asking: berlin! });
    await kept.keep({ at: '2026-03-12T05:00:00Z', value: 2, asking: newYork! });
    await kept.keep({ at: '2026-03-10T05:00:00Z', value: 9 });
    expect(await kept.found()).toEqual([1, 2]);
  });

  test.each([{ latitude: 53 }, { longitude: 14 }, { elevation: 500 }])(
    'are not those of a location that had not %j then, though its neighbours stay',
    async (change) => {
      const kept = new Kept();
      await kept.keep({ at: '2026-03-11T05:00:00Z', value: 1 });
      const moved = pipelineOf({ tables: [HOURLY], locations: [{ ...BERLIN, ...change }, NEW_YORK] });
      expect(await kept.found({ now: moved })).toEqual([undefined, 1]);
    },
  );
});

describe('answers kept earlier, for a published day', () => {
  test('are those that the manifest names, however many came later', async () => {
    const kept = new Kept();
    const named = await kept.keep({ at: '2026-03-11T05:00:00Z', value: 1 });
    await kept.keep({ at: '2026-03-12T05:00:00Z', value: 2 });
    expect(await kept.found({ named: [named] })).toEqual([1, 1]);
  });

  test('are the latest others when what it names does not decode any more', async () => {
    const kept = new Kept();
    const named = await kept.keep({ at: '2026-03-13T05:00:00Z', value: 'text' });
    await kept.keep({ at: '2026-03-12T05:00:00Z', value: 2 });
    expect(await kept.found({ named: [named] })).toEqual([2, 2]);
  });

  test('are completed for locations that it does not name', async () => {
    const kept = new Kept();
    const alone = pipelineOf({ tables: [HOURLY], locations: [BERLIN] });
    const named = await kept.keep({ at: '2026-03-11T05:00:00Z', value: 1, asking: alone });
    await kept.keep({ at: '2026-03-12T05:00:00Z', value: 2 });
    expect(await kept.found({ named: [named] })).toEqual([1, 2]);
  });

  test('are none, and the reason is told, when what it names is gone and nothing else was kept', async () => {
    const kept = new Kept();
    const named = await kept.keep({ at: '2026-03-11T05:00:00Z', value: 1 });
    await kept.store.delete(named.key);
    expect(await kept.found({ named: [named] })).toEqual([undefined, undefined]);
    expect(kept.damaged?.message).toContain(`${named.key} is not there`);
  });

  test('are the latest others when what it names is gone', async () => {
    const kept = new Kept();
    const named = await kept.keep({ at: '2026-03-13T05:00:00Z', value: 1 });
    await kept.keep({ at: '2026-03-12T05:00:00Z', value: 2 });
    await kept.store.delete(named.key);
    expect(await kept.found({ named: [named] })).toEqual([2, 2]);
  });

  test('are never first those that say they were fetched in the future', async () => {
    const kept = new Kept();
    await kept.keep({ at: '2030-01-01T00:00:00Z', value: 1 });
    await kept.keep({ at: '2026-03-12T05:00:00Z', value: 2 });
    expect(await kept.found()).toEqual([2, 2]);
  });
});
