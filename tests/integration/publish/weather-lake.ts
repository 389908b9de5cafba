import { MemoryObjectStore } from '../../../adapters/memory/memory-object-store';
import type { IngestError } from '../../../core/errors';
import { sha256 } from '../../../core/hash';
import { manifestKey } from '../../../core/keys/processed-keys';
import type { Manifest } from '../../../core/manifest/manifest';
import { readManifest } from '../../../core/manifest/manifest-store';
import { allSections, type Location, type Pipeline, tablesOf } from '../../../core/pipeline/pipeline';
import { chunksOf } from '../../../core/planning/chunks';
import type { ObjectStore } from '../../../core/ports/object-store';
import { type LeaseDocument, readLease } from '../../../core/publish/lease';
import { type PublishRequest, type PublishResult, publishDate } from '../../../core/publish/publish-date';
import { indexAnswers, type PickedSlice, pickSlice } from '../../../core/staging/indexed-answers';
import { stageDay } from '../../../core/staging/stage-day';
import type { TableBatch } from '../../../core/tables/table-batch';
import { type Day, dayNumber } from '../../../core/time/day';
import { VirtualClock } from '../../clock/virtual-clock';
import { PARQUET_ENCODER } from '../../lake/parquet-encoder';
import { rowsOf } from '../../weather/cells-of';
import { locationAnswerOf, numbers, type Value } from '../../weather/location-answer-of';
import { RecordingStore } from './recording-store';

export const DAY = '2026-03-10' as Day;
const FETCHED_AT = '2026-03-11T05:00:00.000Z';
const SOURCE = { api: 'forecast', models: [] } as const;

/** What a run brings for the day. */
export interface Version {
  readonly runId: string;
  /** Every value of a location in each hour; 10 when left out. */
  readonly values?: (location: string) => Value;
  readonly fetchedAt?: string;
  /** Tells one fetch from another of the same values. */
  readonly body?: string;
  /** Ids of locations that no answer has. */
  readonly missing?: readonly string[];
  /** Whether the request of a section and chunk failed, with nothing in its place. */
  readonly failed?: (section: string, chunk: number) => boolean;
  /** Why. */
  readonly failure?: IngestError;
}

/** A processed bucket with one day in it, staged and published by the real parts, and a clock turned by hand. */
export class WeatherLake {
  readonly clock = new VirtualClock('2026-03-12T06:00:00Z');
  readonly bucket = new MemoryObjectStore(this.clock);
  /** Holders whose process is gone. */
  readonly gone = new Set<string>();
  /** Rows of every file ever made, `<location>@<time>`, by the hash of its bytes. */
  private readonly rows = new Map<string, readonly string[]>();
  private readonly encoder = {
    encode: (batch: TableBatch) => {
      const bytes = PARQUET_ENCODER.encode(batch);
      this.rows.set(
        sha256(bytes),
        rowsOf(batch).map(({ location_id, time, column = '' }) => `${location_id}@${time}${column}`),
      );
      return bytes;
    },
  };

  recording(): RecordingStore {
    return new RecordingStore(this.bucket);
  }

  async stage(pipeline: Pipeline, version: Version, store: ObjectStore = this.bucket): Promise<void> {
    const parts = { pipeline, processed: store, encoder: this.encoder, runId: version.runId };
    for (const chunk of chunksOf(pipeline)) {
      for (const section of allSections(pipeline)) {
        const hasFailed = version.failed?.(section, chunk.number) === true;
        const picked = hasFailed ? [] : pick(pipeline, version, { section, ...chunk });
        const failure = hasFailed ? version.failure : undefined;
        const place = { day: DAY, section, chunk, source: SOURCE };
        await stageDay(parts, { ...place, picked, answered: !hasFailed, failure });
      }
    }
  }

