import { DAY_SECONDS, minuteText } from './calendar';

/** Equally spaced instants as an answer prints them. */
export interface TimeAxis {
  /** Local seconds since the epoch, as if the local clock were UTC's. */
  readonly first: number;
  /** Seconds. */
  readonly step: number;
  readonly count: number;
  /** Seconds that the local clock is ahead of UTC. */
  readonly offset: number;
}

/** One instant: true UTC seconds, or the local label (a date alone when it is a `day`). */
export function timeText(local: number, offset: number, style: { unixtime: boolean; day?: boolean }): string {
  if (style.unixtime) return String(local - offset);
  return `"${style.day ? minuteText(local).slice(0, 10) : minuteText(local)}"`;
}

/** Prints time columns; neighbours mostly share theirs, so it remembers them. */
export class TimeAxisPrinter {
  private readonly printed = new Map<string, Buffer>();

  constructor(private readonly unixtime: boolean) {}

  print(axis: TimeAxis): Buffer {
    const offset = this.unixtime ? axis.offset : 0;
    const key = `${axis.first} ${axis.step} ${axis.count} ${offset}`;
    const known = this.printed.get(key);
    if (known) return known;
    const style = { unixtime: this.unixtime, day: axis.step === DAY_SECONDS };
    const texts = Array.from({ length: axis.count }, (_, index) =>
      timeText(axis.first + index * axis.step, offset, style),
    );
    const bytes = Buffer.from(`[${texts.join(',')}]`);
    this.printed.set(key, bytes);
    return bytes;
  }
}
