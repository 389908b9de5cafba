import { join } from 'node:path';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { FilesystemObjectStore } from '../adapters/filesystem/filesystem-object-store';
import { openBuckets } from '../adapters/s3/open-buckets';
import { EXIT_CODES, exitCodeOf } from '../cli/exit-codes';
import { bucketNameSchema } from '../core/environment/name-schemas';
import { ConfigError, type DamagedObjectError, IngestError } from '../core/errors';
import { describeIssue } from '../core/pipeline/describe-issue';
import { pipelineSchema } from '../core/pipeline/schema';
import { copyRaw } from '../core/raw/copy-raw';

const USAGE = 'npm run pull-raw -- --bucket BUCKET --pipeline NAME --lake DIR';

const wordsSchema = z.strictObject({
  bucket: bucketNameSchema.describe('Bucket of the raw answers.'),
  pipeline: pipelineSchema.shape.name,
  lake: z
    .string()
    .regex(/^(?!s3:)./, 'must be a folder of this machine')
    .describe('Folder of the lake to copy to.'),
});
type Words = z.output<typeof wordsSchema>;

interface Pulled {
  readonly summary: string;
  /** Objects of the bucket that were not copied. */
  readonly damaged: readonly DamagedObjectError[];
}

/** The raw objects of a bucket into a lake on this machine, for `ingest-weather replay`. */
async function pullRaw({ bucket, pipeline, lake }: Words): Promise<Pulled> {
  const from = openBuckets(process.env)({ bucket, prefix: '' });
  const to = new FilesystemObjectStore(join(lake, 'raw'));
  const { copied, present, damaged } = await copyRaw({ from, to, pipeline });
  if (copied + present + damaged.length === 0) throw nothingToCopy({ bucket, pipeline });
  const counts = `${copied} objects copied to ${join(lake, 'raw')}, ${present} were there`;
  return { summary: damaged.length === 0 ? counts : `${counts}, ${damaged.length} are damaged`, damaged };
}

/** @throws ConfigError listing every mistake */
function readWords(args: readonly string[]): Words {
  const options = {
    bucket: { type: 'string' },
    pipeline: { type: 'string' },
    lake: { type: 'string' },
  } as const;
  const { values } = parse(() => parseArgs({ args: [...args], options }));
  const parsed = wordsSchema.safeParse(values);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.flatMap((issue) => describeIssue(issue, values, wordsSchema));
  throw refusal(problems.map((problem) => ({ ...problem, path: `--${problem.path}` })));
}

/** Node refuses words that it does not know with a TypeError. */
function parse<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw refusal([{ path: '', message: (cause as Error).message }]);
  }
}

function refusal(problems: ConfigError['problems']): ConfigError {
  return new ConfigError(`The raw answers cannot be copied (${USAGE}):`, problems);
}

function nothingToCopy({ bucket, pipeline }: Pick<Words, 'bucket' | 'pipeline'>): ConfigError {
  const message = `the bucket ${bucket} holds no raw object of the pipeline ${pipeline}; name the raw bucket and a pipeline that wrote to it`;
  return new ConfigError('Nothing was copied:', [{ path: '--bucket, --pipeline', message }]);
}

async function main(): Promise<void> {
  try {
    const { summary, damaged } = await pullRaw(readWords(process.argv.slice(2)));
    process.stdout.write(`${summary}\n`);
    for (const { message } of damaged) process.stderr.write(`${message}\n`);
    process.exitCode = exitCodeOf(damaged);
  } catch (error) {
    const isForeseen = error instanceof IngestError;
    process.stderr.write(`${isForeseen ? error.message : String((error as Error).stack)}\n`);
    process.exitCode = isForeseen ? exitCodeOf([error]) : EXIT_CODES.unexpected;
  }
}

void main();
