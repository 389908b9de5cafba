import type { Progress } from './progress';
import type { ProgressEvent } from './progress-event';
import type { ProgressMeter } from './progress-meter';

/** Counts, and shows nothing. */
export class SilentProgress implements Progress {
  constructor(readonly meter: ProgressMeter) {}

  onEvent(event: ProgressEvent): void {
    this.meter.take(event);
  }

  stop(): void {}
}
