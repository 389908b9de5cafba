import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A machine that is gone after the job must not keep Terraform's state: the next one would make everything anew. */
const [environment] = process.argv.slice(2);
if (environment === undefined) fail('Say which environment: npm run check:remote-state -- dev');

const file = join(process.env.INGEST_WEATHER_ENVIRONMENTS ?? 'resources/environments', `${environment}.json`);
const backend = JSON.parse(readFileSync(file, 'utf8')).state?.backend ?? 'local';
if (backend === 'local') {
  fail(
    `${file}: "state" is kept on one machine. Name the bucket that the bootstrap stack makes: { "backend": "s3", "bucket": "...", "region": "..." }`,
  );
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
