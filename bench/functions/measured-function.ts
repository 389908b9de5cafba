import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';
import { parsePipeline } from '../../core/pipeline/parse-pipeline';
import { deployedDocument } from '../../core/pipeline/pipeline-object';
import { planRequests } from '../../core/planning/requests';
import type { Day } from '../../core/time/day';
import { WeatherTexts } from '../weather-texts';
import { answerFile, PIPELINE_FILE } from './function-files';

const ROOT = resolve(__dirname, '..');
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

/** What Lambda and the stacks set; with a trace that X-Ray samples, as it does the first of every second. */
const ENVIRONMENT = {
  AWS_REGION: 'eu-central-1',
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x',
  AWS_LAMBDA_FUNCTION_NAME: 'bench',
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  LAMBDA_TASK_ROOT: '/var/task',
  _HANDLER: 'index.handler',
  AWS_XRAY_DAEMON_ADDRESS: '127.0.0.1:2000',
  RAW_BUCKET: 'raw',
  PROCESSED_BUCKET: 'processed',
  PIPELINE_KEY: 'config/weather-daily.json',
  ENVIRONMENT: 'bench',
  POWERTOOLS_SERVICE_NAME: 'ingest-weather-daily',
  POWERTOOLS_METRICS_NAMESPACE: 'IngestWeather',
  POWERTOOLS_LOG_LEVEL: 'INFO',
  NODE_NO_WARNINGS: '1',
} as const;
export const SAMPLED_TRACE = {
  _X_AMZN_TRACE_ID: 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1',
};

/** Invokes a handler once, as Lambda's runtime does, and tells the peak memory of its process. */
const CALLER = `
const context = { awsRequestId: 'bench', getRemainingTimeInMillis: () => 900_000 };
require('./index').handler(JSON.parse(process.argv[2]), context).then(
  () => process.stderr.write(String(process.resourceUsage().maxRSS)),
  (error) => { console.error(error); process.exitCode = 1; },
);
`;

export interface Invocation {
  readonly event: unknown;
  readonly env: Readonly<Record<string, string>>;
}

/** A bundle in a folder of its own, invoked in processes of its own. */
export class MeasuredFunction {
  private constructor(
    private readonly outdir: string,
    readonly folder: string,
  ) {}

  /** Bundled as the functions of the project are. @param name whose files lie beside it @param file its entry */
  static bundle(name: string, file: string): MeasuredFunction {
    const outdir = mkdtempSync(join(tmpdir(), 'bench-function-'));
    execFileSync(process.execPath, [
      join(ROOT, 'scripts/bundle.mjs'),
      '--outdir',
      outdir,
      '--entry',
      `${name}=${file}`,
    ]);
    return MeasuredFunction.callable(outdir, name);
  }

  /** Bundled as esbuild does when nothing is said, but for the names made short: what most functions are. */
  static bundlePlainly(name: string, file: string): MeasuredFunction {
    const outdir = mkdtempSync(join(tmpdir(), 'bench-function-'));
    buildSync({
      absWorkingDir: ROOT,
      entryPoints: [file],
      outfile: join(outdir, name, 'index.js'),
      bundle: true,
      minify: true,
      platform: 'node',
      logLevel: 'warning',
    });
    return MeasuredFunction.callable(outdir, name);
  }

  private static callable(outdir: string, name: string): MeasuredFunction {
    const folder = join(outdir, name);
    writeFileSync(join(folder, 'caller.js'), CALLER);
    return new MeasuredFunction(outdir, folder);
  }

  /** Puts a pipeline and the answers to a run of days beside it. */
  give(file: Readonly<Record<string, unknown>>, { from, to }: { from: Day; to: Day }): void {
    writeFileSync(join(this.folder, PIPELINE_FILE), JSON.stringify(deployedDocument(file)));
    const pipeline = parsePipeline(file);
    const texts = new WeatherTexts(pipeline);
    for (const request of planRequests(pipeline, { from, to, source: { api: 'forecast', models: [] } })) {
      writeFileSync(join(this.folder, answerFile(request.section, request.chunk)), texts.answer(request));
    }
  }

  /** Of a whole process: load and one invocation. */
  invoke({ event, env }: Invocation): { milliseconds: number; peakBytes: number } {
    const args = [join(this.folder, 'caller.js'), JSON.stringify(event)];
    const options = { env: { ...ENVIRONMENT, ...env }, maxBuffer: MAX_OUTPUT_BYTES };
    const start = performance.now();
    const { status, stderr } = spawnSync(process.execPath, args, options);
    const milliseconds = performance.now() - start;
    if (status !== 0) throw new Error(`The measured function failed: ${stderr}`);
    return { milliseconds, peakBytes: Number(stderr) * 1024 };
  }

  size(file: string): number {
    return readFileSync(join(this.outdir, file)).length;
  }

  remove(): void {
    rmSync(this.outdir, { recursive: true });
  }
}
