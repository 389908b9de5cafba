import { inspect } from 'node:util';
import { toChecksum } from '../../../adapters/s3/object-checksum';
import { bytes, keysOf, sha256 } from '../object-store/suite/reading';
import { type Answer, listing, refusal, ScriptedS3, SECRETS } from './scripted-s3';

const DENIED = refusal(403, 'AccessDenied');
const UNMET = refusal(412, 'PreconditionFailed');
const CONFLICT = refusal(409, 'ConditionalRequestConflict');
const BROKEN: Answer = { status: 0, broken: true };
const WRITTEN: Answer = { status: 200, headers: { etag: '"new"' } };

/** The answer to a head of an object with this body. */
function found(body: string): Answer {
  const checksum = toChecksum(sha256(bytes(body)));
  return {
    status: 200,
    headers: {
      etag: '"found"',
      'content-length': String(body.length),
      'x-amz-checksum-sha256': checksum,
      'x-amz-checksum-type': 'FULL_OBJECT',
    },
    body,
  };
}

describe('an S3ObjectStore that is refused', () => {
  const s3 = new ScriptedS3();
  beforeEach(() => {
    s3.requests.length = 0;
  });
  afterEach(() => s3.stop());

  it.each(['head', 'get'] as const)(
    'takes a denied %s for a missing key when no listing shows it',
    async (read) => {
      const store = await s3.start([DENIED, listing(['t/a.more'])]);

      expect(await store[read]('t/a')).toBeUndefined();
      expect(s3.requests[1]).toContain('prefix=t%2Fa');
    },
  );

  it.each(['head', 'get'] as const)(
    'says that access is denied when the key of a %s is there',
    async (read) => {
      const store = await s3.start([DENIED, listing(['t/a'])]);

      await expect(store[read]('t/a')).rejects.toMatchObject({
        name: 'StorageError',
        message: expect.stringContaining('s3:GetObject'),
        context: { key: 't/a', bucket: 'lake', action: 's3:GetObject', http_status: 403 },
      });
    },
  );

  it('says that the listing is denied when it cannot tell whether the key is there', async () => {
    const store = await s3.start([DENIED]);

    await expect(store.get('t/a')).rejects.toMatchObject({
      name: 'StorageError',
      context: { key: 't/a', action: 's3:ListBucket' },
    });
  });

  it('knows its own write when the answer to the first attempt was lost', async () => {
    const store = await s3.start([BROKEN, UNMET, found('mine')]);

    const put = await store.put('k', bytes('mine'), { condition: { absent: true } });

    expect(put).toMatchObject({ etag: '"found"', sha256: sha256(bytes('mine')) });
  });

  it('knows its own write when its second attempt met the first one on its way', async () => {
    const store = await s3.start([BROKEN, CONFLICT, UNMET, found('mine')]);

    const put = await store.put('k', bytes('mine'), { condition: { absent: true } });

    expect(put).toMatchObject({ etag: '"found"', sha256: sha256(bytes('mine')) });
  });

  it("takes nobody else's write for its own", async () => {
    const store = await s3.start([BROKEN, UNMET, found('theirs')]);

    await expect(store.put('k', bytes('mine'), { condition: { absent: true } })).rejects.toMatchObject({
      name: 'PreconditionFailedError',
    });
  });

  it('does not look for its own write when the first attempt was refused', async () => {
    const store = await s3.start([UNMET, found('mine')]);

    await expect(store.put('k', bytes('mine'), { condition: { absent: true } })).rejects.toMatchObject({
      name: 'PreconditionFailedError',
    });
    expect(s3.requests).toHaveLength(1);
  });

  it('tries a write again that met another one on its way, and gives up in the end', async () => {
    const winner = await s3.start([CONFLICT, WRITTEN]);
    expect(await winner.put('k', bytes('x'), { condition: { absent: true } })).toMatchObject({
      etag: '"new"',
    });
    await s3.stop();

    const loser = await s3.start([CONFLICT]);
    await expect(loser.put('k', bytes('x'), { condition: { absent: true } })).rejects.toMatchObject({
      name: 'PreconditionFailedError',
    });
  });

  it.each([
    ['404', [refusal(404, 'NoSuchKey')]],
    ['403', [DENIED, listing([])]],
  ] as [string, Answer[]][])(
    'takes a version that is asked for where nothing is (%s) for a condition that failed',
    async (_, answers) => {
      const store = await s3.start(answers);

      await expect(store.put('k', bytes('x'), { condition: { etag: '"e"' } })).rejects.toMatchObject({
        name: 'PreconditionFailedError',
      });
    },
  );

  it('tells a bucket that is missing from a key that is', async () => {
    const store = await s3.start([refusal(404, 'NoSuchBucket')]);

    for (const call of [store.get('k'), store.put('k', bytes('x'), { condition: { etag: '"e"' } })]) {
      await expect(call).rejects.toMatchObject({
        name: 'StorageError',
        message: expect.stringContaining('no such bucket'),
      });
    }
  });

  it('stops after four attempts and says what S3 answered', async () => {
    const store = await s3.start([refusal(503, 'SlowDown')]);

    await expect(store.put('k', bytes('x'))).rejects.toMatchObject({
      name: 'StorageError',
      retryable: true,
      context: { key: 'k', bucket: 'lake', error_name: 'SlowDown', http_status: 503, attempts: 4 },
    });
    expect(s3.requests).toHaveLength(4);
  });

  it('takes an expired token for worth another try: a function is given a new one', async () => {
    const store = await s3.start([refusal(400, 'ExpiredToken')]);

    await expect(store.put('k', bytes('x'))).rejects.toMatchObject({ name: 'StorageError', retryable: true });
  });

  it('shows no secret, whatever S3 repeats of the request', async () => {
    const signed = `<CanonicalRequest>x-amz-security-token:${SECRETS.join(' ')}</CanonicalRequest>`;
    const store = await s3.start([refusal(403, 'SignatureDoesNotMatch', signed)]);

    const error: Error = await store.put('k', bytes('x')).then(
      () => new Error('was written'),
      (reason) => reason,
    );

    expect(error.name).toBe('StorageError');
    for (const secret of SECRETS)
      expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(secret);
  });

  it('gives no bytes that differ from their checksum', async () => {
    const store = await s3.start([{ ...found('what was written'), body: 'what was wrecked' }]);

    await expect(store.get('k')).rejects.toMatchObject({ name: 'StorageError' });
  });

  it('lists pages in code-unit order, where S3 has the order of UTF-8', async () => {
    const store = await s3.start([listing(['a', 'b\uffee', 'b😀'], 'next'), listing(['c', 'folder/', '😀'])]);

    expect(await keysOf(store, '')).toEqual(['a', 'b😀', 'b\uffee', 'c', '😀']);
    expect(s3.requests[1]).toContain('continuation-token=next');
  });
});
