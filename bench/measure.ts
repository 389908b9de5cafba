/** One line of `npm run bench -- --json`. `ratio` is value / reference, both of this run. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly reference?: number;
  readonly ratio?: number;
}

export type Report = (figure: Figure) => void;

export interface Timing {
  readonly best: number;
  readonly median: number;
}

/** Milliseconds of the work's runs. */
export class Stopwatch {
  private readonly runs: number[] = [];

  time<T>(work: () => T): T {
    const start = performance.now();
    const result = work();
    this.runs.push(performance.now() - start);
    return result;
  }

  async timeAsync<T>(work: () => Promise<T>): Promise<T> {
    const start = performance.now();
    const result = await work();
    this.runs.push(performance.now() - start);
    return result;
  }

  /** Of the runs after the first `warmUp`, which the compiler needs. */
  timing(warmUp: number): Timing {
    const sorted = this.runs.slice(warmUp).sort((a, b) => a - b);
    return { best: sorted[0]!, median: sorted[Math.floor(sorted.length / 2)]! };
  }
}

export function compare(
  report: Report,
  name: string,
  unit: string,
  [value, reference]: readonly [number, number],
): void {
  report({ name, value: round(value), unit, reference: round(reference), ratio: round(value / reference) });
}

export function round(value: number): number {
  return Number(value.toPrecision(4));
}
