import type { RunEvent } from '../../core/runs/run-parts';

/** Tells who waits how far a run is. */
export interface Progress {
  onEvent(event: RunEvent): void;
  stop(): void;
}
