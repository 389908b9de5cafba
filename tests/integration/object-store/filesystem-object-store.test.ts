import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { FilesystemObjectStore } from '../../../adapters/filesystem/filesystem-object-store';
import { currentHolder } from '../../../adapters/filesystem/process-holder';
import { describeObjectStore } from './object-store-suite';
import { describeConditionalDeletions } from './suite/conditional-deletions';

const countingReads = existsSync('/proc/self/io') ? it : it.skip;

/** Bytes that this process has read so far, from files and everything else. */
function bytesRead(): number {
  return Number(/rchar: (\d+)/.exec(readFileSync('/proc/self/io', 'utf8'))![1]);
}

describe('FilesystemObjectStore', () => {
  let folder: string;
  let root: string;
  let store: FilesystemObjectStore;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'store-'));
    root = join(folder, 'lakes', 'lake');
    store = new FilesystemObjectStore(root);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  describeObjectStore(async () => store);
  describeConditionalDeletions(async () => store);

  it('has the object of a key in the file of that name, and its own files in dotted folders', async () => {
    await store.put('t/date=2026-01-31/p.parquet', Buffer.from('rows'), { metadata: { a: '1' } });

    expect(readFileSync(join(root, 't/date=2026-01-31/p.parquet'), 'utf8')).toBe('rows');
    expect(readdirSync(root).sort()).toEqual(['.locks', '.metadata', '.tmp', 't']);
    expect(readdirSync(join(root, '.locks'))).toEqual([]);
  });

  it('makes nothing before its first write', async () => {
    await store.head('a');
    await store.get('a');
    await store.delete('a');
    for await (const _ of store.list('')) throw new Error('there is nothing');

    expect(readdirSync(folder)).toEqual([]);
  });

  it('shares its objects and their metadata with other stores of the root', async () => {
    await store.put('k', Buffer.from('one'), { metadata: { n: '1' } });
    const other = new FilesystemObjectStore(root);
    expect((await other.head('k'))!.metadata).toEqual({ n: '1' });

    await other.put('k', Buffer.from('two'), { metadata: { n: '2' } });

    expect(await store.get('k')).toEqual(await other.get('k'));
  });

  it('removes the folders that a deletion leaves empty, and no other', async () => {
    await store.put('a/b/c/d', Buffer.from('x'));
    await store.put('a/e', Buffer.from('x'));

    await store.delete('a/b/c/d');

    expect(readdirSync(join(root, 'a'))).toEqual(['e']);
    await store.delete('a/e');
    expect(existsSync(join(root, 'a'))).toBe(false);
    expect(existsSync(root)).toBe(true);
  });

  it('goes on when its folders are removed from outside', async () => {
    await store.put('a/b', Buffer.from('x'), { metadata: { a: '1' } });
    await store.put('a/c', Buffer.from('x'));
    rmSync(root, { recursive: true });

    await store.put('a/b', Buffer.from('y'), { metadata: { a: '2' } });
    rmSync(join(root, '.tmp'), { recursive: true });
    await store.copy('a/b', 'a/c');

    expect((await store.head('a/c'))!.metadata).toEqual({ a: '2' });
  });

  it('leaves no temporary file behind after writes that were refused', async () => {
    const { etag } = await store.put('k', Buffer.from('x'));
    const before = readdirSync(join(root, '.tmp'));

    await Promise.allSettled([
      store.put('k', Buffer.from('y'), { condition: { absent: true } }),
      store.put('new', Buffer.from('y'), { condition: { etag } }),
      ...Array.from({ length: 5 }, (_, n) => store.put('k', Buffer.from(`y${n}`), { condition: { etag } })),
      store.put('k/below', Buffer.from('y')),
      store.copy('missing', 'k'),
    ]);
    await store.copy('k', 'k2');
    await store.copy('k', 'k2');

    expect(readdirSync(join(root, '.tmp'))).toEqual(before);
    expect(readdirSync(join(root, '.locks'))).toEqual([]);
  });

  it('looks again at a version that was asked for once it has the lock', async () => {
    const { etag } = await store.put('k', Buffer.from('read'));
    const lock = join(root, '.locks', `${createHash('sha256').update('k').digest('hex')}-0`);
    writeFileSync(lock, currentHolder());
    const outcomes = Promise.allSettled([
      store.deleteIfUnchanged('k', etag),
      store.put('k', Buffer.from('lost'), { condition: { etag } }),
    ]);
    await pause(20);

    writeFileSync(join(root, 'k'), 'replaced by the holder of the lock');
    rmSync(lock);

    for (const outcome of await outcomes) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { name: 'PreconditionFailedError' } });
    }
    expect(readFileSync(join(root, 'k'), 'utf8')).toBe('replaced by the holder of the lock');
  });

  it('gives bytes and metadata of one write when the object is replaced while it is read', async () => {
    await store.put('k', Buffer.alloc(8 << 20, 'a'), { metadata: { of: 'a' } });
    await store.put('b', Buffer.from('b'));

    const reading = store.get('k');
    await store.copy('b', 'k');
    const { body, info } = (await reading)!;

    expect(info.metadata).toEqual(body[0] === 'a'.charCodeAt(0) ? { of: 'a' } : {});
  });

  it('reads a file again when its time is too fresh to tell it from the next one', async () => {
    const fresh = new Date(Date.now() + 3_600_000);
    const replaceWithin = (text: string) => {
      writeFileSync(join(root, 'k'), text);
      utimesSync(join(root, 'k'), fresh, fresh);
    };
    await store.put('k', Buffer.from('old'));
    replaceWithin('one');
    const one = await store.head('k');

    replaceWithin('two');

    expect((await store.head('k'))!.etag).not.toBe(one!.etag);
  });

  countingReads('reads a file again only when it has changed', async () => {
    const size = 3 << 20;
    await store.put('k', Buffer.alloc(size, 1));
    const old = new Date(Date.now() - 60_000);
    utimesSync(join(root, 'k'), old, old);
    const first = await store.head('k');

    const start = bytesRead();
    const again = await store.head('k');
    await store.copy('k', 'k2');
    const copied = await store.head('k2');
    const unchanged = bytesRead() - start;
    await new FilesystemObjectStore(root).put('k', Buffer.alloc(size, 2));
    const changed = await store.head('k');

    expect(unchanged).toBeLessThan(size / 2);
    expect([again!.sha256, copied!.sha256]).toEqual([first!.sha256, first!.sha256]);
    expect(changed!.sha256).not.toBe(first!.sha256);
  });
});
