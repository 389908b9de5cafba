import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleStacks } from './bundle-stacks.mjs';

/**
 * Builds the functions and the stacks from the sources as they are now, then synthesizes. This is the `app` of
 * cdktf.json: Terraform is never made from a build that is older than its sources.
 */
const root = join(import.meta.dirname, '..');

await import('./bundle.mjs');
const main = await bundleStacks({ outfile: join(root, 'dist/main.js') });
process.setSourceMapsEnabled(true);
await import(pathToFileURL(main));
