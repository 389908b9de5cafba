import type { Clock } from '../../core/ports/clock';
import type { ProgressEvent } from './progress';

/** How far a run is. Counts what it is told; rates are of the days that needed work. */
export class ProgressMeter {
  readonly #clock: Pick<Clock, 'now' | 'elapsed'>;
  readonly #start: number;
  days = 0;
  daysDone = 0;
  daysSkipped = 0;
  daysFailed = 0;
  requests = 0;
  requestsDone = 0;

  constructor(clock: Pick<Clock, 'now' | 'elapsed'>) {
    this.#clock = clock;
    this.#start = clock.elapsed();
  }

  take(event: ProgressEvent): void {
    if (event.type === 'planned') {
      this.days = event.days;
      this.requests = event.requests;
    } else if (event.type === 'advanced') {
      this.requestsDone = event.requestsDone;
      this.daysDone = event.daysDone;
    } else if (event.type === 'request') {
      this.requestsDone++;
    } else if (event.type === 'date') {
      this.daysDone++;
      if (event.result.outcome === 'skipped') this.daysSkipped++;
      if (event.result.outcome === 'failed') this.daysFailed++;
    }
  }

  /** Milliseconds since the epoch. */
  now(): number {
    return this.#clock.now();
  }

  get elapsedSeconds(): number {
    return (this.#clock.elapsed() - this.#start) / 1000;
  }

  /** Days a second; 0 until the first is done. */
  get rate(): number {
    const worked = this.daysDone - this.daysSkipped;
    return worked === 0 || this.elapsedSeconds <= 0 ? 0 : worked / this.elapsedSeconds;
  }

  /** `undefined` while nothing is known. */
  get remainingSeconds(): number | undefined {
    return this.rate === 0 ? undefined : (this.days - this.daysDone) / this.rate;
  }
}
