import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { FilesystemObjectStore } from '../../../adapters/filesystem/filesystem-object-store';
import { currentHolder } from '../../../adapters/filesystem/process-holder';

/** Memory that Linux shows as another device than the disk. */
const OTHER_DEVICE = '/dev/shm';
const betweenDevices =
  existsSync(OTHER_DEVICE) && statSync(OTHER_DEVICE).dev !== statSync(tmpdir()).dev ? it : it.skip;
describe('a FilesystemObjectStore and second names of files', () => {
  let folder: string;
  let root: string;
  let store: FilesystemObjectStore;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'store-'));
    root = join(folder, 'lake');
    store = new FilesystemObjectStore(root);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('copies without writing the bytes again', async () => {
    await store.put('a', Buffer.from('x'));

    await store.copy('a', 'b');

    expect(statSync(join(root, 'b')).ino).toBe(statSync(join(root, 'a')).ino);
  });

  betweenDevices('copies the bytes where the file cannot have a second name', async () => {
    const elsewhere = mkdtempSync(join(OTHER_DEVICE, 'store-'));
    try {
      await store.put('k', Buffer.from('old'));
      symlinkSync(elsewhere, join(root, 'linked'));
      writeFileSync(join(elsewhere, 'source'), 'from afar');

      const copy = await store.copy('linked/source', 'k');

      expect(copy).toEqual(await store.head('k'));
      expect(readFileSync(join(root, 'k'), 'utf8')).toBe('from afar');
    } finally {
      rmSync(elsewhere, { recursive: true });
    }
  });

  betweenDevices('locks where a lock cannot be a second name', async () => {
    const elsewhere = mkdtempSync(join(OTHER_DEVICE, 'locks-'));
    try {
      mkdirSync(root, { recursive: true });
      symlinkSync(elsewhere, join(root, '.locks'));
      const lock = join(elsewhere, `${createHash('sha256').update('k').digest('hex')}-0`);
      writeFileSync(lock, currentHolder());
      const creators = Array.from({ length: 8 }, (_, index) => Buffer.from(`creator ${index}`));

      const outcomes = Promise.allSettled(
        creators.map((body) => store.put('k', body, { condition: { absent: true } })),
      );
      await pause(20);
      expect(await store.head('k')).toBeUndefined();
      rmSync(lock);

      expect((await outcomes).filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(readdirSync(elsewhere)).toEqual([]);
    } finally {
      rmSync(elsewhere, { recursive: true });
    }
  });
});
