import { gunzipSync, gzipSync } from 'node:zlib';
import { sha256 } from '../../../core/hash';
import { manifestKey } from '../../../core/keys/processed-keys';
import { readDamageNotes } from '../../../core/raw/damage-notes';
import { writeRequestDocument } from '../../../core/raw/request-document';
import { SPOILINGS } from '../../lake/spoil-raw';
import type { RunLake } from '../runs/run-lake';
import { DAY, findingsOf, NEXT, SpoiltLake, STORES, wholeLake } from './spoilt-lake';

let whole: RunLake;
beforeAll(async () => {
  whole = await wholeLake();
});

describe.each(STORES)('raw objects in %s', (where) => {
  let lake: SpoiltLake;
  beforeEach(async () => {
    lake = await SpoiltLake.copyOf(whole, where);
  });
  afterEach(() => lake.remove());

  const firstBody = async () => (await lake.manifest(DAY)).raw[0]!;

  test.each(SPOILINGS)('finds a raw answer that is spoilt: %s', async (_, spoiling, says) => {
    const { key } = await firstBody();
    await lake.spoilRaw(key, spoiling);

    expect(findingsOf(await lake.verify())).toEqual([
      {
        kind: 'bodies',
        bucket: 'raw',
        object: key,
        problem: expect.stringMatching(says),
        remedy: expect.stringMatching(
          /^Restore it .*, or ask the source again, .* backfill --from .* --force$/,
        ),
        repaired: false,
      },
    ]);
  });

  test('finds a raw answer whose metadata are those of another', async () => {
    const { key } = await firstBody();
    const { body, info } = (await lake.raw.get(key))!;
    await lake.raw.put(key, body, { metadata: { ...info.metadata, sha256: sha256('other') } });

    expect(findingsOf(await lake.verify())).toMatchObject([
      { kind: 'bodies', object: key, problem: expect.stringContaining('it has lost its metadata') },
    ]);
  });

  test('finds an answer that manifests name and that is gone, once, and the other answer that a replay takes', async () => {
    const { key } = await firstBody();
    const answer = (await lake.raw.get(key))!;
    await lake.raw.delete(key);
    const other = Buffer.from(`${gunzipSync(answer.body)} `);
    const otherKey = `${key.slice(0, key.lastIndexOf('-'))}-${sha256(other).slice(0, 16)}.json.gz`;
    await lake.raw.put(otherKey, gzipSync(other), {
      metadata: { ...answer.info.metadata, sha256: sha256(other) },
    });

    const findings = findingsOf(await lake.verify());

    expect(findings).toMatchObject([
      { kind: 'bodies', object: key, problem: 'a manifest names it: it is not there' },
    ]);
    expect(findings[0]!.remedy).toContain(`which takes ${otherKey} in its place`);
  });

  test('tells of a damaged answer that no manifest names that it is to be deleted, where every manifest says so', async () => {
    const { key } = await firstBody();
    const spare = `${key.slice(0, key.lastIndexOf('-'))}-0123456789abcdef.json.gz`;
    await lake.raw.put(spare, Buffer.from('cut'));
    const remedies = async (parts: Parameters<SpoiltLake['verify']>[0] = {}) =>
      (await lake.verify(parts)).bodies.findings.map(({ remedy }) => remedy);

    expect(await remedies()).toEqual([
      `Delete it: no manifest names it, and ${key} answers the same request`,
    ]);
    const restore = expect.stringMatching(/^Restore it .* --force$/);
    expect(await remedies({ span: { from: DAY, to: DAY } })).toEqual([restore]);
    await lake.spoil('processed', manifestKey('small', NEXT), (body) => body.subarray(0, 100));
    expect(await remedies()).toEqual([restore]);
  });

  test.each<[string, (body: Buffer) => Uint8Array, string]>([
    ['is cut', (body) => body.subarray(0, -20), 'is not JSON'],
    ['is another document', () => Buffer.from('{}'), 'is not what this version writes'],
    [
      'has a letter changed',
      (body) => Buffer.from(body.toString().replace('"hourly"', '"daily"')),
      'its hash differs',
    ],
    [
      'is of another request',
      (body) => {
        const { sha256: _, ...document } = JSON.parse(body.toString());
        return writeRequestDocument({ ...document, request_id: 'abc' });
      },
      'it is about the request abc',
    ],
  ])('finds a request object that %s', async (_, edit, problem) => {
    const { request } = await firstBody();
    await lake.spoil('raw', request, edit);

    expect(findingsOf(await lake.verify())).toMatchObject([
      { kind: 'requests', bucket: 'raw', object: request, problem: expect.stringContaining(problem) },
    ]);
  });

  test('finds a request object that manifests name and that is gone, once', async () => {
    const { request } = await firstBody();
    await lake.raw.delete(request);

    expect(findingsOf(await lake.verify())).toMatchObject([
      { kind: 'requests', object: request, problem: 'a manifest names it: it is not there' },
    ]);
  });

  test('finds an answer whose question is gone and that no manifest names', async () => {
    const { key } = await firstBody();
    const { body, info } = (await lake.raw.get(key))!;
    const orphan = key.replace(/[0-9a-f]{16}-/, 'abc-');
    await lake.raw.put(orphan, body, { metadata: info.metadata });

    expect(findingsOf(await lake.verify())).toMatchObject([
      {
        kind: 'orphans',
        bucket: 'raw',
        object: orphan,
        problem: expect.stringContaining('abc.request.json'),
      },
    ]);
  });

  test('repairs a raw answer, damaged or gone, from a whole copy of the same content', async () => {
    const { raw } = await lake.manifest(DAY);
    const [cut, gone] = [raw[0]!, raw[1]!];
    const originals = await Promise.all([cut, gone].map(({ key }) => lake.raw.get(key)));
    for (const { key } of [cut, gone]) {
      const { info, body } = (await lake.raw.get(key))!;
      await lake.raw.put(key.replace('small/', 'copy/'), body, { metadata: info.metadata });
      const request = raw.find((one) => one.key === key)!.request;
      const document = (await lake.raw.get(request))!.body;
      await lake.raw.put(request.replace('small/', 'copy/'), document);
    }
    await lake.spoil('raw', cut.key, (body) => body.subarray(0, 30));
    await lake.raw.delete(gone.key);

    const before = await lake.verify();
    const repaired = await lake.verify({ repair: true });
    const after = await lake.verify();

    expect(before.bodies).toMatchObject({ found: 2, repaired: 0 });
    expect(before.bodies.findings[0]!.remedy).toMatch(/^verify --repair copies copy\//);
    expect(repaired.bodies).toMatchObject({ found: 2, repaired: 2 });
    expect(findingsOf(after)).toEqual([]);
    const now = await Promise.all([cut, gone].map(({ key }) => lake.raw.get(key)));
    expect(now).toEqual(originals);
    expect((await readDamageNotes(lake.raw, 'small')).map(({ key, reason }) => [key, reason]).sort()).toEqual(
      [
        [cut.key, 'is cut short'],
        [gone.key, 'is not there'],
      ].sort(),
    );
  });
});
