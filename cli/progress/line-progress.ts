import type { RunWait } from '../../core/runs/run-parts';
import type { Progress } from './progress';
import type { ProgressEvent } from './progress-event';
import type { ProgressMeter } from './progress-meter';

export const SECONDS_BETWEEN_LINES = 10;

/** Says how far a run is, at most every ten seconds, and each wait; one for the same lease again no more often than that. */
export class LineProgress implements Progress {
  private nextAt = SECONDS_BETWEEN_LINES;
  private stopped = false;
  private lease: { readonly day: string; readonly nextAt: number } | undefined;

  constructor(
    readonly meter: ProgressMeter,
    private readonly say: (wait?: RunWait) => void,
  ) {}

  onEvent(event: ProgressEvent): void {
    this.meter.take(event);
    if (this.stopped) return;
    if (event.type === 'wait') this.sayWait(event.wait);
    else if (this.meter.elapsedSeconds >= this.nextAt) {
      this.nextAt = this.meter.elapsedSeconds + SECONDS_BETWEEN_LINES;
      this.say();
    }
  }

  stop(): void {
    this.stopped = true;
  }

  private sayWait(wait: RunWait): void {
    const elapsed = this.meter.elapsedSeconds;
    if (wait.reason === 'lease') {
      if (this.lease?.day === wait.day && elapsed < this.lease.nextAt) return;
      this.lease = { day: wait.day, nextAt: elapsed + SECONDS_BETWEEN_LINES };
    }
    this.say(wait);
  }
}
