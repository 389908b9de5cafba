import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { ConfigError } from '../../core/errors';
import { VERIFIED_KINDS, type VerifyReport } from '../../core/verify/finding';
import { verifyLake } from '../../core/verify/verify-lake';
import { assertConditionalWrites } from '../assert-conditional-writes';
import type { CommandResult, Invocation, RunCommand } from '../command-runner';
import { addSpanOptions, namedSpan, type SpanOptions } from '../dates';
import { EXIT_CODES } from '../exit-codes';
import { addHelpTexts } from '../help';
import { inLake } from '../in-lake';
import { parseLakeAddress } from '../lake-address';
import { lakeStores } from '../lake-stores';
import { loadPipeline } from '../load-pipeline';
import { newRunId } from '../new-run-id';
import { together } from '../together';
import { verifyText } from '../verify-text';

/** Takes the place of a pipeline's name where all of them are repaired. */
const REPAIRS = 'repairs';

interface VerifyOptions extends SpanOptions {
  readonly repair?: true;
}

export function addVerifyCommand(program: Command, run: RunCommand): void {
  const command = addSpanOptions(program.command('verify'))
    .summary('whether the lake is what it says of itself')
    .description(
      'Reads every object of the lake: published files against their manifests (hash, rows, schema, and read by another implementation of Parquet than the one that wrote them), raw answers against their keys; and looks for orphans, staging that was left behind and damaged leases.',
    )
    .option('--repair', 'put right what can be without the source')
    .action((options: VerifyOptions) => run({ command, work: (invocation) => verify(invocation, options) }));
  addHelpTexts(command, {
    notes: `Verifies all pipelines of the lake, or with --pipeline that one, whose file then says which types and units are right.
Each finding says how to put it right. --repair copies whole raw answers over damaged ones of the same content, removes
staging of runs that have ended, and ends damaged leases of dates that are whole. It writes no published object: a replay
does. The command ends with 8 while anything that was found is left.`,
    examples: [
      ['ingest-weather verify', 'everything'],
      ['ingest-weather verify --from 2025-01-01 --to 2025-12-31 --json', 'a year, for machines'],
      ['ingest-weather verify --lake s3://RAW_BUCKET,s3://PROCESSED_BUCKET', 'a lake in S3'],
      ['ingest-weather verify --repair', 'put right what can be'],
    ],
  });
}

async function verify(invocation: Invocation, asked: VerifyOptions): Promise<CommandResult> {
  const { options, surroundings, now, signal } = invocation;
  const { lake } = options;
  const [span, pipeline, stores] = await together(
    () => namedSpan(asked),
    () => (options.pipeline === undefined ? undefined : loadPipeline(options)),
    () => lakeStores(lake, surroundings),
    () => assertThere(lake),
  );
  const { raw, processed, stagers: holders } = stores;
  const place = { pipeline: pipeline?.name ?? REPAIRS, runId: newRunId(now), now };
  if (asked.repair) await inLake(lake, () => assertConditionalWrites({ stores, lake, ...place }));
  // Loaded here alone: no other command takes the time to compile it.
  const { PARQUET_WASM_READER: reader } = await import('../../adapters/parquet-wasm/parquet-wasm-reader');
  const report = await inLake(lake, () =>
    verifyLake({
      ...{ raw, processed, holders, reader, now, signal, repair: asked.repair === true },
      ...(pipeline === undefined ? {} : { pipeline }),
      ...(span === undefined ? {} : { span }),
    }),
  );
  const scope = { lake, pipeline: pipeline?.name ?? null, from: span?.from ?? null, to: span?.to ?? null };
  return {
    document: { ...scope, ...report },
    text: () => verifyText(report, scope),
    exitCode: isClean(report) ? EXIT_CODES.done : EXIT_CODES.damaged,
  };
}

function isClean(report: VerifyReport): boolean {
  return VERIFIED_KINDS.every((kind) => report[kind].found === report[kind].repaired);
}

/** A mistyped folder must not count as a whole lake. @throws ConfigError */
function assertThere(lake: string): void {
  const address = parseLakeAddress(lake);
  if (address.kind === 's3' || existsSync(address.folder)) return;
  throw new ConfigError('There is no lake to verify:', [
    { path: '--lake', message: 'there is no such folder; name the one of the lake', received: lake },
  ]);
}
