import type { RunEvent } from '../../core/runs/run-parts';
import type { ProgressMeter } from './progress-meter';

/** How far work is that executions do, counted from its beginning. */
export interface Advance {
  readonly type: 'advanced';
  readonly requestsDone: number;
  readonly daysDone: number;
  /** Those of the days done that needed no work now. */
  readonly daysSkipped: number;
}

export type ProgressEvent = RunEvent | Advance;

/** Shows how far a run is. */
export interface Progress {
  readonly meter: ProgressMeter;
  onEvent(event: ProgressEvent): void;
  /** Removes what is drawn. Events that follow draw nothing. */
  stop(): void;
}
