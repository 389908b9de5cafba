import type { Command } from 'commander';
import { ConfigError } from '../../core/errors';
import type { AwsWords } from './open-environment';

export function addAwsOptions(command: Command): Command {
  return command
    .option('--aws', 'in an environment that is deployed as orchestrated')
    .option('--environment <name>', 'its name: that of its file in resources/environments');
}

/** @throws ConfigError without `--aws` */
export function needsAws({ aws }: AwsWords): void {
  if (aws === true) return;
  const message = 'is missing; on one machine the same ingest or backfill, run again, does what is lacking';
  throw new ConfigError('The command line has mistakes:', [{ path: '--aws', message }]);
}
