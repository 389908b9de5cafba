import type { Logger } from '../../core/ports/logger';
import type { RunWait } from '../../core/runs/run-parts';
import type { GlobalOptions } from '../global-options';
import type { Surroundings } from '../surroundings';
import { BarProgress } from './bar-progress';
import { LineProgress } from './line-progress';
import type { Progress } from './progress';
import { ProgressMeter } from './progress-meter';
import { progressText, waitText } from './progress-text';
import { SilentProgress } from './silent-progress';
import type { StatusLine } from './status-line';

export interface ProgressSettings {
  readonly options: Pick<GlobalOptions, 'json' | 'quiet'>;
  readonly surroundings: Pick<Surroundings, 'clock'>;
  readonly line: StatusLine;
  readonly logger: Logger;
  /** Whether the run is long enough for a bar. */
  readonly bar: boolean;
}

/** A bar on a terminal, a line now and then in a file, log lines for machines. */
export function createProgress({ options, surroundings, line, logger, bar }: ProgressSettings): Progress {
  const { clock } = surroundings;
  const meter = new ProgressMeter(clock);
  if (options.json) return new LineProgress(meter, logLines(meter, logger));
  if (options.quiet) return new SilentProgress(meter);
  if (bar && line.isTTY) return new BarProgress(meter, line);
  return new LineProgress(meter, (wait) => {
    line.write(`${wait === undefined ? progressText(meter) : waitText(wait, clock.now())}\n`);
  });
}

/** The client logs its waits itself. */
function logLines(meter: ProgressMeter, logger: Logger): (wait?: RunWait) => void {
  return (wait) => {
    if (wait !== undefined) return;
    logger.info('Run progress', {
      days: meter.days,
      days_done: meter.daysDone,
      days_skipped: meter.daysSkipped,
      days_failed: meter.daysFailed,
      requests: meter.requests,
      requests_done: meter.requestsDone,
      days_per_second: Math.round(meter.rate * 100) / 100,
      remaining_seconds: meter.remainingSeconds === undefined ? null : Math.round(meter.remainingSeconds),
    });
  };
}
