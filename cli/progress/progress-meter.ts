import type { Clock } from '../../core/ports/clock';
import type { ProgressEvent } from './progress-event';

/** How far a run is. Counts the events it is given; rate and remaining time are of the days that need work. */
export class ProgressMeter {
  readonly #clock: Pick<Clock, 'now' | 'elapsed'>;
  #start: number;
  #settledAtStart = 0;
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
      this.#start = this.#clock.elapsed();
      this.days = event.days;
      this.#settledAtStart = event.settled;
      this.requests = event.requests;
    } else if (event.type === 'advanced') {
      this.requestsDone = event.requestsDone;
      this.daysDone = event.daysDone;
      this.daysSkipped = event.daysSkipped;
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

  /** Days whose published version is in the lake now: those of this run and those that were there before. */
  get daysPublished(): number {
    return this.daysDone - this.daysFailed;
  }

  /** Days that still need work: those published before the run began, which it will skip, are left out. */
  get daysLeft(): number {
    const toSkip = Math.max(0, this.#settledAtStart - this.daysSkipped);
    return Math.max(0, this.days - this.daysDone - toSkip);
  }

  /** Days a second; 0 until the first is done. */
  get rate(): number {
    const worked = this.daysDone - this.daysSkipped;
    return worked === 0 || this.elapsedSeconds <= 0 ? 0 : worked / this.elapsedSeconds;
  }

  /** `undefined` while nothing is known. */
  get remainingSeconds(): number | undefined {
    return this.rate === 0 ? undefined : this.daysLeft / this.rate;
  }
}
