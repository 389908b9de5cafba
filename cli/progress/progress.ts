import type { ProgressEvent } from './progress-event';
import type { ProgressMeter } from './progress-meter';

/** Shows how far a run is. */
export interface Progress {
  readonly meter: ProgressMeter;
  onEvent(event: ProgressEvent): void;
  /** Removes what is drawn. Events that follow draw nothing. */
  stop(): void;
}
