import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { FilesystemObjectStore } from '../adapters/filesystem/filesystem-object-store';
import { openBuckets } from '../adapters/s3/open-buckets';
import { IngestError } from '../core/errors';
import { copyRaw } from '../core/raw/copy-raw';

const USAGE = 'npm run pull-raw -- --bucket BUCKET --pipeline NAME --lake DIR';

/** The raw objects of a bucket into a lake on this machine, for `ingest-weather replay`. */
async function pullRaw(): Promise<string> {
  const { bucket, pipeline, lake } = parseArgs({
    options: { bucket: { type: 'string' }, pipeline: { type: 'string' }, lake: { type: 'string' } },
  }).values;
  if (bucket === undefined || pipeline === undefined || lake === undefined) throw new TypeError(USAGE);
  const from = openBuckets(process.env)({ bucket, prefix: '' });
  const to = new FilesystemObjectStore(join(lake, 'raw'));
  const { copied, present } = await copyRaw({ from, to, pipeline });
  return `${copied} objects copied to ${join(lake, 'raw')}, ${present} were there`;
}

pullRaw().then(
  (text) => process.stdout.write(`${text}\n`),
  (error: unknown) => {
    const isForeseen = error instanceof IngestError || error instanceof TypeError;
    process.stderr.write(`${isForeseen ? error.message : String((error as Error).stack)}\n`);
    process.exitCode = 1;
  },
);
