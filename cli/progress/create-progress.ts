import type { Logger } from '../../core/ports/logger';
import type { SourceWait } from '../../core/ports/weather-source';
import type { GlobalOptions } from '../global-options';
import type { Surroundings } from '../surroundings';
import { BarProgress } from './bar-progress';
import { LineProgress } from './line-progress';
import type { Progress } from './progress';
import { ProgressMeter } from './progress-meter';
import { progressText, waitText } from './progress-text';

export interface ProgressSettings {
  readonly options: Pick<GlobalOptions, 'json' | 'quiet'>;
  readonly surroundings: Surroundings;
  readonly logger: Logger;
  /** Whether the run is long enough for a bar. */
  readonly bar: boolean;
}

/** A bar for who watches, a line now and then for a file, log lines for machines. */
export function createProgress({ options, surroundings, logger, bar }: ProgressSettings): Progress {
  const { stderr, clock } = surroundings;
  const meter = new ProgressMeter(clock);
  if (options.json) return new LineProgress(meter, logLines(meter, logger));
  if (options.quiet) return { onEvent() {}, stop() {} };
  if (bar && stderr.isTTY) return new BarProgress(meter, stderr);
  return new LineProgress(meter, (wait) => {
    stderr.write(`${wait === undefined ? progressText(meter) : waitText(wait, clock.now())}\n`);
  });
}

/** The client logs its waits itself. */
function logLines(meter: ProgressMeter, logger: Logger): (wait?: SourceWait) => void {
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
