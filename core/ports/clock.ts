/** Time as the adapters see it; a test or a benchmark may turn it by hand. */
export interface Clock {
  /** Milliseconds since the epoch. For instants that others read; it may be set back or forth at any moment. */
  now(): number;
  /**
   * Milliseconds since a fixed moment. It never goes back and is not changed when the time of day is set; it counts the time
   * that the machine was suspended. Deadlines and durations are measured by it.
   */
  elapsed(): number;
  /** Resolves when `milliseconds` have elapsed; rejects with the signal's reason when aborted. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}
