import fs from 'node:fs';
import { FilesystemObjectStore } from '../../../../adapters/filesystem/filesystem-object-store';
import { markedBody } from './marked-body';

const CHANGING_CALLS = [
  'closeSync',
  'linkSync',
  'mkdirSync',
  'openSync',
  'renameSync',
  'rmdirSync',
  'unlinkSync',
  'utimesSync',
  'writeFileSync',
] as const;

const CHANGES: Readonly<Record<string, (store: FilesystemObjectStore) => Promise<unknown>>> = {
  create: (store) => put(store, 't/new', 4),
  replace: (store) => put(store, 't/k', 4),
  'replace without metadata': (store) => put(store, 't/k', 3),
  copy: (store) => store.copy('t/source', 't/k'),
  delete: (store) => store.delete('t/k'),
};

/** One change of `t/k`; killed before its n-th change of the file system, if it takes so many. Arguments: root, change, n. */
async function main(): Promise<void> {
  const [, , root, change, count] = process.argv;
  dieBeforeCall(Number(count));
  const store = new FilesystemObjectStore(root!);
  await CHANGES[change!]!(store);
  process.stdout.write('done\n');
}

function put(store: FilesystemObjectStore, key: string, mark: number): Promise<unknown> {
  const { body, metadata } = markedBody(mark);
  return store.put(key, body, { metadata });
}

function dieBeforeCall(count: number): void {
  let calls = 0;
  const functions = fs as unknown as Record<string, (...rest: unknown[]) => unknown>;
  for (const name of CHANGING_CALLS) {
    const original = functions[name]!;
    functions[name] = (...rest) => {
      calls += 1;
      if (calls === count) process.kill(process.pid, 'SIGKILL');
      return original(...rest);
    };
  }
}

void main();
