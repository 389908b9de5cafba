import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { FilesystemObjectStore } from '../../../adapters/filesystem/filesystem-object-store';
import { markedBody, markOf } from './programs/marked-body';
import { buildProgram, endPrograms, runProgram } from './run-program';

const ROUNDS = 20;
const COUNT = 200;

let folder: string;
let root: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kills-'));
  root = join(folder, 'lake');
});
afterEach(async () => {
  await endPrograms();
  rmSync(folder, { recursive: true, force: true });
});

/** Marks by key, after holding every visible object to what its mark says. */
async function wholeObjects(store: FilesystemObjectStore): Promise<Record<string, number>> {
  const marks: Record<string, number> = {};
  for await (const { key, size } of store.list('')) {
    const { body, info } = (await store.get(key))!;
    const mark = markOf(body);
    const expected = markedBody(mark);
    expect({ key, size, whole: Buffer.compare(body, expected.body) === 0, metadata: info.metadata }).toEqual({
      key,
      size: expected.body.byteLength,
      whole: true,
      metadata: expected.metadata,
    });
    marks[key] = mark;
  }
  return marks;
}

async function putMarked(store: FilesystemObjectStore, key: string, mark: number): Promise<void> {
  const { body, metadata } = markedBody(mark);
  await store.put(key, body, { metadata });
}

describe('a store whose writers are killed', () => {
  it('shows whole objects with their own metadata, whenever the kill comes', async () => {
    const program = buildProgram('write-until-killed', folder);
    const seen = new Set<string>();

    for (let round = 0; round < ROUNDS; round += 1) {
      const writer = runProgram(program, root, String(1 + round * 10_000));
      await writer.firstLine;
      await pause(Math.random() * 60);
      writer.process.kill('SIGKILL');
      expect((await writer.ended).signal).toBe('SIGKILL');

      const store = new FilesystemObjectStore(root);
      for (const [key, mark] of Object.entries(await wholeObjects(store))) seen.add(`${key} ${mark}`);
      await putMarked(store, 't/a', round + 1);
    }

    expect(seen.size).toBeGreaterThan(ROUNDS);
    expect(readdirSync(join(root, '.tmp')).filter((name) => !name.startsWith(`${process.pid}.`))).toEqual([]);
  });

  it.each([
    ['create', { 't/k': 1 }, { 't/k': 1, 't/new': 4 }],
    ['replace', { 't/k': 1 }, { 't/k': 4 }],
    ['replace without metadata', { 't/k': 1 }, { 't/k': 3 }],
    ['copy', { 't/k': 1 }, { 't/k': 2 }],
    ['delete', { 't/k': 1 }, {}],
  ] as [string, Record<string, number>, Record<string, number>][])(
    'is before or after a change (%s), whichever step of it was not reached',
    async (change, before, after) => {
      const program = buildProgram('die-at-call', folder);
      const states = [before, after].map((state) => JSON.stringify({ ...state, 't/source': 2 }));
      const seen: string[] = [];

      for (let call = 1; seen.at(-1) !== 'done'; call += 1) {
        const lake = join(folder, `lake-${call}`);
        await putMarked(new FilesystemObjectStore(lake), 't/k', 1);
        await putMarked(new FilesystemObjectStore(lake), 't/source', 2);
        const { output } = await runProgram(program, lake, change, String(call)).ended;

        const next = new FilesystemObjectStore(lake);
        const state = JSON.stringify(await wholeObjects(next));
        expect(states).toContain(state);
        seen.push(output === '' ? state : output.trim());
        await putMarked(next, 't/k', 5);
        await putMarked(next, 't/new', 6);
        expect(await wholeObjects(next)).toEqual({ 't/k': 5, 't/new': 6, 't/source': 2 });
      }

      expect(new Set(seen)).toEqual(new Set([...states, 'done']));
    },
  );

  it('counts right when processes replace one object, a killed one among them', async () => {
    const program = buildProgram('count-up', folder);
    const store = new FilesystemObjectStore(root);
    await store.put('counter', Buffer.from('0'));

    const killed = runProgram(program, root, 'counter', '1000000');
    const counters = [1, 2, 3].map(() => runProgram(program, root, 'counter', String(COUNT)));
    await killed.firstLine;
    await Promise.all(counters.map(({ firstLine }) => firstLine));
    await pause(50);
    killed.process.kill('SIGKILL');
    const ends = await Promise.all(counters.map(({ ended }) => ended));
    const byKilled = (await killed.ended).output.split('+').length - 1;

    expect(ends.map(({ code }) => code)).toEqual([0, 0, 0]);
    const total = Number(Buffer.from((await store.get('counter'))!.body).toString());
    // The last one of the killed process may have been done and not yet told.
    expect([3 * COUNT + byKilled, 3 * COUNT + byKilled + 1]).toContain(total);
  });

  it('sweeps what killed writers left half written, and nothing of those who live', async () => {
    const program = buildProgram('tell-holder', folder);
    const [dead, alive] = [runProgram(program), runProgram(program)];
    const [deadHolder, aliveHolder] = await Promise.all([dead.firstLine, alive.firstLine]);
    dead.process.kill('SIGKILL');
    await dead.ended;
    const first = new FilesystemObjectStore(root);
    await first.put('k', Buffer.from('x'));
    const left = (holder: string) => join(root, '.tmp', `${holder}+0a1b2c3d-7`);
    for (const holder of [deadHolder, aliveHolder]) writeFileSync(left(holder), 'half');

    await first.put('k', Buffer.from('y'));
    expect(existsSync(left(deadHolder))).toBe(true);
    await new FilesystemObjectStore(root).put('k', Buffer.from('z'));

    expect(existsSync(left(deadHolder))).toBe(false);
    expect(existsSync(left(aliveHolder))).toBe(true);
  });
});
