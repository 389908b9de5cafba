import { existsSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

/** What is bundled, by the name of the bundle. Packages stay outside: they are installed beside it. */
const ENTRY_POINTS = {
  'ingest-weather': 'cli/main.ts',
  demo: 'cli/demo.ts',
  bench: 'bench/main.ts',
};

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { values } = parseArgs({ options: { outdir: { type: 'string', default: join(root, 'dist') } } });
const present = Object.entries(ENTRY_POINTS).filter(([, file]) => existsSync(join(root, file)));

await build({
  absWorkingDir: root,
  entryPoints: Object.fromEntries(present),
  outdir: values.outdir,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  packages: 'external',
  sourcemap: true,
  banner: { js: '#!/usr/bin/env node' },
  logLevel: 'warning',
});
for (const [name] of present) await chmod(join(values.outdir, `${name}.js`), 0o755);
