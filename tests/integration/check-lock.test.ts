import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const SCRIPT = resolve(__dirname, '../../scripts/check-lock.mjs');
const ENTRY = { version: '1.2.3', integrity: 'sha512-x', resolved: 'https://packages.example/a.tgz' };

type Entry = Readonly<Record<string, unknown>>;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'check-lock-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

function check(packages: Readonly<Record<string, Entry>>) {
  const file = join(folder, 'lock.json');
  writeFileSync(file, JSON.stringify({ packages: { '': {}, ...packages } }));
  const { status, stderr } = spawnSync(process.execPath, [SCRIPT, file], { encoding: 'utf8' });
  return { status, problems: stderr.split('\n').filter((line) => line.startsWith('  - ')) };
}

const tool = (wanted: Entry) => ({ 'node_modules/tool': { ...ENTRY, optionalDependencies: wanted } });

describe('check-lock', () => {
  it('passes the lock file of the project', () => {
    const lock = resolve(__dirname, '../../package-lock.json');

    expect(spawnSync(process.execPath, [SCRIPT, lock], { encoding: 'utf8' })).toMatchObject({
      status: 0,
      stderr: '',
    });
  });

  it('passes a package with all its platforms, wherever they lie', () => {
    const packages = {
      ...tool({ '@tool/linux': '1.2.3', '@tool/darwin': '1.2.3', fsevents: '^2.0.0' }),
      'node_modules/tool/node_modules/@tool/linux': ENTRY,
      'node_modules/@tool/linux': { ...ENTRY, version: '9.9.9' },
      'node_modules/@tool/darwin': ENTRY,
      'node_modules/fsevents': { ...ENTRY, version: '2.3.3' },
      'node_modules/tool/node_modules/inside': { version: '1.0.0', inBundle: true },
    };

    expect(check(packages)).toEqual({ status: 0, problems: [] });
  });

  it('misses a platform', () => {
    const packages = {
      ...tool({ '@tool/linux': '1.2.3', '@tool/win32': '1.2.3' }),
      'node_modules/@tool/linux': ENTRY,
    };

    expect(check(packages)).toEqual({
      status: 1,
      problems: ['  - node_modules/tool 1.2.3 needs @tool/win32 1.2.3, which is missing'],
    });
  });

  it('finds a platform of another version', () => {
    const packages = {
      ...tool({ '@tool/linux': '1.2.3' }),
      'node_modules/@tool/linux': { ...ENTRY, version: '1.2.2' },
    };

    expect(check(packages)).toEqual({
      status: 1,
      problems: ['  - node_modules/tool 1.2.3 needs @tool/linux 1.2.3, and 1.2.2 is locked'],
    });
  });

  it('wants a version and an integrity of every package', () => {
    expect(
      check({ 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { integrity: 'sha512-x' } }),
    ).toEqual({
      status: 1,
      problems: ['  - node_modules/a has no integrity', '  - node_modules/b has no version'],
    });
  });

  it('wants all packages from one host', () => {
    const other = { ...ENTRY, resolved: 'https://elsewhere.example/b.tgz' };

    expect(check({ 'node_modules/a': ENTRY, 'node_modules/b': other })).toEqual({
      status: 1,
      problems: ['  - packages come from 2 places: packages.example, elsewhere.example'],
    });
  });
});
