import { execFileSync } from 'node:child_process';
import { cpSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { buildBundles, FUNCTIONS, ROOT, removeFolders, temporaryFolder, zipsIn } from './built-bundles';

/** Path of another version of Node, to bundle with as well. */
const OTHER_NODE = process.env.OTHER_NODE;
/** What bundling reads. */
const SOURCES = ['adapters', 'core', 'handlers', 'scripts', 'package.json', 'tsconfig.json'];
const BUNDLED_AT_MOST = 2.5e6;

let zips: ReturnType<typeof zipsIn>;
beforeAll(() => {
  zips = zipsIn(buildBundles());
});
afterAll(removeFolders);

/** Equal or not, without printing megabytes. */
function expectSame(others: ReturnType<typeof zipsIn>): void {
  for (const name of FUNCTIONS) expect([name, zips[name].equals(others[name])]).toEqual([name, true]);
}

test.each(['Pacific/Apia', 'America/St_Johns', 'Pacific/Pago_Pago', 'Europe/Dublin'])(
  'a machine in the zone %s makes the same zips',
  (TZ) => {
    expectSame(zipsIn(buildBundles({ env: { TZ } })));
  },
);

test('another umask makes the same zips', () => {
  expectSame(zipsIn(buildBundles({ umask: 0o077 })));
});

test('a copy of the project in another folder makes the same zips', () => {
  const copy = join(temporaryFolder(), 'elsewhere', 'deeper');
  for (const path of SOURCES) cpSync(join(ROOT, path), join(copy, path), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));

  expectSame(zipsIn(buildBundles({ root: copy })));
});

(OTHER_NODE === undefined ? test.skip : test)('another version of Node makes the same zips', () => {
  expect(execFileSync(OTHER_NODE!, ['--version']).toString().trim()).not.toBe(process.version);

  expectSame(zipsIn(buildBundles({ node: OTHER_NODE! })));
});

test.each(FUNCTIONS)('the zip of %s has readable files of one date, in order, and is small', (name) => {
  const entries = centralDirectory(zips[name]);

  expect(entries.map(({ path }) => path)).toEqual(entries.map(({ path }) => path).sort());
  expect(entries.map(({ path }) => path)).toEqual(expect.arrayContaining(['index.js', 'index.js.map']));
  for (const { date, mode } of entries) {
    expect([date, mode.toString(8)]).toEqual(['1980-01-01 00:00', '100644']);
  }
  expect(zips[name].length).toBeLessThanOrEqual(BUNDLED_AT_MOST);
});

interface ZipEntry {
  readonly path: string;
  readonly date: string;
  readonly mode: number;
}

const CENTRAL_HEADER = 0x02014b50;
const CENTRAL_HEADER_BYTES = 46;
const END_RECORD_BYTES = 22;

/** What unpackers go by; the format is PKWARE's APPNOTE, 4.3.12. */
function centralDirectory(zip: Buffer): ZipEntry[] {
  const end = zip.length - END_RECORD_BYTES;
  const entries: ZipEntry[] = [];
  for (let at = zip.readUInt32LE(end + 16); at < end; ) {
    expect(zip.readUInt32LE(at)).toBe(CENTRAL_HEADER);
    const nameLength = zip.readUInt16LE(at + 28);
    const path = zip.toString('utf8', at + CENTRAL_HEADER_BYTES, at + CENTRAL_HEADER_BYTES + nameLength);
    const date = dosDate(zip.readUInt16LE(at + 14), zip.readUInt16LE(at + 12));
    entries.push({ path, date, mode: zip.readUInt32LE(at + 38) >>> 16 });
    at += CENTRAL_HEADER_BYTES + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return entries;
}

function dosDate(date: number, time: number): string {
  const two = (number: number) => String(number).padStart(2, '0');
  const day = `${1980 + (date >> 9)}-${two((date >> 5) & 15)}-${two(date & 31)}`;
  return `${day} ${two(time >> 11)}:${two((time >> 5) & 63)}`;
}
