import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, Option } from 'commander';
import { packageFolder } from './package-folder';

export const DEFAULT_PIPELINE_FILE = 'resources/pipelines/weather-daily.json';
export const DEFAULT_LAKE = './lake';

/** Options of every command, before or after its name. */
export interface GlobalOptions {
  readonly pipeline?: string;
  readonly lake: string;
  readonly sourceUrl?: string;
  readonly json?: true;
  readonly verbose?: true;
  readonly quiet?: true;
}

export function addGlobalOptions(program: Command): Command {
  return program
    .option('--pipeline <file>', `pipeline file (default: ${DEFAULT_PIPELINE_FILE})`)
    .option(
      '--lake <address>',
      'folder of the lake, or s3://RAW_BUCKET,s3://PROCESSED_BUCKET, or s3://BUCKET[/PREFIX]',
      DEFAULT_LAKE,
    )
    .option('--source-url <url>', "another server with Open-Meteo's contract, such as a simulator")
    .option('--json', 'one JSON object on standard output, logs as JSON lines on standard error')
    .option('--verbose', 'say more on standard error')
    .addOption(new Option('--quiet', 'say nothing on standard error but errors').conflicts('verbose'));
}

/** The file asked for; else the default of the current folder, or the package's own where there is none. */
export function pipelineFile({ pipeline }: GlobalOptions): string {
  if (pipeline !== undefined) return pipeline;
  return existsSync(DEFAULT_PIPELINE_FILE)
    ? DEFAULT_PIPELINE_FILE
    : join(packageFolder(), DEFAULT_PIPELINE_FILE);
}
