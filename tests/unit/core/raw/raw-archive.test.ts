import { gunzipSync } from 'node:zlib';
import { MemoryObjectStore } from '../../../../adapters/memory/memory-object-store';
import { StorageError } from '../../../../core/errors';
import { sha256 } from '../../../../core/hash';
import { planRequests } from '../../../../core/planning/requests';
import { SILENT_LOGGER } from '../../../../core/ports/logger';
import type { ObjectStore } from '../../../../core/ports/object-store';
import { RawArchive } from '../../../../core/raw/raw-archive';
import { type RequestDocument, requestDocument } from '../../../../core/raw/request-document';
import type { Day } from '../../../../core/time/day';
import { VirtualClock } from '../../../clock/virtual-clock';
import { pipelineOf } from '../../../weather/pipeline-of';

const WIRE = {
  method: 'GET',
  address: 'https://example.org/v1/forecast',
  form: { hourly: 'temperature_2m' },
} as const;
const clock = new VirtualClock('2026-03-20T00:00:00Z');
const FOLDER = 'test/2026-03-08_2026-03-10';

function documentOf(from = '2026-03-08', to = '2026-03-10'): RequestDocument {
  const source = { api: 'forecast', models: [] } as const;
  const [request] = planRequests(pipelineOf(), { from: from as Day, to: to as Day, source });
  return requestDocument(request!, WIRE);
}

function bodyOf(text: string, fetchedAt: string) {
  const bytes = Buffer.from(text);
  return { bytes, fetchedAt: Date.parse(fetchedAt), complete: true, simulated: false };
}

function archiveIn(store: ObjectStore, pipeline = 'test', ignoresSimulated = false): RawArchive {
  return new RawArchive(store, pipeline, { clock, logger: SILENT_LOGGER, ignoresSimulated });
}

function archiveOf() {
  const store = new MemoryObjectStore();
  return { store, archive: archiveIn(store) };
}

const partOf = (archive: RawArchive, document: RequestDocument) => archive.partOf(document);

