import type { RunEvent } from '../../core/runs/run-parts';

/** How far work is that others do, counted from its beginning. */
export interface Advance {
  readonly type: 'advanced';
  readonly requestsDone: number;
  readonly daysDone: number;
}

export type ProgressEvent = RunEvent | Advance;

/** Tells who waits how far a run is. */
export interface Progress {
  onEvent(event: ProgressEvent): void;
  stop(): void;
}
