import { MemoryObjectStore } from '../../../../adapters/memory/memory-object-store';
import { StorageError } from '../../../../core/errors';
import type { PutOptions } from '../../../../core/ports/object-store';
import { tryConditionalWrites } from '../../../../core/publish/try-conditional-writes';
import { readStagingOwner, stagingOwner } from '../../../../core/staging/staging-owner';
import { HookedStore } from '../../../integration/runs/hooked-store';

const KEY = '_staging/test/run.json';
const BODY = Buffer.from('{}');

/** Keeps the conditions that are named, and no other. */
class ForgetfulStore extends MemoryObjectStore {
  constructor(private readonly kept: readonly ('absent' | 'etag')[]) {
    super();
  }

  override put(key: string, body: Uint8Array, options: PutOptions = {}) {
    const { condition, ...rest } = options;
    const isKept = condition !== undefined && this.kept.some((name) => name in condition);
    return super.put(key, body, isKept ? options : rest);
  }
}

async function keysOf(store: MemoryObjectStore): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of store.list('')) keys.push(key);
  return keys;
}

describe('tryConditionalWrites', () => {
  it.each([
    [['absent', 'etag'], 'kept'],
    [['absent'], 'ignored'],
    [['etag'], 'ignored'],
    [[], 'ignored'],
  ] as const)('finds of a store that keeps %j: %s, and leaves nothing behind', async (kept, found) => {
    const store = new ForgetfulStore(kept);

    expect(await tryConditionalWrites(store, KEY, BODY)).toBe(found);
    expect(await keysOf(store)).toEqual([]);
  });

  it.each([['knows no conditions', new StorageError('no', { context: { http_status: 501 } })]])(
    'tells a store that %s',
    async (_, refusal) => {
      const store = new HookedStore(new MemoryObjectStore());
      store.before = (call) => {
        if (call === 'put') throw refusal;
      };

      expect(await tryConditionalWrites(store, KEY, BODY)).toBe('refused');
    },
  );

  it('takes a store that refuses a condition which holds for one that knows none', async () => {
    const memory = new MemoryObjectStore();
    const store = new HookedStore(memory);
    let writes = 0;
    store.before = async (call) => {
      if (call === 'put' && ++writes === 3) await memory.put(KEY, Buffer.from('of another version'));
    };

    expect(await tryConditionalWrites(store, KEY, BODY)).toBe('refused');
  });

  it('writes what tells the next run whose it is, should this one be killed meanwhile', async () => {
    const memory = new MemoryObjectStore();
    const store = new HookedStore(memory);
    const owners: unknown[] = [];
    store.before = async () => void owners.push(await readStagingOwner(memory, KEY));
    const told = { holder: 'run', since: 0 };

    await tryConditionalWrites(store, KEY, stagingOwner(told));

    const owner = { holder: 'run', since: '1970-01-01T00:00:00.000Z', ends_by: null };
    expect(owners).toEqual([undefined, owner, owner, owner, owner]);
  });

  it('passes on why the store failed otherwise', async () => {
    const store = new HookedStore(new MemoryObjectStore());
    store.before = () => {
      throw new StorageError('The bucket is not there.', { context: { http_status: 404 } });
    };

    await expect(tryConditionalWrites(store, KEY, BODY)).rejects.toThrow('The bucket is not there.');
  });

  it('goes on where what it wrote cannot be deleted: the staging of the run is', async () => {
    const store = new HookedStore(new MemoryObjectStore());
    store.before = (call) => {
      if (call === 'delete') throw new StorageError('no');
    };

    expect(await tryConditionalWrites(store, KEY, BODY)).toBe('kept');
  });
});
