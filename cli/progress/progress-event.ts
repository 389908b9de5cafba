import type { RunEvent } from '../../core/runs/run-parts';

/** How far work is that executions do, counted from its beginning. */
export interface Advance {
  readonly type: 'advanced';
  readonly requestsDone: number;
  readonly daysDone: number;
  /** Those of the days done that needed no work now. */
  readonly daysSkipped: number;
}

export type ProgressEvent = RunEvent | Advance;