describe('RawArchive', () => {
  test('keeps a body under its hash, compressed, with what is known of it', async () => {
    const { store, archive } = archiveOf();
    const document = documentOf();
    const kept = await archive.keepBody(document, bodyOf('{"a": 1}', '2026-03-11T05:00:00Z'));
    const hash = sha256('{"a": 1}');
    expect(kept).toEqual({
      key: `${FOLDER}/${document.request_id}-${hash.slice(0, 16)}.json.gz`,
      sha256: hash,
      request: `${FOLDER}/${document.request_id}.request.json`,
      fetchedAt: '2026-03-11T05:00:00.000Z',
      simulated: false,
      complete: true,
    });
    const { body, info } = (await store.get(kept.key))!;
    expect(gunzipSync(body).toString()).toBe('{"a": 1}');
    expect(info.metadata).toEqual({
      sha256: hash,
      'fetched-at': '2026-03-11T05:00:00.000Z',
      simulated: 'false',
      complete: 'true',
    });
    expect(Buffer.from(await archive.read(kept)).toString()).toBe('{"a": 1}');
  });

  test('never overwrites: the same body and the same question a second time change nothing', async () => {
    const { store, archive } = archiveOf();
    const document = documentOf();
    await archive.keepRequest(document);
    const first = await archive.keepBody(document, bodyOf('{}', '2026-03-11T05:00:00Z'));
    const before = [await store.head(first.key), await store.head(first.request)];
    await archive.keepRequest({ ...document, address: 'elsewhere' });
    await archive.keepBody(document, bodyOf('{}', '2026-03-12T05:00:00Z'));
    expect([await store.head(first.key), await store.head(first.request)]).toEqual(before);
  });

  test('keeps what a simulator made up from a run that asks the real source, and from no other', async () => {
    const { store, archive } = archiveOf();
    const document = documentOf();
    const live = archiveIn(store, 'test', true);
    const real = await archive.keepBody(document, bodyOf('{}', '2026-03-11T05:00:00Z'));
    const madeUp = await archive.keepBody(document, {
      ...bodyOf('[]', '2026-03-12T05:00:00Z'),
      simulated: true,
    });
    expect(await archive.bodiesOf(archive.partOf(document))).toEqual([madeUp, real]);
    expect(await live.bodiesOf(live.partOf(document))).toEqual([real]);
  });

  test('gives no body that ended early, until the same bytes arrive whole', async () => {
    const { archive } = archiveOf();
    const document = documentOf();
    const part = archive.partOf(document);
    const torn = { ...bodyOf('{}', '2026-03-11T05:00:00Z'), complete: false };
    await archive.keepBody(document, torn);
    const before = await archive.bodiesOf(part);
    const whole = await archive.keepBody(document, bodyOf('{}', '2026-03-12T05:00:00Z'));
    await archive.keepBody(document, torn);
    expect(before).toEqual([]);
    expect(await archive.bodiesOf(part)).toEqual([whole]);
    expect(Buffer.from(await archive.read(whole)).toString()).toBe('{}');
  });

  test('gives the request object back as it was written, and its key tells its days', async () => {
    const { archive } = archiveOf();
    const document = documentOf();
    await archive.keepRequest(document);
    const [part] = await archive.partsOn('2026-03-09' as Day);
    expect(part).toEqual(partOf(archive, document));
    expect(await archive.document(`${FOLDER}/${document.request_id}.request.json`)).toEqual(document);
  });

  test('lists the bodies of a request, the latest fetched first, torn ones too', async () => {
    const { archive } = archiveOf();
    const document = documentOf();
    for (const [text, at] of [
      ['{"n": 1}', '2026-03-11T05:00:00Z'],
      ['{"n": 3}', '2026-03-13T05:00:00Z'],
      ['{"n": 2', '2026-03-12T05:00:00Z'],
    ] as const)
      await archive.keepBody(document, bodyOf(text, at));
    const bodies = await archive.bodiesOf(partOf(archive, document));
    expect(bodies.map(({ fetchedAt }) => fetchedAt.slice(0, 10))).toEqual([
      '2026-03-13',
      '2026-03-12',
      '2026-03-11',
    ]);
  });

  test('knows the requests whose days include a day, those kept since it was asked as well', async () => {
    const { archive } = archiveOf();
    await archive.keepRequest(documentOf('2026-03-01', '2026-03-10'));
    expect(await archive.partsOn('2026-03-10' as Day)).toHaveLength(1);
    expect(await archive.partsOn('2026-03-11' as Day)).toHaveLength(0);
    await archive.keepRequest(documentOf('2026-03-10', '2026-03-12'));
    expect(await archive.partsOn('2026-03-10' as Day)).toHaveLength(2);
    expect(await archive.partsOn('2026-02-28' as Day)).toHaveLength(0);
  });

  test('knows nothing of a pipeline whose name begins like its own', async () => {
    const { store } = archiveOf();
    await archiveIn(store, 'test-2').keepRequest(documentOf());
    expect(await archiveIn(store).partsOn('2026-03-09' as Day)).toEqual([]);
  });

  test('a body that is gone, was changed or has lost its metadata is a StorageError', async () => {
    const { store, archive } = archiveOf();
    const kept = await archive.keepBody(documentOf(), bodyOf('{}', '2026-03-11T05:00:00Z'));
    await expect(archive.read({ ...kept, sha256: sha256('other') })).rejects.toThrow(/its hash differs/);
    const { body } = (await store.get(kept.key))!;
    await store.put(kept.key, body);
    await expect(archive.describe(kept.key, kept.request)).rejects.toThrow(/lost its metadata/);
    await store.put(kept.key, Buffer.from('{}'));
    await expect(archive.read(kept)).rejects.toThrow(/not gzip/);
    await expect(archive.describe(kept.key, kept.request)).rejects.toThrow(/not gzip/);
    await store.delete(kept.key);
    await expect(archive.read(kept)).rejects.toThrow(StorageError);
    await expect(archive.describe(kept.key, kept.request)).rejects.toThrow(StorageError);
    await expect(archive.document('test/none.request.json')).rejects.toThrow(StorageError);
  });

  test('takes no damaged mark of a body that ended early for that of a whole one', async () => {
    const { store, archive } = archiveOf();
    const torn = { ...bodyOf('{}', '2026-03-11T05:00:00Z'), complete: false };
    const kept = await archive.keepBody(documentOf(), torn);
    const { body, info } = (await store.get(kept.key))!;
    await store.put(kept.key, body, { metadata: { ...info.metadata, complete: 'galse' } });

    const found = await archive.searchBodies(archive.partOf(documentOf()));

    expect(found).toMatchObject({ bodies: [], damaged: [{ context: { key: kept.key } }] });
  });

  test('tells a reader whether it mended a body or a question, and mends none with bytes of another', async () => {
    const { store, archive } = archiveOf();
    const document = documentOf();
    const body = bodyOf('{}', '2026-03-11T05:00:00Z');
    const kept = await archive.keepBody(document, body);
    await archive.keepRequest(document);
    expect([await archive.mendBody(kept.key, body), await archive.mendRequest(document)]).toEqual([
      false,
      false,
    ]);
    await store.delete(kept.key);
    await store.delete(kept.request);
    expect([await archive.mendBody(kept.key, body), await archive.mendRequest(document)]).toEqual([
      true,
      true,
    ]);
    expect(Buffer.from((await archive.verify(kept.key)).bytes).toString()).toBe('{}');
    await expect(archive.mendBody(kept.key, { ...body, bytes: Buffer.from('[]') })).rejects.toThrow(
      /does not belong/,
    );
  });

  test('a request object that is not what this version writes is a StorageError that says where', async () => {
    const { store, archive } = archiveOf();
    const key = `${FOLDER}/00.request.json`;
    await store.put(key, Buffer.from(JSON.stringify({ ...documentOf(), from: '2026-02-30' })));
    await expect(archive.document(key)).rejects.toThrow(/from: not a day/);
    await store.put(`${FOLDER}/01.request.json`, Buffer.from('<html>'));
    await expect(archive.document(`${FOLDER}/01.request.json`)).rejects.toThrow(/is not JSON/);
  });
});
