import type { SourceWait } from '../../core/ports/weather-source';
import type { Progress, ProgressEvent } from './progress';
import type { ProgressMeter } from './progress-meter';

export const SECONDS_BETWEEN_LINES = 10;

/** Says how far a run is, at most every ten seconds, and each wait. */
export class LineProgress implements Progress {
  private nextAt = SECONDS_BETWEEN_LINES;

  constructor(
    private readonly meter: ProgressMeter,
    private readonly say: (wait?: SourceWait) => void,
  ) {}

  onEvent(event: ProgressEvent): void {
    this.meter.take(event);
    if (event.type === 'wait') this.say(event.wait);
    else if (this.meter.elapsedSeconds >= this.nextAt) {
      this.nextAt = this.meter.elapsedSeconds + SECONDS_BETWEEN_LINES;
      this.say();
    }
  }

  stop(): void {}
}
