import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { decode, encode } from '@jridgewell/sourcemap-codec';
import { build, transform } from 'esbuild';
import { zipSync } from 'fflate';

const ZSTD = '@bokuweb/zstd-wasm/dist/common/zstd.wasm';
/** Files that a bundle reads at run time, from node_modules, by the function's name. */
const FILES_BESIDE = { 'ingest-weather-daily': [ZSTD], 'transform-weather': [ZSTD] };

/** The oldest Node that the project runs on; Lambda's is newer. */
const TARGET = 'node20';

/** Of every file in a zip, wherever and whenever it is made. Zip times have no zone, so this is 1980-01-01 on any clock. */
const MODIFIED = new Date(1980, 0, 1);
const UNIX = 3;
const REGULAR_FILE_0644 = 0o100644;
const LEVEL = 9;

/**
 * Maps each file of a package to its first line only: Node reads the whole map when the code is loaded, and of a package the
 * file says enough. The project's own files are mapped throughout.
 */
const coarselyMappedPackages = {
  name: 'coarsely-mapped-packages',
  setup({ onLoad }) {
    onLoad({ filter: /[/\\]node_modules[/\\].*\.[cm]?js$/ }, ({ path }) => {
      const map = { version: 3, sources: [basename(path)], mappings: 'AAAA' };
      const encoded = Buffer.from(JSON.stringify(map)).toString('base64');
      const code = readFileSync(path, 'utf8');
      return {
        contents: `${code}\n//# sourceMappingURL=data:application/json;base64,${encoded}`,
        loader: 'default',
      };
    });
  },
};

/** Parts of packages that are loaded with the rest and that no function uses: X-Ray's hold on version 2 of AWS's SDK. */
const withoutUnusedParts = {
  name: 'without-unused-parts',
  setup({ onLoad }) {
    onLoad({ filter: /aws-xray-sdk-core[/\\]dist[/\\]lib[/\\]patchers[/\\]aws_p\.js$/ }, () => ({
      contents: '',
    }));
  },
};

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { values } = parseArgs({
  options: {
    /** Gets a folder and a zip for each function. */
    outdir: { type: 'string', default: join(root, 'dist', 'functions') },
    /** `<name>=<file>` instead of the functions in handlers/; more than one may be given. */
    entry: { type: 'string', multiple: true },
  },
});

for (const [name, file] of entries()) await bundle(name, file);

function entries() {
  if (values.entry !== undefined) return values.entry.map((entry) => entry.split('=', 2));
  return readdirSync(join(root, 'handlers'))
    .sort()
    .map((name) => [name, join('handlers', name, 'index.ts')])
    .filter(([, file]) => existsSync(join(root, file)));
}

async function bundle(name, file) {
  const files = { ...(await compile(name, file)), ...besides(name) };
  const folder = join(values.outdir, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [path, bytes] of Object.entries(files)) writeFileSync(join(folder, path), bytes);
  writeFileSync(join(values.outdir, `${name}.zip`), zip(files));
}

/**
 * Code and maps: the entry, and a file for each part that is loaded later, if at all, so that a cold start reads no more than
 * it runs. esbuild splits ES modules only, but Node loads CommonJS sooner, so each part is turned into that afterwards.
 */
async function compile(name, file) {
  // The same for all callers, since the maps' paths are relative to it.
  const outdir = join(root, 'dist', 'functions', name);
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: { index: file },
    outdir,
    write: false,
    bundle: true,
    splitting: true,
    chunkNames: '[name]-[hash]',
    platform: 'node',
    target: TARGET,
    format: 'esm',
    // ES modules lose what nobody imports of them; a linked node_modules does not show in the map.
    mainFields: ['module', 'main'],
    preserveSymlinks: true,
    minify: true,
    legalComments: 'none',
    sourcemap: 'inline',
    sourcesContent: false,
    plugins: [withoutUnusedParts, coarselyMappedPackages],
    logLevel: 'warning',
  });
  const parts = outputFiles.map(({ path, text }) => toCommonJs(path.slice(outdir.length + 1), text));
  return Object.fromEntries((await Promise.all(parts)).flat());
}

async function toCommonJs(path, text) {
  const { code, map } = await transform(text, {
    format: 'cjs',
    platform: 'node',
    target: TARGET,
    // A dynamic import becomes a require in its time.
    supported: { 'dynamic-import': false },
    minify: true,
    legalComments: 'none',
    sourcemap: 'external',
    sourcesContent: false,
    logLevel: 'warning',
  });
  return [
    [path, Buffer.from(`${code}//# sourceMappingURL=${path}.map\n`)],
    [`${path}.map`, Buffer.from(withoutRepeats(map))],
  ];
}

/** A token that lies where the one before it lies says nothing new: of a package, all but the first. */
function withoutRepeats(text) {
  const { names: _, mappings, ...map } = JSON.parse(text);
  const lines = decode(mappings).map((segments) =>
    segments
      .map(([column, ...original]) => [column, ...original.slice(0, 3)])
      .filter(
        (segment, index, all) => index === 0 || String(segment.slice(1)) !== String(all[index - 1].slice(1)),
      ),
  );
  return JSON.stringify({ ...map, names: [], mappings: encode(lines) });
}

function besides(name) {
  const paths = FILES_BESIDE[name] ?? [];
  return Object.fromEntries(
    paths.map((path) => [
      path.slice(path.lastIndexOf('/') + 1),
      readFileSync(join(root, 'node_modules', path)),
    ]),
  );
}

function zip(files) {
  const attributes = { mtime: MODIFIED, os: UNIX, attrs: REGULAR_FILE_0644 << 16, level: LEVEL };
  const sorted = Object.keys(files).sort();
  return zipSync(Object.fromEntries(sorted.map((path) => [path, [files[path], attributes]])));
}
