import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FilesystemObjectStore } from '../../../adapters/filesystem/filesystem-object-store';

describe('a FilesystemObjectStore that is refused a write', () => {
  let folder: string;
  let store: FilesystemObjectStore;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'store-'));
    store = new FilesystemObjectStore(join(folder, 'lake'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('says that a file is in the way of its root', async () => {
    writeFileSync(join(folder, 'file'), '');
    const blocked = new FilesystemObjectStore(join(folder, 'file', 'lake'));

    await expect(blocked.put('k', Buffer.from('x'))).rejects.toMatchObject({
      name: 'StorageError',
      message: expect.stringContaining('a file lies where a folder is needed'),
      context: { key: 'k', operation: 'put', root: join(folder, 'file', 'lake'), code: 'ENOTDIR' },
      cause: expect.objectContaining({ code: 'ENOTDIR' }),
    });
    for (const prefix of ['', 'folder/']) {
      await expect(blocked.list(prefix).next()).rejects.toMatchObject({ context: { operation: 'list' } });
    }
  });

  it('says that a key cannot be both an object and a folder of others', async () => {
    await store.put('a/b', Buffer.from('x'));

    await expect(store.put('a', Buffer.from('x'))).rejects.toMatchObject({
      name: 'StorageError',
      message: expect.stringContaining('a folder lies where the file belongs'),
    });
    await expect(store.put('a/b/c', Buffer.from('x'))).rejects.toMatchObject({
      name: 'StorageError',
      message: expect.stringContaining('a file lies where a folder is needed'),
    });
  });

  it('says that a name is too long for the file system', async () => {
    await expect(store.put('x'.repeat(300), Buffer.from('x'))).rejects.toMatchObject({
      name: 'StorageError',
      message: expect.stringContaining('choose a shorter one'),
    });
  });

  it('says so when the metadata of an object has been spoilt, and leaves nothing behind', async () => {
    await store.put('k', Buffer.from('x'), { metadata: { a: '1' } });
    const [sidecar] = readdirSync(join(folder, 'lake', '.metadata'));
    writeFileSync(join(folder, 'lake', '.metadata', sidecar!), '{"half":');
    const before = readdirSync(join(folder, 'lake', '.tmp'));

    for (const attempt of [store.head('k'), store.get('k'), store.copy('k', 'k2')]) {
      await expect(attempt).rejects.toMatchObject({
        name: 'StorageError',
        message: expect.stringContaining(sidecar!),
        context: { key: 'k' },
        cause: expect.any(SyntaxError),
      });
    }
    expect(readdirSync(join(folder, 'lake', '.tmp'))).toEqual(before);
  });
});