  publish(
    pipeline: Pipeline,
    runId: string,
    { store = this.bucket as ObjectStore, holder = runId, ...more }: PublishMore = {},
  ): Promise<PublishResult> {
    const holders = { self: holder, isGone: (other: string) => this.gone.has(other) };
    return publishDate(
      { store, clock: this.clock, holders },
      { pipeline, day: DAY, runId, codeVersion: '1.0.0', force: false, replay: false, ...more },
    );
  }

  /** Stages and publishes, and tells the writes that publishing made. */
  async run(pipeline: Pipeline, version: Version, more: PublishMore = {}) {
    await this.stage(pipeline, version);
    const store = this.recording();
    const { outcome } = await this.publish(pipeline, version.runId, { store, ...more });
    return { outcome, writes: store.writes };
  }

  manifest(pipeline: Pipeline): Promise<Manifest | undefined> {
    return readManifest(this.bucket, pipeline.name, DAY);
  }

  lease(pipeline: Pipeline): Promise<LeaseDocument | undefined> {
    return readLease(this.bucket, pipeline.name, DAY);
  }

  /** Hashes by key of all that a reader may meet: tables and quarantine. */
  async visible(): Promise<Record<string, string>> {
    const found: Record<string, string> = {};
    for await (const { key } of this.bucket.list('')) {
      const isData = !key.startsWith('_') || key.startsWith('_quarantine/');
      if (isData) found[key] = (await this.bucket.head(key))!.sha256;
    }
    return found;
  }

  /** Everything but staging, as it is to be found again after a run that must change nothing. */
  async published(pipeline: Pipeline): Promise<unknown> {
    return [await this.visible(), (await this.bucket.head(manifestKey(pipeline.name, DAY)))?.sha256];
  }

  /** Rows that are in more than one file of a table or of its quarantine. */
  async rowsTwice(): Promise<string[]> {
    const seen = new Set<string>();
    const twice: string[] = [];
    for (const [key, hash] of Object.entries(await this.visible())) {
      const folder = key.slice(0, key.lastIndexOf('/'));
      for (const row of this.rows.get(hash)!) {
        const place = `${folder}: ${row}`;
        if (seen.has(place)) twice.push(place);
        seen.add(place);
      }
    }
    return twice;
  }
}

interface PublishMore extends Partial<Omit<PublishRequest, 'pipeline' | 'runId'>> {
  readonly store?: ObjectStore;
  readonly holder?: string;
}

interface Slot {
  readonly section: ReturnType<typeof allSections>[number];
  readonly number: number;
  readonly locations: readonly Location[];
}

function pick(pipeline: Pipeline, version: Version, { section, number, locations }: Slot): PickedSlice[] {
  const { fetchedAt = FETCHED_AT, body = 'body', missing = [], values = () => 10 } = version;
  const key = `${pipeline.name}/${DAY}_${DAY}/${section}${number}`;
  const raw = {
    key: `${key}-${sha256(body).slice(0, 16)}.json.gz`,
    sha256: sha256(body),
    request: `${key}.request.json`,
    fetchedAt,
    simulated: false,
  };
  const present = locations.filter(({ id }) => !missing.includes(id));
  const answers = present.map((location) => {
    const tables = tablesOf(pipeline, section).map((table) =>
      locationAnswerOf({
        location,
        table,
        time: timeOf(section),
        offsetSeconds: section === 'daily' ? location.offsetHours * 3_600 : 0,
        columns: table.columns.map(() => numbers(timeOf(section).map(() => values(location.id)))),
      }),
    );
    return { ...tables[0]!, columns: new Map(tables.flatMap(({ columns }) => [...columns])) };
  });
  const indexed = indexAnswers(answers, { raw, source: SOURCE, section });
  return present.flatMap(({ id }) => pickSlice([indexed], id, DAY) ?? []);
}

function timeOf(section: string): number[] {
  const midnight = dayNumber(DAY) * 86_400;
  return section === 'daily' ? [midnight] : Array.from({ length: 24 }, (_, hour) => midnight + hour * 3_600);
}
